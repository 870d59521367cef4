"""Set the model beside the direct rates, and gather its figures for `diagnostics.json`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from riskmodel.areamodel.predict import Prediction
from riskmodel.areamodel.prepare import Covariates
from riskmodel.areamodel.selection import IndicatorChoice
from riskmodel.study import AreaModel


def diagnostics(
    found: Prediction,
    choice: IndicatorChoice | None,
    shift: float | None,
    made: Covariates,
    areas: pd.DataFrame,
    table: pd.DataFrame,
    settings: AreaModel,
) -> dict[str, Any]:
    """The figures of a fitted model as plain numbers."""
    inside = found.areas["in_sample"]
    return {
        "scale": settings.scale,
        "areas_with_direct": found.n_areas,
        "areas_without_direct": int((~inside).sum()),
        "own_variance": found.variance,
        "parent_variance": found.parent_variance,
        "smooth": None if found.smooth is None else dict(found.smooth),
        "benchmark_shift": shift,
        "adjusted": found.adjusted,
        "errors": "bootstrap" if settings.bootstrap else "analytic",
        "indicators": list(found.coef.index[1:]),
        "collinear": list(made.collinear),
        "against_direction": list(made.against),
        "chosen": None if choice is None else chosen(choice),
        "agreement": agreement(areas, table) if inside.sum() > 2 else None,
    }


def chosen(choice: IndicatorChoice) -> dict[str, Any]:
    """The proposal of the lasso, and what it is worth where parent units are left out."""
    return {
        "indicators": list(choice.kept),
        "penalty": choice.penalty,
        "error": choice.error,
        "error_without_indicators": choice.error_of_mean,
        "by_parent": choice.by_parent,
    }


def agreement(areas: pd.DataFrame, table: pd.DataFrame) -> dict[str, float]:
    """Direct against model: correlation, coefficients of variation before and after, and Brown's test.

    W = Σ (y − θ̂)² / (v + mse) over areas with a direct rate, chi-squared with as many degrees of freedom
    where the model is right (Brown, Chambers, Heady & Heasman 2001). Direct variances are θ̂ (1 − θ̂) / n, since those of
    rates of zero would be zero.
    """
    inside = areas["in_sample"].to_numpy()
    y = table["direct"].to_numpy(float)[inside]
    n = table["direct_n"].to_numpy(float)[inside]
    half = (areas["ci_upper"] - areas["ci_lower"]).to_numpy(float) / (2 * norm.ppf(0.975))
    estimate, se = areas["area_risk"].to_numpy(float)[inside], half[inside]
    variance = np.maximum(estimate * (1 - estimate) / n, 1e-12)
    cv_before = np.sqrt(variance) / np.where(estimate > 0, estimate, np.nan)
    cv_after = se / np.where(estimate > 0, estimate, np.nan)
    brown = float(np.sum((y - estimate) ** 2 / (variance + se**2)))
    return {
        "correlation": float(np.corrcoef(y, estimate)[0, 1]),
        "cv_direct_median": float(np.nanmedian(cv_before)),
        "cv_model_median": float(np.nanmedian(cv_after)),
        "brown": brown,
        "df": len(y),
        "p_value": float(chi2.sf(brown, len(y))),
    }
