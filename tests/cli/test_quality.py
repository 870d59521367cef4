"""`cli.py quality`: what it prints, what it writes, its exit code; totals in `check`."""

from __future__ import annotations

import json

import pytest

import cli
from tests.small_study import write_small_study


@pytest.fixture
def spoilt(tmp_path):
    path = tmp_path / "encuesta.csv"
    rows = "\n".join(f"{i % 90};2{i % 10}.014.693.00{i % 7}" for i in range(200))
    path.write_text(f"edad;fex_c\n{rows}\n", encoding="utf-8")
    return path


def test_a_file_with_a_fault_ends_with_one_and_says_how_to_mend_it(spoilt, capsys):
    assert cli.main(["quality", str(spoilt), "--language", "en"]) == cli.PROBLEMS
    out = capsys.readouterr().out
    assert "1 thing to mend before this file is used." in out
    assert "Mend first: 200 survey weights were destroyed" in out
    assert "do not open it in a spreadsheet" in out


def test_reports_of_all_tables_of_a_study(tmp_path, capsys):
    path = write_small_study(tmp_path / "study", language="en")
    out = tmp_path / "reports"
    assert cli.main(["quality", str(path), "--out", str(out), "--json"]) == cli.DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == ["encuesta.csv", "censo.csv", "municipios.csv"]
    assert len(list(out.iterdir())) == 12
    assert (out / "censo_quality.pdf").read_bytes().startswith(b"%PDF")


def test_check_tells_totals_that_do_not_agree(tmp_path, capsys):
    path = write_small_study(tmp_path, language="en")
    declared = '\n[[published_total]]\nof = "column"\ncolumn = "ninos"\nlabel = "Children"\ntotals = { "01" = 3000, "02" = 3300 }\n'
    path.write_text(path.read_text("utf-8") + declared, encoding="utf-8")
    assert cli.main(["check", str(path)]) == cli.DONE
    told = capsys.readouterr().err
    assert "1 of 2 parent units differs from its published total by more than 2 % (Children)." in told
    assert "Furthest apart is Sur: 3,000 against 3,300." in told
