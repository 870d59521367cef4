"""Read the parts of a survey design beyond weight, stratum and PSU: corrections, second stage, replicate weights.

They are checked over all rows of the file, also those outside the age range, because they belong to the sample.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.columns import missing_columns, rows_problem
from riskmodel.inputs.numbers import as_numbers
from riskmodel.problems import Problem, Where
from riskmodel.study import Replicates, Survey

SHOWN = 10

# The replicate weights of a column add up to about as much as the weights; factors add up to about the rows.
MOST_APART = 5.0


def stage_columns(survey: Survey) -> dict[str, str]:
    """Columns that the keys of the further design name; "" where one is not declared."""
    return {"survey.ssu": survey.ssu, "survey.fpc": survey.fpc, "survey.fpc2": survey.fpc2}


def read_stages(
    table: pd.DataFrame, design: pd.DataFrame, survey: Survey, where: Where
) -> tuple[pd.DataFrame, list[Problem]]:
    """Finite population corrections and second-stage units.

    Parameters
    ----------
    table : DataFrame of text
    design : DataFrame
        `stratum` and `psu` of the same rows.

    Returns
    -------
    DataFrame
        Of those declared: ssu (string), fpc and fpc2 (float64, as they stand in the file).
    list of Problem
        Units without a code; a correction that is not a number above zero, differs within its stratum (or PSU), mixes
        numbers and shares, or is smaller than what was drawn.
    """
    found = pd.DataFrame(index=table.index)
    problems: list[Problem] = []
    groups = pd.DataFrame({"stratum": design["stratum"], "unit": design["stratum"] + " / " + design["psu"]})
    if survey.ssu:
        at = replace(where, column=survey.ssu)
        found["ssu"] = canonical(table[survey.ssu])
        problems += rows_problem(found["ssu"].isna(), "ssu_missing", at)
    if survey.fpc:
        at = replace(where, column=survey.fpc)
        found["fpc"], told = _correction(table[survey.fpc], groups["stratum"], groups["unit"], at, "fpc")
        problems += told
    if survey.fpc2 and survey.ssu:
        at = replace(where, column=survey.fpc2)
        found["fpc2"], told = _correction(table[survey.fpc2], groups["unit"], found["ssu"], at, "fpc2")
        problems += told
    return found, problems


def _correction(
    column: pd.Series, group: pd.Series, unit: pd.Series, where: Where, stage: str
) -> tuple[pd.Series, list[Problem]]:
    """Units of each group in the population, or the share drawn, the same in all rows of a group."""
    values, problems = as_numbers(column, where)
    if any(p.is_error for p in problems):
        return values, problems
    problems += rows_problem(values.isna(), "fpc_missing", where)
    problems += rows_problem(values <= 0, "fpc_not_positive", where)
    shares = values <= 1
    # A stratum with one unit in the population is no share: 1 may stand beside numbers.
    problems += rows_problem((values < 1) & (not shares.all()), "fpc_mixed", where)
    if any(p.is_error for p in problems):
        return values, problems
    by_group = values.groupby(group)
    differ = by_group.nunique().loc[lambda n: n > 1].index
    if len(differ):
        return values, [*problems, Problem(f"{stage}_not_constant", where, _named(differ))]
    if not shares.all():
        drawn, declared = unit.groupby(group).nunique(), by_group.first()
        short = [f"{name} ({drawn[name]} > {declared[name]:g})" for name in drawn.index[drawn > declared * (1 + 1e-9)]]
        if short:
            problems.append(Problem(f"{stage}_below_sample", where, _named(short)))
    return values, problems


def read_replicates(
    table: pd.DataFrame, weight: pd.Series, settings: Replicates, where: Where
) -> tuple[pd.DataFrame, list[Problem]]:
    """Replicate weights as columns "replicate:1", "replicate:2", … in the order of the study.

    A name that ends in `*` stands for the columns with that beginning and a number after it, by the number.

    Returns
    -------
    DataFrame of float64
    list of Problem
        No column of that name; cells that are not numbers, missing or negative; a column without any weight; `rscales`
        that are not one for each column; factors that were declared as weights, or the reverse.
    """
    where = replace(where, key="survey.replicates.columns")
    names, problems = _replicate_names(table, settings, where)
    if not problems and len(names) < 2:
        problems.append(Problem("replicates_too_few", where, {"count": len(names)}))
    if not problems and len(settings.rscales) not in (0, 1, len(names)):
        key = replace(where, key="survey.replicates.rscales")
        counts = {"count": len(settings.rscales), "columns": len(names)}
        problems.append(Problem("replicates_rscales_count", key, counts))
    if problems:
        return pd.DataFrame(index=table.index), problems
    columns: dict[str, pd.Series] = {}
    unread: list[str] = []
    for position, name in enumerate(names, start=1):
        values = _fast_numbers(table[name])
        if values is None:
            values, told = as_numbers(table[name], where)
            unread += [name] if any(p.is_error for p in told) else []
        columns[f"replicate:{position}"] = values
    if unread:
        return pd.DataFrame(index=table.index), [Problem("replicates_not_numbers", where, _named(unread))]
    found = pd.DataFrame(columns, index=table.index)
    return found, _check_replicates(found, names, weight, settings, where)


def _replicate_names(table: pd.DataFrame, settings: Replicates, where: Where) -> tuple[list[str], list[Problem]]:
    names: list[str] = []
    problems: list[Problem] = []
    for given in settings.columns:
        if not given.endswith("*"):
            problems += missing_columns([given], table.columns, where, {given: where.key})
            names.append(given)
            continue
        pattern = re.compile(re.escape(given[:-1]) + r"(\d+)")
        numbered = [(int(match[1]), str(c)) for c in table.columns if (match := pattern.fullmatch(str(c)))]
        if not numbered:
            problems.append(Problem("replicates_no_column", where, {"pattern": given}))
        names += [name for _, name in sorted(numbered)]
    return list(dict.fromkeys(names)), problems


def _fast_numbers(column: pd.Series) -> pd.Series | None:
    """Plain numbers at once; hundreds of columns are common. None where a mark must be understood first."""
    try:
        return pd.Series(pd.to_numeric(column.to_numpy(object, na_value=np.nan)), column.index, dtype="float64")
    except (ValueError, TypeError):
        return None


def _check_replicates(
    found: pd.DataFrame, names: list[str], weight: pd.Series, settings: Replicates, where: Where
) -> list[Problem]:
    values = found.to_numpy()
    bad = pd.Series(~np.isfinite(values).all(axis=1), index=found.index)
    problems = rows_problem(bad, "replicates_missing", where)
    problems += rows_problem(pd.Series((values < 0).any(axis=1), index=found.index), "replicates_negative", where)
    if problems:
        return problems
    empty = [name for name, total in zip(names, values.sum(axis=0), strict=True) if total == 0]
    if empty:
        return [Problem("replicates_empty", where, _named(empty))]
    mean, usual = float(values.mean()), float(weight.mean())
    if settings.combined and usual > MOST_APART * mean:
        return [Problem("replicates_look_like_factors", where, {"mean": round(mean, 2), "weight": round(usual, 2)})]
    if not settings.combined and mean > MOST_APART:
        return [Problem("replicates_look_like_weights", where, {"mean": round(mean, 2)})]
    return []


def _named(names: pd.Index | list[str]) -> dict[str, object]:
    """How many, and the first of them."""
    shown = [str(name) for name in names[:SHOWN]]
    return {"count": len(names), "names": ", ".join(shown) + (", …" if len(names) > SHOWN else "")}
