"""Draw how far survey and population describe the same children: paired dots by category, the table beneath."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.common import charts, show
from pages.common.row_labels import lines_of
from pages.common.words import _, current
from riskmodel.colours import CATEGORY_COLOURS
from riskmodel.inputs.harmonise import SHARE_TOLERANCE
from riskmodel.outputs.words import category_name
from riskmodel.results import Results
from riskmodel.study import Study

SURVEY, POPULATION = CATEGORY_COLOURS[:2]
SHOWN = 15


def section(study: Study, results: Results) -> None:
    """Sentence, picture and table."""
    t, table = current(), results.harmonisation
    st.subheader(_("Do survey and population describe the same children?"), anchor=False)
    if table.empty:
        st.caption(_("There is no categorical determinant to compare."))
        return
    labels = {d.name: d.label or d.name for d in study.determinant}
    tolerance = study.population.tolerance if study.population else SHARE_TOLERANCE
    rows = table.assign(
        label=[
            f"{labels.get(r.determinant, r.determinant)}: {category_name(r.category, t)}" for r in table.itertuples()
        ],
        apart=(table["difference"].abs() > tolerance) | table["difference"].isna(),
        size=table["difference"].abs().fillna(1.0),
    ).sort_values(["size", "label"], ascending=[False, True])
    limit = t.number(tolerance * 100, 0 if round(tolerance * 100, 6).is_integer() else 1)
    if not rows["apart"].any():
        st.write(_("Yes, within {limit} percentage points in every category.", limit=limit))
    else:
        named = "; ".join(show.escape(label) for label in rows.loc[rows["apart"], "label"])
        st.write(
            _("They differ by more than {limit} percentage points, or a category is on one side only: {named}.",
              limit=limit, named=named)
        )  # fmt: skip
    drawn = rows.dropna(subset=["survey_share", "population_share"]).head(max(SHOWN, int(rows["apart"].sum())))
    if len(drawn):
        show.chart(
            picture(drawn),
            "harmonisation",
            _(
                "Share of each category among the children of the survey (circle, weighted) and of the population (diamond); the widest differences first. A bold name with a mark is outside the tolerance of {limit} percentage points.",
                limit=limit,
            )
            + (
                " "
                + _(
                    "The {count} with the widest differences are drawn; all are in the table.",
                    count=t.number(len(drawn)),
                )
                if len(drawn) < len(rows)
                else ""
            ),
        )
    with st.expander(_("The comparison as a table")):
        show.harmonisation(rows, study)
        st.caption(_("Shares have no interval here: the tolerance is there to find codes that do not match, not to judge chance."))  # fmt: skip
        show.download_table(table, "harmonisation")


def picture(rows: pd.DataFrame) -> go.Figure:
    """Paired dots. rows : label, survey_share, population_share, apart; in the order drawn."""
    t = current()
    keys = [f"row {i}" for i in range(len(rows))]
    words = [
        f"<b>▲ {lines_of(label)}</b>" if apart else lines_of(label)
        for label, apart in zip(rows["label"], rows["apart"], strict=True)
    ]
    figure = go.Figure()
    ends = zip(keys, rows["survey_share"] * 100, rows["population_share"] * 100, rows["apart"], strict=True)
    for key, survey, population, apart in ends:
        figure.add_trace(
            go.Scatter(x=[survey, population], y=[key, key], mode="lines", hoverinfo="skip", showlegend=False,
                       line={"width": 4 if apart else 2, "color": "rgba(128,128,128,.6)"})
        )  # fmt: skip
    hover = [
        _("{label}: survey {survey}, population {population}", label=r.label, survey=t.percent(r.survey_share), population=t.percent(r.population_share))
        for r in rows.itertuples()
    ]  # fmt: skip
    for name, column, colour, symbol, size in (
        (_("Survey"), "survey_share", SURVEY, "circle-open", 14),
        (_("Population"), "population_share", POPULATION, "diamond", 7),
    ):
        figure.add_trace(
            go.Scatter(x=rows[column] * 100, y=keys, mode="markers", name=name, hovertext=hover, hoverinfo="text",
                       marker={"size": size, "color": colour, "symbol": symbol, "line": {"width": 2.2, "color": colour}}, cliponaxis=False)
        )  # fmt: skip
    figure.update_xaxes(title=_("Share, % of children"), rangemode="tozero")
    figure.update_yaxes(categoryorder="array", categoryarray=keys, tickvals=keys, ticktext=words,
                        range=[len(keys) - 0.4, -0.6], title=None)  # fmt: skip
    lines = sum(1 + word.count("<br>") for word in words)
    styled = charts.styled(figure, height=120 + 27 * lines, left=220)
    styled.update_layout(
        showlegend=True, legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}, margin_t=44
    )
    return styled
