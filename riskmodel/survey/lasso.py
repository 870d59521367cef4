"""Find the determinants that help to predict children of other PSUs: an L1-penalised path, cross-validated by PSU.

Columns are standardised, so that the penalty treats a rare category and a number alike.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from riskmodel.survey.cross_validation import psu_folds
from riskmodel.survey.design import Floats, Ints
from riskmodel.survey.sample import FitSample
from riskmodel.survey.terms import WITH, Terms

FOLDS = 5
STEPS = 12
SMALLEST = 5e-3  # of the penalty at which everything is zero

# The solver penalises its intercept divided by this, which is next to nothing.
INTERCEPT_SCALING = 50.0


@dataclass(frozen=True)
class Path:
    """The path and the point chosen on it."""

    kept: tuple[str, ...]
    penalty: tuple[float, ...]  # falling, as a share of the least penalty that leaves nothing in
    log_loss: tuple[float, ...]  # weighted mean of the children left out, at each penalty
    chosen: int  # position of the largest penalty within one standard error of the best


def l1_path(sample: FitSample, terms: Terms, seed: int) -> Path:
    """Determinants and interactions with a coefficient other than zero at the chosen penalty.

    Penalties are tried from the largest down; folds are whole PSUs, dealt out within strata. The penalty chosen is the
    largest whose loss is within one standard error (over folds) of the smallest. Where a reference category stands for
    no column, the choice of reference has some effect on the outcome of this list. A determinant is kept with any
    interaction that is; an interaction is kept for a coefficient of its own.

    References
    ----------
    Tibshirani (1996), Journal of the Royal Statistical Society B 58, 267–288.
    Hastie, Tibshirani & Friedman (2009), Elements of Statistical Learning, 2nd ed., 7.10 (one standard error).
    """
    x, weight = sample.x[:, 1:], sample.weight / sample.weight.sum() * len(sample.weight)
    mean = np.average(x, axis=0, weights=weight)
    z = (x - mean) / np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    share = np.average(sample.y, weights=weight)
    largest = float(np.abs(z.T @ (weight * (sample.y - share))).max())
    penalty = np.geomspace(1.0, SMALLEST, STEPS)
    folds = min(FOLDS, len(np.unique(sample.psu)))
    fold = psu_folds(sample.design, sample.used, folds, seed)[sample.psu]
    loss = _losses(z, sample.y, weight, fold, folds, largest * penalty, seed)
    mass = np.bincount(fold, weight, folds)[:, None]
    mean_loss = (loss * mass).sum(axis=0) / mass.sum()
    best = int(mean_loss.argmin())
    error = float(loss[:, best].std(ddof=1) / np.sqrt(folds)) if folds > 1 else 0.0
    chosen = int(np.flatnonzero(mean_loss <= mean_loss[best] + error)[0])
    coef = _fitted(z, sample.y, weight, largest * float(penalty[chosen]), seed)[1]
    own = {e for e in terms.effects if np.any(coef[np.array(terms.of(e)) - 1] != 0)}
    own |= {name for pair in terms.interactions if WITH.join(pair) in own for name in pair}
    kept = tuple(e for e in terms.effects if e in own)
    return Path(kept, tuple(map(float, penalty)), tuple(map(float, mean_loss)), chosen)


def _losses(z: Floats, y: Floats, weight: Floats, fold: Ints, folds: int, penalty: Floats, seed: int) -> Floats:
    """Weighted log loss of each fold at each penalty, shape (folds, steps)."""
    loss = np.zeros((folds, len(penalty)))
    for left_out in range(folds):
        out = fold == left_out
        part = 1 - weight[out].sum() / weight.sum()  # fewer children, so the same penalty is a smaller one
        for step, value in enumerate(penalty):
            intercept, coef = _fitted(z[~out], y[~out], weight[~out], value * part, seed)
            eta = intercept + z[out] @ coef
            loss[left_out, step] = np.average(np.logaddexp(0, eta) - y[out] * eta, weights=weight[out])
    return loss


def _fitted(z: Floats, y: Floats, weight: Floats, penalty: float, seed: int) -> tuple[float, Floats]:
    """Minimum of Σ w log loss + penalty · Σ |coef|."""
    if not 0 < y.sum() < len(y):
        return (-20.0 if not y.any() else 20.0), np.zeros(z.shape[1])
    solver = LogisticRegression(
        C=1 / penalty, l1_ratio=1.0, solver="liblinear", intercept_scaling=INTERCEPT_SCALING, random_state=seed,
        max_iter=300, tol=1e-5,
    )  # fmt: skip
    with warnings.catch_warnings():
        # Where determinants separate the outcome a small penalty is never quite reached; such a point is not chosen.
        warnings.simplefilter("ignore", ConvergenceWarning)
        solver.fit(z, y, sample_weight=weight)
    return float(solver.intercept_[0]), np.asarray(solver.coef_[0], dtype=np.float64)
