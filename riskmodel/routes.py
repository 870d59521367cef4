"""The three routes from inputs to estimates by area.

A route ends in `Estimates`; what it cannot know stays missing there and is shown as "not available with this method".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.areas.table import AreaTables, Estimates
from riskmodel.areas.uncertainty import group_own_error, logit_interval, own_error
from riskmodel.decisions.contributions import contributions_of_index, contributions_of_model
from riskmodel.i18n import N_
from riskmodel.index.compute import compute_index
from riskmodel.inputs.area_codes import check_area_codes
from riskmodel.inputs.harmonise import harmonisation_table, survey_shares
from riskmodel.inputs.survey import read_survey
from riskmodel.notes import add_note
from riskmodel.population.microdata import PopulationScores
from riskmodel.population.source import score_source
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.progress import Progress
from riskmodel.results import CONTRIBUTION_COLUMNS, GROUP_COLUMNS
from riskmodel.study import Study
from riskmodel.survey.area_effect import AreaVariance, area_variance
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from riskmodel.survey.terms import INTERCEPT


@dataclass(frozen=True)
class RouteResult:
    """What a route hands to the common steps.

    `interval` says what the interval covers: "coefficients" (the survey's sampling error of the model),
    "coefficients_and_areas" (also what the determinants leave unexplained about an area), "given" (the error in the
    table) or "none".
    """

    estimates: Estimates
    contributions: Callable[[AreaTables], pd.DataFrame]
    problems: list[Problem]
    interval: str
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    coefficients: pd.DataFrame = field(default_factory=pd.DataFrame)
    harmonisation: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_scores: pd.DataFrame = field(default_factory=pd.DataFrame)
    raking: pd.DataFrame = field(default_factory=pd.DataFrame)
    diagnostics: Mapping[str, Any] = field(default_factory=dict)


def risk_model(
    study: Study, folder: Path, scratch: Path, names: pd.DataFrame | None, progress: Progress
) -> RouteResult:
    """Survey model applied to every child of the population (docs/method.md)."""
    assert study.survey is not None  # the study was checked
    progress(N_("Reading the survey"), 0.03)
    frame, problems = read_survey(study, folder)
    raise_errors(problems)
    progress(N_("Fitting the survey model"), 0.10)
    model = fit_survey_model(frame, study.determinant, study.survey.lonely_psu)
    progress(N_("Scoring every child of the population"), 0.20)
    scores = score_source(study, folder, model, frame, _part(progress, 0.20, 0.75), scratch)
    progress(N_("Comparing survey and population"), 0.75)
    harmonised, shares_differ = harmonisation_table(survey_shares(frame, study.determinant), scores.shares)
    between = area_variance(frame, model)
    problems = [*problems, *model.notes, *scores.problems, *shares_differ, *between.notes]
    problems += _survey_areas(study, frame, scores) + _coverage(study)
    if names is not None:
        assert study.population is not None
        assert study.areas is not None
        problems += check_area_codes(
            scores.areas["area_code"], names["area_code"], study.population.file, study.areas.file
        )
    raise_errors(problems)
    return RouteResult(
        estimates=Estimates(_area_estimates(scores), scores.gradient, model.cov, _own_errors(scores, between)),
        contributions=lambda tables: _model_contributions(study, model, scores, tables),
        problems=problems,
        interval="coefficients" if between.variance is None else "coefficients_and_areas",
        groups=_groups(scores.groups, between),
        coefficients=model.coefficients(),
        harmonisation=harmonised,
        raking=scores.raking,
        diagnostics={**model.diagnostics, "area_variance": between.record()},
    )


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Progress of a step that is a part of the whole."""
    return lambda step, share: progress(step, start + share * (end - start))


def vulnerability_index(study: Study, names: pd.DataFrame, progress: Progress) -> RouteResult:
    """Composite index of indicators (docs/method.md)."""
    progress(N_("Computing the index"), 0.20)
    result = compute_index(names, study.indicator, study.index)
    areas = result.scores[["area_code", "index", "notes"]]
    return RouteResult(
        estimates=Estimates(areas),
        contributions=lambda tables: contributions_of_index(result, names),
        problems=list(result.problems),
        interval="none",
        index_scores=result.scores.drop(columns=["notes"]),
        diagnostics={"effective_weights": result.effective_weights.to_dict(), "coherence": result.coherence},
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


def _survey_areas(study: Study, frame: pd.DataFrame, scores: PopulationScores) -> list[Problem]:
    """Areas of the survey that are not those of the population are an error: their variance would be another's."""
    assert study.survey is not None
    assert study.population is not None
    if "area_code" not in frame:
        return []
    codes = frame.loc[frame["area_code"] != "", "area_code"].unique()
    found = check_area_codes(scores.areas["area_code"], codes, study.population.file, study.survey.file)
    return [p for p in found if p.is_error]  # a survey need not reach every area


def _coverage(study: Study) -> list[Problem]:
    """A register that does not hold every child says so; nothing is scaled."""
    assert study.population is not None
    share = study.population.coverage
    if share == 1:
        return []
    where = Where(Path(study.population.file).name, key="population.coverage")
    return [Problem("population_coverage", where, {"percent": round(100 * share, 1)}, "warning")]


def _own_errors(scores: PopulationScores, between: AreaVariance) -> pd.Series | None:
    """What each area's risk may differ by from that of like children elsewhere (docs/method.md)."""
    return None if between.variance is None else own_error(scores.gradient[INTERCEPT], between.variance)


def _groups(groups: pd.DataFrame, between: AreaVariance) -> pd.DataFrame:
    """Groups with interval and expected count."""
    out = groups.copy()
    if between.variance is not None:
        out["se"] = np.hypot(out["se"], group_own_error(groups, between.variance))
    out["ci_lower"], out["ci_upper"] = logit_interval(out["area_risk"], out["se"])
    out["expected_count"] = out["area_risk"] * out["children"]
    return out[list(GROUP_COLUMNS)]


def _model_contributions(
    study: Study, model: SurveyModel, scores: PopulationScores, tables: AreaTables
) -> pd.DataFrame:
    """Gap with the country by determinant, in the order of the study."""
    return contributions_of_model(
        coef=model.coef,
        terms=model.terms.table,
        profiles=scores.profiles,
        area_profiles=scores.area_profiles,
        area_risk=tables.areas.set_index("area_code")["area_risk"],
        national_risk=float(tables.national["area_risk"].iloc[0]),
        seed=study.study.seed,
    )
