"""Read the rows of a population, children or cells of like children, for scoring them and for checking the file.

The file's columns carry a mark of their own, so none can hide a column that is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir

from riskmodel.inputs.read import table_columns
from riskmodel.inputs.study_table import population_reading, register_of
from riskmodel.population.engine import Engine, as_number, population_files
from riskmodel.population.group_columns import GroupColumn, group_columns
from riskmodel.population.recode import CELL_COUNT, Recoded, check_numbers, clean_text, how_many, recode
from riskmodel.problems import Problem, Severity, Where, raise_errors
from riskmodel.study import Study
from riskmodel.study_groups import group_list

MOSTLY_UNSCORED = 0.5


def population_rows(
    engine: Engine, study: Study, folder: Path, where: Where
) -> tuple[ir.Table, dict[str, GroupColumn], list[Problem]]:
    """Rows of the children in the age range, with `area_code`, `weight` and columns of the groups; these; what was found.

    Raises `InputProblems` as `children_of`.
    """
    assert study.population is not None
    age = age_column_of(study, folder, where)
    source = engine.open(
        study.population.file, folder, columns_needed(study, age), population_reading(study), register_of(study, folder)
    )
    rows, problems = children_of(source, study, age, where)
    rows, columns, found = group_columns(engine.seen(rows), study, own_column, where)
    return engine.seen(rows), columns, problems + found


def age_column_of(study: Study, folder: Path, where: Where) -> str:
    """Column of the ages, "" where rows are not limited; cells need not have it."""
    assert study.population is not None
    age = study.outcome.age
    if age is None or age.population_column or study.population.kind != "cells":
        return (age.population_column or age.column) if age else ""
    first = population_files(study.population.file, folder, where)[0]
    return (
        age.column
        if age.column in table_columns(first, "", population_reading(study), register_of(study, folder))
        else ""
    )


def columns_needed(study: Study, age_column: str) -> dict[str, str]:
    """Columns of the population that the study names, each with the key that names it.

    A group is a determinant by its name, or else a column.
    """
    assert study.population is not None
    named = {
        "population.area_code": study.population.area_code,
        "population.weight": study.population.weight,
        "population.count": study.population.count,
        "outcome.age.population_column": age_column,
    }
    rules = [study.population_rule(d) for d in study.determinant]
    named |= {f"determinant.{i}.population.column": rule.column for i, rule in enumerate(rules)}
    in_list = {name: f"population.groups.{i}" for i, name in enumerate(study.population.groups)}
    own = [g.name for g in study.group if g.name not in in_list]
    in_list |= {name: f"group.{i}" for i, name in enumerate(own)}
    named |= {in_list[g.name]: g.population.column for g in group_list(study) if g.population}
    return {column: key for key, column in reversed(named.items()) if column}


def children_of(source: ir.Table, study: Study, age_column: str, where: Where) -> tuple[ir.Table, list[Problem]]:
    """Rows in the age range that have an area, with `area_code` and `weight` beside the file's columns.

    The file's columns are renamed so that none can hide another.
    """
    assert study.population is not None
    population, age = study.population, study.outcome.age
    rows = source.rename({own_column(name): name for name in source.columns})
    problems: list[Problem] = []
    if population.count:
        rows, problems = _cells(rows, population.count, where)
        raise_errors(problems)
    if age and age_column:
        at = Where(where.file, column=age_column)
        years = as_number(rows[own_column(age_column)])
        missing, inside = how_many(rows, years.isnull()), how_many(rows, years.between(age.min, age.max))
        found = rows.agg(missing=missing, inside=inside).to_pandas().iloc[0].fillna(0)
        if not found["inside"] > 0:
            raise_errors([Problem("population_no_children", at, {"min": age.min, "max": age.max})])
        if found["missing"] > 0:
            values = {"count": int(found["missing"]), "min": age.min, "max": age.max}
            problems.append(Problem("population_age_missing", at, values, "warning"))
        rows = rows.filter(years.between(age.min, age.max))
    rows = clean_text(rows, own_column(population.area_code), "area_code")
    if population.weight:
        rows = rows.mutate(weight=as_number(rows[own_column(population.weight)]))
    else:
        rows = rows.mutate(weight=rows[CELL_COUNT] if population.count else ibis.literal(1.0))
    without_area = _check_areas(rows, population.area_code, where)
    problems += _check_weights(rows, population.weight, where) + without_area
    raise_errors(problems)
    return rows.filter(rows.area_code.notnull()) if without_area else rows, problems


def _cells(rows: ir.Table, column: str, where: Where) -> tuple[ir.Table, list[Problem]]:
    """Rows with the number of children they stand for as `CELL_COUNT`, without the empty cells."""
    at = Where(where.file, column=column)
    rows = rows.mutate(**{CELL_COUNT: as_number(rows[own_column(column)])})
    count = rows[CELL_COUNT]
    found = rows.agg(below=(count < 0).sum(), missing=count.isnull().sum()).to_pandas().iloc[0].fillna(0)
    problems = []
    if found["below"] > 0:
        problems.append(Problem("population_count_negative", at, {"count": int(found["below"])}))
    if found["missing"] > 0:
        problems.append(Problem("population_count_not_number", at, {"count": int(found["missing"])}))
    marks = [Problem(p.code, at, p.values, p.severity) for p in check_numbers(rows, own_column(column), where)]
    return rows.filter(count > 0), problems + marks


def _check_weights(rows: ir.Table, column: str, where: Where) -> list[Problem]:
    """Weights are numbers above zero."""
    if not column:
        return []
    at = Where(where.file, column=column)
    bad = int(rows.filter(~(rows.weight > 0).fill_null(False)).count().to_pandas())
    problems = [Problem("population_weight_not_positive", at, {"count": bad})] if bad else []
    marks = [Problem(p.code, at, p.values, p.severity) for p in check_numbers(rows, own_column(column), where)]
    return problems + marks


def _check_areas(rows: ir.Table, column: str, where: Where) -> list[Problem]:
    """Every child has an area; those without are left out with a warning."""
    found = rows.agg(all=how_many(rows), missing=how_many(rows, rows.area_code.isnull())).to_pandas().iloc[0].fillna(0)
    if not found["all"] > 0:
        return [Problem("population_no_rows", where)]
    if not found["missing"] > 0:
        return []
    severity: Severity = "error" if found["missing"] > MOSTLY_UNSCORED * found["all"] else "warning"
    values = {"count": int(found["missing"])}
    return [Problem("population_area_missing", Where(where.file, column=column), values, severity)]


def recoded_of(rows: ir.Table, study: Study, name: str, known: Sequence[str], where: Where) -> Recoded:
    """A determinant over rows of `children_of`; `known` are the categories of the model."""
    determinant = next(d for d in study.determinant if d.name == name)
    rule = study.population_rule(determinant)
    column = rule.column
    renamed = determinant.model_copy(update={"population": rule.model_copy(update={"column": own_column(column)})})
    return recode(rows, renamed, known, Where(where.file, column=column))


def own_column(column: str) -> str:
    """Name of a file's column among the engine's own."""
    return f"file_{column}"
