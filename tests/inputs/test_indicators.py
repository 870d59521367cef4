"""Values of indicators: impossible ones, and units mixed in a column."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.indicators import check_indicator
from riskmodel.problems import Where
from riskmodel.study import Indicator


def found(values: list[float], unit: str = "%") -> list[tuple[str, tuple[int, ...], str]]:
    problems = check_indicator(Indicator(name="x", unit=unit), pd.Series(values), Where("t.csv"))
    return [(p.code, p.where.rows, p.severity) for p in problems]


def test_negative_where_the_unit_does_not_allow_it():
    assert found([3.0, -1.0, 8.0]) == [("indicator_negative", (3,), "error")]
    assert found([3.0, -1.0, 8.0], "°C") == []
    assert found([3.0, -1.0, 8.0], "") == []


def test_more_than_the_whole():
    assert found([3.0, 101.0, 80.0]) == [("indicator_above_hundred", (3,), "warning")]
    assert found([0.3, 0.9, 1.2, 1.3], "proporción") == [("indicator_above_one", (4, 5), "warning")]


@pytest.mark.parametrize("unit", ["%", "", "proportion"])
def test_percentages_among_proportions_are_named_with_their_rows(unit: str):
    values = [0.12, 0.31, 0.08, 0.44, 0.25, 31.0, 0.19, 12.5]
    assert found(values, unit) == [("indicator_mixed_units", (7, 9), "warning")]


def test_a_long_tail_of_small_percentages_is_not_mixed():
    """Most municipalities under 1 %, some at 40 %, and all that lies between."""
    rng = np.random.default_rng(1)
    values = np.exp(rng.normal(-0.8, 1.4, 400)).tolist()
    assert sum(v <= 1 for v in values) > 200
    assert max(values) > 15
    assert found(values) == []
    assert found([0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 25.0], "") == []  # counts
