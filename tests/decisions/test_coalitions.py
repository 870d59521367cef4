"""Shapley values with interactions: against the definition, adding up exactly, and bounded work."""

from __future__ import annotations

import time
from itertools import permutations

import numpy as np
import pytest
from scipy.special import expit

import riskmodel.decisions.shapley as shapley
from riskmodel.decisions.coalitions import Pair
from riskmodel.decisions.shapley import Plan, plan, shapley_values


def example(n_profiles: int, n: int, which: list[tuple[int, int]], seed: int = 1, values: int = 3):
    """Determinants of a few values each, what they add alone and in pairs, and weights."""
    rng = np.random.default_rng(seed)
    code = rng.integers(0, values, (n_profiles, n))
    code[:values] = np.arange(values)[:, None]
    parts = np.column_stack([rng.normal(0, 0.8, values)[code[:, k]] for k in range(n)])
    pairs = [Pair(a, b, code[:, a], code[:, b], rng.normal(0, 0.6, (values, values))) for a, b in which]
    return parts, rng.gamma(1.0, size=n_profiles), pairs


def by_definition(intercept, parts, weight, pairs) -> np.ndarray:
    """Mean gain over every order; each value is a sum over every pair of profile and background profile."""
    share = weight / weight.sum()
    n_profiles, n = parts.shape
    mine, other = np.arange(n_profiles)[:, None], np.arange(n_profiles)[None, :]

    def value(inside: set[int]) -> np.ndarray:
        who = [mine if k in inside else other for k in range(n)]
        eta = intercept + sum(parts[who[k], k] for k in range(n))
        for pair in pairs:
            eta = eta + pair.log_odds[pair.first_code[who[pair.first]], pair.second_code[who[pair.second]]]
        return expit(np.broadcast_to(eta, (n_profiles, n_profiles))) @ share

    phi = np.zeros(parts.shape)
    orders = list(permutations(range(n)))
    for order in orders:
        for position, k in enumerate(order):
            phi[:, k] += value(set(order[: position + 1])) - value(set(order[:position]))
    return phi / len(orders)


WHICH = {
    "one": [(0, 1)],
    "chain": [(0, 1), (2, 1)],
    "two apart": [(0, 3), (2, 1)],
    "star": [(1, 0), (1, 2), (1, 3)],
    "all": [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)],
}


@pytest.mark.parametrize("case", WHICH)
def test_as_defined(case):
    parts, weight, pairs = example(14, 4, WHICH[case])
    want = by_definition(-2.0, parts, weight, pairs)
    assert shapley_values(-2.0, parts, weight, pairs=pairs) == pytest.approx(want, abs=2e-7)


def test_a_product_of_two_signs_by_hand():
    """Four profiles (±1, ±1), half-half, logit = product of the signs alone: by symmetry each has half of the gap."""
    signs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    table = np.array([[1.0, -1.0], [-1.0, 1.0]])
    phi = shapley_values(0.0, np.zeros((4, 2)), np.ones(4), pairs=[Pair(0, 1, signs[:, 0], signs[:, 1], table)])
    gap = expit(1.0) - 0.5
    assert phi == pytest.approx(np.array([[gap, gap], [-gap, -gap], [-gap, -gap], [gap, gap]]) / 2, abs=1e-7)


def test_parts_add_up_exactly():
    parts, weight, pairs = example(300, 6, [(0, 1), (2, 1), (4, 5)], values=5)
    eta = -3 + parts.sum(axis=1) + sum(p.of_profiles for p in pairs)
    gap = expit(eta) - np.average(expit(eta), weights=weight)
    assert shapley_values(-3, parts, weight, pairs=pairs).sum(axis=1) == pytest.approx(gap, abs=1e-13)


def test_an_interaction_of_nothing_changes_nothing():
    parts, weight, pairs = example(60, 4, [(0, 1)])
    none = [Pair(p.first, p.second, p.first_code, p.second_code, 0 * p.log_odds) for p in pairs]
    assert shapley_values(-2, parts, weight, pairs=none) == pytest.approx(shapley_values(-2, parts, weight), abs=1e-6)


def test_too_much_work_is_done_by_drawn_orders_that_still_add_up(monkeypatch: pytest.MonkeyPatch):
    parts, weight, pairs = example(60, 6, [(0, 1), (2, 3)])
    assert plan(parts, pairs) == Plan(True)
    exact = shapley_values(-2.5, parts, weight, pairs=pairs)
    monkeypatch.setattr(shapley, "MOST_READS", 1000)
    way = plan(parts, pairs)
    assert not way.exact
    assert way.pairs == shapley.FEWEST_PAIRS
    drawn = shapley_values(-2.5, parts, weight, seed=3, pairs=pairs)
    assert drawn.sum(axis=1) == pytest.approx(exact.sum(axis=1), abs=1e-13)
    assert np.abs(drawn - exact).max() < 0.03
    assert np.array_equal(drawn, shapley_values(-2.5, parts, weight, seed=3, pairs=pairs))


@pytest.mark.bench
@pytest.mark.parametrize(
    ("profiles", "n", "which"),
    [(20_000, 10, []), (20_000, 10, [(0, 1), (2, 3)]), (20_000, 12, [(0, 1), (2, 3)]), (300_000, 12, []),
     (300_000, 12, [(0, 1), (2, 3)])],
)  # fmt: skip
def test_work_is_bounded(profiles, n, which):
    parts, weight, pairs = example(profiles, n, which, values=8)
    start = time.perf_counter()
    shapley_values(-3, parts, weight, pairs=pairs)
    took = time.perf_counter() - start
    print(f"{profiles:,} profiles × {n} determinants, {len(which)} interactions: {plan(parts, pairs)}, {took:.0f} s")
    assert took < 400
