"""The earlier year of the demonstration country, made on request on the screen that needs it.

Not made at the first start: nobody should wait for what they may not look at.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from demo.earlier import FOLDER, write_earlier
from pages.common import cached, jobs, show, state
from pages.common.words import _
from riskmodel.i18n import N_
from riskmodel.progress import Progress
from riskmodel.study import Study
from workflow import run_in_workspace

JOB = "demonstration-earlier"
NEEDED = ("encuesta.csv", "censo.parquet", "municipios.csv", "municipios.geojson")


def offer(study: Study) -> None:
    """A button that makes the earlier year, where the open study is the demonstration."""
    source = demonstration(study)
    if source is None or jobs.get(JOB) is not None:
        return
    if st.button(_("Make an earlier year of the demonstration country"), key="make_earlier", type="primary"):
        start(source)
        st.rerun()
    st.caption(_("An invented 2018 of the invented country; it takes up to a minute and then stands among your studies."))  # fmt: skip


def demonstration(study: Study) -> Path | None:
    """Folder with the files of the demonstration, where the open study is one made from them."""
    folder = cached.workspace().folder(state.study_id() or "none")
    later = study.study.synthetic and str(study.outcome.year) != FOLDER
    return folder if later and all((folder / name).is_file() for name in NEEDED) else None


def start(source: Path) -> None:
    """Write the earlier year into the workspace and run it, in the background."""
    workspace, open_now = cached.workspace(), state.study_id()

    def work(progress: Progress) -> None:
        with tempfile.TemporaryDirectory(prefix=".part-", dir=workspace.home) as scratch:
            progress(N_("Writing an earlier year"), 0.02)
            path = write_earlier(source, Path(scratch))
            study_id = workspace.adopt_folder(path.parent, path.name)
        run_in_workspace(workspace, study_id, lambda step, share: progress(step, 0.3 + share * 0.7))
        if open_now:
            workspace.put_first(open_now)  # not the earlier year is what opens at the next start

    jobs.start(JOB, work)


def progress() -> None:
    """The earlier year while it is made; what went wrong, if it did."""
    job = jobs.get(JOB)
    if job is None:
        return
    if not job.finished:
        st.markdown("**" + _("Making an earlier year of the demonstration country.") + "**")
        jobs.show(JOB)
        return
    done = jobs.take(JOB)
    if done and done.failed:
        st.error(_("The earlier year could not be made. The terminal says why."))
    elif done and done.problems:
        show.problems(done.problems)
