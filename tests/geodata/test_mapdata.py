from __future__ import annotations

import json

import pandas as pd
import pytest
import shapely

from geodata.mapdata import forget, prepare, prepare_file
from tests.geodata.conftest import write_geojson


def test_geojson_carries_the_code_and_nothing_else(tmp_path, squares, departments):
    squares["name"] = "Juana Pérez"
    geometry = prepare(squares, departments, tmp_path)
    told = json.loads(geometry.geojson())
    assert [f["properties"] for f in told["features"]] == [{"area_code": c} for c in geometry.codes]
    assert geometry.codes == ("01", "02", "03", "04")
    assert geometry.bounds == (-70, 0, -68, 2)
    assert geometry.missing == ()
    points = [shapely.Point(p) for p in told["points"]]
    assert all(p.within(s) for p, s in zip(points, squares.geometry, strict=True))
    assert geometry.shapes().geometry.geom_equals(squares.geometry).all()
    assert geometry.border_lines().length == pytest.approx(10)


def test_areas_with_a_parent_but_no_shape_are_named(tmp_path, squares, departments):
    geometry = prepare(squares, pd.concat([departments, pd.Series({"05": "B"})]), tmp_path)
    assert geometry.missing == ("05",)


def test_without_parents_only_the_outline_is_drawn(tmp_path, squares):
    assert prepare(squares, None, tmp_path).border_lines().length == pytest.approx(8)


def test_the_second_time_nothing_is_worked_out(tmp_path, squares, departments, monkeypatch):
    first = prepare(squares, departments, tmp_path)
    monkeypatch.setattr("geodata.mapdata.simplify_areas", lambda *_: pytest.fail("worked out again"))
    assert prepare(squares, departments, tmp_path) == first


def test_other_parents_or_shapes_are_another_map(tmp_path, squares, departments):
    names = {prepare(squares, departments, tmp_path).name, prepare(squares, None, tmp_path).name}
    moved = squares.set_geometry(squares.translate(1))
    names.add(prepare(moved, departments, tmp_path).name)
    assert len(names) == 3


def test_names_cannot_be_guessed_from_the_shapes(tmp_path, squares):
    """The same shapes have another address in another workspace, and the salt lies outside what is served."""
    here, there = prepare(squares, None, tmp_path / "a"), prepare(squares, None, tmp_path / "b")
    assert here.content_hash == there.content_hash
    assert here.name != there.name
    assert "_" not in here.name
    assert {p.suffix for p in here.folder.iterdir()} == {".geojson"}
    assert (tmp_path / "a" / "salt").stat().st_mode & 0o077 == 0


def test_a_file_is_read_once_and_its_problems_are_remembered(tmp_path, squares, departments, monkeypatch):
    rows = [*zip(squares.area_code, squares.geometry, strict=True), ("09", None)]
    path = write_geojson(tmp_path / "a.geojson", rows)
    first, problems = prepare_file(path, "cod", "", departments, tmp_path / "maps")
    assert [p.code for p in problems] == ["boundaries_no_geometry"]
    monkeypatch.setattr("geodata.mapdata.read_boundaries", lambda *_: pytest.fail("read again"))
    assert prepare_file(path, "cod", "", departments, tmp_path / "maps") == (first, problems)


def test_a_bad_file_gives_problems_and_no_map(tmp_path):
    (tmp_path / "a.geojson").write_text("{")
    geometry, problems = prepare_file(tmp_path / "a.geojson", "cod", "", None, tmp_path / "maps")
    assert geometry is None
    assert problems[0].is_error
    assert prepare_file(tmp_path / "none.gpkg", "cod", "", None, tmp_path / "maps")[0] is None


def test_forgotten_shapes_are_gone(tmp_path, squares, departments):
    geometry = prepare(squares, departments, tmp_path)
    forget(geometry)
    assert list(geometry.folder.iterdir()) == []
    assert prepare(squares, departments, tmp_path) == geometry


@pytest.mark.data
def test_brazil_fits_the_budget(shared_data, tmp_path):
    table = pd.read_csv(shared_data / "brazil/municipios_2010_trabalho_infantil.csv.gz", dtype=str).set_index(
        "cod_ibge"
    )
    path = shared_data / "brazil/municipios_br.geojson"
    geometry, problems = prepare_file(path, "cod_ibge", "", table["uf"], tmp_path)
    assert problems == []
    assert len(geometry.codes) == 5564
    assert geometry.missing == ("2206720",)  # Nazária, created 2009, has no polygon
    assert 1e6 < len(geometry.geojson()) < 2.5e6
    assert len(geometry.borders_geojson()) < 2e5
