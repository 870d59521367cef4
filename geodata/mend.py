"""Mend shapes: those without a shape, those that cross themselves, those of one area in several pieces.

Land is kept: where a file stores the mainland as the "hole" of an islet, or a part twice, mending keeps what was drawn.
Every area whose surface changed by more than `CHANGED` in the mending is named, so that a person looks at it.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.unusable import NotUsableError, some
from riskmodel.problems import Problem, Where

CHANGED = 0.01  # part of the surface of a shape
AREAS = ("Polygon", "MultiPolygon")


def with_shape(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Leave out what has no shape (null, empty, or coordinates that are not numbers) and what is not an area."""
    geometry = shapes.geometry.to_numpy()
    nothing = shapely.is_missing(geometry) | shapely.is_empty(geometry) | _not_numbers(geometry)
    if nothing.all():
        raise NotUsableError(Problem("boundaries_empty", where))
    told_missing(shapes.loc[nothing, "area_code"], where, problems)
    shapes = shapes[~nothing]
    polygons = shapes.geom_type.isin([*AREAS, "GeometryCollection"])
    if not polygons.any():
        raise NotUsableError(Problem("boundaries_no_polygons", where))
    if not polygons.all():
        problems.append(Problem("boundaries_not_polygons", where, {"count": int((~polygons).sum())}, "warning"))
    return shapes[polygons]


def told_missing(codes: pd.Series, where: Where, problems: list[Problem]) -> None:
    """Tell which areas have no shape."""
    if len(codes):
        values = {"count": len(codes), "codes": some(codes), "all_codes": [str(c) for c in codes]}
        problems.append(Problem("boundaries_no_geometry", where, values, "warning"))


def mended(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Make every shape valid and keep its polygons; shapes that come to nothing are left out and told."""
    geometry = shapes.geometry.to_numpy().copy()
    invalid = ~shapely.is_valid(geometry)
    collections = ~np.isin(shapely.get_type_id(geometry), (3, 6))
    before = surface(geometry)
    geometry[invalid] = [_mended(shape) for shape in geometry[invalid]]
    geometry[collections & ~invalid] = [only_polygons(shape) for shape in geometry[collections & ~invalid]]
    if invalid.any():
        codes = shapes.loc[invalid, "area_code"]
        values = {"count": int(invalid.sum()), "codes": some(codes), "all_codes": [str(c) for c in codes]}
        problems.append(Problem("boundaries_mended", where, values, "warning"))
        _tell_changes(shapes["area_code"].to_numpy(), before, shapely.area(geometry), invalid, where, problems)
    lost = shapely.is_empty(geometry)
    told_missing(shapes.loc[lost, "area_code"], where, problems)
    shapes = shapes.set_geometry(gpd.GeoSeries(geometry, index=shapes.index, crs=shapes.crs))
    return shapes[~lost]


def one_per_code(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Join the shapes of one code into one area."""
    twice = shapes["area_code"].duplicated(keep=False)
    if not twice.any():
        return shapes
    codes = shapes.loc[twice, "area_code"].unique()
    problems.append(Problem("boundaries_codes_joined", where, {"count": len(codes), "codes": some(codes)}, "note"))
    joined = shapes[twice].dissolve("area_code", as_index=False)
    return pd.concat([shapes[~twice], joined[["area_code", "geometry"]]], ignore_index=True)


def only_polygons(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape; lines and points that mending left behind are dropped."""
    if shape.geom_type in AREAS:
        return shape
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in AREAS]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def surface(geometry: np.ndarray) -> np.ndarray:
    """Surface as drawn: each part without its holes, whichever way its rings turn and whichever ring is the outer one."""
    parts, owner = shapely.get_parts(geometry, return_index=True)
    return np.bincount(owner, weights=np.abs(shapely.area(parts)), minlength=len(geometry))


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """Mend each part by itself, keeping its ring lines whole, then put the parts together.

    Parts that overlap are joined: taken together their lines would cut the overlap out.
    """
    parts = shapely.get_parts(shape)
    sound = [p if p.is_valid else only_polygons(shapely.make_valid(p, method="linework")) for p in parts]
    sound = [only_polygons(p) for p in sound if not p.is_empty]
    if not sound:
        return shapely.Polygon()
    return sound[0] if len(sound) == 1 else only_polygons(shapely.union_all(sound))


def _tell_changes(
    codes: np.ndarray, before: np.ndarray, after: np.ndarray, invalid: np.ndarray, where: Where, problems: list[Problem]
) -> None:
    """Name the areas whose surface is another one after mending."""
    change = np.abs(after - before) / np.maximum(np.maximum(before, after), 1e-300)
    changed = invalid & (change > CHANGED)
    if changed.any():
        order = np.argsort(-change[changed], kind="stable")
        named = codes[changed][order]
        values = {
            "count": int(changed.sum()),
            "codes": some(named),
            "all_codes": [str(c) for c in named],
            "percent": max(1, round(100 * float(change[changed].max()))),
        }
        problems.append(Problem("boundaries_surface_changed", where, values, "warning"))


def _not_numbers(geometry: np.ndarray) -> np.ndarray:
    """Shapes with a coordinate that is not a number."""
    coordinates, owner = shapely.get_coordinates(geometry, return_index=True)
    bad = np.zeros(len(geometry), dtype=bool)
    bad[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad
