"""The survey model: the hand calculation, what must be true of any fit, and models that cannot be fitted."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems
from riskmodel.results import COEFFICIENT_COLUMNS
from riskmodel.study import Determinant, Rule
from riskmodel.survey.logit import fit_survey_model


def numeric(name: str) -> Determinant:
    return Determinant(name=name, kind="numeric", survey=Rule(column=name))


def category(name: str, reference: str = "") -> Determinant:
    return Determinant(name=name, survey=Rule(column=name), reference=reference)


def simulated(n: int = 1500, seed: int = 4, area_sd: float = 0.0) -> pd.DataFrame:
    """Children in 6 strata and 60 PSUs; logit = −1.5 + 0.8 boy + 0.9 rural + 0.1 (age − 10)."""
    rng = np.random.default_rng(seed)
    psu = rng.integers(0, 60, n)
    frame = pd.DataFrame({"psu": psu.astype(str), "stratum": (psu % 6).astype(str)}, dtype="string")
    frame["weight"] = rng.uniform(1, 9, n)
    frame["in_domain"] = True
    frame["sex"] = pd.Series(rng.choice(["boy", "girl"], n), dtype="string")
    frame["zone"] = pd.Series(rng.choice(["rural", "urban"], n), dtype="string")
    frame["age"] = rng.integers(5, 18, n).astype(float)
    boy, rural = (frame["sex"] == "boy").astype(float), (frame["zone"] == "rural").astype(float)
    eta = -1.5 + 0.8 * boy + 0.9 * rural + 0.1 * (frame["age"] - 10)
    eta += rng.normal(0, area_sd, 60)[psu] if area_sd else 0.0
    frame["outcome"] = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    return frame


DETERMINANTS = [category("sex", "girl"), category("zone", "urban"), numeric("age")]


def test_two_groups_match_the_hand_calculation():
    """Weighted prevalence is 20/60 without x and 50/70 with it.

    The model is saturated, so the coefficients are log-odds; the linearised variance of the intercept is
    (8/7) · 244.4 / 13.33² = 11/7, of the slope 22.52/7. R survey 4.1.1 gives the same: 1.2536, 1.7936, 6 df.
    """
    frame = pd.DataFrame(
        {
            "psu": [str(i) for i in range(1, 9)],
            "weight": [10, 20, 10, 20, 30, 10, 20, 10],
            "x": [0.0, 0, 0, 0, 1, 1, 1, 1],
            "outcome": [0.0, 0, 0, 1, 1, 1, 0, 1],
        }
    )
    model = fit_survey_model(frame, [numeric("x")])
    assert model.coef.to_list() == pytest.approx([np.log(1 / 2), np.log(5)], rel=1e-9)
    assert model.se.to_list() == pytest.approx([np.sqrt(11 / 7), np.sqrt(22.52 / 7)], rel=1e-9)
    assert model.df == 6
    assert model.prevalence == pytest.approx(70 / 130)
    assert model.predict(frame).to_list() == pytest.approx([1 / 3] * 4 + [5 / 7] * 4)


def test_categories_and_reference():
    frame = simulated()
    table = fit_survey_model(frame, DETERMINANTS).coefficients()
    assert table["term"].to_list() == ["(intercept)", "sex=boy", "zone=rural", "age"]
    assert table["determinant"].to_list() == ["", "sex", "zone", "age"]
    assert table["category"].to_list() == ["", "boy", "rural", ""]
    assert tuple(table.columns) == COEFFICIENT_COLUMNS
    boys = fit_survey_model(frame, [category("sex", "boy"), *DETERMINANTS[1:]])
    assert boys.coef["sex=girl"] == pytest.approx(-table["coef"].iloc[1], rel=1e-9)
    largest = frame.groupby("zone")["weight"].sum().idxmax()
    assert fit_survey_model(frame, [category("zone")]).terms.references == {"zone": largest}


def test_only_ratios_of_weights_matter():
    frame = simulated()
    one, other = (fit_survey_model(f, DETERMINANTS) for f in (frame, frame.assign(weight=frame["weight"] * 1000)))
    pd.testing.assert_series_equal(one.coef, other.coef, rtol=1e-10)
    pd.testing.assert_frame_equal(one.cov, other.cov, rtol=1e-9)


def test_order_of_rows_does_not_matter():
    frame = simulated()
    shuffled = frame.sample(frac=1, random_state=1).reset_index(drop=True)
    one, other = fit_survey_model(frame, DETERMINANTS), fit_survey_model(shuffled, DETERMINANTS)
    pd.testing.assert_series_equal(one.coef, other.coef, rtol=1e-9)
    pd.testing.assert_frame_equal(one.cov, other.cov, rtol=1e-8)


def test_units_of_a_number_do_not_matter():
    frame = simulated()
    one = fit_survey_model(frame, DETERMINANTS)
    other = fit_survey_model(frame.assign(age=frame["age"] * 1e7 + 3e8), DETERMINANTS)
    assert other.coef["age"] * 1e7 == pytest.approx(one.coef["age"], rel=1e-9)
    assert other.se["age"] * 1e7 == pytest.approx(one.se["age"], rel=1e-9)


def test_missing_rows_are_left_out_and_told():
    frame = simulated()
    frame.loc[:199, "zone"] = pd.NA
    frame.loc[150:299, "outcome"] = np.nan
    model = fit_survey_model(frame, DETERMINANTS)
    assert model.n_obs == 1200
    (note,) = (n for n in model.notes if n.code == "model_rows_missing")
    assert (note.severity, note.values["count"]) == ("warning", 300)
    assert "zone (200)" in note.values["determinants"]
    few = simulated()
    few.loc[:10, "zone"] = pd.NA
    assert {n.severity for n in fit_survey_model(few, DETERMINANTS).notes if n.code == "model_rows_missing"} == {"note"}


def test_true_coefficients_lie_in_their_intervals():
    """On 40 simulated surveys the four 95 % intervals hold the truth about 152 times of 160."""
    truth = np.array([-2.5, 0.8, 0.9, 0.1])
    hits, errors = 0, []
    for seed in range(40):
        model = fit_survey_model(simulated(seed=seed, n=1200), DETERMINANTS)
        table = model.coefficients()
        lower, upper = np.log(table["ci_lower"]), np.log(table["ci_upper"])
        hits += int(((lower <= truth) & (truth <= upper)).sum())
        errors.append(model.coef.to_numpy() - truth)
    assert 143 <= hits <= 159
    assert np.abs(np.mean(errors, axis=0)).max() < 0.06


def test_diagnostics_are_plain_and_add_up():
    model = fit_survey_model(simulated(area_sd=0.5), DETERMINANTS)
    report = json.loads(json.dumps(dict(model.diagnostics), allow_nan=False))
    groups = report["calibration"]
    assert sum(g["share"] for g in groups) == pytest.approx(1)
    for column in ("predicted", "observed"):  # the intercept makes the means agree
        mean = sum(g["share"] * g[column] for g in groups)
        assert mean == pytest.approx(model.prevalence, rel=1e-9)
    assert 0.6 < report["auc"] < 0.8
    assert report["archer_lemeshow"]["df1"] == 9


def refused(frame: pd.DataFrame, determinants: list[Determinant], **options: str) -> dict[str, dict]:
    with pytest.raises(InputProblems) as raised:
        fit_survey_model(frame, determinants, **options)
    for problem in raised.value.problems:
        said = say(problem, translator("en"))
        assert said.what
        assert said.mend
    return {p.code: dict(p.values) for p in raised.value.problems if p.is_error}


def test_models_that_cannot_be_fitted_name_their_reason():
    frame = simulated()
    assert set(refused(frame.assign(outcome=0.0), DETERMINANTS)) == {"model_no_positive"}
    assert set(refused(frame.assign(outcome=1.0), DETERMINANTS)) == {"model_no_negative"}
    assert set(refused(frame.assign(in_domain=False), DETERMINANTS)) == {"model_no_rows"}
    assert set(refused(frame.assign(weight=-1.0), DETERMINANTS)) == {"model_weight_not_positive"}
    same = refused(frame.assign(zone="rural", age=7.0), DETERMINANTS)
    assert set(same) == {"model_determinant_constant"}
    unknown = refused(frame, [category("sex", "niña")])
    assert unknown["model_reference_unknown"]["known"] == "boy, girl"
    never = frame.assign(outcome=frame["outcome"].where(frame["zone"] == "rural", 0.0))
    told = refused(never, DETERMINANTS)["model_category_none_positive"]
    assert (told["determinant"], told["category"]) == ("zone", "urban")
    always = frame.assign(outcome=frame["outcome"].where(frame["zone"] == "rural", 1.0))
    assert refused(always, DETERMINANTS)["model_category_all_positive"]["category"] == "urban"


def test_separation_by_a_number_or_a_combination_is_found():
    frame = simulated()
    by_age = frame.assign(outcome=(frame["age"] >= 12).astype(float))
    assert refused(by_age, DETERMINANTS)["model_separation"]["determinants"] == ["age"]


def test_determinants_that_repeat_each_other_are_named():
    frame = simulated().assign(again=lambda f: f["zone"].map({"rural": "campo", "urban": "ciudad"}).astype("string"))
    told = refused(frame, [*DETERMINANTS, category("again")])
    assert told["model_collinear"]["determinants"] == ["zone", "again"]
    twice = frame.assign(months=frame["age"] * 12 + 5)
    assert refused(twice, [*DETERMINANTS, numeric("months")])["model_collinear"]["determinants"] == ["age", "months"]


def test_lonely_psus_are_named_when_no_rule_is_given():
    frame = simulated()
    frame.loc[frame["psu"] == "7", "stratum"] = "sola"
    assert refused(frame, DETERMINANTS, lonely_psu="fail")["model_lonely_psu"]["strata"] == "sola"
    assert fit_survey_model(frame, DETERMINANTS, "adjust").df == 60 - 7 - 3


def test_thin_support_is_a_warning():
    model = fit_survey_model(simulated(n=60), DETERMINANTS)
    assert {n.code for n in model.notes} >= {"model_few_positive", "model_few_positive_per_term"}
    few_psus = simulated(n=300).assign(stratum="", psu=lambda f: (f.index % 3).astype(str))
    model = fit_survey_model(few_psus, DETERMINANTS)
    assert "model_no_degrees_of_freedom" in {n.code for n in model.notes}
    assert model.coefficients()["ci_lower"].isna().all()
