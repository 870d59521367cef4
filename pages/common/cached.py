"""Library calls that screens repeat, cached by content.

Results of a finished run never change, so study and run name them; each visitor has their own cache.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from figures import small_map
from geodata.mapdata import MapGeometry, prepare_file
from riskmodel.i18n import translator
from riskmodel.inputs.read import table_columns
from riskmodel.outputs.map_key import map_key
from riskmodel.problems import InputProblems
from riskmodel.results import Results, read_results
from riskmodel.study import Study
from riskmodel.workspace import Workspace, default_home
from self_test import AddressWatch
from workflow import Locator, locator_of


@st.cache_resource
def workspace() -> Workspace:
    """The workspace of this server: `MIRADOR_HOME`, records in `MIRADOR_DATABASE` if set."""
    return Workspace(default_home(), os.environ.get("MIRADOR_DATABASE", ""))


@st.cache_resource
def address_watch() -> AddressWatch:
    """The one watch of this server over outside addresses, from its first page on."""
    return AddressWatch()


@st.cache_resource(max_entries=8, show_spinner=False)
def _results(study_id: str, run_id: str) -> Results:
    return read_results(workspace().folder(study_id) / "runs" / run_id)


def results(study_id: str) -> Results | None:
    """Results of the last finished run of a study; shared and never changed by a screen."""
    run_id = run(study_id)
    return _results(study_id, run_id) if run_id else None


def run(study_id: str) -> str | None:
    """Id of the last finished run."""
    found = workspace().runs(study_id)
    return found[0] if found else None


@st.cache_data(max_entries=64, show_spinner=False, scope="session")
def _columns(path: str, sheet: str, changed: float) -> list[str]:
    return table_columns(Path(path), sheet)


def columns(path: Path, sheet: str = "") -> list[str]:
    """Columns of a table, empty when it cannot be read (its problem is told by the check)."""
    try:
        return _columns(str(path), sheet, path.stat().st_mtime)
    except (InputProblems, OSError):
        return []


@st.cache_resource(max_entries=4, show_spinner=False)
def _geometry(study_id: str, run_id: str) -> MapGeometry | None:
    source = workspace().folder(study_id) / "runs" / run_id / "map.gpkg"
    if not source.exists():
        return None
    found = _results(study_id, run_id)
    parents = found.areas.set_index("area_code")["parent_code"]
    return prepare_file(source, "area_code", "", parents, workspace().folder(study_id) / "maps")[0]


def geometry(study_id: str) -> MapGeometry | None:
    """Shapes of the last run, ready to draw; None where the study has no boundaries."""
    run_id = run(study_id)
    return _geometry(study_id, run_id) if run_id else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _locator(study_id: str, run_id: str, photocopy: bool) -> Locator | None:
    shapes = geometry(study_id)
    folder = workspace().folder(study_id) / "runs" / run_id
    return locator_of(folder, _results(study_id, run_id), shapes.shapes(), photocopy) if shapes else None


def locator(study_id: str, photocopy: bool = False) -> Locator | None:
    """What draws the locator map of a sheet of the last run."""
    run_id = run(study_id)
    return _locator(study_id, run_id, photocopy) if run_id else None


@st.cache_resource(max_entries=16, show_spinner=False)
def _map_picture(study_id: str, run_id: str, kind: str, language: str, theme: str) -> bytes | None:
    drawn = _locator(study_id, run_id, False)
    if drawn is None:
        return None
    found = _results(study_id, run_id)
    study = Study.model_validate(found.manifest["study"])
    return small_map(drawn.base, map_key(study, found, kind, translator(language)), found.measure, theme)


def map_picture(study_id: str, kind: str, language: str, dark: bool) -> bytes | None:
    """A small still map of one look of the last run (PNG, no words on it); None without boundaries."""
    run_id = run(study_id)
    return _map_picture(study_id, run_id, kind, language, "dark" if dark else "light") if run_id else None
