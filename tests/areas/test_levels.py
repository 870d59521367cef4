"""Levels: against brute force, a hand calculation and the published Dominican figures."""

from __future__ import annotations

import time
from itertools import combinations

import jenkspy
import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.levels import (
    assign,
    classes_by_parent,
    classify,
    classify_within,
    equal_width_breaks,
    natural_breaks,
    printed_ranges,
    quantile_breaks,
)


def areas(*values: float) -> pd.Series:
    return pd.Series(values, index=[f"{i:03d}" for i in range(len(values))], dtype=float)


def squares_within(values: np.ndarray, breaks: np.ndarray) -> float:
    group = np.searchsorted(breaks, values)
    return sum(((values[group == g] - values[group == g].mean()) ** 2).sum() for g in np.unique(group))


def brute_force(values: np.ndarray, k: int) -> float:
    """Least squares within k groups over every choice of upper bounds among the distinct values."""
    points = np.unique(values)
    k = min(k, len(points))
    choices = combinations(points[:-1], k - 1)
    return min(squares_within(values, np.array([*cuts, points[-1]])) for cuts in choices)


# --- natural breaks -------------------------------------------------------------------------------------------------


def test_natural_breaks_are_as_good_as_every_other_grouping():
    rng = np.random.default_rng(7)
    for trial in range(120):
        n, k = rng.integers(1, 13), rng.integers(2, 6)
        values = rng.random(n) if trial % 2 else rng.integers(0, 6, n) / 10  # with and without ties
        breaks = natural_breaks(values, k)
        assert len(breaks) == min(k, len(np.unique(values)))
        assert breaks[-1] == values.max()
        assert squares_within(values, breaks) == pytest.approx(brute_force(values, k), abs=1e-12)


def test_natural_breaks_are_those_of_another_program():
    rng = np.random.default_rng(3)
    for n, k in ((158, 3), (158, 5), (900, 4), (900, 5)):
        values = rng.beta(2, 20, n)
        assert natural_breaks(values, k) == pytest.approx(jenkspy.jenks_breaks(values, n_classes=k)[1:], rel=1e-12)


def test_natural_breaks_by_hand():
    """4, 5 | 9, 10 | 20: squares within 0.5 + 0.5 + 0, any other cut has more. Around the mean 9.6: 161.2."""
    classes = classify(areas(9, 20, 4, 10, 5), "natural_breaks", 3)
    assert classes.breaks == (5, 10, 20)
    assert classes.label.to_list() == [2, 3, 1, 2, 1]
    assert classes.gvf == pytest.approx(1 - 1 / 161.2)


def test_order_of_the_rows_changes_nothing():
    rng = np.random.default_rng(5)
    values = pd.Series(rng.beta(2, 20, 400)).round(3)
    one = classify(values, "natural_breaks", 5)
    other = classify(values.sample(frac=1, random_state=1), "natural_breaks", 5)
    assert one.breaks == other.breaks
    assert one.label.equals(other.label.sort_index())


@pytest.mark.bench
def test_natural_breaks_of_twenty_thousand_areas_take_less_than_a_second():
    values = np.random.default_rng(1).beta(2, 20, 20_000)
    start = time.perf_counter()
    natural_breaks(values, 5)
    assert time.perf_counter() - start < 1.0


# --- rules for every rule --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["natural_breaks", "quantile", "equal_width", "fixed"])
def test_no_estimate_no_level(rule: str):
    values = areas(0.1, np.nan, 0.2, 0.3, 0.35)
    classes = classify(values, rule, 3, (0.15, 0.25))
    assert classes.label.isna().to_list() == [False, True, False, False, False]
    assert classes.label.dtype == "Int8"
    without = classify(values.dropna(), rule, 3, (0.15, 0.25))
    assert classes.breaks == without.breaks
    assert classes.label.dropna().equals(without.label)


def test_nothing_estimated():
    classes = classify(areas(np.nan, np.nan), "natural_breaks", 3)
    assert classes.breaks == ()
    assert classes.label.isna().all()
    assert np.isnan(classes.gvf)


@pytest.mark.parametrize("rule", ["natural_breaks", "quantile", "equal_width"])
def test_equal_values_share_a_level_even_if_their_sums_differ_in_the_last_digit(rule: str):
    tied = [0.1 + 0.2, 0.3]  # 0.30000000000000004 and 0.3
    for others in ([0.1, 0.5], [0.29, 0.31], [0.1, 0.2], [0.4, 0.5]):
        label = classify(areas(*tied, *others), rule, 3).label
        assert label.iloc[0] == label.iloc[1]


