"""Set aside what is loaded, so that the cleaning of memory after every run of a page stays short.

Streamlit asks for a full collection after each run of a page, and everything else in the process waits for it: a page that
asks how far a piece of work is would take more time than the work.
"""

from __future__ import annotations

import gc
import sys

import streamlit as st

MODULES = 200  # so many loaded since the last time are worth setting aside


def set_aside() -> None:
    """What is alive now is looked through again only at the next call, which also frees what has died since."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def set_libraries_aside() -> None:
    """At the first page of this server, and whenever many libraries were loaded since: they stay as long as it runs."""
    _set_aside_at(len(sys.modules) // MODULES)


@st.cache_resource(show_spinner=False)
def _set_aside_at(loaded: int) -> None:
    set_aside()
