"""What a map leaves open is asked where its columns are said, and nowhere else."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import geopandas as gpd
import streamlit as st
from streamlit.testing.v1 import AppTest

from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.small_study import write_small_study

ROOT = Path(__file__).resolve().parents[2]


def test_the_system_of_a_map_in_metres_is_asked_and_kept(tmp_path, monkeypatch):
    """A shapefile without .prj: the screen proposes systems, the answer is saved, and the question stays answered."""
    write_small_study(tmp_path / "files")
    area = gpd.read_file(tmp_path / "files" / "limites.geojson")
    area.geometry = area.geometry.translate(-74 - area.total_bounds[0], 4 - area.total_bounds[1])
    area.set_crs(4326, allow_override=True).to_crs(9377).to_file(tmp_path / "mun.shp")
    with zipfile.ZipFile(tmp_path / "files" / "mun.zip", "w") as archive:
        for ending in (".shp", ".shx", ".dbf"):
            archive.write(tmp_path / f"mun{ending}", f"mun{ending}")
    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    shutil.copyfile(tmp_path / "files" / "mun.zip", workspace.folder(study_id) / "mun.zip")
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in (("language", "es"), ("study_id", study_id), ("area_code", None), ("kept_asked_demo", True)):
        shown.session_state[name] = value
    shown.session_state["method"] = "risk_model"
    shown.switch_page("pages/data.py").run()
    shown.selectbox(key="boundaries_file").set_value("mun.zip").run()
    assert not shown.exception
    asked = shown.selectbox(key="boundaries_crs")
    assert asked.value == ""
    assert any("EPSG:9377" in option for option in asked.options)
    asked.set_value("EPSG:9377").run()
    shown.button(key="save_boundaries").click().run()
    assert not shown.exception
    saved = read_study(workspace.folder(study_id)).boundaries
    assert (saved.file, saved.crs, saved.area_code) == ("mun.zip", "EPSG:9377", "codigo")
    assert shown.selectbox(key="boundaries_crs").value == "EPSG:9377"
