"""Read the table of areas of a study: names, parents, children, indicators, given risk.

One row per area. A joined table adds columns by `area_code`; an area in one table only is told, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.area_codes import check_area_codes, check_key
from riskmodel.inputs.codes import as_codes, canonical
from riskmodel.inputs.columns import missing_columns, reserved_names, rows_problem
from riskmodel.inputs.direct import DIRECT_COLUMNS, PREFIX, check_direct, direct_columns, with_direct
from riskmodel.inputs.index_rate import INDEX_RATE, RATE, check_index_rate, own_rate, with_index_rate
from riskmodel.inputs.indicators import check_indicator
from riskmodel.inputs.names import normal_case, shouts
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.observed import OBSERVED_COLUMNS, check_observed, observed_columns, with_observed
from riskmodel.inputs.observed import PREFIX as OBSERVED
from riskmodel.inputs.study_table import read_study_table
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.results import AREA_COLUMNS
from riskmodel.study import Areas, GivenRisk, Study, TableJoin

NAME_COLUMNS = ("area_name", "parent_name")
TEXT_COLUMNS = ("area_code", "area_name", "parent_code", "parent_name")

# More missing than this makes an indicator doubtful.
MISSING_SHARE = 0.30


@dataclass(frozen=True)
class _Table:
    """One file of areas: its text, by area code, and the positions of its rows in the file."""

    where: Where
    text: pd.DataFrame  # index: position in the file
    codes: pd.Series  # area code by position


def read_areas(study: Study, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read and check the areas.

    Parameters
    ----------
    study : Study
        A study without an areas table gives an empty frame.
    folder : Path
        Folder of the study file.

    Returns
    -------
    DataFrame
        area_code, area_name (the code where no name is declared), parent_code, parent_name (string, <NA> where not
        declared), children (float, NaN where not declared), one float column per indicator name, for given risk
        `area_risk` and `se` as proportions, for the area model `direct` and `direct_n` (`inputs.direct`), for a
        comparison `observed` and `observed_n` (`inputs.observed`). RangeIndex in the order of the file.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        Every error found, and the warnings with them.
    """
    raise_errors(
        reserved_names((i.name for i in study.indicator), (*AREA_COLUMNS, *OBSERVED_COLUMNS, INDEX_RATE), "indicator")
    )
    if study.areas is None:
        return _empty(study), []
    tables, problems = _read_tables(study, folder)
    raise_errors(problems)
    main = tables[0]
    sources = _sources(study)
    found, missing = _find(sources, tables)
    raise_errors([*problems, *missing])

    frame = pd.DataFrame({"area_code": main.codes})
    read: dict[str, pd.Series] = {}
    for name, column in sources.items():
        if name in TEXT_COLUMNS:
            texts = canonical(found[name].text[column])
            if name in NAME_COLUMNS and shouts(texts):
                texts = normal_case(texts)
                problems.append(
                    Problem("names_in_capitals", replace(found[name].where, column=column), severity="note")
                )
            frame[name] = _aligned(texts, found[name], main)
        else:
            table = found[name]
            values, noted = as_numbers(table.text[column], replace(table.where, column=column), quote=True)
            problems += noted
            if not any(p.is_error for p in noted):
                problems += _check_values(study, name, values, replace(table.where, column=column))
            read[name] = values
            frame[name] = _aligned(values, table, main)
    problems += _check_given_risk(study.given_risk, read, found)
    if study.area_model:
        problems += check_direct(study.area_model, read, {name: table.where for name, table in found.items()})
    if study.observed:
        problems += check_observed(study.observed, read, {name: table.where for name, table in found.items()})
    if own_rate(study.index):
        problems += check_index_rate(study.index, read[RATE], replace(found[RATE].where, column=study.index.rate))
    raise_errors(problems)
    if own_rate(study.index):
        frame = with_index_rate(frame, study.index)
    if study.area_model:
        frame = with_direct(frame, study.area_model)
    if study.observed:
        frame = with_observed(frame, study.observed)
    if study.given_risk and study.given_risk.scale == "percent":
        columns = [c for c in ("area_risk", "se") if c in frame]
        frame[columns] = frame[columns] / 100
    return _complete(frame, study), problems


def _read_tables(study: Study, folder: Path) -> tuple[list[_Table], list[Problem]]:
    """The main table first, then the joined ones, with the checks of their keys."""
    assert study.areas is not None
    tables: list[_Table] = []
    problems: list[Problem] = []
    sources: list[Areas | TableJoin] = [study.areas, *study.areas.join]
    for source in sources:
        where = Where(Path(source.file).name, source.sheet)
        text, notes = read_study_table(study, folder, source.file, source.sheet)
        problems += notes
        missing = missing_columns([source.area_code], text.columns, where)
        if missing:
            problems += missing
            continue
        text = text.loc[text.notna().any(axis=1)]
        codes = as_codes(text[source.area_code])
        problems += check_key(codes, replace(where, column=source.area_code))
        tables.append(_Table(where, text, codes))
    for joined in tables[1:]:
        names = tables[0].where.file, joined.where.file
        problems += check_area_codes(tables[0].codes.dropna(), joined.codes.dropna(), *names)
    return tables, problems


