"""The map screen in each of its modes, without a browser: what is drawn, what is sent, what is told where there is no map."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from riskmodel.workspace import Workspace
from tests.small_study import write_small_study
from workflow import run_in_workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workspace with one finished study."""
    home = tmp_path_factory.mktemp("filled")
    write_small_study(home / "files")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


@pytest.fixture
def screen(monkeypatch, filled):
    """Opens the map with something remembered from before."""

    def opened(**kept: object) -> AppTest:
        import streamlit as st

        st.cache_resource.clear()
        monkeypatch.setenv("MIRADOR_HOME", str(filled[0]))
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        values = {
            "language": "en",
            "study_id": filled[1],
            "area_code": "0203",
            "kept_asked_demo": True,
            "method": "risk_model",
        }
        for name, value in {**values, **kept}.items():
            test.session_state[name] = value
        return test.switch_page("pages/map.py").run()

    return opened


@pytest.mark.parametrize("mode", ["level", "risk", "expected_count", "certainty", "factor"])
def test_every_mode_is_drawn(screen, mode):
    shown = screen(kept_map_mode=mode)
    assert not shown.exception
    assert shown.get("bidi_component")
    assert any("Fort" in m.value for m in shown.markdown)  # the card of the chosen area


def test_the_table_is_sent_only_while_it_is_open(screen):
    assert len(screen().dataframe) == 0
    shown = screen(map_table_open=True)
    assert not shown.exception
    assert len(shown.dataframe) == 1
    assert "Risk, %" in shown.dataframe[0].value


def test_the_table_of_a_mode_has_its_column(screen):
    shown = screen(map_table_open=True, kept_map_mode="factor")
    assert "Main factor" in shown.dataframe[0].value


def test_two_maps_are_two(screen):
    shown = screen(kept_map_pair=True)
    assert not shown.exception
    assert len(shown.get("bidi_component")) == 2
    assert {s.label for s in shown.selectbox} >= {"Map on the left", "Map on the right"}


def test_nothing_from_the_internet_unless_asked_for(screen):
    assert '"tiles": null' in screen().get("bidi_component")[0].proto.json
    asked = screen(kept_map_tiles=True).get("bidi_component")[0].proto.json
    assert "openstreetmap" in asked


def test_without_boundaries_the_table_stands_in(screen, monkeypatch):
    monkeypatch.setattr("pages.common.cached.geometry", lambda study_id: None)
    shown = screen()
    assert not shown.exception
    assert not shown.get("bidi_component")
    assert any("no boundaries" in i.value for i in shown.info)
    assert any(s.label == "Find an area" for s in shown.selectbox)


def test_shapes_without_figures_and_figures_without_shapes_are_told(screen, monkeypatch):
    from dataclasses import replace

    from pages.common import cached

    real = cached.geometry
    monkeypatch.setattr(
        "pages.common.cached.geometry",
        lambda study_id: replace(real(study_id), codes=(*real(study_id).codes, "9999"), missing=("0101",)),
    )
    said = " ".join(c.value for c in screen().caption)
    assert "1 shape of the map is in no table" in said
    assert "Arroyo Hondo" in said


def test_a_map_without_values_has_no_class_and_no_crash(screen, monkeypatch):
    from dataclasses import replace

    from pages.common import cached

    real = cached._results
    gone = ("area_risk", "ci_lower", "ci_upper", "level", "level_parent", "level_probability", "expected_count", "rank")

    def empty(study_id: str, run_id: str):
        found = real(study_id, run_id)
        areas = found.areas.assign(**{name: found.areas[name].mask(found.areas["area_code"].notna()) for name in gone})
        return replace(found, areas=areas, manifest={**found.manifest, "levels": []})

    monkeypatch.setattr("pages.common.cached._results", empty)
    shown = screen(map_table_open=True)
    assert not shown.exception
    assert '"levels": "000000"' in shown.get("bidi_component")[0].proto.json
