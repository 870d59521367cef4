"""Read survey weights, and say when they cannot be what the office published.

A weight that a spreadsheet destroyed is refused, never mended by a guess: where its decimal mark stood is not in the file.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.columns import rows_problem
from riskmodel.inputs.numbers import as_numbers
from riskmodel.problems import Problem, Where, spreadsheet_rows

# Two or more thousands marks: a million children for one interviewed. "20.014.693.005" was 2001.4693005.
DESTROYED = r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}"

# No country has so many people.
MOST_PEOPLE = 2e9
# A mean below this: each interviewed child stands for less than half a child.
LEAST_MEAN = 0.5
# One row with more than this share of all weight, in a survey of at least so many rows.
MOST_SHARE, ROWS_FOR_SHARE = 0.05, 100
# Weights with a smaller mean than this are shares or were divided by their mean; they count no children.
COUNTING_MEAN = 1.5
# Survey and population count children so differently that one of them is not of these children.
TIMES_APART = 2.0


def read_weight(table: pd.DataFrame, name: str, where: Where) -> tuple[pd.Series, list[Problem]]:
    """Survey weights are numbers above zero, one for every row; 1.0 where none is declared.

    Returns
    -------
    Series of float64 with the index of `table`
    list of Problem
        Errors: unreadable, not above zero, missing, destroyed by a spreadsheet. Warnings: a sum or a share of one row
        that no survey has.
    """
    if not name:
        return pd.Series(1.0, index=table.index), []
    at = replace(where, column=name)
    destroyed = trimmed(table[name]).str.fullmatch(DESTROYED)
    if problems := rows_problem(destroyed, "weight_destroyed", at):
        return pd.Series(float("nan"), index=table.index), problems
    weight, problems = as_numbers(table[name], at)
    unread = {row for p in problems if p.is_error for row in p.where.rows}
    problems += rows_problem(weight <= 0, "weight_not_positive", at)
    if not unread:
        problems += rows_problem(weight.isna(), "weight_missing", at)
    if not any(p.is_error for p in problems):
        problems += _sum_makes_sense(weight, at)
    return weight, problems


def _sum_makes_sense(weight: pd.Series, where: Where) -> list[Problem]:
    total, rows = float(weight.sum()), len(weight)
    told = {"total": total, "rows": rows}
    if total > MOST_PEOPLE:
        return [Problem("weight_sum_large", where, told, "warning")]
    if total < LEAST_MEAN * rows:
        return [Problem("weight_sum_small", where, told, "warning")]
    heaviest = float(weight.max()) / total
    if rows >= ROWS_FOR_SHARE and heaviest > MOST_SHARE:
        at = replace(where, rows=spreadsheet_rows(weight.index[weight == weight.max()]))
        return [Problem("weight_one_row", at, {"percent": round(100 * heaviest, 1)}, "warning")]
    return []


def check_totals(frame: pd.DataFrame, children: float, coverage: float, where: Where) -> list[Problem]:
    """A warning where the survey's weights count less than half, or more than twice, the children of the population.

    Parameters
    ----------
    frame : DataFrame
        The survey, as `read_survey` gives it. Weights that count nobody (a mean about 1 or below) are not compared.
    children : float
        Children of the population, of which it holds the share `coverage`.
    where : Where
        The survey and its column of weights.
    """
    weight = frame.loc[frame["in_domain"].to_numpy(bool), "weight"]
    survey, population = float(weight.sum()), children / coverage
    if weight.mean() < COUNTING_MEAN or not population > 0:
        return []
    if 1 / TIMES_APART <= survey / population <= TIMES_APART:
        return []
    values = {"survey": round(survey), "population": round(population)}
    return [Problem("weight_total_differs", where, values, "warning")]


def check_psu(stratum: pd.Series, psu: pd.Series, where: Where) -> list[Problem]:
    """Sampling units that stand in more than one stratum; they are taken as different units.

    Where most codes do, units are numbered anew in every stratum, which is usual: a note. Where few do, something is
    wrong with their code: a warning.
    """
    by_code = stratum.groupby(psu).nunique()
    several = int((by_code > 1).sum())
    if not several:
        return []
    if several > len(by_code) / 2:
        return [Problem("psu_numbered_by_stratum", where, {"count": several}, "note")]
    inside = psu.isin(by_code.index[by_code > 1])
    return rows_problem(inside, "psu_in_two_strata", where, {"count": several}, "warning")
