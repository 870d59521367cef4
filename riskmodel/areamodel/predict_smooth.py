"""Estimate every area from an area model that follows curves and combinations of the indicators besides straight lines.

Where the variance of areas comes out as zero the curves have eaten the chance of single areas: the plain model is taken.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.areamodel.predict import PARENT_PART, Prediction, common_parent, member_table, predict_areas, predicted
from riskmodel.areamodel.restricted import SMALLEST
from riskmodel.areamodel.smooth_effect import CURVATURES, fit_smooth_model, kernel_basis

# No indicator can have this name.
SMOOTH_PART = "(smooth)"


def predict_smooth(
    direct: pd.Series, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series | None, seed: int
) -> Prediction:
    """As `predict_areas`, with a smooth effect of the indicators whose part is `SMOOTH_PART`.

    Its error is shared between areas with like indicators, so it stands with those of the coefficients.

    Parameters
    ----------
    direct, sampling, x, parent
        As `predict_areas` takes them.
    seed : int
        Of the draw of the areas that span the kernel.
    """
    known = direct.notna() & sampling.notna()
    parent = common_parent(parent, x, known)
    bases = [kernel_basis(x, c, seed) for c in CURVATURES]
    fit, basis = fit_smooth_model(direct, sampling, x, None if parent is None else parent.where(known), bases)
    if fit.variance <= 2 * SMALLEST * float(direct.var()):
        return predict_areas(direct, sampling, x, parent)
    p = len(fit.coef)
    names = [f"smooth={i}" for i in range(basis.columns.shape[1])]
    parts = [pd.DataFrame({"(intercept)": 1.0}, x.index), x]
    units: list[str] = []
    if parent is not None:
        units = sorted(set(parent[known]))
        parts.append(member_table(parent, [*units, *sorted(set(parent) - set(units))]))
    design = pd.concat([*parts, pd.DataFrame(basis.columns, x.index, names)], axis=1)
    new = design.shape[1] - len(fit.effect)
    places = np.concatenate([np.arange(p + len(units)), np.arange(p + len(units) + new, design.shape[1])])
    effect, cov = np.zeros(design.shape[1]), np.zeros((design.shape[1],) * 2)
    effect[places] = fit.effect
    cov[np.ix_(places, places)] = fit.cov
    unseen = np.arange(p + len(units), p + len(units) + new)
    cov[unseen, unseen] = fit.block_variances[0]  # a parent unit without any direct estimate
    of_parent = None if parent is None else fit.block_variances[0]
    found = predicted(
        direct, sampling, x, design, effect, pd.DataFrame(cov, design.columns, design.columns), fit.variance,
        of_parent, fit.variance_error, fit.coef, adjusted=False,
    )  # fmt: skip
    curve = pd.Series(basis.columns @ fit.effect[p + len(units) :], x.index)
    shown = found.parts.assign(**{SMOOTH_PART: curve})
    if of_parent is not None:
        shown[PARENT_PART] = shown[PARENT_PART] - curve
    told = {"curvature": basis.curvature, "sd": float(curve.std(ddof=0))}
    return replace(found, parts=shown, smooth=told, basis=basis)
