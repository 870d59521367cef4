"""A whole study as one `.zip`, and back: study file, inputs and the last run.

An archive is somebody else's file: names that leave the folder are refused, and so is one that unpacks too large.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study_file import FILE_NAME
from riskmodel.workspace import PART, Workspace

MOST_BYTES = 8_000_000_000


def export_study(workspace: Workspace, study_id: str, target: Path, with_inputs: bool = True) -> Path:
    """Write a study to `target`. Without inputs it holds settings and results only: no microdata leave."""
    folder = workspace.folder(study_id)
    study = workspace.study(study_id)
    chosen = [folder / FILE_NAME]
    if with_inputs:
        chosen += [p for name in study.files() for p in sorted(folder.glob(name)) if p.is_file()]
    last = workspace.last_run(study_id)
    if last:
        chosen += sorted(p for p in last.rglob("*") if p.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in dict.fromkeys(chosen):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


def import_study(workspace: Workspace, source: Path) -> str:
    """Open an exported study as a new one; gives its id. Raises `InputProblems`; nothing is kept then."""
    with tempfile.TemporaryDirectory(prefix=PART, dir=workspace.home) as scratch:
        folder = Path(scratch)
        _unpack(source, folder)
        study_id = workspace.adopt_folder(folder)
        if (folder / "runs").is_dir():
            shutil.copytree(folder / "runs", workspace.folder(study_id) / "runs")
    return study_id


def _unpack(source: Path, folder: Path) -> None:
    where = Where(source.name)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            if sum(e.file_size for e in entries) > MOST_BYTES:
                raise InputProblems([Problem("archive_too_large", where)])
            names = [PurePosixPath(e.filename.replace("\\", "/")) for e in entries]
            unsafe = any(n.is_absolute() or ".." in n.parts for n in names)
            if unsafe or PurePosixPath(FILE_NAME) not in names:
                raise InputProblems([Problem("archive_not_study", where)])
            archive.extractall(folder)
    except zipfile.BadZipFile as error:
        raise InputProblems([Problem("archive_not_study", where)]) from error
