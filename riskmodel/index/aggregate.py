"""Bring normalised indicators together: within dimensions, then between them.

An arithmetic mean lets a good value make up for a bad one, a geometric mean less so. The index is not stretched to 0–100
again: published scores run from 15 to 57, and nobody has 0 or 100.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.study_index import Mean

Floats = NDArray[np.float64]

# A score of zero would make a whole geometric mean zero: scores under one point count as one.
FLOOR = 1.0


def mean_of(scores: Floats, weight: Floats, mean: Mean) -> Floats:
    """Mean of the columns of `scores`, (n,), under weights that sum to 1.

    arithmetic          Σ w s
    geometric           exp Σ w log s: an area that is low in one thing is pulled down.
    geometric_strength  100 − exp Σ w log(100 − s): an area that is high in one thing is pulled up.

    Both geometric means count what is under one point as one point.
    """
    if mean == "arithmetic":
        return np.asarray(scores @ weight, dtype=np.float64)
    logs = np.log(np.maximum(scores if mean == "geometric" else 100 - scores, FLOOR))
    found = np.exp(logs @ weight)
    return np.asarray(found if mean == "geometric" else 100 - found, dtype=np.float64)


def aggregate(
    scores: pd.DataFrame, weights: pd.DataFrame, within: Mean, between: Mean
) -> tuple[pd.Series, pd.DataFrame]:
    """The index, (n_scored,), and the dimensions, (n_scored, n_dimensions), both 0–100.

    Parameters
    ----------
    scores : DataFrame, (n_scored, n_indicators), 0–100
    weights : DataFrame by indicator
        dimension, dimension_weight, weight_in_dimension, as `weights.nested_weights` gives them.
    """
    dimensions = pd.DataFrame(
        {
            str(name): mean_of(
                scores[inside.index].to_numpy(float), inside["weight_in_dimension"].to_numpy(float), within
            )
            for name, inside in weights.groupby("dimension", sort=False)
        },
        scores.index,
    )
    own = between_weights(weights)
    return pd.Series(mean_of(dimensions.to_numpy(float), own.to_numpy(float), between), scores.index), dimensions


def between_weights(weights: pd.DataFrame) -> pd.Series:
    """Weight of each dimension, in the order of the table of weights."""
    return weights.groupby("dimension", sort=False)["dimension_weight"].first()
