"""The demonstration country, made and run once, on first use."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from demo.write import TEXTS, write_demo
from pages.common import cached, jobs, state
from riskmodel.progress import Progress
from riskmodel.results import Results
from riskmodel.study_file import read_study
from workflow import run_in_workspace

JOB = "demonstration"
INDEX_JOB = "demonstration_index"
INDEX_STUDY = "study_index.toml"


def open_at_first_start() -> None:
    """A visitor who has opened nothing gets the newest study; an empty workspace gets the demonstration."""
    if state.study_id() is not None or state.keep("asked_demo", False):
        return
    records = cached.workspace().studies()
    if records:
        state.open_study(records[0].study_id)
        state.set_method(records[0].method)
        forget_made()
    elif jobs.get(JOB) is None:
        start()
    state.put("asked_demo", True)


def forget_made() -> None:
    """Who comes when the demonstration is ready has nothing to wait for; what went wrong with it is still told."""
    job = jobs.get(JOB)
    if job and job.finished and not job.failed and not job.problems:
        jobs.take(JOB)


def start() -> None:
    """Write the demonstration into the workspace and run it, in the background."""
    workspace = cached.workspace()

    def work(progress: Progress) -> None:
        with tempfile.TemporaryDirectory(prefix=".part-", dir=workspace.home) as scratch:
            path = write_demo(Path(scratch), progress=lambda step, share: progress(step, share * 0.5))
            study_id = workspace.adopt_folder(path.parent, path.name)
        run_in_workspace(workspace, study_id, lambda step, share: progress(step, 0.5 + share * 0.5))

    jobs.start(JOB, work)


def is_demonstration(study_id: str, results: Results) -> bool:
    """Whether a study is the invented country, with what its index is made of."""
    folder = cached.workspace().folder(study_id)
    index = read_study(TEXTS / INDEX_STUDY)
    same = results.manifest["study"]["study"]["country"] == index.study.country
    return bool(results.manifest["synthetic"]) and same and all((folder / name).is_file() for name in index.files())


def start_index(study_id: str) -> None:
    """Make a second study of the demonstration, its index, from the files of the first, and run it in the background."""
    workspace = cached.workspace()
    source = workspace.folder(study_id)

    def work(progress: Progress) -> None:
        with tempfile.TemporaryDirectory(prefix=".part-", dir=workspace.home) as scratch:
            shutil.copyfile(TEXTS / INDEX_STUDY, Path(scratch) / INDEX_STUDY)
            for name in read_study(TEXTS / INDEX_STUDY).files():
                shutil.copyfile(source / name, Path(scratch) / name)
            made = workspace.adopt_folder(Path(scratch), INDEX_STUDY)
        run_in_workspace(workspace, made, progress)

    jobs.start(INDEX_JOB, work)
