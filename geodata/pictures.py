"""Still pictures of maps for paper: a country in levels, and one area within its parent unit.

Every sheet is drawn alone and in any thread: figures of matplotlib's own classes, never pyplot. The projection keeps
surfaces in proportion, so that a large dark area is large on the ground.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache
from pathlib import Path
from typing import Literal

import font_source_sans_pro
import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from PIL import Image

from geodata.palette import Palette
from geodata.simplify import borders, dissolve_parents

FONTS = Path(font_source_sans_pro.__file__).parent / "files"
MM = 1 / 25.4  # inches
COLOURS_IN_PNG = 64


def locator_png(
    areas: gpd.GeoDataFrame,
    levels: pd.Series,
    parents: pd.Series | None,
    selected: str,
    palette: Palette,
    size_mm: tuple[float, float] = (90.0, 70.0),
    dpi: int = 250,
    name: str = "",
) -> bytes:
    """Where one area is: the country small at the left, its parent unit large at the right, the area outlined.

    Parameters
    ----------
    areas : GeoDataFrame
        `area_code` and polygons in EPSG:4326 (`MapGeometry.shapes()`).
    levels : Series
        1..k or missing, by area_code.
    parents : Series or None
        Parent code by area_code; without it the neighbourhood of the area takes the place of its parent unit.
    selected : str
        Code of the area; if it has no shape only the country is drawn.
    name : str
        Written by the area in the large map, if given.
    """
    flat = _equal_area(areas)
    units = None if parents is None else dissolve_parents(flat, parents)
    figure = _figure(size_mm, palette)
    chosen = flat[flat["area_code"] == selected]
    if chosen.empty:
        _country(figure.add_axes((0.0, 0.0, 1.0, 1.0)), flat, levels, units, palette)
        return _png(figure, dpi)
    part = _part_around(flat, chosen, parents)
    wide = _ratio(flat) > 1.6
    small, large = ((0.0, 0.6, 0.45, 0.4), (0.0, 0.0, 1.0, 0.75)) if wide else ((0.0, 0.3, 0.3, 0.7), (0.32, 0.0, 0.68, 1.0))
    if wide:
        small, large = (0.0, 0.66, 0.36, 0.34), (0.24, 0.0, 0.76, 1.0)
    at_left = figure.add_axes(small, zorder=2)
    _country(at_left, flat, None, units, palette)
    _outline(at_left, part.geometry, palette.accent, 0.7, palette.paper)
    _spot(at_left, chosen, palette)
    at_right = figure.add_axes(large, zorder=1)
    _areas(at_right, part, levels, palette, border=0.35)
    _lines(at_right, borders(part.geometry) if parents is None else shapely.boundary(shapely.union_all(part.geometry)), palette, 0.8)
    _outline(at_right, chosen.geometry, palette.accent, 1.8, palette.paper)
    _fit(at_right, part.geometry, 0.04)
    if name:
        _name(at_right, chosen, name, palette)
    return _png(figure, dpi)


def choropleth_png(
    areas: gpd.GeoDataFrame,
    levels: pd.Series,
    parents: pd.Series | None,
    palette: Palette,
    size_mm: tuple[float, float] = (120.0, 110.0),
    dpi: int = 250,
    selected: str = "",
) -> bytes:
    """The country in levels as PNG; arguments as in `locator_png`."""
    return _png(_choropleth(areas, levels, parents, palette, size_mm, selected), dpi)


def choropleth_svg(
    areas: gpd.GeoDataFrame,
    levels: pd.Series,
    parents: pd.Series | None,
    palette: Palette,
    size_mm: tuple[float, float] = (120.0, 110.0),
    selected: str = "",
) -> bytes:
    """The country in levels as SVG, the same bytes for the same map."""
    figure = _choropleth(areas, levels, parents, palette, size_mm, selected)
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "map"}):
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})
    return out.getvalue()


@lru_cache(maxsize=8)
def font(weight: Literal["Regular", "Semibold", "Bold"] = "Regular", size: float = 8.0) -> FontProperties:
    """The family of screen and sheets, from the installed files; nothing is looked for on the machine."""
    return FontProperties(fname=str(FONTS / f"SourceSansPro-{weight}.ttf"), size=size)


# --- whole pictures ----------------------------------------------------------------------------------------------


def _choropleth(
    areas: gpd.GeoDataFrame,
    levels: pd.Series,
    parents: pd.Series | None,
    palette: Palette,
    size_mm: tuple[float, float],
    selected: str,
) -> Figure:
    flat = _equal_area(areas)
    figure = _figure(size_mm, palette)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    _country(axes, flat, levels, None if parents is None else dissolve_parents(flat, parents), palette)
    chosen = flat[flat["area_code"] == selected]
    if not chosen.empty:
        _outline(axes, chosen.geometry, palette.accent, 1.4, palette.paper)
    return figure


def _country(
    axes: Axes, flat: gpd.GeoDataFrame, levels: pd.Series | None, units: gpd.GeoDataFrame | None, palette: Palette
) -> None:
    """All areas; plain land where no levels are given."""
    if levels is None:
        _fill(axes, flat.geometry, palette.land, palette.land, 0.2)
    else:
        _areas(axes, flat, levels, palette)
    lines = borders(units.geometry) if units is not None else shapely.boundary(shapely.union_all(flat.geometry.to_numpy()))
    _lines(axes, lines, palette, 0.35)
    _fit(axes, flat.geometry, 0.02)


def _part_around(flat: gpd.GeoDataFrame, chosen: gpd.GeoDataFrame, parents: pd.Series | None) -> gpd.GeoDataFrame:
    """The areas of the same parent unit, or those nearby where the parent is not known."""
    code = chosen["area_code"].iloc[0]
    if parents is not None and code in parents.index and pd.notna(parents[code]):
        return flat[flat["area_code"].map(parents).eq(parents[code]).fillna(False).to_numpy(dtype=bool)]
    shape = chosen.geometry.iloc[0]
    reach = 4 * math.sqrt(shape.area)
    return flat[flat.geometry.intersects(shape.centroid.buffer(reach))]


# --- drawing -----------------------------------------------------------------------------------------------------


def _areas(axes: Axes, flat: gpd.GeoDataFrame, levels: pd.Series, palette: Palette, border: float = 0.0) -> None:
    """Areas filled by level, missing ones hatched; one shape per level, so that a country is a few paths."""
    level = flat["area_code"].map(levels[~levels.index.duplicated()])
    for j, colour in enumerate(palette.levels, start=1):
        members = flat.geometry[level.eq(j).fillna(False).to_numpy(dtype=bool)]
        mark = palette.hatches[j - 1] if palette.hatches else ""
        edge = palette.area_line if border else colour
        _fill(axes, members, colour, edge, border or 0.2, mark, "#000000")
    _fill(axes, flat.geometry[level.isna().to_numpy()], palette.no_data, palette.area_line if border else palette.no_data,
          border or 0.2, "//////", palette.no_data_line)  # fmt: skip


def _fill(
    axes: Axes, shapes: gpd.GeoSeries, colour: str, edge: str, width: float, mark: str = "", mark_colour: str = ""
) -> None:
    if len(shapes) == 0:
        return
    outline = _outline_path(shapes)
    axes.add_patch(PathPatch(outline, facecolor=colour, edgecolor=edge, linewidth=width, joinstyle="round"))
    if mark:
        marked = PathPatch(outline, facecolor="none", edgecolor=mark_colour, linewidth=0.0, hatch=mark)
        marked.set_hatch_linewidth(0.35)
        axes.add_patch(marked)


def _lines(axes: Axes, lines: shapely.Geometry, palette: Palette, width: float) -> None:
    parts = [np.asarray(part.coords) for part in shapely.get_parts(lines)]
    if parts:
        path = Outline.make_compound_path(*[Outline(xy) for xy in parts])
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=palette.parent_line, linewidth=width, joinstyle="round"))


def _outline(axes: Axes, shapes: gpd.GeoSeries, colour: str, width: float, halo: str) -> None:
    path = _outline_path(gpd.GeoSeries([shapely.union_all(shapes.to_numpy())]))
    for c, w in ((halo, width * 2), (colour, width)):
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=c, linewidth=w, joinstyle="round", zorder=5))


def _spot(axes: Axes, chosen: gpd.GeoDataFrame, palette: Palette) -> None:
    """The area in the small map: filled, and a dot, since it may be smaller than a pixel."""
    _fill(axes, chosen.geometry, palette.accent, palette.accent, 0.4)
    point = chosen.geometry.iloc[0].representative_point()
    axes.plot([point.x], [point.y], "o", color=palette.accent, markersize=3.2, markeredgecolor=palette.paper,
              markeredgewidth=0.6, zorder=6)  # fmt: skip


def _name(axes: Axes, chosen: gpd.GeoDataFrame, name: str, palette: Palette) -> None:
    """The name above the area, or below it where there is no room above; never cut at the sides."""
    left, bottom, right, top = chosen.total_bounds
    x0, x1 = sorted(axes.get_xlim())
    y0, y1 = sorted(axes.get_ylim())
    above = top + (y1 - y0) * 0.08 < y1
    y, align = (top, "bottom") if above else (bottom, "top")
    x = (left + right) / 2
    side: Literal["left", "center", "right"] = "left" if x < x0 + 0.25 * (x1 - x0) else "right" if x > x1 - 0.25 * (x1 - x0) else "center"
    x = {"left": max(left, x0), "center": x, "right": min(right, x1)}[side]
    box = {"facecolor": palette.panel, "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
    axes.annotate(name, (x, y), (0, 3 if above else -3), textcoords="offset points", ha=side, va=align, color=palette.ink,
                  fontproperties=font("Semibold", 8.0), bbox=box, zorder=7, annotation_clip=False)  # fmt: skip


def _outline_path(shapes: gpd.GeoSeries) -> Outline:
    """All rings of the shapes as one path, shells one way round and holes the other."""
    polygons = shapely.orient_polygons(shapely.get_parts(shapes.to_numpy()))
    rings = shapely.get_rings(polygons)
    xy, which = shapely.get_coordinates(rings, return_index=True)
    codes = np.full(len(xy), Outline.LINETO, dtype=Outline.code_type)
    first = np.concatenate([[0], np.flatnonzero(np.diff(which)) + 1])
    codes[first] = Outline.MOVETO
    codes[np.concatenate([first[1:] - 1, [len(xy) - 1]])] = Outline.CLOSEPOLY
    return Outline(xy, codes)


def _fit(axes: Axes, shapes: gpd.GeoSeries, margin: float) -> None:
    left, bottom, right, top = shapely.total_bounds(shapes.to_numpy())
    pad = margin * max(right - left, top - bottom)
    axes.set_xlim(left - pad, right + pad)
    axes.set_ylim(bottom - pad, top + pad)
    axes.set_aspect("equal")
    axes.axis("off")


def _equal_area(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cylindrical equal-area projection about the middle latitude of the country, in degrees of the equator.

    Lambert (1772): x = λ cos φ₀, y = sin φ / cos φ₀. Shapes are right at φ₀, surfaces everywhere.
    """
    shapes = areas.geometry.to_numpy()
    _, bottom, _, top = shapely.total_bounds(shapes)
    stretch = math.cos(math.radians((bottom + top) / 2))

    def flat(xy: np.ndarray) -> np.ndarray:
        return np.column_stack([xy[:, 0] * stretch, np.degrees(np.sin(np.radians(xy[:, 1]))) / stretch])

    return gpd.GeoDataFrame({"area_code": areas["area_code"].to_numpy()}, geometry=shapely.transform(shapes, flat))


def _ratio(flat: gpd.GeoDataFrame) -> float:
    left, bottom, right, top = flat.total_bounds
    return float((right - left) / (top - bottom))


def _figure(size_mm: tuple[float, float], palette: Palette) -> Figure:
    return Figure(figsize=(size_mm[0] * MM, size_mm[1] * MM), facecolor=palette.panel)


def _png(figure: Figure, dpi: int) -> bytes:
    """PNG of few colours: a third of the bytes, and nothing a reader could see is lost."""
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    out = io.BytesIO()
    picture.quantize(COLOURS_IN_PNG, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()
