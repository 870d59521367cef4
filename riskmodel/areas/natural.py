"""Fisher–Jenks natural breaks, exact, in O(k n log n).

Equal values are one point with a count, so they can never be parted. The best last cut moves right as the values do
(the cost is concave Monge), so each half of the values needs only its own part of the candidates: divide and conquer,
one vectorised step per depth.

References
----------
Fisher (1958), Journal of the American Statistical Association 53, 789–798.
Wang & Song (2011), The R Journal 3(2), 29–33 (the same recursion for one-dimensional k-means).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def best_cuts(points: Floats, count: Ints, k: int) -> Ints:
    """Last position of each of k groups with the least sum of squares within groups.

    Parameters
    ----------
    points : (n,) rising, distinct
    count : (n,) how many values each point stands for
    k : number of groups, at most n

    Returns
    -------
    (k,) positions in `points`, rising; the last is n − 1. Of equally good groupings, the one that cuts lowest.
    """
    cost = _Cost(points, count)
    n = len(points)
    best = cost(np.zeros(n, dtype=np.int64), np.arange(n))
    starts: list[Ints] = []
    for groups in range(2, k + 1):
        best, start = _one_more_group(best, cost, groups)
        starts.append(start)
    cuts = [n - 1]
    for start in reversed(starts):
        cuts.append(int(start[cuts[-1]]) - 1)
    return np.array(cuts[::-1], dtype=np.int64)


class _Cost:
    """Sum of squares around the mean of points i..j, from running sums of centred points."""

    def __init__(self, points: Floats, count: Ints) -> None:
        centred = points - np.average(points, weights=count)  # small numbers keep the running sums exact
        self._n = np.concatenate([[0.0], np.cumsum(count, dtype=float)])
        self._sum = np.concatenate([[0.0], np.cumsum(count * centred)])
        self._square = np.concatenate([[0.0], np.cumsum(count * centred**2)])

    def __call__(self, i: Ints, j: Ints) -> Floats:
        n = self._n[j + 1] - self._n[i]
        total = self._sum[j + 1] - self._sum[i]
        return np.maximum(self._square[j + 1] - self._square[i] - total**2 / n, 0.0)


def _one_more_group(before: Floats, cost: _Cost, groups: int) -> tuple[Floats, Ints]:
    """Best cost of points 0..j in `groups` groups, and where the last group starts, for every j ≥ groups − 1."""
    n = len(before)
    best = np.full(n, np.inf)
    start = np.zeros(n, dtype=np.int64)
    low, high = np.array([groups - 1]), np.array([n - 1])  # spans of j still to solve
    first, last = low.copy(), high.copy()  # candidates of their last start
    while len(low):
        middle = (low + high) // 2
        until = np.minimum(last, middle)
        length = until - first + 1
        offset = np.concatenate([[0], np.cumsum(length)[:-1]])
        i = np.arange(length.sum()) - np.repeat(offset, length) + np.repeat(first, length)
        value = before[i - 1] + cost(i, np.repeat(middle, length))
        least = np.minimum.reduceat(value, offset)
        is_least = np.flatnonzero(value == np.repeat(least, length))
        at = is_least[np.searchsorted(is_least, offset)]  # the first of equals
        best[middle], start[middle] = least, i[at]
        low, high, first, last = (
            np.concatenate(pair) for pair in ((low, middle + 1), (middle - 1, high), (first, i[at]), (i[at], last))
        )
        open_spans = low <= high
        low, high, first, last = low[open_spans], high[open_spans], first[open_spans], last[open_spans]
    return best, start
