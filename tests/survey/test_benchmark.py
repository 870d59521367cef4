"""Direct estimates by domain: their errors against R, and the covariance they share with the model."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.study import Determinant, Rule
from riskmodel.survey.benchmark import LEAST_POSITIVE, MOST_CV, direct_estimates, direct_name
from riskmodel.survey.logit import fit_survey_model
from tests.survey.test_against_r import DETERMINANTS, REFERENCE, survey


def frame_by_zone() -> pd.DataFrame:
    """The reference survey, its zones as domains; children of 5 or more in strata with two PSUs or more."""
    frame = survey()
    frame["domain"] = frame["zone"].fillna("")
    frame["in_domain"] = ~frame["stratum"].isin(["e6", "e8"]) & (frame["age"] >= 5)
    return frame


def test_shares_and_errors_are_those_of_r():
    frame = frame_by_zone()
    reference = pd.read_csv(REFERENCE / "survey_domains.csv")
    found = direct_estimates(frame, fit_survey_model(frame, DETERMINANTS)).table
    assert found["domain"].tolist() == reference["domain"].tolist()
    np.testing.assert_allclose(found["direct"], reference["direct"], rtol=1e-12)
    np.testing.assert_allclose(found["se"], reference["se"], rtol=1e-9)


def test_the_part_of_the_coefficients_is_the_covariance_of_the_model():
    frame = frame_by_zone().dropna(subset=["zone"]).reset_index(drop=True)
    model = fit_survey_model(frame, DETERMINANTS)
    cov = direct_estimates(frame, model).cov.loc[model.terms.names, model.terms.names]
    np.testing.assert_allclose(cov, model.cov, rtol=1e-6, atol=1e-9 * np.abs(model.cov.to_numpy()).max())


def test_coefficients_and_shares_that_are_the_same_thing_vary_together():
    """With the domain as the only determinant, the intercept is logit R, so cov(α, R) = var(R) / (R (1 − R))."""
    frame = frame_by_zone()
    frame["domain"] = frame["sex"]
    model = fit_survey_model(frame, [Determinant(name="sex", survey=Rule(column="sex"), reference="hombre")])
    found = direct_estimates(frame, model)
    share, se = found.table.set_index("domain").loc["hombre", ["direct", "se"]]
    assert model.coef["(intercept)"] == pytest.approx(np.log(share / (1 - share)), rel=1e-9)
    shared = found.cov.loc["(intercept)", direct_name("hombre")]
    assert shared == pytest.approx(se**2 / (share * (1 - share)), rel=1e-8)


def test_few_cases_or_a_large_error_are_not_reliable():
    frame = frame_by_zone()
    found = direct_estimates(frame, fit_survey_model(frame, DETERMINANTS))
    table = found.table
    expected = (table["n_positive"] >= LEAST_POSITIVE) & (table["se"] / table["direct"] <= MOST_CV)
    assert table["reliable"].tolist() == expected.tolist()
    few = frame.copy()
    positive = few.index[(few["domain"] == "rural") & (few["outcome"] == 1) & few["in_domain"]]
    few.loc[positive[LEAST_POSITIVE - 1 :], "domain"] = ""
    again = direct_estimates(few, fit_survey_model(few, DETERMINANTS))
    assert not again.table.set_index("domain").loc["rural", "reliable"]
    assert direct_name("rural") not in again.cov


def test_the_scale_of_weights_and_the_order_of_rows_do_not_matter():
    frame = frame_by_zone()
    model = fit_survey_model(frame, DETERMINANTS)
    first = direct_estimates(frame, model)
    other = frame.sample(frac=1, random_state=2).reset_index(drop=True)
    other["weight"] *= 1000
    second = direct_estimates(other, model)
    pd.testing.assert_frame_equal(first.table, second.table, rtol=1e-10)
    np.testing.assert_allclose(first.cov, second.cov, rtol=1e-6, atol=1e-12)
