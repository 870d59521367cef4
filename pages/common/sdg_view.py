"""Draw the SDG 8.7.1 table of a unit, with its footnotes and downloads."""

from __future__ import annotations

import streamlit as st

from pages.common import show
from pages.common.words import _, current
from riskmodel.outputs.sdg_report import footnotes, listed, printed, report_csv
from riskmodel.outputs.sdg_table import Unit, sdg_table
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_groups import crossings, group_label


def table(study: Study, results: Results, unit: Unit, place: str) -> None:
    """The table of the chosen crossing; how to ask for one where there is none."""
    t = current()
    st.subheader(_("For the national report: SDG indicator 8.7.1"), anchor=False)
    crossed = list(crossings(study))
    if not crossed:
        st.caption(_("For this table, cross sex with age bands in the Data screen, under “Groups”, and run the study again."))  # fmt: skip
        return
    names = {name: group_label(study, name) for name in crossed}
    chosen = crossed[0]
    if len(crossed) > 1:
        chosen = st.selectbox(_("Table"), crossed, format_func=names.__getitem__, key="sdg_crossing")
    found = sdg_table(study, results, unit, chosen)
    shown = printed(found, study, chosen, t)
    st.write(_("Children in child labour in {place}: expected number and proportion, with 95% intervals.", place=show.escape(place)))  # fmt: skip
    on_screen = listed(found, study, chosen, t)
    show.table(on_screen, left=list(on_screen.columns[:2]))
    notes = footnotes(study, results, chosen, place, t)
    with st.expander(_("Footnotes for the report")):
        st.markdown("\n".join(f"{i}. {show.escape(note)}" for i, note in enumerate(notes, 1)))
    title = _("SDG indicator 8.7.1: children in child labour, {place}", place=place)
    with st.container(horizontal=True):
        st.download_button(
            _("Download for a spreadsheet, with footnotes (CSV)"),
            data=lambda: report_csv(shown, title, notes, t),
            file_name=f"sdg_8_7_1_{unit.code or 'country'}.csv",
            mime="text/csv",
            icon=":material/download:",
            key="download_sdg_report",
            on_click="ignore",
        )
        show.download_table(found, "sdg_8_7_1_data", _("Download as data (CSV)"))
