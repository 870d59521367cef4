"""The table of indicators in a spreadsheet and back, and the templates."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cli import main
from riskmodel.index.templates import TEMPLATE_LANGUAGES, TEMPLATES, template_indicators
from riskmodel.inputs.indicator_table import read_indicators
from riskmodel.inputs.read import read_table
from riskmodel.outputs.tables import indicator_table
from riskmodel.problems import InputProblems
from riskmodel.study import Indicator
from riskmodel.study_file import read_study

DECLARED = (
    Indicator(name="a", column="=p a", label="Años de escuela; adultos", dimension="educación", direction=-1, weight=2.5,
              unit="años", source="Censo", year=2018, best=12.0, worst=0.0, reference=6.5),
    Indicator(name="b", column="b"),
)  # fmt: skip


def test_what_is_written_is_read_back(tmp_path: Path):
    path = tmp_path / "indicators.xlsx"
    path.write_bytes(indicator_table(DECLARED))
    assert read_indicators(path) == DECLARED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nombre\na\n", "indicator_table_heads"),
        ("indicator,label\na,A\na,B\n", "indicator_table_twice"),
        ("indicator,label\n,A\n", "indicator_table_no_name"),
        ("indicator\nRezago escolar\n", "indicator_table_name"),
        ("indicator,direction\na,2\n", "indicator_table_direction"),
        ("indicator,weight\na,0\n", "indicator_table_weight"),
        ("indicator,best\na,mucho\n", "not_a_number_quoted"),
    ],
)
def test_every_wrong_cell_is_told(tmp_path: Path, text: str, code: str):
    (tmp_path / "i.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as error:
        read_indicators(tmp_path / "i.csv")
    assert [p.code for p in error.value.problems] == [code]


@pytest.mark.parametrize("key", list(TEMPLATES))
def test_a_template_says_everything_in_four_languages(key: str):
    shapes = {"vulnerability": [5, 3, 2, 2, 2], "marginalisation": [2, 5, 2]}
    for language in TEMPLATE_LANGUAGES:
        made = template_indicators(key, language)  # type: ignore[arg-type]
        assert pd.Series([i.dimension for i in made]).value_counts(sort=False).to_list() == shapes[key]
        assert len({i.label for i in made}) == len({i.column for i in made}) == len(made)
        assert all(i.unit for i in made)
    turned = [i.name for i in template_indicators("vulnerability", "fr") if i.direction == -1]
    assert turned == ["adult_schooling"]


def test_a_study_is_begun_filled_in_and_edited_from_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "nuevo"
    assert main(["template", "marginalisation", "--words", "es", "--out", str(out), "--language", "es"]) == 0
    assert main(["template", "marginalisation", "--out", str(out), "--language", "es"]) == 1  # never over another
    study = read_study(out)
    assert (study.index.method, study.levels.rule, study.levels.k) == ("dp2", "dalenius_hodges", 5)
    heads = pd.read_excel(out / "territorios.xlsx", dtype=str).columns.to_list()
    assert {study.areas.area_code, study.areas.children, *(i.column for i in study.indicator)} <= set(heads)  # type: ignore[union-attr]
    sheet = tmp_path / "i.xlsx"
    assert main(["indicators", str(out), "--out", str(sheet)]) == 0
    table = read_table(sheet)
    table.loc[0, "weight"] = "3"
    table.iloc[:-1].to_csv(tmp_path / "i.csv", index=False)
    assert main(["indicators", str(out), "--read", str(tmp_path / "i.csv")]) == 0
    edited = read_study(out).indicator
    assert (len(edited), edited[0].weight, edited[1]) == (8, 3.0, study.indicator[1])
    capsys.readouterr()


def test_the_empty_table_keeps_zeros_of_codes(tmp_path: Path):
    import openpyxl

    assert main(["template", "vulnerability", "--words", "pt", "--out", str(tmp_path / "n"), "--language", "es"]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "n" / "territorios.xlsx").active
    assert sheet is not None
    assert sheet.cell(2, 1).number_format == "@"
    assert sheet.cell(1, 1).value == "codigo"
