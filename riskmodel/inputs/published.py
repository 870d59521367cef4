"""Read published totals, and what the study's own files count beside the children of its areas.

A published table has one row per parent unit; its row of the country is known by `country_code`. "" stands for the country.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.area_codes import check_key
from riskmodel.inputs.codes import as_codes, canonical
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.study_table import read_study_table
from riskmodel.inputs.survey import read_survey
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import Areas, Study, TableJoin
from riskmodel.study_published import PublishedTotal

COUNTRY = ""


def read_published(asked: PublishedTotal, study: Study, folder: Path) -> tuple[pd.Series, list[Problem]]:
    """Published totals by code of the parent unit.

    Returns
    -------
    Series of float, indexed by code ("" the country), in units (`times` applied); unknown totals are left out.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        The table cannot be read, lacks a column, or names a unit twice.
    """
    known: dict[str, float] = {}
    problems: list[Problem] = []
    if asked.file:
        where = Where(Path(asked.file).name, asked.sheet)
        table, problems = read_study_table(study, folder, asked.file, asked.sheet)
        raise_errors([*problems, *missing_columns([asked.parent_code, asked.total], table.columns, where)])
        codes = as_codes(table[asked.parent_code])
        table, codes = table[codes.notna()], codes.dropna()
        problems += check_key(codes, replace(where, column=asked.parent_code))
        values, noted = as_numbers(table[asked.total], replace(where, column=asked.total), quote=True)
        raise_errors([*problems, *noted])
        problems += noted
        given = zip(codes, values, strict=True)
        known = {COUNTRY if code == asked.country_code else str(code): float(value) for code, value in given}
    known |= asked.totals
    if asked.country is not None:
        known[COUNTRY] = asked.country
    found = pd.Series(known, dtype="float64").dropna()
    return found * asked.times, problems


def own_counts(asked: PublishedTotal, study: Study, folder: Path, areas: pd.DataFrame) -> pd.Series:
    """What the study counts, by area (or by parent unit where the survey knows no areas).

    areas : area_code, parent_code, children.

    Returns
    -------
    Series of float64 indexed by code of the parent unit, several rows each; <NA> codes are of no unit.
    """
    parents = areas.set_index("area_code")["parent_code"]
    if asked.of == "children":
        return pd.Series(areas["children"].to_numpy(float), index=areas["parent_code"].array)
    if asked.of == "column":
        values = _column(study, folder, asked.column)
        return pd.Series(values.to_numpy(float), index=parents.reindex(values.index).array)
    survey = read_survey(study, folder)[0]
    asked_children = survey[survey["in_domain"].to_numpy(bool)]
    if "domain" in asked_children:
        codes = asked_children["domain"].mask(asked_children["domain"] == "")
        return pd.Series(asked_children["weight"].to_numpy(float), index=codes.array)
    return pd.Series(asked_children["weight"].to_numpy(float), index=parents.reindex(asked_children["area_code"]).array)


def _column(study: Study, folder: Path, column: str) -> pd.Series:
    """A column of the table of areas, or of the last joined one that has it, by area code."""
    assert study.areas is not None
    names: list[str] = []
    tables: list[Areas | TableJoin] = [*reversed(study.areas.join), study.areas]
    for source in tables:
        where = Where(Path(source.file).name, source.sheet, column)
        table = read_study_table(study, folder, source.file, source.sheet)[0]
        names += list(table.columns)
        if column in table:
            values, problems = as_numbers(table[column], where, quote=True)
            raise_errors(problems)
            by_code = pd.Series(values.to_numpy(float), index=canonical(table[source.area_code]).array)
            return by_code[by_code.index.notna()]
    raise_errors(missing_columns([column], names, Where(Path(study.areas.file).name)))
    raise AssertionError("a column that is nowhere is a problem")
