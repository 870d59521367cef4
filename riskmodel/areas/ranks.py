"""Rank areas, once or over many draws.

Rank 1 is the highest value; equal values share the smallest rank.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmodel.areas.levels import TIE_DECIMALS

Floats = NDArray[np.float64]


def ranks_from_highest(values: Floats) -> NDArray[np.int32]:
    """Ranks along the last axis of an array without missing values; same shape."""
    rounded = np.round(values, TIE_DECIMALS)
    order = np.argsort(-rounded, axis=-1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=-1)
    position = np.arange(ordered.shape[-1], dtype=np.int32)
    new = np.ones(ordered.shape, dtype=bool)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    shared = np.maximum.accumulate(np.where(new, position, 0), axis=-1) + 1
    ranks = np.empty(ordered.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, shared.astype(np.int32), axis=-1)
    return ranks


def rank_interval(ranks: NDArray[np.int32], level: float = 0.95) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lowest and highest rank of each area over draws, (n_draws, n_areas) → two of (n_areas,); whole ranks that occurred."""
    tail = (1 - level) / 2
    lower, upper = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return lower.astype(np.int64), upper.astype(np.int64)
