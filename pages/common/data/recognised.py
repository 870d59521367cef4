"""What the files of a study are, kept for one visitor until a file or its reading changes.

Whatever goes wrong with one file is told on its card; the others, and what was done before, stay.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from intake import lacks_layout, look_at
from pages.common.data.desk import Desk
from riskmodel.inputs.quality.roles import FileRoles, Role
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.recognise.found import Recognition
from riskmodel.inputs.recognise.kind import KindGuess
from riskmodel.inputs.recognise.sources import MapSource, OtherSource, Source, TableSource
from riskmodel.inputs.recognise.under_reading import UnderReading, under_reading
from riskmodel.inputs.study_table import register_of
from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Study
from riskmodel.study_reading import Reading

# Files by their name and what tells their content.
Others = tuple[tuple[str, tuple[float, int]], ...]

OF_AREAS = ("areas", "areas_by_year", "register")
NAMING = ("area_code", "area_name", "parent_code", "parent_name", "year")
NOTHING = KindGuess("unknown", "ask", "kind_nothing")


@dataclass(frozen=True)
class Seen:
    """One file as it is now.

    found : what recognition says of a table, whatever the study declares; None for a map or a model.
    reading : as the study declares it; None where nothing is declared.
    under : a table under its reading; None where it cannot be read so.
    problems : why it cannot.
    fault : whether the program failed on it, which is our doing and not the file's.
    """

    source: Source
    found: Recognition | None = None
    reading: Reading | None = None
    under: UnderReading | None = None
    problems: tuple[Problem, ...] = ()
    fault: bool = False


def seen(desk: Desk, name: str) -> Seen:
    """What a file of the study is, as the study reads it."""
    reading = declared(desk.study, name)
    registers = [n.official.file for n in reading.names] if reading else []
    named = tuple((n, changed(desk.folder / n)) for n in registers if (desk.folder / n).is_file())
    path = desk.folder / name
    beside = _beside(path, reading.sheet if reading else "")
    return _seen(str(path), changed(path), reading.model_dump_json() if reading else "", named, beside, desk.study)


def roles_for_quality(now: Seen) -> FileRoles | None:
    """A file that holds areas, and its columns that name them; None for persons and for what is doubtful."""
    source = now.source
    if not isinstance(source, TableSource) or source.kind.kind not in OF_AREAS or source.kind.certainty == "ask":
        return None
    found = {g.column: Role(g.role) for g in source.columns.guesses if g.role in NAMING and g.certainty != "ask"}  # type: ignore[arg-type]
    return FileRoles("areas", found)


def declared(study: Study, name: str) -> Reading | None:
    """How the study reads a file, whichever its sheet."""
    return next((r for r in study.reading if r.file == name), None)


def changed(path: Path) -> tuple[float, int]:
    """What tells one content of a file from another, without reading it."""
    told = path.stat()
    return told.st_mtime, told.st_size


def first_layer(path: Path) -> str:
    """The layer of a map that is described where nobody chose one; "" for what is no map."""
    try:
        source = _looked(str(path), changed(path), "")
    except Exception:  # noqa: BLE001 — told when the file itself is looked at
        return ""
    return source.layer if isinstance(source, MapSource) else ""


def recognition(desk: Desk, name: str, sheet: str = "") -> Recognition | None:
    """How recognition would read a file; None for a file that is no table."""
    path = desk.folder / name
    try:
        return _recognition(path, changed(path), sheet)
    except Exception:  # noqa: BLE001 — a fault with one file must not cost the others; in full on the terminal
        traceback.print_exc()
        return None


def _recognition(path: Path, changed: tuple[float, int], sheet: str) -> Recognition | None:
    source = _source(path, changed, sheet)
    if isinstance(source, TableSource):
        return source.recognition
    unread = isinstance(source, OtherSource) and source.what == "unreadable"
    return recognise(path, sheet) if unread else None


@st.cache_resource(max_entries=48, show_spinner=False, scope="session")
def _looked(path: str, changed: tuple[float, int], sheet: str) -> Source:
    return look_at(Path(path), sheet)


def _source(path: Path, changed: tuple[float, int], sheet: str) -> Source:
    """What a file is; a text of fixed width with the dictionary that may be among the files of the study."""
    source = _looked(str(path), changed, sheet)
    return _laid_out(str(path), changed, sheet, _others(path)) if lacks_layout(source) else source


@st.cache_resource(max_entries=8, show_spinner=False, scope="session")
def _laid_out(path: str, changed: tuple[float, int], sheet: str, others: Others) -> Source:
    return look_at(Path(path), sheet, [Path(path).parent / name for name, _ in others])


def _beside(path: Path, sheet: str) -> Others:
    """The other files, where one of them may say how this one is read."""
    try:
        return _others(path) if lacks_layout(_looked(str(path), changed(path), sheet)) else ()
    except Exception:  # noqa: BLE001 — told when the file itself is looked at
        return ()


def _others(path: Path) -> Others:
    return tuple((p.name, changed(p)) for p in sorted(path.parent.iterdir()) if p.is_file() and p != path)


@st.cache_resource(max_entries=48, show_spinner=False, scope="session")
def _seen(
    path: str, changed: tuple[float, int], reading: str, registers: object, beside: Others, _study: Study
) -> Seen:
    file = Path(path)
    told = Reading.model_validate_json(reading) if reading else None
    try:
        return _now(file, changed, told, _study)
    except Exception:  # noqa: BLE001 — as above
        traceback.print_exc()
        return Seen(OtherSource(file.name, NOTHING, "unreadable"), reading=told, fault=True)


def _now(file: Path, changed: tuple[float, int], reading: Reading | None, study: Study) -> Seen:
    source = _source(file, changed, reading.sheet if reading else "")
    found = _recognition(file, changed, reading.sheet if reading else "") if not isinstance(source, MapSource) else None
    if found is None or (found.reading is None and reading is None):
        return Seen(source, found, reading)
    plain = Reading(file=file.name, sheet=found.reading.sheet if found.reading else "")
    try:
        under = under_reading(file, reading or plain, register_of(study, file.parent), source)
    except InputProblems as error:
        return Seen(OtherSource(file.name, NOTHING, "unreadable"), found, reading, problems=error.problems)
    return Seen(under.source, found, reading, under)
