"""Five million children: time and memory. Run by `make bench`, prints its figures."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.population.world import study_of

ROWS = 5_000_000
AREAS = 5_570
ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import json, resource, sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")
from riskmodel.population.microdata import score_population
from tests.population.world import fitted, study_of
model = fitted()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start = time.perf_counter()
steps = []
scores = score_population(
    study_of(sys.argv[2]), Path(sys.argv[1]), model, scratch=Path(sys.argv[1]),
    progress=lambda step, share: steps.append((step, round(time.perf_counter() - start, 2))),
)
print(json.dumps({
    "seconds": time.perf_counter() - start, "before_mb": before, "steps": steps,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "areas": len(scores.areas), "children": scores.national["children"], "profiles": len(scores.area_profiles),
}))
"""


@pytest.mark.bench
@pytest.mark.parametrize("name", ["censo.parquet", "censo.csv"])
def test_five_million_children_in_little_memory(tmp_path, name):
    options = "(format csv, header)" if name.endswith("csv") else "(format parquet)"
    with duckdb.connect() as connection:
        connection.execute("select setseed(0.5)")
        connection.execute(
            f"""copy (select lpad((random() * {AREAS - 1})::int::varchar, 5, '0') as area,
                 1 + (random() < 0.5)::int as sexo, case when random() < 0.4 then 'rural' else 'urbana' end as zona,
                 (random() * 12)::int as grado, 5 + (random() * 12)::int as edad, 1 + (random() * 4)::int as factor,
                 case when random() < 0.5 then 'a' else 'b' end as etnia
               from range({ROWS})) to '{tmp_path / name}' {options}"""
        )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path), name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"\n{name}: {found} (with the start of Python {time.perf_counter() - start:.1f} s)")
    assert study_of(name).population is not None
    assert found["areas"] == AREAS
    assert found["seconds"] < 90
    assert found["peak_mb"] < 3000
