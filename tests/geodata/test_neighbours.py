"""Who is a neighbour: borders and corners, islands, gaps of drawing, the date line."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from geodata.boundaries import read_boundaries
from geodata.neighbours import neighbour_pairs
from geodata.simplify import simplify_areas


def of(shapes: dict[str, object]) -> dict[str, set[str]]:
    """Neighbours by code."""
    codes = pd.Series(list(shapes), dtype="string")
    pairs = neighbour_pairs(gpd.GeoDataFrame({"area_code": codes}, geometry=list(shapes.values()), crs="EPSG:4326"))
    return {code: set(near) for code, near in pairs.groupby("area_code")["neighbour_code"]}


def test_borders_and_corners_count(squares):
    """Four squares that meet in one corner: each has the other three."""
    pairs = neighbour_pairs(squares)
    assert len(pairs) == 12
    assert pairs.groupby("area_code").size().to_dict() == {"01": 3, "02": 3, "03": 3, "04": 3}


def test_chess_king_moves():
    """On a 4 by 5 board a king has 3 moves in a corner, 5 at an edge, 8 inside."""
    board = {f"{r}{c}": box(c, r, c + 1, r + 1) for r in range(4) for c in range(5)}
    found = of(board)
    counts = sorted(len(near) for near in found.values())
    assert counts == [3] * 4 + [5] * 10 + [8] * 6
    assert found["00"] == {"01", "10", "11"}


def test_an_island_is_linked_to_the_nearest_both_ways():
    found = of({"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1), "isle": box(2.5, 0.4, 2.7, 0.6)})
    assert found == {"a": {"b"}, "b": {"a", "isle"}, "isle": {"b"}}


def test_nearest_is_measured_on_the_ground():
    """At 60° north a degree east is half a degree north: 1.5° east is nearer than 1° north."""
    found = of({
        "here": box(0, 60, 0.1, 60.1), "east": box(1.6, 60, 1.7, 60.1), "north": box(0, 61.1, 0.1, 61.2),
        "further": box(0, 61.2, 0.1, 61.3),
    })  # fmt: skip
    assert found == {"here": {"east"}, "east": {"here"}, "north": {"further"}, "further": {"north"}}


def test_a_hairline_gap_and_an_overlap_are_borders():
    found = of({"a": box(0, 0, 1, 1), "b": box(1.000004, 0, 2, 1), "c": box(1.999, 0, 3, 1)})
    assert found == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


def test_across_the_date_line():
    """Two islands cut by the meridian, and one area whose own two parts lie on both sides."""
    cut = MultiPolygon([box(179.5, -18, 180, -17), box(-180, -18, -179.5, -17)])
    found = of({"west": box(178, -18, 179.5, -17), "cut": cut, "east": box(-179.5, -18, -178, -17)})
    assert found == {"west": {"cut"}, "cut": {"west", "east"}, "east": {"cut"}}
    assert of({"f": box(179, 0, 180, 1), "g": box(-180, 0, -179, 1)}) == {"f": {"g"}, "g": {"f"}}


def test_a_country_on_both_sides_of_greenwich_is_not_torn():
    found = of(
        {"w": box(-2, 40, -1, 41), "m": box(-1, 40, 1, 41), "e": box(1, 40, 2, 41), "far": box(-61, 14, -60, 15)}
    )
    assert found["m"] == {"w", "e"}
    assert found["far"] == {"w"}


def test_missing_empty_and_single_shapes():
    assert of({"a": box(0, 0, 1, 1)}) == {}
    assert of({}) == {}
    assert of({"a": box(0, 0, 1, 1), "none": None, "empty": Polygon(), "b": box(1, 0, 2, 1)}) == {
        "a": {"b"},
        "b": {"a"},
    }


def test_as_libpysal_says():
    """Queen contiguity of libpysal, on a random partition of a square."""
    from libpysal.graph import Graph
    from shapely import MultiPoint, voronoi_polygons

    points = np.random.default_rng(5).random((120, 2))
    cells = voronoi_polygons(MultiPoint(points), extend_to=box(0, 0, 1, 1))
    frame = gpd.GeoDataFrame(
        {"area_code": [f"{i:03}" for i in range(120)]}, geometry=list(cells.geoms), crs="EPSG:4326"
    )
    graph = Graph.build_contiguity(frame.set_index("area_code"), rook=False)
    expected = {(a, b) for a, b in graph.adjacency.index}
    assert set(neighbour_pairs(frame).itertuples(index=False, name=None)) == expected


@pytest.mark.data
def test_brazil(shared_data):
    """5,564 shapes, 32,976 borders in libpysal 4.14.1 besides gaps; two archipelagos; quick."""
    shapes, _ = read_boundaries(shared_data / "brazil" / "municipios_br.geojson", "cod_ibge")
    start = time.process_time()
    pairs = neighbour_pairs(shapes)
    assert time.process_time() - start < 5
    assert pairs["area_code"].nunique() == len(shapes)
    assert 32_976 <= len(pairs) < 33_100
    lighter = neighbour_pairs(simplify_areas(shapes))
    assert len(pairs.merge(lighter)) > 0.995 * len(pairs)
    assert {"2605459", "2919926"} & set(pairs["area_code"])  # Fernando de Noronha
