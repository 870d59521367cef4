"""The Data screen takes a model from a file; every screen then says whose model it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from riskmodel.study import AppliedModel
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.cli.test_apply import without_survey
from tests.pages.test_screens import SCREENS, app  # noqa: F401  the fixture
from tests.small_study import write_small_study
from workflow import run_in_workspace, run_to


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> tuple[Path, str]:
    """A workspace with a study that has no survey, and the model another office handed on."""
    home = tmp_path_factory.mktemp("office")
    path = write_small_study(home / "files")
    (home / "fitted").mkdir()
    run_to(read_study(path), home / "files", home / "fitted")
    path.write_text(without_survey(path.read_text(encoding="utf-8")), encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.add_study(read_study(path, complete=False))
    for name in ("censo.csv", "municipios.csv", "limites.geojson"):
        shutil.copy(home / "files" / name, workspace.folder(study_id) / name)
    workspace.add_file(study_id, "model.json", (home / "fitted" / "model.json").read_bytes())
    return home / "home", study_id


def test_a_model_is_chosen_fitted_to_the_columns_and_run(app, office):  # noqa: F811
    home, study_id = office
    workspace = Workspace(home)
    shown = app("data", home, "en", study_id)
    assert any("still needs" in c.value for c in shown.caption)
    shown.radio(key="model_origin").set_value(True).run()
    shown.selectbox(key="model_file").set_value("model.json").run()
    shown.button(key="save_model").click().run()
    assert not shown.exception
    study = read_study(workspace.folder(study_id))
    assert study.model is not None
    assert study.model.file == "model.json"
    assert any("Encuesta de prueba" in c.value for c in shown.caption)

    shown.selectbox(key="applied_area").set_value("codigo").run()
    shown.button(key="save_determinant").click().run()
    assert [d.population_rule.column for d in read_study(workspace.folder(study_id)).determinant] == ["codigo"]
    shown.selectbox(key="applied_area").set_value("area").run()
    shown.button(key="save_determinant").click().run()
    run_in_workspace(workspace, study_id)

    for screen in SCREENS:
        shown = app(screen, home, "en", study_id, "0203")
        assert not shown.exception, screen
        if screen in ("model", "map", "determinants"):
            assert any("was fitted in the study" in c.value for c in shown.caption), screen


def test_a_file_that_is_no_model_is_told_on_screen(app, office):  # noqa: F811
    home, study_id = office
    workspace = Workspace(home)
    workspace.add_file(study_id, "otro.json", b"{}")
    study = workspace.study(study_id, complete=False)
    workspace.save_study(study_id, study.model_copy(update={"model": AppliedModel(file="otro.json")}))
    shown = app("data", home, "en", study_id)
    assert not shown.exception
    assert any("not a model made by this program" in e.value for e in shown.error)


def test_the_model_can_be_taken_from_the_downloads(app, office):  # noqa: F811
    home, study_id = office
    shown = app("downloads", home, "en", study_id)
    assert any("for another office" in m.value for m in shown.markdown)
