"""The frame of areas, and each thing that can be wrong with it."""

import io

import pandas as pd
import pytest

from riskmodel.inputs.areas import read_areas
from riskmodel.problems import InputProblems
from riskmodel.study import Study

GOOD = """cod,mun,depto,nombre_depto,pob,agro,riesgo,ee
01,Peñón,A,Alto,100,"12,5","0,10","0,01"
02,San Juan,A,Alto,200,"7,25","0,20","0,02"
03,Vega,B,Bajo,300,,"0,30","0,03"
04,Río,B,Bajo,400,3,"0,05","0,01"
"""


def study(method="vulnerability_index", risk=None, join=(), **areas):
    given = {"file": "m.csv", "area_code": "cod", "area_name": "mun", "parent_code": "depto", "children": "pob"}
    found = {
        "study": {"name": "s", "method": method},
        "outcome": {"name": "TI", "definition": "d"},
        "areas": given | {"parent_name": "nombre_depto", "join": join} | areas,
        "indicator": [{"name": "agriculture", "column": "agro"}],
    }
    return Study.model_validate(found | ({"given_risk": risk} if risk else {}))


@pytest.fixture
def read(write):
    def read_text(text=GOOD, **settings):
        path = write("m.csv", text)
        return read_areas(study(**settings), path.parent)

    return read_text


def cells(column, **by_row):
    """The good table with cells of one column changed, by the row a spreadsheet shows; ";" instead of ","."""
    table = pd.read_csv(io.StringIO(GOOD), dtype="string")
    for row, value in by_row.items():
        table.loc[int(row[1:]) - 2, column] = value
    return table.to_csv(index=False, sep=";")


def test_one_row_per_area(read):
    frame, problems = read()
    assert problems == []
    wanted = ["area_code", "area_name", "parent_code", "parent_name", "children", "agriculture"]
    assert list(frame.columns) == wanted
    assert frame["area_code"].to_list() == ["01", "02", "03", "04"]
    assert frame["parent_name"].to_list() == ["Alto", "Alto", "Bajo", "Bajo"]
    assert frame["children"].to_list() == [100, 200, 300, 400]
    assert frame["agriculture"].to_list()[:2] == [12.5, 7.25]
    assert frame["agriculture"].isna().to_list() == [False, False, True, False]
    assert frame.dtypes.astype(str).to_list() == ["string"] * 4 + ["float64"] * 2


def test_what_is_not_declared_is_missing(read):
    frame, _ = read(area_name="", parent_code="", parent_name="", children="")
    assert frame["area_name"].to_list() == frame["area_code"].to_list()
    assert frame[["parent_code", "parent_name", "children"]].isna().all(axis=None)


def test_a_study_without_areas_has_an_empty_frame(tmp_path):
    found = study().model_copy(update={"areas": None})
    frame, problems = read_areas(found, tmp_path)
    assert (len(frame), problems) == (0, [])
    assert "area_code" in frame


def test_blank_rows_are_no_areas(read):
    assert len(read(GOOD.replace("03,Vega", "\n03,Vega"))[0]) == 4


def test_given_risk_is_a_proportion(read):
    frame, problems = read(method="given_risk", risk={"risk": "riesgo", "se": "ee"})
    assert problems == []
    assert frame["area_risk"].to_list() == [0.10, 0.20, 0.30, 0.05]
    percent = cells("riesgo", r2="10", r3="20 %", r4="30", r5="5").replace("0,0", "")
    frame, _ = read(percent, method="given_risk", risk={"risk": "riesgo", "se": "ee", "scale": "percent"})
    assert frame["area_risk"].to_list() == pytest.approx([0.10, 0.20, 0.30, 0.05])
    assert frame["se"].to_list() == pytest.approx([0.01, 0.02, 0.03, 0.01])


def test_joined_tables_add_columns_by_code(read, write, only):
    write("j.csv", "k;x\n04;1\n02;2\n01.0;9\n09;3\n")
    join = [{"file": "j.csv", "area_code": "k"}]
    found = study(join=join)
    indicator = found.indicator[0].model_copy(update={"column": "x"})
    path = write("m.csv", GOOD)
    frame, problems = read_areas(found.model_copy(update={"indicator": (indicator,)}), path.parent)
    assert frame["agriculture"].fillna(-1).to_list() == [9, 2, -1, 1]
    assert only(problems, "area_only_in_first").values["codes"] == ["03"]
    assert only(problems, "area_only_in_second").values["codes"] == ["09"]


def test_a_joined_table_with_codes_of_another_kind(read, write, only):
    write("j.csv", "k;x\n1;1\n2;2\n3;9\n4;3\n")
    problem = only(lambda: read(join=[{"file": "j.csv", "area_code": "k"}]), "area_codes_lost_zeros")
    assert (problem.values["first"], problem.values["second"]) == ("m.csv", "j.csv")


def test_a_joined_table_with_a_code_twice(read, write, only):
    write("j.csv", "k;x\n01;1\n01;2\n03;9\n04;3\n")
    problem = only(lambda: read(join=[{"file": "j.csv", "area_code": "k"}]), "area_code_twice")
    assert (problem.where.file, problem.where.rows) == ("j.csv", (2, 3))


