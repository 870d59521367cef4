"""Look at the tables of a study, or at any file, and write their quality reports.

A file that cannot be read as a table is told with its problems; the others are written all the same.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from riskmodel.i18n import Translator
from riskmodel.inputs.quality.profile import Profile, profile_file
from riskmodel.inputs.quality.roles import FileRoles, roles_of
from riskmodel.inputs.read import sha256
from riskmodel.inputs.study_table import register_of
from riskmodel.outputs.quality import SUFFIXES
from riskmodel.outputs.quality.content import quality_content
from riskmodel.outputs.quality.page import html_quality
from riskmodel.outputs.quality.pdf import draw_quality
from riskmodel.problems import InputProblems, Problem
from riskmodel.results import spreadsheet_safe
from riskmodel.study import Study

PART = ".part-"


@dataclass(frozen=True)
class Looked:
    """A file that was looked at: its profile, or why it has none."""

    path: Path
    profile: Profile | None
    problems: tuple[Problem, ...] = ()


def tables_of(study: Study, folder: Path) -> list[tuple[Path, str, str]]:
    """Tables of a study: path, sheet, and the name the study gives the file. Boundaries and models are none."""
    none = {part.file for part in (study.boundaries, study.model) if part}
    sheets = {p.file: p.sheet for p in (study.survey, study.areas, *(study.areas.join if study.areas else ())) if p}
    found = []
    for name in study.files():
        paths = sorted(folder.glob(name)) if any(mark in name for mark in "*?[") else [folder / name]
        found += [(path, sheets.get(name, ""), name) for path in paths if name not in none]
    return found


def look_at(
    path: Path, sheet: str = "", study: Study | None = None, name: str = "", folder: Path | None = None,
    recognised: FileRoles | None = None,
) -> Looked:  # fmt: skip
    """The quality of one file, read as the study declares.

    name : as the study names it. folder : of the study. recognised : what the file was recognised as, for a study that
    does not use it.
    """
    name = name or path.name
    try:
        if study is None:
            return Looked(path, profile_file(path, sheet))
        register = register_of(study, folder or path.parent)
        roles, reading = roles_of(study, name, sheet), study.reading_of(name, sheet)
        if roles.kind is None and recognised is not None:
            roles = recognised
        return Looked(path, profile_file(path, sheet, roles, reading, register))
    except InputProblems as error:
        return Looked(path, None, error.problems)


def look_at_study(study: Study, folder: Path) -> Iterator[Looked]:
    """The quality of every table of a study, one after the other."""
    return (look_at(path, sheet, study, name, folder) for path, sheet, name in tables_of(study, folder))


def quality_bytes(looked: Looked, suffix: str, t: Translator, created: dt.datetime, study: str = "") -> bytes:
    """One form of the report: ".pdf", ".html", ".csv" (a row per column; UTF-8 with BOM) or ".json"."""
    profile = looked.profile
    assert profile is not None
    if suffix == ".csv":
        return spreadsheet_safe(profile.table()).to_csv(index=False).encode("utf-8-sig")
    if suffix == ".json":
        return (json.dumps(profile.record(), ensure_ascii=False, indent=1, default=float) + "\n").encode()
    content = quality_content(profile, t, created, study, sha256(looked.path))
    return draw_quality(content, created)[0] if suffix == ".pdf" else html_quality(content)


def report_name(looked: Looked, suffix: str) -> str:
    """Name of a report: that of the file, its sheet, and what it is."""
    stem = looked.path.name.removesuffix(".gz").rpartition(".")[0] or looked.path.name
    sheet = f"_{looked.profile.sheet}" if looked.profile and looked.profile.sheet else ""
    return f"{stem}{sheet}_quality{suffix}".replace("/", "-")


def write_quality(looked: Looked, out: Path, t: Translator, created: dt.datetime, study: str = "") -> list[Path]:
    """All forms of the report into the folder `out`; gives the files written."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix in SUFFIXES:
        target = out / report_name(looked, suffix)
        part = target.with_name(PART + target.name)
        try:
            part.write_bytes(quality_bytes(looked, suffix, t, created, study))
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        written.append(target)
    return written
