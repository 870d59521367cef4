"""The figure of the screen on trust: estimate against measure, a point per area.

For a risk the line on which both are equal is drawn; an index has no unit, so it has none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.common import charts
from pages.common.words import _, current

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
