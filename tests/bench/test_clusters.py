"""Neighbours, clusters and areas alike for 5,565 municipalities, in processor time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geodata.boundaries import read_boundaries
from geodata.neighbours import neighbour_pairs
from riskmodel.decisions.clusters import find_clusters
from riskmodel.decisions.peers import most_similar, peer_features
from riskmodel.study_file import read_study
from tests.brazil_study import write_brazil
from workflow import run_to

pytestmark = [pytest.mark.bench, pytest.mark.data]


def timed(what: str, step: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, float]:
    start = time.process_time()
    found = step()
    taken = time.process_time() - start
    print(f"{what}: {taken:.1f} s, {len(found):,} rows")
    return found, taken


def test_brazil(shared_data: Path, tmp_path: Path):
    study = write_brazil(shared_data, tmp_path / "study", "vulnerability_index")
    (tmp_path / "out").mkdir()
    results = run_to(read_study(study), study.parent, tmp_path / "out")
    shapes, _ = read_boundaries(shared_data / "brazil/municipios_br.geojson", "cod_ibge")
    pairs, first = timed("neighbours", lambda: neighbour_pairs(shapes))
    values = results.areas.set_index("area_code")["index"]
    found, second = timed("clusters", lambda: find_clusters(values, pairs, 2010))
    pd.testing.assert_frame_equal(found.reset_index(drop=True), results.clusters.reset_index(drop=True))
    assert first + second < 5
    features = peer_features(pd.DataFrame(), results.indicators)
    _, third = timed("areas alike", lambda: most_similar(features, results.areas, "index"))
    assert third < 5
