"""Errors of prevalence, Brier score and Tjur's R² against the jackknife of whole sampling units and a hand calculation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.diagnostics import discrimination
from riskmodel.survey.fit_errors import fit_errors


@pytest.fixture(scope="module")
def survey():
    rng = np.random.default_rng(11)
    n, units = 6000, 200
    psu = rng.integers(0, units, n)
    x = rng.normal(size=units)[psu] * 0.5 + rng.normal(size=n)
    p = 1 / (1 + np.exp(-(-2 + x)))
    table = pd.DataFrame({"psu": psu, "stratum": psu % 4, "w": rng.uniform(1, 5, n)})
    return table, (rng.random(n) < p).astype(float), p


def test_close_to_the_jackknife_by_sampling_unit(survey):
    """JKn: units of a stratum left out in turn, the others scaled up; risks held fixed in both."""
    table, y, p = survey
    design = SurveyDesign.from_frame(table.rename(columns={"w": "weight"}))
    found = fit_errors(y, p, np.ones(len(y), dtype=bool), design, "adjust")
    w = table["w"].to_numpy()

    def figures(weight):
        told = discrimination(y, p, weight)
        return np.array([np.average(y, weights=weight), told["brier"], told["tjur_r2"]])

    whole, variance = figures(w), np.zeros(3)
    for _, part in table.groupby("stratum"):
        units = part["psu"].unique()
        m = len(units)
        for unit in units:
            out = (table["psu"] == unit).to_numpy()
            scale = np.where((table["stratum"] == part["stratum"].iloc[0]).to_numpy(), m / (m - 1), 1.0)
            variance += (m - 1) / m * (figures(np.where(out, 0.0, w * scale)) - whole) ** 2
    assert [one["se"] for one in found.values()] == pytest.approx(list(np.sqrt(variance)), rel=0.02)
    for name, value in zip(found, whole, strict=True):
        assert found[name]["ci_lower"] < value < found[name]["ci_upper"]


def test_prevalence_of_equal_weights_without_clusters_is_the_textbook_error():
    """√(p (1 − p) / (n − 1)) with each child a unit of its own."""
    y = np.array([1.0] * 20 + [0.0] * 80)
    design = SurveyDesign.from_frame(pd.DataFrame({"weight": np.full(100, 3.0)}))
    found = fit_errors(y, np.full(100, 0.2), np.ones(100, dtype=bool), design, "adjust")
    assert found["prevalence"]["se"] == pytest.approx(np.sqrt(0.2 * 0.8 / 99))
    assert found["tjur_r2"]["se"] == pytest.approx(0, abs=1e-12)
