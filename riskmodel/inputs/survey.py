"""Read the survey of a study into the frame the model is fitted on.

Rows outside the age range stay in the frame (`in_domain` False): their PSUs count in the design. Checks of outcome and
determinants look only at the children in the age range.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.codes import as_codes, canonical
from riskmodel.inputs.columns import missing_columns, reserved_names, rows_problem
from riskmodel.inputs.harmonise import apply_rule, check_rule
from riskmodel.inputs.missing import with_missing
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.outcome import outcome_columns, read_outcome
from riskmodel.inputs.study_table import read_study_table
from riskmodel.inputs.survey_design import read_replicates, read_stages, stage_columns
from riskmodel.inputs.weights import check_psu, read_weight
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import AgeRange, Determinant, Study

DESIGN_COLUMNS = ("outcome", "weight", "stratum", "psu", "ssu", "fpc", "fpc2", "area_code", "domain", "in_domain")

# More categories than this are numbers or names that were meant for bands or a map.
MOST_CATEGORIES = 30


def read_survey(study: Study, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read and check the survey.

    Parameters
    ----------
    study : Study
        With a survey table, an outcome (`column` or `computed`) and determinants.
    folder : Path
        Folder of the study file.

    Returns
    -------
    DataFrame
        outcome (0, 1 or NaN), weight (1.0 where none is declared), stratum ("" where none), psu (the row's number
        where none), area_code (string, "" where missing), domain (the same), ssu (string), fpc and fpc2 (numbers or
        shares), replicate:1, replicate:2, … (each only if the study names its column), in_domain (bool: in the age
        range), and a column per determinant name: categories (string, <NA> missing, or `MISSING_CATEGORY` where the
        study gives them one) or numbers (float64, NaN missing).
        RangeIndex of the rows of the file.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        Every error found, and the warnings with them.
    """
    if study.survey is None:
        raise ValueError("the study has no survey")
    survey = study.survey
    where = Where(Path(survey.file).name, survey.sheet)
    raise_errors(reserved_names((d.name for d in study.determinant), DESIGN_COLUMNS, "determinant"))
    table, notes = read_study_table(study, folder, survey.file, survey.sheet)
    keys = _columns_needed(study)
    raise_errors([*notes, *missing_columns(keys, table.columns, where, keys)])
    table = table[table.notna().any(axis=1)]

    in_domain, problems = _age_range(table, study.outcome.age, where)
    problems = notes + problems
    outcome, found = read_outcome(table, in_domain, study.outcome, where)
    problems += found
    weight, found = read_weight(table, survey.weight, where)
    problems += found
    frame = pd.DataFrame({"outcome": outcome, "weight": weight})
    for part, column in (("stratum", survey.stratum), ("psu", survey.psu)):
        frame[part], found = _design_part(table, part, column, where)
        problems += found
    if survey.stratum and survey.psu:
        problems += check_psu(frame["stratum"], frame["psu"], replace(where, column=survey.psu))
    if survey.domain:
        frame["domain"] = canonical(table[survey.domain]).fillna("")
    further, found = read_stages(table, frame, survey, where)
    problems += found
    frame = frame.join(further)
    if survey.replicates:
        replicates, found = read_replicates(table, weight, survey.replicates, where)
        problems += found
        frame = frame.join(replicates)
        if survey.area_code and not survey.psu:
            problems.append(Problem("replicates_without_psu", replace(where, key="survey.psu"), severity="note"))
    if survey.area_code:
        frame["area_code"] = as_codes(table[survey.area_code]).fillna("")
    frame["in_domain"] = in_domain
    for determinant in study.determinant:
        rule = determinant.survey
        at = replace(where, column=rule.column)
        values = apply_rule(table[rule.column], determinant.kind, rule)
        found = check_rule(table.loc[in_domain, rule.column], determinant, rule, at)
        if not any(p.is_error for p in found):
            found += _check_determinant(values[in_domain], determinant, at)
            values, told = with_missing(values, outcome, in_domain, determinant, at)
            found += told
        problems += found
        frame[determinant.name] = values
    raise_errors(problems)
    return frame.reset_index(drop=True), problems


def _columns_needed(study: Study) -> dict[str, str]:
    """Columns of the survey that the study names, each with the key that names it."""
    assert study.survey is not None
    age = study.outcome.age
    named = {
        **outcome_columns(study.outcome),
        "outcome.age.column": age.column if age else "",
        "survey.weight": study.survey.weight,
        "survey.stratum": study.survey.stratum,
        "survey.psu": study.survey.psu,
        "survey.area_code": study.survey.area_code,
        "survey.domain": study.survey.domain,
        **stage_columns(study.survey),
    } | {f"determinant.{i}.survey.column": d.survey.column for i, d in enumerate(study.determinant)}
    keys: dict[str, str] = {}
    for key, column in named.items():
        if column:
            keys.setdefault(column, key)
    return keys


def _age_range(table: pd.DataFrame, age: AgeRange | None, where: Where) -> tuple[pd.Series, list[Problem]]:
    """Which rows are children of the declared ages; all when the study declares no age column."""
    if age is None or not age.column:
        return pd.Series(True, index=table.index), []
    at = replace(where, column=age.column)
    ages, problems = as_numbers(table[age.column], at)
    if any(p.is_error for p in problems):
        return pd.Series(True, index=table.index), problems
    in_domain = ages.between(age.min, age.max)
    limits = {"min": age.min, "max": age.max}
    problems += rows_problem(ages.isna(), "age_missing", at, limits, "warning")
    problems += rows_problem((ages < 0) | (ages > 120), "age_impossible", at, limits, "warning")
    if not in_domain.any():
        problems.append(Problem("age_range_empty", at, limits))
        return pd.Series(True, index=table.index), problems
    return in_domain, problems


def _design_part(table: pd.DataFrame, part: str, name: str, where: Where) -> tuple[pd.Series, list[Problem]]:
    """Stratum or PSU as text. Without a declared PSU every row is its own, without stratum all are in one."""
    if not name:
        own = [str(int(i) + 2) for i in table.index] if part == "psu" else ""
        return pd.Series(own, index=table.index, dtype="string"), []
    values = canonical(table[name])
    return values, rows_problem(values.isna(), f"{part}_missing", replace(where, column=name))


def _check_determinant(values: pd.Series, determinant: Determinant, where: Where) -> list[Problem]:
    """A determinant must vary among the children in the age range and hold its reference."""
    name = {"name": determinant.name}
    distinct = values.dropna().unique()
    if len(distinct) == 0:
        return [Problem("determinant_empty", where, name)]
    if len(distinct) == 1:
        return [Problem("determinant_one_category", where, name)]
    problems: list[Problem] = []
    if determinant.kind == "categorical":
        if len(distinct) > MOST_CATEGORIES:
            problems.append(Problem("determinant_many_categories", where, name | {"count": len(distinct)}, "warning"))
        if determinant.reference and determinant.reference not in distinct:
            problems.append(_reference_unknown(determinant, where))
    return problems


def _reference_unknown(determinant: Determinant, where: Where) -> Problem:
    """The categories are named only where the study itself names them."""
    rule = determinant.survey
    named = sorted(set((rule.map or {}).values()) | set(rule.bands or {}))
    values = {"name": determinant.name, "reference": determinant.reference}
    if named:
        return Problem("reference_unknown_named", where, values | {"categories": named})
    return Problem("reference_unknown", where, values)
