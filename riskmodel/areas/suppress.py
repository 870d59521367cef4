"""Withhold small numbers before anything is written or shown.

What is withheld becomes missing and the row says so in a code; screens print it as "< 10". Rules:

- An expected count under `min_count` is withheld with its interval; the rate stays, or small municipalities would
  vanish from the map. The count is an estimate and can be worked out from rate and children where both are printed:
  the rule keeps small numbers from being read as known children. It does not make a measured rate confidential; who
  may not publish a small measured rate leaves it out of the input.
- A group cell with fewer than `min_children` children is withheld whole. These are counts of real children, so they
  must not follow by subtraction either: where one cell alone is hidden in a sum that is printed, the number of children
  and the expected count of the smallest other cell are withheld too, and its rate stays. See `suppress_groups`.
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


def _present(table: pd.DataFrame, columns: list[str]) -> list[str]:
    return [c for c in columns if c in table]
