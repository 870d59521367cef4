"""The demonstration study from the command line: seconds and memory."""

from __future__ import annotations

import statistics

import pandas as pd
import pytest

from tests.bench.measure import MEGABYTE, measure, python, repeated, report

SHEETS = 22  # as many as the demonstration has departments


@pytest.mark.bench
def test_demonstration_is_written_and_run(demonstration):
    report(
        "cli.py on the demonstration study, median of 3",
        [
            (name, f"{m.seconds:.1f} s", f"{m.peak_mb:.0f} MB")
            for name, m in (("demo", demonstration.written), ("run", demonstration.run))
        ],
    )
    assert demonstration.written.seconds < 60
    assert demonstration.run.seconds < 60
    assert demonstration.run.peak_mb < 2000


@pytest.mark.bench
def test_fact_sheets(demonstration, tmp_path):
    codes = pd.read_csv(demonstration.results / "areas.csv", dtype={"area_code": str})["area_code"]
    wanted = codes.iloc[:: len(codes) // SHEETS][:SHEETS]

    def draw(*some: str):
        return measure(
            python("cli.py", "sheets", demonstration.results, "--area", *some, "--out", tmp_path, "--language", "es")
        )

    one, many = repeated(3, lambda: draw(wanted.iloc[0])), draw(*wanted)
    sizes = [path.stat().st_size for path in tmp_path.glob("*.pdf")]
    assert len(sizes) == SHEETS
    report(
        "cli.py sheets",
        [
            ("1 sheet, median of 3", f"{one.seconds:.1f} s", f"{one.peak_mb:.0f} MB"),
            (f"{SHEETS} sheets", f"{many.seconds:.1f} s", f"{many.peak_mb:.0f} MB"),
            ("each further sheet", f"{(many.seconds - one.seconds) / (SHEETS - 1):.2f} s"),
            ("size of a sheet, median", f"{statistics.median(sizes) / MEGABYTE:.2f} MB"),
        ],
    )
    assert one.seconds < 60
    assert many.seconds < 180