def test_a_value_on_a_cut_off_goes_to_the_lower_level():
    assert classify(areas(0.1, 0.10001, 0.2, 0.3), "fixed", 3, (0.1, 0.2)).label.to_list() == [1, 2, 2, 3]
    # Equal width 0.1: 0.3 lies on a cut-off that floats put at 0.30000000000000004 or under 0.3.
    assert classify(areas(0.1, 0.2, 0.3, 0.4), "equal_width", 3).label.to_list() == [1, 1, 2, 3]


def test_fewer_distinct_values_than_levels_gives_fewer_levels_and_says_so():
    for rule in ("natural_breaks", "quantile"):
        classes = classify(areas(1, 1, 2, 2, 2), rule, 3)
        assert classes.label.to_list() == [1, 1, 2, 2, 2]
        assert [(n.code, n.values["count"], n.severity) for n in classes.notes] == [("levels_fewer", 2, "note")]
    same = classify(areas(3, 3), "equal_width", 3)
    assert same.label.to_list() == [1, 1]
    assert same.gvf == 1
    assert not classify(areas(1, 2, 3), "natural_breaks", 3).notes


def test_quantile_groups_have_equal_size():
    values = pd.Series(np.random.default_rng(2).random(300))
    assert classify(values, "quantile", 3).label.value_counts().to_list() == [100, 100, 100]
    assert quantile_breaks(np.arange(1, 8), 3) == pytest.approx([3, 5, 7])  # positions 2 and 4 of 0..6


def test_fixed_cut_offs_keep_levels_nobody_is_in():
    classes = classify(areas(0.01, 0.02), "fixed", 3, (0.08, 0.15))
    assert classes.label.to_list() == [1, 1]
    assert classes.breaks == (0.08, 0.15, 0.15)


def test_breaks_serve_another_year():
    first = classify(areas(0.1, 0.2, 0.3), "natural_breaks", 3)
    assert assign(areas(0.05, 0.15, np.nan, 0.9), first.breaks).to_list() == [1, 2, pd.NA, 3]
    assert assign(areas(0.1, 0.2, 0.3), first.breaks).equals(first.label)


def test_within_parent_units():
    values = pd.Series([1, 2, 3, 10, 20, 30, 7, 8, np.nan, 5], index=list("abcdefghij"), dtype=float)
    parent = pd.Series([*"AAABBBCC", "A", pd.NA], index=values.index, dtype="string")
    label = classify_within(values, parent, "natural_breaks", 3)
    assert label.to_list()[:6] == [1, 2, 3, 1, 2, 3]
    assert label.loc[["g", "h", "i", "j"]].isna().all()  # two areas cannot be three levels; no estimate; no parent
    assert label.dtype == "Int8"
    found = classes_by_parent(values, parent, "natural_breaks", 3)
    assert found["B"].breaks == (10, 20, 30)
    assert [n.code for n in found["C"].notes] == ["levels_parent_too_few"]
    assert classify_within(values, parent, "fixed", 3, (5, 15)).loc["g"] == 2


# --- printed ranges ---------------------------------------------------------------------------------------------------


def test_printed_ranges_are_observed_and_rounded_half_up():
    values = areas(0.1335, 0.1714, 0.1723, 0.2045, 0.21, 0.269)
    label = pd.Series([1, 1, 2, 2, 3, 3], index=values.index, dtype="Int8")
    assert printed_ranges(values, label) == [(13.4, 17.1), (17.2, 20.5), (21.0, 26.9)]


def test_printed_ranges_do_not_overlap():
    values = areas(0.10, 0.1712, 0.1714, 0.20)
    label = pd.Series([1, 1, 2, 2], index=values.index, dtype="Int8")
    assert printed_ranges(values, label) == [(10.0, 17.1), (17.2, 20.0)]
    narrow = areas(0.10, 0.1712, 0.17121, 0.17122, 0.17123, 0.20)
    label = pd.Series([1, 1, 2, 2, 3, 3], index=narrow.index, dtype="Int8")
    assert printed_ranges(narrow, label) == [(10.0, 17.1), (17.2, 17.2), (17.3, 20.0)]


