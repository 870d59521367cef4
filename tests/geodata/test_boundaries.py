"""Every kind of file gives the same squares; every kind of bad file gives a problem with words, never an exception."""

from __future__ import annotations

import itertools
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from geodata.boundaries import boundary_columns, read_boundaries
from riskmodel.i18n.say import say
from riskmodel.i18n.translator import translator
from tests.geodata.conftest import write_geojson


def codes_of(problems) -> list[str]:
    """Codes of problems; words must exist for each in passing."""
    for problem in problems:
        assert all(say(problem, translator("en")).__dict__[part] for part in ("what", "mend"))
    return [p.code for p in problems]


def areas_of(shapes: gpd.GeoDataFrame) -> list[float]:
    """Surfaces in square degrees."""
    return shapely.area(shapes.geometry.to_numpy()).tolist()


def zipped_shapefile(folder: Path, frame: gpd.GeoDataFrame, leave_out: str = "") -> Path:
    frame.to_file(folder / "limites.shp")
    path = folder / "limites.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in folder.glob("limites.*"):
            if part.suffix not in (".zip", leave_out):
                archive.write(part, f"capas/2020/{part.name}")
    return path


@pytest.fixture
def country(squares):
    return squares.rename(columns={"area_code": "cod"})


def assert_squares(shapes: gpd.GeoDataFrame) -> None:
    assert shapes["area_code"].tolist() == ["01", "02", "03", "04"]
    assert shapes.crs.to_epsg() == 4326
    assert areas_of(shapes) == pytest.approx([1.0] * 4, abs=1e-6)


def test_geojson(tmp_path, squares):
    path = write_geojson(tmp_path / "a.geojson", list(zip(squares.area_code, squares.geometry, strict=True)))
    shapes, problems = read_boundaries(path, "cod")
    assert_squares(shapes)
    assert problems == []


def test_geopackage_layer_is_asked_for_where_there_are_several(tmp_path, country):
    path = tmp_path / "a.gpkg"
    country.to_file(path, layer="municipios")
    assert_squares(read_boundaries(path, "cod")[0])
    country.iloc[:1].to_file(path, layer="lagos")
    assert codes_of(read_boundaries(path, "cod")[1]) == ["boundaries_which_layer"]
    assert_squares(read_boundaries(path, "cod", "municipios")[0])


def test_zipped_shapefile_in_folders_and_in_metres(tmp_path, country):
    shapes, problems = read_boundaries(zipped_shapefile(tmp_path, country.to_crs("EPSG:3857")), "cod")
    assert_squares(shapes)
    assert problems == []


def test_zipped_shapefile_without_prj(tmp_path, country):
    path = zipped_shapefile(tmp_path, country, leave_out=".prj")
    shapes, problems = read_boundaries(path, "cod")
    assert_squares(shapes)
    assert codes_of(problems) == ["boundaries_crs_assumed"]
    metres = zipped_shapefile(tmp_path, country.to_crs("EPSG:3857"), leave_out=".prj")
    (question,) = read_boundaries(metres, "cod")[1]
    assert codes_of([question]) == ["boundaries_crs_which"]
    assert "EPSG:3857" in question.values["crs"]
    assert_squares(read_boundaries(metres, "cod", crs="EPSG:3857")[0])


def test_incomplete_shapefile_says_what_is_missing(tmp_path, country):
    (problem,) = read_boundaries(zipped_shapefile(tmp_path, country, leave_out=".dbf"), "cod")[1]
    assert codes_of([problem]) == ["boundaries_shapefile_incomplete"]
    assert problem.values["missing"] == [".dbf"]


