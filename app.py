"""Mirador on screen: the pages in the order of the work, and what surrounds each of them."""

from __future__ import annotations

import traceback
from pathlib import Path

import streamlit as st

from pages.common import cached, demo, memory, page_tools, side, state
from pages.common.words import _

COMMON = Path(__file__).parent / "pages" / "common"

st.set_page_config(page_title="Mirador", page_icon=str(COMMON / "icon.png"), layout="wide")
state.begin()
demo.open_at_first_start()

cached.address_watch()
memory.set_libraries_aside()
side.styles()
page_tools.mount()


def _home() -> None:
    """The bare address: the map of the open study, or the studies where there is none to show."""
    study_id = state.study_id()
    st.switch_page("pages/map.py" if study_id and cached.run(study_id) else "pages/studies.py")


def _pages() -> dict[str, list[st.Page]]:
    method = state.method()

    def page(name: str, title: str, icon: str) -> st.Page:
        return st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:", url_path=name)

    return {
        _("Start"): [
            page("studies", _("Studies"), "folder_open"),
            st.Page(_home, title="Mirador", default=True, visibility="hidden"),
        ],
        _("Prepare"): [
            page("data", _("Data"), "database"),
            page("model", _("Index") if method == "vulnerability_index" else _("Model"), "insights"),
        ],
        _("See"): [
            page("map", _("Map"), "map"),
            page("determinants", _("Determinants"), "stacked_bar_chart"),
            page("groups", _("Groups"), "groups"),
            page("validation", _("Validation"), "fact_check"),
            page("change", _("Change"), "trending_up"),
            page("side_by_side", _("Two methods"), "compare_arrows"),
        ],
        _("Decide"): [page("priorities", _("Priorities"), "format_list_numbered")],
        _("Share"): [
            page("sheets", _("Fact sheets"), "description"),
            page("downloads", _("Downloads"), "download"),
        ],
        _("Help"): [
            page("method", _("Method"), "menu_book"),
            page("glossary", _("Glossary"), "dictionary"),
            page("self_test", _("Self-test"), "rule"),
        ],
    }


navigation = st.navigation(_pages(), expanded=True)
state.set_page(navigation.url_path)
side.panel()
try:
    navigation.run()
except Exception:  # noqa: BLE001 — no traceback reaches a screen
    traceback.print_exc()
    st.error(
        _(
            "Something in the program failed on this screen. Your files and results are as they were. The terminal says more."
        )
    )
