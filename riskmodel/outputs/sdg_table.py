"""The table for SDG indicator 8.7.1: number and proportion of children in child labour by two crossed groups.

Margins come from the groups themselves, the corner from the unit's own total, so every figure is the one shown
elsewhere. A withheld figure stays missing and carries its code.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from riskmodel.areas.uncertainty import count_interval
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_groups import CROSS, crossings, group_list, in_order

COLUMNS = (
    "row", "column", "children", "number", "number_lower", "number_upper",
    "proportion", "proportion_lower", "proportion_upper", "withheld",
)  # fmt: skip
TOTAL = ""
SDG_BANDS = {(5, 11), (12, 14), (15, 17)}


@dataclass(frozen=True)
class Unit:
    """The country, a parent unit or an area: what a table or a chart of groups is about."""

    kind: str  # "country", "parent" or "area"
    code: str


def cells_of(results: Results, unit: Unit) -> pd.DataFrame:
    """The cells of a unit's groups, as in `groups`; empty where there are none."""
    table = results.parent_groups if unit.kind == "parent" else results.groups
    if table.empty:
        return table
    return table[table["area_code"] == unit.code].reset_index(drop=True)


def total_of(results: Results, unit: Unit) -> pd.Series:
    """The unit's own row: children, area_risk, interval, expected_count."""
    table = {"country": results.national, "parent": results.parents, "area": results.areas}[unit.kind]
    rows = table if unit.kind == "country" else table[table["area_code"] == unit.code]
    return rows.iloc[0]


def sdg_table(study: Study, results: Results, unit: Unit, crossed: str) -> pd.DataFrame:
    """One row per cell of a crossed group, with its margins and the total.

    Parameters
    ----------
    crossed : str
        Name of a crossed group; its first part gives the columns, its second the rows of the report.

    Returns
    -------
    DataFrame with COLUMNS
        `row` and `column` are categories, "" the total. Numbers are expected numbers of children in child labour,
        proportions 0–1; intervals are of 95 %.
    """
    across, down = crossings(study)[crossed]
    cells = cells_of(results, unit)
    columns = _categories(study, cells, across)
    rows = _categories(study, cells, down)
    by_key = {(r["group"], r["category"]): r for r in cells.to_dict("records")}
    total = total_of(results, unit)
    found = []
    for row in [*rows, TOTAL]:
        for column in [*columns, TOTAL]:
            if row and column:
                cell = by_key.get((crossed, f"{column}{CROSS}{row}"))
            elif row or column:
                cell = by_key.get((down, row) if row else (across, column))
            else:
                cell = {**total.to_dict(), "withheld": ""}
            if cell is not None:
                found.append(_line(row, column, cell))
    return pd.DataFrame(found, columns=list(COLUMNS))


def has_sdg_bands(study: Study, crossed: str) -> bool:
    """Whether a part of the crossing has the ages of the indicator: 5–11, 12–14, 15–17."""
    rules = {g.name: g.population for g in group_list(study)}
    determinants = {d.name: study.population_rule(d) for d in study.determinant}
    surveys = {d.name: d.survey for d in study.determinant}
    for part in crossings(study)[crossed]:
        for rule in (rules.get(part), determinants.get(part), surveys.get(part)):
            if rule and rule.bands and {(int(a), int(b)) for a, b in rule.bands.values()} == SDG_BANDS:
                return True
    return False


def _categories(study: Study, cells: pd.DataFrame, group: str) -> list[str]:
    """Categories of a group that are stated, in their order."""
    own = cells.loc[cells["group"] == group, "category"].astype(str)
    return [c for c in in_order(study, group, own.tolist()) if c]


def _line(row: str, column: str, cell: Mapping[Hashable, Any]) -> dict[str, object]:
    values = pd.Series(cell)
    withheld = str(values.get("withheld") or "")
    children = pd.Series([values["children"]], dtype=float)
    bounds = [pd.Series([values[name]], dtype=float) for name in ("ci_lower", "ci_upper")]
    lower, upper = count_interval(children, *bounds)
    shown = pd.notna(values["expected_count"])
    return {
        "row": row,
        "column": column,
        "children": values["children"],
        "number": values["expected_count"],
        "number_lower": lower.iloc[0] if shown else None,
        "number_upper": upper.iloc[0] if shown else None,
        "proportion": values["area_risk"],
        "proportion_lower": values["ci_lower"],
        "proportion_upper": values["ci_upper"],
        "withheld": withheld,
    }
