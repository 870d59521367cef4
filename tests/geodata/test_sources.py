"""Kinds of files and of zips: the same squares come out, or the reason why not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest

from geodata import archive
from geodata.boundaries import read_boundaries
from geodata.dbf import Encoding, encoding_of
from geodata.describe import describe_boundaries
from tests.geodata.conftest import write_geojson
from tests.geodata.test_boundaries import assert_squares, codes_of


@pytest.fixture
def country(squares):
    return squares.rename(columns={"area_code": "cod"})


def zipped(folder: Path, members: dict[str, bytes | Path], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in members.items():
            out.writestr(member, content.read_bytes() if isinstance(content, Path) else content)
    return path


def parts(folder: Path, frame: gpd.GeoDataFrame, stem: str = "mun", **how: object) -> dict[str, Path]:
    """The files of a shapefile by ending."""
    frame.to_file(folder / f"{stem}.shp", **how)
    return {part.suffix: part for part in folder.glob(f"{stem}.*")}


def test_kml_and_kmz(tmp_path):
    places = "".join(
        f'<Placemark><name>{c}</name><ExtendedData><Data name="cod"><value>{c}</value></Data></ExtendedData><Polygon>'
        f"<outerBoundaryIs><LinearRing><coordinates>{x},{y},0 {x + 1},{y},0 {x + 1},{y + 1},0 {x},{y + 1},0 {x},{y},0"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for c, x, y in (("01", -70, 0), ("02", -69, 0), ("03", -70, 1), ("04", -69, 1))
    )
    text = f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{places}</Document></kml>'
    (tmp_path / "a.kml").write_text(text)
    assert_squares(read_boundaries(tmp_path / "a.kml", "cod")[0])
    kmz = zipped(tmp_path, {"doc.kml": text.encode()}, "a.kmz")
    assert_squares(read_boundaries(kmz, "cod")[0])
    assert describe_boundaries(kmz).codes[0].columns == ("cod",)


def test_flatgeobuf_and_a_name_that_lies(tmp_path, country):
    country.to_file(tmp_path / "a.fgb")
    assert_squares(read_boundaries(tmp_path / "a.fgb", "cod")[0])
    country.to_file(tmp_path / "a.gpkg")
    (tmp_path / "a.gpkg").rename(tmp_path / "b.geojson")
    assert_squares(read_boundaries(tmp_path / "b.geojson", "cod")[0])


def test_a_file_geodatabase_in_a_zip(tmp_path, country):
    country.to_file(tmp_path / "pais.gdb", layer="municipios", driver="OpenFileGDB")
    files = {f"capa/pais.gdb/{f.name}": f for f in (tmp_path / "pais.gdb").iterdir()}
    assert_squares(read_boundaries(zipped(tmp_path, files), "cod")[0])


def test_the_only_layer_that_can_hold_areas_is_taken(tmp_path, country):
    path = tmp_path / "a.gpkg"
    country.to_file(path, layer="municipios")
    country.set_geometry(country.to_crs(3857).centroid.to_crs(4326)).to_file(path, layer="cabeceras")
    shapes, problems = read_boundaries(path, "cod")
    assert_squares(shapes)
    assert codes_of(problems) == ["boundaries_layer_taken"]
    country.to_file(path, layer="lagos")
    facts = describe_boundaries(path)
    assert facts.question.code == "boundaries_which_layer"
    assert facts.layers == ("municipios", "lagos")
    assert describe_boundaries(path, "lagos").count == 4


def test_topojson_of_two_objects_asks(tmp_path):
    areas = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"c": "1"}}]}
    topology = {"type": "Topology", "arcs": [[[0, 0], [1, 0], [1, 1], [0, 0]]], "objects": {"mun": areas, "dep": areas}}
    (tmp_path / "a.json").write_text(json.dumps(topology))
    (question,) = read_boundaries(tmp_path / "a.json", "c")[1]
    assert question.values["layers"] == ["mun", "dep"]
    assert len(read_boundaries(tmp_path / "a.json", "c", "dep")[0]) == 1


def test_codes_as_id_of_the_feature_and_nested(tmp_path, squares):
    features = [
        {
            "type": "Feature",
            "id": 5001 + i,
            "properties": {"geo": {"cod": f"0500{i + 1}"}},
            "geometry": s.__geo_interface__,
        }
        for i, s in enumerate(squares.geometry)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert read_boundaries(path, "id")[0]["area_code"].tolist() == ["5001", "5002", "5003", "5004"]
    assert read_boundaries(path, "geo.cod")[0]["area_code"].tolist() == ["05001", "05002", "05003", "05004"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-16"])
def test_geojson_in_other_encodings(tmp_path, squares, encoding):
    features = [
        {"type": "Feature", "properties": {"código": c, "nombre": "Ñuñoa"}, "geometry": s.__geo_interface__}
        for c, s in zip(squares["area_code"], squares.geometry, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (tmp_path / "a.geojson").write_bytes(text.encode(encoding))
    assert_squares(read_boundaries(tmp_path / "a.geojson", "código")[0])


def test_a_zip_of_several_shapefiles_asks_which(tmp_path, country):
    files = {f"x/{p.name}": p for s in ("mun", "dep") for p in parts(tmp_path, country, s).values()}
    path = zipped(tmp_path, files)
    (question,) = read_boundaries(path, "cod")[1]
    assert codes_of([question]) == ["boundaries_which_layer"]
    assert question.values["layers"] == ["dep", "mun"]
    assert_squares(read_boundaries(path, "cod", "mun")[0])


def test_upper_case_endings_backslashes_and_no_index(tmp_path, country):
    files = parts(tmp_path, country)
    members = {f"capas\\MUN{ending.upper()}": path for ending, path in files.items() if ending != ".shx"}
    shapes, problems = read_boundaries(zipped(tmp_path, members), "cod")
    assert_squares(shapes)
    assert problems == []


def test_a_bare_shapefile_says_what_it_lacks(tmp_path, country):
    shp = parts(tmp_path, country)[".shp"]
    assert_squares(read_boundaries(shp, "cod")[0])  # the other parts lie beside it
    alone = tmp_path / "solo.shp"
    alone.write_bytes(shp.read_bytes())
    (problem,) = read_boundaries(alone, "cod")[1]
    assert codes_of([problem]) == ["boundaries_shapefile_incomplete"]
    assert problem.values["missing"] == [".dbf"]
    (problem,) = read_boundaries(tmp_path / "mun.dbf", "cod")[1]
    assert problem.values["missing"] == [".shp"]


@pytest.mark.parametrize("name", ["../../etc/mun.geojson", "/mun.geojson", "C:\\mun.geojson", "a/..\\..\\mun.geojson"])
def test_paths_that_lead_out_of_a_zip_are_refused(tmp_path, squares, name):
    good = write_geojson(tmp_path / "a.geojson", list(zip(squares.area_code, squares.geometry, strict=True)))
    path = zipped(tmp_path, {name: good})
    assert codes_of(read_boundaries(path, "cod")[1]) == ["boundaries_zip_unsafe"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.geojson", "a.zip"]


def test_a_bomb_is_refused_by_its_size_before_a_byte_is_read(tmp_path, monkeypatch, country):
    bomb = zipped(tmp_path, {"mun.geojson": b" " * 60_000_000}, "bomb.zip")
    assert bomb.stat().st_size < 100_000
    large = zipped(tmp_path, {p.name: p for p in parts(tmp_path, country).values()})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("opened"))
    assert codes_of(read_boundaries(bomb, "cod")[1]) == ["boundaries_zip_too_large"]
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    assert codes_of(read_boundaries(large, "cod")[1]) == ["boundaries_zip_too_large"]


@pytest.mark.parametrize(
    ("name", "begins"), [("a.rar", b"Rar!\x1a\x07"), ("a.7z", b"7z\xbc\xaf\x27"), ("a.zip", b"Rar!")]
)
def test_other_archives_are_named(tmp_path, name, begins):
    (tmp_path / name).write_bytes(begins + bytes(50))
    assert codes_of(read_boundaries(tmp_path / name, "cod")[1]) == ["boundaries_packed"]


def test_a_locked_zip_is_told(tmp_path, country):
    """A zip whose first member says that it is encrypted (bit 0 of its flags)."""
    path = zipped(tmp_path, {"mun.geojson": b"{}"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert codes_of(read_boundaries(path, "cod")[1]) == ["boundaries_zip_locked"]


NAMES = ["Ñemby", "São João", "Bogotá", "Concepción"]


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "CP850"])
@pytest.mark.parametrize("cpg", ["right", "absent", "wrong"])
def test_letters_of_a_shapefile(tmp_path, country, encoding, cpg):
    files = parts(tmp_path, country.assign(nombre=NAMES), encoding=encoding)
    wrong = "ISO-8859-1" if encoding == "UTF-8" else "UTF-8"
    written = {"right": encoding, "absent": "", "wrong": wrong}[cpg]
    members: dict[str, bytes | Path] = {p.name: p for ending, p in files.items() if ending != ".cpg"}
    if written:
        members["mun.cpg"] = written.encode()
    facts = describe_boundaries(zipped(tmp_path, members))
    assert facts.columns[1].samples == tuple(NAMES)
    assert [p.code for p in facts.problems] == (["boundaries_encoding_wrong"] if cpg == "wrong" else [])


def test_a_declared_encoding_counts(tmp_path, country):
    path = parts(tmp_path, country.assign(nombre=NAMES), encoding="CP850")[".shp"]
    assert describe_boundaries(path, encoding="latin-1").columns[1].samples != tuple(NAMES)
    assert codes_of(read_boundaries(path, "cod", encoding="klingon")[1]) == ["boundaries_encoding_unknown"]


def test_plain_letters_need_no_encoding(tmp_path, country):
    files = parts(tmp_path, country, encoding="ISO-8859-1")
    assert encoding_of(files[".dbf"]) == Encoding("UTF-8")


def test_two_columns_make_a_code(tmp_path, squares):
    frame = squares.assign(DPTO=[5, 5, 12, 12], MPIO=[1, 20, 1, 333]).drop(columns="area_code")
    frame.to_file(tmp_path / "a.gpkg")
    facts = describe_boundaries(tmp_path / "a.gpkg")
    assert facts.codes[0].columns == ("DPTO", "MPIO")
    assert facts.codes[0].certainty == "ask"
    shapes, problems = read_boundaries(tmp_path / "a.gpkg", ["DPTO", "MPIO"])
    assert shapes["area_code"].tolist() == ["05001", "05020", "12001", "12333"]
    assert problems == []
    known = describe_boundaries(tmp_path / "a.gpkg", known_codes=["05001", "05020", "12001", "12333", "13001"])
    assert known.codes[0].certainty == "sure"
