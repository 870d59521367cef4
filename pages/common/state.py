"""What a visitor has open: language, study, area. The only file that names session_state keys.

A widget forgets its value when its page is left, so each value lives under a key of its own and widgets write to it.
"""

from __future__ import annotations

import streamlit as st

from riskmodel.i18n import LANGUAGES

LANGUAGE, STUDY, AREA, METHOD = "language", "study_id", "area_code", "method"


def begin() -> None:
    """Set what is missing at the first run of a session: the browser's language if it is one of ours, else Spanish."""
    if LANGUAGE not in st.session_state:
        asked = (st.query_params.get("lang") or st.context.locale or "es")[:2].lower()
        st.session_state[LANGUAGE] = asked if asked in LANGUAGES else "es"
    st.session_state.setdefault(STUDY, None)
    st.session_state.setdefault(AREA, None)


def begun() -> bool:
    """Whether `app.py` has run in this session; a page opened by its address on a fresh server comes first."""
    return LANGUAGE in st.session_state


def language() -> str:
    return st.session_state.get(LANGUAGE, "es")


def set_language(code: str) -> None:
    st.session_state[LANGUAGE] = code


def study_id() -> str | None:
    return st.session_state.get(STUDY)


def open_study(study_id: str | None) -> None:
    """Open a study; the selected area of another study is forgotten."""
    if st.session_state.get(STUDY) != study_id:
        st.session_state[AREA] = None
    st.session_state[STUDY] = study_id


def method() -> str:
    """Method of the open study, for the names of screens."""
    return st.session_state.get(METHOD, "")


def set_method(method: str) -> None:
    st.session_state[METHOD] = method


def area_code() -> str | None:
    return st.session_state.get(AREA)


def select_area(code: str | None) -> None:
    st.session_state[AREA] = code


def keep(name: str, default: object) -> object:
    """A value that outlives its widget; set it with `put`."""
    return st.session_state.setdefault(f"kept_{name}", default)


def put(name: str, value: object) -> None:
    st.session_state[f"kept_{name}"] = value


def flash(text: str) -> None:
    """A message for the next run of the script."""
    st.session_state["flash"] = text


def take_flash() -> str | None:
    return st.session_state.pop("flash", None)
