"""Find rows of units above among areas that no code tells apart: rows without a name of an area, and rows that are sums.

A row is a sum only where the whole table falls into such sums: one row that happens to agree proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.cells import plain
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.vocabulary import is_word
from riskmodel.problems import Where

# A table is known by its codes and names where so many rows have them.
FILLED = 0.8
MOST_ROWS = 20_000
MOST_COLUMNS = 8
# Counts large and different enough that they do not add up by chance.
LEAST_COUNT, DIFFERENT = 50, 0.5
# Fewer areas under a single sum may add up by chance.
LEAST_UNDER_ONE = 5


@dataclass(frozen=True)
class Sums:
    """Labels of rows that are sums; `above` whether each stands before its parts; `column` the one that proves it."""

    labels: tuple[int, ...]
    above: bool
    column: str


def find_nameless(table: pd.DataFrame, code: str, name: str, amounts: Sequence[str]) -> tuple[int, ...]:
    """Labels of rows with figures but without the code and the name that nearly all others have."""
    keys = [c for c in (code, name) if c]
    used = table[table.notna().any(axis=1)]
    if not keys or not amounts or len(used) < 4 or (used[keys].notna().mean() < FILLED).any():
        return ()
    others = [c for c in used.columns if c not in keys and c not in amounts]
    bare = used[keys].isna().all(axis=1) & used[list(amounts)].notna().any(axis=1)
    if not code:
        bare &= used[others].notna().any(axis=1)  # an area whose only text is lost is still an area
    return tuple(int(i) for i in used.index[bare.to_numpy(bool)])


def find_sums(table: pd.DataFrame, name: str, amounts: Sequence[str]) -> Sums | None:
    """Rows that are sums of the rows below or above them, where the table is nothing but such sums and their parts."""
    used = table[table.notna().any(axis=1)]
    if not 4 <= len(used) <= MOST_ROWS or not name:
        return None
    for column in list(amounts)[:MOST_COLUMNS]:
        values = np.nan_to_num(as_numbers(used[column], Where())[0].to_numpy(float))
        if (values < 0).any() or (values % 1).any() or values.max() < LEAST_COUNT:
            continue  # only counts add up, and small ones by chance
        if len(np.unique(values)) < DIFFERENT * len(values):
            continue
        for above in (True, False):
            heads = _heads(values if above else values[::-1])
            if not heads or not _believed(heads, len(values)):
                continue
            places = heads if above else [len(values) - 1 - h for h in reversed(heads)]
            return Sums(tuple(int(used.index[p]) for p in places), above, column)
    return None


def _believed(heads: list[int], rows: int) -> bool:
    if len(heads) == 1:
        return rows > LEAST_UNDER_ONE
    return len(heads) <= rows / 3 and rows - len(heads) >= LEAST_UNDER_ONE


def _heads(values: np.ndarray) -> list[int]:
    """Places of sums when each is followed by all its parts; empty where the values do not fall into such sums."""
    heads: list[int] = []
    at, count = 0, len(values)
    while at < count:
        target, end, total = values[at], at + 1, 0.0
        while end < count and total < target:
            total += values[end]
            end += 1
        if target <= 0 or total != target or end == at + 1:
            return []
        while end < count and values[end] == 0:
            end += 1
        heads.append(at)
        at = end
    return heads


def find_level_words(table: pd.DataFrame, name: str) -> tuple[int, ...]:
    """Labels of rows of units above where every name begins with the word of its unit: "PROVINCIA X", "DISTRITO Y"."""
    present = table[name].dropna()
    firsts = present.str.split(n=1).str[0].map(plain)
    counts = firsts.value_counts()
    levels = [w for w in counts.index if is_word(words.LOWER, w) or is_word(words.UPPER, w)]
    if len(levels) < 2 or counts[levels].sum() < 0.95 * len(present) or counts[levels[0]] < 0.5 * len(present):
        return ()
    return tuple(int(i) for i in present.index[firsts.isin(levels[1:]).to_numpy(bool)])


def find_codeless_sums(table: pd.DataFrame, codes: pd.Series, amounts: Sequence[str]) -> tuple[int, ...]:
    """Labels of the rows without a code where the figures show each of them to be the sum of rows that have one."""
    used = table[table.notna().any(axis=1)]
    coded = codes.loc[used.index].notna().to_numpy(bool)
    bare = np.flatnonzero(~coded)
    if not len(bare) or coded.mean() < FILLED:
        return ()
    for column in list(amounts)[:MOST_COLUMNS]:
        values = np.nan_to_num(as_numbers(used[column], Where())[0].to_numpy(float))
        ends = [*bare.tolist(), len(values)]
        below = [float(values[a + 1 : b].sum()) for a, b in pairwise(ends)]
        above = [float(values[a + 1 : b].sum()) for a, b in pairwise([-1, *ends[:-1]])]
        everything = float(values[coded].sum())
        sums = zip(values[bare], below, above, strict=True)
        if all(own > 0 and own in (under, over, everything) for own, under, over in sums):
            return tuple(int(i) for i in used.index[bare])
    return ()


def of_persons(columns: Sequence[str]) -> bool:
    """Whether names of columns say that rows are persons: what stands in these rows is neither added up nor shown."""
    told = (words.AGE, words.SEX, words.WEIGHT, words.PSU, words.HOUSEHOLD, words.KINSHIP)
    names = [plain_name(c) for c in columns]
    return sum(any(is_word(role, name) for name in names) for role in told) >= 2


def begins_as_total(text: str) -> bool:
    """Whether a text says that it is a sum of something: "Subtotal Norte", "Total Atlántida"."""
    return plain(text).startswith(("total", "subtotal", "sub total", "suma ", "soma "))