def _sources(study: Study) -> dict[str, str]:
    """Columns of the frame and the columns of the files they come from, beside the area code."""
    areas = study.areas
    assert areas is not None
    named = {
        "area_name": areas.area_name,
        "parent_code": areas.parent_code,
        "parent_name": areas.parent_name,
        "children": areas.children,
    }
    named |= {i.name: i.source_column for i in study.indicator}
    if study.given_risk:
        named |= {"area_risk": study.given_risk.risk, "se": study.given_risk.se}
    if study.area_model:
        named |= direct_columns(study.area_model)
    if study.observed:
        named |= observed_columns(study.observed)
    if own_rate(study.index):
        named[RATE] = study.index.rate
    return {name: column for name, column in named.items() if column}


def _find(sources: dict[str, str], tables: list[_Table]) -> tuple[dict[str, _Table], list[Problem]]:
    """The first table that holds each column; problems for columns that none holds."""
    found = {n: t for n, c in sources.items() for t in reversed(tables) if c in t.text.columns}
    lost = [column for name, column in sources.items() if name not in found]
    available = list(dict.fromkeys(c for table in tables for c in table.text.columns))
    return found, missing_columns(lost, available, tables[0].where)


def _aligned(values: pd.Series, table: _Table, main: _Table) -> pd.Series:
    """Values of a table in the rows of the main one, by area code."""
    if table is main:
        return values
    by_code = pd.Series(values.array, index=pd.Index(table.codes.to_numpy(object), dtype=object))
    aligned = by_code.reindex(main.codes.to_numpy(object))
    return pd.Series(aligned.array, index=main.codes.index)


def _check_values(study: Study, name: str, values: pd.Series, where: Where) -> list[Problem]:
    """Checks of one number column."""
    if name == "children":
        problems = rows_problem(values < 0, "children_negative", where)
        problems += rows_problem(values == 0, "children_zero", where, severity="warning")
        problems += rows_problem(values.isna(), "children_missing", where, severity="warning")
        return problems
    if name in ("area_risk", "se") or name.startswith((PREFIX, OBSERVED, RATE)):
        return []
    index = study.study.method in ("vulnerability_index", "area_model") and not (study.model and values.notna().any())
    present = values.dropna()
    at = {"name": name}
    indicator = next(i for i in study.indicator if i.name == name)
    asked = check_indicator(indicator, values, where)
    found: list[Problem] = []
    if present.empty:
        found = [Problem("indicator_empty", where, at)]
    elif present.nunique() == 1:
        found = [Problem("indicator_constant", where, at)]
    elif values.isna().mean() > MISSING_SHARE:
        count = int(values.isna().sum())
        shown = at | {"count": count, "percent": round(100 * float(values.isna().mean()), 2)}
        found = [Problem("indicator_missing", where, shown, "warning")]
    found = [*found, *asked]
    # Only the index and the area model need a range; elsewhere an indicator is shown beside the result.
    return found if index else [p.as_warning() for p in found]


def _check_given_risk(given: GivenRisk | None, read: dict[str, pd.Series], found: dict[str, _Table]) -> list[Problem]:
    """A risk is a proportion, or a percentage if the study says so; its error is above or equal to zero."""
    if given is None:
        return []
    where = replace(found["area_risk"].where, column=given.risk)
    risk = read["area_risk"]
    top = 1 if given.scale == "proportion" else 100
    if risk.isna().all():
        return [Problem("risk_empty", where)]
    problems: list[Problem] = []
    outside = (risk < 0) | (risk > top)
    if given.scale == "proportion" and outside.any() and risk.between(0, 100).sum() == risk.notna().sum():
        problems += rows_problem(outside, "risk_in_percent", where)
    else:
        problems += rows_problem(outside, "risk_outside", where, {"top": top})
    if given.scale == "percent" and risk.max() <= 1 and not outside.any():
        problems.append(Problem("risk_in_proportion", where, severity="warning"))
    problems += rows_problem(risk.isna(), "risk_missing", where, severity="warning")
    if "se" in read:
        at = replace(found["se"].where, column=given.se)
        problems += rows_problem(read["se"] < 0, "se_negative", at)
        if found["se"] is found["area_risk"]:
            problems += rows_problem(read["se"].isna() & risk.notna(), "se_missing", at, severity="warning")
    return problems


def _columns(study: Study) -> list[str]:
    given = ["area_risk", "se"] if study.given_risk else []
    given += DIRECT_COLUMNS if study.area_model else []
    given += OBSERVED_COLUMNS if study.observed else []
    given += [INDEX_RATE] if own_rate(study.index) else []
    return [*TEXT_COLUMNS, "children", *(i.name for i in study.indicator), *given]


def _complete(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """All columns in their order and types; what was not declared is missing, names fall back on codes."""
    frame = frame.reindex(columns=_columns(study)).reset_index(drop=True)
    frame = frame.astype({c: "string" if c in TEXT_COLUMNS else "float64" for c in frame.columns})
    frame["area_name"] = frame["area_name"].fillna(frame["area_code"])
    frame["parent_name"] = frame["parent_name"].fillna(frame["parent_code"])
    return frame


def _empty(study: Study) -> pd.DataFrame:
    return _complete(pd.DataFrame({"area_code": pd.Series(dtype="string")}), study)
