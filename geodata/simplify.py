"""Make shapes light enough to draw.

Shapes are simplified together, as a coverage: a border shared by two areas stays shared, so no slivers open between
them. Shapes that overlap a little are first fitted together; only where that would change them is each simplified alone.
"""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import shapely

# About 20 bytes a vertex in GeoJSON: a country of 5,565 areas stays under 2.5 MB.
MOST_VERTICES = 90_000
# The finest detail worth keeping, as a part of the longer side of the country: 1 pixel of a picture this wide.
FINEST = 1 / 20_000
MOST_STEPS = 12
STEP = 1.6
FEWEST = 6
# Fitting shapes together may change the surface of each by this part at most.
MOST_CHANGE = 0.01


def simplify_areas(areas: gpd.GeoDataFrame, most_vertices: int = MOST_VERTICES) -> gpd.GeoDataFrame:
    """A copy of `areas` with at most about `most_vertices` vertices; not simplified if it has no more already.

    Tolerance is the first of steps, beginning at a pixel of a very large picture, that meets the budget. Every area keeps a shape, so a
    country of very many areas may use `FEWEST` vertices for each.
    Method: Visvalingam & Whyatt (1993) as in GEOS `CoverageSimplifier`; Douglas & Peucker (1973) where the coverage is
    not valid.
    """
    shapes, together = _fitted(areas.geometry.to_numpy())
    lighter, most = shapes, max(most_vertices, FEWEST * len(shapes))
    if vertices(shapes) > most:
        lighter = _within_budget(shapes, together, most)
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


def _within_budget(shapes: np.ndarray, together: bool, most: int) -> np.ndarray:
    """Shapes at the least tolerance that leaves at most `most` vertices, found by halving the steps."""
    simplify, finest = shapely.coverage_simplify if together else shapely.simplify, _extent(shapes) * FINEST
    low, high, found = 0, MOST_STEPS - 1, None
    while low < high or found is None:
        step = (low + high) // 2
        lighter = simplify(shapes, finest * STEP**step)
        if vertices(lighter) <= most or step == MOST_STEPS - 1:
            found, high = lighter, step
        else:
            low = step + 1
    return found


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


def _extent(shapes: np.ndarray) -> float:
    left, bottom, right, top = shapely.total_bounds(shapes)
    return float(max(right - left, top - bottom))
