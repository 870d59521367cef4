"""Cut values where the cumulative square root of frequencies is cut evenly (Dalenius & Hodges).

The outcome depends on the number of bins the values are counted in, so the number is always told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from riskmodel.study_children import BINS

Floats = NDArray[np.float64]


def dalenius_hodges_breaks(values: ArrayLike, k: int, bins: int = BINS) -> Floats:
    """Upper bounds of k levels.

    Values are counted in `bins` bins of equal width between minimum and maximum; a break is the upper edge of the bin
    whose cumulative √f is nearest to j/k of the whole. Breaks that fall together are one, so levels may be fewer than k.

    Parameters
    ----------
    values : array, at least one, none missing

    References
    ----------
    Dalenius & Hodges (1959), Journal of the American Statistical Association 54, 88–101.
    """
    present = np.asarray(values, dtype=float)
    highest = present.max()
    if present.min() == highest:
        return np.array([highest])
    count, edges = np.histogram(present, bins=bins)
    cumulative = np.cumsum(np.sqrt(count))
    wanted = cumulative[-1] * np.arange(1, k) / k
    position = np.abs(cumulative[None, :] - wanted[:, None]).argmin(axis=1)
    breaks = np.unique(np.append(edges[position + 1], highest))
    inside = np.diff(np.searchsorted(np.sort(present), breaks, side="right"), prepend=0) > 0
    return breaks[inside]
