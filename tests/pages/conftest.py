"""What holds for every test of a screen: nothing that one test leaves in the session is there in the next."""

from __future__ import annotations

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def fresh_session():
    yield
    st.session_state.clear()
