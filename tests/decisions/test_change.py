"""Change between two runs: figures worked out by hand, and intervals that hold the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.change import CHANGE_COLUMNS, PARENT_COLUMNS, TRANSITION_COLUMNS, compare_runs
from riskmodel.decisions.change_summary import difference
from riskmodel.i18n import translator
from riskmodel.outputs.change_key import change_key, limits, within_chance
from riskmodel.outputs.change_words import caution, headline
from tests.decisions.two_years import CHILDREN, CODES, EARLIER, LATER, run, table


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("years")


@pytest.fixture(scope="module")
def earlier(folder):
    return run(folder, table(EARLIER), 2015)


@pytest.fixture(scope="module")
def later(folder):
    return run(folder, table(LATER), 2020)


@pytest.fixture(scope="module")
def change(earlier, later):
    return compare_runs(earlier, later)


def test_differences_and_intervals_are_those_by_hand(change):
    """se = √(0.012² + 0.012²) = 0.0169706; 0103 rose by 0.09: 0.09 ∓ 1.959964 · 0.0169706, z = 5.3033, p = 1.137e-7."""
    rows = change.areas.set_index("area_code")
    assert rows["change"].to_numpy() == pytest.approx([0.01, -0.02, 0.09, 0.0, -0.09, 0.02], abs=1e-12)
    assert rows["se"].to_numpy() == pytest.approx(0.012 * np.sqrt(2))
    assert rows.loc["0103", ["ci_lower", "ci_upper"]].to_list() == pytest.approx([0.0567383, 0.1232617], abs=1e-7)
    assert rows.loc["0103", "p_value"] == pytest.approx(1.1373e-7, rel=1e-4)
    assert list(change.areas.columns) == list(CHANGE_COLUMNS)


def test_false_discoveries_are_controlled_by_hand(change):
    """p in order: 1.137e-7 twice (rank 2 of 6: · 6/2), 0.2386 twice (rank 4: · 6/4), 0.5557 (rank 5: · 6/5), 1."""
    rows = change.areas.set_index("area_code")
    expected = [0.555690 * 6 / 5, 0.238593 * 6 / 4, 1.13727e-7 * 3, 1.0, 1.13727e-7 * 3, 0.238593 * 6 / 4]
    assert rows["q_value"].to_numpy() == pytest.approx(expected, rel=1e-5)
    assert rows.index[rows["beyond_chance"].astype(bool)].to_list() == ["0103", "0202"]
    found = change.summary["beyond_chance"]
    assert (found["tested"], found["rose"], found["fell"]) == (6, 1, 1)


def test_both_years_have_the_levels_of_the_earlier_one(change, earlier, later):
    """Natural breaks of 5, 6, 8 | 10, 12 | 20 %. Later 21 % is above all of them and high, 11 % and 12 % are medium."""
    assert earlier.manifest["breaks"] == pytest.approx([0.08, 0.12, 0.20])
    assert later.manifest["breaks"] != earlier.manifest["breaks"]
    rows = change.areas.set_index("area_code")
    assert rows["level_earlier"].to_list() == [1, 1, 2, 1, 3, 2]
    assert rows["level_later"].to_list() == [1, 1, 3, 1, 2, 2]
    assert rows["move"].to_list() == ["", "", "entered", "", "left", ""]
    assert (change.summary["entered"], change.summary["left"], change.summary["stayed_high"]) == (1, 1, 0)


def test_transition_counts_areas_and_children(change):
    assert change.transition.to_numpy(float).tolist() == [
        [1, 1, 3, 3800], [2, 2, 1, 3000], [2, 3, 1, 1500], [3, 2, 1, 900]
    ]  # fmt: skip
    assert list(change.transition.columns) == list(TRANSITION_COLUMNS)


def test_ranks_and_expected_numbers(change):
    """0103: 180 children in 2015, 315 in 2020; half-width 1.959964 · 1500 · 0.0169706 = 49.89."""
    row = change.areas.set_index("area_code").loc["0103"]
    assert (row["rank_earlier"], row["rank_later"], row["rank_change"]) == (2, 1, -1)
    assert row[["expected_earlier", "expected_later", "expected_change"]].to_list() == pytest.approx([180, 315, 135])
    assert row[["expected_change_lower", "expected_change_upper"]].to_list() == pytest.approx(
        [85.107, 184.893], abs=1e-3
    )


def test_country_and_parents_are_weighted_by_children(change):
    """918 of 9,200 and 1,002 of 9,200; Σ w² = 17.9 million of 84.64, so each se is 0.012 · √0.21149 = 0.0055186."""
    country = change.summary["national"]
    assert country["earlier"] == pytest.approx(918 / 9200)
    assert country["later"] == pytest.approx(1002 / 9200)
    share = np.array(CHILDREN) / sum(CHILDREN)
    assert country["se"] == pytest.approx(0.012 * np.sqrt(np.sum(share**2)) * np.sqrt(2))
    assert country["expected_change"] == pytest.approx(84)
    parents = change.parents.set_index("parent_code")
    assert parents.loc["01", "change"] == pytest.approx((60 + 120 + 315 - 50 - 160 - 180) / 4500)
    assert list(change.parents.columns) == list(PARENT_COLUMNS)


def test_declared_limits_serve_both_years(earlier, later):
    found = compare_runs(earlier, later, cuts=(0.055, 0.115))
    rows = found.areas.set_index("area_code")
    assert rows["level_earlier"].to_list() == [1, 2, 3, 2, 3, 2]
    assert rows["level_later"].to_list() == [2, 2, 3, 2, 2, 3]
    assert found.summary["levels"] == {"from": "declared", "breaks": [0.055, 0.115], "k": 3, "scope": "national"}


def test_levels_within_parent_units_have_the_earlier_limits_of_the_unit(folder):
    """In unit 01 the earlier limits are 5, 8 and 12 %; in 02 they are 6, 10 and 20 %."""
    rule = '[levels]\nscope = "parent"\n'
    pair = [run(folder / "parent", table(v), y, levels=rule) for v, y in ((EARLIER, 2015), (LATER, 2020))]
    rows = compare_runs(*pair).areas.set_index("area_code")
    assert rows["level_earlier"].to_list() == [1, 2, 3, 1, 3, 2]
    assert rows["level_later"].to_list() == [2, 2, 3, 1, 3, 3]


def test_without_errors_nothing_is_called_more_than_chance(folder):
    part = '[given_risk]\nrisk = "risk"\n'
    found = compare_runs(*(run(folder / "bare", table(v), y, part=part) for v, y in ((EARLIER, 2015), (LATER, 2020))))
    assert found.areas["change"].notna().all()
    assert found.areas[["se", "ci_lower", "p_value", "beyond_chance"]].isna().all().all()
    assert found.summary["errors"] == "unknown"
    assert any("carry no error" in s for s in headline(found.summary, translator("en")))


def test_an_area_without_a_value_in_one_year_is_not_compared(folder, earlier):
    found = compare_runs(earlier, run(folder / "gap", table([np.nan, *LATER[1:]]), 2020))
    row = found.areas.set_index("area_code").loc["0101"]
    assert row[["change", "level_later", "rank_later", "beyond_chance"]].isna().all()
    assert found.summary["areas"] == {"compared": 5, "without_value": 1, "abolished": 0, "new": 0, "joined": 0}


def test_same_runs_with_other_years_have_no_change(earlier):
    manifest = {**earlier.manifest, "years": {"outcome": 2021}}
    found = compare_runs(earlier, replace(earlier, manifest=manifest))
    assert (found.areas["change"] == 0).all()
    assert found.areas["p_value"].to_list() == [1.0] * 6
    assert (found.areas["move"] == "").sum() == 5
    assert not found.areas["beyond_chance"].any()


def test_intervals_hold_the_true_change():
    """Estimates with their stated errors in 2,000 areas, 30 times: 95 % intervals hold the true change in 94 to 96 %."""
    rng = np.random.default_rng(5)
    held = []
    for _ in range(30):
        first, second = rng.beta(3, 20, 2000), rng.beta(3, 20, 2000)
        se = rng.uniform(0.005, 0.03, (2, 2000))
        seen = difference(first + se[0] * rng.standard_normal(2000), se[0], second + se[1] * rng.standard_normal(2000), se[1])  # fmt: skip
        held.append(((seen["ci_lower"] <= second - first) & (second - first <= seen["ci_upper"])).mean())
    assert 0.94 < np.mean(held) < 0.96


def test_errors_that_go_together_make_the_interval_too_wide_never_too_narrow():
    rng = np.random.default_rng(6)
    shared, own = 0.02 * rng.standard_normal(20_000), 0.01 * rng.standard_normal((2, 20_000))
    se = np.full(20_000, np.hypot(0.02, 0.01))
    seen = difference(0.1 + shared + own[0], se, 0.12 + shared + own[1], se)
    assert ((seen["ci_lower"] <= 0.02) & (seen["ci_upper"] >= 0.02)).mean() > 0.99


def test_of_the_changes_named_few_are_chance():
    """A fifth of the areas change: of those named, at most about one in twenty did not."""
    from scipy.stats import false_discovery_control

    rng = np.random.default_rng(7)
    true = np.where(np.arange(5000) < 1000, 0.08, 0.0)
    se = np.full(5000, 0.02)
    seen = difference(0.1 + se * rng.standard_normal(5000), se, 0.1 + true + se * rng.standard_normal(5000), se)
    named = false_discovery_control(seen["p_value"].to_numpy()) <= 0.05
    assert named.sum() > 300
    assert (named & (true == 0)).sum() / named.sum() < 0.07


def test_words_say_chance_only_where_the_interval_holds_zero(change):
    said = headline(change.summary, translator("en"))
    assert "10.9%" in said[0]
    assert "it may be chance" in said[0]
    assert said[2] == "1 area entered the high level. 1 area left the high level."
    assert "In 2 of 6 areas the change is more than chance: 1 rose, 1 fell." in said
    assert any("not why" in s for s in caution(change.summary, translator("en")))


def test_map_has_a_class_for_every_area_and_dots_within_chance(change):
    """Four in five changes stay within 9 points: limits 2.5 and 10."""
    key = change_key(change, translator("en"))
    assert key.position.to_list() == [3, 3, 4, 3, 2, 3]
    assert [row.areas for row in key.rows] == [0, 1, 4, 1, 0]
    assert within_chance(change) == {"0101", "0102", "0201", "0203"}
    assert key.value["0103"] == "+9.0 (+5.7 to +12.3)"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([0.1] * 10, (0.025, 0.1)), ([1.0, 2.0, 2.9, 3.0, 3.1], (1.0, 4.0)), ([0.0, 0.0], (0.25, 1.0))],
)
def test_limits_are_round_and_hold_four_in_five(sizes, expected):
    assert limits(pd.Series(sizes)) == pytest.approx(expected)


def test_areas_are_untouched(earlier, later):
    before = earlier.areas.copy()
    compare_runs(earlier, later, pd.DataFrame({"earlier_code": [CODES[0]], "later_code": [CODES[1]]}))
    pd.testing.assert_frame_equal(earlier.areas, before)
