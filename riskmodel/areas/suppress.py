"""Withhold small numbers before anything is written or shown.

What is withheld becomes missing and the row says so in a code; screens print it as "< 10". Rules:

- An expected count under `min_count` is withheld with its interval; the rate stays, or small municipalities would
  vanish from the map. The count is an estimate and can be worked out from rate and children where both are printed:
  the rule keeps small numbers from being read as known children. It does not make a measured rate confidential; who
  may not publish a small measured rate leaves it out of the input.
- A group cell with fewer than `min_children` children is withheld whole. These are counts of real children, so they
  must not follow by subtraction either: where one cell alone is hidden in a sum that is printed (the categories of a
  group in an area; the areas of a category), the number of children and the expected count of the smallest other cell
  are withheld too, and its rate stays.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.notes import add_note
from riskmodel.problems import Problem
from riskmodel.study import Privacy

COUNTS = ["expected_count", "expected_count_lower", "expected_count_upper"]
CELL = ["children", "area_risk", "se", "ci_lower", "ci_upper", *COUNTS]
SMALL_COUNT = "count_withheld"


def suppress_areas(areas: pd.DataFrame, privacy: Privacy) -> tuple[pd.DataFrame, list[Problem]]:
    """A table of areas (or parents) without small expected counts, and a note that says how many were withheld.

    Rows concerned get the code "count_withheld" in `notes`, if the table has that column.
    """
    shown = areas.copy()
    small = (shown["expected_count"] < privacy.min_count).fillna(False).astype(bool)
    for column in _present(shown, COUNTS):
        shown[column] = shown[column].where(~small)
    if "notes" in shown:
        shown["notes"] = add_note(shown["notes"], small, SMALL_COUNT)
    count = int(small.sum())
    values = {"count": count, "threshold": privacy.min_count}
    return shown, [Problem("counts_withheld", values=values, severity="note")] if count else []


def suppress_groups(groups: pd.DataFrame, privacy: Privacy) -> pd.DataFrame:
    """Group cells without small counts.

    Parameters
    ----------
    groups : DataFrame with results.GROUP_COLUMNS
        area_code "" is the country.
    privacy : Privacy

    Returns
    -------
    DataFrame
        The same rows and columns and a column `withheld`: "" | "cell" (few children) | "complement" (its numbers would
        give a withheld cell by subtraction) | "count" (small expected count).
    """
    shown = groups.copy()
    if shown.empty:
        return shown
    children = shown["children"].fillna(0)
    cell = (children > 0) & (children < privacy.min_children)
    complement = _complements(shown, cell)
    count = (shown["expected_count"] < privacy.min_count).fillna(False).astype(bool) & ~cell & ~complement
    shown["withheld"] = pd.Series("", shown.index, dtype="string")
    for name, rows, columns in (
        ("cell", cell, CELL),
        ("complement", complement, ["children", *COUNTS]),
        ("count", count, COUNTS),
    ):
        for column in _present(shown, columns):
            shown[column] = shown[column].where(~rows)
        shown.loc[rows, "withheld"] = name
    return shown


def _complements(groups: pd.DataFrame, cell: pd.Series) -> pd.Series:
    """Further cells to withhold so that no printed sum has exactly one hidden part."""
    hidden = cell.copy()
    local = groups["area_code"] != ""
    sums = [(["area_code", "group"], pd.Series(True, groups.index)), (["group", "category"], local)]
    changed = bool(cell.any())
    while changed:
        changed = False
        for keys, part in sums:
            parts = groups[part].assign(hidden=hidden[part])
            alone = parts.groupby(keys)["hidden"].transform("sum") == 1
            open_cells = parts[alone & ~parts["hidden"] & (parts["children"] > 0)]
            smallest = open_cells.sort_values(["children", "area_code", "category"]).groupby(keys).head(1).index
            if len(smallest):
                hidden.loc[smallest] = True
                changed = True
    return hidden & ~cell


def _present(table: pd.DataFrame, columns: list[str]) -> list[str]:
    return [c for c in columns if c in table]
