"""A map for a printed page: areas, key, scale bar, north, title and sources, as PNG of 300 dpi or as SVG.

Surfaces keep their proportion. The projection is cylindrical, so north is up everywhere and one bar holds for the middle
of the country.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass, replace

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from geodata.drawing import draw_areas, draw_lines, draw_name, draw_outline, fit, font, new_figure, png_bytes
from geodata.palette import Palette
from geodata.pictures import PictureBase

DPI = 300
KM_PER_DEGREE = 111.195  # of the equator, on a sphere of 6,371 km
WIDTH_MM, MOST_HEIGHT_MM = 180.0, 250.0
KEY_MM, HEAD_MM = 58.0, 16.0
LINE_MM = 3.4
ROW_MM = 10.4  # of the key, with a note of one line
SOURCE_LETTERS = 150  # of a line of sources


@dataclass(frozen=True)
class PrintedRow:
    """One row of the key."""

    position: int  # 1..; 0 is "no data"
    label: str
    note: str = ""


@dataclass(frozen=True)
class PrintedMap:
    """Everything a printed map says; every word arrives translated."""

    title: str
    subtitle: str
    rows: tuple[PrintedRow, ...]  # from the top
    colours: tuple[str, ...]  # of positions 1, 2, …
    position: pd.Series  # by area_code; missing is "no data"
    sources: str
    north: str = "N"
    selected: str = ""  # area_code to outline and name
    selected_name: str = ""


def printed_png(base: PictureBase, printed: PrintedMap, palette: Palette, dpi: int = DPI) -> bytes:
    """The map as PNG, 180 mm wide. `palette` gives paper, ink and the look of "no data"."""
    return png_bytes(_figure(base, printed, palette), dpi)


def printed_svg(base: PictureBase, printed: PrintedMap, palette: Palette) -> bytes:
    """The map as SVG, the same bytes for the same map; text stays text."""
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "map", "svg.fonttype": "none"}):
        FigureCanvasSVG(_figure(base, printed, palette)).print_svg(out, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def scale_length(width_km: float) -> float:
    """A round length (1, 2 or 5 times a power of ten) of about a fifth of the width, in km."""
    wanted = width_km / 5
    power = 10.0 ** int(f"{wanted:e}".partition("e")[2])
    return max(step * power for step in (1, 2, 5) if step * power <= wanted)


def _figure(base: PictureBase, printed: PrintedMap, palette: Palette) -> Figure:
    colours = replace(palette, levels=printed.colours, hatches=palette.hatches[: len(printed.colours)])
    left, bottom, right, top = base.areas.total_bounds
    lines = textwrap.wrap(printed.sources, SOURCE_LETTERS)
    foot = LINE_MM * len(lines) + 12
    map_width = WIDTH_MM - KEY_MM
    high = min(map_width * (top - bottom) / (right - left), MOST_HEIGHT_MM - HEAD_MM - foot)
    high = max(high, 75.0, ROW_MM * len(printed.rows) + 20)
    height = HEAD_MM + high + foot
    figure = new_figure((WIDTH_MM, height), colours)
    axes = figure.add_axes((KEY_MM / WIDTH_MM, foot / height, map_width / WIDTH_MM, high / height))
    draw_areas(axes, base.areas, printed.position, colours)
    draw_lines(axes, base.lines, colours, 0.45)
    fit(axes, base.areas.geometry, 0.02)
    chosen = base.areas[base.areas["area_code"] == printed.selected]
    if not chosen.empty:
        draw_outline(axes, chosen.geometry, colours.accent, 1.4, colours.panel)
        if printed.selected_name:
            draw_name(axes, chosen, printed.selected_name, colours)
    page = figure.add_axes((0.0, 0.0, 1.0, 1.0), zorder=3)
    page.set_xlim(0, WIDTH_MM)
    page.set_ylim(0, height)
    page.axis("off")
    page.patch.set_alpha(0.0)
    _text(page, 6, height - 7.5, printed.title, colours.ink, 13, "Semibold")
    _text(page, 6, height - 13, printed.subtitle, colours.quiet, 9)
    _key(page, printed, colours, height - HEAD_MM - 8)
    _scale(page, axes, colours, printed.north, foot)
    for i, line in enumerate(lines):
        _text(page, 6, 3.5 + LINE_MM * (len(lines) - 1 - i), line, colours.quiet, 6.5)
    return figure


def _key(page: Axes, printed: PrintedMap, palette: Palette, top: float) -> None:
    """Swatches with label and note, from the top."""
    y = top
    for row in printed.rows:
        colour = palette.no_data if row.position == 0 else printed.colours[row.position - 1]
        hatch = "//////" if row.position == 0 else (palette.hatches[row.position - 1] if palette.hatches else "")
        swatch = Rectangle((6, y - 3.4), 7, 4.4, facecolor=colour, edgecolor=palette.line, linewidth=0.4)
        page.add_patch(swatch)
        if hatch:
            marked = Rectangle(
                (6, y - 3.4),
                7,
                4.4,
                facecolor="none",
                edgecolor=palette.no_data_line if row.position == 0 else "#000000",
                linewidth=0.0,
            )
            marked.set_hatch(hatch)
            marked.set_hatch_linewidth(0.35)
            page.add_patch(marked)
        labels = textwrap.wrap(row.label, 26) or [""]
        for i, line in enumerate(labels):
            _text(page, 16, y - 2.4 - 3.8 * i, line, palette.ink, 8.5, "Semibold")
        y -= 3.8 * len(labels)
        for line in textwrap.wrap(row.note, 34):
            _text(page, 16, y - 2.2, line, palette.quiet, 7.5)
            y -= LINE_MM
        y -= 3.2


def _scale(page: Axes, axes: Axes, palette: Palette, north: str, foot: float) -> None:
    """A bar of round length and a north arrow, under the key."""
    figure = page.figure
    assert isinstance(figure, Figure)
    axes.apply_aspect()
    left, right = axes.get_xlim()
    drawn = axes.get_position(original=False).width * WIDTH_MM
    km = (right - left) * KM_PER_DEGREE
    length = scale_length(km)
    x, y = 8.0, foot + 4.0
    bar = length / km * drawn
    page.plot([x, x + bar], [y, y], color=palette.ink, linewidth=1.2, solid_capstyle="butt")
    for at in (x, x + bar):
        page.plot([at, at], [y - 1, y + 1], color=palette.ink, linewidth=0.8)
    shown = f"{length:g} km"
    _text(page, x, y + 2.0, shown, palette.ink, 7.5)
    page.annotate("", xy=(x + 1, y + 16), xytext=(x + 1, y + 7.5),
                  arrowprops={"arrowstyle": "-|>", "color": palette.ink, "linewidth": 0.9})  # fmt: skip
    _text(page, x + 3, y + 9, north, palette.ink, 9, "Semibold")


def _text(page: Axes, x: float, y: float, text: str, colour: str, size: float, weight: str = "Regular") -> None:
    page.text(x, y, text, color=colour, fontproperties=font(weight, size), va="baseline", parse_math=False)
