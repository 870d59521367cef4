"""Percentile ranks with themes: by hand, ties, and the country's own place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.index.compute import compute_index
from riskmodel.index.percentile import percentile_rank, place_of
from riskmodel.study import IndexSettings, Indicator

SVI = IndexSettings(method="percentile_rank")


def test_equal_values_share_the_lowest_rank():
    """Like PERCENTRANK.INC of a spreadsheet: how many are below, over n − 1."""
    assert percentile_rank(pd.Series([1.0, 5, 5, 9, 20])).to_list() == pytest.approx([0, 0.25, 0.25, 0.75, 1])


def test_themes_by_hand():
    """a: 0, 1/3, 2/3, 1. b turned: 1, 2/3, 1/3, 0. c: 0, 1/3, 1/3, 1. Theme one sums to 1 everywhere: all tie at 0.

    The whole: 1, 4/3, 4/3, 2 → 0, 1/3, 1/3, 1.
    """
    areas = pd.DataFrame({"area_code": list("wxyz"), "a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 4], "c": [0.0, 7, 7, 9]})
    declared = (Indicator(name="a", dimension="one"), Indicator(name="b", dimension="one", direction=-1),
                Indicator(name="c", dimension="two"))  # fmt: skip
    result = compute_index(areas, declared, SVI)
    assert result.scores["a"].to_list() == pytest.approx([0, 100 / 3, 200 / 3, 100])
    assert result.scores["b"].to_list() == pytest.approx([100, 200 / 3, 100 / 3, 0])
    assert result.scores["dim:one"].to_list() == pytest.approx([0, 0, 0, 0])
    assert result.scores["dim:two"].to_list() == pytest.approx([0, 100 / 3, 100 / 3, 100])
    assert result.scores["index"].to_list() == pytest.approx([0, 100 / 3, 100 / 3, 100])
    assert dict(result.effective_weights) == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert result.weights["dimension_weight"].to_list() == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def test_a_sum_between_two_areas_has_a_place_between_theirs():
    totals = np.array([1.0, 2, 2, 4])
    assert place_of(2, totals) == pytest.approx(1 / 3)
    assert place_of(3, totals) == pytest.approx(2 / 3)


def test_settings_that_are_not_used_are_told():
    areas = pd.DataFrame({"area_code": list("wxyz"), "a": [1.0, 2, 3, 4]})
    settings = IndexSettings(method="percentile_rank", weights="entropy", within="geometric")
    told = compute_index(areas, (Indicator(name="a"),), settings).problems
    assert [(p.code, p.values["keys"]) for p in told] == [("index_settings_unused", ["weights", "within"])]
