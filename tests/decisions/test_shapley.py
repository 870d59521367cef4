"""Shapley values: against the definition, and what they must satisfy."""

from __future__ import annotations

import time
from itertools import permutations

import numpy as np
import pytest
from scipy.special import expit

import riskmodel.decisions.shapley as shapley
from riskmodel.decisions.shapley import shapley_values


def by_definition(intercept: float, parts: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Mean gain over every order, each value a sum over every pair of profiles."""
    share = weight / weight.sum()

    def value(inside: list[int]) -> np.ndarray:
        own = parts[:, inside].sum(axis=1)
        rest = np.delete(parts, inside, axis=1).sum(axis=1)
        return expit(intercept + own[:, None] + rest[None, :]) @ share

    phi = np.zeros(parts.shape)
    orders = list(permutations(range(parts.shape[1])))
    for order in orders:
        for position, k in enumerate(order):
            phi[:, k] += value(list(order[: position + 1])) - value(list(order[:position]))
    return phi / len(orders)


def example(n_profiles: int, n: int, seed: int = 1, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_profiles, n)) * spread, rng.gamma(1.0, size=n_profiles)


def test_two_profiles_by_hand():
    """Background half a (0, 0), half b (1, 1), logit −1 + both; of b: v(1) = v(2) = (p(0) + p(1)) / 2.

    p(−1) = 0.268941, p(0) = 0.5, p(1) = 0.731059; v(none) = 0.5. By symmetry each has half of 0.731059 − 0.5.
    """
    phi = shapley_values(-1.0, np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([1.0, 1.0]))
    assert phi == pytest.approx(np.array([[-0.1155293, -0.1155293], [0.1155293, 0.1155293]]), abs=1e-7)


@pytest.mark.parametrize(("n", "spread"), [(1, 1.0), (2, 1.0), (3, 1.0), (4, 0.3), (5, 3.0)])
def test_as_defined(n: int, spread: float):
    parts, weight = example(9, n, seed=n, spread=spread)
    assert shapley_values(-2.5, parts, weight) == pytest.approx(by_definition(-2.5, parts, weight), abs=1e-7)


def test_contributions_add_up_to_the_gap():
    parts, weight = example(300, 7)
    risk = expit(-3 + parts.sum(axis=1))
    gap = risk - np.average(risk, weights=weight)
    assert shapley_values(-3, parts, weight).sum(axis=1) == pytest.approx(gap, abs=1e-13)


def test_equal_determinants_share_equally_and_a_null_one_has_nothing():
    parts, weight = example(40, 4)
    parts[:, 2] = parts[:, 1]
    parts[:, 3] = 0.7  # the same for everybody
    phi = shapley_values(-2, parts, weight)
    assert phi[:, 1] == pytest.approx(phi[:, 2], abs=1e-12)
    assert phi[:, 3] == pytest.approx(0, abs=1e-7)


def test_contributions_average_to_nothing_over_the_country_as_a_whole():
    parts, weight = example(200, 3)
    assert np.average(shapley_values(-2, parts, weight).sum(axis=1), weights=weight) == pytest.approx(0, abs=1e-14)


def test_scale_of_weights_and_order_of_profiles_change_nothing():
    parts, weight = example(50, 5)
    phi = shapley_values(-2, parts, weight)
    assert shapley_values(-2, parts, weight * 1000) == pytest.approx(phi, abs=1e-13)
    assert shapley_values(-2, parts[::-1], weight[::-1]) == pytest.approx(phi[::-1], abs=1e-13)


def test_drawn_orders_add_up_exactly_and_are_near_the_exact_values(monkeypatch: pytest.MonkeyPatch):
    parts, weight = example(60, 6, spread=0.6)
    exact = shapley_values(-2.5, parts, weight)
    monkeypatch.setattr(shapley, "EXACT_UP_TO", 4)
    drawn = shapley_values(-2.5, parts, weight, seed=3)
    assert drawn.sum(axis=1) == pytest.approx(exact.sum(axis=1), abs=1e-13)
    assert drawn == pytest.approx(exact, abs=2e-3)
    assert np.array_equal(drawn, shapley_values(-2.5, parts, weight, seed=3))
    assert not np.array_equal(drawn, shapley_values(-2.5, parts, weight, seed=4))


@pytest.mark.bench
@pytest.mark.parametrize("n", [8, 10, 12, 14])
def test_twenty_thousand_profiles_take_seconds(n: int):
    rng = np.random.default_rng(1)
    parts = np.column_stack([rng.choice(rng.normal(0, 0.8, 5), 20_000) for _ in range(n)])
    start = time.perf_counter()
    shapley_values(-3, parts, rng.gamma(1.0, size=20_000))
    assert time.perf_counter() - start < 30
