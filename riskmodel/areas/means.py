"""Means of upper units: weighted by children, never means of means where children are known.

The two differ: 8.84 % against 9.97 % in a published case.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def weighted_mean(values: pd.Series, weights: pd.Series | None = None) -> float:
    """Mean of the values that are known.

    Weighted where every known value has a weight above zero; else (no weights, or some missing) the simple mean, which
    needs no guess. Missing if no value is known.
    """
    known = values[values.notna()].astype(float)
    if known.empty:
        return float("nan")
    if weights is not None:
        of_known = weights.reindex(known.index).astype(float)
        if (of_known > 0).all():
            return float(np.average(known, weights=of_known))
    return float(known.mean())
