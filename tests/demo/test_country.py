from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

CODES = {"codigo": str, "cod_departamento": str}


@pytest.fixture(scope="module")
def municipal(demo_folder: Path) -> pd.DataFrame:
    return pd.read_csv(demo_folder / "municipios.csv", dtype=CODES)


@pytest.fixture(scope="module")
def shapes(demo_folder: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(demo_folder / "municipios.geojson")


def test_there_are_340_municipalities_in_22_departments(municipal: pd.DataFrame):
    assert 320 <= len(municipal) <= 360
    assert municipal["cod_departamento"].nunique() == municipal["departamento"].nunique() == 22
    assert municipal["cod_departamento"].value_counts().min() >= 3


def test_codes_are_five_digits_that_begin_with_the_department(municipal: pd.DataFrame):
    assert municipal["codigo"].str.fullmatch(r"\d{5}").all()
    assert municipal["codigo"].is_unique
    assert (municipal["codigo"].str[:2] == municipal["cod_departamento"]).all()


def test_no_name_is_used_twice(municipal: pd.DataFrame):
    assert municipal["municipio"].is_unique
    assert {"Santa Aurelia", "Puerto Sereno"} <= set(municipal["municipio"])


def test_borders_are_valid_and_tile_without_gap_or_overlap(shapes: gpd.GeoDataFrame):
    geometry = shapes.geometry.to_numpy()
    assert shapely.is_valid(geometry).all()
    assert shapely.coverage_is_valid(geometry)
    union = shapely.union_all(geometry)
    assert union.area == pytest.approx(shapely.area(geometry).sum(), rel=1e-9)
    mainland = max(shapely.get_parts(union), key=shapely.area)
    assert mainland.area > 0.95 * union.area
    # a gap between neighbours would be a sliver; what is left open inside is a lagoon
    holes = [shapely.Polygon(ring) for ring in mainland.interiors]
    assert all(4 * np.pi * hole.area / hole.length**2 > 0.05 for hole in holes)


def test_neighbours_share_vertices(shapes: gpd.GeoDataFrame):
    tree = shapely.STRtree(shapes.geometry)
    a, b = tree.query(shapes.geometry, predicate="touches")
    shared = shapely.length(shapely.intersection(shapes.geometry.to_numpy()[a], shapes.geometry.to_numpy()[b]))
    assert (shared > 0).sum() > 4 * len(shapes)  # a planar map has nearly six neighbours per area


def test_the_file_is_light_and_rounded(demo_folder: Path, shapes: gpd.GeoDataFrame):
    assert (demo_folder / "municipios.geojson").stat().st_size < 700_000
    points = shapely.get_coordinates(shapes.geometry)
    assert np.abs(points - np.round(points, 4)).max() < 1e-9
    assert list(shapes.columns) == ["codigo", "geometry"]


def test_the_country_lies_in_the_open_pacific(shapes: gpd.GeoDataFrame):
    west, south, east, north = shapes.total_bounds
    assert -99 < west < east < -94
    assert 4 < south < north < 10


def test_towns_are_small_and_dense_and_the_country_wide(municipal: pd.DataFrame):
    density = municipal["poblacion"] / municipal["superficie_km2"]
    dense, thin = density > density.quantile(0.9), density < density.quantile(0.1)
    assert municipal.loc[dense, "superficie_km2"].median() < 0.25 * municipal.loc[thin, "superficie_km2"].median()
    assert municipal.loc[0, "poblacion"] == municipal["poblacion"].max()


def test_poverty_has_a_geography(municipal: pd.DataFrame):
    rank = municipal.rank(numeric_only=True)
    assert rank["pobreza_nbi"].corr(rank["horas_capital"]) > 0.5
    high = municipal["altitud_m"] > 1900
    assert (
        municipal.loc[high, "poblacion_indigena"].median() > 1.3 * municipal.loc[~high, "poblacion_indigena"].median()
    )


def test_few_values_are_missing(municipal: pd.DataFrame):
    missing = municipal.isna().sum()
    assert 0 < missing.sum() < 30
    assert missing[["codigo", "municipio", "pob_5_17"]].sum() == 0
