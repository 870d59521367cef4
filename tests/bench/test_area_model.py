"""The area model at the size of a country, and its intervals over many made-up worlds."""

from __future__ import annotations

import resource
import time

import numpy as np
import pytest

from riskmodel.areamodel.compute import compute_area_model
from tests.areamodel.world import SETTINGS, indicators, world

pytestmark = pytest.mark.bench

WORLDS = 100


@pytest.mark.parametrize(
    "asked",
    [
        {"selection": "lasso"},
        {"selection": "lasso", "smooth": True},
        {"smooth": True},
        {"selection": "lasso", "bootstrap": 200},
        {"bootstrap": 100},
    ],
)
def test_a_country_of_5565_areas_and_60_candidates(asked) -> None:
    """Selection, fit and errors of every area; the processor's time besides, since other work shares the machine."""
    table, _ = world(1, areas=5565, units=27, count=60)
    start, clock = time.process_time(), time.perf_counter()
    result = compute_area_model(table, indicators(60), SETTINGS.model_copy(update=asked), 1)
    spent, seconds = time.process_time() - start, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kept = len(result.diagnostics["indicators"])
    print(f"\n{asked}: {kept} kept, processor {spent:.1f} s, clock {seconds:.1f} s, {peak:.0f} MB")
    assert seconds < 20


@pytest.mark.parametrize("scale", ["arcsine", "logit"])
@pytest.mark.parametrize("areas", [100, 400])
def test_coverage(scale: str, areas: int) -> None:
    """95 % intervals of areas with and without a measured rate."""
    held: dict[bool, list[bool]] = {True: [], False: []}
    given = SETTINGS.model_copy(update={"scale": scale})
    for seed in range(WORLDS):
        table, truth = world(1000 + seed, areas=areas, on=scale)
        found = compute_area_model(table, indicators(3), given, 1).areas.set_index("area_code")
        inside = truth.between(found["ci_lower"], found["ci_upper"])
        known = table.set_index("area_code")["direct"].notna()
        for sampled in held:
            held[sampled] += inside[known == sampled].tolist()
    shares = {sampled: 100 * float(np.mean(values)) for sampled, values in held.items()}
    print(f"\n{scale}, {areas} areas: with a measured rate {shares[True]:.1f} %, without {shares[False]:.1f} %")
    assert all(93 < share < 97 for share in shares.values())
