"""What holds for every test of a screen: nothing that one test leaves in the session is there in the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(autouse=True)
def fresh_session():
    yield
    st.session_state.clear()


@pytest.fixture(scope="session", autouse=True)
def packages_searched_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components at each AppTest: 0.4 s that never find anything else."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield
