"""Means by level against hand calculations, and shares of determinants by area."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.profiles import level_profile
from riskmodel.decisions.shares import determinant_shares
from riskmodel.results import PROFILE_COLUMNS
from riskmodel.study import Privacy

PROFILES = pd.DataFrame({"profile": [0, 1, 2, 3], "sex": ["boy", "boy", "girl", "girl"], "age": [6.0, 16.0, 6.0, 16.0]})
CELLS = pd.DataFrame(
    [("A", 0, 10.0), ("A", 1, 30.0), ("A", 2, 60.0), ("B", 3, 5.0)], columns=["area_code", "profile", "weight"]
)
AREAS = pd.DataFrame(
    {"area_code": ["A", "B", "C"], "level": pd.array([1, 2, 2], dtype="Int8"), "children": [100.0, 300.0, 100.0]}
)
OPEN = Privacy(min_count=0, min_children=0)


def by(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index(["name", "category", "level"])


def test_shares_by_hand():
    """A: 40 boys of 100; ages 70 at 6 and 30 at 16, mean 9. B: 5 girls of 16. C has no scored child."""
    found = determinant_shares(PROFILES, CELLS, pd.Index(["A", "B", "C"]))
    assert found.loc["A"].to_list() == pytest.approx([0.4, 0.6, 9.0])
    assert found.columns.to_list() == [("sex", "boy"), ("sex", "girl"), ("age", "")]
    assert found.loc["B"].to_list() == [0.0, 1.0, 16.0]
    assert found.loc["C"].isna().all()


def test_indicator_means_by_hand():
    """Level 2: (300 · 20 + 100 · 40) / 400 = 25; country: (100 · 10 + 10,000) / 500 = 22; 25 / 10 = 2.5."""
    indicators = pd.DataFrame({"area_code": ["A", "B", "C"], "agro": [10.0, 20.0, 40.0]})
    table = level_profile(AREAS, pd.DataFrame(), indicators, OPEN)
    assert list(table.columns) == list(PROFILE_COLUMNS)
    found = by(table)
    assert found["mean"].to_list() == pytest.approx([22.0, 10.0, 25.0])
    assert found["ratio"].to_list() == pytest.approx([2.2, 1.0, 2.5])
    assert found["areas"].to_list() == [3, 1, 2]


def test_without_children_the_mean_is_simple():
    indicators = pd.DataFrame({"area_code": ["A", "B", "C"], "agro": [10.0, 20.0, 40.0]})
    found = by(level_profile(AREAS.assign(children=np.nan), pd.DataFrame(), indicators, OPEN))
    assert found.loc[("agro", "", 2), "mean"] == pytest.approx(30.0)


def test_shares_of_a_determinant_add_up_in_every_level():
    shares = determinant_shares(PROFILES, CELLS, pd.Index(["A", "B"]))
    table = level_profile(AREAS, shares, pd.DataFrame(), OPEN)
    sums = table[table["name"] == "sex"].groupby("level")["mean"].sum()
    assert sums.to_list() == pytest.approx([1.0, 1.0, 1.0])


def test_a_share_of_few_children_takes_its_determinant_along():
    """Level 1 has 100 children, 40 of them boys: fewer than 50, and the girls or the other level would tell how many."""
    shares = determinant_shares(PROFILES, CELLS, pd.Index(["A", "B"]))
    few = by(level_profile(AREAS, shares, pd.DataFrame(), Privacy(min_count=10, min_children=50)))
    assert few.loc["sex"].query("level > 0")[["mean", "ratio"]].isna().all(axis=None)
    assert few.loc["sex"].query("level == 0")["mean"].notna().all()
    assert few.loc["age"]["mean"].notna().all()
    enough = by(level_profile(AREAS, shares, pd.DataFrame(), Privacy(min_count=10, min_children=40)))
    assert enough["mean"].notna().all()


def test_no_ratio_to_nothing():
    indicators = pd.DataFrame({"area_code": ["A", "B", "C"], "agro": [0.0, 20.0, np.nan]})
    found = by(level_profile(AREAS, pd.DataFrame(), indicators, OPEN))
    assert found["ratio"].isna().all()
    assert found.loc[("agro", "", 2), "mean"] == 20.0  # an area without the figure does not count as zero
