from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

from geodata.parents import borders, dissolve_parents, joined, parent_lines
from geodata.simplify import (
    across_date_line,
    decimals_for,
    rounded,
    simplify_areas,
    vertices,
)


@pytest.fixture
def wavy() -> gpd.GeoDataFrame:
    """Two areas that share a wavy border of 2,001 points."""
    y = np.linspace(0, 1, 2001)
    wave = np.column_stack([1 + 0.05 * np.sin(40 * y), y])
    left = shapely.Polygon([(0, 0), *wave, (0, 1)])
    right = shapely.Polygon([(2, 0), (2, 1), *wave[::-1]])
    return gpd.GeoDataFrame({"area_code": ["1", "2"]}, geometry=[left, right], crs="EPSG:4326")


def test_shared_borders_stay_shared(wavy):
    light = simplify_areas(wavy, most_vertices=200)
    shapes = light.geometry.to_numpy()
    assert vertices(wavy.geometry.to_numpy()) > 4000
    assert 10 < vertices(shapes) <= 200
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(2.0, abs=1e-9)
    assert shapely.area(shapes) == pytest.approx([1.0, 1.0], abs=0.02)


def test_few_vertices_are_left_as_they_are(wavy):
    assert simplify_areas(wavy, most_vertices=10_000).geometry.geom_equals(wavy.geometry).all()


def test_edges_that_nearly_meet_are_made_to_meet(squares):
    moved = squares.copy()
    moved.loc[0, "geometry"] = box(-70, 0, -69 + 1e-7, 1)  # a tenth of a micro-degree over the neighbour
    assert not shapely.coverage_is_valid(moved.geometry.to_numpy())
    assert shapely.coverage_is_valid(simplify_areas(moved).geometry.to_numpy())


def test_overlapping_areas_keep_their_size():
    """Areas that truly overlap are not a coverage; none is cut to make one."""
    both = gpd.GeoDataFrame({"area_code": ["1", "2"]}, geometry=[box(0, 0, 2, 1), box(1, 0, 3, 1)], crs="EPSG:4326")
    assert shapely.area(simplify_areas(both, most_vertices=1).geometry.to_numpy()).tolist() == [2.0, 2.0]


def test_parents_are_the_union_of_their_areas(squares, departments):
    units = dissolve_parents(squares, departments)
    assert units["parent_code"].tolist() == ["A", "B"]
    assert units.geometry[0].equals(box(-70, 0, -68, 1))
    partly = dissolve_parents(squares, departments.drop("04"))
    assert shapely.area(partly.geometry.to_numpy()).tolist() == [2.0, 1.0]


def test_without_parents_the_country_is_one_unit(squares, departments):
    assert parent_lines(squares, None).length == pytest.approx(8)
    assert parent_lines(squares, departments).length == pytest.approx(10)
    assert joined(np.array([], dtype=object)).is_empty


def test_budget_is_met_at_the_least_tolerance(wavy):
    """Halving the steps gives what trying them one by one gives."""
    from geodata.simplify import FINEST, STEP

    for budget in (60, 200, 1000, 3900):
        step = 0
        while (
            vertices(one := shapely.coverage_simplify(wavy.geometry.to_numpy(), 2 * FINEST * STEP**step)) > budget
            and step < 11
        ):
            step += 1
        assert shapely.equals_exact(simplify_areas(wavy, budget).geometry.to_numpy(), one).all()


def test_each_border_is_drawn_once(squares, departments):
    """Two rectangles of 2 × 1 one upon the other: outline 8, shared side 2, together 10."""
    assert borders(dissolve_parents(squares, departments).geometry).length == pytest.approx(10)


def test_decimals_follow_the_size_of_the_territory():
    assert decimals_for(np.array([box(0, 0, 40, 40)])) == 4
    assert decimals_for(np.array([box(0, 0, 0.05, 0.05)])) == 6
    assert rounded(np.array([box(0.123456, 0, 1, 1)]), 4)[0].bounds[0] == 0.1235


def holes(shape: shapely.Geometry) -> int:
    return int(shapely.get_num_interior_rings(shapely.get_parts(shape)).sum())


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "column"), [("brazil/municipios_br.geojson", "cod_ibge"), ("mexico/municipios_mx.geojson", "cvegeo")]
)
def test_real_countries_become_light_and_stay_a_coverage(shared_data, file, column):
    from geodata.boundaries import read_boundaries

    areas, _ = read_boundaries(shared_data / file, column)
    light = simplify_areas(areas)
    shapes = light.geometry.to_numpy()
    assert vertices(shapes) <= 90_000
    assert shapely.coverage_is_valid(shapes)
    assert not shapely.is_empty(shapes).any()
    whole = joined(shapes)  # neither gaps nor overlaps between the areas, and no hole that was not there
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)
    assert holes(whole) <= holes(joined(areas.geometry.to_numpy()))
    assert np.abs(whole.area - shapely.area(areas.geometry.to_numpy()).sum()) < 0.002 * whole.area
    units = dissolve_parents(light, pd.Series(areas["area_code"].str[:2].to_numpy(), areas["area_code"]))
    assert shapely.area(units.geometry.to_numpy()).sum() == pytest.approx(
        shapely.area(areas.geometry.to_numpy()).sum(), rel=0.002
    )


def test_a_country_across_the_date_line_is_joined():
    """Two squares that touch at 180° and are written on both ends of the world; four degrees wide together."""
    fiji = gpd.GeoDataFrame(
        {"area_code": ["1", "2"]}, geometry=[box(178, -18, 180, -16), box(-180, -18, -178, -16)], crs="EPSG:4326"
    )
    joined = across_date_line(fiji)
    assert joined.total_bounds.tolist() == [178, -18, 182, -16]
    assert shapely.coverage_is_valid(joined.geometry.to_numpy())
    assert borders(dissolve_parents(joined, pd.Series({"1": "A", "2": "A"})).geometry).length == pytest.approx(12)


@pytest.mark.parametrize(
    "shapes", [[box(-70, 0, -60, 5)], [box(-10, 0, 10, 5)], [box(-170, 10, -60, 70), box(-20, 0, 170, 60)]]
)
def test_a_country_elsewhere_stays_where_it_is(shapes):
    areas = gpd.GeoDataFrame({"area_code": [str(i) for i in range(len(shapes))]}, geometry=shapes, crs="EPSG:4326")
    assert across_date_line(areas).geometry.geom_equals(areas.geometry).all()


def test_twenty_thousand_areas_keep_a_shape_each():
    """Vertices go down to six for each area or fewer, where the budget for a country would leave less than a triangle."""
    y, rows = np.linspace(0, 1, 41), []
    for i in range(20_000):
        wave = 0.05 * np.sin(40 * y)
        left, right = np.column_stack([i + wave, y]), np.column_stack([i + 1 + wave, y])
        rows.append(shapely.Polygon([*left, *right[::-1]]))
    areas = gpd.GeoDataFrame({"area_code": [str(i) for i in range(20_000)]}, geometry=rows, crs="EPSG:4326")
    light = simplify_areas(areas).geometry.to_numpy()
    assert vertices(light) <= 120_000
    assert not shapely.is_empty(light).any()
