"""What the files of a study are, kept for one visitor until a file or its reading changes.

Whatever goes wrong with one file is told on its card; the others, and what was done before, stay.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from intake import look_at
from pages.common.data.desk import Desk
from riskmodel.inputs.recognise.kind import KindGuess
from riskmodel.inputs.recognise.sources import OtherSource, Source, TableSource
from riskmodel.inputs.recognise.under_reading import UnderReading, under_reading
from riskmodel.inputs.study_table import register_of
from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Study
from riskmodel.study_reading import Reading


@dataclass(frozen=True)
class Seen:
    """One file as it is now.

    reading : as the study declares it; None where nothing is declared.
    under : a table under its reading; None for a map, a model, or a file that cannot be read so.
    problems : why the declared reading does not fit the file.
    fault : whether the program failed on it, which is our doing and not the file's.
    """

    source: Source
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
    return _seen(str(path), changed(path), reading.model_dump_json() if reading else "", named, desk.study)


def declared(study: Study, name: str) -> Reading | None:
    """How the study reads a file, whichever its sheet."""
    return next((r for r in study.reading if r.file == name), None)


def proposed(desk: Desk, name: str) -> Reading | None:
    """How recognition would read a file; None where there is nothing to declare."""
    source = seen(desk, name).source
    return source.reading if isinstance(source, TableSource) else None


def changed(path: Path) -> tuple[float, int]:
    """What tells one content of a file from another, without reading it."""
    told = path.stat()
    return told.st_mtime, told.st_size


@st.cache_resource(max_entries=48, show_spinner=False, scope="session")
def _seen(path: str, changed: tuple[float, int], reading: str, registers: object, _study: Study) -> Seen:
    file = Path(path)
    told = Reading.model_validate_json(reading) if reading else None
    try:
        return _of_table(file, told, _study)
    except Exception:  # noqa: BLE001 — a fault with one file must not cost the others; in full on the terminal
        traceback.print_exc()
        return Seen(OtherSource(file.name, KindGuess("unknown", "ask", "kind_nothing"), "unreadable"), told, fault=True)


def _of_table(file: Path, reading: Reading | None, study: Study) -> Seen:
    source = look_at(file, reading.sheet if reading else "")
    if reading is None and not isinstance(source, TableSource):
        return Seen(source)
    sheet = source.sheet if isinstance(source, TableSource) else ""
    try:
        under = under_reading(file, reading or Reading(file=file.name, sheet=sheet), register_of(study, file.parent))
    except InputProblems as error:
        return Seen(source, reading, None, error.problems)
    return Seen(under.source if reading else source, reading, under)
