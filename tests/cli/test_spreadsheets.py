"""Spreadsheets from the command line."""

from __future__ import annotations

import openpyxl

from cli import main
from riskmodel.results import write_results
from tests.outputs.cases import make_results
from tests.outputs.index_studies import run_way


def test_an_index_gets_both_files_and_they_are_replaced_with_the_next_run(tmp_path, capsys):
    write_results(run_way(tmp_path / "study"), tmp_path / "run")
    assert main(["spreadsheets", str(tmp_path / "run"), "--language", "en"]) == 0
    assert "2 files" in capsys.readouterr().out
    assert openpyxl.load_workbook(tmp_path / "run/workbook.xlsx").sheetnames[1] == "Indicators"
    assert openpyxl.load_workbook(tmp_path / "run/results.xlsx").sheetnames[0] == "Read me"


def test_a_run_of_another_method_gets_its_results_only(tmp_path):
    write_results(make_results("given_risk"), tmp_path / "run")
    assert main(["spreadsheets", str(tmp_path / "run"), "--out", str(tmp_path / "out")]) == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["results.xlsx"]


def test_no_run_there(tmp_path, capsys):
    assert main(["spreadsheets", str(tmp_path)]) == 1
    assert capsys.readouterr().err
