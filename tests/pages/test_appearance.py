"""What the visitor switched on, from the address, from the cookie, and in what is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.common.state import Appearance

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened(monkeypatch, tmp_path):
    def at(**address: str) -> AppTest:
        import streamlit as st

        st.cache_resource.clear()
        monkeypatch.setenv("MIRADOR_HOME", str(tmp_path))
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        test.session_state["kept_asked_demo"] = True
        for name, value in address.items():
            test.query_params[name] = value
        return test.run()

    return at


def test_the_address_switches_it_on(opened):
    shown = opened(lang="en", look="projector,photocopy")
    assert shown.session_state["appearance"] == Appearance(projector=True, photocopy=True)
    assert shown.session_state["language"] == "en"


def test_what_the_address_does_not_know_is_left_out(opened):
    shown = opened(lang="xx", look="large,projector")
    assert shown.session_state["appearance"] == Appearance(projector=True)
    assert shown.session_state["language"] == "es"


def test_a_switch_is_kept_and_remembered(opened):
    """That it holds on other screens is seen in the browser."""
    shown = opened(lang="en")
    shown.toggle(key="look_projector").set_value(True).run()
    assert shown.session_state["appearance"] == Appearance(projector=True)
    assert shown.session_state["remembered"]["look"] == "projector"


@pytest.mark.parametrize(
    ("look", "theme"), [((False, False), "light"), ((True, False), "light"), ((False, True), "photocopy")]
)
def test_maps_take_their_theme_from_it(look, theme):
    assert Appearance(*look).map_theme(dark=False) == theme
    assert Appearance(projector=look[0]).map_theme(dark=True) == "dark"


def test_a_word_that_is_not_there_is_told(opened):
    shown = opened(lang="en").switch_page("pages/glossary.py").run()
    shown.text_input(key="glossary_search").set_value("odds of").run()
    assert any("odds of child labour" in m.value for m in shown.markdown)
    shown.text_input(key="glossary_search").set_value("zzz").run()
    assert "No word matches" in shown.info[0].value


def test_the_guide_waits_where_no_study_is_open_and_goes_when_closed(opened):
    shown = opened(lang="en").switch_page("pages/studies.py").run()
    assert any("First steps, 1 of 5" in m.value for m in shown.markdown)
    shown.button(key="guide_close").click().run()
    assert not any("First steps" in m.value for m in shown.markdown)
    assert shown.session_state["remembered"]["guide"] == "0"
