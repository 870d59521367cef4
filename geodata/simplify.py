"""Make shapes light enough to draw, and join areas into their parent units.

Shapes are simplified together, as a coverage: a border shared by two areas stays shared, so no slivers open between
them. Shapes that overlap a little are first fitted together; only where that would change them is each simplified alone.
"""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

# About 20 bytes a vertex in GeoJSON: a country of 5,565 areas stays under 2.5 MB.
MOST_VERTICES = 90_000
# The finest detail worth keeping, as a part of the longer side of the country: 1 pixel of a picture this wide.
FINEST = 1 / 20_000
MOST_STEPS = 12
FEWEST = 6
# Fitting shapes together may change the surface of each by this part at most.
MOST_CHANGE = 0.01


def simplify_areas(areas: gpd.GeoDataFrame, most_vertices: int = MOST_VERTICES) -> gpd.GeoDataFrame:
    """A copy of `areas` with at most about `most_vertices` vertices; not simplified if it has no more already.

    Tolerance grows by steps from a pixel of a very large picture until the budget is met. Every area keeps a shape, so a
    country of very many areas may use `FEWEST` vertices for each.
    Method: Visvalingam & Whyatt (1993) as in GEOS `CoverageSimplifier`; Douglas & Peucker (1973) where the coverage is
    not valid.
    """
    shapes, together = _fitted(areas.geometry.to_numpy())
    lighter, most = shapes, max(most_vertices, FEWEST * len(shapes))
    tolerance = _extent(shapes) * FINEST if len(shapes) else 0.0
    for _ in range(MOST_STEPS):
        if vertices(lighter) <= most:
            break
        lighter = shapely.coverage_simplify(shapes, tolerance) if together else shapely.simplify(shapes, tolerance)
        tolerance *= 1.6
    lighter = np.where(shapely.is_empty(lighter), shapes, lighter)
    return areas.set_geometry(gpd.GeoSeries(lighter, index=areas.index, crs=areas.crs))


def across_date_line(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A copy in which a country on both sides of the 180th meridian lies in one piece, its west beyond 180 degrees.

    Nothing is moved where that would not make the country narrower.
    """
    shapes = areas.geometry.to_numpy()
    left, _, right, _ = shapely.total_bounds(shapes)
    moved = shapely.transform(
        shapes, lambda xy: np.column_stack([np.where(xy[:, 0] < 0, xy[:, 0] + 360, xy[:, 0]), xy[:, 1]])
    )
    east, _, west, _ = shapely.total_bounds(moved)
    if not west - east < right - left - 180:
        return areas
    return areas.set_geometry(gpd.GeoSeries(moved, index=areas.index, crs=areas.crs))


def dissolve_parents(areas: gpd.GeoDataFrame, parent_code: pd.Series) -> gpd.GeoDataFrame:
    """Join areas into their parent units.

    Parameters
    ----------
    areas : GeoDataFrame
        `area_code` and geometry.
    parent_code : Series
        Code of the parent, indexed by `area_code`; areas without one are left out.

    Returns
    -------
    GeoDataFrame
        `parent_code` (sorted) and geometry.
    """
    parent = areas["area_code"].map(parent_code[~parent_code.index.duplicated()])
    codes, shapes = [], []
    for code, members in areas.groupby(parent.to_numpy(dtype=object), sort=True):
        codes.append(str(code))
        shapes.append(_joined(members.geometry.to_numpy()))
    return gpd.GeoDataFrame({"parent_code": pd.Series(codes, dtype="string")}, geometry=shapes, crs=areas.crs)


def borders(shapes: gpd.GeoSeries) -> shapely.Geometry:
    """The border lines of shapes as one geometry, each shared stretch once."""
    if len(shapes) == 0:
        return shapely.MultiLineString()
    return shapely.line_merge(shapely.union_all(shapely.boundary(shapes.to_numpy())))


def rounded(shapes: np.ndarray, decimals: int) -> np.ndarray:
    """Coordinates rounded, points that fall together dropped. Shared vertices stay shared."""
    moved = shapely.transform(shapes, lambda xy: np.round(xy, decimals))
    return shapely.remove_repeated_points(moved)


def decimals_for(shapes: np.ndarray) -> int:
    """Decimals of degrees that keep the finest detail: 4 (11 m) for a country, more for a small territory."""
    extent = _extent(shapes)
    return 4 if extent <= 0 else min(7, max(4, math.ceil(math.log10(1 / (extent * FINEST)))))


def vertices(shapes: np.ndarray) -> int:
    """Number of vertices, shared ones counted in each shape."""
    return int(shapely.get_num_coordinates(shapes).sum())


def _fitted(shapes: np.ndarray) -> tuple[np.ndarray, bool]:
    """The shapes as a valid coverage, and whether they are one: edges that nearly meet are made to meet."""
    if len(shapes) == 0 or shapely.coverage_is_valid(shapes):
        return shapes, True
    cleaned = shapely.coverage_clean(shapes)
    before = shapely.area(shapes)
    change = np.abs(shapely.area(cleaned) - before)
    if shapely.is_empty(cleaned).any() or (change > MOST_CHANGE * before).any():
        return shapes, False
    return cleaned, True


def _joined(shapes: np.ndarray) -> shapely.Geometry:
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)


def _extent(shapes: np.ndarray) -> float:
    left, bottom, right, top = shapely.total_bounds(shapes)
    return float(max(right - left, top - bottom))
