"""Two areas side by side: estimate, what sets each apart from the country, indicators."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.common import charts, show, state
from pages.common.words import _, current
from riskmodel.colours import CATEGORY_COLOURS
from riskmodel.outputs.waterfall import steps_of
from riskmodel.results import Results
from riskmodel.study import Study

FIRST, SECOND = CATEGORY_COLOURS[:2]
MOST_ROWS = 10


def compare(study: Study, results: Results, code: str) -> None:
    """A second area beside the selected one; the most similar one until another is chosen."""
    st.subheader(_("Two areas side by side"), anchor=False)
    names = results.areas.set_index("area_code")
    other = _other(results, names, code)
    if other is None:
        return
    mine, theirs = str(names.loc[code, "area_name"]), str(names.loc[other, "area_name"])
    if mine == theirs:
        mine, theirs = f"{mine} ({code})", f"{theirs} ({other})"
    st.markdown(_difference(results, names, code, other, mine, theirs))
    show.table(_table(study, results, names, (code, other), (mine, theirs)), left=[_("Characteristic")])
    steps = _steps(study, results, (code, other))
    if not steps.empty:
        figure = _bars(steps, mine, theirs, results)
        show.chart(
            figure,
            f"compare_{code}_{other}",
            _(
                "How far each determinant moves the two areas away from the country: to the right more, to the left less."
            ),
            title=_("{first} and {second}: what sets each apart from the country", first=mine, second=theirs),
            data=steps,
        )


def _other(results: Results, names: pd.DataFrame, code: str) -> str | None:
    """The second area, from a select box that remembers."""
    labels = {
        c: name if pd.isna(parent) else f"{name} · {parent}"
        for c, name, parent in zip(names.index, names["area_name"], names["parent_name"], strict=True)
        if c != code
    }
    codes = sorted(labels, key=lambda c: (labels[c].casefold(), c))
    if not codes:
        return None
    near = results.peers
    if len(near):
        near = near[(near["area_code"] == code) & (near["scope"] == "all")]
    kept = state.keep("compared_area", None)
    start = kept if kept in labels else near["peer_code"].iloc[0] if len(near) else codes[0]
    chosen = st.selectbox(_("Compare with"), codes, index=codes.index(start), format_func=labels.__getitem__)
    state.put("compared_area", chosen)
    return chosen


def _difference(results: Results, names: pd.DataFrame, code: str, other: str, mine: str, theirs: str) -> str:
    """Which has more, and whether the intervals leave it open."""
    t, measure = current(), results.measure
    a, b = names.loc[code], names.loc[other]
    words = {"first": show.escape(mine), "second": show.escape(theirs)}
    if pd.isna(a[measure]) or pd.isna(b[measure]):
        return _("One of the two has no estimate.")
    gap = a[measure] - b[measure]
    words["gap"] = t.number(abs(gap) * (100 if measure == "area_risk" else 1), 1)
    if measure == "index":
        if gap >= 0:
            return _("**{first}** has {gap} index points more than **{second}**.", **words)
        return _("**{first}** has {gap} index points less than **{second}**.", **words)
    if (
        pd.notna(a["ci_lower"])
        and pd.notna(b["ci_lower"])
        and a["ci_lower"] <= b["ci_upper"]
        and b["ci_lower"] <= a["ci_upper"]
    ):
        return _(
            "The intervals of **{first}** and **{second}** overlap: a difference of {gap} percentage points that may be chance.",
            **words,
        )
    if gap >= 0:
        return _("The risk in **{first}** is {gap} percentage points higher than in **{second}**.", **words)
    return _("The risk in **{first}** is {gap} percentage points lower than in **{second}**.", **words)


def _table(
    study: Study, results: Results, names: pd.DataFrame, codes: tuple[str, str], titles: tuple[str, str]
) -> pd.DataFrame:
    """Estimate, children, level and indicators of the two and of the country."""
    t, k, first = current(), int(results.manifest["k"]), _("Characteristic")
    pair = [names.loc[c] for c in codes]
    country = results.national.iloc[0]
    rows = [
        [
            _("Index") if results.measure == "index" else _("Risk"),
            *(show.measure_text(row, results) for row in (*pair, country)),
        ]
    ]
    rows.append([_("Level"), *(show.level_name(row["level"], k) for row in pair), ""])
    rows.append([_("Children"), *(t.number(row["children"]) for row in (*pair, country))])
    if pd.notna(country["expected_count"]):
        rows.append([_("Expected number"), *(t.number(row["expected_count"]) for row in (*pair, country))])
    if len(results.indicators) and len(results.profile):
        own = results.indicators.set_index("area_code")
        means = results.profile[(results.profile["level"] == 0) & (results.profile["source"] == "indicator")].set_index(
            "name"
        )["mean"]
        for indicator in study.indicator:
            label = indicator.label or indicator.name
            title = _("{label} ({unit})", label=label, unit=indicator.unit) if indicator.unit else label
            values = [*(own.loc[c, indicator.name] for c in codes), means[indicator.name]]
            rows.append([title, *(t.number(value, 1) for value in values)])
    return pd.DataFrame(rows, columns=[first, *titles, _("Country")])


def _steps(study: Study, results: Results, codes: tuple[str, str]) -> pd.DataFrame:
    """Contributions of both, the determinants that part them most first."""
    if results.contributions.empty:
        return pd.DataFrame()
    sides = [
        steps_of(study, results, code, current(), shown=len(results.contributions)).set_index(["determinant", "label"])["contribution"]
        for code in codes
    ]  # fmt: skip
    both = pd.concat(sides, axis=1, keys=["first", "second"]).dropna().reset_index()
    order = (both["first"] - both["second"]).abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order].head(MOST_ROWS).reset_index(drop=True)


def _bars(steps: pd.DataFrame, mine: str, theirs: str, results: Results) -> go.Figure:
    """Two points per determinant, joined, about the country's zero."""
    t, risk = current(), results.measure == "area_risk"
    scale = 100.0 if risk else 1.0
    labels = [charts.wrapped(label) for label in steps["label"]]
    figure = go.Figure()
    for label, a, b in zip(labels, steps["first"] * scale, steps["second"] * scale, strict=True):
        figure.add_scatter(x=[a, b], y=[label, label], mode="lines", line={"width": 1.5, "color": "#808080"},
                           hoverinfo="skip", showlegend=False)  # fmt: skip
    for name, column, colour, symbol in ((mine, "first", FIRST, "circle"), (theirs, "second", SECOND, "diamond")):
        said = [t.points(value * scale / 100) for value in steps[column]]
        figure.add_scatter(
            x=steps[column] * scale, y=labels, mode="markers", name=name, customdata=said,
            marker={"size": 11, "color": colour, "symbol": symbol},
            hovertemplate="%{fullData.name} · %{y}: %{customdata}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=0, line_width=1.2, line_color=charts.TOTAL)
    figure.add_annotation(x=0, y=1.0, yref="paper", text=_("Country"), showarrow=False, yanchor="bottom", font_size=12)
    figure.update_xaxes(
        title=_("Difference from the country, percentage points") if risk else _("Difference from the country, points")
    )
    figure.update_yaxes(autorange="reversed", title=None)
    charts.styled(figure, height=150 + 36 * len(labels), left=200)
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "y": 1.08, "yanchor": "bottom", "x": 0}, margin_t=64
    )
    return figure
