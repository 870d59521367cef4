"""The four routes from inputs to estimates by area.

A route ends in `Estimates`; what it cannot know stays missing there and is shown as "not available with this method".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.areamodel.applied import same_country
from riskmodel.areamodel.apply import apply_area_model
from riskmodel.areamodel.compute import compute_area_model
from riskmodel.areamodel.finish import AreaModelResult, Fit
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.areas.benchmark import record_of, target_of
from riskmodel.areas.estimators import own_errors
from riskmodel.areas.group_errors import finished_gaps, finished_parents
from riskmodel.areas.means import weighted_mean
from riskmodel.areas.table import AreaTables, Estimates
from riskmodel.areas.uncertainty import group_own_error, logit_interval, own_error
from riskmodel.decisions.contributions import (
    AREA_EFFECT,
    BENCHMARK,
    contributions_of_area_model,
    contributions_of_index,
    contributions_of_model,
    sampled,
    with_part,
)
from riskmodel.decisions.shares import determinant_shares
from riskmodel.i18n import N_
from riskmodel.index.examine import Examination, examine
from riskmodel.index.of_study import index_of_study, index_record
from riskmodel.inputs.area_codes import check_area_codes, check_survey_areas
from riskmodel.inputs.harmonise import harmonisation_table, survey_shares
from riskmodel.inputs.survey import read_survey
from riskmodel.inputs.weights import check_totals
from riskmodel.notes import add_note
from riskmodel.population.microdata import PopulationScores
from riskmodel.population.source import score_source
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.progress import Progress
from riskmodel.results import CONTRIBUTION_COLUMNS, GROUP_COLUMNS
from riskmodel.study import Study
from riskmodel.study_groups import group_list
from riskmodel.survey.area_effect import AreaVariance, area_variance
from riskmodel.survey.assessment import assess
from riskmodel.survey.benchmark import DirectEstimates, direct_estimates
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from riskmodel.survey.mixed import MixedLogit, fit_mixed_logit, marginal_coef
from riskmodel.survey.model_file import area_variance_of, shares_of, survey_model
from riskmodel.survey.model_schema import PortableModel
from riskmodel.survey.predicted import with_predictions
from riskmodel.survey.selection import propose


@dataclass(frozen=True)
class Fitted:
    """A survey model with what else the survey says: fitted here, or read from a file."""

    model: SurveyModel
    between: AreaVariance
    shares: pd.DataFrame  # determinant, category, share: weighted, of the survey
    problems: list[Problem]
    direct: DirectEstimates | None = None  # by domain, where the survey has domains to agree with
    area_codes: tuple[str, ...] = ()  # areas with children in the survey; none with a model from a file
    judged: Mapping[str, Any] = field(default_factory=dict)  # diagnostics beyond the fit; none with a model from a file
    frame: pd.DataFrame | None = None  # the survey as it was read; none with a model from a file
    mixed: MixedLogit | None = None  # with the effects of areas, where areas are predicted


@dataclass(frozen=True)
class RouteResult:
    """What a route hands to the common steps.

    `interval` says what the interval covers: "coefficients" (the survey's sampling error of the model),
    "coefficients_and_areas" (also what the determinants leave unexplained about an area), "area_model" (the area
    model's), "given" (the error in the table) or "none".
    """

    estimates: Estimates
    contributions: Callable[[AreaTables], pd.DataFrame]
    problems: list[Problem]
    interval: str
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    parent_groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    gaps: pd.DataFrame = field(default_factory=pd.DataFrame)
    coefficients: pd.DataFrame = field(default_factory=pd.DataFrame)
    harmonisation: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_scores: pd.DataFrame = field(default_factory=pd.DataFrame)
    fitted: Fitted | None = None
    raking: pd.DataFrame = field(default_factory=pd.DataFrame)
    estimators: pd.DataFrame = field(default_factory=pd.DataFrame)  # by area_code, where areas are predicted
    shares: pd.DataFrame = field(default_factory=pd.DataFrame)  # of determinants by area; never written
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    direct: pd.DataFrame = field(default_factory=pd.DataFrame)
    area_fit: Fit | None = None  # an area model fitted here
    examine: Callable[[AreaTables], Examination] = lambda tables: Examination()  # an index, once its levels are known


def risk_model(
    study: Study,
    folder: Path,
    scratch: Path,
    names: pd.DataFrame | None,
    progress: Progress,
    applied: PortableModel | None = None,
) -> RouteResult:
    """Survey model applied to every child of the population (docs/method.md).

    `applied`: a model fitted elsewhere, in place of the survey; the study is then as `study_with_model` gives it.
    """
    fitted = _from_file(applied) if applied else _fit(study, folder, progress)
    study = _with_model_determinants(study)
    model, between = fitted.model, fitted.between
    progress(N_("Scoring every child of the population"), 0.20)
    target = target_of(fitted.direct, names)
    parents = parent_of(names)
    done = 0.60 if fitted.mixed else 0.75
    part = _part(progress, 0.20, done)
    scores = score_source(study, folder, model, fitted.frame, part, scratch, target, parents, fitted.mixed)
    own = _own_errors(study, scores, fitted, _part(progress, done, 0.75))
    effect = None if own is None else (own / _slope(scores).reindex(own.index)) ** 2
    progress(N_("Comparing survey and population"), 0.75)
    assert study.population is not None
    harmonised, shares_differ = harmonisation_table(fitted.shares, scores.shares, study.population.tolerance)
    problems = [*fitted.problems, *model.notes, *scores.problems, *shares_differ, *between.notes]
    problems += _survey_areas(study, fitted.area_codes, scores) + _coverage(study)
    problems += sampled(model.terms, scores.profiles, model.coef)
    problems += _totals(study, fitted.frame, scores)
    problems += fitted.mixed.notes if fitted.mixed else ()
    shifts, found = record_of(fitted.direct, scores.benchmark)
    problems += found
    if names is not None:
        assert study.areas is not None
        problems += check_area_codes(
            scores.areas["area_code"], names["area_code"], study.population.file, study.areas.file
        )
    raise_errors(problems)
    shifted = scores.benchmark or scores.prediction
    cov = shifted.cov if shifted else model.cov
    return RouteResult(
        estimates=Estimates(_area_estimates(scores), scores.gradient, cov, own),
        contributions=lambda tables: _model_contributions(study, fitted, scores, tables),
        problems=problems,
        interval="coefficients" if own is None else "coefficients_and_areas",
        groups=_groups(scores, effect),
        parent_groups=finished_parents(scores.parent_groups, scores.groups, parents, effect),
        gaps=finished_gaps(scores.gaps, scores.groups, parents, effect),
        coefficients=model.coefficients(),
        harmonisation=harmonised,
        fitted=fitted,
        raking=scores.raking,
        estimators=scores.prediction.table if scores.prediction else pd.DataFrame(),
        shares=determinant_shares(scores.profiles, scores.area_profiles, pd.Index(scores.areas["area_code"])),
        diagnostics={
            **model.diagnostics,
            **fitted.judged,
            "area_variance": between.record(),
            "benchmark": shifts,
            **({"area_prediction": fitted.mixed.record()} if fitted.mixed else {}),
        },
    )


def parent_of(names: pd.DataFrame | None) -> pd.Series | None:
    """Parent unit by area_code; None where no area has one."""
    if names is None or "parent_code" not in names or not names["parent_code"].notna().any():
        return None
    return names.drop_duplicates("area_code").set_index("area_code")["parent_code"].dropna().astype(str)


def _fit(study: Study, folder: Path, progress: Progress) -> Fitted:
    """Fit the model to the study's survey."""
    assert study.survey is not None  # the study was checked
    progress(N_("Reading the survey"), 0.03)
    frame, problems = read_survey(study, folder)
    raise_errors(problems)
    survey, candidates = study.survey, study.determinant
    study = _with_model_determinants(study)
    if not study.determinant:
        raise_errors([Problem("model_no_determinant", Where(key="determinant.in_model"), {"count": len(candidates)})])
    progress(N_("Fitting the survey model"), 0.10)
    model = fit_survey_model(
        frame, study.determinant, survey.lonely_psu, survey.replicates, survey.estimation, study.interaction
    )
    model = with_predictions(frame, model)
    progress(N_("Judging the survey model"), 0.15)
    judged = assess(frame, model, survey.lonely_psu, study.study.seed)
    if survey.selection:
        progress(N_("Proposing which determinants to keep"), 0.17)
        judged["selection"] = propose(
            frame, candidates, survey.lonely_psu, study.study.seed, survey.estimation, study.interaction
        )
    codes = frame.loc[frame["area_code"] != "", "area_code"].unique() if "area_code" in frame else ()
    shares = survey_shares(frame, study.determinant)
    wanted = bool(survey.domain) and survey.benchmark
    direct = direct_estimates(frame, model, survey.lonely_psu) if wanted else None
    between, mixed = area_variance(frame, model), None
    if survey.area_estimate == "prediction":
        progress(N_("Fitting the differences between areas"), 0.18)
        mixed = fit_mixed_logit(frame, model.terms, survey.lonely_psu, between.design_effect or 1.0)
    return Fitted(model, between, shares, problems, direct, tuple(map(str, codes)), judged, frame, mixed)


def _with_model_determinants(study: Study) -> Study:
    """The study without the determinants that are declared and kept out of the model; groups may still be made of them."""
    kept = tuple(d for d in study.determinant if d.in_model)
    return study.model_copy(update={"determinant": kept, "group": group_list(study)})


def _from_file(applied: PortableModel) -> Fitted:
    """A model as it came, with the problems told already when it was set up."""
    return Fitted(survey_model(applied), area_variance_of(applied), shares_of(applied), [])


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Progress of a step that is a part of the whole."""
    return lambda step, share: progress(step, start + share * (end - start))


def vulnerability_index(study: Study, folder: Path, names: pd.DataFrame, progress: Progress) -> RouteResult:
    """Composite index of indicators (docs/method.md)."""
    progress(N_("Computing the index"), 0.20)
    result, problems = index_of_study(study, folder, names)
    areas = result.scores[["area_code", "index", "notes"]]
    return RouteResult(
        estimates=Estimates(areas),
        contributions=lambda tables: contributions_of_index(result, names),
        problems=problems,
        interval="none",
        index_scores=result.scores.drop(columns=["notes"]),
        diagnostics={**index_record(result), "coherence": result.coherence},
        examine=lambda tables: examine(
            result.steps,
            tables.areas.set_index("area_code")["level"],
            study.index.robustness,
            study.study.seed,
            _part(progress, 0.80, 0.86),
        ),
    )


def area_model(study: Study, names: pd.DataFrame, progress: Progress) -> RouteResult:
    """Direct rates of some areas joined with the indicators of all (docs/method.md)."""
    assert study.area_model is not None  # the study was checked
    progress(N_("Fitting the area model"), 0.20)
    return _of_area_model(compute_area_model(names, study.indicator, study.area_model, study.study.seed), names)


def applied_area_model(study: Study, names: pd.DataFrame, progress: Progress, model: PortableAreaModel) -> RouteResult:
    """An area model fitted elsewhere, applied to the indicators of every area (docs/method.md)."""
    assert study.model is not None
    progress(N_("Applying the area model"), 0.20)
    return _of_area_model(apply_area_model(names, model, same_country(study, model), study.model.parents), names)


def _of_area_model(result: AreaModelResult, names: pd.DataFrame) -> RouteResult:
    columns = ["area_code", "area_risk", "se", "ci_lower", "ci_upper", "notes"]
    areas = result.areas[columns].merge(names[["area_code", "children"]], on="area_code")
    return RouteResult(
        estimates=Estimates(areas, result.gradient, result.cov, result.own_se),
        contributions=lambda tables: contributions_of_area_model(
            result.carried,
            tables.areas.set_index("area_code")["area_risk"],
            float(tables.national["area_risk"].iloc[0]),
        ),
        problems=list(result.problems),
        interval="area_model",
        coefficients=result.coefficients,
        diagnostics=result.diagnostics,
        direct=result.direct,
        area_fit=result.fit,
    )


def given_risk(names: pd.DataFrame) -> RouteResult:
    """A risk that stands in the table already, with its error if the table has one."""
    has_error = "se" in names and names["se"].notna().any()
    return RouteResult(
        estimates=Estimates(names[["area_code", "area_risk", *(["se"] if has_error else [])]]),
        contributions=lambda tables: pd.DataFrame(columns=list(CONTRIBUTION_COLUMNS)),
        problems=[],
        interval="given" if has_error else "none",
    )


def _area_estimates(scores: PopulationScores) -> pd.DataFrame:
    areas = scores.areas[["area_code", "children", "area_risk", "se", "unscored_share"]].assign(notes="")
    if len(scores.raking):
        met = scores.raking.set_index("area_code")["met"].reindex(areas["area_code"]).fillna(True)
        areas["notes"] = add_note(areas["notes"], ~met.reset_index(drop=True).astype(bool), "margins_not_met")
    return areas


def _survey_areas(study: Study, codes: tuple[str, ...], scores: PopulationScores) -> list[Problem]:
    """Areas of the survey that are not those of the population; an error where none is: their variance is another's."""
    if not codes:
        return []
    assert study.survey is not None
    assert study.population is not None
    return check_survey_areas(scores.areas["area_code"], codes, study.population.file, study.survey.file)


def _totals(study: Study, frame: pd.DataFrame | None, scores: PopulationScores) -> list[Problem]:
    """Weights of the survey that count other children than the population does."""
    if frame is None or study.survey is None or not study.survey.weight:
        return []
    assert study.population is not None
    where = Where(Path(study.survey.file).name, study.survey.sheet, study.survey.weight)
    return check_totals(frame, scores.national["children"], study.population.coverage, where)


def _coverage(study: Study) -> list[Problem]:
    """A register that does not hold every child says so; nothing is scaled."""
    assert study.population is not None
    share = study.population.coverage
    if share == 1:
        return []
    where = Where(Path(study.population.file).name, key="population.coverage")
    return [Problem("population_coverage", where, {"percent": round(100 * share, 1)}, "warning")]


def _own_errors(study: Study, scores: PopulationScores, fitted: Fitted, progress: Progress) -> pd.Series | None:
    """What each area's risk may differ by from that of like children elsewhere (docs/method.md)."""
    if fitted.mixed is not None and scores.prediction is not None:
        return own_errors(fitted.mixed, scores.prediction, study.study.seed, progress)
    return None if fitted.between.variance is None else own_error(_slope(scores), fitted.between.variance)


def _slope(scores: PopulationScores) -> pd.Series:
    """Derivative of each area's risk by a shift of its own, by area_code."""
    return scores.areas.set_index("area_code")["slope"]


def _groups(scores: PopulationScores, effect: pd.Series | None) -> pd.DataFrame:
    """Groups with interval and expected count; a group shares the effect of its area.

    effect : variance of each area's effect on the logit scale, by area_code; None leaves it out.
    """
    out = scores.groups.copy()
    if effect is not None:
        out["se"] = np.hypot(out["se"], group_own_error(scores.groups, effect))
    out["ci_lower"], out["ci_upper"] = logit_interval(out["area_risk"], out["se"])
    out["expected_count"] = out["area_risk"] * out["children"]
    return out[list(GROUP_COLUMNS)]


def _model_contributions(study: Study, fitted: Fitted, scores: PopulationScores, tables: AreaTables) -> pd.DataFrame:
    """Gap with the country by determinant, and what the benchmark or the effects of areas add to it."""
    risk = tables.areas.set_index("area_code")["area_risk"]
    national = float(tables.national["area_risk"].iloc[0])
    before, national_before = risk, national
    model, coef = fitted.model, fitted.model.coef
    if fitted.mixed is not None and scores.prediction is not None:
        # Without its own effect an area would have the synthetic risk; all else of its gap is of the determinants.
        before = scores.prediction.table["synthetic_risk"].reindex(risk.index).where(risk.notna())
        coef = marginal_coef(fitted.mixed)
    if scores.benchmark is not None:
        before = scores.benchmark.before.reindex(risk.index).where(risk.notna())
        children = tables.areas.set_index("area_code")["children"]
        national_before = weighted_mean(before, children)
    found = contributions_of_model(
        coef=coef,
        terms=model.terms,
        profiles=scores.profiles,
        area_profiles=scores.area_profiles,
        area_risk=before,
        national_risk=national_before,
        seed=study.study.seed,
    )
    name = BENCHMARK if scores.prediction is None else AREA_EFFECT
    return with_part(found, name, (risk - national) - (before - national_before))
