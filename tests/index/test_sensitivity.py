"""Sobol indices against functions whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from riskmodel.index.sensitivity import base_points, design, sobol_table


def test_ishigami_has_the_published_indices():
    """Ishigami & Homma (1990), a = 7, b = 0.1: S = 0.3139, 0.4424, 0; total = 0.5576, 0.4424, 0.2437."""
    groups = [[0], [1], [2]]
    x = np.pi * (2 * design(4096, groups, seed=1) - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol_table(y, ["a", "b", "c"], seed=1)
    assert found["choice"].to_list() == ["a", "b", "c"]
    assert found["first_order"].to_list() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.015)
    assert found["total"].to_list() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.015)
    assert (found["first_lower"] < found["first_order"]).all()
    assert (found["total_upper"] > found["total"]).all()


def test_a_group_of_numbers_is_one_choice():
    """y = 3 x₀ + 4 x₁ + 12 x₂ of independent uniforms: variances 9, 16, 144 of 169; x₀ and x₁ together 25 / 169."""
    x = design(1024, [[0, 1], [2]], seed=5)
    found = sobol_table(x @ [3.0, 4.0, 12.0], ["pair", "one"], seed=5)
    assert found["first_order"].to_list() == pytest.approx([25 / 169, 144 / 169], abs=0.01)
    assert found["total"].to_list() == pytest.approx([25 / 169, 144 / 169], abs=0.01)


def test_an_outcome_that_never_changes_hangs_on_nothing():
    found = sobol_table(np.ones(4 * 64), ["a", "b"], seed=0)
    assert found.drop(columns="choice").to_numpy().tolist() == [[0.0] * 6, [0.0] * 6]


def test_a_design_takes_the_largest_power_of_two_that_fits():
    assert [base_points(n, 5) for n in (0, 447, 448, 895, 896, 10_000)] == [0, 0, 64, 64, 128, 1024]


def test_each_part_of_a_design_differs_from_the_first_in_its_group_alone():
    a, b, first, second = np.split(design(64, [[0, 2], [1]], seed=3), 4)
    assert (first[:, [0, 2]] == b[:, [0, 2]]).all()
    assert (first[:, 1] == a[:, 1]).all()
    assert (second[:, 1] == b[:, 1]).all()
    assert (second[:, [0, 2]] == a[:, [0, 2]]).all()
