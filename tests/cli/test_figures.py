"""Pictures of a run from the command line."""

from __future__ import annotations

import io

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image

from cli import main
from tests.clusters_run import clusters_run


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    return clusters_run(tmp_path_factory.mktemp("figures"))


def test_every_map_in_four_forms(board, tmp_path, capsys):
    assert main(["figures", str(board), "--out", str(tmp_path / "pictures"), "--language", "en"]) == 0
    assert "8 files" in capsys.readouterr().out
    names = {p.name for p in (tmp_path / "pictures").iterdir()}
    assert names == {f"map_{kind}.{form}" for kind in ("level", "clusters") for form in ("png", "svg", "csv", "gpkg")}
    table = pd.read_csv(tmp_path / "pictures/map_clusters.csv", dtype={"area_code": str})
    shapes = gpd.read_file(tmp_path / "pictures/map_clusters.gpkg")
    assert len(table) == len(shapes) == 100
    assert (table["shown_as"] == "High among high").sum() == (shapes["shown_as"] == "High among high").sum() > 5
    picture = Image.open(io.BytesIO((tmp_path / "pictures/map_level.png").read_bytes()))
    assert round(picture.info["dpi"][0]) == 300


def test_an_area_that_is_not_there(board, tmp_path, capsys):
    assert main(["figures", str(board), "--out", str(tmp_path / "x"), "--area", "9999"]) == 1
    assert "9999" in capsys.readouterr().err


def test_no_run_there(tmp_path, capsys):
    assert main(["figures", str(tmp_path)]) == 1
    assert capsys.readouterr().err
