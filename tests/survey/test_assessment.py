"""Cross-validation by PSU and influential PSUs: what must be true, and refits by hand."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.survey.assessment import assess
from riskmodel.survey.cross_validation import cross_validate, psu_folds
from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.diagnostics import discrimination
from riskmodel.survey.influence import influential_psus
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.sample import FitSample
from tests.survey.test_logit import DETERMINANTS, category, simulated


def test_folds_share_out_the_psus_of_every_stratum():
    frame = simulated()
    design = SurveyDesign.from_frame(frame)
    used = (frame["psu"] != "7").to_numpy()
    fold = psu_folds(design, used, 5, seed=3)
    assert (fold == -1).sum() == 1
    for stratum in range(6):
        counts = np.bincount(fold[(design.psu_stratum == stratum) & (fold >= 0)], minlength=5)
        assert counts.max() - counts.min() <= 1
    assert np.ptp(np.bincount(fold[fold >= 0])) <= 1
    assert (fold == psu_folds(design, used, 5, seed=3)).all()
    assert (fold != psu_folds(design, used, 5, seed=4)).any()


def test_out_of_fold_figures_are_those_of_refits_by_hand():
    frame = simulated(600)
    sample = FitSample.of(frame, fit_survey_model(frame, DETERMINANTS).terms)
    fold = psu_folds(sample.design, sample.used, 4, seed=1)[sample.psu]
    risk = np.full(len(frame), np.nan)
    for left_out in range(4):
        model = fit_survey_model(frame[fold != left_out], DETERMINANTS)
        risk[fold == left_out] = model.predict(frame[fold == left_out])
    by_hand = discrimination(sample.y, risk, sample.weight)
    found = cross_validate(sample, seed=1, folds=4)
    assert (found["folds"], found["folds_fitted"]) == (4, 4)
    assert found["auc"] == pytest.approx(by_hand["auc"], rel=1e-9)
    assert found["brier"] == pytest.approx(by_hand["brier"], rel=1e-9)


def test_determinants_that_say_nothing_are_found_out():
    """Ten categories of noise flatter the model on its own children; left out PSUs show it."""
    frame = simulated(500)
    rng = np.random.default_rng(8)
    noise = [category(f"noise{i}") for i in range(10)]
    for one in noise:
        frame[one.name] = pd.Series(rng.choice(list("abcd"), len(frame)), dtype="string")
    model = fit_survey_model(frame, [*DETERMINANTS, *noise])
    found = cross_validate(FitSample.of(frame, model.terms), seed=1)
    assert found["auc"] < model.diagnostics["auc"] - 0.05
    assert found["calibration_slope"] < 0.8
    true = cross_validate(FitSample.of(simulated(6000), fit_survey_model(simulated(6000), DETERMINANTS).terms), seed=1)
    assert true["calibration_slope"] == pytest.approx(1, abs=0.05)
    assert true["calibration_intercept"] == pytest.approx(0, abs=0.05)


def test_a_fold_that_cannot_be_fitted_is_counted():
    """All positive children of one category live in one PSU: without it there is no maximum."""
    frame = simulated(800)
    frame["rare"] = pd.Series("no", frame.index, dtype="string")
    few = frame.index[::40]
    frame.loc[few, "rare"] = "yes"
    frame.loc[few, "outcome"] = 0.0
    one = frame.index[(frame["psu"] == "5")][0]
    frame.loc[one, ["rare", "outcome"]] = ["yes", 1.0]
    model = fit_survey_model(frame, [*DETERMINANTS, category("rare")])
    found = cross_validate(FitSample.of(frame, model.terms), seed=1)
    assert (found["folds"], found["folds_fitted"]) == (10, 9)
    assert 0.5 < found["auc"] < 1


def test_the_move_of_a_psu_is_nearly_that_of_a_refit_without_it():
    frame = simulated()
    odd = frame["psu"] == "11"
    frame.loc[odd, "outcome"] = (frame.loc[odd, "sex"] == "girl").astype(float)  # the opposite of everywhere else
    model = fit_survey_model(frame, DETERMINANTS)
    rows = influential_psus(frame, FitSample.of(frame, model.terms), model.coef, model.se)
    assert len(rows) == 10
    assert (rows[0]["psu"], rows[0]["stratum"], rows[0]["term"]) == ("11", "5", "sex=boy")
    sizes = [abs(row["change"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    for row in rows:
        rest = frame[frame["psu"] != row["psu"]]
        change = (fit_survey_model(rest, DETERMINANTS).coef - model.coef) / model.se
        assert row["change"] == pytest.approx(change[row["term"]], rel=0.1, abs=0.01)


def test_no_person_is_named():
    frame = simulated(300)
    alone = frame.drop(columns=["psu", "stratum"])
    model = fit_survey_model(alone, DETERMINANTS)
    found = assess(alone, model)
    few = frame.assign(psu=(frame.index // 4).astype(str))  # four children each, as in a dwelling
    assert assess(few, fit_survey_model(few, DETERMINANTS))["influential_psus"] == []
    assert found["influential_psus"] == []
    assert set(found) == {"auc_interval", "fit_intervals", "roc", "cross_validation", "influential_psus"}
    text = json.dumps(assess(frame, fit_survey_model(frame, DETERMINANTS)), allow_nan=False)
    assert len(text) < 20_000
