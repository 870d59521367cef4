"""Files of the study: brought, stored as they came, recognised, listed, removed.

A file that is new shows all that was found in it; one in use is a line until it is opened. One that is in use cannot be removed.
"""

from __future__ import annotations

import streamlit as st

from demo import as_sent
from pages.common import cached, show, state
from pages.common.data import file_card, map_by_name, recognised
from pages.common.data.desk import Desk, made_files
from pages.common.data.file_reading import with_readings
from pages.common.words import _, plural
from riskmodel.problems import InputProblems
from riskmodel.study_reading import Reading

SHOWN = 12  # cards in full; more files come as lines


def the_files(desk: Desk) -> None:
    """Upload, recognise and list the files of the study."""
    st.subheader(_("Files"), anchor=False)
    _bring(desk)
    used = set(desk.study.files())
    files = desk.files()
    made = made_files(desk.study)
    new = [name for name in files if name not in used | made]
    recognise(desk, new)
    for name in new[:SHOWN]:
        file_card.card(desk, name)
    in_use = [name for name in files if name in used]
    if more := new[SHOWN:]:
        _lines(desk, more, plural("{count} more file", "{count} more files", len(more)), "more")
    if in_use:
        _lines(desk, in_use, plural("{count} file in use", "{count} files in use", len(in_use)), "used")
    if own := [name for name in files if name in made - used]:
        _lines(desk, own, plural("{count} table made from points", "{count} tables made from points", len(own)), "made")
    if not files:
        st.caption(_("No files yet."))
    _untidy(desk, files)


def _bring(desk: Desk) -> None:
    """Store what was dropped, as it came."""
    uploaded = st.file_uploader(
        _("Drop your files here, several at once, as they came: survey, census, municipal table, map of the areas"),
        accept_multiple_files=True,
        key=f"upload_{desk.study_id}",
        help=_(
            "Tables from Excel, LibreOffice, SPSS, Stata or a database, and maps of any office: Excel, CSV, OpenDocument, SPSS, Stata, DBF, Parquet, GeoJSON, TopoJSON, GeoPackage, shapefile. A map of several parts, or a file packed as ZIP, comes as one ZIP."
        ),
    )
    stored, brought = f"stored_{desk.study_id}", f"brought_{desk.study_id}"
    names: list[str] = []
    for new in (u for u in uploaded if u.file_id not in state.keep(stored, [])):
        name = cached.workspace().add_file(desk.study_id, new.name, new.getbuffer())
        state.put(stored, [*state.keep(stored, []), new.file_id])
        state.put(brought, [*state.keep(brought, []), name])
        names.append(name)
    if names:
        count = len(names)
        st.toast(
            _("Stored: {name}", name=names[0])
            if count == 1
            else plural("{count} file is stored with the study.", "{count} files are stored with the study.", count)
        )


def _untidy(desk: Desk, files: list[str]) -> None:
    """On the demonstration: its municipal table as an office would send it, to see what is recognised."""
    if not desk.study.study.synthetic or as_sent.SOURCE not in files or as_sent.NAME in files:
        return
    if st.button(_("Try with an untidy table"), key="untidy", icon=":material/experiment:", type="tertiary"):
        as_sent.write_as_sent(desk.folder, desk.folder)
        st.rerun()


def recognise(desk: Desk, names: list[str]) -> None:
    """Declare how files that are new are read, as far as that is sure or likely; what the study says already stays."""
    readings: list[Reading] = []
    for name in names:
        if recognised.declared(desk.study, name) is None:
            with st.spinner(_("Looking at {name}: what it is, where its table begins, how it is written", name=name)):
                found = recognised.recognition(desk, name)
            if found and found.reading and found.reading != Reading(file=name):
                readings.append(found.reading)
    if readings:
        try:
            cached.workspace().save_study(desk.study_id, with_readings(desk.study, readings))
        except InputProblems as error:
            show.problems(error.problems)
            return
        st.rerun()


def _lines(desk: Desk, names: list[str], label: str, key: str) -> None:
    """Files of which one is opened at a time; first the one whose names still wait for a person."""
    first = state.keep(f"open_{desk.study_id}", "")  # a file about which something was just said stays open
    opened = st.pills(
        label,
        names,
        default=first if first in names else next((name for name in names if waits_for_names(desk, name)), None),
        key=f"{key}_{desk.study_id}{first and f'_{first}'}",
        help=_("Choose one to see what was found in it, what was done to read it, and its quality."),
    )
    if opened:
        file_card.card(desk, opened)


def waits_for_names(desk: Desk, name: str) -> bool:
    """Whether codes are taken by name and some names have found none."""
    reading = recognised.declared(desk.study, name)
    if reading is None or not reading.names:
        return False
    if name in desk.maps():
        return map_by_name.waits(desk, name)
    under = recognised.seen(desk, name).under
    return under is not None and any(p.code == "names_without_code" for p in under.applied.problems)
