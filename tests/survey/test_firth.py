"""Firth's penalty: the closed form of a 2 × 2 table, R brglm2, and intervals on rare outcomes.

The reference file is made by `tests/reference/firth.R`.
"""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.i18n import say, translator
from riskmodel.survey.assessment import assess
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.newton import maximise
from riskmodel.survey.sample import FitSample
from riskmodel.survey.terms import terms_of
from tests.survey.test_against_r import DETERMINANTS as IN_R
from tests.survey.test_against_r import R_NAMES, REFERENCE, survey
from tests.survey.test_logit import DETERMINANTS, category, numeric, simulated


def two_by_two(with_x: tuple[int, int], without: tuple[int, int]) -> pd.DataFrame:
    """Children by x (1, 0) as (positive, negative)."""
    x = [1.0] * sum(with_x) + [0.0] * sum(without)
    y = [1.0] * with_x[0] + [0.0] * with_x[1] + [1.0] * without[0] + [0.0] * without[1]
    return pd.DataFrame({"x": x, "outcome": y, "weight": 1.0})


@pytest.mark.parametrize(("a", "b", "c", "d"), [(0, 9, 7, 30), (4, 0, 5, 21), (3, 8, 6, 40)])
def test_a_two_by_two_table_has_half_a_child_more_in_each_cell(a, b, c, d):
    """The penalised log odds ratio is log (a + ½)(d + ½) / ((b + ½)(c + ½)); the mean risk stays the prevalence."""
    frame = two_by_two((a, b), (c, d))
    model = fit_survey_model(frame, [numeric("x")], estimation="firth")
    want = np.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    assert model.coef["x"] == pytest.approx(want, rel=1e-8)
    assert model.predict(frame).mean() == pytest.approx((a + c) / len(frame), rel=1e-9)


@pytest.mark.parametrize("case", ["all_weighted", "all_equal", "separated_weighted", "separated_equal"])
def test_the_penalised_fit_agrees_with_brglm2(case):
    frame = survey()
    frame["income"] = frame["income"] / 1e6
    frame = frame[(frame["age"] >= 5) & frame["zone"].notna()].reset_index(drop=True)
    if case.startswith("separated"):
        frame = frame[frame["stratum"] == "e4"].reset_index(drop=True)
        frame.loc[frame["zone"] == "dispersa", "outcome"] = 0.0
    if case.endswith("equal"):
        frame["weight"] = 1.0
    want = pd.read_csv(REFERENCE / "firth.csv").query("case == @case").set_index("term")["coef"].rename(R_NAMES)
    terms, _ = terms_of(frame, IN_R, frame["weight"].to_numpy())
    sample = FitSample.of(frame, terms)
    found = maximise(sample.x, sample.y, sample.weight, penalised=True)
    got = pd.Series(sample.unit @ found.coef, terms.names)
    assert got[want.index].to_numpy() == pytest.approx(want.to_numpy(), rel=1e-6)
    model = fit_survey_model(frame, IN_R, estimation="firth")
    slopes = [name for name in want.index if name != "(intercept)"]
    assert model.coef[slopes].to_numpy() == pytest.approx(want[slopes].to_numpy(), rel=1e-6)


def test_separation_is_a_warning_that_names_the_category_and_its_error_is_large():
    frame = simulated(1500)
    frame["rare"] = pd.Series("no", frame.index, dtype="string")
    frame.loc[frame.index[::50], "rare"] = "yes"
    frame.loc[frame["rare"] == "yes", "outcome"] = 0.0
    model = fit_survey_model(frame, [*DETERMINANTS, category("rare")], estimation="firth")
    (note,) = (n for n in model.notes if n.code == "model_category_penalised")
    assert (note.severity, note.values["determinant"], note.values["category"]) == ("warning", "rare", "yes")
    assert "very unsure" in say(note, translator("en")).what
    table = model.coefficients().set_index("term")
    assert table.loc["rare=yes", "se"] > 1  # the spread of its PSUs alone would say less than 0.3
    assert 0 < table.loc["rare=yes", "ci_lower"] < table.loc["rare=yes", "odds_ratio"] < 0.6
    mean = np.average(model.predict(frame), weights=frame["weight"])
    assert mean == pytest.approx(model.prevalence, rel=1e-9)
    found = assess(frame, model)["cross_validation"]
    assert found["folds_fitted"] == 10
    json.dumps(dict(model.diagnostics), allow_nan=False)


def test_with_many_cases_the_penalty_changes_next_to_nothing():
    frame = simulated(6000, area_sd=0.5)
    plain, firth = (fit_survey_model(frame, DETERMINANTS, estimation=e) for e in ("ml", "firth"))
    assert ((firth.coef - plain.coef) / plain.se).abs().max() < 0.05
    assert (firth.se / plain.se - 1).abs().max() < 0.2
    assert (np.linalg.eigvalsh(firth.cov - plain.cov) > -1e-6).all()
    raised = fit_survey_model(frame.assign(weight=frame["weight"] * 1000), DETERMINANTS, estimation="firth")
    pd.testing.assert_frame_equal(raised.cov, firth.cov, rtol=1e-7)


def test_intervals_hold_the_truth_where_the_outcome_is_rare():
    """60 surveys with about 20 cases each: the 95 % intervals of three slopes hold the truth about 171 times of 180."""
    truth = np.array([0.8, 0.9, 0.1])
    hits, n = 0, 0
    for seed in range(60):
        frame = simulated(400, seed=seed)
        rng = np.random.default_rng(1000 + seed)
        eta = (
            -4.0
            + 0.8 * (frame["sex"] == "boy").astype(float)
            + 0.9 * (frame["zone"] == "rural").astype(float)
            + 0.1 * (frame["age"] - 10)
        )
        frame["outcome"] = (rng.random(len(frame)) < 1 / (1 + np.exp(-eta))).astype(float)
        model = fit_survey_model(frame, DETERMINANTS, estimation="firth")
        table = model.coefficients().iloc[1:]
        hits += int(((np.log(table["ci_lower"]) <= truth) & (truth <= np.log(table["ci_upper"]))).sum())
        n += 3
    assert n == 180
    assert 165 <= hits <= 180
