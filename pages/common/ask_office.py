"""Who publishes: name, logo, contact, web and thanks, printed on sheets, report and slides.

It changes no number, so what is saved goes onto the sheets of the last run at once; nothing has to run again.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.common import cached, show, state
from pages.common.words import _
from riskmodel.inputs.office import MOST_BYTES, MOST_PIXELS, read_logo
from riskmodel.problems import InputProblems, Where
from riskmodel.study import Study
from riskmodel.study_office import MOST_CONTACTS, Office
from workflow import set_office


def office_part(study: Study, study_id: str) -> None:
    """The part of the study, in an expander with its own save."""
    now = study.office
    with st.expander(_("Office that publishes"), expanded=False, icon=":material/check:" if now != Office() else None):
        st.caption(_("Printed on every sheet, the report and the slides. What you leave empty is left out."))
        left, right = st.columns(2)
        with left:
            name = st.text_input(_("Name of the office"), now.name, key="office_name", max_chars=120)
            web = st.text_input(_("Address on the web"), now.web, key="office_web", max_chars=120)
            contact = st.text_area(
                _("Contact, one line each (at most {count})", count=MOST_CONTACTS),
                "\n".join(now.contact), key="office_contact", height=104,
            )  # fmt: skip
        with right:
            thanks = st.text_area(_("Thanks"), now.thanks, key="office_thanks", max_chars=240, height=104)
            logo = _logo(now, study_id)
        lines = tuple(line.strip()[:120] for line in contact.splitlines() if line.strip())[:MOST_CONTACTS]
        made = Office(name=name, web=web, contact=lines, thanks=thanks, logo=logo)
        changed = made != now
        if st.button(_("Save"), key="save_office", type="primary" if changed else "secondary", disabled=not changed):
            _save(study.model_copy(update={"office": made}), study_id)


def _logo(now: Office, study_id: str) -> str:
    """Name of the file of the logo; a new one is stored only if it can be printed."""
    folder = cached.workspace().folder(study_id)
    new = st.file_uploader(
        _(
            "Logo: PNG, JPEG or SVG, at most {size} MB and {pixels} pixels on a side",
            size=MOST_BYTES // 1_000_000,
            pixels=MOST_PIXELS,
        ),
        key="office_logo",
    )
    chosen = now.logo
    if new is not None:
        found, problem = read_logo(new.getvalue() if new.size <= MOST_BYTES else b"", new.size, Where(new.name))
        if problem is not None:
            show.problems([problem])
        elif found is not None:
            if state.keep("office_stored", "") != new.file_id:
                state.put("office_name_of_logo", cached.workspace().add_file(study_id, new.name, new.getbuffer()))
                state.put("office_stored", new.file_id)
            chosen = str(state.keep("office_name_of_logo", ""))
    if chosen and (folder / chosen).is_file():
        _shown(folder / chosen)
        if st.checkbox(_("Print no logo"), key="office_no_logo"):
            return ""
    return chosen


def _shown(path: Path) -> None:
    """The logo as it is stored, on white as on the sheets."""
    data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    found, problem = read_logo(data, path.stat().st_size, Where(path.name))
    if problem is not None:
        show.problems([problem])
    elif found is not None:
        st.image(found.data if found.kind != "svg" else found.data.decode("utf-8-sig", "replace"), width=180)
        st.caption(show.escape(path.name))


def _save(study: Study, study_id: str) -> None:
    workspace = cached.workspace()
    try:
        workspace.save_study(study_id, study)
        run = workspace.last_run(study_id)
        if run is not None:
            set_office(run, study, workspace.folder(study_id))
    except InputProblems as error:
        show.problems(error.problems)
        return
    state.flash(_("Saved."))
    st.rerun()
