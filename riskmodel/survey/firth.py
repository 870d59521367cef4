"""Fit a logistic regression with Firth's penalty, for rare outcomes and for determinants that separate the outcome.

Slopes are the penalised ones; the intercept is set so that the mean risk is the weighted prevalence, since the penalty
alone would move every risk toward one half.
"""

from __future__ import annotations

import numpy as np
from scipy import linalg

from riskmodel.survey.design import Floats
from riskmodel.survey.gram import gram
from riskmodel.survey.newton import Solution, inverse_information, logistic, maximise

MAX_ITERATIONS = 100


def penalised(x: Floats, y: Floats, weight: Floats, start: Floats | None = None) -> Solution:
    """Coefficients of the penalised fit with the intercept corrected, and the inverse information there.

    Parameters
    ----------
    x : array, shape (n, p + 1)
        The intercept first, numeric columns centred and scaled.
    weight : array, shape (n,)
        Any scale: they are divided by their mean, so that they count as n children.

    References
    ----------
    Firth (1993), Biometrika 80, 27–38. Heinze & Schemper (2002), Statistics in Medicine 21, 2409–2419.
    Puhr, Heinze, Nold, Lusa & Geroldinger (2017), Statistics in Medicine 36, 2302–2317 (the intercept).
    """
    own = weight / weight.mean()
    found = maximise(x, y, own, start, penalised=True)
    if not found.converged:
        return found
    coef = found.coef.copy()
    for _ in range(MAX_ITERATIONS):
        p = logistic(x @ coef)
        step = float(own @ (y - p) / (own @ (p * (1 - p))))
        coef[0] += np.clip(step, -1.0, 1.0)
        if abs(step) < 1e-12:
            break
    return Solution(coef, inverse_information(x, weight, logistic(x @ coef)), found.step, True)


def no_surer_than_independent(sandwich: Floats, x: Floats, weight: Floats, p: Floats, bread: Floats) -> Floats:
    """The design-based covariance, raised where it is below that of as many independent children.

    In a category where nobody has the outcome all residuals are alike, so their spread over PSUs, and with it the
    linearised variance, is near zero: the survey would seem to know what it knows least. With B the covariance if
    children were independent with their estimated risks, J⁻¹ Σ w² p (1 − p) x x' J⁻¹, every generalised design effect
    (eigenvalue of the sandwich against B) below 1 becomes 1.

    References
    ----------
    Rao & Scott (1984), Annals of Statistics 12, 46–60 (generalised design effects).
    """
    independent = bread @ gram(x, weight**2 * p * (1 - p)) @ bread
    effects, directions = linalg.eigh(sandwich, independent)
    back = independent @ directions
    return np.asarray((back * np.maximum(effects, 1.0)) @ back.T, dtype=np.float64)
