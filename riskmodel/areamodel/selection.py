"""Propose which indicators help to predict areas of other parent units: a lasso path, cross-validated by parent unit.

A proposal only: the analyst confirms it in the study, and the record says what was proposed and what was taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LassoCV
from sklearn.model_selection import GroupKFold, KFold

FOLDS = 10


@dataclass(frozen=True)
class IndicatorChoice:
    """Indicators with a coefficient other than zero at the penalty with the least error on left-out parent units."""

    kept: tuple[str, ...]
    penalty: float
    error: float  # root mean squared error on the model's scale, parent units left out
    error_of_mean: float  # the same of a prediction without any indicator
    of: int  # indicators there were
    by_parent: bool  # False: too few parent units, so single areas were left out


def lasso_choice(y: pd.Series, x: pd.DataFrame, weight: pd.Series, parent: pd.Series, seed: int) -> IndicatorChoice:
    """Choose along the path of L1 penalties.

    Parameters
    ----------
    y, weight, parent : Series, shape (n,), by area_code
        Direct estimates on the model's scale, their precision 1 / (σ² + ψ), and the parent unit (missing: none).
    x : DataFrame, shape (n, p), standardised

    References
    ----------
    Tibshirani (1996), Journal of the Royal Statistical Society B 58, 267–288.
    """
    group, codes = pd.factorize(parent.astype("string"), use_na_sentinel=False)
    by_parent = len(codes) >= FOLDS
    splits = GroupKFold(FOLDS) if by_parent else KFold(FOLDS, shuffle=True, random_state=seed)
    folds = list(splits.split(x, groups=group if by_parent else None))
    w = weight.to_numpy(float) / weight.mean()
    path = LassoCV(cv=folds, random_state=seed, max_iter=5000, n_jobs=1).fit(x.to_numpy(), y.to_numpy(float), w)
    best = int(np.argmin(path.mse_path_.mean(axis=1)))
    kept = tuple(np.asarray(x.columns)[path.coef_ != 0])
    return IndicatorChoice(
        kept=kept,
        penalty=float(path.alpha_),
        error=float(np.sqrt(path.mse_path_[best].mean())),
        error_of_mean=float(np.sqrt(path.mse_path_[0].mean())),
        of=x.shape[1],
        by_parent=by_parent,
    )
