"""ROC curve and its area: DeLong's variance, the jackknife over PSUs, and coverage on simulated surveys."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.diagnostics import classification, discrimination
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.roc import auc_with_interval, roc_points
from riskmodel.survey.sample import FitSample
from tests.survey.test_logit import DETERMINANTS, simulated


def test_without_a_design_the_error_is_that_of_delong():
    """DeLong, DeLong & Clarke-Pearson (1988): S10 / m + S01 / n, each with its own n − 1.

    Linearised it is N / (N − 1) [S10 (m − 1) / m² + S01 (n − 1) / n²], N = m + n.
    """
    rng = np.random.default_rng(3)
    y = (rng.random(80) < 0.3).astype(float)
    p = np.round(np.clip(0.3 + 0.2 * y + rng.normal(0, 0.2, 80), 0.01, 0.99), 1)  # many ties
    pairs = (p[y == 1][:, None] > p[y == 0]) + 0.5 * (p[y == 1][:, None] == p[y == 0])
    m, n = pairs.shape
    s10, s01 = pairs.mean(axis=1).var(ddof=1), pairs.mean(axis=0).var(ddof=1)
    want = np.sqrt(80 / 79 * (s10 * (m - 1) / m**2 + s01 * (n - 1) / n**2))
    design = SurveyDesign.from_frame(pd.DataFrame({"weight": np.ones(80)}))
    found = auc_with_interval(y, p, np.ones(80, dtype=bool), design, "fail")
    assert found["auc"] == pytest.approx(pairs.mean(), rel=1e-12)
    assert found["se"] == pytest.approx(want, rel=1e-10)
    assert found["ci_lower"] < found["auc"] < found["ci_upper"]


def test_the_jackknife_over_psus_gives_nearly_the_same_error():
    frame = simulated(area_sd=0.8)
    model = fit_survey_model(frame, DETERMINANTS)
    sample = FitSample.of(frame, model.terms)
    p = sample.risk(model.coef)
    assert p == pytest.approx(model.predict(frame).to_numpy(), rel=1e-9)
    found = auc_with_interval(sample.y, p, sample.used, sample.design, "fail")
    assert found["auc"] == pytest.approx(model.diagnostics["auc"], rel=1e-12)
    total, drawn = 0.0, sample.design.psu_per_stratum()
    place = sample.design.psu_stratum

    def without_one(unit: int) -> float:
        """The area without one PSU, the weights of its stratum raised by n / (n − 1)."""
        n, same = drawn[place[unit]], place[sample.psu] == place[unit]
        weight = sample.weight * np.where(same, n / (n - 1), 1.0) * (sample.psu != unit)
        return discrimination(sample.y, p, weight)["auc"]

    without = np.array([without_one(unit) for unit in range(sample.design.n_psu)])
    for stratum, n in enumerate(drawn):  # JKn: each stratum's units around their own mean
        inside = without[place == stratum]
        total += (n - 1) / n * ((inside - inside.mean()) ** 2).sum()
    assert found["se"] == pytest.approx(np.sqrt(total), rel=0.02)


def test_the_interval_covers_the_area_in_the_population():
    """120 surveys in clusters; the truth is the area under the curve of the same model fitted to 300,000 children."""
    truth = fit_survey_model(simulated(300_000, seed=99, area_sd=0.5), DETERMINANTS).diagnostics["auc"]
    hits = 0
    for seed in range(120):
        frame = simulated(900, seed=seed, area_sd=0.5)
        model = fit_survey_model(frame, DETERMINANTS)
        sample = FitSample.of(frame, model.terms)
        found = auc_with_interval(sample.y, sample.risk(model.coef), sample.used, sample.design, "adjust")
        hits += found["ci_lower"] <= truth <= found["ci_upper"]
    assert 107 <= hits <= 120  # 114 ± 3 standard errors of a share of 120


def test_the_curve_is_exact_at_its_cut_offs_and_holds_no_risk_of_a_person():
    frame = simulated()
    model = fit_survey_model(frame, DETERMINANTS)
    y, p, w = frame["outcome"].to_numpy(), model.predict(frame).to_numpy(), frame["weight"].to_numpy()
    points = roc_points(y, p, w)
    assert 50 < len(points) <= 101
    assert (points[0]["sensitivity"], points[0]["specificity"]) == (1, 0)
    assert (points[-1]["sensitivity"], points[-1]["specificity"]) == (0, 1)
    assert not {point["cut_off"] for point in points} & set(p)
    for point in points[1:-1:20]:
        by_hand = classification(y, p, w, point["cut_off"])
        assert point["sensitivity"] == pytest.approx(by_hand["sensitivity"], abs=1e-12)
        assert point["specificity"] == pytest.approx(by_hand["specificity"], abs=1e-12)
        assert point["called"] == pytest.approx(np.average(p > point["cut_off"], weights=w), abs=1e-12)
    fpr, tpr = np.array([(1 - q["specificity"], q["sensitivity"]) for q in points]).T
    area = -np.trapezoid(tpr, fpr)
    assert area == pytest.approx(model.diagnostics["auc"], abs=2e-3)
