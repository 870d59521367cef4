"""Begin the indicators from a template, and take the table of indicators to a spreadsheet and back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.common import show, state
from pages.common.words import _, plural
from riskmodel.index.templates import TEMPLATES
from riskmodel.inputs.indicator_table import read_indicators
from riskmodel.outputs.tables import indicator_table
from riskmodel.outputs.template_files import TABLE, template_parts, template_table
from riskmodel.problems import InputProblems
from riskmodel.study import Study

LANGUAGES = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}


def names() -> dict[str, str]:
    """Templates."""
    return {
        "vulnerability": _("Vulnerability to child labour: 14 indicators in five dimensions"),
        "marginalisation": _("Marginalisation index in the manner of CONAPO: 9 deprivations, DP2 distance"),
    }


def offer(study: Study, save: Callable[[Study], None]) -> None:
    """Choose a template, take its empty table, put its indicators into the study."""
    if study.indicator and not st.toggle(_("Start again from a template"), key="template_wanted"):
        return
    with st.container(border=True):
        st.markdown("**" + _("Start from a template") + "**")
        titles = names()
        left, right = st.columns([3, 1])
        key = left.selectbox(_("Template"), list(TEMPLATES), format_func=titles.__getitem__, key="template_key")
        at = list(LANGUAGES).index(state.language()) if state.language() in LANGUAGES else 0
        language = right.selectbox(_("Names in"), list(LANGUAGES), at, format_func=LANGUAGES.__getitem__, key="template_language")  # fmt: skip
        with st.container(horizontal=True):
            st.download_button(
                _("Empty table to fill in (XLSX)"), template_table(key, language), TABLE[language], key="template_table"
            )
            if st.button(_("Use its indicators"), key="template_use"):
                save(study.model_copy(update=template_parts(key, language)))
        if study.indicator:
            st.caption(
                plural(
                    "The {count} indicator of the study is replaced.",
                    "The {count} indicators of the study are replaced.",
                    len(study.indicator),
                )
            )


def exchange(study: Study, save: Callable[[Study], None]) -> None:
    """The table of indicators as a file, out and in."""
    left, right = st.columns(2, vertical_alignment="top")
    left.download_button(
        _("Table of indicators (XLSX)"),
        indicator_table(study.indicator),
        "indicators.xlsx",
        key="indicators_download",
        disabled=not study.indicator,
    )
    left.caption(_("Edit it in a spreadsheet and bring it back; -1 in “direction” means that more is less risk."))
    brought = right.file_uploader(
        _("Bring an edited table of indicators"), type=["xlsx", "csv"], key="indicators_bring"
    )
    if brought is None or state.keep("indicators_brought", "") == brought.file_id:
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / Path(brought.name).name
        path.write_bytes(brought.getbuffer())
        try:
            found = read_indicators(path)
        except InputProblems as error:
            show.problems(error.problems)
            return
    state.put("indicators_brought", brought.file_id)
    save(study.model_copy(update={"indicator": found}))
