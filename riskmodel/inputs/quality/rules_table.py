"""Rules that look at rows and at columns together: what stands twice, parts above their whole, a total among the rows.

Only columns whose role is known are set against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.quality.column import Column, canonical_codes
from riskmodel.inputs.quality.source import Source, Values
from riskmodel.problems import Problem

CODES_SHOWN = 5
MOST_CHILDREN = 0.6  # children under 18 as a share of a population; the youngest countries have half
FEW_COLUMNS = 12
MANY_ALIKE, ALIKE_BY_CHANCE = 0.2, 0.05
TOTAL_TOLERANCE = 0.001
LEAST_ROWS = 5
# A name that ends like the first, beside one that ends like the second.
PAIRS = (("_num", "_den"), ("_casos", "_total"), ("_cases", "_total"))


class RowKeys:
    """A fingerprint of every row, made column by column."""

    def __init__(self, rows: int) -> None:
        self.keys = np.zeros(rows, dtype=np.uint64)

    def add(self, values: Values) -> None:
        of_texts = pd.util.hash_array(values.distinct.to_numpy(object), categorize=False).astype(np.uint64)
        with np.errstate(over="ignore"):
            self.keys = self.keys * np.uint64(1_099_511_628_211) + np.append(of_texts, np.uint64(7))[values.codes]


def rows_twice(keys: RowKeys, source: Source, persons: bool) -> list[Problem]:
    """Rows that are the same in every column. Persons of few columns may well be alike."""
    again = pd.Series(keys.keys).duplicated().to_numpy()
    count = int(again.sum())
    if not count or (persons and len(source.names) < FEW_COLUMNS and count > MANY_ALIKE * source.rows):
        return []
    where = replace(source.where, rows=source.spreadsheet_rows(np.flatnonzero(again)))
    by_chance = persons and count < ALIKE_BY_CHANCE * source.rows
    return [Problem("quality_rows_twice", where, {"count": count}, "note" if by_chance else "warning")]


def codes_twice(kept: Mapping[str, Column], source: Source) -> list[Problem]:
    """Areas that stand in more than one row, of one year where there is a column of years."""
    code, year, parent = (_first(kept, kind) for kind in ("area_code", "year", "parent_code"))
    if code is None:
        return []
    codes = _row_codes(code)
    known = codes >= 0
    twice = pd.Series(codes).duplicated(keep=False).to_numpy() & known
    if not twice.any():
        return []
    if year is not None and len(year.values.distinct) > 1:
        stacked = len(year.values.distinct)
        together = pd.Series(codes.astype(np.int64) * (stacked + 1) + year.values.codes)
        twice = together.duplicated(keep=False).to_numpy() & known
        note = Problem("quality_years_stacked", replace(source.where, column=year.name), {"count": stacked, "codes": len(code.values.distinct)}, "note")  # fmt: skip
        return [note, *_same_code("quality_code_year_twice", code, twice, source)]
    if parent is not None:
        together = pd.Series(codes.astype(np.int64) * (len(parent.values.distinct) + 1) + parent.values.codes)
        if not together[known].duplicated().any():
            values = {"parent": parent.name}
            return [Problem("quality_code_within_parent", replace(source.where, column=code.name), values, "warning")]
    return _same_code("area_code_twice", code, twice, source)


def _same_code(code: str, column: Column, twice: np.ndarray, source: Source) -> list[Problem]:
    at = np.flatnonzero(twice)
    if not len(at):
        return []
    found = pd.unique(column.values.codes[at])
    shown = [str(column.values.distinct.iloc[i]) for i in found[:CODES_SHOWN]]
    where = replace(source.where, column=column.name, rows=source.spreadsheet_rows(at))
    return [Problem(code, where, {"count": len(found), "codes": shown}, "error")]


def parts_above_wholes(kept: Mapping[str, Column], pairs: Sequence[tuple[str, str]], source: Source) -> list[Problem]:
    """Cases above totals, children above the population."""
    asked = [*pairs, *((a, a.removesuffix(x) + y) for x, y in PAIRS for a in kept if a.endswith(x))]
    children, people = _first(kept, "children"), _first(kept, "population")
    problems: list[Problem] = []
    for part, whole in dict.fromkeys(asked):
        if part in kept and whole in kept:
            problems += _above(kept[part], kept[whole], 1.0, "quality_part_above_whole", source)
    if children is not None and people is not None:
        found = _above(children, people, 1.0, "quality_part_above_whole", source)
        problems += found or _above(children, people, MOST_CHILDREN, "quality_children_share", source)
    return problems


def _above(part: Column, whole: Column, share: float, code: str, source: Source) -> list[Problem]:
    if part.numbers is None or whole.numbers is None:
        return []
    above = part.values.by_row(part.numbers) > share * whole.values.by_row(whole.numbers)
    at = np.flatnonzero(above)
    if not len(at):
        return []
    where = replace(source.where, column=part.name, rows=source.spreadsheet_rows(at))
    values = {"count": len(at), "part": part.name, "whole": whole.name}
    return [Problem(code, where, values, "error" if share == 1.0 else "warning")]


def total_row(kept: Mapping[str, Column], source: Source) -> list[Problem]:
    """A row that holds the sum of all the others: a total among the areas would be counted twice."""
    found: dict[int, list[str]] = {}
    for column in kept.values():
        if column.numbers is None or column.role.kind in ("rate", "year", "area_code", "parent_code", "error"):
            continue
        values = column.values.by_row(column.numbers)
        if np.isfinite(values).sum() < LEAST_ROWS or np.nanmin(values) < 0:
            continue
        top = int(np.nanargmax(values))
        rest = float(np.nansum(values) - values[top])
        if rest > 0 and abs(values[top] - rest) <= TOTAL_TOLERANCE * rest:
            found.setdefault(top, []).append(column.name)
    if not found:
        return []
    row, names = max(found.items(), key=lambda item: len(item[1]))
    where = replace(source.where, rows=source.spreadsheet_rows(np.array([row])))
    return [Problem("quality_total_row", where, {"columns": names[:CODES_SHOWN]}, "warning")]


def _row_codes(column: Column) -> np.ndarray:
    """Which code each row has, "1001.0" and "1001" being one; -1 where blank."""
    merged, _ = pd.factorize(canonical_codes(column.values))
    return np.append(merged, -1)[column.values.codes]


def _first(kept: Mapping[str, Column], kind: str) -> Column | None:
    """The column of a role: declared before guessed, then the first."""
    found = [c for c in kept.values() if c.role.kind == kind]
    return min(found, key=lambda c: not c.role.declared, default=None)