@pytest.mark.parametrize("with_transform", [True, False])
def test_topojson_with_and_without_transform(tmp_path, with_transform):
    """Two unit squares that share the arc between them, written by hand."""
    shared, left, right = [[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]
    topology = {"type": "Topology", "arcs": [shared, left, right]}
    if with_transform:
        topology["transform"] = {"scale": [0.5, 0.5], "translate": [0, 0]}
        topology["arcs"] = [
            [arc[0], *[[b[0] - a[0], b[1] - a[1]] for a, b in itertools.pairwise(arc)]]
            for arc in ([[2 * x, 2 * y] for x, y in arc] for arc in (shared, left, right))
        ]
    topology["objects"] = {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"cod": "001"}},
                {"type": "Polygon", "arcs": [[2, -1]], "properties": {"cod": "002"}},
            ],
        }
    }
    path = tmp_path / "a.topojson"
    path.write_text(json.dumps(topology))
    shapes, problems = read_boundaries(path, "cod")
    assert shapes["area_code"].tolist() == ["001", "002"]
    assert areas_of(shapes) == pytest.approx([1.0, 1.0])
    assert codes_of(problems) == ["boundaries_crs_assumed"]


def test_codes_keep_zeros_and_lose_decimals(tmp_path, squares):
    rows = list(zip(["05001", " 002 ", "1001.0", 7.0], squares.geometry, strict=True))
    shapes, _ = read_boundaries(write_geojson(tmp_path / "a.geojson", rows), "cod")
    assert shapes["area_code"].tolist() == ["002", "05001", "1001", "7"]
    numbers = list(zip([1001, 1002, None, 1004], squares.geometry, strict=True))
    shapes, problems = read_boundaries(write_geojson(tmp_path / "b.geojson", numbers), "cod")
    assert shapes["area_code"].tolist() == ["1001", "1002", "1004"]
    assert codes_of(problems) == ["boundaries_codes_blank"]
    assert problems[0].values["count"] == 1


def test_bow_tie_is_mended_and_counted(tmp_path):
    """The crossing square of corners (0,0) (1,1) (1,0) (0,1) is two triangles of a quarter each."""
    tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    path = write_geojson(tmp_path / "a.geojson", [("1", tie), ("2", box(2, 0, 3, 1))])
    shapes, problems = read_boundaries(path, "cod")
    assert shapes.geometry.is_valid.all()
    assert areas_of(shapes) == pytest.approx([0.5, 1.0])
    assert codes_of(problems) == ["boundaries_mended", "boundaries_surface_changed"]
    assert problems[0].severity == "warning"
    assert problems[0].values["count"] == 1
    assert problems[1].values["percent"] == 100.0  # its rings went round nothing on balance


def test_mainland_stored_as_hole_of_an_islet_stays_land(tmp_path):
    islet, mainland = [(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1)], [(1, 0), (3, 0), (3, 2), (1, 2)]
    path = write_geojson(tmp_path / "a.geojson", [("1", Polygon(islet, [mainland]))])
    shapes, problems = read_boundaries(path, "cod")
    assert areas_of(shapes)[0] == pytest.approx(4.01)
    assert codes_of(problems) == ["boundaries_mended"]


def test_missing_shapes_points_and_repeated_codes_are_told(tmp_path):
    rows = [("1", box(0, 0, 1, 1)), ("1", box(5, 0, 6, 1)), ("2", None), ("3", Point(0, 0)), ("4", box(1, 0, 2, 1))]
    shapes, problems = read_boundaries(write_geojson(tmp_path / "a.geojson", rows), "cod")
    assert dict(zip(shapes["area_code"], areas_of(shapes), strict=True)) == pytest.approx({"1": 2.0, "4": 1.0})
    assert sorted(codes_of(problems)) == [
        "boundaries_codes_joined",
        "boundaries_no_geometry",
        "boundaries_not_polygons",
    ]


