"""The widgets of the further survey design: what is asked is what the study gets, and what was declared stays."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from riskmodel.study import Replicates, Survey


def screen(now):
    import streamlit as st

    from pages.common import ask, ask_design

    st.session_state["language"] = "en"
    st.session_state["asked"] = ask_design.further_design(now, ["upm", "hogar", "n_upm"], ask.column)


def shown(**survey: Any) -> AppTest:
    now = Survey.model_validate({"file": "e.csv", "year": 2024, **survey})
    test = AppTest.from_function(screen, kwargs={"now": now}, default_timeout=30).run()
    assert not test.exception
    return test


def asked(test: AppTest) -> dict[str, Any]:
    assert not test.exception
    return dict(test.session_state["asked"])


def test_nothing_declared_stays_nothing():
    assert asked(shown()) == {"fpc": "", "ssu": "", "fpc2": "", "replicates": None}


@pytest.mark.parametrize(
    "replicates",
    [
        {"columns": ("repw*",), "type": "JK1", "scale": 0.5},
        {"columns": ("a", "b"), "type": "JKn", "rscales": (0.5, 0.123456789), "mse": True},
        {"columns": ("repw*",), "type": "JKn", "combined": False},
        {"columns": ("repw*",), "type": "Fay", "rho": 0.5},
    ],
)
def test_what_the_study_says_stays(replicates):
    found = asked(shown(ssu="hogar", fpc="n_upm", fpc2="n_upm", replicates=replicates))
    assert found == {"ssu": "hogar", "fpc": "n_upm", "fpc2": "n_upm", "replicates": Replicates(**replicates)}


def test_replicates_are_asked_for_step_by_step():
    test = shown()
    test.text_input(key="survey_replicates").input("bsw*").run()
    assert asked(test)["replicates"] == Replicates(columns=("bsw*",), type="JK1")
    test.selectbox(key="survey_reps_type").select("JKn").run()
    assert len(test.error) == 1
    assert asked(test)["replicates"] is None
    test.text_input(key="survey_rscales").input("0,5 0.5").run()
    assert not test.error
    assert asked(test)["replicates"] == Replicates(columns=("bsw*",), type="JKn", rscales=(0.5, 0.5))
