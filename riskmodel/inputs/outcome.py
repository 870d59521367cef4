"""Read the outcome of each child: a ready column of 0 and 1, or computed from hours, hazardous work and chores.

A computed outcome follows three-valued logic: one criterion that is met makes 1 whatever else is missing, 0 needs every
criterion known and not met, and all else is missing, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.columns import rows_problem
from riskmodel.inputs.numbers import MISSING_MARKS, as_numbers
from riskmodel.problems import Problem, Where
from riskmodel.study import BlankHours, ComputedOutcome, Outcome, OutcomeBand

TRUTH = {"1": 1.0, "0": 0.0, "true": 1.0, "false": 0.0}

# A week has no more hours.
MOST_HOURS = 168.0


@dataclass(frozen=True)
class Criterion:
    """Whether it is surely met and surely not met, by child; neither where it is unknown."""

    met: pd.Series
    not_met: pd.Series


def outcome_columns(outcome: Outcome) -> dict[str, str]:
    """Columns of the survey the outcome is made from, by the key of the study that names each."""
    named = {"outcome.column": outcome.column}
    if computed := outcome.computed:
        named |= {f"outcome.computed.hours.{i}": name for i, name in enumerate(computed.hours)}
        named |= {"outcome.computed.worked": computed.worked, "outcome.computed.hazardous": computed.hazardous}
        named |= {f"outcome.computed.chores.{i}": name for i, name in enumerate(computed.chores)}
    return named


def read_outcome(
    table: pd.DataFrame, in_domain: pd.Series, outcome: Outcome, where: Where
) -> tuple[pd.Series, list[Problem]]:
    """The outcome of every row, 1.0, 0.0 or NaN; a computed one is missing outside the age range.

    Parameters
    ----------
    table : DataFrame of text
    in_domain : Series of bool
        Which rows are children of the declared ages; problems speak of these only.

    Returns
    -------
    Series of float64 with the index of `table`
    list of Problem
        Errors: a value that is neither 0 nor 1, no value at all, nobody or everybody in child labour. Warnings: rows
        without an outcome; hours that no week has; hours of a child who did not work; chores declared and not counted.
    """
    if outcome.computed is not None:
        return _computed(table, in_domain, outcome, outcome.computed, where)
    if not outcome.column:  # not said yet, as `check_study` tells; the rest of the survey is looked at all the same
        return pd.Series(np.nan, table.index), []
    where = replace(where, column=outcome.column)
    values, problems = _truth(table[outcome.column], in_domain, where)
    return values, problems or _check(values[in_domain], "outcome_missing", where)


def compute_outcome(
    age: pd.Series,
    hours: pd.DataFrame,
    hazardous: Criterion | None,
    chores: pd.DataFrame | None,
    bands: tuple[OutcomeBand, ...],
) -> tuple[pd.Series, dict[str, int]]:
    """Child labour by age, hours, hazardous work and chores (SDG indicator 8.7.1 where the bands are its own).

    Parameters
    ----------
    age : Series, shape (n,)
        Years; a part of a year does not count.
    hours, chores : DataFrame, shape (n, 2)
        `low` and `high`: hours in the week are at least and at most these; equal where known. None: not counted.
    hazardous : Criterion, optional
        Counts at every age.

    Returns
    -------
    Series of float64
        1 where a criterion is surely met; 0 where each is surely not met; NaN otherwise, also at an age without a band.
    dict
        Children by criterion that is met: hours, hazardous, chores; one child may count under several.

    References
    ----------
    Kleene (1952), Introduction to Metamathematics, § 64 (strong three-valued "or").
    United Nations Statistics Division, metadata of SDG indicator 8.7.1 (thresholds of the default bands).
    """
    years = np.floor(age)
    criteria = {"hours": _by_band(years, hours, bands, "hours")}
    if hazardous is not None:
        criteria["hazardous"] = hazardous
    if chores is not None:
        criteria["chores"] = _by_band(years, chores, bands, "chores")
    met = pd.concat([c.met for c in criteria.values()], axis=1).any(axis=1)
    not_met = pd.concat([c.not_met for c in criteria.values()], axis=1).all(axis=1)
    outcome = pd.Series(np.select([met, not_met], [1.0, 0.0], np.nan), index=age.index)
    return outcome, {name: int(c.met.sum()) for name, c in criteria.items()}


def _by_band(years: pd.Series, hours: pd.DataFrame, bands: tuple[OutcomeBand, ...], kind: str) -> Criterion:
    """Hours against the threshold of each child's age; a band without one cannot be met."""
    inside = [years.between(band.min, band.max) for band in bands]
    limits = [getattr(band, kind) for band in bands]
    limit = np.select(inside, [np.inf if value is None else value for value in limits], np.nan)
    return Criterion((hours["low"] >= limit), (hours["high"] < limit))


