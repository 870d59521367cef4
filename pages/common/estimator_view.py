"""Show the prediction of areas beside the synthetic estimate: what the survey's own children of an area add."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.common import charts, show
from pages.common.words import _, current, plural
from riskmodel.areas.estimators import moved
from riskmodel.results import Results

QUIET = "rgba(128,128,128,.55)"


def beside_each_other(results: Results) -> None:
    """Model screen: in words how much the survey moves its areas, and every area as a point."""
    table = results.estimators
    if table.empty:
        return
    t = current()
    further = moved(table)
    inside = table.loc[further.index].assign(moved=further)
    away = (inside["area_risk"] - inside["synthetic_risk"]).abs()
    st.subheader(_("What does the survey add about its own areas?"), anchor=False)
    st.write(
        plural(
            "The survey has children of {count} area.",
            "The survey has children of {count} areas.",
            len(inside),
        )
        + " "
        + _(
            "In {moved} of them the survey's own children move the estimate by more than its standard error.",
            moved=t.number(int(further.sum())),
        )
        + " "
        + _("On average it moves {points} percentage points.", points=t.number(100 * away.mean(), 1))
    )
    others = table[~table["in_sample"].fillna(False).astype(bool) & table["area_risk"].notna()]
    if len(others):
        st.write(
            plural(
                "{count} area is not in the survey and keeps the estimate from its determinants alone.",
                "{count} areas are not in the survey and keep the estimate from their determinants alone.",
                len(others),
            )
            + " "
            + _(
                "Standard error: on average {inside} percentage points in areas of the survey, {outside} in the others.",
                inside=t.number(100 * inside["se"].mean(), 1),
                outside=t.number(100 * others["se"].mean(), 1),
            )
        )
    show.chart(
        scatter(inside, results.areas.set_index("area_code")["area_name"]),
        "estimators",
        _(
            "Each point is an area of the survey. On the dotted line nothing changes; filled points moved by more than their standard error."
        ),
    )
    show.download_table(table, "estimators", _("Download both estimates of every area (CSV)"))


def of_area(results: Results, code: str) -> None:
    """Map card: whether the area was in the survey, and what it would be without."""
    if results.estimators.empty:
        return
    t = current()
    row = results.estimators.set_index("area_code").loc[code]
    if pd.isna(row["area_risk"]):
        return
    if pd.isna(row["in_sample"]) or not row["in_sample"]:
        st.caption(_("Not in the survey: estimated from its determinants alone."))
        return
    st.caption(
        plural(
            "In the survey, with {count} child. From its determinants alone: {risk}.",
            "In the survey, with {count} children. From its determinants alone: {risk}.",
            int(row["children_asked"]),
            risk=t.percent(row["synthetic_risk"]),
        )
    )


def scatter(inside: pd.DataFrame, names: pd.Series) -> go.Figure:
    """Synthetic estimate across, prediction up, in percent; `inside` has `moved`."""
    t = current()
    figure = go.Figure()
    top = 105 * float(inside[["area_risk", "synthetic_risk"]].max().max())
    low = 95 * float(inside[["area_risk", "synthetic_risk"]].min().min())
    figure.add_shape(type="line", x0=low, y0=low, x1=top, y1=top, line={"width": 1.2, "dash": "dot", "color": QUIET})
    for moved_ones, part in inside.groupby("moved"):
        hover = [
            _(
                "{name}: {risk} with the survey's {children} children, {synthetic} from its determinants alone",
                name=names.get(row.area_code, row.area_code),
                risk=t.percent(row.area_risk),
                children=t.number(row.children_asked),
                synthetic=t.percent(row.synthetic_risk),
            )
            for row in part.itertuples()
        ]
        colour = charts.ACCENT if moved_ones else "rgba(0,0,0,0)"
        figure.add_trace(
            go.Scatter(
                x=part["synthetic_risk"] * 100,
                y=part["area_risk"] * 100,
                mode="markers",
                marker={
                    "size": 9 if moved_ones else 7,
                    "color": colour,
                    "line": {"width": 1.2, "color": charts.ACCENT if moved_ones else QUIET},
                },
                hovertext=hover,
                hoverinfo="text",
            )
        )
    figure.update_xaxes(title=_("From determinants alone, %"), range=[low, top])
    figure.update_yaxes(title=_("With the survey, %"), range=[low, top], showgrid=True)
    return charts.styled(figure, height=440, left=60)
