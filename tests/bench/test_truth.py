"""Studies of simulated countries beside their truth: coverage, ranks, levels. Run by `make bench`, prints its figures.

Two hundred countries with and without area effects under every kind of population, and fewer of the harder cases.
"""

from __future__ import annotations

import pytest

from tests.bench.truth_runs import calibration, repeated, show

pytestmark = pytest.mark.bench


@pytest.mark.parametrize(("world", "least", "most"), [("with effects", 0.93, 0.97), ("without effects", 0.93, 1.0)])
def test_intervals_ranks_and_levels_hold_the_truth(world, least, most):
    rows = repeated(world, range(200))
    show(rows)
    for _, part in rows.groupby("kind"):
        assert least <= part["covered"].mean() <= most
        assert part["rank_covered"].mean() > 0.92
        assert abs(part["bias"].mean()) < 0.02
        told = calibration(part)
        # What is claimed may err towards doubt, not towards certainty.
        assert (told["right"] > told["mean_claimed"] - 0.05)[told["areas"] > 300].all()


@pytest.mark.parametrize("world", ["associations differ", "rare outcome", "large effects", "12 areas"])
def test_harder_countries_are_covered_too(world):
    rows = repeated(world, range(60))
    show(rows)
    assert rows["covered"].mean() > 0.92


def test_without_the_column_of_areas_intervals_are_too_narrow_and_say_so():
    rows = repeated("areas not declared", range(30))
    show(rows)
    assert rows["covered"].mean() < 0.8
    assert rows["warned"].min() >= 1
