"""Files of the study: brought, listed, removed.

A file is stored as it came; one that is in use cannot be removed here.
"""

from __future__ import annotations

import streamlit as st

from pages.common import cached, quality_view, show, state
from pages.common.data.desk import Desk
from pages.common.words import _


def the_files(desk: Desk) -> None:
    """Upload and list the files of the study."""
    st.subheader(_("Files"), anchor=False)
    uploaded = st.file_uploader(
        _(
            "Drop your files here: survey, census, municipal table, boundaries (CSV, XLSX, Parquet, GeoJSON, GeoPackage, zipped shapefile)"
        ),
        accept_multiple_files=True,
        key=f"upload_{desk.study_id}",
    )
    stored = f"stored_{desk.study_id}"
    for new in (u for u in uploaded if u.file_id not in state.keep(stored, [])):
        name = cached.workspace().add_file(desk.study_id, new.name, new.getbuffer())
        state.put(stored, [*state.keep(stored, []), new.file_id])
        st.toast(_("Stored: {name}", name=name))
    used = set(desk.study.files())
    files = desk.files()
    for name in files:
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.markdown(
            f"{show.escape(name)} · {show.size(desk.folder / name)}" + (f" · {_('in use')}" if name in used else "")
        )
        if name not in used and action.button(_("Remove"), key=f"remove_{name}"):
            (desk.folder / name).unlink()
            st.rerun()
    if not files:
        st.caption(_("No files yet."))
    quality_view.choose(desk.study, desk.folder, desk.tables())
