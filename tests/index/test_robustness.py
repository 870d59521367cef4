"""Ranks and levels under other choices: hand-made indices, and what must hold of any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from riskmodel.index.composite import composite, panel, scaled
from riskmodel.index.robustness import CHOICES, Choices, fast_ranks, simulate_choices

# Two indicators in two dimensions; areas by rows.
SCORES = np.array([[90.0, 90.0], [60.0, 20.0], [20.0, 58.0], [5.0, 5.0]])


def choices(*tables: np.ndarray, **other: object) -> Choices:
    """Each table a normalisation; one treatment; arithmetic means unless said otherwise."""
    scores = np.array(tables, dtype=np.float32)[None]
    p = scores.shape[-1]
    given = {"dimension": np.arange(p), "own": np.ones(p), "between": np.ones(p), "means": ("arithmetic",)}
    return Choices(scores, **(given | other))  # type: ignore[arg-type]


def test_only_weights_uncertain_by_hand():
    """Area 1 leads area 2 by 60 w − 20 w − … : 40 w₁ > 38 w₂, w₁ / w₂ > 0.95; first and last cannot change place.

    w₁ = 0.75 + 0.5 u, w₂ = 0.75 + 0.5 v: the share of the square where w₁ < 0.95 w₂. The line enters at v = 0.0789
    (w₂ = 0.75 / 0.95) and leaves at w₁ = 1.1875 (u = 0.875): a triangle of 0.875 · 0.9211 / 2 = 0.4030.
    """
    found = simulate_choices(choices(SCORES), SCORES.mean(axis=1), np.array([3, 2, 1, 1]), 20_000, seed=7)
    areas = found.areas
    assert areas["rank"].to_list() == [1, 2, 3, 4]
    assert areas["rank_lower"].to_list() == [1, 2, 2, 4]
    assert areas["rank_upper"].to_list() == [1, 3, 3, 4]
    assert areas["rank_median"].to_list() == [1, 2, 3, 4]
    assert areas["level_stability"].to_list() == pytest.approx([1, 0.597, 0.597, 1], abs=0.012)
    assert found.mean_shift == pytest.approx(0.403 * 2 / 4, abs=0.006)
    told = found.sensitivity.set_index("choice")
    assert told.index.to_list() == list(CHOICES)
    assert told["total"].to_list() == pytest.approx([0, 0, 0, 0, 1], abs=0.05)


def test_a_normalisation_that_turns_the_order_is_the_only_choice_that_counts():
    """The second scale turns all round, and weights cannot: half of the draws shift ranks by (3 + 1 + 1 + 3) / 4 = 2."""
    one = np.repeat([[90.0], [60.0], [40.0], [10.0]], 2, axis=1)
    found = simulate_choices(choices(one, 100 - one), one[:, 0], np.array([3, 2, 1, 1]), 2_000, seed=1)
    assert found.mean_shift == pytest.approx(1, abs=0.05)
    assert found.areas["rank_lower"].to_list() == [1, 2, 2, 1]
    assert found.areas["rank_upper"].to_list() == [4, 3, 3, 4]
    # turned, the third area takes the place of the second: level 2; the last that of the first
    assert found.areas["level_stability"].to_list() == pytest.approx([0.5, 0.5, 0.5, 0.5], abs=0.03)
    told = found.sensitivity.set_index("choice")
    assert told.loc["normalisation", ["first_order", "total"]].to_list() == pytest.approx([1, 1], abs=0.05)
    assert told.drop("normalisation")["total"].to_list() == pytest.approx([0] * 4, abs=0.02)


def test_order_of_areas_scale_of_weights_and_draws_held_at_once_change_nothing():
    rng = np.random.default_rng(3)
    scores, index, level = rng.uniform(0, 100, (90, 4)), rng.uniform(0, 100, 90), rng.integers(1, 4, 90)
    level = np.sort(level)[np.argsort(np.argsort(index))]
    given = choices(scores, scores**1.5 / 10, means=("arithmetic", "geometric"), dimension=np.array([0, 0, 1, 1]), between=np.ones(2))  # fmt: skip
    whole = simulate_choices(given, index, level, 600, seed=2)
    turned = replace(given, scores=given.scores[:, :, ::-1], own=given.own * 7, between=given.between / 3)
    again = simulate_choices(turned, index[::-1], level[::-1], 600, seed=2)
    assert again.areas[::-1].to_numpy() == pytest.approx(whole.areas.to_numpy())
    assert again.sensitivity.drop(columns="choice").to_numpy() == pytest.approx(
        whole.sensitivity.drop(columns="choice").to_numpy()
    )
    other = simulate_choices(given, index, level, 600, seed=4)
    assert not other.areas.equals(whole.areas)
    assert (whole.areas["rank_lower"] <= whole.areas["rank_median"]).all()
    assert (whole.areas["rank_median"] <= whole.areas["rank_upper"]).all()


def test_areas_alike_in_everything_stay_together():
    scores = np.vstack([SCORES, SCORES[1]])
    found = simulate_choices(choices(scores), scores.mean(axis=1), np.array([3, 2, 1, 1, 2]), 500, seed=1).areas
    assert found.iloc[1].to_list() == found.iloc[4].to_list()


def test_few_draws_tell_ranks_and_no_sensitivity():
    found = simulate_choices(choices(SCORES), SCORES.mean(axis=1), np.array([3, 2, 1, 1]), 100, seed=1)
    assert found.sensitivity.empty
    assert found.draws == 100
    assert found.areas["rank_lower"].to_list() == [1, 2, 2, 4]


def test_fast_ranks_share_the_smallest():
    values = np.array([[3.0, 1.0, 3.0, 2.0, 1.0, 3.0], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])
    assert fast_ranks(values).tolist() == [[1, 5, 1, 4, 5, 1], [6, 5, 4, 3, 2, 1]]
    assert fast_ranks(np.array([[7.0]])).tolist() == [[1]]


@pytest.mark.parametrize(
    ("within", "between", "expected"),
    [
        ("arithmetic", "arithmetic", 0.5 * (0.25 * 40 + 0.75 * 80) + 0.5 * 20),
        ("geometric", "geometric", np.sqrt(40**0.25 * 80**0.75 * 20)),
        ("arithmetic", "geometric", np.sqrt((0.25 * 40 + 0.75 * 80) * 20)),
        ("geometric", "arithmetic", 0.5 * 40**0.25 * 80**0.75 + 0.5 * 20),
        ("geometric_strength", "arithmetic", 0.5 * (100 - 60**0.25 * 20**0.75) + 0.5 * 20),
        ("arithmetic", "geometric_strength", 100 - np.sqrt(30 * 80)),
        ("geometric_strength", "geometric", np.sqrt((100 - 60**0.25 * 20**0.75) * 20)),
    ],
)
def test_means_by_hand(within, between, expected):
    table = panel(np.array([[40.0, 80.0, 20.0]]), np.array([0, 0, 1]))
    own, across = scaled(np.array([[1.0, 3.0, 9.0]]), np.array([[2.0, 2.0]]), table.dimension)
    assert composite(table, own, across, within, between).item() == pytest.approx(expected)


def test_a_dimension_without_weight_leaves_the_others_whole():
    own, across = scaled(np.array([[1.0, 3.0, 0.0]]), np.array([[1.0, 1.0]]), np.array([0, 0, 1]))
    assert own.tolist() == [[0.25, 0.75, 0.0]]
    assert across.tolist() == [[1.0, 0.0]]
