"""Apply an area model that was fitted elsewhere to a table of areas: every estimate is synthetic.

An area far outside what the model saw keeps its estimate, with a note; a table in another unit is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.areamodel.finish import LACKING, AreaModelResult, carried_parts, coefficients, notes, rates
from riskmodel.areamodel.portable_schema import ModelIndicator, PortableAreaModel
from riskmodel.areamodel.predict import PARENT_PART, Prediction, predicted
from riskmodel.areamodel.predict_smooth import SMOOTH_PART
from riskmodel.areamodel.scales import Scale
from riskmodel.areamodel.smooth_effect import kernel_of
from riskmodel.index.availability import fill
from riskmodel.notes import add_note
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import Indicator

OUTSIDE = "outside_model"

# A value this many standard deviations beyond the lowest or highest one of the fit is far outside.
FAR = 1.0


def apply_area_model(
    names: pd.DataFrame, model: PortableAreaModel, same_country: bool, use_parents: bool = True
) -> AreaModelResult:
    """Estimate every area of a table.

    The estimate is z'β̂ + v̂ + f̂(z), and its mean squared error σ² + [z, 1, φ]'C[z, 1, φ], C the joint error of
    coefficients, parents' effects and smooth effect. A parent unit that is not the model's has v̂ = 0 with the variance τ²,
    which its areas share.

    Parameters
    ----------
    names : DataFrame
        As `read_areas` gives it: area_code, parent_code, parent_name, children, and the indicators of the model.
    same_country : bool
        Whether codes of parent units mean the same; otherwise none is taken for one of the model's.
    use_parents : bool
        False leaves the effects of the model's parent units out.

    Raises
    ------
    InputProblems
        `applied_indicator_scale`: an indicator is in another unit than the model's (percent and proportion).
    """
    complete, imputed, lacking = _complete(names, model)
    ranges, outside, problems = _ranges(complete, model)
    raise_errors(problems)
    table = names.set_index("area_code").loc[complete.index]
    matched, unit = _units(table, model, same_country and use_parents)
    applied = _without_unmatched(model, matched)
    problems += _told(model, lacking, imputed, matched, unit)
    found = _prediction(complete, unit, applied)
    scale = Scale(model.scale)
    areas, slope = rates(found, scale, model.shift)
    areas["notes"] = add_note(notes(found, imputed), outside, OUTSIDE)
    return AreaModelResult(
        areas=areas.reindex(pd.Index(names["area_code"], name="area_code"))
        .assign(notes=lambda t: t["notes"].mask(~t.index.isin(areas.index), LACKING))
        .reset_index(),
        direct=pd.DataFrame(),
        gradient=found.loading.mul(slope, axis=0),
        cov=found.cov,
        own_se=slope * np.sqrt(found.areas["own_variance"]),
        coefficients=coefficients(found, slope),
        carried=carried_parts(found, scale, model.shift, table["children"]),
        diagnostics=_diagnostics(model, found, ranges, matched, unit),
        problems=tuple(problems),
    )


def _complete(names: pd.DataFrame, model: PortableAreaModel) -> tuple[pd.DataFrame, pd.Series, int]:
    """Indicators of the areas that have enough of them, which were filled in, and how many areas have too few."""
    used = [Indicator(name=i.name, dimension=i.dimension) for i in model.indicators]
    table = names.set_index("area_code")
    if not used:
        return table[[]], pd.Series(False, table.index), 0
    filled = fill(table[[i.name for i in used]].astype(float), used, table["parent_code"])
    return filled.values, filled.imputed.any(axis=1), len(filled.lacking)


def _ranges(values: pd.DataFrame, model: PortableAreaModel) -> tuple[list[dict[str, Any]], pd.Series, list[Problem]]:
    """Each indicator here beside the range the model saw; areas far outside; what is to be told of them."""
    rows: list[dict[str, Any]] = []
    outside = pd.Series(False, values.index)
    problems: list[Problem] = []
    for one in model.indicators:
        here = values[one.name]
        far = (here < one.lowest - FAR * one.sd) | (here > one.highest + FAR * one.sd)
        outside |= far
        rows.append(
            {
                "indicator": one.name,
                "lowest": one.lowest,
                "highest": one.highest,
                "lowest_here": float(here.min()),
                "highest_here": float(here.max()),
                "areas_outside": int(far.sum()),
            }
        )
        if not far.any():
            continue
        shown = {"name": one.label or one.name, "low": _round(one.lowest), "high": _round(one.highest)}
        where = Where(key=f"indicator.{one.name}")
        if _other_unit(here, one):
            problems.append(Problem("applied_indicator_scale", where, shown | {"median": _round(float(here.median()))}))
        else:
            problems.append(Problem("applied_indicator_outside", where, shown | {"count": int(far.sum())}, "warning"))
    return rows, outside, problems


def _other_unit(here: pd.Series, one: ModelIndicator) -> bool:
    """Whether the table is in percent and the model in proportions, or the other way round."""

    def within(values: pd.Series) -> float:
        return float(values.between(one.lowest, one.highest).mean())

    return within(here) < 0.5 and max(within(here * 100), within(here / 100)) > 0.9


def _round(value: float) -> float:
    return float(f"{value:.4g}")


def _units(table: pd.DataFrame, model: PortableAreaModel, same: bool) -> tuple[set[str], pd.Series]:
    """Parent units that are the model's, and the unit of every area (missing where it names none)."""
    code = table["parent_code"].astype(object)
    if model.parent_variance is None:
        return set(), pd.Series(None, table.index, dtype=object)
    known = {p.code: p.name for p in model.parents} if same else {}
    name = table["parent_name"].where(table["parent_name"] != table["parent_code"]).astype(object)
    matched = set()
    for unit, its_name in dict(zip(code.dropna(), name[code.notna()], strict=True)).items():
        given = known.get(str(unit))
        if given is None:
            continue
        if given and pd.notna(its_name) and given.casefold().strip() != str(its_name).casefold().strip():
            continue
        matched.add(str(unit))
    return matched, code.where(code.notna(), None)


