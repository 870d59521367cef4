"""Data screen: a map with names only takes its codes by name, points are kept by area, letters of a map are picked by eye."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from riskmodel.study import Boundaries
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.pages.test_files_screen import data_screen, opened

NAMES = ["Pasto", "Nariño", "Albán", "Aldana", "Magüí", "Barbacoas"]
CODES = [f"52{i:03d}" for i in range(1, 7)]


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    import streamlit as st

    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    return Workspace(tmp_path / "home")


def areas(**columns: list[str]) -> gpd.GeoDataFrame:
    """Squares of half a degree beside each other in the south of Colombia."""
    shapes = [box(-78 + i / 2, 1, -77.5 + i / 2, 1.5) for i in range(6)]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def table() -> bytes:
    frame = {"cod_municipio": CODES, "municipio": NAMES, "pobreza_pct": [10.5, 22.5, 31.5, 8.5, 45.5, 60.5]}
    return pd.DataFrame(frame).to_csv(index=False).encode()


def test_a_map_with_names_asks_for_a_table_and_takes_its_codes(workspace, tmp_path):
    screen, study_id = data_screen(workspace, "vulnerability_index")
    areas(NAME=[*NAMES[:5], "Barbacoaz"]).to_file(tmp_path / "mapa.geojson")
    workspace.add_file(study_id, "mapa.geojson", (tmp_path / "mapa.geojson").read_bytes())
    screen.run()
    assert any("names of 6 areas and not their official codes" in w.value for w in screen.warning)
    workspace.add_file(study_id, "municipios.csv", table())
    screen.run()
    assert screen.selectbox(key="map_table_mapa.geojson").value == 0
    screen.button(key="take_names_mapa.geojson").click().run()
    assert not screen.exception
    study = read_study(workspace.folder(study_id), complete=False)
    assert (study.boundaries.file, study.boundaries.area_code) == ("mapa.geojson", "area_code")
    assert study.reading_of("mapa.geojson").names[0].official.file == "municipios.csv"
    near = next(r for r in screen.radio if "Barbacoaz" in r.label)
    assert near.value == "later"
    next(b for b in screen.button if "The first is right" in b.label).click().run()
    assert not screen.exception
    confirmed = read_study(workspace.folder(study_id), complete=False).reading_of("mapa.geojson").names[0].confirmed
    assert [(m.name, m.code) for m in confirmed] == [("Barbacoaz", "52006")]


def test_points_are_located_asked_about_and_kept(workspace, tmp_path):
    screen, study_id = data_screen(workspace, "vulnerability_index")
    areas(cod_municipio=CODES).to_file(tmp_path / "mapa.geojson")
    workspace.add_file(study_id, "mapa.geojson", (tmp_path / "mapa.geojson").read_bytes())
    schools = "escuela;latitud;longitud\n" + "".join(f"E{i};1,{i}5;77,{i}1\n" for i in range(1, 5))
    workspace.add_file(study_id, "escuelas.csv", schools.encode())
    screen.run()
    screen.button(key="points_map_mapa.geojson").click().run()
    asked = next(m for m in screen.markdown if "minus sign" in m.value)
    assert "4 points" in asked.value
    screen.button(key="points_signs_lost_escuelas.csv").click().run()
    assert not screen.exception
    folder = workspace.folder(study_id)
    points = read_study(folder, complete=False).points[0]
    assert (points.signs_lost, points.count) == (True, "escuelas_by_area.csv")
    counted = pd.read_csv(folder / points.count, dtype=str).set_index("area_code")["n_escuelas"]
    assert counted.to_dict() == dict.fromkeys(CODES, "0") | {"52002": "4"}
    assert (folder / "escuelas.csv").read_bytes() == schools.encode()
    screen.button(key="undo_points_escuelas.csv").click().run()
    assert not screen.exception
    assert read_study(folder, complete=False).points == ()
    assert not (folder / points.count).exists()


def test_letters_of_a_map_are_picked_by_eye(workspace, tmp_path):
    _, study_id = data_screen(workspace, "vulnerability_index")
    areas(cod_mun=CODES, nombre=NAMES).to_file(tmp_path / "m.shp", encoding="cp1252")
    with zipfile.ZipFile(tmp_path / "mapa.zip", "w") as archive:
        for ending in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(tmp_path / f"m{ending}", f"m{ending}")
    workspace.add_file(study_id, "mapa.zip", (tmp_path / "mapa.zip").read_bytes())
    drawn = Boundaries(file="mapa.zip", area_code="cod_mun", encoding="CP850")
    study = workspace.study(study_id, complete=False)
    workspace.save_study(study_id, study.model_copy(update={"boundaries": drawn}))
    screen = opened(study_id, "vulnerability_index")
    screen.button_group(key=f"used_{study_id}").set_value("mapa.zip").run()
    choice = next(r for r in screen.radio if "written rightly" in r.label)
    assert "Nariño" in choice.options[0]
    assert choice.value != 0
    choice.set_value(0).run()
    assert not screen.exception
    assert Path(workspace.folder(study_id), "mapa.zip").exists()
    assert read_study(workspace.folder(study_id), complete=False).boundaries.encoding == "cp1252"
