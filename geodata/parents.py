"""Parent units made of their areas: a map of departments needs no second file of boundaries.

An area without a parent belongs to none; where no parent is known at all, the whole country is one unit.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely


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
    geometry = areas.geometry.to_numpy()
    meet = bool(shapely.coverage_is_valid(geometry))  # then those of each parent do too
    codes, shapes = [], []
    for code, rows in areas.groupby(parent.to_numpy(dtype=object), sort=True).indices.items():
        codes.append(str(code))
        shapes.append(shapely.coverage_union_all(geometry[rows]) if meet else joined(geometry[rows]))
    return gpd.GeoDataFrame({"parent_code": pd.Series(codes, dtype="string")}, geometry=shapes, crs=areas.crs)


def parent_lines(areas: gpd.GeoDataFrame, parent_code: pd.Series | None) -> shapely.Geometry:
    """Lines between parent units and around the country; only the outline where no parent is known."""
    whole = parent_code if parent_code is not None else pd.Series("", index=areas["area_code"].to_numpy())
    return borders(dissolve_parents(areas, whole).geometry)


def borders(shapes: gpd.GeoSeries) -> shapely.Geometry:
    """The border lines of shapes as one geometry, each shared stretch once."""
    if len(shapes) == 0:
        return shapely.MultiLineString()
    return shapely.line_merge(shapely.union_all(shapely.boundary(shapes.to_numpy())))


def joined(shapes: np.ndarray) -> shapely.Geometry:
    """One shape of many; borders between them are gone, whether or not they meet exactly."""
    if len(shapes) == 0:
        return shapely.MultiPolygon()
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)