def _without_unmatched(model: PortableAreaModel, matched: set[str]) -> PortableAreaModel:
    """The model with the parents' effects that hold here; the others are units of another place with like codes."""
    kept = [i for i, p in enumerate(model.parents) if p.code in matched]
    first = 1 + len(model.indicators)
    place = [*range(first), *(first + i for i in kept), *range(first + len(model.parents), len(model.covariance))]
    cov = np.array(model.covariance)[np.ix_(place, place)]
    return model.model_copy(update={"parents": tuple(model.parents[i] for i in kept), "covariance": cov})


def _prediction(complete: pd.DataFrame, unit: pd.Series, model: PortableAreaModel) -> Prediction:
    """The model's effects on these areas, with the joint error of what they share."""
    mean, sd = ([getattr(i, key) for i in model.indicators] for key in ("mean", "sd"))
    x = (complete - mean) / sd
    smooth = _smooth_columns(x, model)
    effect = _effects(model, list(smooth.columns))
    coef = effect.iloc[: 1 + x.shape[1]]
    parents = pd.Index([f"parent={p.code}" for p in model.parents], dtype=object)
    here = pd.Index(sorted({f"parent={u}" for u in unit.dropna()} - set(parents)), dtype=object)
    member = pd.DataFrame(
        {n: ("parent=" + unit.astype("string") == n).fillna(False) for n in [*parents, *here]}, x.index
    )
    design = pd.concat([pd.DataFrame({"(intercept)": 1.0}, x.index), x, member.astype(float), smooth], axis=1)
    cov = pd.DataFrame(model.covariance, effect.index, effect.index).reindex(design.columns, fill_value=0.0)
    cov = cov.reindex(columns=design.columns, fill_value=0.0)
    values = cov.to_numpy(copy=True)
    place = design.columns.get_indexer(here)
    values[place, place] = model.parent_variance or 0.0  # units that are not the model's
    nothing = pd.Series(np.nan, x.index)
    found = predicted(
        nothing, nothing, x, design, effect.reindex(design.columns, fill_value=0.0).to_numpy(),
        pd.DataFrame(values, design.columns, design.columns), model.area_variance, model.parent_variance, 0.0, coef, False,
    )  # fmt: skip
    alone = (model.parent_variance or 0.0) * unit.isna()  # an area that names no unit carries the variance by itself
    areas = found.areas.assign(own_variance=lambda t: t["own_variance"] + alone, mse=lambda t: t["mse"] + alone)
    parts = found.parts
    if model.smooth is not None:
        curve = pd.Series(smooth.to_numpy() @ np.array(model.smooth.effect), x.index)
        parts = parts.assign(**{SMOOTH_PART: curve})
    if PARENT_PART in parts:
        units = list(member.columns)
        parts = parts.assign(**{PARENT_PART: member.to_numpy(float) @ effect.reindex(units, fill_value=0.0).to_numpy()})
    return replace(found, areas=areas, parts=parts, n_areas=model.n_areas)


