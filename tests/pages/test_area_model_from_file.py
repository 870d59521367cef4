"""The Data screen takes an area model from a file, and the Model screen says whose it is and how far it reaches."""

from __future__ import annotations

import pandas as pd

from riskmodel.study import AppliedModel
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.area_study import write_area_study
from tests.pages.test_screens import SCREENS, app  # noqa: F401  the fixture
from workflow import run_in_workspace, run_to


def test_an_area_model_is_chosen_fitted_to_the_columns_and_run(app, tmp_path):  # noqa: F811
    path = write_area_study(tmp_path / "files", language="en")
    (tmp_path / "fitted").mkdir()
    run_to(read_study(path), tmp_path / "files", tmp_path / "fitted")
    study = read_study(path)
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.add_study(study.model_copy(update={"area_model": None, "indicator": (), "boundaries": None}))
    table = pd.read_csv(tmp_path / "files" / "municipios.csv", dtype=str).rename(columns={"agro": "agricultura"})
    table.loc[3, "luz"] = "-90"
    workspace.add_file(study_id, "municipios.csv", table.to_csv(index=False).encode())
    workspace.add_file(study_id, "model.json", (tmp_path / "fitted" / "model.json").read_bytes())

    def opened(screen, area=None):
        shown = app(screen, tmp_path / "home", "en", study_id, area)
        shown.session_state["method"] = "area_model"
        return shown.run()

    shown = opened("data")
    shown.radio(key="model_origin").set_value(True).run()
    shown.selectbox(key="model_file").set_value("model.json").run()
    shown.checkbox(key="model_parents").uncheck().run()
    shown.button(key="save_model").click().run()
    assert not shown.exception
    folder = workspace.folder(study_id)
    assert read_study(folder).model == AppliedModel(file="model.json", parents=False)
    assert any("measured rates of" in c.value for c in shown.caption)
    shown.selectbox(key="applied_indicator_agro").set_value("agricultura").run()
    shown.button(key="save_indicator").click().run()
    assert [(i.name, i.column) for i in read_study(folder).indicator] == [("agro", "agricultura")]
    run_in_workspace(workspace, study_id)

    for screen in SCREENS:
        shown = opened(screen, "0003" if screen == "map" else None)
        assert not shown.exception, screen
        if screen == "model":
            assert any("was fitted elsewhere" in m.value for m in shown.markdown)
            assert any("far outside what the model saw" in w.value for w in shown.warning)
        if screen == "map":
            assert any("lies far outside" in c.value for c in shown.caption)
