"""Recognition of long and of all real files: time, memory, and that every row is accounted for."""

from __future__ import annotations

import csv
import gzip
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recognise.files import recognise

pytestmark = pytest.mark.bench

ROWS = 1_000_000

ONE = """
import resource, sys, time
from pathlib import Path
from riskmodel.inputs.read import read_noted
from riskmodel.inputs.recognise.files import recognise
start = time.perf_counter()
found = recognise(Path(sys.argv[1]))
seen = time.perf_counter()
table, notes = read_noted(Path(sys.argv[1]), reading=found.reading)
done = time.perf_counter()
print(found.rows, len(table), table.shape[1], seen - start, done - seen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


@pytest.fixture(scope="module")
def long_file(tmp_path_factory):
    """A survey of a million rows and 30 columns with decimal commas and codes without their zeros."""
    rng = np.random.default_rng(1)
    columns = {
        "directorio": rng.integers(1_000_000, 9_999_999, ROWS),
        "codigo": rng.integers(5001, 99_773, ROWS),
        "municipio": rng.choice(["São José", "Medellín", "Abejorral", "Água"], ROWS),
        "factor": np.round(rng.random(ROWS) * 2000, 4),
    }
    columns |= {f"p{i}": rng.integers(0, 9, ROWS) if i % 2 else np.round(rng.random(ROWS) * 100, 2) for i in range(26)}
    path = tmp_path_factory.mktemp("long") / "long.csv"
    pd.DataFrame(columns).to_csv(path, index=False, sep=";", decimal=",")
    return path


def test_a_million_rows(long_file, capsys):
    """In a process of its own, so that its memory is its own. Aim: 20 s and 2 GB together."""
    run = subprocess.run([sys.executable, "-c", ONE, str(long_file)], check=True, capture_output=True, text=True)
    rows, read, width, seen, done, memory = map(float, run.stdout.split())
    with capsys.disabled():
        print(f"\nrecognised in {seen:.1f} s, read as proposed in {done:.1f} s, {memory:.2f} GB")
    assert (rows, read, width) == (ROWS, ROWS, 30)
    assert memory < 2


@pytest.mark.data
def test_every_table_beside_the_project(shared_data, capsys):
    """Rows recognised are those of the file but for what the reading names; nothing raises."""
    lines = []
    for path in sorted(shared_data.rglob("*")):
        if not path.name.endswith((".csv", ".csv.gz", ".xls")):
            continue
        start = time.perf_counter()
        found = recognise(path)
        seconds = time.perf_counter() - start
        assert found.problems == (), path.name
        if path.parent.name != "messy":
            with (gzip.open if path.name.endswith("gz") else open)(
                path, "rt", encoding="utf-8-sig", newline=""
            ) as handle:
                assert abs(found.rows - sum(1 for _ in csv.reader(handle)) + 1) <= 1, path.name
        lines.append(f"{path.name}: {found.rows} rows, {seconds:.1f} s, asks {[g.code for g in found.questions]}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def test_wide_and_empty_and_endless(tmp_path):
    """5,000 columns end in a table; one line of 5 MB and a column of a million blanks end in an answer too."""
    wide = tmp_path / "wide.csv"
    wide.write_text("\n".join(",".join(f"{r}{c}" for c in range(5_000)) for r in range(40)), encoding="utf-8")
    assert recognise(wide).problems == ()
    line = tmp_path / "line.csv"
    line.write_text("a" * 5_000_000, encoding="utf-8")
    recognise(line)
    blanks = tmp_path / "blanks.csv"
    blanks.write_text("a,b\n" + ",\n" * 1_000_000 + "1,2\n", encoding="utf-8")
    start = time.perf_counter()
    recognise(blanks)
    assert time.perf_counter() - start < 30
    assert len(read_grid(blanks).cells) == 1_000_002