def _computed(
    table: pd.DataFrame, in_domain: pd.Series, outcome: Outcome, computed: ComputedOutcome, where: Where
) -> tuple[pd.Series, list[Problem]]:
    """The computed outcome of the children in the age range, and what was found in the columns it is made of."""
    assert outcome.age is not None  # the study was checked
    children = table[in_domain]
    everyone = pd.Series(True, index=children.index)
    age = as_numbers(children[outcome.age.column], where)[0]
    hours, problems = _hours(children, computed.hours, computed.hours_blank, where)
    hazardous = None
    if computed.worked:
        worked, found = _answers(children[computed.worked], computed.worked_values, everyone, where)
        problems += found
        at = replace(where, column=computed.worked)
        problems += rows_problem((worked == 0) & (hours["low"] > 0), "outcome_worked_and_hours", at, None, "warning")
        hours = _with_worked(hours, worked)
    if computed.hazardous:
        answers, found = _answers(children[computed.hazardous], computed.hazardous_values, everyone, where)
        problems += found
        # Who surely did no work did no hazardous work; the question is asked of those who worked.
        hazardous = Criterion(answers == 1, (answers == 0) | (answers.isna() & (hours["high"] == 0)))
    chores = None
    if computed.chores and outcome.boundary == "sna":
        at = replace(where, key="outcome.computed.chores")
        problems.append(Problem("outcome_chores_not_counted", at, severity="warning"))
    elif computed.chores:
        chores, found = _hours(children, computed.chores, computed.chores_blank, where)
        problems += found
    elif outcome.boundary == "general":
        at = replace(where, key="outcome.computed.chores")
        problems.append(Problem("outcome_chores_absent", at, severity="warning"))
    values, met = compute_outcome(age, hours, hazardous, chores, computed.band)
    at = replace(where, column=", ".join(computed.columns))
    if not any(p.is_error for p in problems):
        problems += _check(values, "outcome_undecided", at)
        told = {"count": int((values == 1).sum()), "children": int(values.notna().sum())}
        told |= {name: met.get(name, 0) for name in ("hours", "hazardous", "chores")}
        problems.append(Problem("outcome_computed", at, told, "note"))
    return values.reindex(table.index), problems


def _hours(
    children: pd.DataFrame, columns: tuple[str, ...], blank: BlankHours, where: Where
) -> tuple[pd.DataFrame, list[Problem]]:
    """Least and most hours in the week, the columns added; what is unknown may be anything a week holds."""
    parts, problems = [], []
    for column in columns:
        at = replace(where, column=column)
        values, found = as_numbers(children[column], at)
        impossible = (values < 0) | (values > MOST_HOURS)
        problems += found + rows_problem(impossible, "outcome_hours_impossible", at, None, "warning")
        if blank == "zero":
            values = values.fillna(0.0)
        parts.append(values.mask(impossible))
    known = pd.concat(parts, axis=1)
    low = known.sum(axis=1)
    over = low > MOST_HOURS
    if len(columns) > 1:
        at = replace(where, column=", ".join(columns))
        problems += rows_problem(over, "outcome_hours_impossible", at, None, "warning")
    low = low.mask(over, 0.0)
    high = low.where(known.notna().all(axis=1) & ~over, MOST_HOURS)
    return pd.DataFrame({"low": low, "high": high}), problems


def _with_worked(hours: pd.DataFrame, worked: pd.Series) -> pd.DataFrame:
    """What "worked at least one hour" says of hours that are not known; hours that are known stand."""
    unknown = hours["high"] > hours["low"]
    low = hours["low"].mask(unknown & (worked == 1), hours["low"].clip(lower=1.0))
    return pd.DataFrame({"low": low, "high": hours["high"].mask(unknown & (worked == 0), hours["low"])})


def _answers(
    column: pd.Series, yes: tuple[str, ...], inside: pd.Series, where: Where
) -> tuple[pd.Series, list[Problem]]:
    """1, 0 or missing: by the codes that mean yes, all others meaning no; without such codes the column is 0 and 1."""
    where = replace(where, column=str(column.name))
    if not yes:
        return _truth(column, inside, where)
    text = _stated(column)
    return text.isin([code.strip() for code in yes]).astype("float64").where(text.notna()), []


def _truth(column: pd.Series, inside: pd.Series, where: Where) -> tuple[pd.Series, list[Problem]]:
    """A column of 0 and 1; what is neither, among the children, is an error."""
    text = _stated(column)
    values = text.str.lower().map(TRUTH).astype("float64")
    return values, rows_problem(values[inside].isna() & text[inside].notna(), "outcome_not_binary", where)


def _stated(column: pd.Series) -> pd.Series:
    text = canonical(column)
    return text.mask(text.str.lower().isin(MISSING_MARKS))


def _check(values: pd.Series, missing_code: str, where: Where) -> list[Problem]:
    """Some children have an outcome, and it is not the same for all."""
    if values.isna().all():
        return [Problem("outcome_empty", where)]
    percent = round(100 * float(values.isna().mean()), 2)
    problems = rows_problem(values.isna(), missing_code, where, {"percent": percent}, "warning")
    known = {"children": int(values.notna().sum())}
    if not (values == 1).any():
        problems.append(Problem("outcome_no_cases", where, known))
    elif not (values == 0).any():
        problems.append(Problem("outcome_all_cases", where, known))
    return problems
