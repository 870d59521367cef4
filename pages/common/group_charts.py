"""The figures of the Groups screen: groups with intervals, and differences between them.

Rows of one group stand under its name; the country's value is a labelled rule, nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.common import charts
from pages.common.words import _, current

GREY = "rgba(128,128,128,.9)"


def dots(rows: pd.DataFrame, reference: float, reference_label: str) -> go.Figure:
    """Risk of each group with its interval. rows : group, label, area_risk, ci_lower, ci_upper (proportions)."""
    t = current()
    keys, text = _places(rows)
    known = rows.assign(key=keys).dropna(subset="area_risk")
    hover = [
        _("{label}: {risk}, 95% interval {lower} to {upper}", label=r.label, risk=t.percent(r.area_risk),
          lower=t.percent(r.ci_lower), upper=t.percent(r.ci_upper))
        for r in known.itertuples()
    ]  # fmt: skip
    figure = go.Figure(
        go.Scatter(
            x=known["area_risk"] * 100,
            y=known["key"],
            mode="markers",
            marker={"size": 10, "color": charts.ACCENT},
            error_x=_bars(known, "area_risk"),
            hovertext=hover,
            hoverinfo="text",
        )
    )
    _values(figure, known, (known["ci_upper"].fillna(known["area_risk"])) * 100, [t.number(v * 100, 1) for v in known["area_risk"]])  # fmt: skip
    figure.add_vline(x=reference * 100, line_width=1.2, line_color=charts.TOTAL)
    figure.add_annotation(
        x=reference * 100, y=1.0, yref="paper", text=reference_label, showarrow=False, yanchor="bottom", font_size=12
    )
    figure.update_xaxes(title=_("Risk, % of children"), rangemode="tozero")
    return _finished(figure, text)


def gaps(rows: pd.DataFrame) -> go.Figure:
    """Difference of each pair with its interval, against zero. rows : group, label, gap, ci_lower, ci_upper."""
    t = current()
    keys, text = _places(rows)
    known = rows.assign(key=keys).dropna(subset="gap")
    clear = (known["ci_lower"] > 0) | (known["ci_upper"] < 0)
    hover = [
        _("{label}: {gap} percentage points, 95% interval {lower} to {upper}", label=r.label, gap=t.points(r.gap),
          lower=t.points(r.ci_lower), upper=t.points(r.ci_upper))
        for r in known.itertuples()
    ]  # fmt: skip
    figure = go.Figure(
        go.Scatter(
            x=known["gap"] * 100,
            y=known["key"],
            mode="markers",
            marker={
                "size": 10,
                "color": charts.ACCENT,
                "symbol": ["circle" if c else "circle-open" for c in clear],
                "line": {"width": 2, "color": charts.ACCENT},
            },
            error_x=_bars(known, "gap"),
            hovertext=hover,
            hoverinfo="text",
        )
    )
    _values(figure, known, known["ci_upper"] * 100, [t.points(v) for v in known["gap"]])
    figure.add_vline(x=0, line_width=1.2, line_color=charts.TOTAL)
    figure.update_xaxes(title=_("Difference, percentage points"))
    return _finished(figure, text)


def _places(rows: pd.DataFrame) -> tuple[list[str], dict[str, str]]:
    """A key for every row, and what stands beside it: the group's name above its rows."""
    keys, text = [], {}
    for i, (group, label) in enumerate(zip(rows["group"], rows["label"], strict=True)):
        if i == 0 or group != rows["group"].iloc[i - 1]:
            text[f"head {i}"] = f"<b>{charts.wrapped(str(group), 24)}</b>"
        keys.append(f"row {i}")
        text[f"row {i}"] = charts.wrapped(str(label))
    return keys, text


def _bars(rows: pd.DataFrame, centre: str) -> dict[str, object]:
    return {
        "type": "data", "symmetric": False, "array": (rows["ci_upper"] - rows[centre]) * 100,
        "arrayminus": (rows[centre] - rows["ci_lower"]) * 100, "thickness": 1.4, "width": 5, "color": GREY,
    }  # fmt: skip


def _values(figure: go.Figure, rows: pd.DataFrame, at: pd.Series, words: Sequence[str]) -> None:
    """The value of each row, written at the end of its interval."""
    figure.add_trace(
        go.Scatter(x=at, y=rows["key"], mode="text", text=[f"  {w}" for w in words], textposition="middle right",
                   cliponaxis=False, hoverinfo="skip")
    )  # fmt: skip


def _finished(figure: go.Figure, text: dict[str, str]) -> go.Figure:
    keys = list(text)
    figure.update_yaxes(
        categoryorder="array", categoryarray=keys, tickvals=keys, ticktext=list(text.values()),
        range=[len(keys) - 0.4, -0.6], title=None,
    )  # fmt: skip
    lines = sum(1 + words.count("<br>") for words in text.values())
    return charts.styled(figure, height=80 + 29 * lines, left=200)
