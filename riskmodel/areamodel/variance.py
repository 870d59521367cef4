"""Estimate the variance of area effects when the sampling variance of each area is known.

A variance that comes out as zero would give every area the synthetic estimate and an interval that is too narrow;
"adjusted" never is zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Floats = NDArray[np.float64]
VarianceMethod = Literal["reml", "ml", "moments", "adjusted"]

# Beyond this multiple of the spread of the direct estimates no variance is looked for.
WIDEST = 100.0


class Moments:
    """Sums of a Fay–Herriot model at one variance: V = σ² + ψ, Q = (X'V⁻¹X)⁻¹, β = Q X'V⁻¹y."""

    def __init__(self, y: Floats, x: Floats, sampling: Floats, variance: float) -> None:
        self.total = sampling + variance
        weighted = x / self.total[:, None]
        self.q = np.linalg.inv(weighted.T @ x)
        self.beta = self.q @ (weighted.T @ y)
        self.residual = y - x @ self.beta
        self.inner = weighted.T @ weighted  # X'V⁻²X

    @property
    def trace_p(self) -> float:
        """tr P, P = V⁻¹ − V⁻¹X Q X'V⁻¹."""
        return float(np.sum(1 / self.total) - np.sum(self.q * self.inner))

    @property
    def squares(self) -> float:
        """y'PPy."""
        return float(np.sum((self.residual / self.total) ** 2))


def area_variance(y: Floats, x: Floats, sampling: Floats, method: VarianceMethod = "reml") -> float:
    """Variance σ² of area effects in y = Xβ + u + e, u ~ N(0, σ²), e ~ N(0, ψ).

    Parameters
    ----------
    y : array, shape (n,)
        Direct estimates.
    x : array, shape (n, p)
        Covariates with the intercept, of full rank.
    sampling : array, shape (n,)
        Sampling variances ψ, above zero.
    method : "reml", "ml", "moments" or "adjusted"
        Restricted or full maximum likelihood; the method of Fay and Herriot, which solves Σ r² / (σ² + ψ) = n − p; or
        the restricted likelihood times σ², whose maximum is above zero.

    Returns
    -------
    float
        Zero where the likelihood falls from zero on ("adjusted" excepted).

    References
    ----------
    Fay & Herriot (1979), Journal of the American Statistical Association 74, 269–277.
    Li & Lahiri (2010), Journal of Multivariate Analysis 101, 882–892.
    Rao & Molina (2015), Small Area Estimation, 2nd ed., section 6.1.2.
    """
    equation = _equation(y, x, sampling, method)
    scale = max(float(np.var(y)), float(np.mean(sampling)))
    lower = scale * 1e-10 if method == "adjusted" else 0.0
    if equation(lower) <= 0:
        return lower
    upper = scale
    while equation(upper) > 0 and upper < WIDEST * scale:
        upper *= 2
    return upper if equation(upper) > 0 else float(brentq(equation, lower, upper, xtol=1e-16, rtol=1e-13))


def variance_of_variance(total: Floats) -> float:
    """Asymptotic variance of the estimated σ² by likelihood, 2 / Σ (σ² + ψ)⁻²; that of "moments" is in `moments_variance`."""
    return float(2 / np.sum(total**-2.0))


def moments_variance(total: Floats) -> float:
    """Asymptotic variance of σ² by the method of Fay and Herriot, 2n / (Σ (σ² + ψ)⁻¹)² (Datta, Rao & Smith 2005)."""
    return float(2 * len(total) / np.sum(1 / total) ** 2)


def _equation(y: Floats, x: Floats, sampling: Floats, method: VarianceMethod) -> Callable[[float], float]:
    """Function of σ² that is above zero below the estimate and below zero above it."""

    def score(variance: float) -> float:
        found = Moments(y, x, sampling, variance)
        match method:
            case "ml":
                return found.squares - float(np.sum(1 / found.total))
            case "moments":
                return float(np.sum(found.residual**2 / found.total)) - (len(y) - x.shape[1])
            case "reml":
                return found.squares - found.trace_p
            case "adjusted":
                return found.squares - found.trace_p + 2 / variance

    return score
