"""Library calls that screens repeat, cached by content.

Results of a finished run never change, so study and run name them; each visitor has their own cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.describe import BoundaryFacts, describe_boundaries
from geodata.mapdata import MapGeometry, prepare_file, serve_texts
from geodata.paint import paint_data, texts_data
from geodata.palette import Theme
from pages.common import paints, state
from pages.common.looks import Look
from riskmodel.decisions.methods import MethodsAgreement, compare_methods
from riskmodel.inputs.office import RECORD
from riskmodel.inputs.read import table_columns
from riskmodel.inputs.study_table import study_columns
from riskmodel.problems import InputProblems
from riskmodel.results import Results, read_results
from riskmodel.study import Study
from riskmodel.study_file import FILE_NAME, read_study
from riskmodel.workspace import Workspace, default_home
from self_test import AddressWatch
from sheet_drawing import Locator, locator_of


@st.cache_resource
def workspace() -> Workspace:
    """The workspace of this server: `MIRADOR_HOME`, records in `MIRADOR_DATABASE` if set."""
    return Workspace(default_home(), os.environ.get("MIRADOR_DATABASE", ""))


@st.cache_resource
def address_watch() -> AddressWatch:
    """The one watch of this server over outside addresses, from its first page on."""
    return AddressWatch()


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(study_id: str, run_id: str, office: str) -> Results:
    return read_results(workspace().folder(study_id) / "runs" / run_id)


def _results(study_id: str, run_id: str) -> Results:
    return _read(study_id, run_id, office_mark(study_id, run_id))


def results(study_id: str) -> Results | None:
    """Results of the last finished run of a study; shared and never changed by a screen."""
    run_id = run(study_id)
    return _results(study_id, run_id) if run_id else None


def run_results(study_id: str, run_id: str) -> Results:
    """Results of any finished run; shared and never changed by a screen."""
    return _results(study_id, run_id)


def office_mark(study_id: str, run_id: str | None = None) -> str:
    """Changes when who publishes a finished run changes: the only part of it that may."""
    run_id = run_id or run(study_id)
    record = workspace().folder(study_id) / "runs" / str(run_id) / RECORD
    return str(record.stat().st_mtime_ns) if record.exists() else ""


def run(study_id: str) -> str | None:
    """Id of the last finished run."""
    found = workspace().runs(study_id)
    return found[0] if found else None


@st.cache_resource(max_entries=8, show_spinner=False)
def _methods(runs: tuple[tuple[str, str], ...]) -> MethodsAgreement:
    return compare_methods([_results(*run) for run in runs])


def methods(study_ids: Sequence[str]) -> MethodsAgreement:
    """The last runs of studies side by side; raises `InputProblems` where they cannot be compared."""
    return _methods(tuple((study_id, run(study_id) or "") for study_id in study_ids))


@st.cache_data(max_entries=64, show_spinner=False, scope="session")
def _columns(path: str, sheet: str, changed: float, declared: str, _study: Study | None) -> list[str]:
    """`declared` is the reading of the file in the study, as text, so that another one is another call."""
    file = Path(path)
    return study_columns(_study, file.parent, file.name, sheet) if _study and declared else table_columns(file, sheet)


@st.cache_data(max_entries=16, show_spinner=False, scope="session")
def _declared(study_file: str, changed: float) -> Study | None:
    try:
        return read_study(Path(study_file), complete=False)
    except InputProblems:
        return None


def declared(folder: Path) -> Study | None:
    """The study in a folder as it is declared, complete or not; None where it cannot be read."""
    study_file = folder / FILE_NAME
    return _declared(str(study_file), study_file.stat().st_mtime) if study_file.exists() else None


def columns(path: Path, sheet: str = "") -> list[str]:
    """Columns of a table, empty when it cannot be read (its problem is told by the check)."""
    try:
        study = declared(path.parent)
        reading = study.reading_of(path.name, sheet) if study else None
        return _columns(str(path), sheet, path.stat().st_mtime, reading.model_dump_json() if reading else "", study)
    except (InputProblems, OSError):
        return []


@st.cache_data(max_entries=16, show_spinner=False, scope="session")
def _map_facts(path: str, layer: str, country: str, changed: float) -> BoundaryFacts:
    return describe_boundaries(Path(path), layer, country=country)


def map_facts(path: Path, layer: str, country: str) -> BoundaryFacts:
    """What a file of boundaries is and leaves open."""
    return _map_facts(str(path), layer, country, path.stat().st_mtime if path.exists() else 0.0)


@st.cache_resource(max_entries=4, show_spinner=False)
def _geometry(study_id: str, run_id: str) -> MapGeometry | None:
    source = workspace().folder(study_id) / "runs" / run_id / "map.gpkg"
    if not source.exists():
        return None
    found = _results(study_id, run_id)
    parents = found.areas.set_index("area_code")["parent_code"]
    maps = workspace().folder(study_id) / "maps"
    return prepare_file(source, "area_code", "", parents, maps, axes="longitude_latitude")[0]


def run_geometry(study_id: str, run_id: str) -> MapGeometry | None:
    """Shapes of any finished run, ready to draw; None where it has no boundaries."""
    return _geometry(study_id, run_id)


def geometry(study_id: str) -> MapGeometry | None:
    """Shapes of the last run, ready to draw; None where the study has no boundaries."""
    run_id = run(study_id)
    return _geometry(study_id, run_id) if run_id else None


@dataclass(frozen=True)
class Drawn:
    """One mode of a map, ready to send; never changed by a screen."""

    look: Look
    told: dict[str, Any]  # as `paint_data` gives it, without texts
    texts: tuple[str, ...]  # files beside the shapes: lines of this mode, then what every mode says


@st.cache_resource(max_entries=64, show_spinner=False)
def _look(study_id: str, run_id: str, mode: str, language: str) -> Look:
    found = _results(study_id, run_id)
    return paints.look(Study.model_validate(found.manifest["study"]), found, mode)


@st.cache_resource(max_entries=16, show_spinner=False)
def _texts(study_id: str, run_id: str, language: str) -> str:
    found, shapes = _results(study_id, run_id), _geometry(study_id, run_id)
    areas = found.areas.set_index("area_code")
    assert shapes is not None
    told = texts_data(shapes, paints.card_lines(found, areas), areas["area_name"], paints.units(areas))
    return serve_texts(shapes, told)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(study_id: str, run_id: str, mode: str, language: str, theme: Theme) -> Drawn:
    return _ready(study_id, run_id, _look(study_id, run_id, mode, language), language, theme)


@st.cache_resource(max_entries=16, show_spinner=False)
def _drawn_other(
    study_id: str, run_id: str, content: str, language: str, theme: Theme, _make: Callable[[], Look]
) -> Drawn:
    return _ready(study_id, run_id, _make(), language, theme)


def _ready(study_id: str, run_id: str, shown: Look, language: str, theme: Theme) -> Drawn:
    found, shapes = _results(study_id, run_id), _geometry(study_id, run_id)
    assert shapes is not None
    paint = paints.paint(found, shown, theme, paints.emptier_side(shapes), texts=False)
    own = (serve_texts(shapes, texts_data(shapes, shown.lines)),) if shown.lines else ()
    return Drawn(shown, paint_data(paint, shapes, texts=False), (*own, _texts(study_id, run_id, language)))


def look(study_id: str, mode: str) -> Look:
    """What one mode of the map shows of the last run, in the visitor's language."""
    return _look(study_id, run(study_id) or "", mode, state.language())


def drawn(study_id: str, mode: str, theme: Theme) -> Drawn:
    """The same, ready to draw on the shapes of the last run."""
    return _drawn(study_id, run(study_id) or "", mode, state.language(), theme)


def drawn_other(study_id: str, content: str, theme: Theme, make: Callable[[], Look]) -> Drawn:
    """A look that is no mode of the study, on the shapes of its last run; `content` names everything it depends on."""
    return _drawn_other(study_id, run(study_id) or "", content, state.language(), theme, make)


@st.cache_resource(max_entries=4, show_spinner=False)
def _locator(study_id: str, run_id: str, photocopy: bool) -> Locator | None:
    shapes = _geometry(study_id, run_id)
    folder = workspace().folder(study_id) / "runs" / run_id
    return locator_of(folder, _results(study_id, run_id), shapes.shapes(), photocopy) if shapes else None


def locator(study_id: str, photocopy: bool = False) -> Locator | None:
    """What draws the locator map of a sheet of the last run."""
    run_id = run(study_id)
    return _locator(study_id, run_id, photocopy) if run_id else None


def run_locator(study_id: str, run_id: str) -> Locator | None:
    """What draws pictures of any finished run; None where it has no boundaries."""
    return _locator(study_id, run_id, False)
