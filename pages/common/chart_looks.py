"""Fit a chart to the reader: larger letters for a projector, greys and patterns for a photocopier, a table for the ear.

Charts are drawn once, in colour; what is done here works on any of them, so a new chart needs nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from geodata.palette import COPIES, lightness
from pages.common.words import _, current

LARGER, TALLER = 1.35, 1.5  # type and height on a projector against those on a desk
GREYS = ("#F2F2F2", "#BFBFBF", "#8C8C8C", "#4D4D4D")
PATTERNS = ("", "/", "x", ".", "\\", "+")
SYMBOLS = ("circle", "square-open", "diamond", "triangle-up-open", "x", "star-open")
UP, DOWN, WHOLE = "#4D4D4D", "#F2F2F2", "#A2A2A2"
EDGE = "#000000"


def enlarged(figure: go.Figure) -> go.Figure:
    """The same chart with larger letters, and the height that labels of two lines then need."""
    made = go.Figure(figure)
    made.update_layout(height=round((figure.layout.height or 400) * TALLER))
    made.update_layout(font_size=round((figure.layout.font.size or 14) * LARGER))
    for axis in made.select_xaxes():
        axis.title.font.size = round((axis.title.font.size or 14) * LARGER)
    for axis in made.select_yaxes():
        axis.title.font.size = round((axis.title.font.size or 14) * LARGER)
    for note in made.layout.annotations:
        note.font.size = round((note.font.size or 12) * LARGER)
    return made


def photocopied(figure: go.Figure) -> go.Figure:
    """The same chart without colour: bars by grey and pattern, points by grey and shape, lines by dashes."""
    made = go.Figure(figure)
    known = _ordered(made)
    for place, trace in enumerate(made.data):
        if trace.type == "waterfall":
            trace.increasing.marker = {"color": UP, "line": {"color": EDGE, "width": 1}}
            trace.decreasing.marker = {"color": DOWN, "line": {"color": EDGE, "width": 1}}
            trace.totals.marker = {"color": WHOLE, "line": {"color": EDGE, "width": 1}}
        elif trace.type == "bar":
            colours = _each(trace.marker.color)
            if all(c in COPIES for c in colours):  # the same as on the map
                greys = [COPIES[c][0] for c in colours]
                shapes = [COPIES[c][1][:1] for c in colours]
            else:
                greys = [_grey(c, known) for c in colours]
                shapes = [PATTERNS[known.index(c) % len(PATTERNS)] if c in known else "" for c in colours]
            trace.marker.color = greys if len(greys) > 1 else greys[0]
            trace.marker.line = {"color": EDGE, "width": 1}
            trace.marker.pattern = {"shape": shapes if len(shapes) > 1 else shapes[0], "fgcolor": EDGE, "size": 7}
        elif trace.type == "scatter":
            colours = _each(trace.marker.color)
            if "lines" in (trace.mode or ""):
                trace.line.color = EDGE
                trace.line.dash = trace.line.dash or ("solid", "dash", "dot", "dashdot")[place % 4]
            symbols = [SYMBOLS[known.index(c) % len(SYMBOLS)] if c in known else "circle" for c in colours]
            trace.marker.symbol = symbols if len(symbols) > 1 else symbols[0]
            trace.marker.color = EDGE
    return made


def table_of(figure: go.Figure) -> pd.DataFrame:
    """What a chart shows, as text: one row per mark, columns named by the axes; empty where nothing can be told."""
    t = current()
    found: list[dict[str, str]] = []
    several = sum(1 for trace in figure.data if trace.hoverinfo != "skip") > 1
    for trace in figure.data:
        if trace.hoverinfo == "skip" or trace.x is None or trace.y is None:
            continue
        xs, ys = list(trace.x), list(trace.y)
        lower, upper = _errors(trace)
        texts = [] if trace.text is None or isinstance(trace.text, str) else [_plain(v) for v in trace.text]
        for i, (x, y) in enumerate(zip(xs, ys, strict=False)):
            row = {_("Series"): str(trace.name)} if several and trace.name else {}
            for value, axis, other in ((y, figure.layout.yaxis, False), (x, figure.layout.xaxis, True)):
                title = _plain(axis.title.text or "") or (_("Value") if other else _("Name"))
                if isinstance(value, str):
                    row[title] = _plain(value)
                elif texts and trace.type in ("bar", "waterfall"):
                    row[title] = texts[i]
                else:
                    row[title] = "" if pd.isna(value) else t.number(float(value), 2)
            if lower and upper and not pd.isna(x):
                row[_("From")] = t.number(float(x) - lower[i], 2)
                row[_("To")] = t.number(float(x) + upper[i], 2)
            found.append(row)
    return pd.DataFrame(found).fillna("")


def _errors(trace: go.Scatter) -> tuple[list[float], list[float]]:
    bars = getattr(trace, "error_x", None)
    if bars is None or bars.array is None:
        return [], []
    upper = [float(v) for v in bars.array]
    lower = [float(v) for v in bars.arrayminus] if bars.arrayminus is not None else upper
    return lower, upper


def _plain(text: object) -> str:
    return " ".join(str(text).replace("<br>", " ").replace("<b>", "").replace("</b>", "").split())


def _each(colour: object) -> list[str]:
    if isinstance(colour, str):
        return [colour]
    return [str(c) for c in colour] if isinstance(colour, Sequence) or hasattr(colour, "__iter__") else [EDGE]


def _ordered(figure: go.Figure) -> list[str]:
    """The colours of a chart, lightest first: each gets its own pattern and shape."""
    found: dict[str, None] = {}
    for trace in figure.data:
        if trace.type in ("bar", "scatter"):
            found |= dict.fromkeys(c for c in _each(trace.marker.color) if _is_hex(c))
    return sorted(found, key=lightness, reverse=True)


def _grey(colour: str, known: Sequence[str]) -> str:
    if len(known) < 2 or colour not in known:
        return GREYS[1]
    return GREYS[round(known.index(colour) * (len(GREYS) - 1) / (len(known) - 1))]


def _is_hex(colour: str) -> bool:
    return len(colour) == 7 and colour.startswith("#") and all(c in "0123456789abcdefABCDEF" for c in colour[1:])
