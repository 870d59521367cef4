"""The area model with an effect of the parent unit besides: areas of one state are alike beyond their indicators.

An area whose parent unit has no direct estimate carries the whole variance of such effects in its error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.areamodel.restricted import Equations, Matrix, Solved, maximise


@dataclass(frozen=True)
class ParentModel:
    """A fitted model with effects of areas and of parent units, on its scale."""

    coef: pd.Series  # (p,) by term, the intercept first
    cov: pd.DataFrame  # (p + parents, p + parents): joint error of the coefficients and of the parents' effects
    parent_effect: pd.Series  # by parent code: predicted; parents with a direct estimate only
    variance: float  # σ² of area effects
    parent_variance: float  # τ² of the effects of parent units
    variance_cov: Matrix  # (2, 2) of (σ², τ²), from the expected information
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
    member = (group[:, None] == np.arange(len(codes))[None, :]).astype(float)
    equations = Equations(y, psi, design, [member])
    logs, solved = maximise(equations)
    adjusted = bool(logs[0] <= equations.lowest[0] + np.log(2))
    if adjusted:
        logs, solved = maximise(equations, adjust=True)
    variance, of_parents = (float(v) for v in np.exp(logs))
    p = design.shape[1]
    names = ["(intercept)", *map(str, x.columns)]
    both = [*names, *(f"parent={code}" for code in codes)]
    return ParentModel(
        coef=pd.Series(solved.effect[:p], names),
        cov=pd.DataFrame(solved.error, both, both),
        parent_effect=pd.Series(solved.effect[p:], pd.Index(codes, name="parent_code")),
        variance=variance,
        parent_variance=of_parents,
        variance_cov=np.asarray(np.linalg.inv(_information(equations, solved, p)), dtype=np.float64),
        n_areas=len(y),
        adjusted=adjusted,
    )


def _information(equations: Equations, s: Solved, p: int) -> Matrix:
    """Expected information of (σ², τ²): ½ tr(P A_i P A_j), A = I and ZZ'."""
    z = equations.w[:, p:]
    weighted = equations.w / s.total[:, None]
    p_z = z / s.total[:, None] - weighted @ (s.error @ (weighted.T @ z))
    inverse = 1 / s.total
    twice = weighted.T @ weighted
    first = np.sum(inverse**2) - 2 * np.sum(s.error * (weighted.T @ (weighted * inverse[:, None])))
    first += np.sum((s.error @ twice) * (s.error @ twice).T)
    both = np.sum(p_z**2)
    second = np.sum((z.T @ p_z) ** 2)
    return np.asarray(0.5 * np.array([[first, both], [both, second]]))
