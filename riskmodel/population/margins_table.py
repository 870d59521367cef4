"""Read the totals of each determinant by area: one row per area, determinant and category, or one column for each.

A count that is missing is not zero: an area for which a category's count is unknown has no margin of that determinant.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from riskmodel.inputs.codes import as_codes, canonical
from riskmodel.inputs.columns import missing_columns, rows_problem
from riskmodel.inputs.harmonise import apply_rule
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.read import read_table, table_columns
from riskmodel.inputs.study_table import population_reading, read_population_table, register_of
from riskmodel.population.engine import population_files
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study import Determinant, Population, Study
from riskmodel.study_reading import Reading

ROW = ["area_code", "name", "raw", "count"]
TOTAL_ROWS = ("total", "totales", "todos", "todas", "all")
NAMES_SHOWN = 10


@dataclass(frozen=True)
class Margins:
    """Totals by area.

    counts : area_code, determinant, raw (the code as written), category (text, or a number for a numeric determinant;
        missing where the rule names none), count; areas and determinants whose counts are all there.
    incomplete : area_code, determinant whose counts are missing.
    """

    counts: pd.DataFrame
    incomplete: pd.DataFrame
    problems: tuple[Problem, ...]


def read_margins(study: Study, folder: Path) -> Margins:
    """Read and check the margins of a study.

    Raises
    ------
    InputProblems
        A file is absent, cannot be read or lacks columns; a count is no number or below zero; rows hold totals; a
        determinant is nowhere in the table.
    """
    assert study.population is not None  # the study was checked
    where = Where(Path(study.population.file).name)
    parts, problems = [], []
    for path in population_files(study.population.file, folder, where):
        read = _long if study.population.count else _wide
        table, found = read(path, study, folder)
        parts.append(table)
        problems += found
    raise_errors(problems)
    rows = pd.concat(parts, ignore_index=True)
    problems += _check_rows(rows, where)
    rows = rows[rows["area_code"].notna()]
    tables = []
    for position, determinant in enumerate(study.determinant):
        own = rows[rows["name"].isin(_names(study, determinant))]
        if own.empty:
            known = list(map(str, rows["name"].dropna().unique()))[:NAMES_SHOWN]
            at = Where(where.file, key=f"determinant.{position}")
            problems.append(Problem("population_margin_absent", at, {"determinant": determinant.name, "known": known}))
            continue
        category = apply_rule(own["raw"].astype("string"), determinant.kind, study.population_rule(determinant))
        tables.append(own.assign(determinant=determinant.name, category=category.astype(object)))
    problems += _unused(rows, study, where)
    raise_errors(problems)
    counts = pd.concat(tables, ignore_index=True)[["area_code", "determinant", "raw", "category", "count"]]
    pairs = ["area_code", "determinant"]
    unknown = counts.loc[counts["count"].isna(), pairs].drop_duplicates(ignore_index=True)
    kept = counts.merge(unknown.assign(unknown=True), on=pairs, how="left")
    return Margins(counts[kept["unknown"].isna().to_numpy()].reset_index(drop=True), unknown, tuple(problems))


def margin_codes(population: Population, folder: Path, reading: Reading | None = None) -> dict[str, list[str]]:
    """Names of the determinants a table of margins holds, each with its codes in order; empty where it cannot be read."""
    found: dict[str, dict[str, None]] = {}
    try:
        for path in population_files(population.file, folder, Where(population.file)):
            if population.count:
                table = read_table(path, "", [population.determinant, population.category], reading)
                names, codes = canonical(table[population.determinant]), canonical(table[population.category])
                pairs = pd.DataFrame({"name": names, "code": codes}).dropna().drop_duplicates()
                told = zip(pairs["name"], pairs["code"], strict=True)
            else:
                parted = [column.partition("=") for column in table_columns(path, "", reading) if "=" in column]
                told = zip([p[0].strip() for p in parted], [p[2].strip() for p in parted], strict=True)
            for name, code in told:
                found.setdefault(str(name), {})[str(code)] = None
    except InputProblems:
        return {}
    return {name: list(codes) for name, codes in found.items()}


def wide_columns(study: Study, columns: list[str]) -> dict[str, tuple[str, str]]:
    """Columns named "determinant=category", each with its two parts."""
    names = {name for determinant in study.determinant for name in _names(study, determinant)}
    parted = {column: column.partition("=") for column in columns if "=" in column}
    return {c: (p[0].strip(), p[2].strip()) for c, p in parted.items() if p[0].strip() in names}


def _names(study: Study, determinant: Determinant) -> set[str]:
    """What a determinant may be called in the table: its name, or the column of its rule for the population."""
    return {determinant.name, study.population_rule(determinant).column}


def _long(path: Path, study: Study, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    assert study.population is not None
    population, where = study.population, Where(path.name)
    keys = {getattr(population, key): f"population.{key}" for key in ("area_code", "determinant", "category", "count")}
    raise_errors(
        missing_columns(
            keys, table_columns(path, "", population_reading(study), register_of(study, folder)), where, keys
        )
    )
    table = read_population_table(study, folder, path, list(keys))[0]
    count, problems = _counts(table[population.count], Where(path.name, column=population.count))
    rows = {
        "area_code": as_codes(table[population.area_code]),
        "name": canonical(table[population.determinant]),
        "raw": canonical(table[population.category]),
        "count": count,
    }
    return pd.DataFrame(rows), problems


def _wide(path: Path, study: Study, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    assert study.population is not None
    population: Population = study.population
    header, where = table_columns(path, "", population_reading(study), register_of(study, folder)), Where(path.name)
    key = {population.area_code: "population.area_code"}
    raise_errors(missing_columns(key, header, where, key))
    wide = wide_columns(study, header)
    if not wide:
        raise_errors([Problem("population_margin_no_columns", where, {"near": header[:NAMES_SHOWN]})])
    table = read_population_table(study, folder, path, [population.area_code, *wide])[0]
    parts, problems = [], []
    for column, (name, category) in wide.items():
        count, found = _counts(table[column], Where(path.name, column=column))
        problems += found
        raw = canonical(pd.Series([category] * len(table), dtype="string"))
        parts.append(
            pd.DataFrame({"area_code": as_codes(table[population.area_code]), "name": name, "raw": raw, "count": count})
        )
    return pd.concat(parts, ignore_index=True)[ROW], problems


def _counts(column: pd.Series, where: Where) -> tuple[pd.Series, list[Problem]]:
    """Counts are numbers, zero or more; a missing one stays missing."""
    count, problems = as_numbers(column, where, quote=True)
    return count, problems + rows_problem(count < 0, "population_count_negative", where)


def _check_rows(rows: pd.DataFrame, where: Where) -> list[Problem]:
    """Rows without an area, rows of totals, rows that stand twice, counts that are missing."""
    problems: list[Problem] = []
    lost = int(rows["area_code"].isna().sum())
    if lost == len(rows):
        problems.append(Problem("population_no_rows", where))
    elif lost:
        problems.append(Problem("population_rows_without_area", where, {"count": lost}, "warning"))
    totals = rows["raw"].str.casefold().isin(TOTAL_ROWS)
    if totals.any():
        values = {"count": int(totals.sum()), "category": str(rows.loc[totals, "raw"].iloc[0])}
        problems.append(Problem("population_margin_total_rows", where, values))
    twice = int(rows.dropna(subset=["area_code"]).duplicated(["area_code", "name", "raw"]).sum())
    if twice:
        problems.append(Problem("population_margin_rows_twice", where, {"count": twice}))
    missing = int(rows["count"].isna().sum())
    if missing:
        problems.append(Problem("population_count_missing", where, {"count": missing}, "warning"))
    return problems


def _unused(rows: pd.DataFrame, study: Study, where: Where) -> list[Problem]:
    """Determinants of the table that the study does not declare."""
    known = {name for determinant in study.determinant for name in _names(study, determinant)}
    others = sorted(set(map(str, rows["name"].dropna().unique())) - known)
    if not others:
        return []
    return [Problem("population_margin_unused", where, {"names": others[:NAMES_SHOWN]}, "note")]
