"""The spreadsheet of results, read back: what is missing stays empty, codes keep their zeros, every column is explained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.outputs.spreadsheets.columns import COLUMNS, HEADS, NOTES
from riskmodel.outputs.spreadsheets.results_book import HEAD, write_results_book
from riskmodel.results import Results
from tests.docs import markdown
from tests.outputs.cases import make_results
from tests.outputs.index_studies import run_way

T = translator("en")
DOCUMENT = (markdown.ROOT / "docs/study-file.md").read_text(encoding="utf-8")
HEADINGS = {"parents": "`parents.csv` and `national.csv`", "groups": "`groups.csv` and `parent_groups.csv`"}


def rows(sheet) -> pd.DataFrame:
    """A sheet as a table, by the words of its heads."""
    cells = list(sheet.iter_rows(min_row=HEAD + 1, values_only=True))
    return pd.DataFrame(cells[1:], columns=cells[0])


@pytest.fixture(scope="module")
def risk() -> Results:
    """A run of the risk model with a withheld group and a withheld expected number."""
    results = make_results("risk_model")
    areas = results.areas.copy()
    areas.loc[3, ["expected_count", "expected_count_lower", "expected_count_upper"]] = np.nan
    areas["notes"] = pd.Series("", areas.index, dtype="string")
    areas.loc[3, "notes"] = "count_withheld"
    areas.loc[4, "area_name"] = "=1+1"
    groups = results.groups.assign(withheld=np.where(results.groups["area_risk"].isna(), "cell", ""))
    return replace(results, areas=areas, groups=groups)


@pytest.fixture(scope="module")
def book(risk: Results, tmp_path_factory: pytest.TempPathFactory):
    path = write_results_book(risk, tmp_path_factory.mktemp("book") / "results.xlsx", T)
    return openpyxl.load_workbook(path)


def test_areas_are_those_of_the_results(risk: Results, book):
    found = rows(book["Areas"])
    assert found["Code"].tolist() == risk.areas["area_code"].tolist()
    assert found["Code"].iloc[0] == "001"
    np.testing.assert_allclose(found["Risk"].to_numpy(float), risk.areas["area_risk"].to_numpy(float), rtol=1e-14)
    assert found["Risk"].isna().tolist() == risk.areas["area_risk"].isna().tolist()
    assert found["Level"].isna().sum() == 1
    assert "Index" not in found  # nothing in it: left out


def test_what_is_withheld_is_empty_and_no_text_becomes_a_formula(book):
    found = rows(book["Areas"])
    assert pd.isna(found["Expected number"].iloc[3])
    assert found["Notes"].iloc[3] == "count_withheld"
    name = book["Areas"].cell(HEAD + 2 + 4, 2)
    assert (name.value, name.data_type) == ("=1+1", "s")
    groups = rows(book["Groups of children"])
    withheld = groups[groups["Withheld"] == "cell"]
    assert len(withheld) == 1
    assert withheld["Risk"].isna().all()


def test_heads_stay_in_view_and_numbers_have_their_formats(book):
    sheet = book["Areas"]
    assert sheet.freeze_panes == f"C{HEAD + 2}"
    assert sheet.auto_filter.ref.startswith(f"A{HEAD + 1}:")
    heads = [cell.value for cell in sheet[HEAD + 1]]
    formats = {head: sheet.cell(HEAD + 2, column).number_format for column, head in enumerate(heads, start=1)}
    assert formats["Code"] == "@"
    assert formats["Risk"] == "0.0%"
    assert formats["Children"] == formats["Expected number"] == "#,##0"


def test_contributions_are_set_out_by_area(risk: Results, book):
    found = rows(book["Contributions"]).set_index("Code")
    wanted = risk.contributions.pivot(index="area_code", columns="determinant", values="contribution")
    assert found.loc["001", "Rama de actividad de la jefatura del hogar"] == wanted.loc["001", "branch"]
    assert found.drop(columns="Area").loc["002"].sum() == pytest.approx(wanted.loc["002"].sum())


def test_every_column_of_every_sheet_is_explained(book):
    explained = rows(book["Columns"])
    assert explained["Meaning"].str.len().gt(5).all()
    assert not explained["Meaning"].str.contains("`").any()
    for sheet in book.sheetnames[1:-1]:
        heads = [cell.value for cell in book[sheet][HEAD + 1]]
        assert explained.loc[explained["Sheet"] == sheet, "Column"].tolist() == heads, sheet
    assert "count_withheld" in set(explained["Name in the CSV files"])


@pytest.mark.parametrize("method", ["given_risk", "area_model"])
def test_other_methods(method: str, tmp_path: Path):
    made = openpyxl.load_workbook(write_results_book(make_results(method), tmp_path / "r.xlsx", T))
    found = rows(made["Areas"])
    assert "Lower end, 95 % interval" not in found or found["Lower end, 95 % interval"].notna().any()
    assert found["Risk"].notna().sum() == 59


def test_an_index_in_the_language_of_the_study(tmp_path: Path):
    results = run_way(tmp_path)
    made = openpyxl.load_workbook(write_results_book(results, tmp_path / "r.xlsx", translator("en")))
    found = rows(made["Areas"])
    np.testing.assert_allclose(found["Index"].to_numpy(float), results.areas["index"].to_numpy(float))
    assert "Risk" not in found
    assert rows(made["Contributions"])["Indicador 0"].notna().sum() == results.areas["index"].notna().sum()
    assert rows(made["Scores"])["<5 años"].notna().any()
    assert rows(made["Scores"]).columns[:2].tolist() == ["Code", "Area"]
    other = rows(made["Other choices"])
    assert other["Code"].tolist() == results.index_robustness["area_code"].tolist()
    alike = rows(made["Areas alike"])
    names = results.areas.set_index("area_code")["area_name"]
    assert alike["Area alike"].tolist() == names.loc[alike["Code of the area alike"]].tolist()
    assert "Invented data" in [cell.value for cell in made["Read me"]["A"]]


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_explained_in_the_words_of_the_document(name: str):
    described = markdown.tables(markdown.section(DOCUMENT, HEADINGS.get(name, f"`{name}.csv`")))[0]
    wanted = {row["column"].strip("`"): (row["unit"], row["meaning"]) for row in described}
    assert {column: (c.unit, c.meaning) for column, c in COLUMNS[name].items()} == wanted
    assert all(column in HEADS or "<" in column for column in wanted)


def test_notes_are_explained_in_the_words_of_the_document():
    described = markdown.tables(markdown.section(DOCUMENT, "`areas.csv`"))[1]
    assert {row["code"].strip("`"): row["meaning"] for row in described} == NOTES
