"""Likeness of areas against hand calculations; risk plays no part in it, only in what is marked as lower."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.peers import most_similar, peer_features
from riskmodel.results import PEER_COLUMNS

NO_SHARES = pd.DataFrame()


def indicators(values: list[float], **more: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"area_code": [f"{i:02}" for i in range(len(values))], "agro": values, **more})


def areas(risk: list[float], se: float = np.nan, children: list[float] | None = None) -> pd.DataFrame:
    codes = [f"{i:02}" for i in range(len(risk))]
    return pd.DataFrame({"area_code": codes, "area_risk": risk, "se": se, "children": children or [100.0] * len(risk)})


def peers(table: pd.DataFrame, code: str, scope: str = "all") -> list[str]:
    return table[(table["area_code"] == code) & (table["scope"] == scope)]["peer_code"].tolist()


def test_features_by_hand():
    """1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5."""
    found = peer_features(NO_SHARES, indicators([1.0, 2.0, 3.0, 6.0]))
    assert found.iloc[:, 0].to_list() == pytest.approx(np.array([-2, -1, 0, 3]) / np.sqrt(3.5), rel=1e-12)


def test_a_determinant_weighs_the_same_whatever_its_number_of_categories():
    """Two complementary shares are the same column twice; over √2 each, their squares add up to those of one."""
    two = pd.DataFrame(
        {("zone", "rural"): [0.1, 0.5, 0.9], ("zone", "urban"): [0.9, 0.5, 0.1]}, index=["00", "01", "02"]
    )
    one = pd.DataFrame({("zone", "rural"): [0.1, 0.5, 0.9]}, index=["00", "01", "02"])
    lengths = [np.sqrt((peer_features(t, pd.DataFrame()) ** 2).sum(axis=1)).to_list() for t in (two, one)]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-12)


def test_numbers_and_indicators_stand_beside_shares():
    """A numeric determinant has one column, an indicator too: each counts like one determinant."""
    shares = pd.DataFrame(
        {("sex", "boy"): [0.4, 0.5], ("sex", "girl"): [0.6, 0.5], ("age", ""): [9.0, 11.0]}, ["00", "01"]
    )
    found = peer_features(shares, indicators([1.0, 3.0]))
    assert (found**2).to_numpy() == pytest.approx(np.array([[0.5, 0.5, 1.0, 1.0]] * 2))


def test_missing_is_the_mean_and_constants_are_left_out():
    found = peer_features(NO_SHARES, indicators([1.0, np.nan, 3.0], flat=[5.0, 5.0, 5.0]))
    assert found.shape == (3, 1)
    assert found.iloc[1, 0] == 0
    assert peer_features(NO_SHARES, indicators([2.0, 2.0])).empty
    assert peer_features(NO_SHARES, pd.DataFrame()).empty


def test_nearest_by_hand():
    """Standard deviation of 0, 1, 3, 7 is √(59/4 − 2.75²) = 2.681; 3 is 2 from 1, 3 from 0 and 4 from 7."""
    features = peer_features(NO_SHARES, indicators([0.0, 1.0, 3.0, 7.0]))
    found = most_similar(features, areas([0.1] * 4), "area_risk")
    assert list(found.columns) == list(PEER_COLUMNS)
    assert peers(found, "02") == ["01", "00", "03"]
    row = found[(found["area_code"] == "02") & (found["scope"] == "all")]
    assert row["distance"].to_list() == pytest.approx(np.array([2, 3, 4]) / np.std([0, 1, 3, 7]), rel=1e-9)
    assert row["order"].to_list() == [1, 2, 3]


def test_ties_go_by_code_and_nobody_is_their_own_peer():
    features = peer_features(NO_SHARES, indicators([1.0, 1.0, 1.0, 5.0]))
    found = most_similar(features, areas([0.1] * 4), "area_risk", number=2)
    assert peers(found, "00") == ["01", "02"]
    assert peers(found, "01") == ["00", "02"]
    assert (found["area_code"] != found["peer_code"]).all()


def test_risk_has_no_part_in_likeness():
    features = peer_features(NO_SHARES, indicators([0.0, 1.0, 3.0, 7.0, 2.0]))
    first = most_similar(features, areas([0.1] * 5), "area_risk")
    second = most_similar(features, areas([0.9, 0.1, 0.5, 0.3, 0.2]), "area_risk")
    same = first["scope"] != "lower"
    pd.testing.assert_frame_equal(
        first[same].drop(columns="lower").reset_index(drop=True),
        second[second["scope"] != "lower"].drop(columns="lower").reset_index(drop=True),
    )


def test_clearly_lower_needs_a_fifth_and_more_than_chance():
    """0.20 against 0.10 with errors 0.02 each: 0.10 / 0.0283 = 3.5 errors. With 0.05 each: 1.4, not enough."""
    features = peer_features(NO_SHARES, indicators([0.0, 0.1, 0.2, 9.0, 9.1]))
    risk = [0.20, 0.10, 0.17, 0.05, 0.05]
    without = most_similar(features, areas(risk), "area_risk").set_index(["area_code", "scope", "peer_code"])["lower"]
    assert without["00", "all", "01"]
    assert not without["00", "all", "02"]  # 15 % lower is less than a fifth
    assert not without["01", "all", "00"]
    sure = most_similar(features, areas(risk, se=0.02), "area_risk").set_index(["area_code", "scope", "peer_code"])
    assert sure["lower"]["00", "all", "01"]
    unsure = most_similar(features, areas(risk, se=0.05), "area_risk").set_index(["area_code", "scope", "peer_code"])
    assert not unsure["lower"]["00", "all", "01"]


def test_lower_ones_are_looked_for_among_the_most_similar_quarter():
    """Of 20 others the nearest 5 count: the sixth has a lower risk and is not shown."""
    features = peer_features(NO_SHARES, indicators([float(i) for i in range(21)]))
    risk = [0.30] * 21
    risk[4], risk[6] = 0.10, 0.10
    found = most_similar(features, areas(risk), "area_risk")
    assert peers(found, "00", "lower") == ["04"]
    row = found[(found["area_code"] == "00") & (found["scope"] == "lower")].iloc[0]
    assert (row["place"], row["order"]) == (1, 4)


def test_same_size_is_a_fifth_of_the_areas():
    features = peer_features(NO_SHARES, indicators([float(i % 2) for i in range(10)]))
    children = [float(100 * (i + 1)) for i in range(10)]
    found = most_similar(features, areas([0.1] * 10, children=children), "area_risk")
    assert peers(found, "00", "same_size") == ["01"]
    assert peers(found, "09", "same_size") == ["08"]
    children[3] = np.nan
    assert set(most_similar(features, areas([0.1] * 10, children=children), "area_risk")["scope"]) == {"all"}


def test_areas_without_risk_are_left_out():
    features = peer_features(NO_SHARES, indicators([0.0, 1.0, 3.0]))
    found = most_similar(features, areas([0.1, np.nan, 0.1]), "area_risk")
    assert peers(found, "00") == ["02"]
    assert "01" not in set(found["area_code"])
    assert most_similar(features, areas([0.1, np.nan, np.nan]), "area_risk").empty


def test_blocks_of_rows_meet(monkeypatch):
    """The same peers whether rows are taken together or a few at a time."""
    values = np.random.default_rng(2).normal(size=50)
    features = peer_features(NO_SHARES, indicators(values.tolist(), other=values[::-1].tolist()))
    risk = np.random.default_rng(3).uniform(0.05, 0.4, 50).tolist()
    whole = most_similar(features, areas(risk), "area_risk")
    monkeypatch.setattr("riskmodel.decisions.peers.ROWS_AT_ONCE", 7)
    pd.testing.assert_frame_equal(most_similar(features, areas(risk), "area_risk"), whole)
