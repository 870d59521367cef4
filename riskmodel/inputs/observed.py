"""Read the observed rates that results are held against: a rate per area that was measured in some other way.

They never enter an estimate. An area without one is left out of the comparison; a rate without a number of children or a
standard error is taken as exact there, and the record says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from riskmodel.inputs.columns import rows_problem
from riskmodel.problems import Problem, Where
from riskmodel.study import Observed

OBSERVED_COLUMNS = ["observed", "observed_n"]

# Columns read for the comparison carry this before their key, so no indicator can be taken for one.
PREFIX = "observed."

# Fewer areas than this with a rate say nothing about how two orders agree.
LEAST_AREAS = 10


def observed_columns(settings: Observed) -> dict[str, str]:
    """Columns of the table of areas the settings name, by `observed.<key>`."""
    keys = ("cases", "total", "rate", "se", "n")
    return {PREFIX + key: getattr(settings, key) for key in keys if getattr(settings, key)}


def check_observed(settings: Observed, read: Mapping[str, pd.Series], where: Mapping[str, Where]) -> list[Problem]:
    """Cases lie between 0 and the total, rates between 0 and 1 (or 100), numbers and errors are not negative.

    Parameters
    ----------
    read, where : by the names `observed_columns` gives
        Numbers by position in the file, and the table each comes from.
    """

    def at(key: str) -> Where:
        return replace(where[PREFIX + key], column=getattr(settings, key))

    problems: list[Problem] = []
    if settings.cases:
        cases, total = read[PREFIX + "cases"], read[PREFIX + "total"]
        problems += rows_problem(cases < 0, "observed_negative", at("cases"))
        problems += rows_problem(total < 0, "observed_negative", at("total"))
        if where[PREFIX + "cases"] == where[PREFIX + "total"]:
            problems += rows_problem((total > 0) & (cases > total), "observed_cases_above_total", at("cases"))
        problems += rows_problem(total == 0, "observed_total_zero", at("total"), severity="warning")
        known = int(min(cases.notna().sum(), (total > 0).sum()))
    else:
        problems += _check_rate(settings, read[PREFIX + "rate"], at("rate"))
        known = int(read[PREFIX + "rate"].notna().sum())
    for key in ("se", "n"):
        if getattr(settings, key):
            problems += rows_problem(read[PREFIX + key] < 0, "observed_negative", at(key))
    if known < LEAST_AREAS:
        key = "cases" if settings.cases else "rate"
        problems.append(Problem("observed_few", at(key), {"count": known, "wanted": LEAST_AREAS}, "warning"))
    return problems


def _check_rate(settings: Observed, rate: pd.Series, at: Where) -> list[Problem]:
    """A proportion or a percentage, as the study says."""
    top = 1 if settings.unit == "proportion" else 100
    outside = (rate < 0) | (rate > top)
    if settings.unit == "proportion" and outside.any() and rate.dropna().between(0, 100).all():
        return rows_problem(outside, "observed_in_percent", at)
    problems = rows_problem(outside, "observed_outside", at, {"top": top})
    if settings.unit == "percent" and rate.max() <= 1 and not outside.any():
        problems.append(Problem("observed_in_proportion", at, severity="warning"))
    return problems


def with_observed(frame: pd.DataFrame, settings: Observed) -> pd.DataFrame:
    """The frame with `observed` (proportion) and `observed_n` in place of what was read.

    `observed_n` is the effective number of children behind the rate: those counted over the design effect, or y (1 − y) /
    se²; missing where neither is known.
    """

    def column(key: str) -> pd.Series:
        return frame[PREFIX + key].astype(float)

    factor = 1.0 if settings.unit == "proportion" else 0.01
    rate = column("cases") / column("total").where(lambda v: v > 0) if settings.cases else column("rate") * factor
    size = pd.Series(float("nan"), frame.index)
    if settings.n:
        size = column("n") / settings.design_effect
    elif settings.se:
        se = (column("se") * (1.0 if settings.cases else factor)).where(lambda v: v > 0)
        size = rate * (1 - rate) / se**2
    out = frame.drop(columns=[c for c in frame.columns if str(c).startswith(PREFIX)])
    return out.assign(observed=rate, observed_n=size.where(size > 0))