def test_missing_column_names_those_there_are(tmp_path, squares):
    path = write_geojson(tmp_path / "a.geojson", [("1", squares.geometry[0])], column="CVEGEO")
    shapes, problems = read_boundaries(path, "cod")
    assert shapes.empty
    assert codes_of(problems) == ["boundaries_no_code_column"]
    assert problems[0].values["columns"] == ["CVEGEO"]
    assert boundary_columns(path) == (["CVEGEO"], [])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF", "boundaries_unknown_kind"),
        ("a.geojson", b"", "boundaries_empty"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type"', "boundaries_not_readable"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "boundaries_empty"),
        ("a.json", b'{"rows": [1, 2]}', "boundaries_not_geojson"),
        ("a.json", b"[1, 2]", "boundaries_not_geojson"),
        ("a.topojson", b'{"type": "Topology", "objects": {}, "arcs": []}', "boundaries_empty"),
        ("a.gpkg", b"not a database", "boundaries_not_readable"),
        ("a.zip", b"not a zip", "boundaries_not_readable"),
        ("a.shp", b"\x00\x00", "boundaries_not_readable"),
    ],
)
def test_bad_files_give_a_problem(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    shapes, problems = read_boundaries(tmp_path / name, "cod")
    assert shapes.empty
    assert codes_of(problems) == [code]
    assert problems[0].is_error


def test_absent_file_and_zip_of_something_else(tmp_path):
    assert codes_of(read_boundaries(tmp_path / "none.geojson", "cod")[1]) == ["boundaries_not_readable"]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("leeme.txt", "hola")
    assert codes_of(read_boundaries(tmp_path / "a.zip", "cod")[1]) == ["boundaries_zip_without_map"]


def test_lines_only_and_coordinates_outside_the_world(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", [("1", LineString([(0, 0), (1, 1)]))])
    assert codes_of(read_boundaries(path, "cod")[1]) == ["boundaries_no_polygons"]
    path = write_geojson(tmp_path / "b.geojson", [("1", box(9e8, 9e8, 9.1e8, 9.1e8))])
    assert codes_of(read_boundaries(path, "cod")[1]) == ["boundaries_no_crs"]


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "column", "areas", "km2"),
    [
        ("brazil/municipios_br.geojson", "cod_ibge", 5564, 8_515_767),
        ("mexico/municipios_mx.topojson", "cvegeo", 2469, 1_959_248),
        ("colombia/municipios_co.topojson", "cod_dane", 1121, 1_141_748),
        ("messy/br_maranhao_municipios_geometria_invalida.json", "id", 217, 331_983),
    ],
)
def test_real_countries_have_their_official_surface(shared_data, file, column, areas, km2):
    """Within 1.1 % of the surface published by IBGE, INEGI (land) and IGAC: mended shapes lose no land."""
    shapes, problems = read_boundaries(shared_data / file, column)
    assert len(shapes) == areas
    assert shapes.geometry.is_valid.all()
    assert not any(p.is_error for p in problems)
    assert shapes.to_crs("+proj=cea").area.sum() / 1e6 == pytest.approx(km2, rel=0.011)


@pytest.mark.data
def test_real_shapefile_in_metres_lies_in_nariño(shared_data):
    shapes, problems = read_boundaries(shared_data / "messy/co_narino_municipios_epsg9377_latin1.zip", "MPIO_CDPMP")
    assert len(shapes) == 64
    assert shapes["area_code"].str.startswith("52").all()
    left, bottom, right, top = shapes.total_bounds
    assert -80 < left < right < -76
    assert 0 < bottom < top < 3
    assert not any(p.is_error for p in problems)


@pytest.mark.parametrize("ending", [".dbf", ".shp", ".gpkg", ".csv"])
def test_a_map_under_a_wrong_ending_is_read_by_its_content(ending, tmp_path):
    """GDAL would take the bytes behind the ending for a header: half a thousand million rows of a dBase table."""
    squares = [{"type": "Polygon", "coordinates": [[[i, 0], [i + 1, 0], [i + 1, 1], [i, 1], [i, 0]]]} for i in range(3)]
    features = [{"type": "Feature", "properties": {"c": f"0{i}"}, "geometry": g} for i, g in enumerate(squares)]
    path = tmp_path / f"mapa{ending}"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    shapes, problems = read_boundaries(path, "c")
    assert shapes["area_code"].tolist() == ["00", "01", "02"]
    assert not [p for p in problems if p.is_error]
