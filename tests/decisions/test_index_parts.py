"""Contributions add up to the gap with the country, whichever way the index is made."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.contributions import contributions_of_index
from riskmodel.decisions.index_parts import slopes
from riskmodel.index.compute import compute_index
from riskmodel.study import IndexSettings, Indicator

DECLARED = tuple(
    Indicator(name=n, dimension=d, direction=s)  # type: ignore[arg-type]
    for n, d, s in (("a", "one", 1), ("b", "one", -1), ("c", "two", 1), ("d", "two", 1), ("e", "three", 1))
)
WAYS = [
    IndexSettings(),
    *(IndexSettings(within=w, between=b) for w in ("arithmetic", "geometric", "geometric_strength")
      for b in ("geometric", "geometric_strength", "arithmetic")),
    IndexSettings(normalisation="z_score", between="geometric"),
    IndexSettings(normalisation="rank", weights="entropy", within="geometric_strength"),
    IndexSettings(method="dp2"),
    IndexSettings(method="percentile_rank"),
]  # fmt: skip


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    table = pd.DataFrame(rng.gamma(1.0, 1.0, (60, 5)), columns=list("abcde"))
    table.iloc[0] = table.min()
    return table.assign(area_code=[f"{i:02d}" for i in range(60)], children=rng.integers(10, 900, 60).astype(float))


@pytest.mark.parametrize("settings", WAYS, ids=str)
@pytest.mark.parametrize("weighted", [True, False])
def test_they_add_up(areas: pd.DataFrame, settings: IndexSettings, weighted: bool):
    table = areas if weighted else areas.drop(columns="children")
    result = compute_index(table, DECLARED, settings)
    index = result.scores.set_index("area_code")["index"]
    country = np.average(index, weights=table["children"]) if weighted else index.mean()
    sums = contributions_of_index(result, table).groupby("area_code")["contribution"].sum()
    assert sums.to_numpy() == pytest.approx((index - country).to_numpy(), abs=1e-9)


def test_a_geometric_mean_of_two_by_hand():
    """(20, 80) against (40, 40): √1600 − 40 = 0, made of L(40, 40) · ½ log ½ = −13.863 and as much above it."""
    found = slopes(np.array([[20.0, 80.0]]), np.array([40.0, 40.0]), np.array([0.5, 0.5]), "geometric")
    assert (found * [[-20.0, 40.0]]).ravel() == pytest.approx([20 * np.log(0.5), 20 * np.log(2)])


def test_an_indicator_at_the_countrys_mean_adds_what_the_mean_itself_leaves(areas: pd.DataFrame):
    """With arithmetic means a score equal to the country's adds nothing."""
    result = compute_index(areas, DECLARED, IndexSettings())
    found = contributions_of_index(result, areas).pivot(index="area_code", columns="determinant", values="contribution")
    score = result.steps.normalised["a"]
    gap = score - np.average(score, weights=areas["children"])
    assert found["a"].to_numpy() == pytest.approx((gap / 6).to_numpy())
