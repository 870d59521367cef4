"""The figures of the screen on trust: estimate against measure, and the colours of their difference on the map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from geodata.palette import Palette, palette
from pages.common import charts
from pages.common.words import _, current

# BrBG of ColorBrewer: the estimate below the measure, about equal, above.
DIVERGING = ("#35978F", "#A6D5CE", "#F5F5F0", "#E2C48D", "#BF812D")
# With more areas than this every interval would be a grey mist: only those that miss are drawn.
MOST_INTERVALS = 150
GREY = "rgba(128,128,128,.55)"


def scatter(rows: pd.DataFrame, risk: bool, estimate_title: str, selected: str = "") -> go.Figure:
    """Estimate by observed rate, a point per area; for a risk with the line on which both are equal.

    rows : `results.validation`.
    """
    t = current()
    scale = 100 if risk else 1
    x, y = rows["observed"] * 100, rows["estimate"] * scale
    figure = go.Figure()
    if risk:
        top = float(max(x.max(), y.max()))
        figure.add_trace(_intervals(rows))
        figure.add_trace(go.Scatter(x=[0, top], y=[0, top], mode="lines", line={"color": charts.TOTAL, "width": 1.4, "dash": "dot"}, hoverinfo="skip"))  # fmt: skip
        figure.add_annotation(x=top, y=top, text=_("both equal"), showarrow=False, xanchor="right", yanchor="bottom", font_size=12)  # fmt: skip
    hover = [
        _("{name}: measured {observed}, estimated {estimate}", name=r.area_name, observed=t.percent(r.observed),
          estimate=t.percent(r.estimate) if risk else t.number(r.estimate, 1))
        for r in rows.itertuples()
    ]  # fmt: skip
    many = len(rows) > 500
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="markers", hovertext=hover, hoverinfo="text",
                   marker={"size": 4 if many else 8, "color": charts.ACCENT, "opacity": 0.5 if many else 0.75})
    )  # fmt: skip
    chosen = rows[rows["area_code"] == selected]
    if len(chosen):
        figure.add_trace(
            go.Scatter(x=chosen["observed"] * 100, y=chosen["estimate"] * scale, mode="markers+text", hoverinfo="skip",
                       text=chosen["area_name"], textposition="top center", cliponaxis=False,
                       marker={"size": 12, "color": charts.RISK, "line": {"width": 2, "color": charts.TOTAL}})
        )  # fmt: skip
    figure.update_xaxes(title=_("Measured, % of children"), rangemode="tozero")
    figure.update_yaxes(title=estimate_title, rangemode="tozero", showgrid=True, gridcolor="rgba(128,128,128,.18)")
    return charts.styled(figure, height=460, left=60)


def _intervals(rows: pd.DataFrame) -> go.Scatter:
    """Interval of each estimate as an upright line; of many areas only those that miss the measure."""
    known = rows.dropna(subset=["ci_lower", "ci_upper"])
    if len(known) > MOST_INTERVALS:
        held = known["inside_with_error"].fillna(known["inside"]).astype(bool)
        known = known[~held]
    gap = np.full(len(known), np.nan)
    x = np.column_stack([known["observed"], known["observed"], gap]).ravel() * 100
    y = np.column_stack([known["ci_lower"], known["ci_upper"], gap]).ravel() * 100
    return go.Scatter(x=x, y=y, mode="lines", line={"color": GREY, "width": 1}, hoverinfo="skip")


@dataclass(frozen=True)
class Classes:
    """Five classes of a difference, 1 estimate far below to 5 far above, by area_code; limits in points of 100."""

    marks: pd.Series
    near: float
    far: float


def difference_classes(rows: pd.DataFrame, risk: bool) -> Classes:
    """Classes of the difference (risk) or of the difference in place (index).

    Risk: limits are round numbers near the median and the 85th percentile of the absolute differences, so that they fit
    the country. Place: 10 and 25 of 100 places.
    """
    value = rows.set_index("area_code")["difference" if risk else "rank_difference"] * 100
    near, far = (10.0, 25.0) if not risk else _limits(value.abs())
    edges = [-far, -near, near, far]
    return Classes(pd.Series(np.digitize(value, edges) + 1, value.index, dtype="Int8"), near, far)


def _limits(size: pd.Series) -> tuple[float, float]:
    near = _round(float(size.quantile(0.5)))
    far = _round(float(size.quantile(0.85)))
    return near, far if far > near else 2 * near


def _round(value: float) -> float:
    """The nearest of 0.5, 1, 2, 3, 5, 10, 15, 20."""
    steps = np.array([0.5, 1, 2, 3, 5, 10, 15, 20])
    return float(steps[np.argmin(np.abs(np.log(steps / max(value, 0.1))))])


def diverging(theme: Literal["light", "dark"]) -> Palette:
    """The palette of a map of differences."""
    return replace(palette(5, "area_risk", theme), levels=DIVERGING)


def class_words(found: Classes, risk: bool) -> list[str]:
    """The classes in words, lowest first."""
    t = current()
    near, far = t.number(found.near, 1 if found.near < 1 else 0), t.number(found.far, 0)
    if risk:
        return [
            _("lower by more than {far} points", far=far),
            _("lower by {near} to {far} points", near=near, far=far),
            _("between −{near} and +{near} points", near=near),
            _("higher by {near} to {far} points", near=near, far=far),
            _("higher by more than {far} points", far=far),
        ]
    return [
        _("lower by more than {far} places", far=far),
        _("lower by {near} to {far} places", near=near, far=far),
        _("between −{near} and +{near} places", near=near),
        _("higher by {near} to {far} places", near=near, far=far),
        _("higher by more than {far} places", far=far),
    ]
