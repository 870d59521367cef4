"""Check and run the study, and say what they found.

A run goes on when the page is left; earlier results stay whatever happens.
"""

from __future__ import annotations

import streamlit as st

from compared_areas import unexplained
from pages.common import cached, jobs, show
from pages.common.data import compared_view
from pages.common.data.desk import Desk
from pages.common.words import _, current
from riskmodel.i18n.say import part_name as say_part
from riskmodel.problems import problems_of
from riskmodel.study_file import check_study
from workflow import check_inputs, run_in_workspace

# Shapes without a code: says nothing new where names of the same map have found none.
NAMELESS = "boundaries_codes_blank"


def run_bar(desk: Desk) -> None:
    """Check and run, what they found, and progress."""
    study_id = desk.study_id
    job = jobs.get(study_id)
    if job and not job.finished:
        st.markdown("**" + _("The study is running. You may close this page; it goes on.") + "**")
        jobs.show(study_id)
        return
    done = jobs.take(study_id)
    if done:
        after_run(study_id, done)
    missing = check_study(desk.study)
    with st.container(horizontal=True):
        nothing = not desk.study.files()
        check = st.button(_("Check the files"), icon=":material/fact_check:", key="check_files", disabled=nothing)
        run = st.button(
            _("Run the study"), type="primary", icon=":material/play_arrow:", disabled=bool(missing), key="run_study"
        )
    if run:
        jobs.start(study_id, lambda progress: run_in_workspace(cached.workspace(), study_id, progress))
        st.rerun()
    if check:
        checked(desk)
    if missing:
        st.caption(
            _("Before it can run, the study still needs:")
            + " "
            + ", ".join(dict.fromkeys(part_name(p.where.key) for p in missing))
            + "."
        )


def after_run(study_id: str, done: jobs.Job) -> None:
    """What a finished run has to say; earlier results stay whatever happened."""
    if done.was_cancelled:
        st.info(_("The run was cancelled. Earlier results are as they were."))
    elif done.failed:
        st.error(
            _(
                "The run stopped because of a fault in the program, not in your files. Earlier results are as they were; the terminal says more."
            )
        )
    elif done.problems:
        st.error(_("The study could not run. Earlier results are as they were."))
        show.problems(done.problems)
    else:
        st.success(_("The results are ready."))
        st.page_link("pages/map.py", label=_("See the map"), icon=":material/map:")
        results = cached.results(study_id)
        found = () if results is None else problems_of(results.problems)
        show.problems([p for p in found if p.severity == "warning"])


def checked(desk: Desk) -> None:
    """Problems of the files, and what was read."""
    t = current()
    with st.spinner(_("Reading the files")):
        report = check_inputs(desk.study, desk.folder)
    missing = check_study(desk.study)
    unsaid = [p for p in missing if p.code != "study_needs"]  # what is missing stands under the buttons, by its name
    unnamed = {p.where.file for p in report.problems if p.code == "names_without_code"}
    told = [
        p for p in unexplained(report.problems, report.compared) if p.code != NAMELESS or p.where.file not in unnamed
    ]
    show.problems([*unsaid, *told])
    compared_view.side_by_side(desk, report.compared, None, "checked")
    read = [f"{part_name(name)}: {t.plural('{count} row', '{count} rows', rows)}" for name, rows in report.rows.items()]
    if read:
        st.caption(" · ".join(read))
    if report.ok and not missing:
        st.success(_("The inputs are ready."))
    if len(report.harmonisation):
        with st.expander(_("Survey compared with population")):
            show.harmonisation(report.harmonisation, desk.study)


def part_name(key: str) -> str:
    """Name on screen of a part of the study file."""
    return say_part(key, current())
