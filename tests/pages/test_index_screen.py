"""The index on screen: its settings are the keys of the study file, a template fills it, the Model screen tells how it was made."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from riskmodel.study import IndexSettings
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from workflow import run_in_workspace

STUDY = """
[study]
name = "x"
language = "en"
method = "vulnerability_index"
[outcome]
name = "x"
definition = "x"
[areas]
file = "t.csv"
area_code = "code"
[[indicator]]
name = "a"
dimension = "one"
best = 0
worst = 9
[[indicator]]
name = "b"
dimension = "two"
[index]
method = "dp2"
[levels]
rule = "dalenius_hodges"
bins = 12
"""


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> tuple[Path, str]:
    """A workspace with a study of 40 areas that was run."""
    folder = tmp_path / "study"
    folder.mkdir()
    rows = [f"{i:02d},{i % 7 + i / 50},{(i * 3) % 11}" for i in range(40)]
    (folder / "t.csv").write_text("code,a,b\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(folder)
    run_in_workspace(workspace, study_id)
    return tmp_path / "home", study_id


def opened(home: tuple[Path, str], screen: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(home[0]))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.session_state["language"] = "en"
    test.session_state["study_id"] = home[1]
    test.session_state["kept_asked_demo"] = True
    test.session_state["method"] = "vulnerability_index"
    return test.switch_page(f"pages/{screen}.py").run()


def test_settings_on_screen_are_keys_of_the_study_file(home: tuple[Path, str], monkeypatch: pytest.MonkeyPatch):
    """What is there is shown as it is; another method takes its own choices; a template replaces what is there."""
    folder = Workspace(home[0]).folder(home[1])
    shown = opened(home, "data", monkeypatch)
    assert not shown.exception
    assert shown.selectbox(key="index_method").value == "dp2"
    assert shown.number_input(key="levels_bins").value == 12
    assert shown.button(key="save_indicator").disabled  # nothing changes by being looked at
    assert shown.button(key="save_levels").disabled
    shown.selectbox(key="index_method").set_value("mean").run()
    shown.selectbox(key="index_normalisation").set_value("goalposts")
    shown.selectbox(key="index_between").set_value("geometric")
    shown.selectbox(key="index_weights").set_value("given").run()
    shown.number_input(key="index_dimension_one").set_value(3.0).run()
    shown.button(key="save_indicator").click().run()
    assert not shown.exception
    saved = read_study(folder, complete=False)
    assert saved.index == IndexSettings(
        normalisation="goalposts", between="geometric", weights="given", dimension_weights={"one": 3, "two": 1}
    )
    assert (saved.indicator[0].best, saved.indicator[0].worst, saved.indicator[1].best) == (0, 9, None)
    shown.toggle(key="template_wanted").set_value(True).run()
    shown.button(key="template_use").click().run()
    assert not shown.exception
    assert len(read_study(folder, complete=False).indicator) == 14


def test_the_screen_of_the_index_says_how_it_was_made(home: tuple[Path, str], monkeypatch: pytest.MonkeyPatch):
    shown = opened(home, "model", monkeypatch)
    assert not shown.exception
    said = " ".join(str(m.value) for m in shown.markdown)
    assert "DP2 distance" in said
    assert "counted in 12 bins" in said
    order = next(d.value for d in shown.dataframe if "Share that counts, %" in d.value)
    assert order["Share that counts, %"].iloc[0] == "100.0"
