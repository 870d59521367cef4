"""The screens of a study with the area model: asked, shown, and in both languages."""

from __future__ import annotations

import shutil

import pytest

from riskmodel.results import read_results
from riskmodel.study import AreaModel
from riskmodel.workspace import Workspace
from tests.area_study import write_area_study
from tests.pages.test_screens import SCREENS, app  # noqa: F401
from workflow import run_in_workspace


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A finished run."""
    home = tmp_path_factory.mktemp("area")
    write_area_study(home / "files")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


@pytest.fixture
def copied(study, tmp_path):
    """The same, to be changed."""
    shutil.copytree(study[0], tmp_path / "home")
    return tmp_path / "home", study[1]


def opened(app, study, screen, language="en", area=None):  # noqa: F811
    return app(screen, study[0], language, study[1], area, "area_model")


def said(shown) -> str:
    return " ".join(str(m.value) for kind in (shown.markdown, shown.caption, shown.info) for m in kind)


@pytest.mark.parametrize(("language", "area"), [("es", "0007"), ("en", None)])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_shows(screen, area, language, app, study):  # noqa: F811
    assert not opened(app, study, screen, language, area).exception


def test_the_model_screen_says_what_matters(app, study):  # noqa: F811
    shown = opened(app, study, "model")
    text = said(shown)
    assert "areas have a measured rate" in text
    assert "common to the areas of a parent unit" in text
    assert "Brown's test" in text
    assert "The interval covers chance in the measured rates" in text
    names = next(d.value["Indicator"].tolist() for d in shown.dataframe if "Indicator" in d.value)
    assert set(names) == {"Ocupados en agricultura", "Horas hasta la escuela", "Viviendas con luz"}


def test_the_reasons_name_the_parent_unit_and_the_own_rate(app, study):  # noqa: F811
    table = read_results(Workspace(study[0]).last_run(study[1])).direct
    sampled = table.loc[table["in_sample"], "area_code"].iloc[0]
    alone = table.loc[~table["in_sample"], "area_code"].iloc[0]
    text = said(opened(app, study, "determinants", area=sampled))
    assert "(own)" not in text
    assert "country" in text
    assert "No rate was measured here" in said(opened(app, study, "map", area=alone))
    assert "No rate was measured here" not in said(opened(app, study, "map", area=sampled))


def test_the_choices_of_the_screen_are_those_of_the_study_file(app, copied):  # noqa: F811
    """Asked without a change, the settings are those stored; a change is saved."""
    shown = opened(app, copied, "data")
    assert shown.button(key="save_area_model").disabled
    shown.checkbox(key="area_model_parent_effect").uncheck()
    shown.checkbox(key="area_model_selection").check()
    shown.multiselect(key="area_model_indicators").set_value(["agro", "lejos"])
    shown.selectbox(key="area_model_scale").set_value("logit")
    shown.number_input(key="area_model_sampled").set_value(10.0)
    shown.number_input(key="area_model_design_effect").set_value(1.5)
    shown.run()
    shown.button(key="save_area_model").click().run()
    assert not shown.exception
    stored = Workspace(copied[0]).study(copied[1]).area_model
    assert stored == AreaModel(
        cases="trabajan", total="encuestados", parent_effect=False, selection="lasso", indicators=("agro", "lejos"),
        scale="logit", sampled=0.1, design_effect=1.5,
    )  # fmt: skip


def test_a_rate_with_its_error_can_be_asked(app, copied):  # noqa: F811
    shown = opened(app, copied, "data")
    shown.radio(key="area_model_way").set_value("error").run()
    shown.selectbox(key="area_model_rate").set_value("agro").run()
    shown.selectbox(key="area_model_se").set_value("luz").run()
    shown.radio(key="area_model_unit").set_value("percent").run()
    shown.checkbox(key="area_model_smoothed").check().run()
    shown.button(key="save_area_model").click().run()
    stored = Workspace(copied[0]).study(copied[1]).area_model
    assert (stored.rate, stored.se, stored.unit, stored.errors, stored.cases) == (
        "agro",
        "luz",
        "percent",
        "smoothed",
        "",
    )
