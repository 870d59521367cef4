"""Files of boundaries that are broken in ways offices break them: each gives areas or a problem with words, no exception."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geodata.boundaries import read_boundaries
from geodata.describe import describe_boundaries
from riskmodel.i18n.say import say
from riskmodel.i18n.translator import translator
from tests.geodata.conftest import write_geojson

SQUARE = [[-70, 0], [-69, 0], [-69, 1], [-70, 1], [-70, 0]]


def collection(path: Path, *geometries: object, **members: object) -> Path:
    """GeoJSON of geometries as they are given, codes 01, 02 …"""
    features = [
        {"type": "Feature", "properties": {"cod": f"{i + 1:02}"}, "geometry": geometry}
        for i, geometry in enumerate(geometries)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
    return path


def polygon(*rings: list[list[float]]) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def told(path: Path, column: str = "cod") -> tuple[gpd.GeoDataFrame, list[str]]:
    """Areas and codes of problems; everything found can be said, and describing the file agrees."""
    shapes, problems = read_boundaries(path, column)
    assert shapes.geometry.is_valid.all()
    assert all(say(p, translator("en")).what and say(p, translator("en")).mend for p in problems)
    assert shapes.empty == any(p.is_error for p in problems)
    facts = describe_boundaries(path)
    assert facts.file == path.name
    return shapes, [p.code for p in problems]


def test_coordinates_that_are_not_numbers_leave_one_area_out(tmp_path):
    bad = [[-68, 0], [float("nan"), 0], [-67, 1], [-68, 0]]
    shapes, codes = told(collection(tmp_path / "a.geojson", polygon(SQUARE), polygon(bad)))
    assert shapes["area_code"].tolist() == ["01"]
    assert codes == ["boundaries_no_geometry"]


def test_heights_are_dropped(tmp_path):
    high = [[x, y, 2800] for x, y in SQUARE]
    shapes, codes = told(collection(tmp_path / "a.geojson", polygon(high)))
    assert not shapely.has_z(shapes.geometry[0])
    assert codes == []


def test_open_rings_are_closed(tmp_path):
    shapes, codes = told(collection(tmp_path / "a.geojson", polygon(SQUARE[:-1])))
    assert shapes.geometry[0].area == pytest.approx(1.0)
    assert codes == []


def test_rings_of_too_few_points_leave_one_area_out(tmp_path):
    shapes, codes = told(collection(tmp_path / "a.geojson", polygon(SQUARE), polygon([[-60, 0], [-60, 0]])))
    assert shapes["area_code"].tolist() == ["01"]
    assert "boundaries_no_geometry" in codes


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (Point(-70, 0), "boundaries_no_polygons"),
        (LineString([(-70, 0), (-69, 1)]), "boundaries_no_polygons"),
        (None, "boundaries_empty"),
        (Polygon(), "boundaries_empty"),
    ],
)
def test_nothing_that_is_an_area(tmp_path, geometry, code):
    path = write_geojson(tmp_path / "a.geojson", [("1", geometry), ("2", geometry)])
    shapes, codes = told(path)
    assert shapes.empty
    assert codes == [code]
    assert describe_boundaries(path).columns == ()  # points may be people: nothing of them is shown


def test_areas_among_points_and_lines(tmp_path):
    rows = [("1", box(-70, 0, -69, 1)), ("2", Point(-70, 0)), ("3", LineString([(-70, 0), (-69, 1)]))]
    rows.append(("4", shapely.GeometryCollection([box(-69, 0, -68, 1), Point(-60, 0)])))
    shapes, codes = told(write_geojson(tmp_path / "a.geojson", rows))
    assert shapes["area_code"].tolist() == ["1", "4"]
    assert codes == ["boundaries_not_polygons"]


def test_hundred_thousand_vertices(tmp_path):
    angle = np.linspace(0, 2 * np.pi, 100_000)
    ring = np.column_stack([-70 + np.cos(angle), np.sin(angle)])
    shapes, codes = told(write_geojson(tmp_path / "a.geojson", [("1", Polygon(ring))]))
    assert shapes.geometry[0].area == pytest.approx(np.pi, rel=1e-6)
    assert codes == []


def test_huge_ids_stay_text(tmp_path):
    path = write_geojson(tmp_path / "a.geojson", [(10**17 + 1, box(-70, 0, -69, 1)), (7, box(-69, 0, -68, 1))])
    assert told(path)[0]["area_code"].tolist() == ["100000000000000001", "7"]
    far = tmp_path / "b.geojson"
    far.write_text(path.read_text().replace("100000000000000001", "123456789012345678901234567890"))
    assert len(told(far)[0]) == 2


def test_html_in_names_is_only_text(tmp_path):
    nasty = "<script>alert('x')</script>"
    features = [
        {"type": "Feature", "properties": {"cod": f"0{i}", "nombre": nasty + str(i)}, "geometry": polygon(SQUARE)}
        for i in range(3)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    facts = describe_boundaries(path)
    assert facts.names[0].columns == ("nombre",)
    assert facts.columns[1].samples[0] == nasty + "0"  # as it stands: whoever draws it escapes it


def test_inside_out_rings_of_either_turn(tmp_path):
    """Rings may turn either way round; a hole stays a hole."""
    hole = [[-69.6, 0.4], [-69.4, 0.4], [-69.4, 0.6], [-69.6, 0.6], [-69.6, 0.4]]
    for outer in (SQUARE, SQUARE[::-1]):
        shapes, codes = told(collection(tmp_path / "a.geojson", polygon(outer, hole)))
        assert shapes.geometry[0].area == pytest.approx(0.96)
        assert codes == []


def test_parts_of_one_area_that_overlap_are_joined(tmp_path):
    """Two squares of 1 that share a half are 1.5, not the 1.0 that crossing lines would leave."""
    both = MultiPolygon([box(-70, 0, -69, 1), box(-69.5, 0, -68.5, 1)])
    shapes, problems = read_boundaries(write_geojson(tmp_path / "a.geojson", [("1", both)]), "cod")
    assert shapes.geometry[0].area == pytest.approx(1.5)
    assert [p.code for p in problems] == ["boundaries_mended", "boundaries_surface_changed"]
    assert problems[1].values["percent"] == pytest.approx(25.0)  # 2.0 drawn, 1.5 land
    assert problems[1].values["all_codes"] == ["1"]


def test_a_figure_of_eight_keeps_both_halves_and_a_small_mend_is_not_told(tmp_path):
    spike = Polygon([(-70, 0), (-69, 0), (-69, 1), (-69, 2), (-69, 1), (-70, 1)])  # a line that goes out and back
    shapes, codes = told(write_geojson(tmp_path / "a.geojson", [("1", spike)]))
    assert shapes.geometry[0].area == pytest.approx(1.0)
    assert codes == ["boundaries_mended"]


@pytest.mark.parametrize("seed", range(12))
def test_a_truncated_or_scrambled_file(tmp_path, seed):
    """Cut anywhere, or with bytes changed: areas, or a problem."""
    chance = random.Random(seed)
    rows = [(f"{i:03}", box(-70 + i, 0, -69 + i, 1)) for i in range(20)]
    whole = write_geojson(tmp_path / "a.geojson", rows).read_bytes()
    frame = gpd.GeoDataFrame({"cod": [c for c, _ in rows]}, geometry=[s for _, s in rows], crs="EPSG:4326")
    frame.to_file(tmp_path / "map.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("map.*"):
            archive.write(part, part.name)
    for name, content in (("b.geojson", whole), ("b.zip", (tmp_path / "a.zip").read_bytes())):
        cut = tmp_path / name
        cut.write_bytes(content[: chance.randrange(1, len(content))])
        told(cut)
        changed = bytearray(content)
        for _ in range(5):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        cut.write_bytes(bytes(changed))
        told(cut)


@pytest.mark.parametrize("part", [".shp", ".dbf", ".shx"])
def test_a_part_of_a_shapefile_is_cut_off(tmp_path, part):
    frame = gpd.GeoDataFrame(
        {"cod": [f"{i:03}" for i in range(50)]}, geometry=[box(-70 + i, 0, -69 + i, 1) for i in range(50)], crs=4326
    )
    frame.to_file(tmp_path / "map.shp")
    whole = (tmp_path / f"map{part}").read_bytes()
    for keep in (0, 50, len(whole) // 2):
        (tmp_path / f"map{part}").write_bytes(whole[:keep])
        told(tmp_path / "map.shp")


def test_deep_nesting_and_other_json(tmp_path):
    for name, text in (("a.json", "[" * 100_000), ("b.json", '{"type": "FeatureCollection"}'), ("c.json", "{}")):
        (tmp_path / name).write_text(text)
        assert told(tmp_path / name)[0].empty
