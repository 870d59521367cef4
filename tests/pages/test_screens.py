"""Every screen, empty and with results: no exception, one language, and what to do next when there is nothing."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.common import side
from pages.common.ask import empty_study
from riskmodel.i18n import LANGUAGES
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.bad_inputs import BAD, WARNED
from tests.small_study import AREAS, write_small_study
from tests.tools.one_language import marking, texts_of_screen, unmarked, words_of, words_of_folder
from workflow import run_in_workspace

ROOT = Path(__file__).resolve().parents[2]
SCREENS = (
    "studies",
    "data",
    "model",
    "map",
    "determinants",
    "groups",
    "validation",
    "side_by_side",
    "change",
    "priorities",
    "sheets",
    "downloads",
    "method",
    "glossary",
    "self_test",
)
ALONE = ("studies", "method", "glossary", "self_test")  # screens that need no study


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workspace with one finished study."""
    home = tmp_path_factory.mktemp("filled")
    write_small_study(home / "files")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


@pytest.fixture
def app(monkeypatch):
    """Opens a screen on a workspace by its address: the bare address would draw the map first each time."""

    def opened(
        screen: str,
        home: Path,
        language: str = "es",
        study_id: str | None = None,
        area: str | None = None,
        method: str = "risk_model",
    ) -> AppTest:
        import streamlit as st

        st.cache_resource.clear()
        monkeypatch.setenv("MIRADOR_HOME", str(home))
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        test.session_state["language"] = language
        test.session_state["study_id"] = study_id
        test.session_state["area_code"] = area
        test.session_state["kept_asked_demo"] = True  # the demonstration has a test of its own, in a browser
        test.session_state["method"] = method
        return test.switch_page(f"pages/{screen}.py").run()

    return opened


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_empty(screen, language, app, tmp_path):
    shown = app(screen, tmp_path, language)
    assert not shown.exception
    if screen not in ALONE:
        told = shown.info[0].value
        assert told == {"es": "No hay ningún estudio abierto. Abra uno o vea el país de demostración."}.get(
            language, "No study is open. Open one, or look at the demonstration country."
        )


@pytest.mark.parametrize(("language", "area"), [("es", "0203"), ("en", None)])
@pytest.mark.parametrize("screen", SCREENS)
def test_with_results(screen, language, area, app, filled):
    home, study_id = filled
    shown = app(screen, home, language, study_id, area)
    assert not shown.exception
    if screen not in ALONE:
        assert any(("sintéticos" if language == "es" else "Synthetic") in w.value for w in shown.warning)


@pytest.mark.parametrize(("language", "area"), [("pt", "0203"), ("fr", None)])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_mixes_languages(screen, language, area, app, filled):
    """Each word shown is of the catalogue, or of the study."""
    home, study_id = filled
    known = words_of_folder(Workspace(home).folder(study_id)) | words_of(side.LABEL, *LANGUAGES.values())
    with marking():
        shown = app(screen, home, language, study_id, area)
        assert not shown.exception
        texts = list(texts_of_screen(shown))
    assert any("⟦" in text for text in texts)
    assert not unmarked(texts, known)


def test_a_study_without_results_says_what_to_do(app, tmp_path):
    write_small_study(tmp_path / "files")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    shown = app("map", tmp_path / "home", "en", study_id)
    assert "no results yet" in shown.info[0].value


def test_the_area_is_one_for_all_screens(app, filled):
    home, study_id = filled
    name = AREAS.set_index("codigo").loc["0203", "municipio"]
    for screen in ("map", "determinants", "sheets"):
        shown = app(screen, home, "es", study_id, "0203")
        if screen != "map":  # there the map itself finds by name
            picker = next(s for s in shown.selectbox if s.label == "Buscar un territorio")
            assert picker.value == "0203"
        assert (
            any(name in str(m.value) for m in (*shown.markdown, *shown.caption, *shown.get("download_button")))
            or screen == "sheets"
        )


def test_bad_files_are_told_when_checked(app, tmp_path):
    write_small_study(tmp_path / "files")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    (workspace.folder(study_id) / "encuesta.csv").write_text("")
    shown = app("data", tmp_path / "home", "es", study_id)
    next(b for b in shown.button if b.label == "Revisar los archivos").click()
    shown.run()
    assert not shown.exception
    assert any("encuesta" in e.value for e in shown.error)


def test_the_weights_of_the_list_change_its_order(app, filled):
    home, study_id = filled
    shown = app("priorities", home, "en", study_id)
    before = shown.dataframe[0].value["Area"].tolist()
    shown.multiselect(key="criteria").set_value(["agro"]).run()
    after = shown.dataframe[0].value["Area"].tolist()
    assert after[0] == "El Sauce"  # the most agricultural of the six
    assert before != after


def test_settings_saved_on_screen_are_in_the_study_file(app, tmp_path):
    write_small_study(tmp_path / "files")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    shown = app("data", tmp_path / "home", "en", study_id)
    shown.selectbox(key="levels_rule").set_value("quantile").run()
    shown.button(key="save_levels").click().run()
    assert read_study(workspace.folder(study_id)).levels.rule == "quantile"


