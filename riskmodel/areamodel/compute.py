"""Estimate the rate of every area from the direct rates of some and the indicators of all.

The direct rate counts as much as it is sure; where there is none the indicators speak alone and the error says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from threadpoolctl import threadpool_limits

from riskmodel.areamodel.finish import LACKING, AreaModelResult, Fit, carried_parts, coefficients, notes, rates
from riskmodel.areamodel.judge import diagnostics
from riskmodel.areamodel.mse import bootstrap_mse, with_mse
from riskmodel.areamodel.predict import LEAST_PARENTS, Prediction, predict_areas
from riskmodel.areamodel.predict_smooth import predict_smooth
from riskmodel.areamodel.prepare import MOST_INFLATION, Covariates, covariates, inflation
from riskmodel.areamodel.scales import Scale
from riskmodel.areamodel.selection import IndicatorChoice, lasso_choice
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.results import DIRECT_COLUMNS
from riskmodel.study import AreaModel, Indicator

# Fewer areas with a direct rate, beyond the coefficients, leave nothing to learn from.
SPARE_AREAS = 10

# Of many indicators that say nearly the same, so many are named.
MOST_NAMED = 8


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
    areas, slope = rates(found, scale, shift or 0.0)
    areas["notes"] = notes(found, made.imputed)
    factors = inflation(x[known])
    problems = [*made.problems, *_problems(found, choice, shift, settings), *_inflated(factors, indicators)]
    return AreaModelResult(
        areas=areas.reindex(pd.Index(names["area_code"], name="area_code"))
        .assign(notes=lambda t: t["notes"].mask(~t.index.isin(areas.index), LACKING))
        .reset_index(),
        direct=_beside(areas, table, scale),
        gradient=found.loading.mul(slope, axis=0),
        cov=found.cov,
        own_se=slope * np.sqrt(found.areas["own_variance"]),
        coefficients=coefficients(found, slope),
        carried=carried_parts(found, scale, shift or 0.0, table["children"]),
        diagnostics=diagnostics(found, choice, shift, made, areas, table, settings) | {"vif": factors.to_dict()},
        problems=tuple(problems),
        fit=_fit(found, shift or 0.0, made, x, table),
    )


def _fit(found: Prediction, shift: float, made: Covariates, x: pd.DataFrame, table: pd.DataFrame) -> Fit:
    """What travels of the model."""
    kept, inside = list(x.columns), found.areas["in_sample"]
    mean, sd = made.mean[kept], made.sd[kept]
    direct, children = table["direct"][inside], table["children"][inside]
    weight = children if children.gt(0).all() else None
    return Fit(
        found=found,
        shift=shift,
        mean=mean,
        sd=sd,
        lowest=mean + sd * x[inside].min(),
        highest=mean + sd * x[inside].max(),
        measured_rate=float(np.average(direct, weights=weight)),
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


def _beside(areas: pd.DataFrame, table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The direct rate and its own interval, the synthetic rate and the estimate, and the weight of the direct rate."""
    value, variance = _on_scale(table, scale)
    lower, upper = scale.interval(value.to_numpy(float), variance.to_numpy(float))
    beside = areas.assign(
        direct=table["direct"], direct_lower=lower, direct_upper=upper, direct_n=table["direct_n"],
        direct_weight=areas["gamma"], synthetic_risk=areas["synthetic"],
    )  # fmt: skip
    return beside.rename_axis("area_code").reset_index()[list(DIRECT_COLUMNS)]


def _inflated(factors: pd.Series, indicators: Sequence[Indicator]) -> list[Problem]:
    """A note that names the indicators which say nearly the same as the others together."""
    labels = {i.name: i.label or i.name for i in indicators}
    high = factors[factors > MOST_INFLATION]
    if high.empty:
        return []
    shown = ", ".join(labels[str(n)] for n in high.index[:MOST_NAMED]) + (", …" if len(high) > MOST_NAMED else "")
    values = {"count": len(high), "names": shown, "limit": MOST_INFLATION}
    return [Problem("area_model_inflated", Where(key="indicator"), values, "note")]


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
