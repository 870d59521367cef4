"""Bars add up to the rows; nothing under ten is shown, nor what would tell it by subtraction."""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.inputs.quality.sketch import Bar, category_bars, number_bars, quantiles, withheld


def test_a_bar_per_value_of_few_whole_numbers():
    bars = number_bars(np.array([1.0, 2.0, 9.0]), np.array([50, 30, 20]), persons=False)
    assert [(bar.low, bar.high, bar.count) for bar in bars] == [(1, 1, 50), (2, 2, 30), (9, 9, 20)]


def test_outermost_bars_hold_what_lies_beyond():
    numbers = np.append(np.arange(1000) / 10, 10_000.0)
    bars = number_bars(numbers, np.ones(len(numbers), int), persons=False)
    assert sum(bar.count for bar in bars) == 1001
    assert bars[-1].high < 110
    assert bars[-1].count > bars[-2].count  # the one percent above the scale


def test_a_lone_small_bar_takes_the_next_smallest_with_it():
    bars = withheld([Bar("a", 0, 0, 60), Bar("b", 0, 0, 30), Bar("c", 0, 0, 4), Bar("d", 0, 0, 0)])
    assert [bar.count for bar in bars] == [60, None, None, 0]
    together = withheld([Bar("a", 0, 0, 60), Bar("b", 0, 0, 8), Bar("c", 0, 0, 4)])
    assert [bar.count for bar in together] == [60, None, None]


def test_rare_and_long_texts_of_persons_are_not_named():
    texts = pd.Series(["sí", "no", "x" * 60, "rara"], dtype="string")
    bars = category_bars(texts, np.array([500, 300, 90, 3]), persons=True)
    assert [(bar.label, bar.count) for bar in bars] == [("sí", 500), ("no", 300), ("", 93)]


def test_quantiles_of_counted_values_are_those_of_the_rows():
    numbers, counts = np.array([1.0, 5.0, 7.0]), np.array([3, 4, 5])
    rows = np.repeat(numbers, counts)
    for share in (0.01, 0.25, 0.5, 0.75, 0.99):
        assert quantiles(numbers, counts, (share,)) == [np.quantile(rows, share, method="inverted_cdf")]
