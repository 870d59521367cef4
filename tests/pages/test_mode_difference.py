"""The map of results against a measured rate: both numbers on the card, dots where the interval holds the measure."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from geodata.palette import lightness
from pages.common import paints
from riskmodel.decisions.validation import validate
from riskmodel.i18n import translator
from riskmodel.outputs.map_key import kinds_of, map_key
from riskmodel.study import Levels
from tests.outputs.cases import make_results, study_of


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("pages.common.state.language", lambda: "en")


def measured(method: str = "risk_model"):
    """Results of 60 areas held against a rate: as estimated, but 12 points lower in "004" to "006" and missing in "010"."""
    results = make_results(method)
    areas = results.areas.set_index("area_code")
    rate = make_results().areas.set_index("area_code")["area_risk"]
    rate = rate.where(~rate.index.isin(["005", "006", "007"]), (rate - 0.12).clip(lower=0.0)).drop("010")
    found = validate(
        results.areas, pd.DataFrame({"observed": rate, "observed_n": float("nan")}), results.measure, Levels()
    )
    assert found is not None
    return replace(results, validation=found.areas, agreement=found.summary), areas


def test_the_mode_is_there_where_something_was_measured():
    results, _ = measured()
    assert "difference" in paints.modes(study_of("risk_model"), results)
    assert "difference" in kinds_of(results)
    assert "difference" not in paints.modes(study_of("risk_model"), make_results())


def test_classes_card_and_dots():
    """0.12 above the measure is beyond an interval of ± 2.4 points; an equal rate is inside; missing ones have no class."""
    results, areas = measured()
    look = paints.look(study_of("risk_model"), results, "difference")
    assert look.marks[["005", "001"]].tolist() == [5, 3]
    assert look.marks[["003", "010"]].isna().all()
    assert "001" in look.uncertain
    assert "005" not in look.uncertain
    assert look.lines["Measured"]["005"] == f"{(areas.loc['005', 'area_risk'] - 0.12) * 100:.1f}%"
    assert look.lines["Difference, points"]["005"] == "+12.0"
    assert sum(int(e.note.split(" ")[0]) for e in look.legend.entries if e.kind != "uncertain") == 60
    assert look.legend.entries[-1].kind == "uncertain"


def test_an_index_is_told_in_places_and_has_no_dots():
    results, _ = measured("vulnerability_index")
    look = paints.look(study_of("vulnerability_index"), results, "difference")
    assert not look.uncertain
    assert "Difference, places of 100" in look.lines
    key = map_key(study_of("vulnerability_index"), results, "difference", translator("en"))
    assert key.rows[0].label == "higher by more than 25 places"


def test_on_a_photocopy_above_is_dark_and_below_dotted():
    results, _ = measured()
    painted = paints.paint(results, paints.look(study_of("risk_model"), results, "difference"), "photocopy").palette
    assert list(painted.hatches) == ["....", "....", "", "", ""]
    assert len(set(zip(painted.levels, painted.hatches, strict=True))) == 5
    assert lightness(painted.levels[4]) < lightness(painted.levels[3]) < lightness(painted.levels[2])
    assert lightness(painted.levels[0]) < lightness(painted.levels[1])
