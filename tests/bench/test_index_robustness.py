"""Ten thousand indices of a country the size of Brazil. Run by `make bench`, prints its figures."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import numpy as np
import pytest

from riskmodel.index.robustness import Choices, simulate_choices
from tests.bench.measure import report

pytestmark = pytest.mark.bench

AREAS, INDICATORS, DRAWS = 5_565, 14, 10_000


def made_up() -> tuple[Choices, np.ndarray, np.ndarray]:
    """Three treatments, three normalisations, five dimensions."""
    rng = np.random.default_rng(1)
    base = rng.beta(2, 5, (AREAS, INDICATORS))
    scores = np.array([[100 * base ** (1 + 0.2 * t + 0.4 * n) for n in range(3)] for t in range(3)], dtype=np.float32)
    dimension = np.array([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4])
    index = 100 * base.mean(axis=1)
    level = np.digitize(index, np.quantile(index, [0.5, 0.85])) + 1
    return Choices(scores, dimension, np.ones(INDICATORS), np.ones(5)), index, level


def test_ten_thousand_draws_for_a_country_take_seconds():
    """In a process of its own, so that its memory is its own."""
    found = subprocess.run([sys.executable, "-m", __spec__.name], capture_output=True, text=True, check=True)
    seconds, processor, peak = map(float, found.stdout.split())
    what = f"{DRAWS:,} draws, {AREAS:,} areas, {INDICATORS} indicators: places, levels, Sobol indices"
    report("Index", [(what, f"{seconds:.1f} s", f"{processor:.1f} s of processor time, {peak:.2f} GB at most")])
    assert seconds < 60
    assert peak < 2


if __name__ == "__main__":
    choices, index, level = made_up()
    clock, spent = time.perf_counter(), time.process_time()
    simulate_choices(choices, index, level, DRAWS, seed=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(time.perf_counter() - clock, time.process_time() - spent, peak)
