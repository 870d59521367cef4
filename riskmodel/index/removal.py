"""The index without each of its indicators and dimensions in turn: who would change place, and by how much.

What is left keeps the proportions of its weights and the levels keep their sizes, as in `robustness.py`. An indicator
that can be left out without anybody moving could be spared; one that moves many should be well measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.index.composite import Panel, composite, panel, scaled
from riskmodel.index.robustness import EXACT, fast_ranks
from riskmodel.results import INDEX_REMOVED_COLUMNS
from riskmodel.study_index import Mean

Floats = NDArray[np.float64]


def remove_each(
    scores: pd.DataFrame,
    weights: pd.DataFrame,
    level: Sequence[int] | NDArray[np.integer[Any]],
    within_mean: Mean,
    between_mean: Mean,
) -> pd.DataFrame:
    """One row for each indicator and each dimension left out.

    Parameters
    ----------
    scores : DataFrame, (n_scored, n_indicators), 0–100, direction applied, by area_code
    weights : DataFrame by indicator: dimension, dimension_weight, weight_in_dimension, weight
    level : (n_scored,) the study's levels, rising with the index
    within_mean, between_mean : of the study

    Returns
    -------
    DataFrame with INDEX_REMOVED_COLUMNS
        part "indicator" or "dimension"; name; weight in the index; rank_correlation (Spearman) of the index without it
        with the study's; areas; areas_other_level; mean_shift and largest_shift of a rank (absolute); area_code of the
        area that moves farthest. What would leave nothing is not left out.

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, step 7.
    """
    dimensions = list(weights["dimension"].unique())
    dimension = np.array([dimensions.index(d) for d in weights["dimension"]])
    own = weights["weight_in_dimension"].to_numpy(float)
    between = weights.groupby("dimension", sort=False)["dimension_weight"].first().to_numpy(float)
    cases = [("indicator", str(name), _without(own, j), between) for j, name in enumerate(weights.index)]
    if len(dimensions) > 1:
        cases += [("dimension", str(name), own, _without(between, j)) for j, name in enumerate(dimensions)]
    cases = [c for c in cases if ((c[2] * c[3][dimension]) > 0).any()]
    table = panel(scores[weights.index].to_numpy(float), dimension)
    if not cases:
        return pd.DataFrame(columns=list(INDEX_REMOVED_COLUMNS))
    sets = [("", "", own, between), *cases]  # the study's own index first
    rank, *found = _ranks(
        table, np.array([s[2] for s in sets]), np.array([s[3] for s in sets]), dimension, within_mean, between_mean
    )
    of_level = np.asarray(level)
    totals = weights.groupby("dimension")["weight"].sum()
    size = np.sort(of_level)[::-1]
    rows = []
    for (part, name, *_), ranks in zip(cases, found, strict=True):
        shift = np.abs(ranks - rank)
        rows.append(
            {
                "part": part,
                "name": name,
                "weight": float(weights["weight"][name] if part == "indicator" else totals[name]),
                "rank_correlation": _spearman(ranks, rank),
                "areas": len(rank),
                "areas_other_level": int((size[ranks - 1] != of_level).sum()),
                "mean_shift": float(shift.mean()),
                "largest_shift": int(shift.max()),
                "area_code": str(scores.index[int(shift.argmax())]),
            }
        )
    return pd.DataFrame(rows, columns=list(INDEX_REMOVED_COLUMNS))


def _ranks(
    table: Panel, own: Floats, between: Floats, dimension: NDArray[np.int64], within_mean: Mean, between_mean: Mean
) -> NDArray[np.int64]:
    index = composite(table, *scaled(own, between, dimension), within_mean, between_mean)
    return fast_ranks(index, EXACT)


def _without(weight: Floats, position: int) -> Floats:
    """Weights with one of them zero."""
    out = weight.copy()
    out[position] = 0.0
    return out


def _spearman(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Correlation of mean ranks; missing where all areas tie."""
    a, b = pd.Series(one).rank(), pd.Series(other).rank()
    return float(a.corr(b))
