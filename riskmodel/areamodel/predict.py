"""Estimate every area from a fitted area model, with the parts of its error apart.

What areas share (coefficients, the effect of their parent unit) and what each has of its own are kept separate, so that
figures of parent units and of the country do not count a shared error as if it averaged out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.areamodel.fay_herriot import fit_area_model
from riskmodel.areamodel.parent_effect import ParentModel, fit_parent_model
from riskmodel.areamodel.smooth_effect import Basis

# Fewer parent units with two direct estimates or more say too little about how parent units differ.
LEAST_PARENTS = 8


@dataclass(frozen=True)
class Prediction:
    """Estimates of areas on the model's scale.

    areas : by area_code: in_sample, direct, synthetic (without the area's own direct estimate), estimate, gamma,
        own_variance (of its own part of the error), mse.
    loading : (n, q) by area_code: derivative of the estimate by what is shared; cov : (q, q) its covariance.
    coef, cov_coef : of the coefficients, the intercept first.
    parts : (n, p) by area_code: what each covariate, the parent unit and the area's own direct estimate add.
    """

    areas: pd.DataFrame
    loading: pd.DataFrame
    cov: pd.DataFrame
    coef: pd.Series
    cov_coef: pd.DataFrame
    parts: pd.DataFrame
    variance: float
    parent_variance: float | None
    n_areas: int
    adjusted: bool  # the restricted likelihood put σ² at zero, so the adjusted one was used
    smooth: Mapping[str, float] | None = None  # curvature and standard deviation of a smooth effect, where there is one
    basis: Basis | None = None  # what spans it
    effect: np.ndarray | None = None  # (q,) what is shared, in the order of `cov`


# No indicator can have these names.
PARENT_PART, OWN_PART = "(parent)", "(own)"


def predict_areas(direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series | None) -> Prediction:
    """Fit by restricted maximum likelihood and estimate every row of `x`.

    In sample the estimate is (1 − γ)(x'β + v) + γy with γ = σ² / (σ² + ψ), and its mean squared error
    γψ + (1 − γ)² [x, z]'C[x, z] + 2 (1 − γ)² var(σ²) / (σ² + ψ): the three parts of Prasad and Rao, C the joint error of
    coefficients and parents' effects. Out of sample γ = 0 and σ² stands for the first part. The effect of a parent unit
    without any direct estimate is zero with the variance τ², which its areas share.

    Parameters
    ----------
    direct, sampling : Series, shape (n,), by area_code
        On the model's scale; missing where the area has no direct estimate.
    x : DataFrame, shape (n, p), by area_code
    parent : Series or None
        Parent code by area_code; None, or fewer than 8 with two direct estimates: no effect of parent units.
    """
    known = direct.notna() & sampling.notna()
    parent = common_parent(parent, x, known)
    if parent is None:
        return _simple(direct, sampling, x)
    model = fit_parent_model(direct[known], sampling[known], x[known], parent[known])
    units, cov = _with_new_units(model, parent)
    member = member_table(parent, units)
    design = pd.concat([pd.Series(1.0, x.index, name="(intercept)"), x, member], axis=1)
    effect = np.concatenate([model.coef.to_numpy(), model.parent_effect.reindex(units, fill_value=0.0).to_numpy()])
    return predicted(
        direct, sampling, x, design, effect, cov, model.variance,
        model.parent_variance, float(model.variance_cov[0, 0]), model.coef, model.adjusted,
    )  # fmt: skip


def common_parent(parent: pd.Series | None, x: pd.DataFrame, known: pd.Series) -> pd.Series | None:
    """Parent codes in the order of `x`; None where parent units can have no effect."""
    if parent is None:
        return None
    parent = parent.reindex(x.index).astype("string")
    few = (parent[known].value_counts() > 1).sum() < LEAST_PARENTS
    return None if few or parent.isna().any() else parent


def member_table(parent: pd.Series, units: Sequence[str]) -> pd.DataFrame:
    """(n, units) 0/1 with columns `parent=<code>`."""
    member = parent.to_numpy(object)[:, None] == np.array(units, dtype=object)[None, :]
    return pd.DataFrame(member.astype(float), parent.index, [f"parent={code}" for code in units])


def _with_new_units(model: ParentModel, parent: pd.Series) -> tuple[list[str], pd.DataFrame]:
    """Every parent unit, those with a direct estimate first, and the joint error with τ² for each of the others."""
    units = list(model.parent_effect.index)
    new = sorted(set(parent) - set(units))
    cov = model.cov.reindex([*model.cov.index, *(f"parent={c}" for c in new)]).fillna(0.0)
    cov = cov.reindex(columns=cov.index).fillna(0.0)
    values = cov.to_numpy(copy=True)
    position = np.arange(len(model.cov), len(cov))
    values[position, position] = model.parent_variance
    return [*units, *new], pd.DataFrame(values, cov.index, cov.columns)


def _simple(direct: pd.Series, sampling: pd.Series, x: pd.DataFrame) -> Prediction:
    model = fit_area_model(direct, sampling, x, "reml")
    adjusted = model.variance == 0
    if adjusted:
        model = fit_area_model(direct, sampling, x, "adjusted")
    design = pd.concat([pd.Series(1.0, x.index, name="(intercept)"), x], axis=1)
    return predicted(
        direct, sampling, x, design, model.coef.to_numpy(), model.cov, model.variance,
        None, model.variance_se**2, model.coef, adjusted,
    )  # fmt: skip


def predicted(
    direct: pd.Series,
    sampling: pd.Series,
    x: pd.DataFrame,
    design: pd.DataFrame,
    effect: np.ndarray,
    cov: pd.DataFrame,
    variance: float,
    parent_variance: float | None,
    of_variance: float,
    coef: pd.Series,
    adjusted: bool,
) -> Prediction:
    """Estimates and their errors from fitted effects; `effect` and `cov` are of the columns of `design`."""
    inside = (direct.notna() & sampling.notna()).to_numpy()
    psi = np.where(inside, sampling.to_numpy(float), np.inf)
    gamma = variance / (variance + psi)
    synthetic = design.to_numpy() @ effect
    gap = np.where(inside, direct.to_numpy(float) - synthetic, 0.0)
    first = np.where(inside, gamma * np.where(inside, psi, 0.0), variance)
    third = np.where(inside, 2 * (1 - gamma) ** 2 * of_variance / (variance + psi), 0.0)
    loading = design.mul(1 - gamma, axis=0)
    shared = ((loading.to_numpy() @ cov.to_numpy()) * loading.to_numpy()).sum(axis=1)
    names = list(coef.index)
    parts = x * coef.iloc[1:].to_numpy()
    if parent_variance is not None:
        p = len(coef)
        parts = parts.assign(**{PARENT_PART: design.to_numpy()[:, p:] @ effect[p:]})
    parts = parts.assign(**{OWN_PART: gamma * gap})
    areas = pd.DataFrame(
        {
            "in_sample": inside,
            "direct": direct.to_numpy(float),
            "synthetic": synthetic,
            "estimate": synthetic + gamma * gap,
            "gamma": gamma,
            "own_variance": first + third,
            "mse": first + third + shared,
        },
        index=x.index,
    )
    return Prediction(
        areas, loading, cov, coef, cov.loc[names, names], parts, variance, parent_variance, int(inside.sum()), adjusted,
        effect=effect,
    )  # fmt: skip
