"""Draw a chart for paper: bars, points with intervals, lines and rules, as PNG of 300 dpi or as SVG.

The same look as on screen (bars from zero, pale grid, no frame), made here without a browser. Figures are matplotlib's own
classes, never pyplot.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

DPI = 300
MM = 1 / 25.4
WIDTH_MM = 180.0
ROW_MM, LEAST_MM, MOST_MM = 7.5, 70.0, 400.0
INK, QUIET, GRID = "#1F2A30", "#5B676E", "#E4E3DE"
FONTS = Path(font_source_sans_pro.__file__).parent / "files"


@dataclass(frozen=True)
class Bar:
    """A bar along one place of the axis of names."""

    place: float
    start: float
    end: float
    colour: str
    text: str = ""


@dataclass(frozen=True)
class Point:
    """A point, with its interval along x where it has one."""

    x: float
    y: float
    colour: str
    low: float | None = None
    high: float | None = None
    text: str = ""
    size: float = 5.0


@dataclass(frozen=True)
class Line:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    colour: str
    dashed: bool = False
    width: float = 1.4
    label: str = ""


@dataclass(frozen=True)
class Rule:
    """A line across the chart at a value of x (or of y), with its label."""

    at: float
    label: str = ""
    across: bool = False  # at a value of y


@dataclass(frozen=True)
class Chart:
    """A chart as data; words arrive translated."""

    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    lines: tuple[Line, ...] = ()
    bands: tuple[Line, ...] = ()  # outlines filled with a light tint: intervals about a line
    rules: tuple[Rule, ...] = ()
    names: tuple[str, ...] = ()  # of places 0, 1, … from the top; none: y is a number
    upright: bool = False  # names along x, bars upward
    x_title: str = ""
    y_title: str = ""
    x_ticks: tuple[tuple[float, str], ...] = ()
    x_log: bool = False
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    title: str = ""
    note: str = ""  # under the chart: sources
    decimal_mark: str = "."
    key: tuple[tuple[str, str], ...] = ()  # (label, colour)


def chart_png(chart: Chart, dpi: int = DPI) -> bytes:
    """The chart as PNG, 180 mm wide."""
    figure = _figure(chart)
    figure.set_dpi(dpi)
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
    return out.getvalue()


def chart_svg(chart: Chart) -> bytes:
    """The chart as SVG, the same bytes for the same chart; text stays text."""
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "chart", "svg.fonttype": "none"}):
        FigureCanvasSVG(_figure(chart)).print_svg(out, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _figure(chart: Chart) -> Figure:
    head = textwrap.wrap(chart.title, 85)
    foot = textwrap.wrap(chart.note, 150)
    rows = sum(max(1, name.count("\n") + 1) for name in chart.names)
    body = LEAST_MM if chart.upright or not chart.names else max(28.0, ROW_MM * rows + 6)
    top = 5 + 6 * len(head) + (6 if any(rule.label for rule in chart.rules) else 0) + (6 if chart.key else 0)
    bottom = 16 + 3.2 * len(foot)
    height = min(top + body + bottom, MOST_MM)
    figure = Figure(figsize=(WIDTH_MM * MM, height * MM), facecolor="#FFFFFF")
    left = 18.0 if chart.upright or not chart.names else min(70.0, 6 + 1.75 * _longest(chart.names))
    axes = figure.add_axes(
        (left / WIDTH_MM, bottom / height, (WIDTH_MM - left - 16) / WIDTH_MM, (height - top - bottom) / height)
    )
    _draw(axes, chart)
    for i, line in enumerate(head):
        figure.text(
            5 / WIDTH_MM,
            1 - (7 + 6 * i) / height,
            line,
            fontproperties=_font(12, "Semibold"),
            color=INK,
            parse_math=False,
        )
    for i, line in enumerate(foot):
        figure.text(
            5 / WIDTH_MM,
            (3 + 3.2 * (len(foot) - 1 - i)) / height,
            line,
            fontproperties=_font(6.5),
            color=QUIET,
            parse_math=False,
        )
    return figure  # fmt: skip


def _draw(axes: Axes, chart: Chart) -> None:
    for bar in chart.bars:
        place, size = bar.place, bar.end - bar.start
        if chart.upright:
            axes.bar(place, size, 0.65, bar.start, color=bar.colour)
            spot, shift = (place, max(bar.start, bar.end)), {"ha": "center", "va": "bottom"}
        else:
            axes.barh(place, size, 0.65, bar.start, color=bar.colour)
            spot, shift = (max(bar.start, bar.end), place), {"ha": "left", "va": "center"}
        if bar.text:
            offset = (0, 2) if chart.upright else (3, 0)
            _say(axes, bar.text, spot, offset, **shift)
    for band in chart.bands:
        axes.fill(band.xs, band.ys, color=band.colour, alpha=0.18, linewidth=0)
    for line in chart.lines:
        style = (0, (2, 2)) if line.dashed else "solid"
        axes.plot(line.xs, line.ys, color=line.colour, linewidth=line.width, linestyle=style)
    for point in chart.points:
        if point.low is not None and point.high is not None:
            axes.errorbar(
                [point.x], [point.y], xerr=[[point.x - point.low], [point.high - point.x]],
                ecolor="#808080", elinewidth=0.9, capsize=2.5, fmt="none",
            )  # fmt: skip
        axes.plot([point.x], [point.y], "o", color=point.colour, markersize=point.size)
        if point.text:
            _say(
                axes,
                point.text,
                (point.high if point.high is not None else point.x, point.y),
                (5, 0),
                ha="left",
                va="center",
            )
    _dress(axes, chart)


def _dress(axes: Axes, chart: Chart) -> None:
    """Ticks, titles, rules, grid."""
    if chart.x_log:
        axes.set_xscale("log")
        axes.minorticks_off()
    if chart.x_range:
        axes.set_xlim(*chart.x_range)
    elif chart.bars and not chart.upright:
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
        axes.margins(x=0.12)
        axes.autoscale_view(scaley=False)
    if chart.y_range:
        axes.set_ylim(*chart.y_range)
    if chart.x_ticks:
        low, high = axes.get_xlim()
        inside = [(at, text) for at, text in chart.x_ticks if low <= at <= high]
        axes.set_xticks([at for at, _ in inside], [text for _, text in inside])
    places = list(range(len(chart.names)))
    if chart.names and chart.upright:
        axes.set_xticks(places, list(chart.names))
    elif chart.names:
        axes.set_yticks(places, list(chart.names))
        axes.set_ylim(len(chart.names) - 0.4, -0.6)
    for rule in chart.rules:
        (axes.axhline if rule.across else axes.axvline)(rule.at, color=QUIET, linewidth=0.9, zorder=0.9)
        if rule.label and not rule.across:
            axes.annotate(rule.label, (rule.at, 1.0), (0, 3), xycoords=axes.get_xaxis_transform(), textcoords="offset points",
                          ha="center", va="bottom", color=INK, fontproperties=_font(8))  # fmt: skip
    axes.set_xlabel(chart.x_title, fontproperties=_font(8.5), color=INK)
    axes.set_ylabel(chart.y_title, fontproperties=_font(8.5), color=INK)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.grid(True, axis="both" if not chart.names else "y" if chart.upright else "x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    if chart.decimal_mark != "." and not chart.x_ticks and not chart.x_log:
        _localise(axes, chart)
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontproperties(_font(8.5))
        tick.set_color(INK)
    for i, (label, colour) in enumerate(chart.key):
        axes.plot([], [], "s", color=colour, label=label)
        if i == len(chart.key) - 1:
            legend = axes.legend(
                loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(4, len(chart.key)), frameon=False, prop=_font(8)
            )
            legend.set_in_layout(False)


def _localise(axes: Axes, chart: Chart) -> None:
    """The decimal mark of the language on axes of numbers."""
    for axis, named in ((axes.xaxis, chart.upright), (axes.yaxis, bool(chart.names) and not chart.upright)):
        if not named:
            axis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", chart.decimal_mark).replace("-", "−"))


def _say(axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], ha: str, va: str) -> None:
    axes.annotate(text.strip(), at, offset, textcoords="offset points", ha=ha, va=va, color=INK,
                  fontproperties=_font(8), annotation_clip=False, parse_math=False)  # fmt: skip


def _longest(names: tuple[str, ...]) -> int:
    return max(len(line) for name in names for line in name.split("\n"))


@lru_cache(maxsize=16)
def _font(size: float, weight: str = "Regular") -> FontProperties:
    return FontProperties(fname=str(FONTS / f"SourceSansPro-{weight}.ttf"), size=size)
