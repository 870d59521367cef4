"""The figures of the Index screen: places under other choices, what moves them, weights beside importance.

Two kinds of points differ in shape as well as colour once photocopied; every figure is drawable for paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.common import charts
from pages.common.row_labels import put_rows
from pages.common.words import _, current

GREY = "rgba(128,128,128,.9)"
OWN = charts.LINES[1]
PALE = "#9CC9CD"


def places(rows: pd.DataFrame, names: Sequence[str]) -> go.Figure:
    """Median place of areas with its interval, and the place in the study.

    rows : rank, rank_lower, rank_median, rank_upper.
    """
    t = current()
    labels = list(names)
    hover = [
        _("{label}: place {rank} in the study, between {lower} and {upper} under other choices",
          label=label, rank=t.number(r.rank), lower=t.number(r.rank_lower), upper=t.number(r.rank_upper))
        for label, r in zip(names, rows.itertuples(), strict=True)
    ]  # fmt: skip
    figure = go.Figure(
        go.Scatter(
            x=rows["rank_median"], y=labels, mode="markers", name=_("Middle place and range, other choices"),
            marker={"size": 9, "color": charts.ACCENT}, hovertext=hover, hoverinfo="text",
            error_x={"type": "data", "symmetric": False, "array": rows["rank_upper"] - rows["rank_median"],
                     "arrayminus": rows["rank_median"] - rows["rank_lower"], "thickness": 1.4, "width": 5, "color": GREY},
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(x=rows["rank"], y=labels, mode="markers", name=_("Place in this study"), hovertext=hover, hoverinfo="text",
                   marker={"size": 10, "color": OWN, "symbol": "diamond-open", "line": {"width": 2}})
    )  # fmt: skip
    figure.update_xaxes(title=_("Place in the country, 1 is the most vulnerable"), rangemode="tozero")
    return _with_key(charts.styled(figure, height=150 + put_rows(figure, labels, between="\n"), left=200))


def sensitivity(first: Sequence[float], total: Sequence[float], labels: Sequence[str]) -> go.Figure:
    """Share of the movement of places that goes with each choice, alone and together with others, in percent."""
    t = current()
    own = [min(max(v, 0.0), max(whole, 0.0)) * 100 for v, whole in zip(first, total, strict=True)]
    more = [max(whole, 0.0) * 100 - part for whole, part in zip(total, own, strict=True)]
    names = list(labels)
    figure = go.Figure()
    for values, base, name, colour, text in (
        (own, None, _("By itself"), charts.ACCENT, [""] * len(own)),
        (more, own, _("Together with other choices"), PALE, [t.number(v * 100, 0) for v in total]),
    ):
        figure.add_trace(
            go.Bar(x=values, y=names, base=base, orientation="h", marker_color=colour, name=name, text=text, textposition="outside",
                   cliponaxis=False, hovertemplate="%{y}: %{x:.0f} %<extra></extra>")
        )  # fmt: skip
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(title=_("Share of the movement of places, %"), rangemode="tozero")
    return _with_key(charts.styled(figure, height=150 + put_rows(figure, names, between="\n"), left=200))


def importance(rows: pd.DataFrame, labels: Sequence[str]) -> go.Figure:
    """Weight of each part beside its share of the importance, in percent. rows : weight, share."""
    names = list(labels)
    figure = go.Figure()
    for column, name, marker in (
        ("share", _("What it counts for"), {"size": 10, "color": charts.ACCENT}),
        ("weight", _("Its weight"), {"size": 10, "color": OWN, "symbol": "diamond-open", "line": {"width": 2}}),
    ):
        figure.add_trace(
            go.Scatter(x=rows[column] * 100, y=names, mode="markers", name=name, marker=marker,
                       hovertemplate=f"%{{y}}: %{{x:.1f}} %<extra>{name}</extra>")
        )  # fmt: skip
    figure.update_xaxes(title=_("Share of the index, %"), rangemode="tozero")
    return _with_key(charts.styled(figure, height=150 + put_rows(figure, names, room=4, between="\n"), left=200))


def _with_key(figure: go.Figure) -> go.Figure:
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom"},
        margin_t=64,
    )
    return figure