def run_to_the_end(shown: AppTest, study_id: str) -> AppTest:
    """Press Run, wait for the job, draw again unless it ended while the page was drawn and is told already."""
    from pages.common import jobs

    shown.button(key="run_study").click()
    shown.run()
    job = jobs.get(study_id)
    if job is None:
        return shown
    for _ in range(600):
        if job.finished:
            break
        time.sleep(0.1)
    return shown.run()


# The command line says each of them in both languages; the screen shows the same words.
@pytest.mark.parametrize(("case", "language"), [(case, ("es", "en")[place % 2]) for place, case in enumerate(BAD)])
def test_bad_input_is_told_on_screen_and_costs_nothing(case, language, app, filled, tmp_path):
    """What the command line says, the screen says; the results of before stay."""
    shutil.copytree(filled[0], tmp_path / "home")
    home, study_id = tmp_path / "home", filled[1]
    workspace = Workspace(home)
    before = workspace.runs(study_id)
    spoil, named = BAD[case]
    spoil(workspace.folder(study_id))
    shown = app("data", home, language, study_id)
    if case != "unknown key":  # such a study is shown as text to mend, and cannot be run
        shown = run_to_the_end(shown, study_id)
    assert not shown.exception
    assert any(named in error.value.replace("\\", "") for error in shown.error), [e.value for e in shown.error]
    assert workspace.runs(study_id) == before


@pytest.mark.parametrize("case", ["area in one file only", "reversed codes"])  # the command line tries them all
def test_doubtful_input_is_said_on_screen_after_the_run(case, app, filled, tmp_path):
    shutil.copytree(filled[0], tmp_path / "home")
    home, study_id = tmp_path / "home", filled[1]
    spoil, named = WARNED[case]
    spoil(Workspace(home).folder(study_id))
    shown = run_to_the_end(app("data", home, "es", study_id), study_id)
    assert shown.success
    assert any(named in warning.value for warning in shown.warning)


def test_a_run_from_the_screen_is_the_run_of_the_command_line(app, filled, tmp_path):
    shutil.copytree(filled[0], tmp_path / "home")
    home, study_id = tmp_path / "home", filled[1]
    before = Workspace(home).last_results(study_id)
    shown = run_to_the_end(app("data", home, "en", study_id), study_id)
    assert any("ready" in s.value for s in shown.success)
    after = Workspace(home).last_results(study_id)
    assert len(Workspace(home).runs(study_id)) == 2
    assert after.areas.equals(before.areas)


def test_a_population_of_counts_is_declared_on_screen(app, tmp_path):
    """Cells: the column of counts and the coverage; without the column nothing is saved."""
    path = write_small_study(tmp_path / "files")
    census = pd.read_csv(tmp_path / "files" / "censo.csv", dtype={"codigo": str})
    cells = census.groupby(["codigo", "sexo", "edad", "area"]).size().rename("n").reset_index()
    cells.to_csv(tmp_path / "files" / "censo.csv", index=False)
    assert path.exists()
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    shown = app("data", tmp_path / "home", "en", study_id)
    shown.radio(key="population_kind").set_value("cells").run()
    assert not shown.exception
    assert shown.button(key="save_population").disabled
    shown.selectbox(key="population_count").set_value("n").run()
    shown.number_input(key="population_coverage").set_value(72.0).run()
    shown.button(key="save_population").click().run()
    assert not shown.exception
    saved = read_study(workspace.folder(study_id)).population
    assert (saved.kind, saved.count, saved.coverage) == ("cells", "n", 0.72)


def test_a_study_is_declared_with_the_widgets_alone(app, tmp_path):
    """From an empty study and three files to results, choosing columns only, as an official would."""
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.add_study(empty_study("Con botones", "given_risk", "es"))
    write_small_study(tmp_path / "files")
    table = pd.read_csv(tmp_path / "files" / "municipios.csv", dtype=str).assign(
        tasa=["5,1", "9,4", "14,0", "6,2", "21,5", "12,3"]
    )
    workspace.add_file(study_id, "municipios.csv", table.to_csv(index=False, sep=";").encode("latin-1"))
    workspace.add_file(study_id, "limites.geojson", (tmp_path / "files" / "limites.geojson").read_bytes())
    shown = app("data", tmp_path / "home", "es", study_id)
    assert shown.button(key="run_study").disabled

    def choose(save: str, **values: str) -> None:
        for key, value in values.items():
            shown.selectbox(key=key).set_value(value).run()
        shown.button(key=save).click().run()
        assert not shown.exception

    choose(
        "save_areas", areas_file="municipios.csv", areas_code="codigo", areas_name="municipio", areas_parent="cod_dep",
        areas_parent_name="departamento", areas_children="ninos",
    )  # fmt: skip
    choose("save_given_risk", given_risk="tasa")
    choose("save_boundaries", boundaries_file="limites.geojson", boundaries_code="codigo")
    shown = run_to_the_end(shown, study_id)
    assert not shown.error, [e.value for e in shown.error]
    areas = workspace.last_results(study_id).areas.set_index("area_code")
    assert areas.loc["0202", "area_risk"] == pytest.approx(0.215)
    assert areas.loc["0103", "area_name"] == "Cañada"
    assert areas["level"].notna().all()
    assert (workspace.last_run(study_id) / "map.gpkg").exists()
