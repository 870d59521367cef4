"""The study file itself, for those who prefer to write.

It is stored only when it can be read, so a slip of the pen costs nothing.
"""

from __future__ import annotations

import streamlit as st

from pages.common import show
from pages.common.data.desk import Desk, save
from pages.common.words import _, plural
from riskmodel.problems import InputProblems
from riskmodel.study_file import parse_study, study_text


def study_as_text(desk: Desk) -> None:
    """The study as it would be written by hand."""
    with st.expander(_("The study file (study.toml)")):
        st.caption(
            plural(
                "{count} file is named in it. Every key is explained in docs/study-file.md.",
                "{count} files are named in it. Every key is explained in docs/study-file.md.",
                len(desk.study.files()),
            )
        )
        edit_text(desk.study_id, study_text(desk.study))


def edit_text(study_id: str, text: str) -> None:
    """Edit the study as text; it is stored only when it can be read."""
    edited = st.text_area("study.toml", text, height=420, label_visibility="collapsed", key="study_text")
    if st.button(_("Save the text"), disabled=edited == text):
        try:
            save(study_id, parse_study(edited, complete=False))
        except InputProblems as error:
            show.problems(error.problems)
