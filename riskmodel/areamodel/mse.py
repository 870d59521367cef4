"""Mean squared errors of area estimates by a parametric bootstrap.

Worlds are drawn from the fitted model and estimated again, variances and all; the error of every area is the mean of its
squared misses. It needs no approximation of large numbers, and costs one fit per world.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.areamodel.predict import Prediction, predict_areas

# The part of an error an area has of its own is never less than this share of the whole.
LEAST_OWN = 1e-3


def bootstrap_mse(
    found: Prediction, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series | None, replicates: int, seed: int
) -> pd.Series:
    """Mean squared error of every area on the model's scale.

    Parameters
    ----------
    found : Prediction
        The fit the worlds are drawn from: θ* = Xβ̂ + v* + u*, y* = θ* + e*.
    sampling, x, parent
        As `predict_areas` took them.

    Returns
    -------
    Series, shape (n,), by area_code

    References
    ----------
    González-Manteiga, Lombardía, Molina, Morales & Santamaría (2008), Journal of Statistical Computation and Simulation
    78, 443–462.
    """
    rng = np.random.default_rng(seed)
    known = found.areas["in_sample"].to_numpy()
    fixed = found.coef.iloc[0] + x.to_numpy(float) @ found.coef.iloc[1:].to_numpy(float)
    unit = np.zeros(len(x), dtype=int) if found.parent_variance is None else pd.factorize(parent.astype(str))[0]  # type: ignore[union-attr]
    of_parents = np.sqrt(found.parent_variance or 0.0)
    noise = np.sqrt(np.where(known, sampling.to_numpy(float), 0.0))
    same = parent if found.parent_variance is not None else None
    squares = np.zeros(len(x))
    for _ in range(replicates):
        truth = fixed + of_parents * rng.normal(size=unit.max() + 1)[unit]
        truth = truth + np.sqrt(found.variance) * rng.normal(size=len(x))
        drawn = pd.Series(np.where(known, truth + noise * rng.normal(size=len(x)), np.nan), x.index)
        squares += (predict_areas(drawn, sampling, x, same).areas["estimate"].to_numpy() - truth) ** 2
    return pd.Series(squares / replicates, x.index)


def with_mse(found: Prediction, mse: pd.Series) -> Prediction:
    """The prediction with these errors; what areas share stays, the rest is each area's own."""
    shared = found.areas["mse"] - found.areas["own_variance"]
    own = np.maximum(mse - shared, LEAST_OWN * mse)
    return replace(found, areas=found.areas.assign(own_variance=own, mse=own + shared))
