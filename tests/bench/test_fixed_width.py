"""Microdata of fixed width, a million rows of 200 signs: cut whole, and only the columns a study asks for."""

from __future__ import annotations

import resource
import time

import numpy as np
import pytest

from intake import look_at
from riskmodel.inputs.read import read_table
from riskmodel.study_reading import FixedColumn, Reading

pytestmark = pytest.mark.bench

ROWS, SIGNS, COLUMNS = 1_000_000, 200, 60


def test_a_million_rows_of_microdata(tmp_path, capsys):
    """60 columns of 3 digits and a weight of 20 with 8 decimals, some columns blank."""
    path = tmp_path / "micro.txt"
    signs = np.random.default_rng(1).integers(48, 58, (ROWS, SIGNS + 1), dtype=np.uint8)
    signs[:, 99:120], signs[:, -1] = ord(" "), ord("\n")
    path.write_bytes(signs.tobytes())
    columns = [FixedColumn(name=f"V{i:04d}", start=1 + i * 3, width=3) for i in range(COLUMNS)]
    columns.append(FixedColumn(name="PESO", start=181, width=20, decimals=8))
    program = tmp_path / "micro.sas"
    program.write_text("\n".join(f"@{c.start} {c.name} {c.width}.{c.decimals or ''}" for c in columns))
    reading = Reading(file=path.name, columns=tuple(columns))
    lines = []

    def timed(name, work):
        start, used = time.perf_counter(), time.process_time()
        made = work()
        lines.append(f"{name}: {time.perf_counter() - start:.1f} s ({time.process_time() - used:.1f} s of processor)")
        return made

    source = timed("recognised with its dictionary", lambda: look_at(path, beside=[path, program]))
    assert source.rows == ROWS
    ten = timed("10 columns read", lambda: read_table(path, columns=[f"V{i:04d}" for i in range(10)], reading=reading))
    assert ten.shape == (ROWS, 10)
    whole = timed("61 columns read", lambda: read_table(path, reading=reading))
    assert whole.shape == (ROWS, 61)
    row = bytes(signs[7, :-1]).decode()
    assert whole["V0001"].iloc[7] == row[3:6]
    assert whole["PESO"].iloc[7] == f"{row[180:192].lstrip('0') or '0'}.{row[192:]}"
    with capsys.disabled():
        print("\n" + "\n".join(lines))
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