def test_printed_ranges_of_an_index_and_of_levels_nobody_is_in():
    values = areas(15.04, 57.25)
    label = pd.Series([1, 3], index=values.index, dtype="Int8")
    assert printed_ranges(values, label, scale=1) == [(15.0, 15.0), (57.3, 57.3)]


# --- published figures ------------------------------------------------------------------------------------------------


def test_t1_national_cut_offs_of_the_dominican_republic():
    """Equal width between the printed minimum and maximum gives the six printed cut-offs."""
    printed = [0.0810050, 0.1051218, 0.1292387, 0.1533555, 0.1774724]
    assert equal_width_breaks([0.0568881, 0.1774724], 5) == pytest.approx(printed, abs=1e-7)


def test_t1_national_class_of_the_printed_municipalities(dominican_municipalities: pd.DataFrame):
    """The sample holds the national minimum and maximum, so its own equal-width classes are the published ones."""
    rows = dominican_municipalities.set_index("code")
    label = classify(rows["mean"], "equal_width", 5).label
    published = rows["level"].map({"very low": 1, "low": 2, "medium": 3, "high": 4, "very high": 5})
    assert label.to_list() == published.to_list()
    assert label.value_counts().to_dict() == {1: 8, 5: 6, 4: 6}


def test_t5_regional_cut_offs(dominican_regions: pd.DataFrame):
    for row in dominican_regions.itertuples():
        assert equal_width_breaks([row.min, row.max], 3)[:2] == pytest.approx([row.cut1, row.cut2], abs=1.1e-6)


def test_t5_regional_class_counts_where_the_region_is_printed(dominican_municipalities: pd.DataFrame):
    """El Valle: its 11 highest of 22, with its maximum, are in the sample and its minimum is printed. 6 are high."""
    inside = dominican_municipalities.query("region == 7").set_index("code")["mean"]
    label = classify(pd.concat([inside, pd.Series({"minimum": 0.104266})]), "equal_width", 3).label
    assert (label == 3).sum() == 6


def test_t7_san_marcos_prints_as_published():
    """Three groups with the printed ends; 17.14 and 20.43 need no moving, 17.16 would have been printed 17.2."""
    low, medium, high = (
        np.linspace(0.1331, 0.17144, 7),
        np.linspace(0.17151, 0.20443, 16),
        np.linspace(0.2047, 0.26852, 7),
    )
    values = areas(*low, *medium, *high)
    label = classify(values, "fixed", 3, (0.17149, 0.2045)).label
    assert label.value_counts(sort=False).to_list() == [7, 16, 7]
    assert printed_ranges(values, label) == [(13.3, 17.1), (17.2, 20.4), (20.5, 26.9)]


def test_t7_t8_published_ranges_are_not_of_equal_width():
    """So natural breaks is the default: equal width would have cut San Marcos at 17.8 and Estado de México at 7.6."""
    assert equal_width_breaks([13.3, 26.9], 3)[:2] == pytest.approx([17.83, 22.37], abs=0.01)
    assert equal_width_breaks([2.6, 17.5], 3)[1] == pytest.approx(12.53, abs=0.01)  # printed: medium ends at 12.2


def test_t8_estado_de_mexico_by_its_printed_cut_offs():
    values = areas(*np.linspace(2.6, 7.5, 77), *np.linspace(7.6, 12.2, 40), *np.linspace(12.3, 17.5, 8))
    label = classify(values, "fixed", 3, (7.5, 12.2)).label
    assert label.value_counts(sort=False).to_list() == [77, 40, 8]
    assert len(values) == 125
    assert printed_ranges(values, label, scale=1) == [(2.6, 7.5), (7.6, 12.2), (12.3, 17.5)]


@pytest.mark.parametrize(
    ("total", "published"), [(340, (110, 132, 98)), (81, (26, 33, 22)), (345, (201, 63, 81)), (24, (12, 9, 3))]
)
def test_t9_published_classes_are_all_areas_and_no_tertiles(total: int, published: tuple[int, int, int]):
    tertiles = classify(pd.Series(np.arange(total, dtype=float)), "quantile", 3).label.value_counts(sort=False)
    assert sum(published) == total == tertiles.sum()
    assert max(tertiles) - min(tertiles) <= 1
    assert max(published) - min(published) > 1
