"""Mirador on screen: the pages in the order of the work, the language, the open study."""

from __future__ import annotations

import streamlit as st

from pages.common import cached, demo, show, state
from pages.common.words import _
from riskmodel.i18n import LANGUAGES

st.set_page_config(page_title="Mirador", page_icon=":material/landscape:", layout="wide")
state.begin()
demo.open_at_first_start()

st.html("pages/common/style.css")


def _sidebar() -> None:
    with st.sidebar:
        study_id = state.study_id()
        records = {r.study_id: r for r in cached.workspace().studies()}
        if study_id in records:
            st.caption(_("Open study"))
            st.markdown(f"**{show.escape(records[study_id].name)}**")
        chosen = st.segmented_control(
            "Idioma · Language",
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=state.language(),
            key="language_switch",
        )
        if chosen and chosen != state.language():
            state.set_language(chosen)
            st.rerun()
        st.caption(_("Nothing leaves this machine."))


def _pages() -> dict[str, list[st.Page]]:
    method = state.method()
    has_results = state.study_id() is not None and cached.run(state.study_id()) is not None

    def page(name: str, title: str, icon: str, default: bool = False) -> st.Page:
        return st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:", url_path=name, default=default)

    return {
        _("Start"): [page("studies", _("Studies"), "folder_open", default=not has_results)],
        _("Prepare"): [
            page("data", _("Data"), "database"),
            page("model", _("Index") if method == "vulnerability_index" else _("Model"), "insights"),
        ],
        _("See"): [
            page("map", _("Map"), "map", default=has_results),
            page("determinants", _("Determinants"), "stacked_bar_chart"),
        ],
        _("Decide"): [page("priorities", _("Priorities"), "format_list_numbered")],
        _("Share"): [
            page("sheets", _("Fact sheets"), "description"),
            page("downloads", _("Downloads"), "download"),
        ],
        _("Help"): [page("method", _("Method"), "menu_book")],
    }


navigation = st.navigation(_pages(), expanded=True)
_sidebar()
navigation.run()
