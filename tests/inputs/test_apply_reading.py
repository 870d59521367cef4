"""A reading makes the table out of a report; rows keep the numbers the file shows."""

import pandas as pd
import pytest

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.read import read_noted, table_columns
from riskmodel.inputs.reading_parts import plain_numbers
from riskmodel.inputs.study_table import read_study_table, study_columns
from riskmodel.study_file import parse_study, study_text
from riskmodel.study_reading import Reading, row_numbers, row_ranges

REPORT = """Cuadro 3. Población;;;;
Censo 2018;;;;
Lugar;Población;;Tasa (%);Año
;Hombres;Mujeres;;
PAÍS;3.500;3.700;10,5;2018
NORTE;;;;
• Alba 1/;1.500;1.600;12,5 %;2018
• Bruma;1.000;1.100;7,25 %;2018
SUR;;;;
• Cima;1.000;1.000;s/d;2018
;;;;
Fuente: INE.;;;;
"""

READING = {
    "file": "t.csv",
    "rows": 12,
    "header": [3, 4],
    "leave_out": [5, "11-12"],
    "rename": {"Lugar": "municipio"},
    "tidy": ["municipio"],
    "headings": [{"column": "municipio", "into": "region", "rows": [6, 9]}],
    "marks": [{"columns": ["Población Hombres", "Población Mujeres", "Tasa (%)"], "decimal": ",", "thousands": "."}],
}


def applied(write, text, **keys):
    grid = read_grid(write("t.csv", text))
    return apply_reading(grid, Reading.model_validate({"file": "t.csv", **keys}))


def test_a_report_becomes_a_table(write):
    found = applied(write, REPORT, **READING)
    assert found.table.to_dict("list") == {
        "municipio": ["Alba", "Bruma", "Cima"],
        "Población Hombres": ["1500", "1000", "1000"],
        "Población Mujeres": ["1600", "1100", "1000"],
        "Tasa (%)": ["12.5", "7.25", "s/d"],
        "Año": ["2018"] * 3,
        "region": ["NORTE", "NORTE", "SUR"],
    }
    assert (found.table.index + 2).to_list() == [7, 8, 10]  # the rows the file shows


def test_everything_done_is_told_with_its_rows_and_examples(write):
    changes = {(c.kind, c.column): c for c in applied(write, REPORT, **READING).changes}
    assert changes["above_header", ""].rows == (1, 2)
    assert changes["header_joined", ""].rows == (3, 4)
    assert (changes["left_out", ""].count, changes["left_out", ""].rows) == (3, (5, 11, 12))
    assert (changes["headings", "region"].count, changes["headings", "region"].rows) == (2, (6, 9))
    assert changes["tidied", "municipio"].examples[0] == ("• Alba 1/", "Alba")
    assert changes["marks", "Tasa (%)"].examples == (("12,5 %", "12.5"), ("7,25 %", "7.25"))
    assert changes["marks", "Tasa (%)"].rows == (7, 8)


def test_another_file_under_an_old_reading_is_told_not_read(write, only):
    longer = REPORT.replace("• Cima", "• Duna;1;1;1;2018\n• Cima")
    problem = only(lambda: applied(write, longer, **READING), "reading_other_file")
    assert (problem.values["rows"], problem.values["declared"]) == (13, 12)
    only(lambda: applied(write, "a;b\n1;2\n", leave_out=[9]), "reading_row_absent")
    only(lambda: applied(write, "a;b\n1;2\n", tidy=["c"]), "column_missing")
    only(lambda: applied(write, "a;b\n1;2\n", leave_out=[2]), "no_rows")


def test_merged_cells_stacked_years_and_two_things_in_one(write):
    text = 'dep,lugar,año,ic\nNorte,Alba (NO),2018,"IC=(7,2-11,6)"\n,Bruma (NO),2018,*\n,Alba (NO),2019,"5,0-6,5"\nSur,Cima,2018,\n'
    found = applied(
        write, text, fill_down=["dep"], keep=[{"column": "año", "values": "2018"}],
        split=[{"column": "lugar", "into": ["m", "p"]}, {"column": "ic", "into": ["low", "high"], "form": "lower-upper"}],
    )  # fmt: skip
    table = found.table
    assert table["dep"].to_list() == ["Norte", "Norte", "Sur"]
    assert table["m"].to_list() == ["Alba", "Bruma", "Cima"]
    assert table["p"].to_list() == ["NO", "NO", pd.NA]
    assert table["low"].to_list() == ["7,2", pd.NA, pd.NA]
    assert table["high"].to_list() == ["11,6", pd.NA, pd.NA]
    assert next(c for c in found.changes if c.kind == "kept").count == 1


