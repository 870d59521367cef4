"""Draw shapes on matplotlib axes: filled by level, outlined, named; and a picture as PNG of few bytes.

Figures are matplotlib's own classes, never pyplot, so that sessions that share a process do not share a figure.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache
from pathlib import Path
from typing import Literal

import font_source_sans_pro
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from PIL import Image

from geodata.palette import Palette
from geodata.parents import joined

FONTS = Path(font_source_sans_pro.__file__).parent / "files"
MM = 1 / 25.4  # inches
COLOURS_IN_PNG = 64


@lru_cache(maxsize=8)
def font(weight: Literal["Regular", "Semibold", "Bold"] = "Regular", size: float = 8.0) -> FontProperties:
    """The family of screen and sheets, from the installed files; nothing is looked for on the machine."""
    return FontProperties(fname=str(FONTS / f"SourceSansPro-{weight}.ttf"), size=size)


RING_MM = 2.0  # radius of the ring around an area too small to be found


def new_figure(size_mm: tuple[float, float], palette: Palette) -> Figure:
    """An empty figure of a size in millimetres."""
    return Figure(figsize=(size_mm[0] * MM, size_mm[1] * MM), facecolor=palette.panel)


def draw_areas(axes: Axes, flat: gpd.GeoDataFrame, levels: pd.Series, palette: Palette, border: float = 0.0) -> None:
    """Areas filled by level, missing ones hatched; one shape per level, so that a country is a few paths."""
    level = flat["area_code"].map(levels[~levels.index.duplicated()])
    for j, colour in enumerate(palette.levels, start=1):
        members = flat.geometry[level.eq(j).fillna(False).to_numpy(dtype=bool)]
        mark = palette.hatches[j - 1] if palette.hatches else ""
        edge = palette.area_line if border else colour
        draw_fill(axes, members, colour, edge, border or 0.2, mark, "#000000")
    draw_fill(axes, flat.geometry[level.isna().to_numpy()], palette.no_data, palette.area_line if border else palette.no_data,
          border or 0.2, "//////", palette.no_data_line)  # fmt: skip


def draw_fill(
    axes: Axes, shapes: gpd.GeoSeries, colour: str, edge: str, width: float, mark: str = "", mark_colour: str = ""
) -> None:
    if len(shapes) == 0:
        return
    outline = _outline_path(shapes)
    _add(axes, PathPatch(outline, facecolor=colour, edgecolor=edge, linewidth=width, joinstyle="round"))
    if mark:
        marked = PathPatch(outline, facecolor="none", edgecolor=mark_colour, linewidth=0.0, hatch=mark)
        marked.set_hatch_linewidth(0.35)
        _add(axes, marked)


def draw_lines(axes: Axes, lines: shapely.Geometry, palette: Palette, width: float) -> None:
    parts = [np.asarray(part.coords) for part in shapely.get_parts(lines)]
    if parts:
        path = Outline.make_compound_path(*[Outline(xy) for xy in parts])
        _add(axes, PathPatch(path, facecolor="none", edgecolor=palette.parent_line, linewidth=width, joinstyle="round"))


def draw_outline(axes: Axes, shapes: gpd.GeoSeries, colour: str, width: float, halo: str) -> None:
    path = _outline_path(gpd.GeoSeries([joined(shapes.to_numpy())]))
    for c, w in ((halo, width * 2), (colour, width)):
        _add(axes, PathPatch(path, facecolor="none", edgecolor=c, linewidth=w, joinstyle="round", zorder=5))


def draw_spot(axes: Axes, chosen: gpd.GeoDataFrame, palette: Palette) -> None:
    """The area in the small map: filled, and a dot, since it may be smaller than a pixel."""
    draw_fill(axes, chosen.geometry, palette.accent, palette.accent, 0.4)
    point = chosen.geometry.iloc[0].representative_point()
    axes.plot([point.x], [point.y], "o", color=palette.accent, markersize=3.2, markeredgecolor=palette.paper,
              markeredgewidth=0.6, zorder=6)  # fmt: skip


def draw_ring(axes: Axes, chosen: gpd.GeoDataFrame, palette: Palette) -> None:
    """A ring around an area too small to be found."""
    point = chosen.geometry.iloc[0].representative_point()
    for colour, width in ((palette.paper, 2.6), (palette.accent, 1.3)):
        axes.plot([point.x], [point.y], "o", markersize=RING_MM * 2 / 25.4 * 72, markerfacecolor="none",
                  markeredgecolor=colour, markeredgewidth=width, zorder=6, clip_on=False)  # fmt: skip


def draw_name(axes: Axes, chosen: gpd.GeoDataFrame, name: str, palette: Palette) -> None:
    """The name above the area, or below it where there is no room above; never cut at the sides."""
    left, bottom, right, top = chosen.total_bounds
    x0, x1 = sorted(axes.get_xlim())
    y0, y1 = sorted(axes.get_ylim())
    above = top + (y1 - y0) * 0.08 < y1
    y, align = (top, "bottom") if above else (bottom, "top")
    x = (left + right) / 2
    side: Literal["left", "center", "right"] = (
        "left" if x < x0 + 0.25 * (x1 - x0) else "right" if x > x1 - 0.25 * (x1 - x0) else "center"
    )
    x = {"left": max(left, x0), "center": x, "right": min(right, x1)}[side]
    box = {"facecolor": palette.panel, "edgecolor": "none", "pad": 1.2, "alpha": 0.85}
    axes.annotate(name, (x, y), (0, 3 if above else -3), textcoords="offset points", ha=side, va=align, color=palette.ink,
                  fontproperties=font("Semibold", 8.0), bbox=box, zorder=7, annotation_clip=False)  # fmt: skip


def _add(axes: Axes, artist: Artist) -> None:
    """Unlike `add_patch`, does not follow every curve of a country to find limits that are set anyway."""
    axes.add_artist(artist)


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


def fit(axes: Axes, shapes: gpd.GeoSeries, margin: float) -> None:
    left, bottom, right, top = shapely.total_bounds(shapes.to_numpy())
    pad = margin * max(right - left, top - bottom)
    axes.set_xlim(left - pad, right + pad)
    axes.set_ylim(bottom - pad, top + pad)
    axes.set_aspect("equal")
    axes.axis("off")


def equal_area(shapes: np.ndarray, latitude: float) -> np.ndarray:
    """Degrees to the cylindrical equal-area projection about a latitude, in degrees of the equator.

    Lambert (1772): x = λ cos φ₀, y = sin φ / cos φ₀. Shapes are right at φ₀, surfaces everywhere.
    """
    stretch = math.cos(math.radians(latitude))

    def flat(xy: np.ndarray) -> np.ndarray:
        return np.column_stack([xy[:, 0] * stretch, np.degrees(np.sin(np.radians(xy[:, 1]))) / stretch])

    return shapely.transform(shapes, flat)


def png_bytes(figure: Figure, dpi: int) -> bytes:
    """PNG of few colours: a third of the bytes, and nothing a reader could see is lost."""
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    out = io.BytesIO()
    picture.quantize(COLOURS_IN_PNG, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()
