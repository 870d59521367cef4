"""Bring estimates of the area model from its scale back to rates: intervals, coefficients in points, what each part adds.

The same for a model fitted here and for one from a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from riskmodel.areamodel.predict import OWN_PART, Prediction
from riskmodel.areamodel.scales import Scale
from riskmodel.notes import add_note
from riskmodel.problems import Problem
from riskmodel.results import COEFFICIENT_COLUMNS

OUT_OF_SAMPLE, IMPUTED, LACKING = "synthetic_only", "indicators_imputed", "too_few_indicators"


@dataclass(frozen=True)
class Fit:
    """A model fitted here, for its file."""

    found: Prediction
    shift: float
    mean: pd.Series  # (p,) of the indicators in the model, in their units
    sd: pd.Series
    lowest: pd.Series  # among the areas with a direct rate
    highest: pd.Series
    measured_rate: float


@dataclass(frozen=True)
class AreaModelResult:
    """What the area model says.

    areas : area_code, area_risk, se, ci_lower, ci_upper (proportions), notes.
    direct : with results.DIRECT_COLUMNS: the direct rate beside the estimate and the synthetic one.
    gradient, cov, own_se : as `areas.table.Estimates` has them, on the scale of the rate.
    fit : what travels of a model fitted here; None with one from a file.
    coefficients : with results.COEFFICIENT_COLUMNS: on the model's scale, per standard deviation of the indicator; no
        odds ratios.
    carried : (n, parts) by area_code: what each part adds to the gap with the country, proportions (`carried_parts`).
    """

    areas: pd.DataFrame
    direct: pd.DataFrame
    gradient: pd.DataFrame
    cov: pd.DataFrame
    own_se: pd.Series
    coefficients: pd.DataFrame
    carried: pd.DataFrame
    diagnostics: dict[str, Any]
    problems: tuple[Problem, ...]
    fit: Fit | None = None


def rates(found: Prediction, scale: Scale, shift: float) -> tuple[pd.DataFrame, pd.Series]:
    """Rates with their intervals, and what a unit of error on the scale is worth in the rate of each area.

    The interval is that of the scale brought back; an error on the rate is its half-width over 1.96, so that it says the
    same. `se` is the part shared with other areas.
    """
    value = found.areas["estimate"].to_numpy() + shift
    mse = found.areas["mse"].to_numpy()
    rate = scale.mean(value, mse)
    lower, upper = scale.interval(value, mse)
    upper = np.maximum(upper, rate)  # beyond the end of the arcsine the mean of the curve can lie above both ends
    slope = (upper - lower) / (2 * norm.ppf(0.975) * np.sqrt(mse))
    shared = np.sqrt(np.maximum(mse - found.areas["own_variance"].to_numpy(), 0.0))
    areas = pd.DataFrame(
        {
            "area_risk": rate,
            "se": slope * shared,
            "ci_lower": lower,
            "ci_upper": upper,
            "synthetic": scale.mean(found.areas["synthetic"].to_numpy() + shift, _synthetic_mse(found)),
            "gamma": found.areas["gamma"],
            "in_sample": found.areas["in_sample"],
        },
        index=found.areas.index,
    )
    return areas, pd.Series(slope, found.areas.index)


def _synthetic_mse(found: Prediction) -> np.ndarray:
    """Error of the estimate had the area no direct rate."""
    areas = found.areas
    shared = (areas["mse"] - areas["own_variance"]) / (1 - areas["gamma"]) ** 2
    return (found.variance + shared).where(areas["in_sample"], areas["mse"]).to_numpy()


def coefficients(found: Prediction, slope: pd.Series) -> pd.DataFrame:
    """One row per term; `ame` is the mean change of the rate for one standard deviation of the indicator."""
    se = np.sqrt(np.diag(found.cov_coef))
    mean_slope = float(slope.mean())
    out = pd.DataFrame({"term": found.coef.index, "category": "", "coef": found.coef.to_numpy(), "se": se})
    out["determinant"] = out["term"].where(out["term"] != "(intercept)", "")
    out["p_value"] = 2 * norm.sf(np.abs(out["coef"] / out["se"]))
    out["ame"] = (out["coef"] * mean_slope).where(out["determinant"] != "")
    out["ame_se"] = (out["se"] * mean_slope).where(out["determinant"] != "")
    return out.reindex(columns=list(COEFFICIENT_COLUMNS))


def carried_parts(found: Prediction, scale: Scale, shift: float, children: pd.Series) -> pd.DataFrame:
    """What each part adds to the gap of an area's rate with the country's, (n, parts) proportions by area_code.

    On the model's scale a part is what a covariate adds in the area less what it adds in the country (mean weighted by
    children, simple where they are not known); the area's own direct rate is set against saying nothing. The parts are carried to the rate along the straight line from country
    to area, on which all grow alike (Aumann & Shapley 1974): each keeps its share of the whole.
    """
    parts = found.parts
    weight = children.to_numpy(float) if children.gt(0).all() else np.ones(len(parts))
    country = pd.Series(np.average(parts.to_numpy(), axis=0, weights=weight), parts.columns)
    country[OWN_PART] = 0.0
    centred = parts - country
    value = found.areas["estimate"].to_numpy() + shift
    middle = value - centred.sum(axis=1).to_numpy()
    step = value - middle
    near = np.abs(step) < 1e-6
    quotient = (scale.inverse(value) - scale.inverse(middle)) / np.where(near, 1.0, step)
    return centred.mul(np.where(near, scale.slope(middle), quotient), axis=0)


def notes(found: Prediction, imputed: pd.Series) -> pd.Series:
    """What is told of each area: no direct rate, an indicator filled in."""
    notes = pd.Series("", found.areas.index)
    notes = add_note(notes, ~found.areas["in_sample"], OUT_OF_SAMPLE)
    return add_note(notes, imputed.reindex(notes.index), IMPUTED)
