"""Maps that are neither shapefile nor GeoJSON: tables with shapes, GeoParquet, GML, MapInfo, Esri JSON, KML with tables."""

from __future__ import annotations

import json
import shutil

import geopandas as gpd
import pytest
import shapely

from geodata.boundaries import read_boundaries
from geodata.describe import describe_boundaries

BOXES = [shapely.box(-77 + i, 1, -76 + i, 2) for i in range(3)]
CODES = ["05001", "05002", "05004"]


@pytest.fixture
def frame():
    return gpd.GeoDataFrame({"COD_MPIO": CODES, "NOMBRE": ["Á", "B", "Ñ"]}, geometry=BOXES, crs="EPSG:4326")


def assert_boxes(path, column="COD_MPIO"):
    shapes, problems = read_boundaries(path, column)
    assert [p.code for p in problems if p.severity != "note"] == []
    assert shapes["area_code"].tolist() == CODES
    assert shapely.area(shapes.geometry.to_numpy()).tolist() == pytest.approx([1, 1, 1], rel=1e-3)
    assert shapes.geometry.iloc[0].centroid.x == pytest.approx(-76.5, abs=1e-3)


@pytest.mark.parametrize(
    ("written", "mark", "encoding"),
    [
        (lambda g: g.to_wkt(), ",", "utf-8"),
        (lambda g: g.to_wkb(hex=True), ";", "cp1252"),
        (lambda g: "SRID=9377;" + g.to_crs(9377).to_wkt(), "|", "utf-8"),
        (lambda g: [shapely.to_geojson(s) for s in g], ";", "utf-8"),
    ],
    ids=["wkt", "wkb", "ewkt", "geojson"],
)
def test_a_table_with_a_shape_in_each_row(tmp_path, frame, written, mark, encoding):
    table = frame.drop(columns="geometry").assign(the_geom=written(frame.geometry))
    path = tmp_path / "a.csv"
    path.write_bytes(table.to_csv(index=False, sep=mark).encode(encoding))
    assert_boxes(path)


def test_geoparquet_in_metres(tmp_path, frame):
    frame.to_crs(9377).to_parquet(tmp_path / "a.parquet")
    assert_boxes(tmp_path / "a.parquet")
    frame.drop(columns="geometry").to_parquet(tmp_path / "b.parquet")
    assert [p.code for p in read_boundaries(tmp_path / "b.parquet", "COD_MPIO")[1]] == ["boundaries_not_readable"]


def test_gml_leaves_nothing_beside_it(tmp_path, frame):
    frame.to_file(tmp_path / "a.gml", driver="GML")
    (tmp_path / "a.xsd").unlink()
    assert_boxes(tmp_path / "a.gml")
    assert [p.name for p in tmp_path.iterdir()] == ["a.gml"]


def test_an_ordinary_table_is_no_map(tmp_path):
    (tmp_path / "a.csv").write_text("COD_MPIO;NOMBRE\n05001;Poligono (1)\n")
    assert [p.code for p in read_boundaries(tmp_path / "a.csv", "COD_MPIO")[1]] == ["boundaries_unknown_kind"]


@pytest.mark.parametrize("ending", ["mif", "tab"])
def test_mapinfo_needs_all_its_parts(tmp_path, frame, ending):
    frame.to_file(tmp_path / f"a.{ending}", driver="MapInfo File")
    assert_boxes(tmp_path / f"a.{ending}")
    shutil.make_archive(str(tmp_path / "whole"), "zip", tmp_path)
    assert_boxes(tmp_path / "whole.zip")
    (tmp_path / "alone").mkdir()
    shutil.copyfile(tmp_path / f"a.{ending}", tmp_path / "alone" / f"a.{ending}")
    (problem,) = read_boundaries(tmp_path / "alone" / f"a.{ending}", "COD_MPIO")[1]
    assert problem.code == "boundaries_parts_missing"
    assert {"mif": ".mid", "tab": ".dat"}[ending] in problem.values["missing"]


@pytest.mark.parametrize("wkid", [4326, 102100])
def test_esri_json_says_its_system(tmp_path, frame, wkid):
    drawn = frame.to_crs(4326 if wkid == 4326 else 3857).geometry
    features = [
        {
            "attributes": {"OBJECTID": i, "COD_MPIO": c},
            "geometry": {"rings": [[list(p) for p in s.exterior.coords][::-1]]},
        }
        for i, (c, s) in enumerate(zip(CODES, drawn, strict=True))
    ]
    told = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": wkid}, "features": features}
    told["fields"] = [
        {"name": "OBJECTID", "type": "esriFieldTypeOID"},
        {"name": "COD_MPIO", "type": "esriFieldTypeString", "length": 5},
    ]
    (tmp_path / "query.json").write_text(json.dumps(told))
    assert_boxes(tmp_path / "query.json")


TABLE = "<html><table><tr><td>{name}</td></tr><tr><td><table><tr><td>COD_MPIO</td><td>{code}</td></tr><tr><td>AREA</td><td>1,5</td></tr></table></td></tr></table></html>"
LINES = "<b>COD_MPIO</b>: {code}<br/><b>AREA</b>: 1,5"


@pytest.mark.parametrize("described", [TABLE, LINES], ids=["table", "lines"])
def test_kml_descriptions_become_columns(tmp_path, described):
    marks = "".join(
        f"<Placemark><name>{n}</name><description><![CDATA[{described.format(name=n, code=c)}]]></description><Polygon><outerBoundaryIs>"
        f"<LinearRing><coordinates>{' '.join(f'{x},{y},0' for x, y in s.exterior.coords)}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for n, c, s in zip("ABC", CODES, BOXES, strict=True)
    )
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
    (tmp_path / "a.kml").write_text(text)
    assert_boxes(tmp_path / "a.kml")
    (best, *_) = describe_boundaries(tmp_path / "a.kml").codes
    assert best.columns == ("COD_MPIO",)
