"""The fact sheets of Brazil, 5,565 municipalities: a book, and separate files of two large states."""

from __future__ import annotations

import pypdf
import pytest

from tests.bench.measure import measure, python, report
from tests.brazil_study import write_brazil

pytestmark = [pytest.mark.bench, pytest.mark.data]

STATES = ("29", "31")  # Bahia and Minas Gerais, 1,270 municipalities


@pytest.fixture(scope="module")
def results(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("brazil")
    study = write_brazil(shared_data, folder / "study", "vulnerability_index")
    measure(python("cli.py", "run", study, "--out", folder / "results"))
    return folder / "results"


def test_one_book_of_brazil(results, tmp_path):
    file = tmp_path / "brazil.pdf"
    made = measure(python("cli.py", "sheets", results, "--book", file, "--one-page", "--language", "pt"))
    size, pages = file.stat().st_size / 1e6, len(pypdf.PdfReader(file).pages)
    report(
        "One book of Brazil, one page a municipality",
        [
            ("seconds", f"{made.seconds:.0f}"),
            ("pages", f"{pages:,}"),
            ("size", f"{size:.0f} MB, {size * 1000 / pages:.1f} KB a page"),
            ("memory", f"{made.peak_mb:.0f} MB"),
        ],
    )
    assert pages > 5565 + 27
    assert size < 100
    assert made.peak_mb < 1600


def test_separate_files(results, tmp_path):
    made = measure(
        python("cli.py", "sheets", results, "--within", *STATES, "--one-page", "--language", "pt", "--out", tmp_path)
    )
    files = list(tmp_path.glob("*.pdf"))
    size = sum(file.stat().st_size for file in files) / len(files) / 1000
    report(
        f"{len(files):,} separate sheets, one page each",
        [
            ("seconds", f"{made.seconds:.0f}, {made.seconds / len(files):.3f} a sheet"),
            ("size of a sheet", f"{size:.0f} KB"),
            ("memory", f"{made.peak_mb:.0f} MB"),
        ],
    )
    assert len(files) == 1270
