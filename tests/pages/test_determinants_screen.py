"""The Determinants screen in its parts, with each method; clusters as a list; what can be downloaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from riskmodel.workspace import Workspace
from tests.clusters_run import write_board
from tests.small_study import write_small_study
from workflow import run_in_workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workspace with a survey model and a board of given risks."""
    home = tmp_path_factory.mktemp("filled")
    workspace = Workspace(home / "home")
    ids = {}
    for name, write in (("small", write_small_study), ("board", write_board)):
        write(home / name)
        ids[name] = workspace.adopt_folder(home / name)
        run_in_workspace(workspace, ids[name])
    return home / "home", ids


@pytest.fixture
def screen(monkeypatch, filled):
    def opened(name: str, study: str, area: str | None = None, **state: object) -> AppTest:
        import streamlit as st

        home, ids = filled
        st.cache_resource.clear()
        monkeypatch.setenv("MIRADOR_HOME", str(home))
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        known = {
            "language": "en",
            "study_id": ids[study],
            "area_code": area,
            "kept_asked_demo": True,
            "method": "risk_model",
        }
        for key, value in (known | state).items():
            test.session_state[key] = value
        return test.switch_page(f"pages/{name}.py").run()

    return opened


def texts(shown: AppTest) -> str:
    return " ".join(str(element.value) for element in (*shown.markdown, *shown.caption, *shown.info))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("peers", "Likeness is measured"),
        ("compare", "percentage points"),
        ("profile", "Means of the areas of each level"),
    ],
)
def test_parts_of_an_area(screen, part, said):
    shown = screen("determinants", "small", "0203", determinants_part=part)
    assert not shown.exception
    assert said in texts(shown)
    assert "Fortín" in texts(shown)


def test_the_whole_country_has_a_map_and_its_files(screen):
    shown = screen("determinants", "small")
    assert not shown.exception
    assert "is what raises the value most" in texts(shown)
    keys = {button.key for button in shown.get("download_button")} if shown.get("download_button") else set()
    assert {
        "take_map_main_factor.png",
        "take_map_main_factor.gpkg",
        "take_main_factors.svg",
        "take_main_factors.csv",
    } <= keys


def test_a_given_risk_has_areas_alike_from_indicators(screen):
    shown = screen("determinants", "board", "0101", determinants_part="peers")
    assert not shown.exception
    said = texts(shown)
    assert "not available with this method" in said
    assert "worked out from the same figures" not in said  # here it was measured


def test_maps_for_print_are_on_the_downloads_screen(screen):
    shown = screen("downloads", "board")
    assert not shown.exception
    keys = {button.key for button in shown.get("download_button")}
    assert {"take_map_level.png", "take_map_clusters.svg", "take_map_clusters.gpkg", "take_map_clusters.csv"} <= keys


def test_clusters_as_a_list(filled):
    def page() -> None:
        import streamlit as st

        from pages.common import cached
        from pages.common.clusters_view import cluster_list

        cluster_list(cached.results(st.session_state["study_id"]))

    home, ids = filled
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIRADOR_HOME", str(home))
        import streamlit as st

        st.cache_resource.clear()
        for study, said in (("board", "neighbouring areas around Casilla"), ("small", "were not looked for")):
            test = AppTest.from_function(page, default_timeout=60)
            test.session_state["language"] = "en"
            test.session_state["study_id"] = ids[study]
            test.run()
            assert not test.exception
            assert said in texts(test)


@pytest.mark.parametrize("pair", [False, True])
def test_clusters_are_told_under_their_map(screen, pair):
    kept = {"kept_map_pair": True, "kept_map_mode_1": "clusters"} if pair else {"kept_map_mode": "clusters"}
    shown = screen("map", "board", **kept)
    assert not shown.exception
    assert len(shown.get("bidi_component")) == (2 if pair else 1)
    assert "neighbouring areas around Casilla" in texts(shown)
    keys = {button.key for button in shown.get("download_button")}
    assert ("take_level.html" if pair else "take_clusters.html") in keys
    assert ("take_map_level.png" if pair else "take_map_clusters.png") in keys
    assert "neighbouring areas around" not in texts(screen("map", "board", kept_map_mode="level"))


@pytest.mark.parametrize("look", ["", "photocopy"])
def test_maps_are_sent_as_the_visitor_wants_them(screen, look):
    from pages.common.state import Appearance

    shown = screen("map", "board", appearance=Appearance(photocopy=bool(look)))
    sent = json.loads(shown.get("bidi_component")[0].proto.json)["paint"]["palette"]
    greys = all(c[1:3] == c[3:5] == c[5:] for c in sent["levels"])
    assert greys == bool(look)
    assert bool(sent["hatches"]) == bool(look)
