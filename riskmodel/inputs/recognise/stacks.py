"""Find tables where each area has many rows: several columns tell them apart, or totals stand beside their parts.

Adding such rows up counts children twice, so which rows are meant is always asked; a table of cells without any total is left as
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.cells import YEAR, is_total_name, plain
from riskmodel.inputs.recognise.column_parts import MOST_STACKED, YEAR_NAMES, Stacked, ordered_values
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.vocabulary import has_word, is_word

MOST_DOUBLE = 0.002
MOST_COLUMNS = 9
MOST_ROWS = 300_000
# So many rows of one total inside a column of names say that levels are mixed.
LEAST_TOTALS = 3


def find_stacks(table: pd.DataFrame, key: pd.Series, amounts: Sequence[str]) -> tuple[Stacked, ...]:
    """Columns that only together tell the rows of an area apart, of those that hold years, totals or names of measures.

    key : codes or names of the areas, by row.
    """
    rows = key.dropna()
    if not 10 <= len(rows) <= MOST_ROWS or not rows.duplicated().mean() > 0.3:
        return ()
    ids = pd.factorize(rows)[0]
    columns: dict[str, tuple[np.ndarray, list[str]]] = {}
    for name in table.columns.difference(list(amounts), sort=False):
        values = canonical(table[name]).loc[rows.index]
        codes, distinct = pd.factorize(values)
        if not 2 <= len(distinct) <= MOST_STACKED or (codes < 0).mean() > 0.02:
            continue
        if len(np.unique(np.stack([ids, codes]), axis=1).T) > 1.2 * (ids.max() + 1):  # it varies inside an area
            columns[str(name)] = codes, [str(v) for v in distinct]
    found = _together(ids, {name: columns[name][0] for name in list(columns)[:MOST_COLUMNS]})
    return tuple(s for name in found if (s := _asked(name, columns[name][1], len(amounts) == 1)) is not None)


def find_levels(table: pd.DataFrame, texts: Sequence[str]) -> tuple[str, str, int] | None:
    """A column of names where the same total stands many times among its parts: column, text of the total, rows."""
    for column in texts:
        counts = table[column].value_counts()
        totals = counts[[is_total_name(str(v), sure=True) for v in counts.index]]
        if len(totals) and int(totals.iloc[0]) >= LEAST_TOTALS and len(counts) > MOST_STACKED:
            return column, str(totals.index[0]), int(totals.iloc[0])
    return None


def name_key(table: pd.DataFrame, texts: Sequence[str]) -> pd.Series | None:
    """Names of areas with those of the units above, where no code tells which area a row is about."""
    named = [c for c in texts if has_word(words.LOWER, plain_name(c)) and table[c].nunique() >= 10]
    if not named:
        return None
    best = max(named, key=lambda c: table[c].nunique())
    above = [c for c in texts if c != best and has_word(words.UPPER, plain_name(c))]
    return table[[*above, best]].astype("string").fillna("").agg("\t".join, axis=1).where(table[best].notna())


def _together(ids: np.ndarray, columns: dict[str, np.ndarray]) -> tuple[str, ...]:
    """The fewest columns that with the area are different in every row; one alone is found elsewhere."""
    for size in (2, 3):
        for names in combinations(columns, size):
            cells = np.stack([ids, *(columns[n] for n in names)])
            if len(np.unique(cells, axis=1).T) >= (1 - MOST_DOUBLE) * len(ids):
                return names
    return ()


def _asked(name: str, values: list[str], one_amount: bool) -> Stacked | None:
    """What a person must choose of one column: a year, the total or one part, which measure."""
    years = all(YEAR.fullmatch(v) for v in values) or plain(name) in YEAR_NAMES
    totals = any(is_total_name(v) for v in values)
    measures = one_amount and is_word(words.VARIABLE, plain_name(name))
    return Stacked(name, ordered_values(values, years), years) if years or totals or measures else None
