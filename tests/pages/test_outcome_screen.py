"""Data screen: the outcome computed by widgets alone, and a check that shows survey and population side by side."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from riskmodel.workspace import Workspace
from tests.small_study import write_small_study

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data_screen(tmp_path, monkeypatch):
    """The small study with hours of work in its survey, on the Data screen."""
    import streamlit as st

    write_small_study(tmp_path / "files")
    survey = pd.read_csv(tmp_path / "files" / "encuesta.csv")
    survey["horas"] = survey["trabaja"].map({1: 44, 0: None})
    survey.to_csv(tmp_path / "files" / "encuesta.csv", index=False)
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.session_state["language"] = "en"
    test.session_state["study_id"] = study_id
    test.session_state["kept_asked_demo"] = True
    test.session_state["method"] = "risk_model"
    return test.switch_page("pages/data.py").run(), workspace, study_id


def test_the_outcome_is_computed_by_widgets_alone(data_screen):
    shown, workspace, study_id = data_screen
    shown.radio("outcome_way").set_value("computed").run()
    shown.multiselect("outcome_hours").set_value(["horas"]).run()
    shown.radio("outcome_blank").set_value("zero").run()
    shown.button("save_outcome").click().run()
    assert not shown.exception
    outcome = workspace.study(study_id).outcome
    assert outcome.column == ""
    assert (outcome.computed.hours, outcome.computed.hours_blank) == (("horas",), "zero")
    assert [(b.min, b.max, b.hours) for b in outcome.computed.band] == [(5, 11, 1), (12, 14, 14), (15, 17, 43)]
    shown.button("check_files").click().run()
    assert not shown.exception
    assert any("The outcome was computed" in told.value for told in shown.info)
    assert any(e.label == "Survey compared with population" for e in shown.expander)
    assert any("The inputs are ready" in told.value for told in shown.success)
