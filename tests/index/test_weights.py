"""Weights: components with their signs, entropy, points, an earlier rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.index.compute import compute_index
from riskmodel.index.weights import make_weights
from riskmodel.problems import InputProblems
from riskmodel.study import IndexSettings, Indicator


def declared(*dimensions: str) -> tuple[Indicator, ...]:
    return tuple(Indicator(name=n, label=n.upper(), dimension=d) for n, d in zip("abcde", dimensions, strict=False))


def settings(weights: str) -> IndexSettings:
    return IndexSettings(weights=weights)  # type: ignore[arg-type]


def test_component_of_three_by_hand():
    """Correlations r(a,b) = 0 and r(a,c) = r(b,c) = 1/√2: the first component is (1, 1, √2)/2, share (1 + 1)/3.

    a and b are uncorrelated columns of equal variance, c their sum. Squared loadings are ¼, ¼, ½.
    """
    table = pd.DataFrame({"a": [0.0, 0, 100, 100], "b": [0.0, 100, 0, 100]})
    table["c"] = table["a"] + table["b"]
    found = make_weights(declared("one", "one", "one"), settings("principal_component"), table)
    assert found.table["weight"].to_list() == pytest.approx([0.25, 0.25, 0.5])
    assert found.record["explained"]["one"] == pytest.approx(2 / 3)
    assert found.problems == ()


def test_an_indicator_against_the_others_is_named_and_gets_nothing():
    rng = np.random.default_rng(1)
    common = rng.normal(size=200)
    table = pd.DataFrame({n: common + 0.5 * rng.normal(size=200) for n in "abc"}).assign(d=-common)
    found = make_weights(declared("one", "one", "one", "one"), settings("principal_component"), table)
    assert found.table["weight"]["d"] == 0
    assert found.table["weight"].sum() == pytest.approx(1)
    assert [(p.code, p.values["indicators"]) for p in found.problems] == [
        ("index_component_against", ["D"]),
        ("index_without_weight", ["D"]),
    ]


def test_two_that_go_against_each_other_weigh_alike():
    table = pd.DataFrame({"a": [0.0, 50, 100, 20], "b": [100.0, 40, 0, 90]})
    found = make_weights(declared("one", "one"), settings("principal_component"), table)
    assert found.table["weight"].to_list() == pytest.approx([0.5, 0.5])
    assert [p.code for p in found.problems] == ["index_component_divided"]


def test_entropy_by_hand():
    """Shares (½, ½, 0, 0): entropy ln 2 / ln 4 = ½. Shares (1, 0, 0, 0): 0. All alike: 1. Weights ½ : 1 : 0."""
    table = pd.DataFrame({"a": [50.0, 50, 0, 0], "b": [80.0, 0, 0, 0], "c": [7.0, 7, 7, 7]})
    found = make_weights(declared("one", "one", "two"), settings("entropy"), table)
    assert found.table["weight"].to_list() == pytest.approx([1 / 3, 2 / 3, 0], abs=1e-12)
    assert found.table["dimension_weight"].to_list() == pytest.approx([1, 1, 0], abs=1e-12)


def test_points_are_scaled_to_each_person_and_averaged():
    """(60, 40) of 100 and (5, 5) of 10: means 55 and 45, standard deviation √50 both."""
    points = pd.DataFrame({"a": [60.0, 5.0], "b": [40.0, 5.0]})
    found = make_weights(declared("one", "two"), settings("workshop"), points, points=points)
    assert found.table["weight"].to_list() == pytest.approx([0.55, 0.45])
    assert found.record["points"]["a"] == pytest.approx({"mean": 55, "sd": np.sqrt(50), "lowest": 50, "highest": 60})


def test_weights_are_found_again_from_a_rate_made_of_them():
    rng = np.random.default_rng(2)
    scores = pd.DataFrame(100 * rng.random((60, 3)), columns=list("abc")).rename(index="{:02d}".format)
    rate = 0.03 + (0.3 * scores["a"] + 0.1 * scores["b"]) / 100
    rate.iloc[:10] = np.nan
    found = make_weights(declared("one", "one", "two"), settings("estimated"), scores, rate=rate)
    assert found.table["weight"].to_list() == pytest.approx([0.75, 0.25, 0], abs=1e-9)
    assert found.record["areas_with_rate"] == 50
    assert found.record["r_squared"] == pytest.approx(1)
    against = make_weights(declared("one", "one", "two"), settings("estimated"), scores, rate=rate + scores["c"] / -500)
    assert against.table["weight"]["c"] == 0
    assert [p.code for p in against.problems] == ["index_without_weight"]


@pytest.mark.parametrize(
    ("rate", "code"), [(np.arange(20.0), "index_rate_few"), (np.arange(40.0), "index_rate_says_nothing")]
)
def test_a_rate_that_cannot_give_weights(rate: np.ndarray, code: str):
    scores = pd.DataFrame({"a": 40 - np.arange(40.0)})
    with pytest.raises(InputProblems) as error:
        make_weights(declared("one"), settings("estimated"), scores, rate=pd.Series(rate))
    assert [p.code for p in error.value.problems] == [code]


@pytest.mark.parametrize(("way", "code"), [("workshop", "index_needs_points"), ("estimated", "index_needs_rate")])
def test_what_weights_need_is_asked_for(way: str, code: str):
    areas = pd.DataFrame({"area_code": list("wxyz"), "a": [1.0, 2, 3, 4]})
    with pytest.raises(InputProblems) as error:
        compute_index(areas, declared("one"), settings(way))
    assert [p.code for p in error.value.problems] == [code]
