"""Still pictures of maps for paper: a country in levels, and one area within its parent unit.

A base is made once and serves a thousand sheets. The projection keeps surfaces in proportion, so that a large dark area
is large on the ground.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from geodata.drawing import (
    draw_areas,
    draw_fill,
    draw_lines,
    draw_name,
    draw_outline,
    draw_ring,
    draw_spot,
    equal_area,
    fit,
    new_figure,
    png_bytes,
)
from geodata.palette import Palette
from geodata.parents import joined, parent_lines

# Above this many areas a small map of the country shows land only: levels would be a grey mist.
MOST_AREAS_IN_SMALL = 1000
# Of the longer side of the map: an area smaller than this (square root of its surface) gets a ring around it.
TINY = 0.02


@dataclass(frozen=True)
class PictureBase:
    """The shapes of a country on paper; make it once, with `picture_base`."""

    areas: gpd.GeoDataFrame  # area_code, geometry in the projection
    lines: shapely.Geometry  # borders of parent units, in the projection
    parents: pd.Series  # parent code by area_code; empty where not known


def picture_base(
    areas: gpd.GeoDataFrame, parents: pd.Series | None, lines: shapely.Geometry | None = None
) -> PictureBase:
    """Project shapes and find parent borders.

    Parameters
    ----------
    areas : GeoDataFrame
        `area_code` and polygons in EPSG:4326, as `MapGeometry.shapes()` gives.
    parents : Series or None
        Parent code by area_code.
    lines : geometry, optional
        Parent borders in EPSG:4326 where they are known (`MapGeometry.border_lines()`); worked out if not.
    """
    shapes = areas.geometry.to_numpy()
    if lines is None:
        lines = parent_lines(areas, parents)
    _, bottom, _, top = shapely.total_bounds(shapes)
    middle = float(bottom + top) / 2
    flat = gpd.GeoDataFrame({"area_code": areas["area_code"].to_numpy()}, geometry=equal_area(shapes, middle))
    known = pd.Series(dtype=object) if parents is None else parents[~parents.index.duplicated()]
    return PictureBase(flat, equal_area(np.array([lines]), middle)[0], known)


def locator_png(
    areas: gpd.GeoDataFrame | PictureBase,
    levels: pd.Series,
    parents: pd.Series | None,
    selected: str,
    palette: Palette,
    size_mm: tuple[float, float] = (90.0, 70.0),
    dpi: int = 250,
    name: str = "",
) -> bytes:
    """Where one area is: the country small at the left, its parent unit large, the area outlined.

    Parameters
    ----------
    areas : GeoDataFrame or PictureBase
        `area_code` and polygons in EPSG:4326. For many pictures make the base once (`picture_base`).
    levels : Series
        1..k or missing, by area_code.
    parents : Series or None
        Parent code by area_code; a base brings its own. Without parents the neighbourhood takes their place.
    selected : str
        Code of the area; if it has no shape only the country is drawn.
    name : str
        Written by the area in the large map, if given.
    """
    base = _based(areas, parents)
    chosen = base.areas[base.areas["area_code"] == selected]
    if chosen.empty:
        return choropleth_png(base, levels, None, palette, size_mm, dpi)
    part = _part_around(base, chosen)
    figure, at_left, at_right = drawn_pair(base, part, levels, palette, size_mm)
    draw_spot(at_left, chosen, palette)
    draw_outline(at_right, chosen.geometry, palette.accent, outline_widths(chosen.geometry, part)[0], palette.panel)
    if is_tiny(chosen.geometry.iloc[0].area, part):
        draw_ring(at_right, chosen, palette)
    if name:
        draw_name(at_right, chosen, name, palette)
    return png_bytes(figure, dpi)


def unit_png(
    base: PictureBase, levels: pd.Series, parent: str, palette: Palette, size_mm: tuple[float, float], dpi: int = 250
) -> bytes:
    """A parent unit large, its areas by level, and the country small beside it; the country alone if it has no shape."""
    part = base.areas[base.areas["area_code"].map(base.parents).astype(object).eq(parent).to_numpy(dtype=bool)]
    if part.empty or len(part) == len(base.areas):
        return choropleth_png(base, levels, None, palette, size_mm, dpi)
    return png_bytes(drawn_pair(base, part, levels, palette, size_mm)[0], dpi)


def choropleth_png(
    areas: gpd.GeoDataFrame | PictureBase,
    levels: pd.Series,
    parents: pd.Series | None,
    palette: Palette,
    size_mm: tuple[float, float] = (120.0, 110.0),
    dpi: int = 250,
    selected: str = "",
) -> bytes:
    """The country in levels as PNG; arguments as in `locator_png`."""
    return png_bytes(_choropleth(_based(areas, parents), levels, palette, size_mm, selected), dpi)


def choropleth_svg(
    areas: gpd.GeoDataFrame | PictureBase,
    levels: pd.Series,
    parents: pd.Series | None,
    palette: Palette,
    size_mm: tuple[float, float] = (120.0, 110.0),
    selected: str = "",
) -> bytes:
    """The country in levels as SVG, the same bytes for the same map."""
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "map"}):
        FigureCanvasSVG(_choropleth(_based(areas, parents), levels, palette, size_mm, selected)).print_svg(
            out, metadata={"Date": None}
        )
    return out.getvalue()


def drawn_pair(
    base: PictureBase, part: gpd.GeoDataFrame, levels: pd.Series, palette: Palette, size_mm: tuple[float, float]
) -> tuple[Figure, Axes, Axes]:
    """The country small at the left with a part outlined, and the part large; with the axes of both."""
    figure = new_figure(size_mm, palette)
    wide = _ratio(base.areas) > 1.3
    small, large = (
        ((0.0, 0.66, 0.36, 0.34), (0.2, 0.0, 0.8, 0.92)) if wide else ((0.0, 0.25, 0.3, 0.75), (0.31, 0.0, 0.69, 1.0))
    )
    at_left = figure.add_axes(small, zorder=2)
    at_left.set_anchor("NW")
    _country(at_left, base, levels if len(base.areas) <= MOST_AREAS_IN_SMALL else None, palette)
    draw_outline(at_left, part.geometry, palette.accent, 0.7, palette.panel)
    at_right = figure.add_axes(large, zorder=1)
    draw_areas(at_right, part, levels, palette, border=0.35)
    draw_lines(at_right, shapely.boundary(joined(part.geometry.to_numpy())), palette, 0.8)
    fit(at_right, part.geometry, 0.04)
    return figure, at_left, at_right


def _based(areas: gpd.GeoDataFrame | PictureBase, parents: pd.Series | None) -> PictureBase:
    return areas if isinstance(areas, PictureBase) else picture_base(areas, parents)


def _choropleth(
    base: PictureBase, levels: pd.Series, palette: Palette, size_mm: tuple[float, float], selected: str
) -> Figure:
    figure = new_figure(size_mm, palette)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    _country(axes, base, levels, palette)
    chosen = base.areas[base.areas["area_code"] == selected]
    if not chosen.empty:
        draw_outline(axes, chosen.geometry, palette.accent, 1.2, palette.panel)
    return figure


def _country(axes: Axes, base: PictureBase, levels: pd.Series | None, palette: Palette) -> None:
    """All areas; plain land where no levels are given."""
    if levels is None:
        draw_fill(axes, base.areas.geometry, palette.land, palette.land, 0.2)
    else:
        draw_areas(axes, base.areas, levels, palette)
    draw_lines(axes, base.lines, palette, 0.35)
    fit(axes, base.areas.geometry, 0.02)


def _part_around(base: PictureBase, chosen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The areas of the same parent unit, or those nearby where the parent is not known."""
    parent = base.parents.get(chosen["area_code"].iloc[0])
    if parent is not None and pd.notna(parent):
        same = base.areas["area_code"].map(base.parents).astype(object) == parent
        return base.areas[same.to_numpy(dtype=bool)]
    shape = chosen.geometry.iloc[0]
    reach = 4 * math.sqrt(shape.area)
    return base.areas[base.areas.geometry.intersects(shape.centroid.buffer(reach))]


def outline_widths(shapes: gpd.GeoSeries, part: gpd.GeoDataFrame) -> list[float]:
    """Points: thinner round a small area, whose level would be hidden."""
    left, bottom, right, top = part.total_bounds
    bound = 0.06 * max(right - left, top - bottom)
    return [1.6 if math.sqrt(area) > bound else 1.0 for area in shapes.area]


def is_tiny(surface: float, part: gpd.GeoDataFrame) -> bool:
    """Whether an area would be lost on the map of its parent unit: an island, a city in a wide state."""
    left, bottom, right, top = part.total_bounds
    return math.sqrt(surface) < TINY * max(right - left, top - bottom)


def _ratio(areas: gpd.GeoDataFrame) -> float:
    left, bottom, right, top = areas.total_bounds
    return float((right - left) / (top - bottom))
