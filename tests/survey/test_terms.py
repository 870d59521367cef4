"""Interactions and curves: as R survey has them, with effects and mean risks that agree with moving each child by hand."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from riskmodel.problems import InputProblems
from riskmodel.study import Interaction, Spline
from riskmodel.survey.backward import wald_tests
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from riskmodel.survey.predicted import with_predictions
from riskmodel.survey.selection import propose
from riskmodel.survey.splines import curved_columns, curved_slopes
from tests.survey.test_against_r import DETERMINANTS, R_NAMES, REFERENCE, survey

KNOTS = (5.0, 8.0, 11.0, 14.0, 17.0)
SPLINE = Spline(knots=(8, 11, 14), boundary=(5, 17))
CURVED = [d.model_copy(update={"spline": SPLINE}) if d.name == "age" else d for d in DETERMINANTS]


def pair(first: str, second: str) -> Interaction:
    return Interaction(determinants=(first, second))


SEX_ZONE, SEX_AGE = pair("sex", "zone"), pair("sex", "age")
CASES = {
    "categories": (DETERMINANTS, [SEX_ZONE]),
    "numbers": (DETERMINANTS, [pair("zone", "age"), pair("age", "income")]),
    "spline": (CURVED, []),
    "both": (CURVED, [SEX_AGE, SEX_ZONE]),
}


def children() -> pd.DataFrame:
    frame = survey()
    return frame.assign(in_domain=frame["age"] >= 5)


@lru_cache
def fitted(case: str) -> SurveyModel:
    determinants, interactions = CASES[case]
    return fit_survey_model(children(), determinants, "adjust", interactions=interactions)


def our_name(term: str) -> str:
    parts = [{"s1": "age.s1", "s2": "age.s2", "s3": "age.s3"}.get(p, R_NAMES.get(p, p)) for p in term.split(":")]
    return ":".join(parts)


@pytest.mark.parametrize("case", CASES)
def test_coefficients_and_errors_agree_with_svyglm(case):
    table = pd.read_csv(REFERENCE / "survey_terms.csv")
    want = table[table["case"] == case]
    want = want.set_index(want["term"].map(our_name))
    model = fitted(case)
    assert set(model.coef.index) == set(want.index)
    assert (model.df, model.n_obs) == (want["df"].iloc[0], want["n"].iloc[0])
    for ours, theirs in ((model.coef, want["coef"]), (model.se, want["se"])):
        assert (ours[want.index] / theirs - 1).abs().max() < 1e-7


@pytest.mark.parametrize("case", ["spline", "both"])
def test_risks_and_errors_agree_with_ns(case):
    """Another basis of the same curves, at ages inside and outside the outer knots."""
    table = pd.read_csv(REFERENCE / "survey_terms_fitted.csv")
    want = table[table["case"] == case]
    model = fitted(case)
    x = model.terms.matrix(want)
    p = model.predict(want).to_numpy()
    gradient = (p * (1 - p))[:, None] * x
    se = np.sqrt(np.einsum("ij,jk,ik->i", gradient, model.cov.to_numpy(), gradient))
    assert p == pytest.approx(want["risk"].to_numpy(), rel=1e-7)
    assert se == pytest.approx(want["se"].to_numpy(), rel=1e-6)


def test_curved_columns_are_straight_outside_the_knots_and_smooth_within():
    x = np.linspace(0, 25, 2501)
    s = curved_columns(x, KNOTS)
    second = np.diff(s, 2, axis=0)
    outside = (x[1:-1] < 4.98) | (x[1:-1] > 17.02)
    assert np.abs(second[outside]).max() < 1e-10
    assert np.abs(np.diff(second, axis=0)).max() < 1e-5  # no jump in the second derivative
    slope = (curved_columns(x + 1e-5, KNOTS) - curved_columns(x - 1e-5, KNOTS)) / 2e-5
    assert curved_slopes(x, KNOTS) == pytest.approx(slope, abs=1e-7)


def test_knots_from_df_are_weighted_quantiles():
    """Ages 5 to 17; with the weight of all but the 13-year-olds next to nothing, the quantiles fall on 13: an error."""
    spline = [d.model_copy(update={"spline": Spline(df=3)}) if d.name == "age" else d for d in DETERMINANTS]
    frame = children()
    used = frame[frame["in_domain"] & frame[["zone", "income", "sex"]].notna().all(axis=1)]
    model = fit_survey_model(frame, spline, "adjust")
    found = model.terms.knots["age"]
    assert (found[0], found[-1]) == (used["age"].min(), used["age"].max())
    for share, knot in zip((1 / 3, 2 / 3), found[1:3], strict=True):
        below = used["weight"][used["age"] <= knot].sum() / used["weight"].sum()
        before = used["weight"][used["age"] < knot].sum() / used["weight"].sum()
        assert before < share <= below
    heavy = frame.assign(weight=frame["weight"].where(frame["age"] == 13, 1e-6))
    with pytest.raises(InputProblems) as caught:
        fit_survey_model(heavy, spline, "adjust")
    assert [p.code for p in caught.value.problems if p.is_error] == ["model_spline_knots"]


@pytest.mark.parametrize("case", CASES)
def test_effects_agree_with_moving_every_child(case):
    """A category: everyone in it less everyone in the reference. A number: half a step up and down. Errors likewise."""
    model, frame = fitted(case), children()
    used = frame[frame["in_domain"] & frame[["outcome", *model.terms.determinants]].notna().all(axis=1)]

    def effect(term: str, coef: pd.Series) -> float:
        def mean(**changes: object) -> float:
            return float(np.average(model.terms.predict(used.assign(**changes), coef), weights=used["weight"]))

        if "=" in term:
            name, category = term.split("=")
            return mean(**{name: category}) - mean(**{name: model.terms.references[name]})
        step = 1e-4 if term == "age" else 1.0
        return (mean(**{term: used[term] + step}) - mean(**{term: used[term] - step})) / (2 * step)

    marginal = model.marginal.set_index("term")
    own = [t for t in marginal.index if ":" not in t and ".s" not in t]
    assert marginal.drop(index=own).isna().all().all()
    assert marginal.loc[own, "ame"].to_numpy() == pytest.approx([effect(t, model.coef) for t in own], rel=1e-5)
    gradient = np.zeros((len(own), len(model.coef)))
    for j, term in enumerate(model.coef.index):
        step = 1e-4 * float(model.se[term])
        up, down = model.coef.copy(), model.coef.copy()
        up[term], down[term] = up[term] + step, down[term] - step
        gradient[:, j] = [(effect(t, up) - effect(t, down)) / (2 * step) for t in own]
    se = np.sqrt(np.einsum("ij,jk,ik->i", gradient, model.cov.to_numpy(), gradient))
    assert marginal.loc[own, "ame_se"].to_numpy() == pytest.approx(se, rel=1e-3)


def test_predicted_risks_are_means_with_everyone_moved():
    model, frame = with_predictions(children(), fitted("both")), children()
    used = frame[frame["in_domain"] & frame[["outcome", *model.terms.determinants]].notna().all(axis=1)]
    curves = model.diagnostics["curves"]
    assert [(c["determinant"], c["by"], c["category"]) for c in curves] == [
        ("age", "sex", "mujer"),
        ("age", "sex", "hombre"),
    ]
    point = curves[1]["points"][3]
    moved = model.predict(used.assign(sex="hombre", age=point["value"]))
    assert point["risk"] == pytest.approx(np.average(moved, weights=used["weight"]), rel=1e-12)
    assert point["ci_lower"] < point["risk"] < point["ci_upper"]
    (combined,) = model.diagnostics["combinations"]
    rows = {tuple(r["categories"]): r for r in combined["rows"]}
    moved = model.predict(used.assign(sex="hombre", zone="rural"))
    assert rows["hombre", "rural"]["risk"] == pytest.approx(np.average(moved, weights=used["weight"]), rel=1e-12)
    assert len(rows) == 6
    plain = with_predictions(frame, fitted("spline")).diagnostics["curves"]
    assert [(c["determinant"], c["by"]) for c in plain] == [("age", "")]
    numbers = with_predictions(frame, fitted("numbers")).diagnostics["curves"]
    assert {(c["determinant"], c["by"]) for c in numbers} == {("age", "zone"), ("age", "income")}


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (0.0, "model_interaction_none_positive"),
        (1.0, "model_interaction_all_positive"),
        (None, "model_interaction_empty"),
    ],
)
def test_a_combination_without_cases_is_named_before_the_fit(outcome, code):
    frame = children()
    cell = (frame["sex"] == "hombre") & (frame["zone"] == "dispersa")
    frame = frame[~cell].reset_index(drop=True) if outcome is None else frame.assign(
        outcome=frame["outcome"].mask(cell, outcome)
    )  # fmt: skip
    with pytest.raises(InputProblems) as caught:
        fit_survey_model(frame, DETERMINANTS, "adjust", interactions=[SEX_ZONE])
    (found,) = [p for p in caught.value.problems if p.is_error]
    assert found.code == code
    assert (found.values["a"], found.values["b"]) == ("hombre", "dispersa")
    if outcome is not None:
        model = fit_survey_model(frame, DETERMINANTS, "adjust", estimation="firth", interactions=[SEX_ZONE])
        assert "model_interaction_penalised" in {p.code for p in model.notes}
        assert np.isfinite(model.se).all()


def test_a_number_that_does_not_vary_in_a_category_is_named():
    frame = children()
    frame["age"] = frame["age"].mask(frame["zone"] == "dispersa", 9.0)
    with pytest.raises(InputProblems) as caught:
        fit_survey_model(frame, DETERMINANTS, "adjust", interactions=[pair("zone", "age")])
    (found,) = [p for p in caught.value.problems if p.is_error]
    assert found.code == "model_interaction_no_spread"
    assert found.values["category"] == "dispersa"


def test_an_interaction_leaves_before_its_determinants():
    """Sex and zone go on their own: the product, then sex. Age and income stay with theirs."""
    frame = children()
    interactions = [pair("age", "income"), SEX_ZONE]
    record = propose(frame, DETERMINANTS, "adjust", seed=1, interactions=interactions)
    assert record["candidates"][-2:] == ["age:income", "sex:zone"]
    assert record["taken"] == record["candidates"]
    gone = [step["determinant"] for step in record["removed"]]
    assert gone == ["sex:zone", "sex"]
    assert record["backward"] == ["zone", "age", "income", "age:income"]
    for way in ("backward", "l1"):
        for both in (n for n in record[way] if ":" in n):
            assert set(both.split(":")) <= set(record[way])
    rows = {r["determinant"]: r for r in record["table"]}
    assert rows["age:income"]["gvif"] is None
    assert rows["sex:zone"]["df"] == 2
    main = propose(frame, DETERMINANTS, "adjust", seed=1)
    for row in main["table"]:
        assert rows[row["determinant"]]["gvif"] == pytest.approx(row["gvif"])


def test_wald_test_of_an_interaction_by_hand():
    model = fitted("categories")
    own = ["sex=hombre:zone=dispersa", "sex=hombre:zone=rural"]
    b, v = model.coef[own].to_numpy(), model.cov.loc[own, own].to_numpy()
    assert wald_tests(model).loc["sex:zone", "wald_f"] == pytest.approx(b @ np.linalg.inv(v) @ b / 2)


def test_an_interaction_of_a_determinant_without_the_columns_is_missing_not_zero():
    model = fitted("both")
    one = pd.DataFrame({"sex": ["hombre"], "zone": [None], "age": [9.0], "income": [1e5]})
    assert model.predict(one).isna().all()


def test_order_of_rows_does_not_matter():
    """Rows in another order give the same model."""
    shuffled = children().sample(frac=1, random_state=1).reset_index(drop=True)
    model = fit_survey_model(shuffled, CURVED, "adjust", interactions=[SEX_AGE, SEX_ZONE])
    assert model.coef.to_numpy() == pytest.approx(fitted("both").coef.to_numpy(), rel=1e-8)
