"""The plotly figures of the screens, in one template.

Bars start at zero, intervals are thin lines with caps, the country's value is a labelled rule; no frames, pale grid.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.common.row_labels import put_rows
from pages.common.words import _, current
from riskmodel.outputs.waterfall import LOWERING as PROTECTIVE
from riskmodel.outputs.waterfall import RAISING as RISK
from riskmodel.outputs.waterfall import TOTAL

FONT = '"Source Sans", "Source Sans Pro", sans-serif'
ACCENT = "#0B7A87"
LINES = (ACCENT, "#C4622D", "#7A5BA6", "#6B7A1E", "#9A3B5B")
INK = {"light": "#1F2A30", "dark": "#E8E6E1"}
# No bar of buttons over a chart: what may be taken from it is in the menu under it (takeaway.py).
CONFIG = {"displaylogo": False, "displayModeBar": False}


def waterfall(parts: pd.DataFrame, start: float, end: float, start_label: str, end_label: str, risk: bool) -> go.Figure:
    """From the country's value to the area's, one step per determinant.

    parts : label, contribution (proportion, or index points), in the order drawn.
    """
    scale = 100 if risk else 1
    unit = _("percentage points") if risk else _("points")
    t = current()
    labels = [wrapped(label, 24) for label in (start_label, *parts["label"], end_label)]
    row = max(40, 24 + 18 * max(label.count("<br>") for label in labels))  # every row has the room of the longest
    values = [start * scale, *(parts["contribution"] * scale), end * scale]
    steps = [t.points(v) if risk else _signed(v) for v in parts["contribution"]]
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=labels,
            x=values,
            measure=["absolute", *["relative"] * len(parts), "total"],
            text=[t.number(start * scale, 1), *steps, t.number(end * scale, 1)],
            textposition="outside",
            cliponaxis=False,
            increasing_marker_color=RISK,
            decreasing_marker_color=PROTECTIVE,
            totals_marker_color=TOTAL,
            connector_line={"width": 1, "color": "rgba(128,128,128,.5)"},
            hovertemplate="%{y}: %{text} " + unit + "<extra></extra>",
        )
    )
    figure.data[0].connector.visible = True
    figure.update_yaxes(autorange="reversed", title=None)
    figure.update_xaxes(title=_("Risk, % of children") if risk else _("Index, points of 100"), rangemode="tozero")
    return styled(figure, height=90 + len(labels) * row, left=220)


def forest(coefficients: pd.DataFrame, labels: Sequence[str]) -> go.Figure:
    """Odds ratios with their 95 % intervals on a log axis; 1 is the reference."""
    t = current()
    known = coefficients.reset_index(drop=True)
    hover = [
        _("{label}: odds ratio {value}, 95% interval {lower} to {upper}",
          label=label, value=t.number(row.odds_ratio, 2), lower=t.number(row.ci_lower, 2), upper=t.number(row.ci_upper, 2))
        for label, row in zip(labels, known.itertuples(), strict=True)
    ]  # fmt: skip
    figure = go.Figure(
        go.Scatter(
            x=known["odds_ratio"],
            y=list(labels),
            mode="markers",
            marker={"size": 9, "color": [RISK if v > 1 else PROTECTIVE for v in known["odds_ratio"]]},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": known["ci_upper"] - known["odds_ratio"],
                "arrayminus": known["odds_ratio"] - known["ci_lower"],
                "thickness": 1.2,
                "width": 5,
                "color": "rgba(128,128,128,.9)",
            },
            hovertext=hover,
            hoverinfo="text",
        )
    )
    figure.add_vline(x=1, line_width=1, line_dash="dot", line_color="rgba(128,128,128,.9)")
    ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
    figure.update_xaxes(
        type="log",
        title=_("Odds ratio (1 = same as the reference)"),
        tickvals=ticks,
        ticktext=[t.number(v, 2 if v < 0.1 else 1 if v < 1 else 0) for v in ticks],
    )
    return styled(figure, height=90 + put_rows(figure, labels), left=240)


def curves(lines: Sequence[Sequence[Mapping[str, float]]], names: Sequence[str], title: str) -> go.Figure:
    """Risk by a number, one line for each of `names` with its 95 % interval as a band; the name stands at the line's end.

    lines : points of value, risk, ci_lower, ci_upper, proportions.
    """
    t = current()
    figure = go.Figure()
    for i, (points, name) in enumerate(zip(lines, names, strict=True)):
        table = pd.DataFrame(points).astype(float)
        colour = LINES[i % len(LINES)]
        band = [*table["ci_upper"], *table["ci_lower"][::-1]]
        figure.add_trace(
            go.Scatter(x=[*table["value"], *table["value"][::-1]], y=[v * 100 for v in band], fill="toself",
                       fillcolor=_faded(colour), line={"width": 0}, hoverinfo="skip", showlegend=False)
        )  # fmt: skip
        hover = [
            _("{name} {value}: risk {risk}, 95% interval {lower} to {upper}", name=name or title,
              value=t.number(row.value, 0 if row.value == round(row.value) else 1), risk=t.percent(row.risk),
              lower=t.percent(row.ci_lower), upper=t.percent(row.ci_upper))
            for row in table.itertuples()
        ]  # fmt: skip
        figure.add_trace(
            go.Scatter(x=table["value"], y=table["risk"] * 100, mode="lines+markers", line={"width": 2.5, "color": colour},
                       marker={"size": 6}, name=name, hovertext=hover, hoverinfo="text", showlegend=len(names) > 1)
        )  # fmt: skip
    figure.update_xaxes(title=title)
    figure.update_yaxes(title=_("Risk, % of children"), rangemode="tozero")
    figure = styled(figure, height=340, left=60)
    figure.update_layout(showlegend=len(names) > 1, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    return figure.update_layout(margin_t=48 if len(names) > 1 else 28)


def calibration(tenths: pd.DataFrame) -> go.Figure:
    """Observed against predicted share in tenths of predicted risk; on the line they agree."""
    top = float(max(tenths["predicted"].max(), tenths["observed"].max())) * 105
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, top], y=[0, top], mode="lines", line={"width": 1, "dash": "dot", "color": "gray"}, hoverinfo="skip"
        )
    )
    figure.add_trace(
        go.Scatter(x=tenths["predicted"] * 100, y=tenths["observed"] * 100, mode="markers", marker={"size": 9, "color": ACCENT},
                   hovertemplate=_("predicted {x} %, observed {y} %", x="%{x:.1f}", y="%{y:.1f}") + "<extra></extra>")
    )  # fmt: skip
    figure.update_xaxes(title=_("Predicted, % of children"), rangemode="tozero")
    figure.update_yaxes(title=_("Observed, % of children"), rangemode="tozero")
    return styled(figure, height=330, left=60)


def roc(points: pd.DataFrame) -> go.Figure:
    """Sensitivity against 1 − specificity, as shares of 100; on the dotted line the model knows nothing."""
    t = current()
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, 100],
            y=[0, 100],
            mode="lines",
            line={"width": 1, "dash": "dot", "color": "gray"},
            hoverinfo="skip",
        )
    )
    hover = [
        _("cut-off {cut}: {found} of those in child labour, {mistaken} of the others",
          cut=t.percent(row.cut_off), found=t.percent(row.sensitivity), mistaken=t.percent(1 - row.specificity))
        for row in points.itertuples()
    ]  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=(1 - points["specificity"]) * 100,
            y=points["sensitivity"] * 100,
            mode="lines",
            line={"width": 2.5, "color": ACCENT},
            hovertext=hover,
            hoverinfo="text",
        )
    )
    figure.update_xaxes(title=_("Called by mistake, % of the others"), range=[-1, 101])
    figure.update_yaxes(title=_("Found, % of those in child labour"), range=[-1, 101])
    return styled(figure, height=360, left=60)


def bars(
    values: Sequence[float],
    labels: Sequence[str],
    title: str,
    decimals: int = 1,
    reference: float | None = None,
    reference_label: str = "",
    colours: Sequence[str] | str = ACCENT,
) -> go.Figure:
    """Horizontal bars from zero with their value written; an optional labelled rule."""
    t = current()
    figure = go.Figure(
        go.Bar(x=list(values), y=list(labels), orientation="h", marker_color=colours, text=[t.number(v, decimals) for v in values],
               textposition="outside", cliponaxis=False, hovertemplate="%{y}: %{text}<extra></extra>")
    )  # fmt: skip
    if reference is not None:
        figure.add_vline(x=reference, line_width=1.2, line_color=TOTAL)
        figure.add_annotation(
            x=reference, y=1.02, yref="paper", text=reference_label, showarrow=False, yanchor="bottom", font_size=12
        )
    figure.update_xaxes(title=title, rangemode="tozero")
    return styled(figure, height=90 + put_rows(figure, labels, between="\n"), left=200)


def intervals(
    values: pd.DataFrame, labels: Sequence[str], title: str, reference: float | None = None, reference_label: str = ""
) -> go.Figure:
    """Points with 95 % intervals (columns area_risk, ci_lower, ci_upper, proportions) against a labelled rule."""
    t = current()
    figure = go.Figure(
        go.Scatter(
            x=values["area_risk"] * 100, y=list(labels), mode="markers+text", marker={"size": 9, "color": ACCENT},
            text=["  " + t.number(v * 100, 1) for v in values["area_risk"]], textposition="middle right", cliponaxis=False,
            error_x={"type": "data", "symmetric": False, "array": (values["ci_upper"] - values["area_risk"]) * 100,
                     "arrayminus": (values["area_risk"] - values["ci_lower"]) * 100, "thickness": 1.2, "width": 5, "color": "gray"},
            hovertemplate="%{y}: %{x:.1f} %<extra></extra>",
        )
    )  # fmt: skip
    if reference is not None:
        figure.add_vline(x=reference * 100, line_width=1.2, line_color=TOTAL)
        figure.add_annotation(
            x=reference * 100,
            y=1.02,
            yref="paper",
            text=reference_label,
            showarrow=False,
            yanchor="bottom",
            font_size=12,
        )
    figure.update_xaxes(title=title, rangemode="tozero")
    return styled(figure, height=100 + put_rows(figure, labels, between="\n"), left=200)


def styled(figure: go.Figure, height: int, left: int) -> go.Figure:
    """The one template: type, grid, margins; the theme's colours come from Streamlit."""
    t = current()
    decimal, thousands = t.locale.number_symbols["latn"]["decimal"], t.locale.number_symbols["latn"]["group"]
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 56, "t": 28, "b": 8},
        font={"family": FONT, "size": 14},
        showlegend=False,
        separators=decimal + thousands,
        bargap=0.35,
        dragmode=False,
    )
    figure.update_xaxes(
        showgrid=True, gridcolor="rgba(128,128,128,.18)", zeroline=False, automargin=True, fixedrange=True, tickangle=0
    )
    figure.update_yaxes(showgrid=False, automargin=True, fixedrange=True, ticklabelstandoff=6)
    for axis in figure.select_xaxes():
        if axis.title.text:
            axis.title.text = wrapped(axis.title.text, 40)  # the width of a telephone
    figure.update_xaxes(title_font_size=14)
    figure.update_yaxes(title_font_size=14)
    return figure


def wrapped(label: str, width: int = 26) -> str:
    """A long label on several lines, so that it leaves room for what it names."""
    return "<br>".join(textwrap.wrap(str(label), width)) or " "


def _faded(colour: str) -> str:
    """The colour of an interval around a line."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},.15)"


def _signed(value: float) -> str:
    t = current()
    return ("+" if value > 0 else "−" if value < 0 else "") + t.number(abs(value), 1)
