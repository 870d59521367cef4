"""Estimate the rate of every area from the direct rates of some and the indicators of all.

The direct rate counts as much as it is sure; where there is none the indicators speak alone and the error says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from riskmodel.areamodel.judge import diagnostics
from riskmodel.areamodel.mse import bootstrap_mse, with_mse
from riskmodel.areamodel.predict import LEAST_PARENTS, OWN_PART, Prediction, predict_areas
from riskmodel.areamodel.predict_smooth import predict_smooth
from riskmodel.areamodel.prepare import Covariates, covariates
from riskmodel.areamodel.scales import Scale
from riskmodel.areamodel.selection import IndicatorChoice, lasso_choice
from riskmodel.notes import add_note
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.results import COEFFICIENT_COLUMNS, DIRECT_COLUMNS
from riskmodel.study import AreaModel, Indicator

OUT_OF_SAMPLE, IMPUTED, LACKING = "synthetic_only", "indicators_imputed", "too_few_indicators"

# Fewer areas with a direct rate, beyond the coefficients, leave nothing to learn from.
SPARE_AREAS = 10


@dataclass(frozen=True)
class AreaModelResult:
    """What the area model says.

    areas : area_code, area_risk, se, ci_lower, ci_upper (proportions), notes.
    direct : with results.DIRECT_COLUMNS: the direct rate beside the estimate and the synthetic one.
    gradient, cov, own_se : as `areas.table.Estimates` has them, on the scale of the rate.
    coefficients : with results.COEFFICIENT_COLUMNS: on the model's scale, per standard deviation of the indicator; no
        odds ratios.
    carried : (n, parts) by area_code: what each part adds to the gap with the country, proportions (`_carried`).
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


def compute_area_model(
    names: pd.DataFrame, indicators: Sequence[Indicator], settings: AreaModel, seed: int
) -> AreaModelResult:
    """Fit and estimate.

    Parameters
    ----------
    names : DataFrame
        As `read_areas` gives it: area_code, parent_code, children, direct, direct_n, and the indicators.

    Raises
    ------
    InputProblems
        Too few areas with a direct rate for so many indicators.
    """
    # Matrices are small: threads of the algebra library wait for each other on a busy machine and change the last digits.
    with threadpool_limits(limits=1, user_api="blas"):
        return _computed(names, indicators, settings, seed)


def _computed(names: pd.DataFrame, indicators: Sequence[Indicator], settings: AreaModel, seed: int) -> AreaModelResult:
    made = covariates(names, [i for i in indicators if not settings.indicators or i.name in settings.indicators])
    table = names.set_index("area_code").loc[made.x.index]
    scale = Scale(settings.scale)
    direct, sampling = _on_scale(table, scale)
    known = direct.notna()
    _check_areas(int(known.sum()), made, settings)
    parent = table["parent_code"] if settings.parent_effect else None
    choice, x = None, made.x
    if settings.selection == "lasso":
        choice = _choose(direct[known], sampling[known], x[known], table["parent_code"][known], seed)
        x = x[list(choice.kept)]
    found = _predict(direct, sampling, x, parent, table["direct_n"], settings, seed)
    shift = _benchmark(found, table, scale) if settings.benchmark else None
    areas, slope = _rates(found, scale, shift or 0.0)
    areas["notes"] = _notes(found, made)
    problems = [*made.problems, *_problems(found, choice, shift, settings)]
    return AreaModelResult(
        areas=areas.reindex(pd.Index(names["area_code"], name="area_code"))
        .assign(notes=lambda t: t["notes"].mask(~t.index.isin(areas.index), LACKING))
        .reset_index(),
        direct=_beside(areas, table, scale),
        gradient=found.loading.mul(slope, axis=0),
        cov=found.cov,
        own_se=slope * np.sqrt(found.areas["own_variance"]),
        coefficients=_coefficients(found, slope),
        carried=_carried(found, scale, shift or 0.0, table["children"]),
        diagnostics=diagnostics(found, choice, shift, made, areas, table, settings),
        problems=tuple(problems),
    )


def _on_scale(table: pd.DataFrame, scale: Scale) -> tuple[pd.Series, pd.Series]:
    value, variance = scale.forward(table["direct"].to_numpy(float), table["direct_n"].to_numpy(float))
    return pd.Series(value, table.index), pd.Series(variance, table.index)


def _predict(
    direct: pd.Series,
    sampling: pd.Series,
    x: pd.DataFrame,
    parent: pd.Series | None,
    n: pd.Series,
    settings: AreaModel,
    seed: int,
) -> Prediction:
    """The fit; where sampling variances depend on the rate, a second one with those of the rates estimated by the first."""
    scale = Scale(settings.scale)

    def fit(variances: pd.Series) -> Prediction:
        if settings.smooth:
            return predict_smooth(direct, variances, x, parent, seed)
        return predict_areas(direct, variances, x, parent)

    found = fit(sampling)
    if scale.name == "logit":
        sampling = pd.Series(scale.sampling(found.areas["estimate"].to_numpy(), n.to_numpy(float)), x.index)
        found = fit(sampling)
    if settings.bootstrap:
        found = with_mse(found, bootstrap_mse(found, sampling, x, parent, settings.bootstrap, seed))
    return found


