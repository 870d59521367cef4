"""The priority list: a hand calculation and what must be true of its ranks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.priorities import priority_list
from riskmodel.results import PRIORITY_COLUMNS
from riskmodel.study import Criterion

RISK, COUNT = Criterion(column="area_risk", weight=3), Criterion(column="expected_count", weight=1)


def table(**columns: list[float]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    codes = [f"{i:02d}" for i in range(n)]
    return pd.DataFrame({"area_code": codes, "area_name": [f"Area {c}" for c in codes], **columns})


def test_weighted_score_by_hand():
    """Risk on 0–1: 0, 0.5, 1; count: 1, 0.5, 0. Weights 3/4 and 1/4: 0.25, 0.5, 0.75."""
    listed = priority_list(
        table(area_risk=[0.1, 0.2, 0.3], expected_count=[500.0, 300.0, 100.0]), (RISK, COUNT), seed=1
    )
    assert listed["area_code"].to_list() == ["02", "01", "00"]
    assert listed["score"].to_list() == pytest.approx([0.75, 0.5, 0.25])
    assert listed["rank"].to_list() == [1, 2, 3]
    assert listed["area_risk"].to_list() == [0.3, 0.2, 0.1]
    assert listed["expected_count__score"].to_list() == pytest.approx([0, 0.5, 1])
    assert listed.columns.to_list()[:6] == list(PRIORITY_COLUMNS)
    # With 0.75–1.25 the weights never change order here: 3 × 0.75 > 1 × 1.25.
    assert listed["rank_lower"].to_list() == listed["rank_upper"].to_list() == [1, 2, 3]


def test_less_comes_first_with_direction_minus_one():
    listed = priority_list(table(services=[5.0, 0.0, 2.0]), (Criterion(column="services", direction=-1),), seed=1)
    assert listed["area_code"].to_list() == ["01", "02", "00"]
    assert listed["score"].to_list() == pytest.approx([1, 0.6, 0])


def test_rate_and_number_pull_apart_and_the_interval_shows_it():
    """Equal weights, mirrored criteria: either area may be first; a third one, low in both, never is."""
    rows = table(area_risk=[0.3, 0.1, 0.1], expected_count=[100.0, 500.0, 100.0])
    listed = priority_list(rows, (Criterion(column="area_risk"), Criterion(column="expected_count")), seed=1)
    assert listed["rank"].to_list() == [1, 1, 3]
    assert listed["rank_lower"].to_list() == [1, 1, 3]
    assert listed["rank_upper"].to_list() == [2, 2, 3]


def test_an_area_that_lacks_a_criterion_is_last_without_score():
    rows = table(area_risk=[np.nan, 0.2, 0.1], expected_count=[9000.0, 10.0, 20.0])
    listed = priority_list(rows, (RISK, COUNT), seed=1)
    assert listed["area_code"].to_list() == ["01", "02", "00"]
    last = listed.iloc[-1]
    assert last[["rank", "score", "rank_lower", "rank_upper", "expected_count__score"]].isna().all()
    assert last["expected_count"] == 9000
    without = priority_list(rows.iloc[1:], (RISK, COUNT), seed=1)
    assert listed["score"].dropna().to_list() == without["score"].to_list()
    nobody = priority_list(table(area_risk=[np.nan, np.nan]), (Criterion(column="area_risk"),), seed=1)
    assert nobody["rank"].isna().all()
    assert nobody["area_code"].to_list() == ["00", "01"]


def test_a_criterion_that_is_the_same_everywhere_changes_nothing():
    rows = table(area_risk=[0.1, 0.3, 0.2], flat=[7.0, 7.0, 7.0])
    listed = priority_list(rows, (RISK, Criterion(column="flat")), seed=1)
    assert listed["area_code"].to_list() == ["01", "02", "00"]
    assert listed["flat__score"].to_list() == [0, 0, 0]


def test_scale_of_weights_and_order_of_rows_change_nothing_and_the_seed_decides():
    rng = np.random.default_rng(1)
    rows = table(area_risk=list(rng.random(60)), expected_count=list(rng.random(60)))
    criteria = (Criterion(column="area_risk"), Criterion(column="expected_count"))
    listed = priority_list(rows, criteria, seed=1)
    scaled = tuple(c.model_copy(update={"weight": 50.0}) for c in criteria)
    pd.testing.assert_frame_equal(listed, priority_list(rows, scaled, seed=1))
    pd.testing.assert_frame_equal(listed, priority_list(rows.sample(frac=1, random_state=1), criteria, seed=1))
    assert not listed.equals(priority_list(rows, criteria, seed=2))
    assert (listed["rank_lower"] <= listed["rank"]).all()
    assert (listed["rank"] <= listed["rank_upper"]).all()
