"""The variance of area effects against worlds whose truth is known, and the coverage of the intervals it makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import norm

from riskmodel.areas.table import Estimates, build_tables
from riskmodel.areas.uncertainty import own_error
from riskmodel.i18n import say, translator
from riskmodel.study import Determinant, Levels, Rule
from riskmodel.survey.area_effect import LEAST_AREAS, area_variance, variance_between
from riskmodel.survey.logit import SurveyModel, fit_survey_model

DETERMINANTS = [
    Determinant(name="sex", survey=Rule(column="sex"), reference="girl"),
    Determinant(name="zone", survey=Rule(column="zone"), reference="urban"),
]
SEXES, ZONES = np.array(["girl", "boy", "girl", "boy"]), np.array(["urban", "urban", "rural", "rural"])
CELLS = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]])  # intercept, boy, rural
TRUE = np.array([-2.7, 0.7, 0.9])  # 6 to 25 % by cell, about 12 % in all


@dataclass(frozen=True)
class World:
    """Areas that are mixtures of four kinds of children, their true risk, and a survey of them."""

    shares: np.ndarray  # (areas, 4)
    risk: np.ndarray  # (areas,)
    survey: pd.DataFrame


def world(seed: int, sd: float, areas: int = 150, psus: int = 4, children: int = 15, psu_sd: float = 0.0) -> World:
    """Effects of areas have standard deviation `sd`, those of PSUs `psu_sd`; weights differ between areas and children."""
    rng = np.random.default_rng(seed)
    rural = rng.beta(1.5, 1.5, areas)
    shares = np.column_stack([0.5 * (1 - rural), 0.5 * (1 - rural), 0.5 * rural, 0.5 * rural])
    effect = rng.normal(0, sd, areas)
    area = np.repeat(np.arange(areas), psus * children)
    psu = np.repeat(np.arange(areas * psus), children)
    cell = (rng.random(len(area))[:, None] > shares.cumsum(axis=1)[area]).sum(axis=1).clip(0, 3)
    eta = CELLS @ TRUE
    places = psu_sd * norm.ppf((np.arange(99) + 0.5) / 99)  # the PSUs of the population, drawn or not
    risk = expit(eta[:, None] + effect[:, None, None] + places).mean(axis=2)
    chance = expit(eta[cell] + effect[area] + rng.normal(0, psu_sd, areas * psus)[psu])
    survey = pd.DataFrame(
        {
            "outcome": (rng.random(len(area)) < chance).astype(float),
            "weight": rng.lognormal(0, 0.5, areas)[area] * rng.uniform(0.7, 1.3, len(area)),
            "stratum": pd.array((area % 10).astype(str), dtype="string"),
            "psu": pd.array(psu.astype(str), dtype="string"),
            "area_code": pd.array([f"{a:03d}" for a in area], dtype="string"),
            "in_domain": True,
            "sex": pd.array(SEXES[cell], dtype="string"),
            "zone": pd.array(ZONES[cell], dtype="string"),
        }
    )
    return World(shares, (shares * risk).sum(axis=1), survey)


def estimated(made: World, model: SurveyModel, variance: float | None) -> pd.DataFrame:
    """The table of areas as a run makes it."""
    p = expit(CELLS @ model.coef.to_numpy()[[0, *_positions(model)]])
    codes = pd.Index([f"{a:03d}" for a in range(len(made.shares))], name="area_code")
    x = CELLS[:, np.argsort([0, *_positions(model)])]
    gradient = pd.DataFrame((made.shares * p * (1 - p)) @ x, index=codes, columns=model.terms.names)
    g = gradient.to_numpy()
    se = np.sqrt(np.einsum("ij,jk,ik->i", g, model.cov.to_numpy(), g))
    table = pd.DataFrame({"area_code": codes, "children": 1000.0, "area_risk": made.shares @ p, "se": se})
    own = None if variance is None else own_error(gradient["(intercept)"], variance)
    return build_tables(Estimates(table, gradient, model.cov, own), None, "area_risk", Levels(), seed=1).areas


def _positions(model: SurveyModel) -> list[int]:
    return [model.terms.names.index(name) for name in ("sex=boy", "zone=rural")]


def repeated(sd: float, seeds: range, **design: float) -> pd.DataFrame:
    """One row per world: variance found, coverage with both parts and with the coefficients alone, mean error."""
    rows = []
    for seed in seeds:
        made = world(seed, sd, **design)  # type: ignore[arg-type]
        model = fit_survey_model(made.survey, DETERMINANTS)
        found = area_variance(made.survey, model)
        row = {"unadjusted": found.unadjusted, "variance": found.variance, "design_effect": found.design_effect}
        for name, variance in (("covered", found.variance), ("covered_by_coefficients", None)):
            table = estimated(made, model, variance)
            row[name] = ((table["ci_lower"] <= made.risk) & (made.risk <= table["ci_upper"])).mean()
        row["error"] = float((table["area_risk"] - made.risk).mean() / made.risk.mean())
        rows.append(row)
    told = pd.DataFrame(rows)
    means = ", ".join(f"{name} {value:.4f}" for name, value in told.mean().items())
    print(f"\nsd {sd} {design or ''}, {len(told)} worlds: {means}; unadjusted ± {told['unadjusted'].std():.4f}")
    return told


@pytest.mark.parametrize("sd", [0.25, 0.5])
def test_variance_and_coverage_are_near_the_truth(sd):
    told = repeated(sd, range(24))
    chance = told["unadjusted"].std() / np.sqrt(len(told))
    assert told["unadjusted"].mean() == pytest.approx(sd**2, abs=3 * chance + 0.05 * sd**2)
    assert 0.92 <= told["covered"].mean() <= 0.98
    assert told["covered_by_coefficients"].mean() < 0.65
    assert abs(told["error"].mean()) < 0.02


def test_without_area_effects_the_variance_is_mostly_about_zero():
    told = repeated(0.0, range(24))
    assert (told["unadjusted"] < 0.02).mean() > 0.8
    assert (told["unadjusted"] == 0).mean() > 0.25
    assert 0.92 <= told["covered"].mean() <= 1


def test_what_a_psu_shares_is_not_an_effect_of_the_area():
    """PSU effects of sd 0.5 and no area effects: taken for independent children, they would give about 0.5² / 4 PSUs."""
    told = repeated(0.0, range(12), psu_sd=0.5)
    assert told["design_effect"].mean() > 1.15
    assert told["unadjusted"].mean() < 0.02


@pytest.mark.bench
@pytest.mark.parametrize(("sd", "design"), [(0.25, {}), (0.5, {}), (0.25, {"psu_sd": 0.3}), (0.5, {"areas": 400})])
def test_coverage_over_many_worlds(sd, design):
    told = repeated(sd, range(1000, 1200), **design)
    assert 0.93 <= told["covered"].mean() <= 0.97
    assert told["unadjusted"].mean() == pytest.approx(sd**2, rel=0.1)


def test_two_kinds_of_areas_match_the_hand_calculation():
    """Equal sampling variances: σ² is the ordinary variance less the sampling variance, 4/3 · 0.25 − 0.1, or zero."""
    estimate = np.array([0.5, -0.5, 0.5, -0.5])
    assert variance_between(estimate, np.full(4, 0.1)) == pytest.approx(4 / 3 * 0.25 - 0.1)
    assert variance_between(estimate, np.full(4, 0.4)) == 0


def test_adjusted_variance_matches_the_hand_calculation():
    """Ten equal areas, S = Σ (x − x̄)²: S / (v + σ²)² − 9 / (v + σ²) + 2 / σ² = 0; with S = 9, v = 1: 7 σ⁴ − 4 σ² = 2."""
    estimate = np.array([1.0, -1.0] * 5) * np.sqrt(0.9)
    assert variance_between(estimate, np.ones(10)) == 0
    assert variance_between(estimate, np.ones(10), adjusted=True) == pytest.approx((2 + 3 * np.sqrt(2)) / 7)


def coverage_of_a_new_area(areas: int, sd: float, times: int) -> float:
    """Mean chance that an effect u ~ N(0, sd²) lies within ± 1.96 √(adjusted variance), over `times` surveys."""
    rng = np.random.default_rng(1)
    inside = []
    for _ in range(times):
        sampling = 0.05 * rng.uniform(0.5, 2, areas)
        found = variance_between(rng.normal(0, np.sqrt(sampling + sd**2)), sampling, adjusted=True)
        inside.append(2 * norm.cdf(1.96 * np.sqrt(found) / sd) - 1)
    return float(np.mean(inside))


@pytest.mark.parametrize("sd", [0.3, 1.0])
def test_as_few_areas_as_allowed_still_give_honest_intervals(sd):
    assert coverage_of_a_new_area(LEAST_AREAS, sd, 60) > 0.90


@pytest.mark.bench
def test_coverage_with_few_areas():
    deviations = (0.15, 0.3, 0.6, 1.0)
    for areas in (8, 10, 12, 16, 20, 40):
        covered = [coverage_of_a_new_area(areas, sd, 250) for sd in deviations]
        print(f"| {areas} | " + " | ".join(f"{100 * share:.1f}" for share in covered) + " |")
        assert min(covered) > 0.92


@pytest.fixture(scope="module")
def fitted() -> tuple[pd.DataFrame, SurveyModel]:
    survey = world(3, 0.5, areas=60).survey
    return survey, fit_survey_model(survey, DETERMINANTS)


def test_scale_of_weights_order_and_names_of_codes_change_nothing(fitted):
    survey, model = fitted
    found = area_variance(survey, model)
    order = np.random.default_rng(1).permutation(len(survey))
    codes = survey["area_code"].map({code: f"Z{int(code) * 7 % 60}" for code in survey["area_code"].unique()})
    for changed in (
        survey.assign(weight=survey["weight"] * 1000),
        survey.iloc[order].reset_index(drop=True),
        survey.assign(area_code=codes.astype("string")),
    ):
        again = area_variance(changed, model)
        assert again.variance == pytest.approx(found.variance, rel=1e-9)
        assert again.design_effect == pytest.approx(found.design_effect, rel=1e-9)
    assert found.areas == 60
    assert found.psus_per_area == 4
    assert found.sd == pytest.approx(found.variance**0.5)
    assert found.unadjusted < found.variance < 1.5 * found.unadjusted


def test_rows_outside_the_domain_or_without_area_are_not_used(fitted):
    survey, model = fitted
    extra = survey.head(500).assign(in_domain=False, outcome=1.0)
    with_extra = area_variance(pd.concat([survey, extra], ignore_index=True), model)
    assert with_extra.rows == len(survey)
    assert with_extra.variance == pytest.approx(area_variance(survey, model).variance)
    some = survey.assign(area_code=survey["area_code"].mask(survey.index < 7, ""))
    found = area_variance(some, model)
    assert found.rows == len(survey) - 7
    assert [(p.code, p.values["count"]) for p in found.notes] == [("area_variance_rows_without_area", 7)]


def test_too_little_is_said_and_not_estimated(fitted):
    survey, model = fitted
    one = area_variance(survey.assign(area_code="001"), model)
    absent = area_variance(survey.drop(columns="area_code"), model)
    for found, code in ((one, "area_variance_few_areas"), (absent, "area_variance_no_column")):
        assert found.variance is None
        assert found.sd is None
        assert [(p.code, p.severity) for p in found.notes] == [(code, "warning")]
        assert "{" not in str(say(found.notes[0], translator("en")))
    assert (one.areas, one.rows) == (1, len(survey))


def test_one_psu_per_area_leaves_clustering_unknown_and_says_so(fitted):
    survey, model = fitted
    found = area_variance(survey.assign(psu=survey["area_code"]), model)
    assert found.design_effect is None
    assert found.variance > 0
    assert [p.code for p in found.notes] == ["area_variance_few_psus"]


def test_no_difference_between_areas_is_said(fitted):
    """Children dealt to areas by turns: areas are more alike than chance would leave them."""
    survey, model = fitted
    dealt = survey.sort_values(["outcome", "sex", "zone"]).reset_index(drop=True)
    dealt["area_code"] = pd.array([f"{i % 60:03d}" for i in range(len(dealt))], dtype="string")
    dealt["psu"] = dealt["area_code"]
    found = area_variance(dealt, model)
    assert found.unadjusted == 0
    assert found.variance > 0
    assert "area_variance_zero" in [p.code for p in found.notes]
