"""The quality of a survey of a million persons with 30 columns: seconds and memory, reading included."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from tests.bench.measure import report

pytestmark = pytest.mark.bench

ROWS = 1_000_000
SCRIPT = """
import resource, sys, time
from pathlib import Path
from riskmodel.inputs.quality.profile import profile_file
clock = time.perf_counter(), time.process_time()
found = profile_file(Path(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(found.rows, len(found.columns), time.perf_counter() - clock[0], time.process_time() - clock[1], peak)
"""


def test_a_million_persons(tmp_path):
    rng = np.random.default_rng(1)
    table = {
        "cod_mun": np.char.zfill(rng.integers(1001, 99999, ROWS).astype(str), 5),
        "edad": rng.integers(0, 99, ROWS), "factor": np.round(rng.lognormal(3, 1, ROWS), 4),
        "id": np.arange(ROWS) + 10**9, "ingreso": rng.integers(0, 5_000_000, ROWS),
    }  # fmt: skip
    table |= {f"p{i}": rng.integers(1, (3, 5, 8, 10, 100)[i % 5], ROWS) for i in range(19)}
    table |= {f"x{i}": np.round(rng.normal(50, 10, ROWS), 2) for i in range(3)}
    table |= {f"t{i}": rng.choice(["urbana", "rural", "no responde", ""], ROWS) for i in range(3)}
    path = tmp_path / "personas.csv"
    pd.DataFrame(table).to_csv(path, index=False)
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
    rows, columns, seconds, cpu, memory = map(float, done.stdout.split())
    report("quality", [("1,000,000 × 30", f"{seconds:.1f} s", f"{cpu:.1f} s of processor", f"{memory:.2f} GB")])
    assert (rows, columns) == (ROWS, 30)
    assert seconds < 60
    assert memory < 2
