"""Twenty million children, 12 determinants, 5,570 areas, beside a query written by hand. Run by `make bench`.

Both read the same Parquet in the same run, so what else the machine does weighs on both.
"""

from __future__ import annotations

import json
import sys

import pytest

from tests.bench.measure import measure, report

pytestmark = pytest.mark.bench

ROWS = 20_000_000

CHILD = """
import json, sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import duckdb
from riskmodel.population.microdata import score_population
from tests.bench.census import by_hand, fitted, study_of, write_census
folder, rows, whole = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "whole"
path, model = folder / "census.parquet", fitted()
if not path.exists():
    write_census(path, rows)
def timed(work):
    clock, processor = time.perf_counter(), time.process_time()
    given = work()
    return time.perf_counter() - clock, time.process_time() - processor, given
hand = lambda: duckdb.sql(by_hand(path, model)).df()
before = timed(hand)
told = {"hand": before[:2]}
if whole:
    ours = timed(lambda: score_population(study_of(path.name), folder, model, scratch=folder))
    after = timed(hand)
    table = ours[2].areas.merge(after[2], left_on="area_code", right_on="area")
    told |= {"ours": ours[:2], "again": after[:2], "areas": len(table)}
    told["apart"] = float((table["area_risk"] - table["risk"]).abs().max())
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("census")
    yield made
    (made / "census.parquet").unlink(missing_ok=True)


def test_twenty_million_children_beside_a_query_by_hand(folder):
    alone = measure([sys.executable, "-c", CHILD, str(folder), str(ROWS), "hand"])
    run = measure([sys.executable, "-c", CHILD, str(folder), str(ROWS), "whole"])
    told = json.loads(run.output.splitlines()[-2])
    hand = [(a + b) / 2 for a, b in zip(told["hand"], told["again"], strict=True)]
    ratio = [ours / theirs for ours, theirs in zip(told["ours"], hand, strict=True)]
    rows = [
        ("by hand: risk by area", *(f"{s:.1f} s" for s in hand), f"{alone.peak_mb:.0f} MB"),
        ("risks, intervals, 2 groups, combinations", *(f"{s:.1f} s" for s in told["ours"]), f"{run.peak_mb:.0f} MB"),
        ("ratio", *(f"{r:.1f}" for r in ratio), ""),
    ]
    report(f"{ROWS:,} children, 12 determinants, {told['areas']:,} areas", rows)
    assert told["areas"] == 5_570
    assert told["apart"] < 1e-9
    assert run.peak_mb < 4_000
