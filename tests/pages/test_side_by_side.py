"""The screen of two methods: what to do with one study, and what it says with two."""

from __future__ import annotations

import pytest

from riskmodel.workspace import Workspace
from tests.area_study import write_area_study
from tests.pages.test_screens import app  # noqa: F401
from tests.pages.test_validation_screen import words
from workflow import run_in_workspace


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A workspace with an area model; and the id of the study."""
    folder = tmp_path_factory.mktemp("two")
    study = write_area_study(folder / "files")
    text = study.read_text("utf-8").replace('"area_model"', '"vulnerability_index"')
    text = text.replace('[area_model]\ncases = "trabajan"\ntotal = "encuestados"\n', "").replace(
        "Tabla de", "Índice de"
    )
    (folder / "files" / "index.toml").write_text(text, "utf-8")
    workspace = Workspace(folder / "home")
    first = workspace.adopt_folder(folder / "files")
    run_in_workspace(workspace, first)
    return folder, first


def test_with_one_study_it_says_what_to_do_and_with_two_what_they_say(app, home):  # noqa: F811
    folder, first = home
    shown = app("side_by_side", folder / "home", "en", first)
    assert not shown.exception
    assert "only one study with results" in words(shown)
    workspace = Workspace(folder / "home")
    run_in_workspace(workspace, workspace.adopt_folder(folder / "files", "index.toml"))
    shown = app("side_by_side", folder / "home", "en", first)
    assert not shown.exception
    said = words(shown)
    assert "**A** · Tabla de municipios (area model, 2020)" in said
    assert "**B** · Índice de municipios (vulnerability index, 2020)" in said
    assert "**For how many children:** A." in said
    assert "have the same level in both" in said
    shown.multiselect(key="side_by_side_studies").set_value([]).run()
    assert "Choose another study above." in words(shown)
