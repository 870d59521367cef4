"""Studies screen: open, continue, import, export, delete; the demonstration in one click."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from pages.common import ask, cached, demo, jobs, show, state
from pages.common.words import _, current
from riskmodel.archive import import_study
from riskmodel.problems import InputProblems
from riskmodel.workspace import StudyRecord

show.heading(
    _("Which study?"),
    _("A study is its files, a definition and choices. It stays on this machine until you delete it."),
)
workspace = cached.workspace()


def main() -> None:
    """Draw the screen."""
    demonstration_progress()
    records = workspace.studies()
    if not records and jobs.get(demo.JOB) is None:
        st.info(_("There is no study yet. Start one, bring one from another machine, or look at the demonstration."))
    for record in records:
        study_card(record)
    st.subheader(_("Begin"), anchor=False)
    new, bring, look = st.columns(3)
    with new.container(border=True, height="stretch"):
        new_study()
    with bring.container(border=True, height="stretch"):
        bring_study()
    with look.container(border=True, height="stretch"):
        st.markdown("**" + _("See the demonstration country") + "**")
        st.caption(_("An invented country of about 340 municipalities, to learn the tool without risk."))
        made = next((record for record in records if record.synthetic and record.last_run), None)
        if made and st.button(_("Open the demonstration"), key="open_demo"):
            open_and_go(made, "pages/map.py")
        if not made and st.button(
            _("Make the demonstration"), key="make_demo", disabled=jobs.get(demo.JOB) is not None
        ):
            demo.start()
            st.rerun()


def demonstration_progress() -> None:
    """The demonstration while it is made; its map when it is ready."""
    job = jobs.get(demo.JOB)
    if job is None:
        return
    if not job.finished:
        st.markdown("**" + _("Preparing the demonstration country, only this once.") + "**")
        jobs.show(demo.JOB)
        return
    done = jobs.take(demo.JOB)
    if done and done.failed:
        st.error(_("The demonstration could not be made. The terminal says why."))
    elif done and done.problems:
        show.problems(done.problems)
    elif done and not done.was_cancelled:
        made = workspace.studies()[0]
        open_and_go(made, "pages/map.py")


def study_card(record: StudyRecord) -> None:
    """One study with what can be done with it."""
    t = current()
    with st.container(border=True):
        words, actions = st.columns([3, 2], vertical_alignment="center")
        open_now = record.study_id == state.study_id()
        words.markdown(f"**{show.escape(record.name)}**" + (f" · {_('open')}" if open_now else ""))
        ran = _("last run {day}", day=t.date(record.last_run)) if record.last_run else _("not run yet")
        words.caption(
            ask.method_names()[record.method] + " · " + ran + (" · " + _("synthetic data") if record.synthetic else "")
        )
        with actions.container(horizontal=True, horizontal_alignment="right"):
            if st.button(_("Open"), key=f"open_{record.study_id}", type="secondary" if open_now else "primary"):
                open_and_go(record, "pages/map.py" if record.last_run else "pages/data.py")
            if st.button(_("Delete"), key=f"delete_{record.study_id}"):
                confirm_delete(record)


def open_and_go(record: StudyRecord, page: str) -> None:
    """Open a study and go where its work continues."""
    state.open_study(record.study_id)
    state.set_method(record.method)
    st.switch_page(page)


def confirm_delete(record: StudyRecord) -> None:
    """Ask once; deleting removes files and results from the disk."""

    @st.dialog(_("Delete this study?"))
    def dialog() -> None:
        st.write(show.escape(record.name))
        st.write(_("Its files and all its results are removed from this machine. This cannot be undone."))
        if st.button(_("Delete for good"), type="primary"):
            workspace.delete_study(record.study_id)
            if state.study_id() == record.study_id:
                state.open_study(None)
            state.flash(_("The study was deleted."))
            st.rerun()

    dialog()


def new_study() -> None:
    """Name and method of a study to begin."""
    with st.form("new_study", border=False):
        st.markdown("**" + _("Start a new study") + "**")
        name = st.text_input(_("Name"), key="new_name", placeholder=_("Risk of child labour in …"))
        method = st.selectbox(
            _("Method"), list(ask.method_names()), format_func=ask.method_names().__getitem__, key="new_method"
        )
        if st.form_submit_button(_("Start"), type="primary"):
            if not name.strip():
                st.error(_("Give the study a name."))
                return
            study_id = workspace.add_study(ask.empty_study(name.strip(), method, state.language()))
            state.open_study(study_id)
            state.set_method(method)
            st.switch_page("pages/data.py")


def bring_study() -> None:
    """Import an exported study."""
    st.markdown("**" + _("Bring a study from another machine") + "**")
    uploaded = st.file_uploader(_("The .zip of “Export the study”"), type=["zip"], key="import_zip")
    if uploaded is None or state.keep("imported", None) == uploaded.file_id:
        return
    with tempfile.TemporaryDirectory(dir=workspace.home) as scratch:
        path = Path(scratch) / "study.zip"
        path.write_bytes(uploaded.getbuffer())
        try:
            study_id = import_study(workspace, path)
        except InputProblems as error:
            show.problems(error.problems)
            return
    state.put("imported", uploaded.file_id)
    record = next(r for r in workspace.studies() if r.study_id == study_id)
    open_and_go(record, "pages/map.py" if record.last_run else "pages/data.py")


main()
