"""Matches confirmed on a screen: what is answered is given back, what is left stays visible."""

from streamlit.testing.v1 import AppTest


def screen() -> None:
    import pandas as pd
    import streamlit as st

    from pages.common.match_view import ask_matches
    from riskmodel.inputs.match_names import match_names

    register = pd.DataFrame(
        {
            "area_code": ["0202", "0203", "0204", "0301"],
            "area_name": ["Santa Ana", "Santiago de Puringla", "San José", "Cedros"],
            "parent_name": ["La Paz"] * 3 + ["Morazán"],
        }
    )
    table = pd.DataFrame({"name": ["Santa Ana", "Santiago Purringla", "Xochitl"], "parent": ["La Paz"] * 3})
    confirmed = st.session_state.setdefault("confirmed", ())
    found = match_names(table, register, confirmed)
    new = ask_matches(found, confirmed, "m")
    if new != confirmed:
        st.session_state["confirmed"] = new
        st.rerun()


def test_a_proposal_is_confirmed_a_name_is_found_and_both_are_taken_back():
    app = AppTest.from_function(screen, default_timeout=60).run()
    assert not app.exception
    (question,) = app.radio
    assert "Santiago Purringla" in question.label
    assert question.value == "later"
    question.set_value("0203")
    app.button[0].click().run()
    assert app.session_state["confirmed"] == (("Santiago Purringla", "La Paz", "0203"),)
    assert not app.radio
    app.selectbox(key="m_place").select_index(0)
    app.selectbox(key="m_area").select_index(0).run()
    app.button(key="m_same").click().run()
    assert [c.area_code for c in app.session_state["confirmed"]] == ["0203", "0204"]
    app.multiselect(key="m_back_2").set_value([0]).run()
    app.button(key="m_take_back").click().run()
    assert [c.name for c in app.session_state["confirmed"]] == ["Xochitl"]
    assert not app.exception
    app.text_input(key="m_sought").set_value("cedr").run()
    shown = [frame.value for frame in app.dataframe if "0301" in frame.value.to_string()]
    assert len(shown) == 1
