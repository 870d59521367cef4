"""Dalenius–Hodges levels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.areas.dalenius import dalenius_hodges_breaks
from riskmodel.areas.levels import classify


def test_by_hand():
    """Ten bins over 0–10 with 16, 9, 4, 1, 1, 1, 1, 1, 1, 1 values: √f sums 4, 7, 9, 10, …, 16; thirds 5.33 and 10.67.

    Nearest to 5.33 is 4 (1.33 away; 7 is 1.67): upper edge 1. Nearest to 10.67 is 11: upper edge 5.
    """
    values = np.concatenate([np.full(n, i + 0.5) for i, n in enumerate([16, 9, 4, 1, 1, 1, 1, 1, 1, 1])])
    values[0], values[-1] = 0, 10
    assert dalenius_hodges_breaks(values, 3, 10).tolist() == [1, 5, 10]
    assert classify(pd.Series(values), "dalenius_hodges", 3, bins=10).label.value_counts().to_dict() == {
        1: 16,
        2: 15,
        3: 5,
    }


def test_turned_values_give_turned_levels():
    rng = np.random.default_rng(1)
    values = pd.Series(rng.gamma(2, 1, 500))
    up = classify(values, "dalenius_hodges", 5, bins=60).label
    down = classify(-values, "dalenius_hodges", 5, bins=60).label
    assert (up == 6 - down).all()


def test_one_value_is_one_level():
    assert classify(pd.Series([2.0, 2.0, None]), "dalenius_hodges", 3).label.dropna().tolist() == [1, 1]
