"""The index without one indicator or dimension, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.index.removal import remove_each
from riskmodel.results import INDEX_REMOVED_COLUMNS


def weights(**dimension: str) -> pd.DataFrame:
    """Equal weights, as nested_weights gives them."""
    table = pd.DataFrame({"dimension": dimension})
    table["dimension_weight"] = 1 / table["dimension"].nunique()
    table["weight_in_dimension"] = 1 / table.groupby("dimension")["dimension"].transform("size")
    return table.assign(weight=table["dimension_weight"] * table["weight_in_dimension"])


SCORES = pd.DataFrame({"x": [100, 80, 40, 0], "y": [60, 40, 20, 10], "z": [0, 10, 60, 100.0]}, index=list("abcd"))


def test_each_part_left_out_by_hand():
    """Index: halves of (x + y) / 2 and z: 40, 35, 45, 52.5 → ranks 3, 4, 2, 1.

    Without x: y and z in halves: 30, 25, 40, 55: the same ranks. Without y: x and z: 50, 45, 50, 50: d, c and a share 1.
    Without z: (x + y) / 2 = 80, 60, 30, 5: ranks 1, 2, 3, 4; so is it without dimension "two"; shifts 2, 2, 1, 3.
    Without dimension "one": z: 4, 3, 2, 1; shifts 1, 1, 0, 0.
    """
    found = remove_each(SCORES, weights(x="one", y="one", z="two"), [2, 1, 2, 3], "arithmetic", "arithmetic").set_index(
        ["part", "name"]
    )
    assert list(found.reset_index().columns) == list(INDEX_REMOVED_COLUMNS)
    assert found.loc[("indicator", "x"), ["areas_other_level", "largest_shift"]].to_list() == [0, 0]
    assert found.loc[("indicator", "x"), "rank_correlation"] == pytest.approx(1)
    assert found.loc[("indicator", "y"), "largest_shift"] == 2
    assert found.loc[("indicator", "y"), "area_code"] == "a"
    for part in (("indicator", "z"), ("dimension", "two")):
        row = found.loc[part]
        assert row["mean_shift"] == 2
        assert row["largest_shift"] == 3
        assert row["area_code"] == "d"
        assert row["rank_correlation"] == pytest.approx(1 - 6 * (4 + 4 + 1 + 9) / (4 * 15))
        assert row["weight"] == 0.5
        # places 1, 2, 3, 4 have levels 3, 2, 2, 1: a 2 → 3, b 1 → 2, c 2 → 2, d 3 → 1
        assert row["areas_other_level"] == 3
    assert found.loc[("dimension", "one"), "mean_shift"] == 0.5


def test_what_would_leave_nothing_is_not_left_out():
    alone = remove_each(SCORES[["x"]], weights(x="one"), [3, 2, 1, 1], "arithmetic", "arithmetic")
    assert alone.empty
    assert list(alone.columns) == list(INDEX_REMOVED_COLUMNS)
    two = remove_each(SCORES[["x", "z"]], weights(x="one", z="one"), [3, 2, 1, 1], "geometric", "arithmetic")
    assert two["part"].to_list() == ["indicator", "indicator"]
    assert np.isfinite(two["rank_correlation"]).all()
