"""Check area codes: one per area in a table, the same in every source.

Near matches are proposed, never applied: a code that lost its zeros may be another area's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from riskmodel.inputs.code_systems import check_digit
from riskmodel.inputs.columns import rows_problem
from riskmodel.problems import Problem, Where, spreadsheet_rows

CODES_SHOWN = 5

# A spreadsheet's way of writing a large number: its last digits are lost.
EXPONENT = r"\d(?:[.,]\d+)?[eE]\+\d+"


def check_key(codes: pd.Series, where: Where) -> list[Problem]:
    """Every row has a code, no code stands twice, none was turned into a number such as "1.1E+06".

    `codes` is indexed by position in the file, so the spreadsheet row is label + 2.
    """
    problems: list[Problem] = []
    twice = codes[codes.duplicated(keep=False) & codes.notna()]
    if len(twice):
        shown = [str(code) for code in twice.unique()[:CODES_SHOWN]]
        at = replace(where, rows=spreadsheet_rows(twice.index))
        problems.append(Problem("area_code_twice", at, {"count": twice.nunique(), "codes": shown}))
    for code, bad in (("area_code_empty", codes.isna()), ("area_code_exponent", codes.str.fullmatch(EXPONENT))):
        problems += rows_problem(bad, code, where)
    return problems


def check_survey_areas(
    population_codes: Iterable[str], survey_codes: Iterable[str], population_file: str, survey_file: str
) -> list[Problem]:
    """Areas of a survey that are not those of the population; a survey need not reach every area of it.

    As `check_area_codes`, without `area_only_in_first`.
    """
    found = check_area_codes(population_codes, survey_codes, population_file, survey_file)
    return [p for p in found if p.code != "area_only_in_first"]


def check_area_codes(
    population_codes: Iterable[str], areas_codes: Iterable[str], population_file: str = "", areas_file: str = ""
) -> list[Problem]:
    """Compare the area codes of two sources (the population and the table of areas, or two tables).

    Returns
    -------
    list of Problem
        Error `area_codes_differ` (none in common), or `area_codes_lost_zeros` or `area_codes_check_digit` (none in common,
        but many once leading zeros, or the check digit of Brazil's codes, are taken off); else warnings `area_only_in_first`, `area_only_in_second` with count and examples. The
        values `first` and `second` name the files.
    """
    first = list(dict.fromkeys(str(c) for c in population_codes))
    second = list(dict.fromkeys(str(c) for c in areas_codes))
    files: dict[str, object] = {"first": population_file or "—", "second": areas_file or "—"}
    known_first, known_second = set(first), set(second)
    only_first = [c for c in first if c not in known_second]
    only_second = [c for c in second if c not in known_first]
    if first and second and len(only_first) == len(first):
        examples = {"codes": first[:CODES_SHOWN], "others": second[:CODES_SHOWN]}
        return [_none_meet(first, second, files | examples)]
    problems = []
    for code, codes in (("area_only_in_first", only_first), ("area_only_in_second", only_second)):
        if codes:
            values = files | {"count": len(codes), "codes": codes[:CODES_SHOWN]}
            problems.append(Problem(code, values=values, severity="warning"))
    return problems


def _none_meet(first: list[str], second: list[str], values: dict[str, object]) -> Problem:
    """The problem where two files have no code in common: zeros, a check digit, or other codes."""
    enough = min(len(first), len(second)) / 2
    code = "area_codes_differ"
    for longer, shorter in ((first, second), (second, first)):
        cut = {c[:6] for c in longer if len(c) == 7 and c.isdecimal() and check_digit(c[:6]) == c[6]}
        if len(cut & set(shorter)) >= enough:
            code = "area_codes_check_digit"
    if len({c.lstrip("0") for c in first} & {c.lstrip("0") for c in second}) >= enough:
        code = "area_codes_lost_zeros"
    return Problem(code, values=values)
