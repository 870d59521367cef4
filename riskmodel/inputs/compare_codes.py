"""Compare the area codes of two files: written differently, or areas abolished and created in between.

What a rule explains (lost zeros, a check digit) is told apart from what differs in substance; both lists of what stands in
one file only are always given, with names where a file has them. Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from riskmodel.inputs.code_systems import has_check_digit
from riskmodel.inputs.name_forms import form

Writing = Literal["same", "zeros_first", "zeros_second", "check_digit_first", "check_digit_second", "different"]

# Share of the smaller file that must meet, from which two ways of writing are one set of areas.
MEET = 0.5
COLUMNS = ["area_code", "area_name", "parent"]


@dataclass(frozen=True)
class CodesCompared:
    """Two sets of codes side by side.

    writing : how the two are written: "zeros_first" the first lost its zeros, "check_digit_second" the second has a check
        digit that the first has not, "different" when no rule brings them together.
    both : number of areas in both, once written alike.
    only_first, only_second : DataFrames with columns COLUMNS, codes as their file writes them; name and parent <NA> unknown.
    recoded : DataFrame with columns name, parent, first, second: areas of one name and parent whose code differs; proposed.
    renamed : DataFrame with columns area_code, first, second, meant: areas of one code whose names differ; `meant` is the code
        that the second file gives the first's name, <NA> none: where it is there, the code is probably wrong.
    parents : DataFrame indexed by parent with columns first, second, both: number of areas; the units above that differ first.
    """

    writing: Writing
    both: int
    only_first: pd.DataFrame
    only_second: pd.DataFrame
    recoded: pd.DataFrame
    renamed: pd.DataFrame
    parents: pd.DataFrame


def compare_codes(first: pd.DataFrame, second: pd.DataFrame, parent_digits: int = 0) -> CodesCompared:
    """Compare two lists of areas.

    Parameters
    ----------
    first, second : DataFrame
        Column `area_code`; optional `area_name` and `parent` (name or code). One row per area, or several.
    parent_digits : int
        First digits of a code that are its parent's, for files without a column of parents; 0 when codes are not nested.
    """
    left, right = _areas(first, parent_digits), _areas(second, parent_digits)
    writing, key_left, key_right = _keys(left["area_code"], right["area_code"])
    left, right = left.assign(key=key_left.array), right.assign(key=key_right.array)
    common = set(left["key"]) & set(right["key"])
    only_left, only_right = left[~left["key"].isin(common)], right[~right["key"].isin(common)]
    return CodesCompared(
        writing,
        len(common),
        only_left[COLUMNS].reset_index(drop=True),
        only_right[COLUMNS].reset_index(drop=True),
        _recoded(only_left, only_right),
        _renamed(left, right),
        _parents(left, right, common, "parent" in first),
    )


def _areas(table: pd.DataFrame, parent_digits: int) -> pd.DataFrame:
    """One row per code, with a name and a parent where known."""
    areas = pd.DataFrame({"area_code": table["area_code"].astype("string")}, index=table.index)
    for column in ("area_name", "parent"):
        areas[column] = (
            table[column].astype("string") if column in table else pd.Series(pd.NA, table.index, dtype="string")
        )
    areas = areas.dropna(subset=["area_code"]).drop_duplicates("area_code")
    if parent_digits and areas["parent"].isna().all():
        areas["parent"] = areas["area_code"].str[:parent_digits]
    return areas.reset_index(drop=True)


def _keys(first: pd.Series, second: pd.Series) -> tuple[Writing, pd.Series, pd.Series]:
    """How the two are written, and keys by which most of them meet."""
    cut_first, cut_second = _cut(first), _cut(second)
    bare_first, bare_second = first.str.lstrip("0"), second.str.lstrip("0")
    zeros: Writing = "zeros_first" if first.str.len().mean() < second.str.len().mean() else "zeros_second"
    ways: list[tuple[Writing, pd.Series, pd.Series]] = [
        ("same", first, second),
        (zeros, bare_first, bare_second),
        ("check_digit_first", cut_first, second),
        ("check_digit_second", first, cut_second),
    ]
    met = [len(set(a) & set(b)) if not a.duplicated().any() and not b.duplicated().any() else 0 for _, a, b in ways]
    best = met.index(max(met))  # the first of equals: as they are
    if met[best] < MEET * min(len(first), len(second)) or not met[best]:
        return "different" if not met[0] else "same", first, second
    return ways[best]


def _cut(codes: pd.Series) -> pd.Series:
    """Codes of Brazil without their check digit."""
    return codes.mask(has_check_digit(codes), codes.str[:6])


def _recoded(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Areas of one name within one parent whose code differs; unique on both sides."""
    within = bool(first["parent"].notna().any() and second["parent"].notna().any())
    sides = []
    for side in (first, second):
        named = side.dropna(subset=["area_name"])
        known = named.assign(said=_said(named, within))
        sides.append(known[~known.duplicated("said", keep=False)])
    met = sides[0].merge(sides[1], on="said", suffixes=("_first", "_second"))
    shown = met[["area_name_first", "parent_first", "area_code_first", "area_code_second"]]
    return shown.set_axis(["name", "parent", "first", "second"], axis=1)


def _renamed(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Areas of one code whose names differ in more than how they are written."""
    met = first.merge(second, on="key", suffixes=("", "_second")).dropna(subset=["area_name", "area_name_second"])
    differ = met[met["area_name"].map(_closed) != met["area_name_second"].map(_closed)]
    within = bool(first["parent"].notna().any() and second["parent"].notna().any())
    called = second.dropna(subset=["area_name"])
    own = pd.Series(called["area_code"].to_numpy(), index=pd.Index(_said(called, within)))
    own = own[~own.index.duplicated(keep=False)]
    meant = pd.Series([own.get(said) for said in _said(differ, within)], dtype="string")
    shown = differ[["area_code", "area_name", "area_name_second"]].assign(meant=meant.to_numpy())
    shown = shown.set_axis(["area_code", "first", "second", "meant"], axis=1)
    return shown.sort_values("meant", kind="stable", na_position="last").reset_index(drop=True)


def _closed(name: str) -> str:
    return form(name).replace(" ", "")


def _said(areas: pd.DataFrame, within: bool) -> list[str]:
    """Name of each area in its form, behind that of its parent where both files tell it."""
    above = areas["parent"].fillna("") if within else pd.Series("", index=areas.index)
    return [f"{form(parent)}\x1f{_closed(name)}" for name, parent in zip(areas["area_name"], above, strict=True)]


def _parents(first: pd.DataFrame, second: pd.DataFrame, common: set[str], first_told: bool) -> pd.DataFrame:
    """Number of areas of each parent in either file and in both; an area in both has the parent the first file tells."""
    known: pd.Series = first.set_index("key")["parent"] if first_told else second.set_index("key")["parent"]
    first = first.assign(parent=first["key"].map(known).fillna(first["parent"]).array)
    second = second.assign(parent=second["key"].map(known).fillna(second["parent"]).array)
    counted = {
        "first": first["parent"].value_counts(),
        "second": second["parent"].value_counts(),
        "both": first.loc[first["key"].isin(common), "parent"].value_counts(),
    }
    table = pd.DataFrame(counted).fillna(0).astype(int).rename_axis("parent")
    apart = (table["first"] - table["both"]) + (table["second"] - table["both"])
    return table.loc[apart.sort_values(ascending=False, kind="stable").index]
