"""The demonstration country, made and run once, on first use."""

from __future__ import annotations

import tempfile
from pathlib import Path

from demo.write import write_demo
from pages.common import cached, jobs, state
from riskmodel.progress import Progress
from workflow import run_in_workspace

JOB = "demonstration"


def open_at_first_start() -> None:
    """A visitor who has opened nothing gets the newest study; an empty workspace gets the demonstration."""
    if state.study_id() is not None or state.keep("asked_demo", False):
        return
    records = cached.workspace().studies()
    if records:
        state.open_study(records[0].study_id)
        state.set_method(records[0].method)
    elif jobs.get(JOB) is None:
        start()
    state.put("asked_demo", True)


def start() -> None:
    """Write the demonstration into the workspace and run it, in the background."""
    workspace = cached.workspace()

    def work(progress: Progress) -> None:
        with tempfile.TemporaryDirectory(prefix=".part-", dir=workspace.home) as scratch:
            path = write_demo(Path(scratch), progress=lambda step, share: progress(step, share * 0.5))
            study_id = workspace.adopt_folder(path.parent, path.name)
        run_in_workspace(workspace, study_id, lambda step, share: progress(step, 0.5 + share * 0.5))

    jobs.start(JOB, work)
