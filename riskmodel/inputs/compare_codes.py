"""Compare the area codes of two files: written differently, or areas abolished and created in between.

What a rule explains (lost zeros, a check digit) is told apart from what differs in substance; both lists of what stands in
one file only are always given, with names where a file has them. Nothing is changed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz

from riskmodel.inputs.code_systems import has_check_digit
from riskmodel.inputs.name_forms import form

Writing = Literal["same", "zeros_first", "zeros_second", "check_digit_first", "check_digit_second", "different"]

# Share of the smaller file that must meet, from which two ways of writing are one set of areas.
MEET = 0.5
COLUMNS = ["area_code", "area_name", "parent"]
ALIKE = ["name", "parent", "first", "second", "second_name", "second_parent", "why"]
# Names so much alike (0-100) may be those of one area. So large a share of areas leaves no doubt how codes are written or nested.
LIKE, NESTED = 84.0, 0.98
BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class CodesCompared:
    """Two sets of codes side by side.

    writing : how the two are written: "zeros_first" the first lost its zeros, "check_digit_second" the second has a check
        digit that the first has not, "different" when no rule brings them together.
    both : number of areas in both, once written alike.
    only_first, only_second : DataFrames with columns COLUMNS, codes as their file writes them; name and parent <NA> unknown.
    recoded : DataFrame with columns name, parent, first, second: areas of one name and parent whose code differs; proposed.
    alike : DataFrame with columns ALIKE: further pairs of areas left on both sides that may be the same; `why` is "parent" (the
        same name in another parent) or "name" (a name like it in the same parent); `second_name` and `second_parent` are those
        of the second file. Proposed, with less reason.
    renamed : DataFrame with columns area_code, name, other, parent, meant: areas of one code whose names differ, `other` being
        the second's; `meant` is the code that the second file gives the first's name, <NA> none: where it is there, the code
        is probably wrong.
    parents : DataFrame indexed by parent with columns first, second, both: number of areas; the units above that differ first.
        A unit has one word for both files where areas in both tell which it is: its name before its code.
    """

    writing: Writing
    both: int
    only_first: pd.DataFrame
    only_second: pd.DataFrame
    recoded: pd.DataFrame
    alike: pd.DataFrame
    renamed: pd.DataFrame
    parents: pd.DataFrame

    @property
    def absent_first(self) -> pd.Series:
        """Areas of each parent unit of which the first file has none, by unit."""
        whole = self.parents[(self.parents["first"] == 0) & self._apart]
        return whole["second"]

    @property
    def absent_second(self) -> pd.Series:
        """The same for the second file."""
        whole = self.parents[(self.parents["second"] == 0) & self._apart]
        return whole["first"]

    @property
    def _apart(self) -> bool:
        """Whether any unit is in both files; else nothing is known of units that are absent."""
        return bool((self.parents["both"] > 0).any())

    @property
    def same(self) -> bool:
        """Whether every area is in both files under one code and one name."""
        return self.only_first.empty and self.only_second.empty and self.renamed.empty


def compare_codes(first: pd.DataFrame, second: pd.DataFrame, parent_digits: int = 0) -> CodesCompared:
    """Compare two lists of areas.

    Parameters
    ----------
    first, second : DataFrame
        Column `area_code`; optional `area_name` and `parent` (name or code). One row per area, or several.
    parent_digits : int
        First digits of a code that are its parent's, for files without a column of parents; 0 when codes are not nested.
    """
    left, right = _areas(first), _areas(second)
    writing, key_left, key_right = _keys(left["area_code"], right["area_code"])
    left, right = left.assign(key=key_left.array), right.assign(key=key_right.array)
    left, right = _with_units(left, right, parent_digits)
    common = set(left["key"]) & set(right["key"])
    only_left, only_right = left[~left["key"].isin(common)], right[~right["key"].isin(common)]
    recoded = _recoded(only_left, only_right)
    return CodesCompared(
        writing,
        len(common),
        only_left[COLUMNS].reset_index(drop=True),
        only_right[COLUMNS].reset_index(drop=True),
        recoded,
        _alike(
            only_left[~only_left["area_code"].isin(recoded["first"])],
            only_right[~only_right["area_code"].isin(recoded["second"])],
        ),
        _renamed(left, right),
        _parents(left, right, common),
    )


def _areas(table: pd.DataFrame) -> pd.DataFrame:
    """One row per code, with a name and a parent where known."""
    areas = pd.DataFrame({"area_code": table["area_code"].astype("string")}, index=table.index)
    for column in ("area_name", "parent"):
        areas[column] = (
            table[column].astype("string") if column in table else pd.Series(pd.NA, table.index, dtype="string")
        )
    return areas.dropna(subset=["area_code"]).drop_duplicates("area_code").reset_index(drop=True)


def _with_units(left: pd.DataFrame, right: pd.DataFrame, digits: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both with parents in the same words: names before codes, then those of the first file; areas in both tell which is which."""
    told_left, told_right = bool(left["parent"].notna().any()), bool(right["parent"].notna().any())
    if not told_left and not told_right:
        if not digits:
            return left, right
        return left.assign(parent=left["key"].str[:digits]), right.assign(parent=right["key"].str[:digits])
    if not told_left:
        return left.assign(parent=_by_digits(left, right)), right
    if not told_right:
        return left, right.assign(parent=_by_digits(right, left))
    if _named(right["parent"]) and not _named(left["parent"]):
        words = _words(right, left)
        return left.assign(parent=left["parent"].map(words).astype("string")), right
    words = _words(left, right)
    return left, right.assign(parent=right["parent"].map(words).astype("string"))


