"""Draw the distribution of a column as a few bars, as data.

Of a table of persons no bar stands for fewer than `FEWEST` rows: such bars are withheld, and if they could be had by
subtraction the next smallest goes with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

FEWEST = 10
BINS = 12
CATEGORIES = 7
LABEL_LENGTH = 40


@dataclass(frozen=True)
class Bar:
    """Rows with a value from `low` to `high` (numbers), or with the value `label` ("" and NaN: all other values).

    `count` is None where it is withheld.
    """

    label: str
    low: float
    high: float
    count: int | None


def number_bars(numbers: np.ndarray, counts: np.ndarray, persons: bool) -> tuple[Bar, ...]:
    """Bars of equal width from the 1st to the 99th percentile; the outermost bars hold what lies beyond.

    numbers, counts : (k,) distinct values in ascending order, and in how many rows each stands.
    """
    if len(numbers) == 0:
        return ()
    if len(numbers) <= BINS and np.equal(numbers, np.round(numbers)).all():
        bars = [Bar("", float(v), float(v), int(n)) for v, n in zip(numbers, counts, strict=True)]
        return withheld(bars) if persons else tuple(bars)
    low, high = quantiles(numbers, counts, (0.01, 0.99))
    if low == high:
        low, high = float(numbers[0]), float(numbers[-1])
    if np.equal(numbers, np.round(numbers)).all() and high - low + 1 <= 4 * BINS:
        width = int(np.ceil((high - low + 1) / BINS))
        edges = np.arange(low, high + width + 1, width) - 0.5
    else:
        edges = np.linspace(low, high, BINS + 1)
    place = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, len(edges) - 2)
    held = np.bincount(place, weights=counts, minlength=len(edges) - 1).astype(int)
    bars = [Bar("", float(a), float(b), int(n)) for a, b, n in zip(edges[:-1], edges[1:], held, strict=True)]
    return withheld(bars) if persons else tuple(bars)


def category_bars(texts: pd.Series, counts: np.ndarray, persons: bool) -> tuple[Bar, ...]:
    """A bar for each of the most frequent texts, and one for all others.

    Of persons only texts are named that at least `FEWEST` rows share and that are short enough to be no sentence.
    """
    order = np.argsort(-counts, kind="stable")
    fit = [i for i in order if not persons or (counts[i] >= FEWEST and len(texts.iloc[i]) <= LABEL_LENGTH)]
    named = fit if len(order) <= CATEGORIES + 1 else fit[:CATEGORIES]
    bars = [Bar(str(texts.iloc[i])[:LABEL_LENGTH], np.nan, np.nan, int(counts[i])) for i in named]
    rest = int(counts.sum()) - sum(int(counts[i]) for i in named)
    if rest:
        bars.append(Bar("", np.nan, np.nan, rest))
    return withheld(bars) if persons else tuple(bars)


def withheld(bars: list[Bar]) -> tuple[Bar, ...]:
    """The bars without counts under `FEWEST`, nor counts that tell them by subtraction."""
    small = {i for i, bar in enumerate(bars) if bar.count and bar.count < FEWEST}
    if small and sum(bars[i].count or 0 for i in small) < FEWEST:
        others = [i for i, bar in enumerate(bars) if i not in small and bar.count]
        small |= {min(others, key=lambda i: bars[i].count or 0)} if others else set()
    return tuple(replace(bar, count=None) if i in small else bar for i, bar in enumerate(bars))


def quantiles(numbers: np.ndarray, counts: np.ndarray, shares: tuple[float, ...]) -> list[float]:
    """The smallest value that at least this share of the rows does not pass. numbers ascending, at least one."""
    reached = np.cumsum(counts)
    places = np.searchsorted(reached, np.array(shares) * reached[-1], side="left")
    return [float(numbers[min(int(i), len(numbers) - 1)]) for i in places]
