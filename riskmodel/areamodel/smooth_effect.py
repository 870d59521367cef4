"""The area model with a smooth function of the indicators besides: curves and interactions that straight lines miss.

The function is a random effect with a Gaussian kernel, so areas with like indicators have like effects, and its variance
and reach are estimated with the others: where there is nothing to follow it vanishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.areamodel.restricted import Equations, Matrix, maximise
from riskmodel.areamodel.variance import Floats

# Areas the kernel is spanned by, and the curvatures tried: exp(−c · squared distance / number of indicators).
LANDMARKS = 200
CURVATURES = (0.1, 0.2, 0.4)


@dataclass(frozen=True)
class Basis:
    """Columns whose cross-products give the kernel; made of indicators alone, so it holds for every area."""

    columns: Matrix  # (n, m) by the rows of x
    curvature: float
    centres: Matrix  # (landmarks, p) their standardised indicators
    transform: Matrix  # (landmarks, m)


@dataclass(frozen=True)
class MixedModel:
    """A fitted area model with blocks of random effects, on its scale."""

    coef: pd.Series  # (p,) by term, the intercept first
    effect: Floats  # (p + all random effects,)
    cov: Matrix  # joint error of coefficients and random effects
    variance: float  # σ² of area effects
    block_variances: tuple[float, ...]
    variance_error: float  # asymptotic variance of σ², the others taken as known
    log_likelihood: float  # restricted, but a constant
    n_areas: int


def kernel_basis(x: pd.DataFrame, curvature: float, seed: int, landmarks: int = LANDMARKS) -> Basis:
    """Columns Φ with ΦΦ' ≈ K, K(a, b) = exp(−c |x_a − x_b|² / p), by the method of Nyström.

    Parameters
    ----------
    x : DataFrame, shape (n, p)
        Standardised indicators of all areas, with or without a direct estimate.
    curvature : float
        c above zero; the larger, the more local.
    seed : int
        Of the draw of the landmarks.

    References
    ----------
    Williams & Seeger (2001), Advances in Neural Information Processing Systems 13, 682–688.
    """
    values = x.to_numpy(float)
    drawn = np.random.default_rng(seed).choice(len(values), min(landmarks, len(values)), replace=False)
    kernel = kernel_of(values, values[drawn], curvature)
    size, direction = np.linalg.eigh(kernel[drawn])
    kept = size > 1e-8 * size[-1]
    transform = np.asarray(direction[:, kept] / np.sqrt(size[kept]))
    return Basis(kernel @ transform, curvature, values[drawn], transform)


def kernel_of(values: Matrix, centres: Matrix, curvature: float) -> Matrix:
    """(n, landmarks): exp(−c |value − centre|² / p)."""
    distance = (values**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1) - 2 * values @ centres.T
    return np.asarray(np.exp(-curvature * np.maximum(distance, 0.0) / values.shape[1]))


def fit_smooth_model(
    direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series | None, bases: Sequence[Basis]
) -> tuple[MixedModel, Basis]:
    """Fit y = Xβ + v_parent + f(x) + u + e with each basis and keep the one with the highest restricted likelihood.

    Parameters
    ----------
    direct, sampling : Series, shape (n,)
        All rows of `x`; missing where the area has no direct estimate.
    parent : Series or None
        Parent code, none missing where there is a direct estimate.
    bases : sequence of Basis
        For all rows of `x`. They differ in curvature alone, so their likelihoods compare.
    """
    known = (direct.notna() & sampling.notna()).to_numpy()
    first = [] if parent is None else [membership(parent[known])]
    fits: list[tuple[MixedModel, Basis]] = []
    for basis in bases:
        blocks = [*first, basis.columns[known]]
        before = fits[-1][0] if fits else None
        fits.append((fit_mixed_model(direct[known], sampling[known], x[known], blocks, before), basis))
    return max(fits, key=lambda fit: fit[0].log_likelihood)


def membership(parent: pd.Series) -> Matrix:
    """(n, parents) 0/1, parents in the order of their codes."""
    group, codes = pd.factorize(parent.astype(str), sort=True)
    return (group[:, None] == np.arange(len(codes))[None, :]).astype(float)


def fit_mixed_model(
    direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, blocks: Sequence[Matrix], near: MixedModel | None = None
) -> MixedModel:
    """Fit y = Xβ + Σ Z_k v_k + u + e by restricted maximum likelihood, v_k ~ N(0, τ_k²), u ~ N(0, σ²), e ~ N(0, ψ).

    With one block of parents this is `parent_effect.fit_parent_model`.

    Parameters
    ----------
    direct, sampling : Series, shape (n,), none missing, variances above zero
    x : DataFrame, shape (n, p), without the intercept
    blocks : (n, q_k) columns of each random effect
    near : MixedModel, optional
        A fit with like blocks, whose variances are a good place to begin at.

    References
    ----------
    Henderson (1975), Biometrics 31, 423–447.
    Patterson & Thompson (1971), Biometrika 58, 545–554.
    Ruppert, Wand & Carroll (2003), Semiparametric Regression, chapters 4 and 13.
    """
    y = direct.to_numpy(float)
    design = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    equations = Equations(y, sampling.to_numpy(float), design, blocks)
    start = None if near is None else np.log([near.variance, *near.block_variances])
    logs, solved = maximise(equations, start)
    variances = np.exp(logs)
    return MixedModel(
        coef=pd.Series(solved.effect[: design.shape[1]], ["(intercept)", *map(str, x.columns)]),
        effect=solved.effect,
        cov=solved.error,
        variance=float(variances[0]),
        block_variances=tuple(float(v) for v in variances[1:]),
        variance_error=float(2 / np.sum(solved.total**-2.0)),
        log_likelihood=-0.5 * equations.value(logs, solved),
        n_areas=len(y),
    )
