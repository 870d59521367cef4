from __future__ import annotations

import itertools

import pandas as pd
import pytest

from geodata.palette import lightness
from pages.common import charts
from pages.common.chart_looks import GREYS, LARGER, PATTERNS, enlarged, photocopied, table_of
from riskmodel.colours import level_colours


def grey(colour: str) -> bool:
    return colour[1:3] == colour[3:5] == colour[5:7]


@pytest.fixture
def waterfall():
    parts = pd.DataFrame({"label": ["Rural", "School"], "contribution": [0.03, -0.01]})
    return charts.waterfall(parts, 0.10, 0.12, "Country", "Area", risk=True)


def test_a_photocopied_waterfall_is_grey_and_keeps_rise_and_fall_apart(waterfall):
    made = photocopied(waterfall)
    up, down = made.data[0].increasing.marker.color, made.data[0].decreasing.marker.color
    assert grey(up)
    assert grey(down)
    assert lightness(down) - lightness(up) > 28
    assert waterfall.data[0].increasing.marker.color == charts.RISK  # the chart given is left as it was


def test_photocopied_bars_of_levels_differ_in_grey_and_in_pattern():
    colours = list(level_colours(3))
    made = photocopied(charts.bars([1, 2, 3], ["a", "b", "c"], "x", colours=colours)).data[0]
    assert all(grey(c) for c in made.marker.color)
    assert len(set(made.marker.color)) == len(set(made.marker.pattern.shape)) == 3
    shades = [lightness(c) for c in made.marker.color]
    assert shades == sorted(shades, reverse=True)  # the darker level stays the darker one


def test_photocopied_points_differ_in_shape():
    known = pd.DataFrame({"odds_ratio": [2.0, 0.5], "ci_lower": [1.5, 0.4], "ci_upper": [3.0, 0.7]})
    made = photocopied(charts.forest(known, ["a", "b"])).data[0]
    assert len(set(made.marker.symbol)) == 2
    assert made.marker.color == "#000000"


def test_greys_and_patterns_are_enough_apart():
    shades = [lightness(c) for c in GREYS]
    assert min(a - b for a, b in itertools.pairwise(shades)) >= 17
    assert len(set(PATTERNS)) == len(PATTERNS) == 6


def test_a_projector_enlarges_letters_and_height(waterfall):
    made = enlarged(waterfall)
    assert made.layout.font.size == round(14 * LARGER)
    assert made.layout.height > 1.4 * waterfall.layout.height


def test_the_table_of_a_chart_holds_its_figures():
    """The intervals of a forest plot come back as its limits."""
    known = pd.DataFrame({"odds_ratio": [2.0, 0.5], "ci_lower": [1.5, 0.4], "ci_upper": [3.0, 0.7]})
    table = table_of(charts.forest(known, ["a", "b"]))
    assert table.iloc[:, 0].tolist() == ["a", "b"]
    assert [float(v.replace(",", ".")) for v in table.iloc[:, 2]] == [1.5, 0.4]
    assert [float(v.replace(",", ".")) for v in table.iloc[:, 3]] == [3.0, 0.7]


def test_the_table_of_a_waterfall_has_every_step(waterfall):
    table = table_of(waterfall)
    assert table.iloc[:, 0].tolist() == ["Country", "Rural", "School", "Area"]
    assert len(table.columns) == 2
    assert all(table.iloc[:, 1])


def test_reference_lines_are_not_rows():
    points = pd.DataFrame({"predicted": [0.1, 0.2], "observed": [0.12, 0.19]})
    assert len(table_of(charts.calibration(points))) == 2
