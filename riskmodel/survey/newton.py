"""Find the coefficients of a weighted logistic regression by Newton steps, with or without Firth's penalty.

It gives back whether it converged and never raises: who calls knows what a missing maximum means there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmodel.survey.design import Floats
from riskmodel.survey.gram import gram

MAX_ITERATIONS = 40
MAX_ITERATIONS_PENALISED = 400  # scoring steps: convergence is linear, since the penalty is not in the information


@dataclass(frozen=True)
class Solution:
    """Where the steps ended."""

    coef: Floats  # (p + 1,)
    bread: Floats  # (p + 1, p + 1) inverse of the information there, the penalty left out
    step: Floats  # (p + 1,) the last step; what still moves when there is no maximum
    converged: bool


def maximise(x: Floats, y: Floats, weight: Floats, start: Floats | None = None, penalised: bool = False) -> Solution:
    """Coefficients at which the weighted score is zero.

    Parameters
    ----------
    x : array, shape (n, p + 1)
        The intercept first, numeric columns centred and scaled (see `standardising`).
    weight : array, shape (n,)
        Any scale without the penalty. With it the scale is the amount of information: weights of mean 1 say n children.
    start : array, optional
        Near the solution, where one is known.
    penalised : bool
        Adds ½ log |Σ w p (1 − p) x x'| to the likelihood (Firth 1993): the score of a row becomes
        w (y − p) + h (½ − p), h its leverage. There is a maximum even where determinants separate the outcome.

    References
    ----------
    Firth (1993), Biometrika 80, 27–38. Heinze & Schemper (2002), Statistics in Medicine 21, 2409–2419.
    """
    share = np.average(y, weights=weight)
    coef: Floats = np.zeros(x.shape[1]) if start is None else start.astype(np.float64)
    if start is None:
        coef[0] = np.log(share / (1 - share))
    step: Floats = np.zeros_like(coef)
    tolerance = 1e-11 if penalised else 1e-9  # without the penalty the error left is the square of the last step
    eta = x @ coef
    value = _objective(x, eta, y, weight, penalised)
    for _ in range(MAX_ITERATIONS_PENALISED if penalised else MAX_ITERATIONS):
        p = logistic(eta)
        try:
            bread = inverse_information(x, weight, p)
        except np.linalg.LinAlgError:
            break
        residual = weight * (y - p)
        if penalised:
            residual = residual + leverage(x, weight, p, bread) * (0.5 - p)
        step = bread @ (x.T @ residual)
        if penalised:
            step = step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-300))
        along, before = x @ step, value
        while (value := _objective(x, eta + along, y, weight, penalised)) < before - 1e-9 * abs(before):
            step, along = step / 2, along / 2
        coef, eta = coef + step, eta + along
        if np.abs(step).max() < tolerance:
            return Solution(coef, inverse_information(x, weight, logistic(x @ coef)), step, True)
    return Solution(coef, np.full((len(coef), len(coef)), np.nan), step, False)


def standardising(x: Floats, weight: Floats) -> Floats:
    """Matrix M so that `x @ M` has its numeric columns centred and scaled; coefficients of x are M times those of x M.

    Income in pesos and a 0/1 column in one matrix would lose half the digits.
    """
    unit = np.eye(x.shape[1])
    for j in range(1, x.shape[1]):
        if np.isin(x[:, j], (0.0, 1.0)).all():
            continue
        mean = np.average(x[:, j], weights=weight)
        spread = np.sqrt(np.average((x[:, j] - mean) ** 2, weights=weight))
        unit[0, j], unit[j, j] = -mean / spread, 1 / spread
    return unit


def inverse_information(x: Floats, weight: Floats, p: Floats) -> Floats:
    """(Σ w p (1 − p) x x')⁻¹; raises `LinAlgError` where it is singular."""
    return np.asarray(np.linalg.inv(gram(x, weight * p * (1 - p))), dtype=np.float64)


def leverage(x: Floats, weight: Floats, p: Floats, bread: Floats) -> Floats:
    """h of each row, shape (n,): the diagonal of the weighted hat matrix; adds up to p + 1."""
    return np.asarray(weight * p * (1 - p) * np.einsum("ij,ij->i", x @ bread, x), dtype=np.float64)


def logistic(eta: Floats) -> Floats:
    """1 / (1 + exp(−eta)), without overflow."""
    return 1 / (1 + np.exp(-np.clip(eta, -700, 700)))


def _objective(x: Floats, eta: Floats, y: Floats, weight: Floats, penalised: bool) -> float:
    """Log-likelihood at the log-odds `eta`, with the penalty if asked for."""
    value = float(weight @ (y * eta - np.maximum(eta, 0) - np.log1p(np.exp(-np.abs(eta)))))
    if not penalised:
        return value
    p = logistic(eta)
    sign, log_det = np.linalg.slogdet(gram(x, weight * p * (1 - p)))
    return value + 0.5 * float(log_det) if sign > 0 else -np.inf
