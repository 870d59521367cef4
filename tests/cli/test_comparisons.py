"""Finished runs held against something else, from a terminal: the files are those of a run, and bad input is told."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import cli
from tests.area_study import write_area_study

OBSERVED = '\n[observed]\ncases = "vistos"\ntotal = "todos"\nn = "todos"\nlabel = "Censo"\nyear = 2020\n'
COLUMNS = ["--area-code", "codigo", "--cases", "vistos", "--total", "todos", "--n", "todos"]
NAMED = ["--label", "Censo", "--year", "2020"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A run of the area model that knows an observed rate, the same without one, and an index over the same areas."""
    home = tmp_path_factory.mktemp("compared")
    study = write_area_study(home / "study")
    table = pd.read_csv(home / "study" / "municipios.csv", dtype={"codigo": str})
    table = table.assign(vistos=(table["trabajan"] * 0.5 + table.index % 4).round(), todos=table["encuestados"])
    table.to_csv(home / "study" / "municipios.csv", index=False)
    table[["codigo", "vistos", "todos"]].to_csv(home / "rates.csv", index=False)
    text = study.read_text("utf-8")
    index = text.replace('"area_model"', '"vulnerability_index"')
    index = index.replace('[area_model]\ncases = "trabajan"\ntotal = "encuestados"\n', "")
    for name, written in (("knows", text + OBSERVED), ("plain", text), ("index", index)):
        path = home / "study" / f"{name}.toml"
        path.write_text(written, "utf-8")
        assert cli.main(["run", str(path), "--out", str(home / name)]) == cli.DONE
    return home


def test_the_command_writes_what_the_run_would(made, tmp_path, capsys):
    before = {p.name: p.read_bytes() for p in (made / "plain").iterdir()}
    asked = ["validate", str(made / "plain"), str(made / "rates.csv"), *COLUMNS, *NAMED, "--language", "en"]
    assert cli.main([*asked, "--out", str(tmp_path / "v")]) == cli.DONE
    said = capsys.readouterr().out
    assert "Compared with: Censo, 2020. 34 areas with both." in said  # elsewhere no rate was measured
    assert "agreement of ranks, not proof" in said
    assert "**" not in said
    assert (tmp_path / "v/validation.csv").read_bytes() == (made / "knows/validation.csv").read_bytes()
    mine, runs = (json.loads((p / "validation.json").read_text("utf-8")) for p in (tmp_path / "v", made / "knows"))
    assert {k: v for k, v in mine.items() if k in runs} == runs
    assert set(mine) - set(runs) == {"fingerprint", "file", "sha256", "columns"}
    assert {p.name: p.read_bytes() for p in (made / "plain").iterdir()} == before


def test_without_a_table_the_run_says_what_it_found(made, tmp_path, capsys):
    assert cli.main(["validate", str(made / "knows"), "--language", "en", "--out", str(tmp_path)]) == cli.DONE
    assert "Compared with: Censo, 2020" in capsys.readouterr().out
    assert cli.main(["validate", str(made / "plain"), "--language", "en"]) == cli.PROBLEMS
    assert "were not compared" in capsys.readouterr().err


def test_results_are_written_beside_the_run_and_not_into_it(made, tmp_path):
    shutil.copytree(made / "plain", tmp_path / "out")
    assert cli.main(["validate", str(tmp_path / "out"), str(made / "rates.csv"), *COLUMNS]) == cli.DONE
    assert (tmp_path / "out/validation/validation.json").exists()
    assert not (tmp_path / "out/validation.json").exists()


BAD = {
    "no key": (COLUMNS[2:], "codes of the areas is not named"),
    "both measures": ([*COLUMNS, "--rate", "vistos"], "either cases and total, or a rate"),
    "two errors": ([*COLUMNS, "--se", "todos"], "both a number of children (n) and a standard error"),
    "other column": ([*COLUMNS[:2], "--rate", "tasa"], "tasa"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told(case, made, capsys):
    options, words = BAD[case]
    asked = ["validate", str(made / "plain"), str(made / "rates.csv"), *options, "--language", "en"]
    assert cli.main(asked) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_few_areas_in_common_are_told(made, tmp_path, capsys):
    pd.read_csv(made / "rates.csv", dtype=str).head(4).to_csv(tmp_path / "few.csv", index=False)
    asked = ["validate", str(made / "plain"), str(tmp_path / "few.csv"), *COLUMNS, "--language", "en"]
    assert cli.main(asked) == cli.PROBLEMS
    assert "a comparison needs 10" in capsys.readouterr().err


def test_methods_side_by_side(made, tmp_path, capsys):
    asked = ["agree", str(made / "plain"), str(made / "index"), "--out", str(tmp_path), "--language", "en"]
    assert cli.main(asked) == cli.DONE
    said = capsys.readouterr().out
    assert "A · Tabla de municipios (area model, 2020)" in said
    assert "For how many children: A." in said
    table = pd.read_csv(tmp_path / "methods.csv", encoding="utf-8-sig", dtype={"area_code": str})
    assert len(table) == 60
    record = json.loads((tmp_path / "methods.json").read_text("utf-8"))
    assert record["pairs"][0]["spearman"] == pytest.approx(
        table["estimate_first"].corr(table["estimate_second"], method="spearman")
    )
    assert (tmp_path / "map_methods_A_B.png").read_bytes()[:4] == b"\x89PNG"


def test_runs_that_are_one_or_are_not_there_are_told(made, tmp_path, capsys):
    same = ["agree", str(made / "plain"), str(made / "plain"), "--out", str(tmp_path), "--language", "en"]
    assert cli.main(same) == cli.PROBLEMS
    assert "The same run stands twice." in capsys.readouterr().err
    absent = ["agree", str(made / "plain"), str(tmp_path / "x"), "--out", str(tmp_path), "--language", "en"]
    assert cli.main(absent) == cli.PROBLEMS
    assert "There are no results" in capsys.readouterr().err
