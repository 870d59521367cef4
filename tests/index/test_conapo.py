"""The DP2 distance against the published Mexican index, and by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.levels import classify
from riskmodel.index.compute import compute_index
from riskmodel.index.distance import own_share, pena_distance
from riskmodel.problems import InputProblems
from riskmodel.study import IndexSettings, Indicator
from tests.index import conapo

DP2 = IndexSettings(method="dp2")


@pytest.mark.data
@pytest.mark.parametrize("year", [2015, 2020])
def test_the_published_index_and_its_grades(shared_data: Path, year: int):
    """Index to 1e-9 with one set of references for both years; grades of every municipality with the published bins."""
    table = conapo.table(shared_data, year)
    result = compute_index(table, conapo.indicators(conapo.REFERENCES), DP2)
    scores = result.scores.set_index("area_code")
    published = table.set_index("area_code")
    assert scores["distance"].to_numpy() == pytest.approx(published[f"IM_{year}"].to_numpy(), abs=1e-9)
    assert result.record["dp2"]["ideal"] == pytest.approx(conapo.IDEAL[year], abs=1e-8)
    assert 1 - scores["index"].to_numpy() / 100 == pytest.approx(published[f"IMN_{year}"].to_numpy(), abs=1e-9)
    level = classify(scores["index"], "dalenius_hodges", 5, bins=conapo.BINS[year]).label
    assert (level == published[f"GM_{year}"].map(conapo.GRADES)).all()


@pytest.mark.data
def test_without_declared_references_only_a_constant_differs(shared_data: Path):
    table = conapo.table(shared_data, 2020)
    result = compute_index(table, conapo.indicators({}), DP2)
    gap = table["IM_2020"].to_numpy() - result.scores["distance"].to_numpy()
    assert gap.std() < 1e-12
    record = result.record["dp2"]
    assert record["order"] == ["analf", "ovpt", "sbasc", "vhac", "po2sm", "ovsee", "pl_5000", "ovsae", "ovsde"]
    shares = [0.3895, 0.4435, 0.5041, 0.5678, 0.584, 0.6382, 0.7405, 0.7915, 1.0]
    assert sorted(record["factor"].values()) == pytest.approx(shares, abs=5e-5)
    assert record["settled"]


def test_two_indicators_by_hand():
    """x = 0, 1, 2, 3 and y = 0, 2, 1, 3: sd √1.25, correlation 0.8; the first counts whole, the other 1 − 0.64 = 0.36.

    Both go equally with their sum, so the first declared enters first.
    """
    values = pd.DataFrame({"x": [0.0, 1, 2, 3], "y": [0.0, 2, 1, 3]})
    found = pena_distance(values, pd.Series({"x": 3.0, "y": 3.0}), pd.Series({"x": 0.0, "y": 0.0}))
    expected = (np.array([3, 2, 1, 0]) + 0.36 * np.array([3, 1, 2, 0])) / np.sqrt(1.25)
    assert found.value.to_numpy() == pytest.approx(expected)
    assert found.table["factor"].to_list() == pytest.approx([1, 0.36])
    assert found.ideal == pytest.approx(expected[0])


def test_what_was_said_already_counts_for_nothing():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(40, 2))
    share = own_share(np.column_stack([x, x.sum(axis=1)]))
    assert share[0] == pytest.approx(1)
    assert share[2] == pytest.approx(0, abs=1e-12)


def test_the_index_is_the_weighted_mean_of_its_scores_and_turns_indicators():
    rng = np.random.default_rng(1)
    areas = pd.DataFrame(rng.normal(size=(30, 3)), columns=list("abc")).assign(
        area_code=[f"{i:02d}" for i in range(30)]
    )
    declared = tuple(Indicator(name=n, dimension=n, direction=-1 if n == "b" else 1) for n in "abc")
    result = compute_index(areas, declared, DP2)
    steps, record = result.steps, result.record["dp2"]
    assert record["reference"]["b"] == areas["b"].min()
    assert (steps.normalised @ result.effective_weights).to_numpy() == pytest.approx(steps.index.to_numpy())
    assert steps.distance is not None
    assert steps.index.to_numpy() == pytest.approx(100 * (1 - steps.distance / record["ideal"]).to_numpy())
    assert steps.normalised.min().min() == pytest.approx(0)
    assert steps.normalised.max().max() == pytest.approx(100)


def test_a_reference_must_be_worse_than_the_best_value_and_beyond_every_area():
    areas = pd.DataFrame({"area_code": list("wxyz"), "a": [1.0, 2, 3, 4], "b": [1.0, 3, 2, 4]})
    turned = (Indicator(name="a", best=5.0, reference=1.0), Indicator(name="b"))
    with pytest.raises(InputProblems) as error:
        compute_index(areas, turned, DP2)
    assert [p.code for p in error.value.problems] == ["index_goalposts_turned"]
    short = (Indicator(name="a", reference=3.5), Indicator(name="b"))
    assert [p.code for p in compute_index(areas, short, DP2).problems] == ["index_beyond_reference"]
    with pytest.raises(InputProblems) as error:
        compute_index(areas.head(2), (Indicator(name="a"), Indicator(name="b")), DP2)
    assert "index_too_few_areas" in [p.code for p in error.value.problems]
