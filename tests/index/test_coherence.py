"""Cronbach's α, importance beside weight, and correlations: hand examples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.index.coherence import coherence_table, correlation_ratio, cronbach_alpha, importance_table


def test_alpha_by_hand():
    """Variances 2.5, 2.5 and 1, of the sums 6, 6, 12, 11, 15: 15.5; α = 3/2 · (1 − 6 / 15.5) = 0.9194."""
    scores = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [2, 1, 4, 3, 5], "z": [3, 3, 5, 4, 5.0]})
    assert scores.sum(axis=1).to_list() == [6, 6, 12, 11, 15]
    assert scores.var().to_list() == pytest.approx([2.5, 2.5, 1.0])
    assert cronbach_alpha(scores) == pytest.approx(1.5 * (1 - 6 / 15.5))
    assert cronbach_alpha(scores[["x", "x"]]) == pytest.approx(1)
    assert np.isnan(cronbach_alpha(scores[["x"]]))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"x": [1.0, 2.0], "y": [2.0, 1.0]})))


def test_importance_of_independent_indicators_goes_with_the_square_of_weights():
    """I = 0.2 x + 0.8 y of independent uniforms: S = w² / Σ w² = 0.0588, 0.9412 against weights of 0.2 and 0.8."""
    rng = np.random.default_rng(1)
    scores = pd.DataFrame(rng.uniform(0, 100, (20_000, 2)), columns=["x", "y"])
    weights = pd.DataFrame({"dimension": ["one", "two"], "weight": [0.2, 0.8]}, index=["x", "y"])
    index = scores @ weights["weight"]
    found = importance_table(scores, scores.set_axis(["one", "two"], axis=1), index, weights).set_index(
        ["part", "name"]
    )
    told = found.loc["indicator"]
    assert told["linear_importance"].to_list() == pytest.approx([1 / 17, 16 / 17], abs=0.01)
    assert told["first_order"].to_list() == pytest.approx([1 / 17, 16 / 17], abs=0.01)
    assert told["share"].sum() == pytest.approx(1)
    assert told["weight"].to_list() == [0.2, 0.8]
    assert found.loc["dimension", "first_order"].to_list() == pytest.approx(told["first_order"].to_list())
    assert found.loc[("index", ""), "alpha"] == pytest.approx(0, abs=0.03)


def test_first_order_importance_sees_what_a_line_does_not():
    """y = x² on a symmetric x has no correlation with x and hangs on nothing else."""
    x = pd.Series(np.linspace(-1, 1, 2_001))
    assert x.corr(x**2) == pytest.approx(0, abs=1e-9)
    assert correlation_ratio(x, x**2) > 0.98


def test_chance_alone_is_no_importance_and_constants_have_none():
    rng = np.random.default_rng(2)
    ratio = [correlation_ratio(*(pd.Series(rng.normal(size=400)) for _ in range(2))) for _ in range(40)]
    assert np.mean(ratio) < 0.02
    assert np.isnan(correlation_ratio(pd.Series([1.0] * 30), pd.Series(range(30))))
    mostly = pd.Series([0.0] * 95 + [1.0] * 5)
    assert correlation_ratio(mostly, mostly * 10) == pytest.approx(1)


def test_pairs_are_told_once_and_by_dimension():
    scores = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [3.0, 2.0, 1.0], "z": [1.0, 3.0, 2.0]})
    dimensions = pd.DataFrame({"one": [2.0, 2.0, 2.0], "two": [1.0, 3.0, 2.0]})
    found = coherence_table(scores, dimensions, pd.Series({"x": "one", "y": "one", "z": "two"}))
    assert found[["part", "name", "other", "same_dimension"]].to_numpy().tolist() == [
        ["indicator", "x", "y", True],
        ["indicator", "x", "z", False],
        ["indicator", "y", "z", False],
        ["dimension", "one", "two", False],
    ]
    assert found["pearson"].to_list()[:3] == pytest.approx([-1, 0.5, -0.5])
    assert np.isnan(found["pearson"].to_list()[3])
