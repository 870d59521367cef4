"""Local Moran statistics against hand calculations and exact p-values; groups of contiguous areas."""

from __future__ import annotations

import threading

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.clusters import cluster_groups, find_clusters
from riskmodel.results import CLUSTER_COLUMNS

SIDE = 12


def board(side: int = SIDE) -> tuple[pd.Index, pd.DataFrame]:
    """Squares of a board and the moves of a king on it."""
    codes = pd.Index([f"{r:02}{c:02}" for r in range(side) for c in range(side)])
    pairs = [
        (f"{r:02}{c:02}", f"{r + dr:02}{c + dc:02}")
        for r in range(side) for c in range(side) for dr in (-1, 0, 1) for dc in (-1, 0, 1)
        if (dr or dc) and 0 <= r + dr < side and 0 <= c + dc < side
    ]  # fmt: skip
    return codes, pd.DataFrame(pairs, columns=["area_code", "neighbour_code"])


def line(n: int) -> tuple[pd.Index, pd.DataFrame]:
    codes = pd.Index([f"{i:03}" for i in range(n)])
    one_way = [(codes[i], codes[i + 1]) for i in range(n - 1)]
    return codes, pd.DataFrame([*one_way, *((b, a) for a, b in one_way)], columns=["area_code", "neighbour_code"])


def noise(codes: pd.Index, seed: int) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).normal(0.1, 0.02, len(codes)), codes)


def planted() -> tuple[pd.Series, pd.DataFrame]:
    """Noise with a high corner of 4 by 4 and a low one of 3 by 3."""
    codes, pairs = board()
    values = noise(codes, 1)
    for code in codes:
        row, column = int(code[:2]), int(code[2:])
        if row < 4 and column < 4:
            values[code] += 0.15
        if row >= SIDE - 3 and column >= SIDE - 3:
            values[code] -= 0.15
    return values, pairs


def test_statistic_by_hand():
    """Values 1 … 20 in a line: z is the value less 10.5, Σ z² = 665, and I = 19 z · (mean z of the neighbours) / 665.

    First area: 19 · (−9.5)(−8.5) / 665 = 2.30714…; second: 19 · (−8.5)(−8.5) / 665, its neighbours' mean being 2.
    """
    codes, pairs = line(20)
    found = find_clusters(pd.Series(np.arange(1.0, 21.0), codes), pairs, seed=1).set_index("area_code")
    assert found["local_i"].iloc[0] == pytest.approx(19 * 9.5 * 8.5 / 665, rel=1e-12)
    assert found["local_i"].iloc[1] == pytest.approx(19 * 8.5 * 8.5 / 665, rel=1e-12)
    assert found["neighbours"].tolist() == [1] + [2] * 18 + [1]


def test_p_value_of_an_end_is_the_share_of_the_others_as_extreme():
    """With one neighbour the permutation draws one of the 39 others: the two-sided p-value can be counted.

    The first of the line (z < 0) has as neighbour the r-th lowest of the others: twice r/39, or twice (40 − r)/39.
    """
    codes, pairs = line(40)
    values = noise(codes, 4)
    found = find_clusters(values, pairs, seed=1).set_index("area_code")
    others = values.iloc[1:]
    below, above = (others <= values.iloc[1]).sum(), (others >= values.iloc[1]).sum()
    exact = min(1.0, 2 * min(below, above) / 39)
    assert found["p_value"].iloc[0] == pytest.approx(exact, abs=4 * 2 * np.sqrt(exact / 2 / 9_999))


def test_chance_alone_gives_next_to_no_cluster():
    """20 maps of noise, 144 areas each: at 5 % without control about 144 areas would be in a cluster."""
    codes, pairs = board()
    found = [find_clusters(noise(codes, seed), pairs, seed=seed) for seed in range(20)]
    maps_with = sum((table["kind"] != "").any() for table in found)
    plain = sum((table["p_value"] <= 0.05).sum() for table in found)
    assert maps_with <= 4  # 5 % of 20 is 1; 4 or fewer in 99.7 % of cases
    assert 90 < plain < 220  # two-sided p-values are uniform


