"""Diagnostics against small hand calculations and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from riskmodel.survey import diagnostics
from riskmodel.survey.logit import fit_survey_model
from tests.survey.test_logit import DETERMINANTS, simulated

Y = np.array([1.0, 0, 1, 0, 0])
P = np.array([0.8, 0.8, 0.4, 0.2, 0.4])
W = np.array([1.0, 2, 3, 4, 1])


def test_auc_counts_weighted_pairs():
    """Pairs (positive, negative) by weight product: 1·(1 tie of 2 → half, 4, 1) and 3·(0, 4, 1 tie → half)."""
    wins = 1 * (2 * 0.5 + 4 + 1) + 3 * (0 + 4 + 1 * 0.5)
    assert diagnostics.discrimination(Y, P, W)["auc"] == pytest.approx(wins / (4 * 7))


def test_brier_and_tjur_by_hand():
    found = diagnostics.discrimination(Y, P, W)
    assert found["brier"] == pytest.approx((1 * 0.04 + 2 * 0.64 + 3 * 0.36 + 4 * 0.04 + 1 * 0.16) / 11)
    assert found["tjur_r2"] == pytest.approx((0.8 + 3 * 0.4) / 4 - (2 * 0.8 + 4 * 0.2 + 0.4) / 7)


def test_classification_by_hand():
    found = diagnostics.classification(Y, P, W, 0.5)
    assert found["sensitivity"] == pytest.approx(1 / 4)
    assert found["specificity"] == pytest.approx(5 / 7)
    assert found["positive_predictive_value"] == pytest.approx(1 / 3)
    assert found["negative_predictive_value"] == pytest.approx(5 / 8)
    assert found["accuracy"] == pytest.approx(6 / 11)
    assert diagnostics.classification(Y, P, W, 0.9)["positive_predictive_value"] is None


def test_marginal_effects_and_their_errors_agree_with_finite_differences():
    """The effect recomputed with each coefficient moved a little gives the gradient of the delta method."""
    frame = simulated()
    model = fit_survey_model(frame, DETERMINANTS)
    weight = frame["weight"].to_numpy()

    def effects(coef):
        def mean(**changes):
            return np.average(model.terms.predict(frame.assign(**changes), coef), weights=weight)

        step = 1e-4
        by_age = (mean(age=frame["age"] + step) - mean(age=frame["age"] - step)) / (2 * step)
        return np.array([mean(sex="boy") - mean(sex="girl"), mean(zone="rural") - mean(zone="urban"), by_age])

    assert model.marginal["term"].to_list() == ["sex=boy", "zone=rural", "age"]
    assert model.marginal["ame"].to_numpy() == pytest.approx(effects(model.coef), rel=1e-6)
    gradient = []
    for term in model.coef.index:
        up, down = model.coef.copy(), model.coef.copy()
        up[term] += 1e-4
        down[term] -= 1e-4
        gradient.append((effects(up) - effects(down)) / 2e-4)
    g = np.array(gradient).T
    se = np.sqrt(np.einsum("ij,jk,ik->i", g, model.cov.to_numpy(), g))
    assert model.marginal["ame_se"].to_numpy() == pytest.approx(se, rel=1e-4)


def test_equal_probabilities_stay_in_one_tenth():
    groups = diagnostics.calibration(Y, P, W)
    assert [g["n"] for g in groups] == [1, 2, 2]
    assert groups[0]["predicted"] == pytest.approx(0.2)