def _smooth_columns(x: pd.DataFrame, model: PortableAreaModel) -> pd.DataFrame:
    """(n, m) columns of the smooth effect; none where the model has none."""
    if model.smooth is None:
        return pd.DataFrame(index=x.index)
    kernel = kernel_of(x.to_numpy(float), np.array(model.smooth.centres), model.smooth.curvature)
    columns = kernel @ np.array(model.smooth.transform)
    return pd.DataFrame(columns, x.index, [f"smooth={i}" for i in range(columns.shape[1])])


def _effects(model: PortableAreaModel, smooth: list[str]) -> pd.Series:
    """Everything estimated, in the order of the covariance."""
    coef = {"(intercept)": model.intercept} | {i.name: i.coef for i in model.indicators}
    parents = {f"parent={p.code}": p.effect for p in model.parents}
    bends = dict(zip(smooth, model.smooth.effect, strict=True)) if model.smooth is not None else {}
    return pd.Series(coef | parents | bends, dtype=float)


def _told(
    model: PortableAreaModel, lacking: int, imputed: pd.Series, matched: set[str], unit: pd.Series
) -> list[Problem]:
    where = Where(key="model")
    problems = []
    if lacking:
        problems.append(Problem("area_model_areas_lacking", where, {"count": lacking}, "warning"))
    if imputed.any():
        problems.append(Problem("area_model_imputed", where, {"count": int(imputed.sum())}, "note"))
    if model.parent_variance is not None:
        count = unit.dropna().nunique()
        code = "applied_parents_known" if matched else "applied_parents_new"
        problems.append(Problem(code, where, {"count": len(matched), "of": count}, "note"))
    return problems


def _diagnostics(
    model: PortableAreaModel, found: Prediction, ranges: list[dict[str, Any]], matched: set[str], unit: pd.Series
) -> dict[str, Any]:
    """As `judge.diagnostics`, of a model from a file."""
    return {
        "scale": model.scale,
        "areas_with_direct": 0,
        "areas_without_direct": len(found.areas),
        "own_variance": model.area_variance,
        "parent_variance": model.parent_variance,
        "smooth": None if model.smooth is None else {"curvature": model.smooth.curvature},
        "benchmark_shift": model.shift,
        "adjusted": bool(model.diagnostics.get("adjusted", False)),
        "errors": "analytic",
        "indicators": [i.name for i in model.indicators],
        "collinear": [],
        "vif": {},
        "against_direction": [],
        "chosen": None,
        "agreement": None,
        "fitted": {"areas": model.n_areas, "measured_rate": model.measured_rate, "year": model.measured.year},
        "ranges": ranges,
        "parents_known": len(matched),
        "parents_here": int(unit.dropna().nunique()),
    }
