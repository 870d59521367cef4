"""Look at the values of one indicator as they stand in the table of areas, row by row.

A table may mix percentages and proportions in one column, or hold a negative percentage: neither can be seen in the index
any more, so both are told with their rows.
"""

from __future__ import annotations

import re

import pandas as pd

from riskmodel.inputs.columns import rows_problem
from riskmodel.problems import Problem, Where
from riskmodel.study_index import Indicator

# Units in which nothing can be below zero: shares, rates, counts, years.
NOT_NEGATIVE = re.compile(
    r"%|‰|percent|porcent|pourcent|por cento|por ciento|pour cent|propor|\bper\b|\bpor\b|\bpour\b|share|years|años|anos|\bans\b|"
    r"persons|personas|pessoas|personnes|children|kilomet|kilómet|quilômet|\bkm\b|hours|horas|heures",
    re.IGNORECASE,
)
PERCENT = re.compile(r"%|percent|porcent|pourcent|por cento|por ciento|pour cent", re.IGNORECASE)
PROPORTION = re.compile(r"propor", re.IGNORECASE)

# A proportion is at most 1; a percentage written among proportions is well above.
SMALL, LARGE = 1.0, 1.5
# Percentages are about a hundred times proportions; a column that merely has a long tail has no such step.
STEP = 10.0


def check_indicator(indicator: Indicator, values: pd.Series, where: Where) -> list[Problem]:
    """Questions about the values of an indicator.

    Parameters
    ----------
    values : Series by position in the file, missing where missing
    """
    named: dict[str, object] = {"indicator": indicator.shown, "unit": indicator.unit}
    problems: list[Problem] = []
    if NOT_NEGATIVE.search(indicator.unit):
        problems += rows_problem(values < 0, "indicator_negative", where, named)
    if PERCENT.search(indicator.unit):
        problems += rows_problem(values > 100, "indicator_above_hundred", where, named, severity="warning")
    large = percent_among_proportions(values)
    if large.any():
        return problems + rows_problem(large, "indicator_mixed_units", where, named, severity="warning")
    if PROPORTION.search(indicator.unit):
        problems += rows_problem(values > SMALL, "indicator_above_one", where, named, severity="warning")
    return problems


def percent_among_proportions(values: pd.Series) -> pd.Series:
    """Rows that look like percentages in a column of proportions: most values up to 1, a step, then some far above."""
    present = values[values > 0]
    small, large = present[present <= SMALL], present[present > LARGE]
    between = len(present) - len(small) - len(large)
    if len(small) < 5 or len(large) == 0 or len(small) < 0.5 * len(present) or between > 0.01 * len(present):
        return pd.Series(False, values.index)
    if float(large.median()) < STEP * float(small.median()) or bool((present.round() == present).all()):
        return pd.Series(False, values.index)
    return values > LARGE
