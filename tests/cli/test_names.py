"""Names matched from a terminal: four lists, a column filled in a spreadsheet, the codes."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import cli
from riskmodel.inputs.study_table import read_study_table
from riskmodel.study_file import parse_study

TABLE = "lugar;depto;casos;saldo\nSanta Ana;La Paz;10;-1,5\nSantiago Purringla;La Paz;7;2\nXochitl;La Paz;1;3\n"
REGISTER = "codigo,nombre,dep\n0202,Santa Ana,La Paz\n0203,Santiago de Puringla,La Paz\n0204,San José,La Paz\n"
STUDY = """
[study]
name = "Prueba"
method = "given_risk"
[outcome]
name = "Trabajo infantil"
definition = "Trabajó"
"""


@pytest.fixture
def asked(tmp_path, monkeypatch):
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    (tmp_path / "tabla.csv").write_text(TABLE, "utf-8")
    (tmp_path / "oficial.csv").write_text(REGISTER, "utf-8")
    return [
        "names", str(tmp_path / "tabla.csv"), "--name", "lugar", "--parent", "depto",
        "--register", str(tmp_path / "oficial.csv"), "--register-code", "codigo", "--register-name", "nombre",
        "--register-parent", "dep", "--language", "en",
    ]  # fmt: skip


def lists(folder):
    return {p.stem: pd.read_csv(p, dtype="string") for p in folder.glob("*.csv")}


def test_the_four_lists_and_the_codes(asked, tmp_path, capsys):
    assert cli.main([*asked, "--out", str(tmp_path / "o")]) == cli.DONE
    said = capsys.readouterr().out
    assert "1 place has its code." in said
    assert "Santiago Purringla (La Paz) → Santiago de Puringla (La Paz) [0203]" in said
    assert "Xochitl (La Paz)" in said
    made = lists(tmp_path / "o")
    assert set(made) == {"matched", "proposed", "unmatched", "unused", "with_codes"}
    assert made["matched"]["area_code"].to_list() == ["0202"]
    assert made["proposed"]["ok"].isna().all()
    assert made["unused"]["area_code"].to_list() == ["0203", "0204"]
    assert made["with_codes"]["area_code"].fillna("").to_list() == ["0202", "", ""]
    assert made["with_codes"]["saldo"].to_list() == ["-1,5", "2", "3"]  # values stay as they were


def test_what_a_person_marked_in_a_spreadsheet_is_joined_and_remembered(asked, tmp_path, capsys):
    """Saved from a spreadsheet: semicolons, Latin-1, the zeros of the codes gone; a code typed in for the last name."""
    cli.main([*asked, "--out", str(tmp_path / "o")])
    made = lists(tmp_path / "o")
    made["proposed"].assign(ok="X", area_code=lambda d: d["area_code"].str.lstrip("0")).to_csv(
        tmp_path / "p.csv", sep=";", index=False, encoding="latin1"
    )
    made["unmatched"].assign(area_code="204").to_csv(tmp_path / "u.csv", index=False)
    marked = ["--confirmed", str(tmp_path / "p.csv"), str(tmp_path / "u.csv")]
    assert cli.main([*asked, *marked, "--out", str(tmp_path / "o2")]) == cli.DONE
    assert lists(tmp_path / "o2")["with_codes"]["area_code"].to_list() == ["0202", "0203", "0204"]
    study = parse_study(STUDY + (tmp_path / "o2/reading.toml").read_text("utf-8"), complete=False)
    table, _ = read_study_table(study, tmp_path, "tabla.csv")
    assert table["area_code"].to_list() == [
        "0202",
        "0203",
        "0204",
    ]  # a study that holds these lines reads the same codes
    capsys.readouterr()
    cli.main([*asked, "--out", str(tmp_path / "o3")])
    assert "2 of them were confirmed earlier on this computer." in capsys.readouterr().out
    assert lists(tmp_path / "o3")["with_codes"]["area_code"].to_list() == ["0202", "0203", "0204"]
    cli.main([*asked, "--without-memory", "--json"])
    assert json.loads(capsys.readouterr().out)["matched"] == 1


def test_two_rows_marked_for_one_name_are_told(asked, tmp_path, capsys):
    rows = "ok,name,parent,area_code\nx,Santiago Purringla,La Paz,0203\nx,Santiago Purringla,La Paz,0204\n"
    (tmp_path / "p.csv").write_text(rows, "utf-8")
    assert cli.main([*asked, "--confirmed", str(tmp_path / "p.csv")]) == cli.PROBLEMS
    assert "1 name is confirmed with two different codes: Santiago Purringla." in " ".join(
        capsys.readouterr().err.split()
    )


def test_columns_that_are_not_there_are_told(asked, capsys):
    asked[asked.index("lugar")] = "lugares"
    assert cli.main(asked) == cli.PROBLEMS
    assert "lugar" in capsys.readouterr().err
