"""A thousand draws of levels and ranks for a country the size of Brazil. Run by `make bench`, prints its figures."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.levels import classify
from riskmodel.areas.uncertainty import simulate_ranks
from tests.bench.measure import report, timed

pytestmark = pytest.mark.bench

AREAS, TERMS, DRAWS = 5_570, 25, 1_000


def test_a_thousand_draws_for_a_country_take_seconds():
    rng = np.random.default_rng(1)
    codes = pd.Index([f"{a:05d}" for a in range(AREAS)], name="area_code")
    risk = pd.Series(rng.beta(3, 30, AREAS), codes)
    gradient = pd.DataFrame(rng.uniform(0, 0.1, (AREAS, TERMS)), codes)
    half = rng.normal(0, 0.05, (TERMS, TERMS))
    own = pd.Series(0.3 * risk * (1 - risk), codes)
    breaks = classify(risk, "natural_breaks", 3).breaks
    started = time.process_time()
    runs = [
        timed(lambda: simulate_ranks(risk, breaks, 1, DRAWS, gradient, pd.DataFrame(half @ half.T), own_se=own))
        for _ in range(3)
    ]
    processor = (time.process_time() - started) / len(runs)
    seconds = sorted(s for s, _ in runs)
    what = f"{DRAWS:,} draws, {AREAS:,} areas: level probability and rank interval"
    report("Draws", [(what, f"{seconds[1]:.1f} s", f"{processor:.1f} s of processor time")])
    for _, found in runs[1:]:
        pd.testing.assert_frame_equal(found, runs[0][1])
    assert found["level_probability"].between(0, 1).all()
    assert seconds[0] < 30
