"""The curve of a number: a natural cubic spline in truncated powers, a closed form any engine can compute.

Beyond the outer knots the curve goes on as a straight line. Knots are stored with the model, so that a population is
scored on the very same columns as the survey.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from riskmodel.problems import Problem, Where
from riskmodel.study import Determinant, Spline
from riskmodel.survey.design import Floats


def curved_columns(values: Floats, knots: Sequence[float]) -> Floats:
    """The curved columns of the spline, shape (n, k − 2); with the number itself they span the natural cubic splines.

    For knots t₁ < … < t_k, j = 1 … k − 2, and (u)₊ = max(u, 0):

        s_j(x) = [(x − t_j)³₊ − (x − t_{k−1})³₊ (t_k − t_j) / (t_k − t_{k−1})
                  + (x − t_k)³₊ (t_{k−1} − t_j) / (t_k − t_{k−1})] / (t_k − t₁)²

    Missing values stay missing.

    References
    ----------
    Harrell (2015), Regression Modeling Strategies, 2nd ed., section 2.4.5 (restricted cubic splines).
    """
    return np.column_stack([_combined(values, knots, j, 3, 1.0) for j in range(len(knots) - 2)])


def curved_slopes(values: Floats, knots: Sequence[float]) -> Floats:
    """Derivatives of `curved_columns` by the number, shape (n, k − 2)."""
    return np.column_stack([_combined(values, knots, j, 2, 3.0) for j in range(len(knots) - 2)])


def shares(knots: Sequence[float], j: int) -> tuple[float, float, float, float]:
    """What column j (from 0) is made of: its knot t_j, the factors of the last two truncated powers, and the divisor."""
    last, before = knots[-1], knots[-2]
    gap = last - before
    return knots[j], (last - knots[j]) / gap, (before - knots[j]) / gap, (last - knots[0]) ** 2


def knots_of(
    determinant: Determinant, spline: Spline, values: Floats, weight: Floats
) -> tuple[tuple[float, ...], list[Problem]]:
    """All knots of a determinant in rising order, the outer ones first and last, and what is wrong with them.

    The outer knots are `boundary`, or the least and largest value; the inner ones are `knots`, or for `df` the df − 1
    weighted quantiles at 1/df, 2/df, …. A quantile is the least value with at least that share of the weight.

    Problems: `model_spline_knots` where two knots fall together or an inner one is not between the outer ones.
    """
    low, high = spline.boundary or (float(values.min()), float(values.max()))
    inner = list(spline.knots)
    if spline.df is not None:
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(weight[order]) / weight.sum()
        at = np.arange(1, spline.df) / spline.df
        inner = [float(v) for v in values[order][np.searchsorted(reached, at - 1e-12)]]
    knots = (low, *inner, high)
    if all(a < b for a, b in pairwise(knots)):
        return tuple(float(k) for k in knots), []
    shown = ", ".join(f"{k:g}" for k in knots)
    where = Where(column=determinant.survey.column)
    return (), [Problem("model_spline_knots", where, {"determinant": determinant.name, "knots": shown})]


def _combined(values: Floats, knots: Sequence[float], j: int, power: int, factor: float) -> Floats:
    knot, of_before, of_last, divisor = shares(knots, j)

    def above(t: float) -> Floats:
        return np.asarray(np.maximum(values - t, 0.0) ** power, dtype=np.float64)

    total = above(knot) - above(knots[-2]) * of_before + above(knots[-1]) * of_last
    return np.asarray(factor * total / divisor, dtype=np.float64)
