"""Mean squared errors of area estimates by a parametric bootstrap.

Worlds are drawn from the fitted model and estimated again, variances and all; the error of every area is the mean of its
squared misses. It needs no approximation of large numbers, and costs one fit per world.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.areamodel.predict import Prediction
from riskmodel.areamodel.restricted import Equations, Matrix, maximise
from riskmodel.areamodel.variance import Floats

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
    design = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    of_parents = found.parent_variance
    if of_parents is None:
        unit, member, variances = np.zeros(len(x), dtype=int), np.zeros((len(x), 0)), [found.variance]
    else:
        assert parent is not None
        unit, codes = pd.factorize(parent.astype(str))
        member = (unit[:, None] == np.arange(len(codes))[None, :]).astype(float)
        variances = [found.variance, of_parents]
    psi = sampling.to_numpy(float)[known]
    fixed = design @ found.coef.to_numpy(float)
    # A unit without any direct rate has a column of zeros: its effect is nothing and adds nothing to the likelihood.
    blocks = [] if of_parents is None else [member[known]]
    equations = Equations(np.zeros(len(psi)), psi, design[known], blocks)
    every = np.column_stack([design, member])
    squares = np.zeros(len(x))
    for _ in range(replicates):
        truth = fixed + np.sqrt(of_parents or 0.0) * rng.normal(size=unit.max() + 1)[unit]
        truth = truth + np.sqrt(found.variance) * rng.normal(size=len(x))
        drawn = truth[known] + np.sqrt(psi) * rng.normal(size=len(psi))
        squares += (_estimated(equations.with_direct(drawn), every, known, np.log(variances)) - truth) ** 2
    return pd.Series(squares / replicates, x.index)


def _estimated(equations: Equations, every: Matrix, known: NDArray[np.bool_], near: Floats) -> Floats:
    """Estimates of all areas from one world, fitted as the data were."""
    logs, solved = maximise(equations, near)
    if logs[0] <= equations.lowest[0] + np.log(2):
        logs, solved = maximise(equations, near, adjust=True)
    estimate = every @ solved.effect
    estimate[known] += np.exp(logs[0]) / solved.total * solved.residual
    return np.asarray(estimate)


def with_mse(found: Prediction, mse: pd.Series) -> Prediction:
    """The prediction with these errors; what areas share stays, the rest is each area's own."""
    shared = found.areas["mse"] - found.areas["own_variance"]
    own = np.maximum(mse - shared, LEAST_OWN * mse)
    return replace(found, areas=found.areas.assign(own_variance=own, mse=own + shared))
