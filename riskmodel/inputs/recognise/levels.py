"""Find rows of totals, and rows of states among their municipalities, in a table under its header.

A name alone is no proof ("Colombia" is also a municipality): a code that is none, a place at the end or a sum that agrees must be
with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.reading_codes import clean_codes
from riskmodel.inputs.recognise.cells import ALSO_AREAS, SUBTOTAL, is_total_name, plain
from riskmodel.problems import Where

# Totals are few: more rows of that name are a category of the table.
MOST_TOTALS = 5
SUM_AGREES = 0.005
# More rows than this share are no subtotals of others.
MOST_SUBTOTALS = 0.34
# Where so many rows name another row as their unit above, the table is a hierarchy; it has at most so many levels.
REFERRED, MOST_LEVELS = 0.6, 6


@dataclass(frozen=True)
class Totals:
    """Labels of rows of totals, the name they go by, and whether a sum or a missing code proves them."""

    labels: tuple[int, ...]
    name: str
    proved: bool


@dataclass(frozen=True)
class Parents:
    """Labels of rows of parent units, the columns of code and name, and whether each stands above its own areas."""

    labels: tuple[int, ...]
    code_column: str
    name_column: str
    in_order: bool


@dataclass(frozen=True)
class Referred:
    """Labels of rows that others name as their unit above, the column that names it, and the depth of every row (0 the top)."""

    labels: tuple[int, ...]
    column: str
    depth: pd.Series


def find_totals(table: pd.DataFrame, code_column: str, name_columns: list[str], numeric: list[str]) -> Totals | None:
    """Rows of the whole country or of everything."""
    found: dict[int, str] = {}
    for column in name_columns:
        distinct = table[column].dropna().unique()
        totals = {str(text) for text in distinct if is_total_name(str(text))}
        rows = table.index[table[column].isin(list(totals)).to_numpy(bool)]
        if 0 < len(rows) <= MOST_TOTALS:
            found |= {int(i): str(table.at[i, column]) for i in rows}
    if not found:
        return None
    codes = clean_codes(table[code_column]) if code_column else None
    used = table.index[table.notna().any(axis=1).to_numpy()]
    kept: dict[int, bool] = {}
    for label, name in found.items():
        no_code = codes is not None and _no_area_code(codes, label)
        at_end = label in (used[0], used[-1])
        sums = _is_sum(table, label, list(found), numeric)
        doubtful = plain(name) in ALSO_AREAS
        if (no_code or sums) or (at_end and not (doubtful and codes is not None)):
            kept[label] = no_code or sums
    if not kept:
        return None
    return Totals(tuple(sorted(kept)), found[min(kept)], all(kept.values()))


def find_subtotals(table: pd.DataFrame, name: str) -> tuple[int, ...]:
    """Labels of rows that call themselves a subtotal in the column of names."""
    texts = table[name].dropna()
    told = texts.map(lambda text: bool(SUBTOTAL.fullmatch(plain(str(text))))).to_numpy(bool)
    return tuple(int(i) for i in texts.index[told]) if 0 < told.sum() <= MOST_SUBTOTALS * len(texts) else ()


def find_referred(table: pd.DataFrame, code: str) -> Referred | None:
    """Rows whose code other rows name as that of their unit above, in a column beside."""
    codes = clean_codes(table[code])
    own = codes.dropna()
    if len(own) < 10 or own.duplicated().any():
        return None
    for column in table.columns:
        if column == code:
            continue
        above = clean_codes(table[column]).where(codes.notna())
        known = above.isin(set(own)) & (above != codes).fillna(False)
        units = set(above[known])
        if len(units) < 2 or known.sum() < REFERRED * len(own) or len(units) > 0.5 * len(own):
            continue
        depth, step = pd.Series(0, index=table.index), above.where(known)
        to_above = dict(zip(own, above.where(known).reindex(own.index), strict=True))
        for _ in range(MOST_LEVELS):
            depth += step.notna().astype(int)
            step = step.map(to_above).astype("string")
        heads = codes.isin(units)
        return Referred(tuple(int(i) for i in table.index[heads]), str(column), depth)
    return None


def _no_area_code(codes: pd.Series, label: int) -> bool:
    """Whether a row has no code, one of zeros, or one shorter than every other."""
    code = codes[label]
    if not isinstance(code, str) or not code.strip("0"):
        return True
    others = codes.drop(label).dropna()
    return bool(len(others)) and len(code) < int(others.str.len().min())


def _is_sum(table: pd.DataFrame, label: int, totals: list[int], numeric: list[str]) -> bool:
    """Whether a number of the row is the sum of all others, or half of it where parents are among them."""
    for column in numeric[:8]:
        values = as_numbers(table[column], Where())[0]
        own, rest = values[label], values.drop(totals).sum()
        if np.isfinite(own) and own > 100 and min(abs(rest / own - 1), abs(rest / own - 2)) < SUM_AGREES:
            return True
    return False


def find_parents(table: pd.DataFrame, code_column: str, name_column: str) -> Parents | None:
    """Rows of parent units among areas, by their codes: shorter ones, or ones that end in zeros."""
    codes = clean_codes(table[code_column])
    digits = codes.where(codes.str.fullmatch(r"\d+").fillna(False))
    present = digits.dropna()
    if len(present) < 10:
        return None
    lengths = present.str.len()
    usual = int(lengths.mode().iloc[0])
    long = present[lengths >= usual - 1]
    three = usual == 3 and set(lengths) == {1, 3}  # a digit of the unit above, two of the area: never mere row numbers
    for mask, cut in (
        (lengths <= 3 if usual >= 5 else lengths <= (1 if three else 2), 0),
        (present.str.endswith("000") & (lengths == usual), 3),
    ):
        heads = present[mask]
        areas = long.drop(heads.index, errors="ignore")
        if (
            not 1 <= len(heads) <= 0.34 * len(present)
            or (usual < 4 and not three)
            or heads.duplicated().any()
            or areas.empty
        ):
            continue
        stems = heads.str.slice(0, -cut) if cut else heads
        width = usual - 3 if usual >= 5 else 1 if three else 2
        stems = stems.str.zfill(min(width, 2) if not cut else stems.str.len().max())
        own = areas.str.zfill(usual).str.slice(0, int(stems.str.len().max()))
        if own.isin(stems).mean() < 0.95 or stems.isin(own).mean() < 0.8:
            continue
        above = stems.reindex(table.index).ffill().reindex(areas.index)
        ordered = bool((above == own).fillna(False).astype(bool).mean() > 0.98)
        return Parents(tuple(int(i) for i in heads.index), code_column, name_column, ordered)
    return None