def _named(parents: pd.Series) -> bool:
    """Whether parents are names rather than codes."""
    return bool(parents.dropna().str.contains(r"[^\W\d_]{3}", regex=True).mean() > MEET)


def _words(told: pd.DataFrame, other: pd.DataFrame) -> dict[str, str]:
    """The word of `told` for each parent of `other`: of the unit most of their areas in both are in, else of the same name."""
    both = told[["key", "parent"]].merge(other[["key", "parent"]], on="key", suffixes=("", "_other")).dropna()
    pairs = both.groupby(["parent_other", "parent"]).size().rename("n").reset_index()
    most = pairs.sort_values("n", kind="stable").drop_duplicates("parent_other", keep="last").set_index("parent_other")
    most = most[most["n"] > MEET * pairs.groupby("parent_other")["n"].sum().reindex(most.index)]
    said = {form(str(name)): str(name) for name in told["parent"].dropna().unique()}
    known = most["parent"].to_dict()
    return {p: known.get(p) or said.get(form(str(p)), p) for p in other["parent"].dropna().unique()}


def _by_digits(areas: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """Parents of codes by their first digits, as the other file has them; the digits themselves for one it has not."""
    pairs = told.dropna(subset=["parent"])
    longest = int(pairs["key"].str.len().max()) if len(pairs) else 0
    for digits in range(1, longest):
        heads = pairs["key"].str[:digits]
        # one parent for each beginning, and one beginning for each parent
        shares = [
            (one.groupby(other).nunique() == 1).mean()
            for one, other in ((pairs["parent"], heads), (heads, pairs["parent"]))
        ]
        if min(shares) >= NESTED:
            units = dict(zip(heads, pairs["parent"], strict=True))
            own = areas["key"].str[:digits]
            return own.map(units).fillna(own).astype("string")
    return areas["parent"]


def _keys(first: pd.Series, second: pd.Series) -> tuple[Writing, pd.Series, pd.Series]:
    """How the two are written, and keys by which most of them meet."""
    if len(set(first) & set(second)) >= NESTED * min(len(first), len(second)):
        return "same", first, second
    cut_first, cut_second = _cut(first), _cut(second)
    width = max((int(codes.str.len().max()) for codes in (first, second) if len(codes)), default=0)
    whole_first, whole_second = (codes.mask(_digits(codes), codes.str.zfill(width)) for codes in (first, second))
    zeros: Writing = "zeros_first" if first.str.len().mean() < second.str.len().mean() else "zeros_second"
    ways: list[tuple[Writing, pd.Series, pd.Series]] = [
        ("same", first, second),
        (zeros, whole_first, whole_second),
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


def _digits(codes: pd.Series) -> pd.Series:
    return codes.str.fullmatch(r"\d+").fillna(False).astype(bool)


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


def _alike(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Pairs of what is left: one name in two parents, or names alike in one; each area in one pair at most."""
    found: list[tuple[object, ...]] = []
    one, other = (
        side.assign(said=side["area_name"].map(_closed)).drop_duplicates("said", keep=False)
        for side in (first.dropna(subset=["area_name"]), second.dropna(subset=["area_name"]))
    )
    for row in one.merge(other, on="said", suffixes=("", "_other")).itertuples():
        found.append((row.area_name, row.parent, row.area_code, row.area_code_other, row.area_name_other, row.parent_other, "parent"))  # fmt: skip
    taken, taken_other = {row[2] for row in found}, {row[3] for row in found}
    near: list[tuple[float, tuple[object, ...]]] = []
    rest = second[~second["area_code"].isin(taken_other)].dropna(subset=["area_name", "parent"])
    blocks = {str(parent): block for parent, block in rest.groupby("parent")}
    for row in first[~first["area_code"].isin(taken)].dropna(subset=["area_name", "parent"]).itertuples():
        block = blocks.get(str(row.parent))
        for o in block.itertuples() if block is not None else ():
            score = _likeness(str(row.area_name), str(o.area_name))
            if score >= LIKE:
                near.append(
                    (score, (row.area_name, row.parent, row.area_code, o.area_code, o.area_name, o.parent, "name"))
                )
    for _, pair in sorted(near, key=lambda told: -told[0]):
        if pair[2] not in taken and pair[3] not in taken_other:
            found.append(pair)
            taken.add(pair[2])
            taken_other.add(pair[3])
    return pd.DataFrame(found, columns=ALIKE).astype("string")


def _likeness(name: str, other: str) -> float:
    """How alike two names are (0-100); what stands in brackets in one of them does not count."""
    ways = {(name, other), (BRACKETS.sub(" ", name), BRACKETS.sub(" ", other))}
    return max(fuzz.ratio(form(one), form(two)) for one, two in ways)


def _renamed(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Areas of one code whose names differ in more than how they are written."""
    met = first.merge(second, on="key", suffixes=("", "_second")).dropna(subset=["area_name", "area_name_second"])
    differ = met[met["area_name"].map(_closed) != met["area_name_second"].map(_closed)]
    within = bool(first["parent"].notna().any() and second["parent"].notna().any())
    called = second.dropna(subset=["area_name"])
    own = pd.Series(called["area_code"].to_numpy(), index=pd.Index(_said(called, within)))
    own = own[~own.index.duplicated(keep=False)]
    meant = pd.Series([own.get(said) for said in _said(differ, within)], dtype="string")
    shown = differ[["area_code", "area_name", "area_name_second", "parent"]].assign(meant=meant.to_numpy())
    shown = shown.set_axis(["area_code", "name", "other", "parent", "meant"], axis=1)
    return shown.sort_values("meant", kind="stable", na_position="last").reset_index(drop=True)


def _closed(name: str) -> str:
    return form(name).replace(" ", "")


def _said(areas: pd.DataFrame, within: bool) -> list[str]:
    """Name of each area in its form, behind that of its parent where both files tell it."""
    above = areas["parent"].fillna("") if within else pd.Series("", index=areas.index)
    return [f"{form(parent)}\x1f{_closed(name)}" for name, parent in zip(areas["area_name"], above, strict=True)]


def _parents(first: pd.DataFrame, second: pd.DataFrame, common: set[str]) -> pd.DataFrame:
    """Number of areas of each parent in either file and in both; an area in both has the parent the first file tells."""
    known: pd.Series = first.set_index("key")["parent"]
    second = second.assign(parent=second["key"].map(known).fillna(second["parent"]).array)
    counted = {
        "first": first["parent"].value_counts(),
        "second": second["parent"].value_counts(),
        "both": first.loc[first["key"].isin(common), "parent"].value_counts(),
    }
    table = pd.DataFrame(counted).fillna(0).astype(int).rename_axis("parent")
    apart = (table["first"] - table["both"]) + (table["second"] - table["both"])
    return table.loc[apart.sort_values(ascending=False, kind="stable").index]
