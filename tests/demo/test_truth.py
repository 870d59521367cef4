"""The demonstration's main study, run whole, beside the truth it was drawn from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from demo.people import AREA_EFFECT
from riskmodel.results import Results
from riskmodel.workspace import Workspace


@pytest.fixture(scope="module")
def results(demo_home: Path) -> Results:
    workspace = Workspace(demo_home)
    return workspace.last_results(workspace.studies()[0].study_id)


def test_the_survey_finds_the_municipal_effects(results: Results):
    """One survey: the standard error of the variance is about 0.02."""
    found = results.diagnostics["area_variance"]
    assert found["variance_unadjusted"] == pytest.approx(AREA_EFFECT**2, abs=0.04)
    assert found["areas"] > 320
    assert 0.8 < found["design_effect"] < 1.3  # no effects of sectors were drawn


def test_intervals_cover_the_true_risk_of_municipalities(results: Results, demo_folder: Path):
    """340 municipalities of one survey, which share its error: over many surveys coverage is 0.93 to 0.95."""
    assert results.manifest["interval"] == "coefficients_and_areas"
    truth = pd.read_csv(demo_folder / "riesgo_verdadero.csv", dtype={"codigo": str}).set_index("codigo")
    areas = results.areas.set_index("area_code")
    true = truth["riesgo_verdadero"].reindex(areas.index)
    assert 0.88 <= ((areas["ci_lower"] <= true) & (true <= areas["ci_upper"])).mean() <= 0.99


def test_groups_and_country_carry_the_municipal_effects(results: Results):
    """A group of one municipality is as unsure as the municipality, or more; the country is far surer."""
    girls = results.groups[(results.groups["group"] == "sexo") & (results.groups["category"] == "mujer")]
    relative = (girls["se"] / (girls["area_risk"] * (1 - girls["area_risk"])))[girls["area_code"] != ""]
    assert relative.min() >= results.diagnostics["area_variance"]["sd"]
    country = girls[girls["area_code"] == ""].iloc[0]
    assert country["se"] < 0.2 * (girls["area_risk"] * relative).median()
