"""The area model with an effect of the parent unit besides: areas of one state are alike beyond their indicators.

An area whose parent unit has no direct estimate carries the whole variance of such effects in its error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize

from riskmodel.areamodel.variance import Floats

# Variances below this share of the spread of the direct estimates are zero to all ends.
SMALLEST = 1e-8


@dataclass(frozen=True)
class ParentModel:
    """A fitted model with effects of areas and of parent units, on its scale."""

    coef: pd.Series  # (p,) by term, the intercept first
    cov: pd.DataFrame  # (p + parents, p + parents): joint error of the coefficients and of the parents' effects
    parent_effect: pd.Series  # by parent code: predicted; parents with a direct estimate only
    variance: float  # σ² of area effects
    parent_variance: float  # τ² of the effects of parent units
    variance_cov: NDArray[np.float64]  # (2, 2) of (σ², τ²), from the expected information
    n_areas: int
    adjusted: bool  # σ² came out as zero, so the adjusted likelihood was used

    @property
    def se(self) -> pd.Series:
        """Standard errors of the coefficients."""
        return pd.Series(np.sqrt(np.diag(self.cov))[: len(self.coef)], self.coef.index)


def fit_parent_model(direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series) -> ParentModel:
    """Fit y = Xβ + v_parent + u + e by restricted maximum likelihood, v ~ N(0, τ²), u ~ N(0, σ²), e ~ N(0, ψ).

    The sums come from Henderson's mixed-model equations, so their inverse is the joint error of β̂ − β and v̂ − v.

    Parameters
    ----------
    direct, sampling, parent : Series, shape (n_areas,), by area_code
        Only rows with a direct estimate, a variance above zero and a parent.
    x : DataFrame, shape (n_areas, p), by area_code
        Covariates without the intercept.

    References
    ----------
    Henderson (1975), Biometrics 31, 423–447.
    Patterson & Thompson (1971), Biometrika 58, 545–554.
    Torabi & Rao (2014), Journal of Multivariate Analysis 127, 36–55 (area model with two levels).
    Li & Lahiri (2010), Journal of Multivariate Analysis 101, 882–892 (likelihood adjusted to stay above zero).
    """
    y, psi = direct.to_numpy(float), sampling.to_numpy(float)
    design = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    group, codes = pd.factorize(parent.astype(str), sort=True)
    member = np.zeros((len(y), len(codes)))
    member[np.arange(len(y)), group] = 1.0
    equations = _Equations(y, np.column_stack([design, member]), psi, design.shape[1])
    variance, of_parents = _variances(equations, adjust=False)
    adjusted = variance <= 2 * SMALLEST * equations.spread
    if adjusted:
        variance, of_parents = _variances(equations, adjust=True)
    solved = equations.solve(variance, of_parents)
    p = design.shape[1]
    names = ["(intercept)", *map(str, x.columns)]
    both = [*names, *(f"parent={code}" for code in codes)]
    return ParentModel(
        coef=pd.Series(solved.effect[:p], names),
        cov=pd.DataFrame(solved.error, both, both),
        parent_effect=pd.Series(solved.effect[p:], pd.Index(codes, name="parent_code")),
        variance=variance,
        parent_variance=of_parents,
        variance_cov=np.asarray(np.linalg.inv(equations.information(solved)), dtype=np.float64),
        n_areas=len(y),
        adjusted=adjusted,
    )


def _variances(equations: _Equations, adjust: bool) -> tuple[float, float]:
    """σ² and τ² at the maximum of the restricted likelihood; with `adjust`, of that times σ², which is never at zero."""

    def target(logs: Floats) -> tuple[float, Floats]:
        value, gradient = equations.minus_likelihood(logs)
        return value - 2 * adjust * float(logs[0]), gradient - np.array([2.0 * adjust, 0.0])

    spread = equations.spread
    start = np.log([0.5 * spread, 0.1 * spread])
    bounds = [(np.log(SMALLEST * spread), np.log(100 * spread))] * 2
    found = minimize(target, start, jac=True, method="L-BFGS-B", bounds=bounds)
    variance, of_parents = (float(v) for v in np.exp(found.x))
    return variance, of_parents


@dataclass(frozen=True)
class _Solved:
    effect: Floats  # (p + S,) coefficients and parents' effects
    error: NDArray[np.float64]  # (p + S, p + S)
    total: Floats  # (n,) ψ + σ²
    residual: Floats  # (n,) y − Xβ − Zv
    of_parents: float


class _Equations:
    """Henderson's equations of one data set; `w` holds the covariates, then one column per parent unit."""

    def __init__(self, y: Floats, w: NDArray[np.float64], sampling: Floats, p: int) -> None:
        self.y, self.w, self.sampling, self.p = y, w, sampling, p
        self.spread = max(float(np.var(y)), float(np.mean(sampling)))

    def solve(self, variance: float, of_parents: float) -> _Solved:
        total = self.sampling + variance
        weighted = self.w / total[:, None]
        left = weighted.T @ self.w
        position = np.arange(self.p, self.w.shape[1])
        left[position, position] += 1 / of_parents
        error = np.asarray(np.linalg.inv(left), dtype=np.float64)
        effect: Floats = np.asarray(error @ (weighted.T @ self.y), dtype=np.float64)
        residual = np.asarray(self.y - self.w @ effect, dtype=np.float64)
        return _Solved(effect, error, total, residual, of_parents)

    def minus_likelihood(self, logs: Floats) -> tuple[float, Floats]:
        """−2 × the restricted log-likelihood but a constant, and its gradient by the logs of (σ², τ²).

        log|V| + log|X'V⁻¹X| = Σ log(ψ + σ²) + S log τ² + log|C|, with C the matrix of the equations. The derivatives
        use P = D⁻¹ − D⁻¹ W C⁻¹ W' D⁻¹:  by σ² tr P − y'PPy, by τ² tr Z'PZ − (Z'Py)'(Z'Py).
        """
        variance, of_parents = np.exp(logs)
        s = self.solve(variance, of_parents)
        parents = self.w.shape[1] - self.p
        _, log_error = np.linalg.slogdet(s.error)
        v = s.effect[self.p :]
        value = np.sum(np.log(s.total)) + parents * np.log(of_parents) - log_error
        value += np.sum(s.residual**2 / s.total) + v @ v / of_parents
        py = s.residual / s.total
        weighted = self.w / s.total[:, None]
        trace = np.sum(1 / s.total) - np.sum(s.error * (weighted.T @ weighted))
        by_variance = trace - py @ py
        own = np.trace(s.error[self.p :, self.p :])
        by_parents = parents / of_parents - own / of_parents**2 - v @ v / of_parents**2
        return float(value), np.array([by_variance * variance, by_parents * of_parents])

    def information(self, s: _Solved) -> NDArray[np.float64]:
        """Expected information of (σ², τ²): ½ tr(P A_i P A_j), A = I and ZZ'."""
        z = self.w[:, self.p :]
        weighted = self.w / s.total[:, None]
        p_z = z / s.total[:, None] - weighted @ (s.error @ (weighted.T @ z))
        inverse = 1 / s.total
        twice = weighted.T @ weighted
        first = np.sum(inverse**2) - 2 * np.sum(s.error * (weighted.T @ (weighted * inverse[:, None])))
        first += np.sum((s.error @ twice) * (s.error @ twice).T)
        both = np.sum(p_z**2)
        second = np.sum((z.T @ p_z) ** 2)
        return np.asarray(0.5 * np.array([[first, both], [both, second]]))