def test_planted_groups_are_found_and_numbered():
    values, pairs = planted()
    found = find_clusters(values, pairs, seed=7).set_index("area_code")
    assert list(found.reset_index().columns) == list(CLUSTER_COLUMNS)
    inner = [f"{r:02}{c:02}" for r in range(3) for c in range(3)]
    assert (found.loc[inner, "kind"] == "high-high").all()
    assert (found.loc[inner, "cluster"] == 1).all()
    assert found.loc["1111", "kind"] == "low-low"
    assert found.loc["1111", "cluster"] == 1  # numbers begin again for each kind
    assert (found["q_value"] >= found["p_value"]).all()
    assert found.loc[found["kind"] == "", "cluster"].isna().all()


def test_an_area_apart_is_named_but_in_no_group():
    values, pairs = planted()
    values["0101"] = -0.2
    found = find_clusters(values, pairs, seed=7).set_index("area_code")
    assert found.loc["0101", "kind"] == "low-high"
    assert pd.isna(found.loc["0101", "cluster"])


def test_same_seed_same_table_and_nothing_left_in_the_global_generator():
    values, pairs = planted()
    np.random.seed(11)
    expected = np.random.random(3)
    np.random.seed(11)
    first = find_clusters(values, pairs, seed=7)
    assert np.random.random(3).tolist() == expected.tolist()
    tables: list[pd.DataFrame] = []
    threads = [threading.Thread(target=lambda: tables.append(find_clusters(values, pairs, seed=7))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for table in tables:
        pd.testing.assert_frame_equal(table, first)
    assert (find_clusters(values, pairs, seed=8)["p_value"] != first["p_value"]).any()


def test_scale_does_not_matter():
    values, pairs = planted()
    first, second = find_clusters(values, pairs, seed=7), find_clusters(values * 1000, pairs, seed=7)
    assert first["kind"].tolist() == second["kind"].tolist()


def test_areas_without_value_or_neighbours_have_no_statistic():
    values, pairs = planted()
    values["0000"] = np.nan
    values["isle"] = 0.9
    found = find_clusters(values, pairs, seed=7).set_index("area_code")
    assert found.index.tolist() == values.index.tolist()
    for code in ("0000", "isle"):
        assert found.loc[code, ["local_i", "p_value", "q_value", "neighbours", "cluster"]].isna().all()
        assert found.loc[code, "kind"] == ""
    assert found.loc["0001", "neighbours"] == 4  # the missing one is nobody's neighbour


@pytest.mark.parametrize(
    "values", [pd.Series([0.1] * 144), pd.Series([np.nan] * 144), pd.Series([0.1, 0.2] + [np.nan] * 142)]
)
def test_no_test_where_there_is_nothing_to_test(values):
    codes, pairs = board()
    found = find_clusters(values.set_axis(codes), pairs, seed=1)
    assert found.empty
    assert list(found.columns) == list(CLUSTER_COLUMNS)


def test_groups_add_up():
    values, pairs = planted()
    found = find_clusters(values, pairs, seed=7)
    areas = pd.DataFrame(
        {
            "area_code": values.index, "area_risk": values.to_numpy(), "children": 100.0,
            "expected_count": 100 * values.to_numpy(), "parent_name": "Norte",
        }
    )  # fmt: skip
    areas.loc[areas["area_code"] == "0102", "children"] = 900.0
    groups = cluster_groups(areas, found, "area_risk")
    high = groups.iloc[0]
    members = values[list(high["codes"])]
    assert high["kind"] == "high-high"
    assert high["areas"] == len(members) == (found["cluster"].eq(1) & found["kind"].eq("high-high")).sum()
    assert high["main_code"] == "0102"
    weights = np.where(members.index == "0102", 900.0, 100.0)
    assert high["mean"] == pytest.approx(np.average(members, weights=weights), rel=1e-12)
    assert high["children"] == weights.sum()
    assert high["parents"] == ("Norte",)
    assert set(groups["kind"]) == {"high-high", "low-low"}
    assert cluster_groups(areas, found.iloc[:0], "area_risk").empty
