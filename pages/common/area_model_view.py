"""The Model screen of the area model: which indicators matter, and what the measured rates gain from it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.common import charts, show
from pages.common.applied_area_view import applied_words, ranges
from pages.common.row_labels import put_rows
from pages.common.words import _, current, plural
from riskmodel.areamodel.prepare import MOST_INFLATION
from riskmodel.outputs import fit_words
from riskmodel.results import Results
from riskmodel.study import Study

# On the screen; the table of the downloads holds every area.
POINTS = 3000
INFLATED_SHOWN = 8


def screen(study: Study, results: Results) -> None:
    """Everything of a fitted area model."""
    t, d = current(), results.diagnostics
    inside, without = d["areas_with_direct"], d["areas_without_direct"]
    labels = {i.name: i.label or i.name for i in study.indicator}
    applied = "ranges" in d
    st.markdown(applied_words(results) if applied else _coverage(inside, without))
    found = results.coefficients[results.coefficients["determinant"] != ""]
    found = found.reindex(found["ame"].abs().sort_values(ascending=False).index).reset_index(drop=True)
    names = [labels.get(name, name) for name in found["determinant"]]
    if len(found):
        st.subheader(_("Which indicators go with child labour?"), anchor=False)
        show.chart(
            effects(found, names),
            "area_model_effects",
            _(
                "How much the rate differs, in percentage points, where the indicator is one standard deviation higher and the others are equal. Lines are 95% intervals; a line that crosses zero shows no clear association. These are associations, not causes."
            ),
            title=_("Which indicators go with child labour?"),
            figures=False,
        )
        with st.expander(_("The model as a table")):
            show.table(_table(found, names), left=[_("Indicator")])
            show.download_table(results.coefficients, "coefficients")
    _left_out(results, labels)
    _inflated(results, labels)
    if applied:
        ranges(study, results)
        return
    _parents(results)
    st.subheader(_("What do the measured rates gain?"), anchor=False)
    _agreement(results)
    st.caption(
        _("Errors from {count} drawn worlds.", count=t.number(study.area_model.bootstrap))
        if study.area_model is not None and study.area_model.bootstrap
        else _("Errors from the formula of Prasad and Rao.")
    )
    show.download_table(results.direct, "direct", _("Download measured and estimated rates (CSV)"))


def _coverage(inside: int, without: int) -> str:
    t = current()
    if not without:
        return _("All {count} areas have a measured rate. Each estimate joins it with what the indicators say; the less sure the measured rate is, the more they count.", count=t.number(inside))  # fmt: skip
    return _(
        "{inside} areas have a measured rate, which each estimate joins with what the indicators say. {without} areas have none: the indicators alone speak for them, and their intervals are wider.",
        inside=t.number(inside),
        without=t.number(without),
    )


def _table(found: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    t = current()
    return pd.DataFrame(
        {
            _("Indicator"): names,
            _("Effect of one standard deviation, percentage points"): [t.points(v) for v in found["ame"]],
            _("95% interval of the effect"): [
                f"{t.points(v - 1.96 * e)} – {t.points(v + 1.96 * e)}"
                for v, e in zip(found["ame"], found["ame_se"], strict=True)
            ],
            _("p value"): [fit_words.p_value(p, t) for p in found["p_value"]],
        }
    )


def _left_out(results: Results, labels: dict[str, str]) -> None:
    """What the program chose, and what it could not use."""
    t, d = current(), results.diagnostics
    if chosen := d.get("chosen"):
        kept = ", ".join(show.escape(labels.get(n, n)) for n in chosen["indicators"])
        better = 1 - chosen["error"] / chosen["error_without_indicators"]
        st.markdown(
            _(
                "Proposed by the program: {kept}. For areas of parent units left out of the fit, the error is {better} smaller than without any indicator. You decide: name the indicators in the Data screen.",
                kept=kept or _("none"),
                better=t.percent(max(better, 0.0), 0),
            )
        )
    if d["collinear"]:
        st.caption(
            _(
                "Left out because others say the same: {names}.",
                names=", ".join(show.escape(labels.get(n, n)) for n in d["collinear"]),
            )
        )


def _inflated(results: Results, labels: dict[str, str]) -> None:
    """Indicators that say nearly the same as the others together."""
    t = current()
    high = [(labels.get(n, n), v) for n, v in results.diagnostics.get("vif", {}).items() if v > MOST_INFLATION]
    if high:
        named = [_("{label} ({factor})", label=show.escape(n), factor=t.number(v, 0)) for n, v in high[:INFLATED_SHOWN]]
        st.caption(
            plural(
                "One indicator says nearly the same as the others together (its variance inflation factor is above 10), so its own effect is unsure; the estimates of areas do not suffer: {names}.",
                "{count} indicators say nearly the same as the others together (their variance inflation factors are above 10), so the effect of each is unsure; the estimates of areas do not suffer. The highest: {names}.",
                len(high),
                names="; ".join(named),
            )
        )


def _parents(results: Results) -> None:
    """What areas of one parent unit have in common beyond the indicators."""
    t, d = current(), results.diagnostics
    if d["parent_variance"] is None:
        return
    share = d["parent_variance"] / (d["parent_variance"] + d["own_variance"])
    st.markdown(
        _(
            "Of what the indicators leave unexplained, {share} is common to the areas of a parent unit; the rest is each area's own.",
            share=t.percent(share, 0),
        )
    )


def _agreement(results: Results) -> None:
    """Direct against model: the sentence, the figures, the picture."""
    t, a = current(), results.diagnostics["agreement"]
    if a is None:
        return
    left, right = st.columns(2)
    left.metric(_("Typical error of a measured rate"), t.percent(a["cv_direct_median"], 0))
    left.caption(_("Half of the areas have a smaller one. Error as a share of the rate."))
    right.metric(_("Typical error of an estimate"), t.percent(a["cv_model_median"], 0))
    right.caption(_("The same areas, with the indicators joined in."))
    st.markdown(fit_words.brown_sentence(a["p_value"], t))
    beside = results.direct[results.direct["in_sample"]]
    shown = beside if len(beside) <= POINTS else beside.sample(POINTS, random_state=1)
    names = dict(zip(results.areas["area_code"], results.areas["area_name"], strict=True))
    described = _(
        "Each point is an area. On the dotted line, estimate and measured rate are the same; pale points rest on few children and are drawn nearer to what the indicators say."
    )
    if len(shown) < len(beside):
        described += " " + _("{count} areas drawn by lot; the download has all.", count=t.number(len(shown)))
    figure = scatter(shown, [names.get(c, c) for c in shown["area_code"]])
    show.chart(
        figure,
        "area_model_scatter",
        described,
        title=_("Measured and estimated rates"),
        data=results.direct,
        figures=False,
    )


def effects(found: pd.DataFrame, names: list[str]) -> go.Figure:
    """Effects of one standard deviation with their intervals, percentage points; zero is the rule."""
    t = current()
    value, half = found["ame"] * 100, found["ame_se"] * 196
    figure = go.Figure(
        go.Scatter(
            x=value,
            y=names,
            mode="markers",
            marker={"size": 9, "color": [charts.RISK if v > 0 else charts.PROTECTIVE for v in value]},
            error_x={"type": "data", "array": half, "thickness": 1.2, "width": 5, "color": "rgba(128,128,128,.9)"},
            hovertext=[
                _("{label}: {points} percentage points", label=n, points=t.points(v / 100))
                for n, v in zip(names, value, strict=True)
            ],
            hoverinfo="text",
        )
    )
    figure.add_vline(x=0, line_width=1, line_dash="dot", line_color="rgba(128,128,128,.9)")
    figure.update_xaxes(title=_("Percentage points for one standard deviation"))
    return charts.styled(figure, height=90 + put_rows(figure, names, between="\n"), left=240)


def scatter(beside: pd.DataFrame, names: list[str]) -> go.Figure:
    """Measured rate across, estimate up, paler the less the measured rate weighs."""
    t = current()
    top = 100 * float(max(beside["direct"].max(), beside["area_risk"].max())) * 1.03
    figure = go.Figure(
        go.Scattergl(
            x=beside["direct"] * 100,
            y=beside["area_risk"] * 100,
            mode="markers",
            marker={"size": 6, "color": charts.PROTECTIVE, "opacity": 0.35 + 0.6 * beside["direct_weight"].to_numpy()},
            hovertext=[
                _(
                    "{label}: measured {direct}, estimated {estimate}",
                    label=n,
                    direct=t.percent(y),
                    estimate=t.percent(e),
                )
                for n, y, e in zip(names, beside["direct"], beside["area_risk"], strict=True)
            ],
            hoverinfo="text",
        )
    )
    figure.add_shape(
        type="line", x0=0, y0=0, x1=top, y1=top, line={"width": 1, "dash": "dot", "color": "rgba(128,128,128,.9)"}
    )
    figure.update_xaxes(title=_("Measured rate, %"), range=[-0.02 * top, top])
    figure.update_yaxes(
        title=_("Estimate, %"), range=[-0.02 * top, top], showgrid=True, gridcolor="rgba(128,128,128,.18)"
    )
    return charts.styled(figure, height=440, left=60)
