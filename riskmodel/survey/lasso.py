"""Find the determinants that help to predict children of other PSUs: an L1-penalised path, cross-validated by PSU.

Columns are standardised, so that the penalty treats a rare category and a number alike.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Lasso

from riskmodel.survey.cross_validation import psu_folds
from riskmodel.survey.design import Floats, Ints
from riskmodel.survey.gram import gram
from riskmodel.survey.newton import logistic
from riskmodel.survey.sample import FitSample
from riskmodel.survey.terms import WITH, Terms

FOLDS = 5
STEPS = 12
SMALLEST = 5e-3  # of the penalty at which everything is zero

# Steps of a fit, and the last one (in log-odds per standard deviation) that is near enough. Where determinants separate the
# outcome a small penalty is never quite reached; such a point is not chosen.
MAX_STEPS = 60
NEAR = 1e-5


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
    loss = _losses(z, sample.y, weight, fold, folds, largest * penalty)
    mass = np.bincount(fold, weight, folds)[:, None]
    mean_loss = (loss * mass).sum(axis=0) / mass.sum()
    best = int(mean_loss.argmin())
    error = float(loss[:, best].std(ddof=1) / np.sqrt(folds)) if folds > 1 else 0.0
    chosen = int(np.flatnonzero(mean_loss <= mean_loss[best] + error)[0])
    coef = _path(z, sample.y, weight, largest * penalty[: chosen + 1])[-1][1]
    own = {e for e in terms.effects if np.any(coef[np.array(terms.of(e)) - 1] != 0)}
    own |= {name for pair in terms.interactions if WITH.join(pair) in own for name in pair}
    kept = tuple(e for e in terms.effects if e in own)
    return Path(kept, tuple(map(float, penalty)), tuple(map(float, mean_loss)), chosen)


def _losses(z: Floats, y: Floats, weight: Floats, fold: Ints, folds: int, penalty: Floats) -> Floats:
    """Weighted log loss of each fold at each penalty, shape (folds, steps)."""
    loss = np.zeros((folds, len(penalty)))
    for left_out in range(folds):
        out = fold == left_out
        part = 1 - weight[out].sum() / weight.sum()  # fewer children, so the same penalty is a smaller one
        inside, mass = z[out], weight[out]
        for step, (intercept, coef) in enumerate(_path(z[~out], y[~out], weight[~out], penalty * part)):
            eta = intercept + inside @ coef
            loss[left_out, step] = np.average(np.logaddexp(0, eta) - y[out] * eta, weights=mass)
    return loss


def _path(z: Floats, y: Floats, weight: Floats, penalty: Floats) -> list[tuple[float, Floats]]:
    """Minimum of Σ w log loss + penalty · Σ |coef| at each penalty, falling; each starts where the last one ended."""
    coef = np.zeros(z.shape[1])
    if not 0 < y.sum() < len(y):
        return [(-20.0 if not y.any() else 20.0, coef)] * len(penalty)
    share = np.average(y, weights=weight)
    intercept, found = float(np.log(share / (1 - share))), []
    for value in penalty:
        intercept, coef = _fitted(z, y, weight, float(value), intercept, coef)
        found.append((intercept, coef))
    return found


def _fitted(
    z: Floats, y: Floats, weight: Floats, penalty: float, intercept: float, coef: Floats
) -> tuple[float, Floats]:
    """Minimum at one penalty: penalised weighted least squares again and again, halved where the loss would rise.

    References
    ----------
    Friedman, Hastie & Tibshirani (2010), Journal of Statistical Software 33(1) (the quadratic approximation).
    """
    ones = np.column_stack([np.ones(len(z)), z])

    def loss(eta: Floats, slopes: Floats) -> float:
        return float(weight @ (np.logaddexp(0, eta) - y * eta) + penalty * np.abs(slopes).sum())

    whole = np.append(intercept, coef)
    eta = ones @ whole
    value = loss(eta, coef)
    for _ in range(MAX_STEPS):
        p = logistic(eta)
        information = gram(ones, np.maximum(weight * p * (1 - p), 1e-10))
        target = _least_squares(information, information @ whole + ones.T @ (weight * (y - p)), penalty, whole[1:])
        step = target - whole
        along = ones @ step
        while (after := loss(eta + along, (whole + step)[1:])) > value + 1e-9 * abs(value):
            step, along = step / 2, along / 2
        whole, eta, value = whole + step, eta + along, after
        if np.abs(step).max() < NEAR:
            break
    return float(whole[0]), whole[1:]


def _least_squares(information: Floats, pull: Floats, penalty: float, start: Floats) -> Floats:
    """Minimum of ½ b'Jb − c'b + penalty · Σ |b|, the first of b free; J (p + 1, p + 1), c (p + 1,).

    The free one is taken out, and what is left is a lasso of p rows with the same cross-products.
    """
    across = information[0, 1:] / information[0, 0]
    inner = information[1:, 1:] - np.outer(across, information[0, 1:])
    root = np.linalg.cholesky(inner + np.eye(len(inner)) * (1e-10 * np.trace(inner)))
    response = solve_triangular(root, pull[1:] - across * pull[0], lower=True)
    solver = Lasso(alpha=penalty / len(inner), fit_intercept=False, tol=1e-8, max_iter=10_000, warm_start=True)
    solver.coef_ = start.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        solver.fit(root.T, response)
    slopes = np.asarray(solver.coef_, dtype=np.float64)
    return np.append((pull[0] - information[0, 1:] @ slopes) / information[0, 0], slopes)
