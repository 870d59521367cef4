"""A chart of the screen as files: the figure of plotly drawn again by matplotlib, and its numbers as a table.

plotly makes still pictures only with a browser at hand; this needs none, and the picture carries title and sources. What
is drawn is read from the figure itself, so a picture cannot say anything else than the screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from riskmodel.outputs.chart_drawing import Bar, Chart, Line, Point, Rule

DRAWN = ("bar", "scatter", "waterfall")
GREY = "#808080"


def drawable(figure: go.Figure) -> bool:
    """Whether every trace is of a kind that can be drawn for paper."""
    return bool(figure.data) and all(trace.type in DRAWN for trace in figure.data)


def chart_of(figure: go.Figure, title: str = "", note: str = "") -> Chart:
    """The figure as data for `riskmodel.outputs.chart_drawing`; call it only where `drawable` says yes."""
    upright = any(trace.type == "bar" and trace.orientation != "h" for trace in figure.data)
    names = _names(figure, upright)
    at = {name: i for i, name in enumerate(names)}
    bars: list[Bar] = []
    points: list[Point] = []
    lines: list[Line] = []
    bands: list[Line] = []
    key: list[tuple[str, str]] = []
    for trace in figure.data:
        if trace.type == "waterfall":
            bars += _waterfall(trace, at)
        elif trace.type == "bar":
            bars += _bars(trace, at, upright)
        elif trace.fill == "toself":
            bands.append(_band(trace))
        else:
            points += _points(trace, at)
            lines += _lines(trace, at)
        if figure.layout.showlegend and trace.name and trace.showlegend is not False:
            key.append((str(trace.name), _colours(trace, 1)[0]))
    x_axis, y_axis = figure.layout.xaxis, figure.layout.yaxis
    written = dict(zip(y_axis.tickvals or (), y_axis.ticktext or (), strict=True))  # what stands beside a row
    log = x_axis.type == "log"
    return Chart(
        bars=tuple(bars),
        points=tuple(points),
        lines=tuple(lines),
        bands=tuple(bands),
        rules=_rules(figure),
        names=tuple(_plain(written.get(name, name)) for name in names),
        upright=upright,
        x_title=_plain(x_axis.title.text or ""),
        y_title=_plain(y_axis.title.text or ""),
        x_ticks=tuple(zip(x_axis.tickvals, map(str, x_axis.ticktext), strict=True)) if x_axis.ticktext else (),
        x_log=log,
        x_range=None if log or x_axis.range is None or upright else tuple(x_axis.range),
        y_range=None if names or y_axis.range is None else tuple(y_axis.range),
        title=title,
        note=note,
        decimal_mark=(figure.layout.separators or ".")[0],
        key=tuple(key),
    )


def chart_table(figure: go.Figure) -> pd.DataFrame:
    """The numbers of a figure: one row per mark, with the names, values and ends of intervals it has."""
    parts = []
    for trace in figure.data:
        if (
            trace.x is None
            or trace.y is None
            or trace.hoverinfo == "skip"
            or ("fill" in trace and trace.fill == "toself")
        ):
            continue
        part = pd.DataFrame({"series": trace.name or "", "x": list(trace.x), "y": list(trace.y)})
        error = trace.error_x if "error_x" in trace else None
        if error is not None and error.array is not None:
            low, high = _interval(trace)
            part["x_lower"], part["x_upper"] = low, high
        parts.append(part)
    if not parts:
        return pd.DataFrame(columns=["x", "y"])
    table = pd.concat(parts, ignore_index=True)
    for column in ("x", "y"):
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = [
                _plain(value).replace("\n", " ") if isinstance(value, str) else value for value in table[column]
            ]
    return table.drop(columns="series") if (table["series"] == "").all() else table


def _names(figure: go.Figure, upright: bool) -> list[str]:
    """Values on the axis of names, in order; none where both axes hold numbers."""
    if not upright and figure.layout.yaxis.categoryarray:
        return [str(value) for value in figure.layout.yaxis.categoryarray]
    found: dict[str, None] = {}
    for trace in figure.data:
        values = trace.x if upright else trace.y
        if values is not None and any(isinstance(value, str) for value in values):
            found |= dict.fromkeys(str(value) for value in values)
    names = list(found)
    turned = not upright and figure.layout.yaxis.autorange != "reversed"
    return names[::-1] if turned else names


def _bars(trace: Any, at: dict[str, int], upright: bool) -> list[Bar]:
    places, values = (trace.x, trace.y) if upright else (trace.y, trace.x)
    bases = _many(trace.base, len(places), 0.0)
    texts, colours = _many(trace.text, len(places), ""), _colours(trace, len(places))
    return [
        Bar(at.get(str(place), i), float(base), float(base) + float(value), colour, _plain(text))
        for i, (place, value, base, text, colour) in enumerate(zip(places, values, bases, texts, colours, strict=True))
        if value is not None and not pd.isna(value)
    ]


def _waterfall(trace: Any, at: dict[str, int]) -> list[Bar]:
    bars, level = [], 0.0
    texts = _many(trace.text, len(trace.y), "")
    for name, value, measure, text in zip(trace.y, trace.x, trace.measure, texts, strict=True):
        if measure == "relative":
            colour = (trace.increasing if value > 0 else trace.decreasing).marker.color
            bars.append(Bar(at[str(name)], level, level + value, colour, _plain(text)))
            level += value
        else:
            level = float(value)
            bars.append(Bar(at[str(name)], 0.0, level, trace.totals.marker.color, _plain(text)))
    return bars


def _points(trace: Any, at: dict[str, int]) -> list[Point]:
    if "markers" not in (trace.mode or "markers"):
        return []
    low, high = _interval(trace)
    texts = _many(trace.text if "text" in (trace.mode or "") else None, len(trace.x), "")
    rows = zip(trace.x, trace.y, low, high, _colours(trace, len(trace.x)), texts, strict=True)
    return [
        Point(float(x), _place(y, at), colour, lower, upper, _plain(text))
        for x, y, lower, upper, colour, text in rows
        if not pd.isna(x)
    ]


def _lines(trace: Any, at: dict[str, int]) -> list[Line]:
    if "lines" not in (trace.mode or ""):
        return []
    colour = trace.line.color if _is_hex(trace.line.color) else GREY
    xs = tuple(np.nan if x is None else float(x) for x in trace.x)
    ys = tuple(np.nan if y is None else _place(y, at) for y in trace.y)
    return [Line(xs, ys, colour, trace.line.dash not in (None, "solid"), float(trace.line.width or 1.5) * 0.75)]


def _band(trace: Any) -> Line:
    """The filled outline of an interval, in its colour without its transparency."""
    found = re.match(r"rgba?\((\d+), ?(\d+), ?(\d+)", str(trace.fillcolor))
    if found:
        colour = "#" + "".join(f"{int(part):02X}" for part in found.groups())
    else:
        colour = trace.fillcolor if _is_hex(trace.fillcolor) else GREY
    return Line(tuple(map(float, trace.x)), tuple(map(float, trace.y)), colour)


def _rules(figure: go.Figure) -> tuple[Rule, ...]:
    """Lines across the whole chart, each with the label that stands at its place."""
    labels = {note.x: _plain(note.text) for note in figure.layout.annotations if note.yref == "paper"}
    rules = [Rule(float(s.x0), labels.get(s.x0, "")) for s in figure.layout.shapes if s.type == "line" and s.x0 == s.x1]
    rules += [Rule(float(s.y0), across=True) for s in figure.layout.shapes if s.type == "line" and s.y0 == s.y1]
    return tuple(rules)


def _interval(trace: Any) -> tuple[list[float | None], list[float | None]]:
    count = len(trace.x)
    above = trace.error_x.array
    if above is None:
        return [None] * count, [None] * count
    below = trace.error_x.arrayminus if trace.error_x.arrayminus is not None else above
    x = np.asarray(trace.x, dtype=float)
    ends = [x - np.asarray(below, dtype=float), x + np.asarray(above, dtype=float)]
    low, high = ([None if np.isnan(v) else float(v) for v in end] for end in ends)
    return low, high


def _colours(trace: Any, count: int) -> list[str]:
    given = (
        trace.marker.color if "marker" in trace else trace.totals.marker.color if trace.type == "waterfall" else None
    )
    if given is None and "line" in trace:
        given = trace.line.color
    return [colour if _is_hex(colour) else GREY for colour in _many(given, count, GREY)]


def _place(y: object, at: dict[str, int]) -> float:
    return float(at[y]) if isinstance(y, str) else float(y)  # type: ignore[arg-type]


def _many(given: Any, count: int, default: Any) -> list[Any]:
    """One value per mark, from one or from many."""
    if given is None:
        return [default] * count
    if isinstance(given, str) or not isinstance(given, Sequence | np.ndarray | pd.Series):
        return [given] * count
    return [default if value is None else value for value in given]


def _is_hex(colour: object) -> bool:
    return isinstance(colour, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) is not None


def _plain(text: object) -> str:
    """Text without the marks of plotly: line breaks, tags, entities, the spaces that hold a label off its point."""
    return (
        re.sub(r"<[^>]+>", "", str(text).replace("<br>", "\n"))
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&#58;", ":")
        .strip()
    )
