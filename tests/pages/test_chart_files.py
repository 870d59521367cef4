"""A chart of the screen as files says what the screen says."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st

from pages.common import charts
from pages.common.chart_files import chart_of, chart_table, drawable
from riskmodel.outputs.chart_drawing import chart_png, chart_svg


@pytest.fixture(autouse=True)
def english():
    st.session_state["language"] = "en"


def test_bars():
    figure = charts.bars([3.0, 1.5], ["One", "Two <b>"], "Areas", reference=2.0, reference_label="Country")
    chart = chart_of(figure, "Title", "Note")
    assert [(bar.place, bar.start, bar.end, bar.text) for bar in chart.bars] == [
        (0, 0.0, 3.0, "3.0"),
        (1, 0.0, 1.5, "1.5"),
    ]
    assert chart.names[0] == "One"
    assert (chart.rules[0].at, chart.rules[0].label) == (2.0, "Country")
    assert (chart.title, chart.note, chart.x_title) == ("Title", "Note", "Areas")
    assert chart_table(figure)["x"].to_list() == [3.0, 1.5]
    assert chart_png(chart)


def test_waterfall():
    parts = pd.DataFrame({"label": ["Rural", "School"], "contribution": [0.03, -0.01]})
    figure = charts.waterfall(parts, 0.10, 0.12, "Country", "Place", True)
    chart = chart_of(figure)
    assert [(round(bar.start, 6), round(bar.end, 6)) for bar in chart.bars] == [(0, 10), (10, 13), (13, 12), (0, 12)]
    assert chart.names == ("Country", "Rural", "School", "Place")
    assert len({bar.colour for bar in chart.bars}) == 3


def test_points_with_intervals_and_a_log_axis():
    coefficients = pd.DataFrame({"odds_ratio": [2.0, 0.5], "ci_lower": [1.5, 0.4], "ci_upper": [2.6, 0.7]})
    figure = charts.forest(coefficients, ["Boy", "In school"])
    chart = chart_of(figure)
    assert chart.x_log
    assert [(p.x, round(p.low, 9), round(p.high, 9)) for p in chart.points] == [(2.0, 1.5, 2.6), (0.5, 0.4, 0.7)]
    assert chart.rules[0].at == 1
    table = chart_table(figure)
    assert table["x_upper"].to_list() == pytest.approx([2.6, 0.7])
    assert table["y"].to_list() == ["Boy", "In school"]
    assert chart_svg(chart)


def test_lines_and_numbers_on_both_axes():
    tenths = pd.DataFrame({"predicted": [0.05, 0.10], "observed": [0.04, 0.12]})
    chart = chart_of(charts.calibration(tenths))
    assert chart.names == ()
    assert chart.lines[0].dashed
    assert [v for p in chart.points for v in (p.x, p.y)] == pytest.approx([5.0, 4.0, 10.0, 12.0])
    assert chart_table(charts.calibration(tenths))["x"].to_list() == pytest.approx(
        [5.0, 10.0]
    )  # not the line of reference
    roc = pd.DataFrame({"cut_off": [0.1, 0.2], "sensitivity": [0.9, 0.5], "specificity": [0.3, 0.8]})
    assert chart_png(chart_of(charts.roc(roc)))


def test_upright_bars_series_and_gaps():
    figure = go.Figure([
        go.Bar(x=["2019", "2024"], y=[4.0, None], name="boys", marker_color="#0072B2"),
        go.Bar(x=["2019", "2024"], y=[3.0, 2.0], name="girls", marker_color="#E69F00"),
    ])  # fmt: skip
    figure.update_layout(showlegend=True)
    chart = chart_of(figure)
    assert chart.upright
    assert chart.names == ("2019", "2024")
    assert [(bar.place, bar.end) for bar in chart.bars] == [(0, 4.0), (0, 3.0), (1, 2.0)]
    assert chart.key == (("boys", "#0072B2"), ("girls", "#E69F00"))
    assert set(chart_table(figure)["series"]) == {"boys", "girls"}
    assert chart_png(chart)


def test_bands_about_a_line_are_kept():
    """An interval that is drawn on screen is drawn on paper; its table is that of the line."""
    band = go.Scatter(x=[1, 2, 2, 1], y=[1, 2, 4, 3], fill="toself", fillcolor="rgba(11, 122, 135, .15)", mode="lines")
    line = go.Scatter(x=[1, 2], y=[2, 3], mode="lines", line_color="#0B7A87")
    chart = chart_of(go.Figure([band, line]))
    assert [(b.colour, b.ys) for b in chart.bands] == [("#0B7A87", (1.0, 2.0, 4.0, 3.0))]
    assert len(chart.lines) == 1
    assert chart_table(go.Figure([band, line]))["y"].to_list() == [2, 3]
    assert chart_png(chart)


def test_what_cannot_be_drawn_is_still_a_table():
    figure = go.Figure(go.Heatmap(x=[1], y=[1], z=[[1]]))
    assert not drawable(figure)
    assert not drawable(go.Figure())


def test_rows_of_one_thing_stand_under_its_name_in_the_file_too():
    coefficients = pd.DataFrame(
        {"odds_ratio": [2.0, 0.5, 3.0], "ci_lower": [1.5, 0.4, 2.0], "ci_upper": [3.0, 0.7, 4.0]}
    )
    chart = chart_of(charts.forest(coefficients, ["Age: 12 to 14", "Age: 15 to 17", "Sex: boy"]))
    assert chart.names == ("Age", "12 to 14", "15 to 17", "Sex: boy")
    assert [point.y for point in chart.points] == [1, 2, 3]
    assert chart_png(chart)
