"""Read the direct rates of an area model: the rate of each area and how many children it rests on.

An area without a total, or with a total of zero, has no direct rate; it is estimated from the others. A rate without a
usable error takes that of areas of its size (`direct_errors`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.columns import rows_problem
from riskmodel.inputs.direct_errors import smoothed_sizes
from riskmodel.problems import Problem, Where
from riskmodel.study import AreaModel

DIRECT_COLUMNS = ["direct", "direct_n"]

# Columns read for the area model carry this before their key, so no indicator can be taken for one.
PREFIX = "area_model."


def direct_columns(settings: AreaModel) -> dict[str, str]:
    """Columns of the table of areas the settings name, by `area_model.<key>`."""
    keys = ("cases", "total", "rate", "se", "n", "sampled_column")
    return {PREFIX + key: getattr(settings, key) for key in keys if getattr(settings, key)}


def check_direct(settings: AreaModel, read: Mapping[str, pd.Series], where: Mapping[str, Where]) -> list[Problem]:
    """Cases lie between 0 and the total, rates between 0 and 1, errors and numbers are not negative.

    Parameters
    ----------
    read, where : by the names `direct_columns` gives
        Numbers by position in the file, and the table each comes from.
    """

    def at(key: str) -> Where:
        return replace(where[PREFIX + key], column=getattr(settings, key))

    problems: list[Problem] = []
    if settings.cases:
        cases, total = read[PREFIX + "cases"], read[PREFIX + "total"]
        problems += rows_problem((cases < 0) | (total < 0), "direct_negative", at("cases"))
        together = where[PREFIX + "cases"] == where[PREFIX + "total"]
        if together:
            problems += rows_problem((total > 0) & (cases > total), "direct_cases_above_total", at("cases"))
        problems += rows_problem(total == 0, "direct_total_zero", at("total"), severity="warning")
        usable = (total > 0).any() and cases.notna().any()
    else:
        rate, top = read[PREFIX + "rate"], 1.0 if settings.unit == "proportion" else 100.0
        if settings.unit == "proportion" and (rate > 1).any() and rate.dropna().between(0, 100).all():
            problems += rows_problem(rate > 1, "direct_in_percent", at("rate"))
        else:
            problems += rows_problem((rate < 0) | (rate > top), "direct_outside", at("rate"), {"top": top})
        if settings.unit == "percent" and rate.max() <= 1:
            problems.append(Problem("direct_in_proportion", at("rate"), severity="warning"))
        for error in (key for key in ("se", "n") if getattr(settings, key)):
            problems += rows_problem(read[PREFIX + error] < 0, "direct_negative", at(error))
        if settings.se:
            problems += _smoothed(settings, read, where, at("se"))
        usable = rate.notna().any()
    if settings.sampled_column:
        share = read[PREFIX + "sampled_column"]
        problems += rows_problem((share < 0) | (share >= 1), "direct_sampled_outside", at("sampled_column"))
    if not usable:
        problems.append(Problem("direct_empty", at("cases" if settings.cases else "rate")))
    return problems


def _smoothed(
    settings: AreaModel, read: Mapping[str, pd.Series], where: Mapping[str, Where], at: Where
) -> list[Problem]:
    """A note on the rates whose error is taken from other areas; only where both stand in one table."""
    if settings.errors == "smoothed" or where[PREFIX + "rate"] != where[PREFIX + "se"]:
        return []
    rate, se = read[PREFIX + "rate"], read[PREFIX + "se"]
    top = 1.0 if settings.unit == "proportion" else 100.0
    return rows_problem(
        rate.notna() & ~((se > 0) & (rate > 0) & (rate < top)), "direct_error_smoothed", at, severity="note"
    )


def with_direct(frame: pd.DataFrame, settings: AreaModel) -> pd.DataFrame:
    """The frame with `direct` (proportion) and `direct_n` (effective number of children) in place of what was read.

    From a standard error n = y (1 − y) / se², smoothed where that is not defined or the study asks for it; from a number
    of children n = m / deff / (1 − f), with f the share of the area's children who were interviewed and m the number of
    them: the total itself, or f times the total where the totals are those of the whole population (`sampled`). Both
    are missing where the area has no direct rate, or nothing to say how sure it is.
    """

    def column(key: str) -> pd.Series:
        return frame[PREFIX + key].astype(float)

    factor = 1.0 if settings.unit == "proportion" else 0.01
    share = column("sampled_column") if settings.sampled_column else pd.Series(settings.sampled, frame.index)
    if settings.cases:
        total = column("total").where(lambda v: v > 0)
        rate = column("cases") / total
        counted = total * share if (share.fillna(0) > 0).any() else total
    else:
        rate = column("rate") * factor
        counted = column("n").where(lambda v: v > 0) if settings.n else pd.Series(np.nan, frame.index)
    if settings.se:
        se = (column("se") * factor).where(lambda v: v > 0)
        size = (rate * (1 - rate) / se**2).where(lambda v: v > 0)
        line = smoothed_sizes(size, counted if settings.n else _children(frame))
        size = line if settings.errors == "smoothed" else size.fillna(line)
    else:
        size = (counted / settings.design_effect / (1 - share)).where(lambda v: v > 0)
    out = frame.drop(columns=[c for c in frame.columns if str(c).startswith(PREFIX)])
    known = rate.notna() & size.notna()
    return out.assign(direct=rate.where(known), direct_n=size.where(known))


def _children(frame: pd.DataFrame) -> pd.Series:
    """Children of each area; missing where the study declares none."""
    return frame["children"].astype(float) if "children" in frame else pd.Series(np.nan, frame.index)
