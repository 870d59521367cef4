"""Data screen: areas that differ between a table and its map are listed, a changed code is confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.common.ask import empty_outcome
from riskmodel.i18n import translator
from riskmodel.study import Areas, Boundaries, Indicator, Study, StudyInfo
from riskmodel.workspace import Workspace, default_home

ROOT = Path(__file__).resolve().parents[2]
PLACES = [
    (f"{d:02d}{m:03d}", f"Lugar {chr(64 + m)}{chr(64 + d)}", f"Depto {chr(64 + d)}")
    for d in range(5, 9)
    for m in range(1, 6)
]


def poverty(name: str = "poverty") -> Indicator:
    return Indicator(name=name, column="pobreza_pct", label=name, dimension="living", direction=1, weight=1.0)


def opened(study_id: str) -> AppTest:
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    shown.session_state["language"] = "en"
    shown.session_state["study_id"] = study_id
    shown.session_state["kept_asked_demo"] = True
    return shown.switch_page("pages/data.py").run()


def said(shown: AppTest) -> str:
    return "\n".join(str(e.value) for e in shown.markdown)


@pytest.fixture
def study_id(request, tmp_path, monkeypatch):
    """A study whose table calls 05003 what its map calls 05103; with indicators it is complete."""
    import streamlit as st

    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    workspace = Workspace(tmp_path / "home")
    rows = [f"{code},{name},{above},{i}.5" for i, (code, name, above) in enumerate(PLACES)]
    table = "\n".join(["cod_municipio,municipio,departamento,pobreza_pct", *rows])
    features = [
        {
            "type": "Feature",
            "properties": {"cod": "05103" if code == "05003" else code, "nombre": name, "departamento": above},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]},
        }
        for x, (code, name, above) in enumerate(PLACES)
    ]
    info = StudyInfo(name="Prueba", method="vulnerability_index", language="en")
    study = Study(
        study=info,
        outcome=empty_outcome(translator("en")),
        areas=Areas(file="tabla.csv", area_code="cod_municipio", area_name="municipio", parent_code="departamento"),
        boundaries=Boundaries(file="mapa.geojson", area_code="cod"),
    )
    if request.param:
        study = study.model_copy(update={"indicator": (poverty(), poverty(name="again"))})
    made = workspace.add_study(study)
    workspace.add_file(made, "tabla.csv", table.encode())
    workspace.add_file(made, "mapa.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())
    return made


@pytest.mark.parametrize("study_id", [False], indirect=True)
def test_a_changed_code_is_confirmed(study_id):
    shown = opened(study_id)
    assert not shown.exception
    assert "19 areas are in both" in said(shown)
    assert "Lugar CE (Depto E)" in said(shown)
    lists = [frame.value for frame in shown.dataframe if "Note" in frame.value.columns]
    assert [frame["Code"].to_list() for frame in lists] == [["05003"], ["05103"]]
    shown = shown.button("recode_all_proposed_0").click().run()
    assert not shown.exception
    assert Workspace(default_home()).study(study_id, complete=False).reading[0].codes[0].recode == {"05003": "05103"}
    assert "Every area of one is in the other" in said(shown)


@pytest.mark.parametrize("study_id", [True], indirect=True)
def test_a_study_that_is_set_up_has_the_same_words(study_id):
    shown = opened(study_id)
    assert "areas are in both" not in said(shown)
    shown = shown.toggle(f"compare_{study_id}").set_value(True).run()
    assert not shown.exception
    assert said(shown).count("19 areas are in both") == 1
    assert [b.label for b in shown.button if b.key == "recode_all_study_0"]
    shown = shown.toggle(f"compare_{study_id}").set_value(False).run()
    shown = shown.button("check_files").click().run()
    assert not shown.exception
    assert said(shown).count("19 areas are in both") == 1
    assert not any("not on the map" in str(w.value) for w in shown.warning)
