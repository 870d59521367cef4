"""The area model with a smooth function of the indicators besides: curves and interactions that straight lines miss.

The function is a random effect with a Gaussian kernel, so areas with like indicators have like effects, and its variance
and reach are estimated with the others: where there is nothing to follow it vanishes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import cho_factor
from scipy.linalg.lapack import dpotri
from scipy.optimize import minimize

from riskmodel.areamodel.variance import Floats

Matrix = NDArray[np.float64]

# Areas the kernel is spanned by, and the curvatures tried: exp(−c · squared distance / number of indicators).
LANDMARKS = 200
CURVATURES = (0.1, 0.2, 0.4)
# Variances below this share of the spread of the direct estimates are zero to all ends.
SMALLEST = 1e-8
WIDEST = 1e5
# Steps of expectation and maximisation before the quasi-Newton ones, which from a poor start can leap to a variance of zero.
EM_STEPS = 8


@dataclass(frozen=True)
class Basis:
    """Columns whose cross-products give the kernel; made of indicators alone, so it holds for every area."""

    columns: Matrix  # (n, m) by the rows of x
    curvature: float


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
    square = (values**2).sum(axis=1)
    distance = square[:, None] + square[drawn] - 2 * values @ values[drawn].T
    kernel = np.exp(-curvature * np.maximum(distance, 0.0) / values.shape[1])
    size, direction = np.linalg.eigh(kernel[drawn])
    kept = size > 1e-8 * size[-1]
    return Basis(np.asarray(kernel @ (direction[:, kept] / np.sqrt(size[kept]))), curvature)


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
    fits = [(fit_mixed_model(direct[known], sampling[known], x[known], [*first, b.columns[known]]), b) for b in bases]
    return max(fits, key=lambda fit: fit[0].log_likelihood)


def membership(parent: pd.Series) -> Matrix:
    """(n, parents) 0/1, parents in the order of their codes."""
    group, codes = pd.factorize(parent.astype(str), sort=True)
    return (group[:, None] == np.arange(len(codes))[None, :]).astype(float)


def fit_mixed_model(direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, blocks: Sequence[Matrix]) -> MixedModel:
    """Fit y = Xβ + Σ Z_k v_k + u + e by restricted maximum likelihood, v_k ~ N(0, τ_k²), u ~ N(0, σ²), e ~ N(0, ψ).

    With one block of parents this is `parent_effect.fit_parent_model`.

    Parameters
    ----------
    direct, sampling : Series, shape (n,), none missing, variances above zero
    x : DataFrame, shape (n, p), without the intercept
    blocks : (n, q_k) columns of each random effect

    References
    ----------
    Henderson (1975), Biometrics 31, 423–447.
    Patterson & Thompson (1971), Biometrika 58, 545–554.
    Ruppert, Wand & Carroll (2003), Semiparametric Regression, chapters 4 and 13.
    """
    y = direct.to_numpy(float)
    design = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    equations = _Equations(y, sampling.to_numpy(float), design, blocks)
    spread = float(np.var(y))
    sizes = [max(float((z**2).sum() / len(y)), 1e-12) for z in blocks]
    start = np.log([0.3 * spread, *(0.1 * spread / size for size in sizes)])
    for _ in range(EM_STEPS):
        start = equations.em_step(start)
    bounds = [(np.log(SMALLEST * spread), np.log(WIDEST * spread))]
    bounds += [(np.log(SMALLEST * spread / size), np.log(WIDEST * spread / size)) for size in sizes]
    found = minimize(
        equations.minus_likelihood,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-11, "maxls": 40},
    )
    variances = np.exp(found.x)
    effect, error, total = equations.solve(variances)
    return MixedModel(
        coef=pd.Series(effect[: design.shape[1]], ["(intercept)", *map(str, x.columns)]),
        effect=effect,
        cov=error,
        variance=float(variances[0]),
        block_variances=tuple(float(v) for v in variances[1:]),
        variance_error=float(2 / np.sum(total**-2.0)),
        log_likelihood=-0.5 * float(found.fun),
        n_areas=len(y),
    )


class _Equations:
    """Henderson's equations of one data set with any number of blocks of random effects."""

    def __init__(self, y: Floats, sampling: Floats, design: Matrix, blocks: Sequence[Matrix]) -> None:
        self.y, self.sampling = y, sampling
        self.w = np.column_stack([design, *blocks])
        ends = np.cumsum([design.shape[1], *(z.shape[1] for z in blocks)])
        self.places = [slice(int(a), int(b)) for a, b in itertools.pairwise(ends)]

    def solve(self, variances: Floats) -> tuple[Floats, Matrix, Floats]:
        """Effects, their joint error C⁻¹, and ψ + σ²."""
        total = self.sampling + variances[0]
        root = self.w / np.sqrt(total)[:, None]
        left = root.T @ root
        for place, variance in zip(self.places, variances[1:], strict=True):
            position = np.arange(place.start, place.stop)
            left[position, position] += 1 / variance
        factor, _ = cho_factor(left, lower=True)
        lower = np.tril(dpotri(factor, lower=1)[0])
        error = lower + np.tril(lower, -1).T
        effect = error @ (root.T @ (self.y / np.sqrt(total)))
        return np.asarray(effect), np.asarray(error), np.asarray(total)

    def minus_likelihood(self, logs: Floats) -> tuple[float, Floats]:
        """−2 × the restricted log-likelihood but a constant, and its gradient by the logs of (σ², τ²…).

        As in `parent_effect`, with a term q_k log τ_k² + v_k'v_k / τ_k² for each block.
        """
        variances = np.exp(logs)
        effect, error, total = self.solve(variances)
        residual = self.y - self.w @ effect
        value = np.sum(np.log(total)) - np.linalg.slogdet(error)[1] + np.sum(residual**2 / total)
        weighted = self.w / total[:, None]
        trace = np.sum(1 / total) - np.sum(error * (weighted.T @ weighted))
        gradient = [variances[0] * (trace - np.sum((residual / total) ** 2))]
        for place, variance in zip(self.places, variances[1:], strict=True):
            v, count = effect[place], place.stop - place.start
            value += count * np.log(variance) + v @ v / variance
            gradient.append(count - (np.trace(error[place, place]) + v @ v) / variance)
        return float(value), np.array(gradient)

    def em_step(self, logs: Floats) -> Floats:
        """One step of expectation and maximisation, in which every variance stays above zero and the likelihood grows."""
        counts = np.array([len(self.y), *(place.stop - place.start for place in self.places)])
        _, gradient = self.minus_likelihood(logs)
        return np.asarray(logs + np.log(np.maximum(1 - gradient / counts, 1e-3)))
