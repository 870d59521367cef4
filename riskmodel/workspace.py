"""Studies and runs on disk: the truth that survives a restart and a closed tab.

A run is written completely or not at all: it is built under a name that begins with `.part-` and renamed when it is
whole. Deleting removes the files, not only the record.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, delete, event, insert, select, update
from sqlalchemy.engine import Engine

from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.results import Results, read_results
from riskmodel.study import Study
from riskmodel.study_file import FILE_NAME, read_study, write_study
from riskmodel.workspace_tables import audit, metadata, runs, studies

PART = ".part-"


@dataclass(frozen=True)
class StudyRecord:
    """A study as the list of studies shows it."""

    study_id: str
    name: str
    method: str
    synthetic: bool
    updated: dt.datetime
    last_run: dt.datetime | None


class Workspace:
    """The folder a person chose: files under `home/studies`, records in a database.

    Parameters
    ----------
    home : Path
        Made when absent.
    url : str
        SQLAlchemy URL of the database; a SQLite file in `home` when empty.
    """

    def __init__(self, home: Path, url: str = "") -> None:
        self.home = home
        (home / "studies").mkdir(parents=True, exist_ok=True)
        os.chmod(home, 0o700)
        self.engine = _engine(url or f"sqlite:///{home / 'mirador.db'}")
        metadata.create_all(self.engine)
        self._sweep()

    # Studies

    def studies(self) -> list[StudyRecord]:
        """All studies, last changed first."""
        with self.engine.begin() as db:
            rows = db.execute(select(studies).order_by(studies.c.updated.desc())).all()
            newest = {
                r.study_id: r.created
                for r in db.execute(select(runs.c.study_id, runs.c.created).order_by(runs.c.created))
            }
        return [StudyRecord(r.id, r.name, r.method, r.synthetic, r.updated, newest.get(r.id)) for r in rows]

    def add_study(self, study: Study) -> str:
        """A new study with its own folder; gives its id."""
        study_id = _identifier(study.study.name)
        self.folder(study_id).mkdir(parents=True)
        self._record(study_id, study, new=True)
        write_study(study, self.folder(study_id) / FILE_NAME)
        return study_id

    def adopt_folder(self, folder: Path, study_file: str = FILE_NAME) -> str:
        """Copy a folder that holds a study file and its inputs into the workspace; gives the new id.

        Raises `InputProblems` when the study is wrong or names files outside its folder.
        """
        study = read_study(folder / study_file)
        check_inside(study, folder)
        study_id = self.add_study(study)
        for name in study.files():
            for source in sorted(folder.glob(name)) if "*" in name else [folder / name]:
                if source.is_file():
                    target = self.folder(study_id) / source.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)
        return study_id

    def folder(self, study_id: str) -> Path:
        """Folder of a study; raises `KeyError` for an id that is not one."""
        if not re.fullmatch(r"[a-z0-9-]+", study_id):
            raise KeyError(study_id)
        return self.home / "studies" / study_id

    def study(self, study_id: str, complete: bool = True) -> Study:
        """The study as its file says now; raises `InputProblems`."""
        return read_study(self.folder(study_id) / FILE_NAME, complete)

    def save_study(self, study_id: str, study: Study) -> None:
        """Replace the study file in one step, so that a stop in between leaves the old one."""
        check_inside(study, self.folder(study_id))
        part = self.folder(study_id) / (PART + FILE_NAME)
        write_study(study, part)
        os.replace(part, self.folder(study_id) / FILE_NAME)
        self._record(study_id, study)

    def put_first(self, study_id: str) -> None:
        """Make a study the last one changed, so that it stands first and is opened at the next start."""
        self._record(study_id, self.study(study_id, complete=False))

    def add_file(self, study_id: str, name: str, content: bytes) -> str:
        """Store an uploaded file in the study's folder under a safe name; gives that name."""
        safe = safe_name(name)
        part = self.folder(study_id) / (PART + safe)
        part.write_bytes(content)
        os.replace(part, self.folder(study_id) / safe)
        return safe

    def delete_study(self, study_id: str) -> None:
        """Remove a study, its inputs and its runs from disk and from the database."""
        shutil.rmtree(self.folder(study_id), ignore_errors=False)
        with self.engine.begin() as db:
            db.execute(delete(runs).where(runs.c.study_id == study_id))
            db.execute(delete(studies).where(studies.c.id == study_id))
            db.execute(insert(audit).values(at=_now(), event="study_deleted", study_id=study_id))
        self._empty_log()

    # Runs

    @contextmanager
    def new_run(self, study_id: str) -> Iterator[Path]:
        """A folder to write a run into; it becomes the study's last run when the block ends without an error."""
        run_id = _now().strftime("%Y%m%dT%H%M%S") + "-" + secrets.token_hex(3)
        base = self.folder(study_id) / "runs"
        part = base / f"{PART}{os.getpid()}-{run_id}"
        part.mkdir(parents=True)
        try:
            yield part
            manifest = read_results(part).manifest
            os.replace(part, base / run_id)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        self._record_run(study_id, run_id, str(manifest["fingerprint"]))

    def runs(self, study_id: str) -> list[str]:
        """Ids of the finished runs of a study, newest first."""
        base = self.folder(study_id) / "runs"
        return sorted((p.name for p in base.glob("[!.]*") if (p / "manifest.json").exists()), reverse=True)

    def last_run(self, study_id: str) -> Path | None:
        """Folder of the newest finished run, or None."""
        found = self.runs(study_id)
        return self.folder(study_id) / "runs" / found[0] if found else None

    def last_results(self, study_id: str) -> Results | None:
        """Results of the newest finished run, or None."""
        folder = self.last_run(study_id)
        return read_results(folder) if folder else None

    # Inside

    def _empty_log(self) -> None:
        """Fold SQLite's log into the database, so that what was deleted does not live on beside it."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _record(self, study_id: str, study: Study, new: bool = False) -> None:
        values = {
            "name": study.study.name,
            "method": study.study.method,
            "synthetic": study.study.synthetic,
            "updated": _now(),
        }
        with self.engine.begin() as db:
            if new:
                db.execute(insert(studies).values(id=study_id, **values))
            else:
                db.execute(update(studies).where(studies.c.id == study_id).values(**values))

    def _record_run(self, study_id: str, run_id: str, fingerprint: str) -> None:
        with self.engine.begin() as db:
            db.execute(insert(runs).values(id=run_id, study_id=study_id, created=_now(), fingerprint=fingerprint))

    def _sweep(self) -> None:
        """After a stop in the middle: drop parts of dead processes, record what was finished, forget what is gone."""
        for part in self.home.glob(f"studies/*/runs/{PART}*"):
            if not _alive(part.name.removeprefix(PART).split("-")[0]):
                shutil.rmtree(part, ignore_errors=True)
        with self.engine.begin() as db:
            known = set(db.execute(select(studies.c.id)).scalars())
            recorded = set(db.execute(select(runs.c.id)).scalars())
        for file in sorted(self.home.glob(f"studies/*/{FILE_NAME}")):
            study_id = file.parent.name
            if study_id not in known:
                try:
                    self._record(study_id, read_study(file, complete=False), new=True)
                except InputProblems:
                    continue  # not a study any more; its files stay where the person can mend them
            for run_id in self.runs(study_id):
                if run_id not in recorded:
                    manifest = read_results(self.folder(study_id) / "runs" / run_id).manifest
                    self._record_run(study_id, run_id, str(manifest["fingerprint"]))
        with self.engine.begin() as db:
            for gone in (i for i in known if not self.folder(i).is_dir()):
                db.execute(delete(runs).where(runs.c.study_id == gone))
                db.execute(delete(studies).where(studies.c.id == gone))


def default_home() -> Path:
    """`MIRADOR_HOME`, or `~/.mirador`."""
    return Path(os.environ.get("MIRADOR_HOME") or Path.home() / ".mirador")


def check_inside(study: Study, folder: Path) -> None:
    """Raise `InputProblems` if the study names a file outside `folder`: a shared server reads only its own studies."""
    root = folder.resolve()
    outside = [n for n in study.files() if Path(n).is_absolute() or not (root / n).resolve().is_relative_to(root)]
    if outside:
        raise InputProblems([Problem("path_outside", Where(name)) for name in outside])


def safe_name(name: str) -> str:
    """A file name without folders, accents, blanks or anything a glob or a shell would read."""
    plain = unicodedata.normalize("NFKD", Path(name.replace("\\", "/")).name).encode("ascii", "ignore").decode()
    cleaned = re.sub(r"[^A-Za-z0-9._-]+", "_", plain).lstrip("._")
    return cleaned[-120:] or "file"


def _identifier(name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", safe_name(name).lower()).strip("-")[:40]
    return f"{base or 'study'}-{secrets.token_hex(4)}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _set(connection, _record):  # type: ignore[no-untyped-def]
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA busy_timeout=5000")
            connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten, not only forgotten

    return engine