def test_codes_are_joined_and_given_their_zeros(write):
    text = 'ent,mun,pob,clave\n1,1,5,"=CONCATENAR(0,1)"\n1,12,6," 01 012 "\n12,1,7,--\n'
    found = applied(
        write, text, codes=[
            {"into": "code", "columns": ["ent", "mun"], "widths": [2, 3]}, {"into": "clave", "columns": "clave", "widths": [5]},
        ],
    )  # fmt: skip
    assert found.table["code"].to_list() == ["01001", "01012", "12001"]
    assert found.table["clave"].to_list()[1:] == ["01012", pd.NA]
    assert {"codes_joined"} <= {c.kind for c in found.changes}


def test_columns_of_the_same_name_get_a_number(write):
    found = applied(write, "a,b,a,\n1,2,3,4\n", header=[1], rename={"a (2)": "z"})
    assert found.table.columns.to_list() == ["a", "b", "z", "column_4"]


@pytest.mark.parametrize(
    ("decimal", "thousands", "before", "after"),
    [
        (",", ".", ["1.234,5", "0,727", "12,345", "5", "-3,2 %"], ["1234.5", "0.7270", "12.3450", "5", "-3.2"]),
        (".", ",", ["948,990", "1,234.5", ".5", "1e5"], ["948990", "1234.5", ".5", "1e5"]),
        (",", " ", ["126 014 024", "1\u00a0234,5"], ["126014024", "1234.5"]),
        (".", "'", ["1’000", "2'500.5"], ["1000", "2500.5"]),
        (",", "", ["1.234", "n.d.", "1,2,3"], ["1.234", "n.d.", "1,2,3"]),  # no number under these marks: as it is
    ],
)
def test_numbers_under_their_marks(decimal, thousands, before, after):
    column = pd.Series([*before, None], dtype="string", index=range(5, len(before) + 6))
    assert plain_numbers(column, decimal, thousands).to_list() == [*after, pd.NA]


def test_codes_by_name_come_from_the_register_within_the_parent(tmp_path, only):
    (tmp_path / "list.csv").write_text("cod;nom;dep\n05001;San Juan;Norte\n08001;San Juan;Sur\n08002;Río Grande;Sur\n")
    (tmp_path / "t.csv").write_text("m,d,x\nSAN JUAN,Norte,1\nsan juan,Sur,2\nRio Grande,Sur,3\nOtro,Sur,4\n")
    study = parse_study(
        '[study]\nname = "x"\nmethod = "given_risk"\n[outcome]\nname = "x"\ndefinition = "x"\n[areas]\nfile = "t.csv"\n'
        'area_code = "area_code"\n[[reading]]\nfile = "t.csv"\n[[reading.names]]\ncolumn = "m"\nparent = "d"\n'
        'official = { file = "list.csv", area_code = "cod", area_name = "nom", parent = "dep" }\n',
        complete=False,
    )
    assert study.files() == ("t.csv", "list.csv")  # the register travels with the study
    assert study_columns(study, tmp_path, "t.csv") == ["m", "d", "x", "area_code"]
    table, notes = read_study_table(study, tmp_path, "t.csv")
    assert table["area_code"].to_list() == ["05001", "08001", "08002", pd.NA]
    assert only(notes, "names_without_code").values["names"] == ["Otro"]
    assert parse_study(study_text(study), complete=False) == study


def test_a_file_is_read_as_declared_wherever_it_is_read(write):
    path = write("t.csv", REPORT)
    reading = Reading.model_validate(READING)
    table, notes = read_noted(path, columns=["municipio", "region"], reading=reading)
    assert (notes, len(table)) == ([], 3)
    assert table_columns(path, reading=reading)[0] == "municipio"


def test_rows_are_written_short_and_read_back():
    assert row_ranges([9, 1, 2, 3, 7, 10]) == ("1-3", 7, 9, 10)
    assert row_numbers(("1-3", 7, 9, 10)) == (1, 2, 3, 7, 9, 10)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"leave_out": ["9-3"]}, "study_reading_rows"),
        ({"marks": [{"columns": ["x"], "decimal": ",", "thousands": ","}]}, "study_reading_marks_same"),
        ({"codes": [{"into": "x", "columns": ["a", "b"], "widths": [2]}]}, "study_reading_widths_do_not_fit"),
    ],
)
def test_a_wrong_reading_is_told_with_its_key(only, keys, code):
    import tomlkit

    text = '[study]\nname = "x"\nmethod = "given_risk"\n[outcome]\nname = "x"\ndefinition = "x"\n'
    text += tomlkit.dumps({"reading": [{"file": "t.csv", **keys}]})
    assert "reading" in only(lambda: parse_study(text, complete=False), code).where.key
    twice = text.split("[[reading]]")[0] + '[[reading]]\nfile = "t.csv"\n[[reading]]\nfile = "t.csv"\n'
    only(lambda: parse_study(twice), "study_reading_twice")
