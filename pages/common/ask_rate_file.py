"""Hold the results of a finished run against a table of rates, without running the study again.

What comes of it is the visitor's, for this run only: the run stays as it is. The command `validate` writes the same.
"""

from __future__ import annotations

import streamlit as st

from comparisons import Compared, compare_observed
from pages.common import ask_observed, cached, show, state
from pages.common.ask import column, file
from pages.common.words import _
from riskmodel.inputs.observed_file import ObservedFile
from riskmodel.problems import InputProblems
from riskmodel.results import Results
from riskmodel.study import Observed
from riskmodel.study_file import FILE_NAME

KEPT = "rate_compared"
TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".parquet", ".gz", ".zip")


def compared(study_id: str) -> Compared | None:
    """What this visitor compared the last run with; None where nothing was."""
    kept = state.keep(KEPT, None)
    if isinstance(kept, tuple) and kept[:2] == (study_id, cached.run(study_id)):
        return kept[2]
    return None


def ask(study_id: str, results: Results, opened: bool) -> None:
    """The table, its columns, and the button; what comes of it is kept and the page drawn again."""
    with st.expander(_("Compare with another measured rate"), expanded=opened):
        st.caption(_("A table with a row per area. Nothing is estimated again, and the results of the study stay as they are."))  # fmt: skip
        folder, workspace = cached.workspace().folder(study_id), cached.workspace()
        stored = state.keep(f"stored_{study_id}", [])
        new = st.file_uploader(_("Drop the table here (CSV, XLSX, Parquet); it is stored with the study"), key="rate_upload")  # fmt: skip
        if new is not None and new.file_id not in stored:
            name = workspace.add_file(study_id, new.name, new.getbuffer())
            state.put(f"stored_{study_id}", [*stored, new.file_id])
            state.put("rate_file", name)
        files = sorted(
            p.name
            for p in folder.iterdir()
            if p.is_file() and p.suffix.lower() in TABLES and p.name != FILE_NAME and not p.name.startswith(".")
        )
        kept = str(state.keep("rate_file", ""))
        chosen = file(_("Table of rates"), files, kept if kept in files else "", "rate_table")
        state.put("rate_file", chosen)
        columns = cached.columns(folder / chosen) if chosen else []
        known = state.keep("rate_columns", None)
        code = column(_("Column of the area code"), columns, str(state.keep("rate_code", "")), "rate_area_code")
        state.put("rate_code", code)
        named = ask_observed.observed(known if isinstance(known, Observed) else None, columns)
        if named is not None:
            state.put("rate_columns", named)
        ready = bool(chosen and code and named is not None)
        if st.button(_("Compare"), type="primary", disabled=not ready, key="rate_compare") and named is not None:
            try:
                found = compare_observed(results, ObservedFile(folder / chosen, code, named))
            except InputProblems as error:
                show.problems(error.problems)
                return
            state.put(KEPT, (study_id, cached.run(study_id), found))
            st.rerun()


def back() -> None:
    """Forget what was compared: the page shows what the run itself found."""
    state.put(KEPT, None)