RISK = {"method": "given_risk", "risk": {"risk": "riesgo", "se": "ee"}}
PERCENT = {"method": "given_risk", "risk": {"risk": "riesgo", "scale": "percent"}}
ERRORS = {
    "code twice": ({}, cells("cod", r3="01"), "area_code_twice", "cod", (2, 3)),
    "code empty": ({}, cells("cod", r4=""), "area_code_empty", "cod", (4,)),
    "code exponent": ({}, cells("cod", r4="1E+06"), "area_code_exponent", "cod", (4,)),
    "letters in an indicator": ({}, cells("agro", r3="mucho"), "not_a_number_quoted", "agro", (3,)),
    "two decimal marks": ({}, cells("agro", r5="3.5"), "decimal_marks_mixed", "agro", (5,)),
    "constant": ({}, cells("agro", r2="3", r3="3"), "indicator_constant", "agro", ()),
    "no value": ({}, cells("agro", r2="", r3="", r5="-"), "indicator_empty", "agro", ()),
    "negative children": ({}, cells("pob", r3="-1"), "children_negative", "pob", (3,)),
    "risk in percent": (RISK, cells("riesgo", r2="10,5", r3="20"), "risk_in_percent", "riesgo", (2, 3)),
    "risk negative": (RISK, cells("riesgo", r3="-0,1"), "risk_outside", "riesgo", (3,)),
    "percent above 100": (PERCENT, cells("riesgo", r3="101"), "risk_outside", "riesgo", (3,)),
    "no risk": (RISK, cells("riesgo", r2="", r3="", r4="", r5=""), "risk_empty", "riesgo", ()),
    "negative error": (RISK, cells("ee", r5="-0,01"), "se_negative", "ee", (5,)),
}


@pytest.mark.parametrize(("settings", "text", "code", "column", "rows"), ERRORS.values(), ids=ERRORS)
def test_what_stops_a_table_of_areas(read, only, settings, text, code, column, rows):
    problem = only(lambda: read(text, **settings), code)
    assert problem.severity == "error"
    assert (problem.where.file, problem.where.column, problem.where.rows) == ("m.csv", column, rows)


WARNINGS = {
    "no children": ({}, cells("pob", r3="0"), "children_zero", "pob", (3,)),
    "children missing": ({}, cells("pob", r3=""), "children_missing", "pob", (3,)),
    "indicator missing": ({}, cells("agro", r2=""), "indicator_missing", "agro", ()),
    "mark of missing data": ({}, cells("agro", r4="..."), "missing_marks", "agro", (4,)),
    "constant beside a given risk": (RISK, cells("agro", r2="3", r3="3"), "indicator_constant", "agro", ()),
    "risk missing": (RISK, cells("riesgo", r3=""), "risk_missing", "riesgo", (3,)),
    "error missing": (RISK, cells("ee", r3=""), "se_missing", "ee", (3,)),
    "percent that looks like a proportion": (PERCENT, GOOD, "risk_in_proportion", "riesgo", ()),
}


@pytest.mark.parametrize(("settings", "text", "code", "column", "rows"), WARNINGS.values(), ids=WARNINGS)
def test_what_should_be_looked_at(read, only, settings, text, code, column, rows):
    problem = only(read(text, **settings)[1], code)
    assert problem.severity == "warning"
    assert (problem.where.column, problem.where.rows) == (column, rows)


def test_missing_columns_are_told_at_once(read):
    with pytest.raises(InputProblems) as raised:
        read(GOOD.replace("agro", "Agró").replace("pob", "población"))
    assert [(p.code, p.where.column) for p in raised.value.problems] == [
        ("column_missing", "pob"),
        ("column_missing", "agro"),
    ]
    assert raised.value.problems[1].values["near"] == ["Agró"]


def test_an_indicator_named_like_a_result(tmp_path, only):
    found = study().model_dump()
    found["indicator"][0]["name"] = "level"
    assert only(lambda: read_areas(Study.model_validate(found), tmp_path), "name_reserved").values["name"] == "level"


@pytest.mark.data
def test_brazil_joins_the_atlas_with_the_measured_rate(shared_data):
    """SOURCES.md: 5,565 / 5,565 codes match; national rate 9.42 %."""
    found = Study.model_validate(
        {
            "study": {"name": "s", "method": "given_risk"},
            "outcome": {"name": "TI", "definition": "d"},
            "areas": {
                "file": "atlas_adh2013_municipios_2010.csv.gz",
                "area_code": "codmun7",
                "area_name": "municipio",
                "parent_code": "uf",
                "children": "ti_10a15_den",
                "join": [{"file": "municipios_2010_trabalho_infantil.csv.gz", "area_code": "cod_ibge"}],
            },
            "indicator": [{"name": "p_agro"}],
            "given_risk": {"risk": "ti_10a15_pct", "scale": "percent"},
        }
    )
    frame, problems = read_areas(found, shared_data / "brazil")
    assert [p.code for p in problems] == ["names_in_capitals"]  # the Atlas shouts
    assert len(frame) == 5_565
    assert (frame["area_risk"] * frame["children"]).sum() / frame["children"].sum() == pytest.approx(0.0942, abs=5e-5)
