"""Weighted kappa of a table of levels with its interval.

The areas are taken as a sample of like areas; an interval of a whole country says how much the figure hangs on single
areas, not on chance in the estimates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

Z = float(norm.ppf(0.975))


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance: 1 is full, 0 is chance; missing where chance alone would agree fully."""

    value: float
    se: float
    lower: float
    upper: float


def kappa_with_interval(table: ArrayLike) -> Kappa:
    """Cohen's kappa with linear weights of a (k, k) table of counts, and its large-sample 95 % interval.

    With agreement weights w = 1 − |i − j| / (k − 1), observed agreement p_o and that of the margins p_e,
    var = {Σ p_ij [w_ij (1 − p_e) − (w̄_i· + w̄_·j)(1 − p_o)]² − (p_o p_e − 2 p_e + p_o)²} / {n (1 − p_e)⁴}.

    References
    ----------
    Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323–327.
    """
    counts = np.asarray(table, dtype=float)
    n, k = counts.sum(), len(counts)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    w = 1 - np.abs(np.arange(k)[:, None] - np.arange(k)[None, :]) / (k - 1)
    observed, chance = float((w * p).sum()), float((w * np.outer(rows, columns)).sum())
    if chance >= 1:
        return Kappa(*(float("nan"),) * 4)
    value = (observed - chance) / (1 - chance)
    mean = (w @ columns)[:, None] + (rows @ w)[None, :]
    spread = float((p * (w * (1 - chance) - mean * (1 - observed)) ** 2).sum())
    square = spread - (observed * chance - 2 * chance + observed) ** 2
    se = float(np.sqrt(max(square, 0.0) / n) / (1 - chance) ** 2)
    return Kappa(value, se, max(value - Z * se, -1.0), min(value + Z * se, 1.0))
