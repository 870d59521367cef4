"""Which areas of an earlier run are which areas of a later one.

Areas are matched by code. A table of correspondences (earlier code, later code) joins what was split, merged or renamed:
both years are then told for the smallest territory that has the same limits in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from riskmodel.areas.uncertainty import logit_interval
from riskmodel.inputs.codes import canonical
from riskmodel.inputs.read import read_table
from riskmodel.problems import InputProblems, Problem, Where

EARLIER, LATER = "earlier_code", "later_code"
MOST_NAMES = 3


@dataclass(frozen=True)
class Territories:
    """Territories that both runs know, or one of them.

    table : one row per territory, by `unit`: codes_earlier, codes_later (tuples, one of them may be empty).
    earlier, later : code of the territory by area_code of each run.
    """

    table: pd.DataFrame
    earlier: pd.Series
    later: pd.Series


def read_correspondences(path: Path) -> pd.DataFrame:
    """Read a table of correspondences: columns `earlier_code` and `later_code`, or else its first two columns.

    Raises `InputProblems` for a file that is no table, and for one with fewer than two columns or no pair.
    """
    table = read_table(path)
    named = {EARLIER, LATER} <= set(table.columns)
    columns = [EARLIER, LATER] if named else list(table.columns[:2])
    if len(columns) < 2:
        raise InputProblems([Problem("change_codes_columns", Where(path.name))])
    pairs = pd.DataFrame({EARLIER: canonical(table[columns[0]]), LATER: canonical(table[columns[1]])})
    pairs = pairs.dropna().drop_duplicates(ignore_index=True)
    if pairs.empty:
        raise InputProblems([Problem("change_codes_columns", Where(path.name))])
    return pairs


def match_territories(
    earlier: pd.Series, later: pd.Series, pairs: pd.DataFrame | None = None
) -> tuple[Territories, list[Problem]]:
    """Territories of two lists of codes.

    Parameters
    ----------
    earlier, later : Series of area_code
    pairs : DataFrame, optional
        earlier_code, later_code. An earlier code named here goes only where the table sends it; every other goes to the
        later area of the same code, if there is one.

    Returns
    -------
    (Territories, problems)
        Warnings: pairs with a code that is in neither run; fewer than half of the areas in both.

    Raises
    ------
    InputProblems
        No area is in both.
    """
    first, second = pd.Index(earlier.astype(str)), pd.Index(later.astype(str))
    declared = pd.DataFrame({EARLIER: [], LATER: []}) if pairs is None else pairs
    known = declared[declared[EARLIER].isin(first) & declared[LATER].isin(second)]
    problems = []
    if len(known) < len(declared):
        count = len(declared) - len(known)
        problems.append(Problem("change_codes_unknown", values={"count": count}, severity="warning"))
    plain = first[~first.isin(known[EARLIER])].intersection(second)
    olds = [*plain, *known[EARLIER].astype(str)]
    news = [*plain, *known[LATER].astype(str)]
    if not olds:
        raise InputProblems([*problems, Problem("change_no_common_areas")])
    rows, columns = first.get_indexer(pd.Index(olds)), second.get_indexer(pd.Index(news)) + len(first)
    total = len(first) + len(second)
    links = coo_array((np.ones(len(rows)), (rows, columns)), shape=(total, total))
    group = connected_components(links, directed=False)[1]
    table = pd.DataFrame({
        "codes_earlier": _by_group(first, group[: len(first)]), "codes_later": _by_group(second, group[len(first) :])
    })  # fmt: skip
    table = table.map(lambda codes: codes if isinstance(codes, tuple) else ())
    units = _unit_codes(table)
    both = (table["codes_earlier"].map(len) > 0) & (table["codes_later"].map(len) > 0)
    matched = int(table.loc[both, "codes_earlier"].map(len).sum())
    if matched < 0.5 * max(len(first), len(second)):
        values = {"count": matched, "earlier": len(first), "later": len(second)}
        problems.append(Problem("change_few_common_areas", values=values, severity="warning"))
    of_group = dict(zip(table.index, units, strict=True))
    table.index = pd.Index(units, name="unit")
    found = Territories(
        table.sort_index(),
        pd.Series([of_group[g] for g in group[: len(first)]], first),
        pd.Series([of_group[g] for g in group[len(first) :]], second),
    )
    return found, problems


def _by_group(codes: pd.Index, group: np.ndarray) -> pd.Series:
    """Codes of each group, sorted, as tuples."""
    return pd.Series(codes, dtype=object).groupby(group).agg(lambda c: tuple(sorted(map(str, c))))


def _unit_codes(table: pd.DataFrame) -> list[str]:
    """A code per territory: that of its one later area, else of its one earlier area, else all later codes; each once."""
    wanted: list[str] = []
    for olds, news in zip(table["codes_earlier"], table["codes_later"], strict=True):
        one = news if len(news) == 1 else olds if len(olds) == 1 else news or olds
        wanted.append("+".join(one))
    single = {news[0] for news in table["codes_later"] if len(news) == 1}
    return [
        "+".join(news) if len(news) > 1 and code in single else code
        for code, news in zip(wanted, table["codes_later"], strict=True)
    ]


def of_territories(areas: pd.DataFrame, unit: pd.Series, measure: str) -> pd.DataFrame:
    """The table of areas for whole territories, one row per unit.

    A territory of one area keeps its figures. Of several, the value is the mean weighted by children (simple where
    children are not known), missing where one of them is missing; its standard error is the weighted mean of theirs,
    which is what it would be if their errors went fully together, so it is never too small. A count that is withheld in one
    of them is missing.

    Parameters
    ----------
    areas : DataFrame
        `Results.areas`.
    unit : Series
        Unit by area_code.
    measure : "area_risk" or "index"

    Returns
    -------
    DataFrame by unit: area_name, parent_code, parent_name, children, value, se, ci_lower, ci_upper, expected_count.
    """
    columns = ["area_name", "parent_code", "parent_name", "children", "se", "ci_lower", "ci_upper", "expected_count"]
    table = areas[["area_code", *columns]].assign(value=areas[measure].astype(float))
    table.index = pd.Index(unit.reindex(areas["area_code"]), name="unit")
    alone = ~table.index.duplicated(keep=False)
    parts = [_joined(str(name), part) for name, part in table[~alone].groupby(level=0, sort=True)]
    found = pd.concat([table[alone], *([pd.DataFrame(parts).set_index("unit")] if parts else [])])
    return found[[*columns, "value"]].sort_index()


def _joined(unit: str, part: pd.DataFrame) -> dict[str, object]:
    """One territory of several areas."""
    children = part["children"].astype(float)
    weight = children if children.gt(0).all() else pd.Series(1.0, part.index)
    share = (weight / weight.sum()).to_numpy(float)
    value, se = (float(share @ part[c].to_numpy(float)) for c in ("value", "se"))
    lower, upper = logit_interval(pd.Series([value]), pd.Series([se]))
    names = [str(name) for name in part["area_name"]]
    same = part["parent_code"].nunique(dropna=False) == 1
    return {
        "unit": unit,
        "area_name": " + ".join(names[:MOST_NAMES]) + (" + …" if len(names) > MOST_NAMES else ""),
        "parent_code": part["parent_code"].iloc[0] if same else pd.NA,
        "parent_name": part["parent_name"].iloc[0] if same else pd.NA,
        "children": float(children.sum(skipna=False)),
        "se": se,
        "ci_lower": float(lower.iloc[0]),
        "ci_upper": float(upper.iloc[0]),
        "expected_count": float(part["expected_count"].sum(skipna=False)),
        "value": value,
    }
