"""Which areas are neighbours: those that share a border or a corner (queen contiguity).

An island is a neighbour of the nearest area, so that nobody is left without comparison. An area without a shape has no
neighbours: it is not in the table.
"""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

# A gap narrower than this part of the longer side of the country is a fault of drawing (22 m in Brazil), not a border.
GAP = 1 / 200_000

PAIR_COLUMNS = ("area_code", "neighbour_code")


def neighbour_pairs(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Pairs of neighbouring areas, each in both directions.

    Parameters
    ----------
    areas : GeoDataFrame
        `area_code` (unique) and polygons in EPSG:4326, as `read_boundaries` gives; missing and empty shapes are left
        out.

    Returns
    -------
    DataFrame with PAIR_COLUMNS
        Sorted, no area its own neighbour. Every area with a shape has a row, unless it is the only one.
    """
    given = np.asarray(areas.geometry)
    present = ~(shapely.is_missing(given) | shapely.is_empty(given))
    codes = areas["area_code"].astype(str).to_numpy()[present]
    shapes = _flat(given[present])
    if len(shapes) < 2:
        return _table(codes, np.empty((2, 0), dtype=int))
    tree = shapely.STRtree(shapes)
    touching = tree.query(shapes, predicate="dwithin", distance=GAP * _longer_side(shapes))
    touching = touching[:, touching[0] != touching[1]]
    alone = np.setdiff1d(np.arange(len(shapes)), touching[0])
    nearest = tree.query_nearest(shapes[alone], exclusive=True, all_matches=False)
    linked = np.vstack([alone[nearest[0]], nearest[1]])
    return _table(codes, np.hstack([touching, linked, linked[::-1]]))


def _table(codes: np.ndarray, pairs: np.ndarray) -> pd.DataFrame:
    """Positions to codes, each pair once in each direction."""
    found = pd.DataFrame(
        {name: pd.array(codes[at], dtype="string") for name, at in zip(PAIR_COLUMNS, pairs, strict=True)}
    )
    return found.drop_duplicates().sort_values(list(PAIR_COLUMNS), ignore_index=True)


def _flat(shapes: np.ndarray) -> np.ndarray:
    """Degrees in which a step east is about as long as a step north, in one piece across the date line."""
    if len(shapes) == 0:
        return shapes
    whole = _unwrapped(shapes)
    _, bottom, _, top = shapely.total_bounds(whole)
    squeeze = math.cos(math.radians((bottom + top) / 2))
    return shapely.transform(whole, lambda xy: xy * np.array([squeeze, 1.0]))


def _unwrapped(shapes: np.ndarray) -> np.ndarray:
    """Shapes of which the western ones are moved 360° east, if that brings the country together."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    west = shapely.bounds(parts)[:, 2] <= 0
    if not west.any() or west.all():
        return shapes
    moved = parts.copy()
    moved[west] = shapely.transform(parts[west], lambda xy: xy + np.array([360.0, 0.0]))
    if _width(moved) >= _width(parts):
        return shapes
    return np.array([shapely.multipolygons(moved[owner == i]) for i in range(len(shapes))])


def _width(shapes: np.ndarray) -> float:
    left, _, right, _ = shapely.total_bounds(shapes)
    return float(right - left)


def _longer_side(shapes: np.ndarray) -> float:
    left, bottom, right, top = shapely.total_bounds(shapes)
    return float(max(right - left, top - bottom))
