"""Fit the Fay–Herriot model and estimate every area: direct and synthetic joined where there is a direct rate.

An area without a direct estimate gets the synthetic one and is told apart; its error holds the whole variance of area
effects, never less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.areamodel.variance import (
    Floats,
    Moments,
    VarianceMethod,
    area_variance,
    moments_variance,
    variance_of_variance,
)


@dataclass(frozen=True)
class AreaModel:
    """A fitted Fay–Herriot model on its scale."""

    coef: pd.Series  # (p,) by term
    cov: pd.DataFrame  # (p, p) of the coefficients, σ² taken as known
    variance: float  # σ² of area effects
    variance_se: float  # its asymptotic standard error
    method: VarianceMethod
    estimates: pd.DataFrame  # by area, as `fit_area_model` says
    n_areas: int  # with a direct estimate
    log_likelihood: float  # at the estimates, full likelihood

    @property
    def se(self) -> pd.Series:
        """Standard errors of the coefficients."""
        return pd.Series(np.sqrt(np.diag(self.cov)), self.coef.index)


def fit_area_model(
    direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, method: VarianceMethod = "reml"
) -> AreaModel:
    """Fit y = Xβ + u + e and give the best linear unbiased prediction of each area with its mean squared error.

    In sample, with γ = σ² / (σ² + ψ):  Xβ + γ (y − Xβ), and the mean squared error of Prasad and Rao,
    g1 + g2 + 2 g3 for "reml" and "adjusted", with the bias of σ² taken off besides for "ml" and "moments":
    g1 = γψ, g2 = (1 − γ)² x'Qx, g3 = ψ² (σ² + ψ)⁻³ var(σ²). Out of sample: Xβ, and σ² + x'Qx.

    Parameters
    ----------
    direct, sampling : Series, shape (n_areas,), by area_code
        Direct estimates and their variances on the model's scale; missing where the area has none. A sampling variance
        is above zero.
    x : DataFrame, shape (n_areas, p), by area_code
        Covariates without the intercept, none missing.

    Returns
    -------
    AreaModel
        `estimates`: index area_code; in_sample (bool), direct, synthetic, estimate, gamma (weight of the direct
        estimate; 0 out of sample), g1, g2, g3, mse. σ² = 0 gives γ = 0 and the synthetic estimate everywhere.

    Raises
    ------
    ValueError
        Fewer areas with a direct estimate than coefficients and two more, or covariates that are not of full rank.

    References
    ----------
    Prasad & Rao (1990), Journal of the American Statistical Association 85, 163–171.
    Datta & Lahiri (2000), Statistica Sinica 10, 613–627 (bias of σ² by likelihood).
    Datta, Rao & Smith (2005), Biometrika 92, 183–196 (method of moments).
    """
    design = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    inside = (direct.notna() & sampling.notna()).to_numpy()
    y, psi, z = direct.to_numpy(float)[inside], sampling.to_numpy(float)[inside], design[inside]
    if len(y) < z.shape[1] + 2:
        raise ValueError("fewer areas than coefficients and two more")
    if np.linalg.matrix_rank(z) < z.shape[1]:
        raise ValueError("covariates are not of full rank")
    variance = area_variance(y, z, psi, method)
    found = Moments(y, z, psi, variance)
    of_variance = moments_variance(found.total) if method == "moments" else variance_of_variance(found.total)
    names = ["(intercept)", *map(str, x.columns)]
    return AreaModel(
        coef=pd.Series(found.beta, names),
        cov=pd.DataFrame(found.q, names, names),
        variance=variance,
        variance_se=float(np.sqrt(of_variance)),
        method=method,
        estimates=_estimates(direct, sampling, design, inside, found, variance, of_variance, method),
        n_areas=len(y),
        log_likelihood=float(-0.5 * np.sum(np.log(2 * np.pi * found.total) + found.residual**2 / found.total)),
    )


def _estimates(
    direct: pd.Series,
    sampling: pd.Series,
    design: Floats,
    inside: np.ndarray,
    found: Moments,
    variance: float,
    of_variance: float,
    method: VarianceMethod,
) -> pd.DataFrame:
    synthetic = design @ found.beta
    leverage = ((design @ found.q) * design).sum(axis=1)
    psi = np.where(inside, sampling.to_numpy(float), np.inf)
    gamma = variance / (variance + psi)
    with np.errstate(invalid="ignore"):
        g1 = np.where(inside, gamma * np.where(inside, psi, 0.0), variance)
        g3 = np.where(inside, (1 - gamma) ** 2 * of_variance / (variance + psi), 0.0)
    g2 = (1 - gamma) ** 2 * leverage
    mse = g1 + g2 + 2 * g3 - (1 - gamma) ** 2 * _bias(found, method) * inside
    gap = np.where(inside, direct.to_numpy(float) - synthetic, 0.0)
    return pd.DataFrame(
        {
            "in_sample": inside,
            "direct": direct.to_numpy(float),
            "synthetic": synthetic,
            "estimate": synthetic + gamma * gap,
            "gamma": gamma,
            "g1": g1,
            "g2": g2,
            "g3": g3,
            "mse": mse,
        },
        index=direct.index,
    )


def _bias(found: Moments, method: VarianceMethod) -> float:
    """Bias of the estimated σ² to first order; none for the restricted likelihood."""
    if method == "ml":
        return float(-np.sum(found.q * found.inner) / np.sum(found.total**-2.0))
    if method == "moments":
        first, second = np.sum(1 / found.total), np.sum(found.total**-2.0)
        return float(2 * (len(found.total) * second - first**2) / first**3)
    return 0.0
