"""Errors of predictions: exact where the effect is known, wider for an estimated standard deviation, true on average."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit

from riskmodel.areas.estimators import estimators_table, moved, own_errors
from riskmodel.progress import Cancelled
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.mixed import fit_mixed_logit
from riskmodel.survey.mixed_bootstrap import own_error_of
from tests.survey.prediction_world import predicted, summary
from tests.survey.test_area_effect import DETERMINANTS, world


def mixed_of(seed: int, sd: float = 0.5, areas: int = 40):
    frame = world(seed, sd, areas).survey
    return fit_mixed_logit(frame, fit_survey_model(frame, DETERMINANTS).terms)


def test_the_error_is_the_spread_of_the_posterior_and_what_estimating_sd_adds():
    mixed = mixed_of(1)
    found = own_error_of(mixed, lambda u: expit(-2 + u), seed=1, draws=60)
    chance, risk = mixed.posterior.chance, expit(-2 + mixed.posterior.node)
    mean = (chance * risk).sum(axis=1)
    away = -2 + mixed.posterior.node - logit(mean)[:, None]
    spread = (mean * (1 - mean)) ** 2 * (chance * away**2).sum(axis=1)
    np.testing.assert_allclose(found.spread, spread, rtol=1e-9)
    assert found.draws == 60
    assert (found.variance > 0).all()
    assert 0.9 < (found.variance / found.spread).mean() < 1.6
    assert found.sd.mean() == pytest.approx(mixed.sd, rel=0.2)


def test_the_same_seed_gives_the_same_error():
    mixed = mixed_of(2, areas=25)
    first, again, other = (own_error_of(mixed, lambda u: expit(-2 + u), seed, 8).variance for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_it_can_be_cancelled():
    def stop(step: str, share: float) -> None:
        if share > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        own_error_of(mixed_of(3, areas=25), lambda u: expit(-2 + u), seed=1, draws=20, progress=stop)


def test_areas_outside_the_survey_have_the_whole_effect():
    made = world(4, 0.5, 60)
    frame = made.survey[made.survey["area_code"] >= "010"].reset_index(drop=True)
    mixed = fit_mixed_logit(frame, fit_survey_model(frame, DETERMINANTS).terms)
    codes = pd.Index([f"{a:03d}" for a in range(60)], name="area_code")
    found, areas = predicted(made.shares, codes, mixed)
    own = own_errors(mixed, found, seed=1)
    u = np.random.default_rng(1).normal(0, mixed.sd, 200_000)
    eta = mixed.terms.matrix(pd.DataFrame({"sex": ["girl", "boy"] * 2, "zone": ["urban"] * 2 + ["rural"] * 2}))
    risk = made.shares[0] @ expit((eta @ mixed.coef.to_numpy())[:, None] + u)
    mean = risk.mean()
    error = mean * (1 - mean) * np.sqrt(((logit(risk) - logit(mean)) ** 2).mean())
    assert own["000"] == pytest.approx(error, rel=0.01)
    assert found.table.loc["000", "synthetic_risk"] == pytest.approx(risk.mean(), rel=0.005)
    assert own[codes[10:]].mean() < 0.75 * own[codes[:10]].mean()
    table = estimators_table(found.table, areas)
    further = moved(table)
    assert len(further) == 50
    assert 1 <= further.sum() < 40


def test_predictions_are_nearer_the_truth_and_intervals_hold_it():
    """Four worlds here; hundreds in `tests/bench/test_prediction.py`."""
    found = summary(range(4), sd=0.5, areas=80)
    assert found["prediction_rmse_in"] < 0.8 * found["synthetic_rmse_in"]
    assert abs(found["prediction_bias_in"]) < 0.5
    assert found["prediction_width_in"] < 0.75 * found["synthetic_width_in"]
    assert found["prediction_covered_in"] > 0.88
    assert found["prediction_covered_out"] > 0.85