def _check_areas(count: int, made: Covariates, settings: AreaModel) -> None:
    """An error where the indicators are too many for the areas; with the lasso it is for the path to find few."""
    wanted = SPARE_AREAS + (0 if settings.selection == "lasso" else made.x.shape[1] + 1)
    if count < wanted:
        values = {"count": count, "wanted": wanted, "indicators": made.x.shape[1]}
        raise_errors([Problem("area_model_few_areas", Where(key="area_model"), values)])


def _choose(y: pd.Series, sampling: pd.Series, x: pd.DataFrame, parent: pd.Series, seed: int) -> IndicatorChoice:
    """The lasso's choice; areas weigh by their sampling variance and the spread of all about their mean."""
    between = max(float(y.var()) - float(sampling.mean()), 0.1 * float(y.var()))
    return lasso_choice(y, x, 1 / (sampling + between), parent, seed)


def _benchmark(found: Prediction, table: pd.DataFrame, scale: Scale) -> float | None:
    """Shift on the scale that makes the model's figure for the areas with a direct rate equal to the direct one.

    None where the children of one of those areas are not known.
    """
    inside = found.areas["in_sample"].to_numpy()
    children = table["children"].to_numpy(float)[inside]
    if not np.all(children > 0):
        return None
    share = children / children.sum()
    target = float(share @ table["direct"].to_numpy(float)[inside])
    value, mse = found.areas["estimate"].to_numpy()[inside], found.areas["mse"].to_numpy()[inside]

    def gap(shift: float) -> float:
        return float(share @ scale.mean(value + shift, mse)) - target

    reach = 1.0
    if gap(-reach) > 0 or gap(reach) < 0:
        return None
    return float(brentq(gap, -reach, reach, xtol=1e-12))


def _rates(found: Prediction, scale: Scale, shift: float) -> tuple[pd.DataFrame, pd.Series]:
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


def _coefficients(found: Prediction, slope: pd.Series) -> pd.DataFrame:
    """One row per term; `ame` is the mean change of the rate for one standard deviation of the indicator."""
    se = np.sqrt(np.diag(found.cov_coef))
    mean_slope = float(slope.mean())
    out = pd.DataFrame({"term": found.coef.index, "category": "", "coef": found.coef.to_numpy(), "se": se})
    out["determinant"] = out["term"].where(out["term"] != "(intercept)", "")
    out["p_value"] = 2 * norm.sf(np.abs(out["coef"] / out["se"]))
    out["ame"] = (out["coef"] * mean_slope).where(out["determinant"] != "")
    out["ame_se"] = (out["se"] * mean_slope).where(out["determinant"] != "")
    return out.reindex(columns=list(COEFFICIENT_COLUMNS))


def _beside(areas: pd.DataFrame, table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The direct rate and its own interval, the synthetic rate and the estimate, and the weight of the direct rate."""
    value, variance = _on_scale(table, scale)
    lower, upper = scale.interval(value.to_numpy(float), variance.to_numpy(float))
    beside = areas.assign(
        direct=table["direct"], direct_lower=lower, direct_upper=upper, direct_n=table["direct_n"],
        direct_weight=areas["gamma"], synthetic_risk=areas["synthetic"],
    )  # fmt: skip
    return beside.rename_axis("area_code").reset_index()[list(DIRECT_COLUMNS)]


def _carried(found: Prediction, scale: Scale, shift: float, children: pd.Series) -> pd.DataFrame:
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


def _notes(found: Prediction, made: Covariates) -> pd.Series:
    notes = pd.Series("", found.areas.index)
    notes = add_note(notes, ~found.areas["in_sample"], OUT_OF_SAMPLE)
    return add_note(notes, made.imputed.reindex(notes.index), IMPUTED)


def _problems(
    found: Prediction, choice: IndicatorChoice | None, shift: float | None, settings: AreaModel
) -> list[Problem]:
    where = Where(key="area_model")
    problems = []
    if found.adjusted:
        problems.append(Problem("area_model_adjusted", where, severity="note"))
    if settings.parent_effect and found.parent_variance is None:
        problems.append(Problem("area_model_no_parent_effect", where, {"wanted": LEAST_PARENTS}, "note"))
    if settings.benchmark and shift is None:
        problems.append(Problem("area_model_no_benchmark", where, severity="warning"))
    if choice is not None:
        problems.append(Problem("area_model_chosen", where, {"count": len(choice.kept), "of": choice.of}, "note"))
    return problems
