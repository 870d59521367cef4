"""Area codes as text, and how those of a table and of a map meet.

A code is a name written with digits: its zeros stay. Only what a spreadsheet does to a whole number is undone
("1001.0" was 1001).
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from riskmodel.problems import Problem, Where

NAMED_MOST = 5


class CodeMatch(NamedTuple):
    """Codes of a table of areas and of a file of boundaries, each sorted."""

    both: tuple[str, ...]
    only_table: tuple[str, ...]
    only_map: tuple[str, ...]


def as_codes(column: pd.Series) -> pd.Series:
    """Codes as text ("string"): blanks stripped, `1001.0` to `1001`, nothing to <NA>."""
    if pd.api.types.is_bool_dtype(column):
        text = column.astype("string")
    elif pd.api.types.is_integer_dtype(column):
        text = column.astype("Int64").astype("string")
    elif pd.api.types.is_float_dtype(column):
        text = column.map(
            lambda x: f"{x:.0f}" if pd.notna(x) and x == round(x) else (repr(x) if pd.notna(x) else pd.NA)
        )
        text = text.astype("string")
    else:
        text = column.astype("string").str.strip()
    text = text.str.replace(r"^(\d+)\.0+$", r"\1", regex=True)
    return text.mask(text.eq("").fillna(True), pd.NA).rename("area_code")


def match_codes(areas: pd.Series, boundaries: pd.Series) -> CodeMatch:
    """Compare the codes of a table and of a map; missing codes are left out, repeated ones count once."""
    table = {str(code) for code in areas.dropna()}
    drawn = {str(code) for code in boundaries.dropna()}
    return CodeMatch(tuple(sorted(table & drawn)), tuple(sorted(table - drawn)), tuple(sorted(drawn - table)))


def match_problems(match: CodeMatch, table: Where, boundaries: Where) -> list[Problem]:
    """What a person should know of a match: an error where nothing meets, warnings where something is left over."""
    if not match.both and (match.only_table or match.only_map):
        examples = {"in_table": _some(match.only_table), "in_map": _some(match.only_map)}
        return [Problem("codes_none_match", boundaries, examples)]
    problems = []
    if match.only_table:
        values: dict[str, object] = {"count": len(match.only_table), "codes": _some(match.only_table)}
        values["all_codes"] = list(match.only_table)  # for problems.csv and for lists on screen
        problems.append(Problem("codes_only_in_table", table, values, "warning"))
    if match.only_map:
        values = {"count": len(match.only_map), "codes": _some(match.only_map), "all_codes": list(match.only_map)}
        problems.append(Problem("codes_only_on_map", boundaries, values, "warning"))
    return problems


def _some(codes: tuple[str, ...]) -> list[str]:
    return [*codes[:NAMED_MOST], "…"] if len(codes) > NAMED_MOST else list(codes)


def codes_of_columns(columns: pd.DataFrame) -> pd.Series:
    """One code from several columns, in their order: numbers are given the zeros of the longest of their column.

    Department 5 and municipality 1 of departments 5 to 99 and municipalities 1 to 999 give "05001". A row that lacks one
    of them has no code.
    """
    joined: pd.Series | None = None
    for name in columns.columns:
        part = as_codes(columns[name])
        digits = part.str.fullmatch(r"\d+").fillna(False)
        longest = int(part[digits].str.len().max()) if digits.any() else 0
        part = part.mask(digits, part.str.zfill(longest))
        joined = part if joined is None else joined + part
    assert joined is not None
    return joined.rename("area_code")
