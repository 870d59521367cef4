"""Many indices at once: one table of normalised indicators under many sets of weights and one pair of means.

The same arithmetic as `aggregate.py`, arranged as matrix products so that thousands of sets take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmodel.index.aggregate import FLOOR
from riskmodel.study_index import Mean

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Panel:
    """Normalised indicators of the scored areas.

    scores : (n_indicators, n_areas), 0–100, direction applied, none missing.
    dimension : (n_indicators,) position of the dimension of each indicator, 0, 1, ….
    """

    scores: Floats
    dimension: NDArray[np.int64]


def panel(scores: Floats, dimension: NDArray[np.int64]) -> Panel:
    """A panel of (n_areas, n_indicators) scores, in the precision they come in."""
    return Panel(np.ascontiguousarray(scores.T), dimension)


def composite(table: Panel, own: Floats, between: Floats, within_mean: Mean, between_mean: Mean) -> Floats:
    """The index of every area under every set of weights, (n_sets, n_areas), 0–100.

    Parameters
    ----------
    table : Panel
    own : (n_sets, n_indicators)
        Weight of each indicator in its dimension, sums to 1 in each dimension that has weight.
    between : (n_sets, n_dimensions)
        Sums to 1.
    within_mean, between_mean : as in `aggregate.weighted`
    """
    kind = table.scores.dtype
    own, between = own.astype(kind, copy=False), between.astype(kind, copy=False)
    carried = _carried(table.scores, within_mean)
    if within_mean == between_mean:  # one mean of all indicators under the products of the weights
        return _back((own * between[:, table.dimension]) @ carried, between_mean)
    total = np.zeros((len(own), table.scores.shape[1]), dtype=kind)
    for d in range(between.shape[1]):
        inside = table.dimension == d
        score = _back(own[:, inside] @ carried[inside], within_mean)
        total += between[:, [d]] * _carried(score, between_mean)
    return _back(total, between_mean)


def scaled(own: Floats, between: Floats, dimension: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Weights of any scale, (n_sets, …), so that they sum to 1 in each dimension and between dimensions.

    A dimension whose indicators have no weight at all gets none either; at least one must have some.
    """
    member = np.zeros((len(dimension), between.shape[1]))
    member[np.arange(len(dimension)), dimension] = 1.0
    whole = own @ member
    between = np.where(whole > 0, between, 0.0)
    inside = whole[:, dimension]
    return np.divide(own, inside, out=np.zeros_like(own), where=inside > 0), between / between.sum(
        axis=1, keepdims=True
    )


def _carried(score: Floats, mean: Mean) -> Floats:
    """Scores where their mean is a plain weighted sum."""
    if mean == "arithmetic":
        return score
    floor = score.dtype.type(FLOOR)
    return np.log(np.maximum(score if mean == "geometric" else 100 - score, floor))


def _back(carried: Floats, mean: Mean) -> Floats:
    """From there back to scores."""
    if mean == "arithmetic":
        return carried
    return np.exp(carried) if mean == "geometric" else 100 - np.exp(carried)
