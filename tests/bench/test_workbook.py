"""The workbook of the index of Brazil: written, opened and computed anew by LibreOffice; and the spreadsheet of its results."""

from __future__ import annotations

import time

import pytest

from riskmodel.i18n import translator
from riskmodel.results import read_results
from tests.bench.measure import measure, python, report
from tests.brazil_study import write_brazil
from tests.outputs.recompute import cell_values, different, recomputed
from tests.outputs.test_index_book import same_tables

pytestmark = [pytest.mark.bench, pytest.mark.data]


def test_brazil_workbook(shared_data, tmp_path, monkeypatch):
    study = write_brazil(shared_data, tmp_path / "study", "vulnerability_index")
    measure(python("cli.py", "run", study, "--out", tmp_path / "results"))
    written = measure(python("cli.py", "spreadsheets", tmp_path / "results", "--language", "en"))
    book, tables = tmp_path / "results/workbook.xlsx", tmp_path / "results/results.xlsx"
    started = time.perf_counter()
    again = recomputed([book], tmp_path)[book.name]
    seconds = time.perf_counter() - started
    values = cell_values(book)
    assert different(values, again) == []
    monkeypatch.setattr("tests.outputs.test_index_book.T", translator("en"))
    same_tables(again, read_results(tmp_path / "results"))
    sizes = [f"{path.stat().st_size / 1e6:.1f} MB" for path in (book, tables)]
    cells = sum(map(len, values.values()))
    report(
        "Spreadsheets, Brazil, 5,565 municipalities and 14 indicators",
        [
            ("workbook.xlsx and results.xlsx written", f"{written.seconds:.1f} s, {written.peak_mb:.0f} MB"),
            ("size of each", " and ".join(sizes)),
            (f"{cells:,} cells opened, computed and saved by LibreOffice", f"{seconds:.0f} s"),
        ],
    )
    assert written.seconds < 180
    assert written.peak_mb < 2000
