"""Iterative proportional fitting against results known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from riskmodel.population.raking import rake

TWO = [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])]  # a 2 × 2 table, row by row


def shares(raking) -> np.ndarray:
    return np.vstack([share for _, share in raking.blocks()])


def test_the_odds_ratio_is_the_seeds_and_the_margins_are_the_areas():
    """Odds ratio 4 and even margins: a / (1/2 − a) = √4, so a = 1/3."""
    half = np.array([[0.5, 0.5]])
    got = rake(np.array([4.0, 1.0, 1.0, 1.0]), TWO, [half, half])
    assert shares(got)[0] == pytest.approx([1 / 3, 1 / 6, 1 / 6, 1 / 3], abs=1e-8)
    assert got.gap[0] <= 1e-8


def test_without_association_the_margins_multiply():
    got = rake(np.ones(4) * 7, TWO, [np.array([[0.2, 0.8], [1.0, 0.0]]), np.array([[0.3, 0.7], [0.5, 0.5]])])
    assert shares(got) == pytest.approx(np.array([[0.06, 0.14, 0.24, 0.56], [0.5, 0.5, 0, 0]]), abs=1e-9)
    assert (got.iterations <= 2).all()


def test_many_areas_are_fitted_alike_in_any_block(monkeypatch):
    rng = np.random.default_rng(1)
    codes = [rng.integers(0, 3, 60), rng.integers(0, 2, 60), rng.integers(0, 4, 60)]
    seed, wanted = rng.random(60) + 0.1, [rng.dirichlet(np.ones(c) * 5, 40) for c in (3, 2, 4)]
    got = rake(seed, codes, wanted)
    for code, want in zip(codes, wanted, strict=True):
        found = np.stack([np.bincount(code, row, want.shape[1]) for row in shares(got)])
        assert found == pytest.approx(want, abs=1e-7)
    monkeypatch.setattr("riskmodel.population.raking.BLOCK_CELLS", 60)
    assert shares(rake(seed, codes, wanted)) == pytest.approx(shares(got), abs=1e-9)


def test_totals_that_no_mixture_meets_are_known_by_their_gap():
    """Without the combination (0, 0) the shares 0.8 and 0.8 cannot hold together: they need at least 0.6 of it."""
    got = rake(np.ones(3), [np.array([0, 1, 1]), np.array([1, 0, 1])], [np.array([[0.8, 0.2]]), np.array([[0.8, 0.2]])])
    assert got.gap[0] > 0.1
    assert shares(got).sum() == pytest.approx(1)
    exclusive = rake(np.ones(2), [np.array([0, 1]), np.array([0, 1])], [np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])])
    assert exclusive.gap[0] == pytest.approx(1)
