"""The survey frame, and each thing that can be wrong with a survey."""

import pandas as pd
import pytest

from riskmodel.inputs.survey import read_survey
from riskmodel.problems import InputProblems
from riskmodel.study import Study

GOOD = """factor;estrato;upm;edad;trabaja;sexo;nivel
10,5;1;1;6;0;1;1
20;1;1;7;1;1;2
10;1;2;10;0;2;2
20;2;3;14;0;2;
30;2;4;15;1;1;3
"""


def study(**changes):
    survey = {"file": "e.csv", "year": 2024, "weight": "factor", "stratum": "estrato", "psu": "upm"}
    outcome = {"name": "TI", "definition": "d", "column": "trabaja", "age": {"column": "edad", "min": 7, "max": 14}}
    determinants = [
        {"name": "sex", "survey": {"column": "sexo", "map": {"1": "hombre", "2": "mujer"}}, "reference": "mujer"},
        {"name": "age", "kind": "numeric", "survey": {"column": "edad"}},
    ]
    return Study.model_validate(
        {
            "study": {"name": "s", "method": "risk_model"},
            "outcome": outcome | changes.get("outcome", {}),
            "survey": survey | changes.get("survey", {}),
            "determinant": changes.get("determinant", determinants),
        }
    )


@pytest.fixture
def read(write):
    def read_text(text=GOOD, **changes):
        path = write("e.csv", text)
        return read_survey(study(**changes), path.parent)

    return read_text


def test_the_frame_keeps_every_row(read):
    frame, problems = read()
    assert problems == []
    assert frame["outcome"].to_list() == [0, 1, 0, 0, 1]
    assert frame["weight"].to_list() == [10.5, 20, 10, 20, 30]
    assert frame["stratum"].to_list() == ["1", "1", "1", "2", "2"]
    assert frame["psu"].to_list() == ["1", "1", "2", "3", "4"]
    assert frame["in_domain"].to_list() == [False, True, True, True, False]
    assert frame["sex"].to_list() == ["hombre", "hombre", "mujer", "mujer", "hombre"]
    assert frame["age"].to_list() == [6, 7, 10, 14, 15]
    assert frame.dtypes.astype(str).to_list() == ["float64", "float64", "string", "string", "bool", "string", "float64"]


def test_the_area_of_each_row(read, only):
    text = GOOD.replace("nivel", "nivel;mun", 1)
    codes = iter(["01001", "01001", "", "0102.0", "01002"])
    head, *rows = text.splitlines()
    text = "\n".join([head, *(f"{row};{next(codes)}" for row in rows)]) + "\n"
    frame, problems = read(text, survey={"area_code": "mun"})
    assert problems == []
    assert frame["area_code"].to_list() == ["01001", "01001", "", "0102", "01002"]
    assert "area_code" not in read(text)[0]
    assert only(lambda: read(survey={"area_code": "mun"}), "column_missing").where.column == "mun"


def test_a_survey_without_design(read):
    frame, _ = read(survey={"weight": "", "stratum": "", "psu": ""})
    assert frame["weight"].to_list() == [1.0] * 5
    assert frame["stratum"].to_list() == [""] * 5
    assert frame["psu"].nunique() == 5


def test_without_an_age_column_all_rows_count(read):
    assert read(outcome={"age": None})[0]["in_domain"].all()


def test_what_happens_outside_the_age_range_is_no_problem(read):
    frame, problems = read(GOOD.replace("6;0;1;1", "6;9;9;9"))
    assert problems == []
    assert pd.isna(frame.loc[0, "outcome"])
    assert pd.isna(frame.loc[0, "sex"])


def test_truth_values_of_a_program(read):
    text = GOOD.replace(";7;1;", ";7;TRUE;").replace(";10;0;", ";10;false;")
    assert read(text)[0]["outcome"].to_list() == [0, 1, 0, 0, 1]


def test_blank_rows_between_are_left_out(read):
    assert len(read(GOOD.replace("20;2;3", "\n20;2;3"))[0]) == 5


def cells(column, **by_row):
    """The good survey with cells of one column changed, by the row a spreadsheet shows."""
    rows = [line.split(";") for line in GOOD.splitlines()]
    position = rows[0].index(column)
    for row, value in by_row.items():
        rows[int(row[1:]) - 1][position] = value
    return "\n".join(";".join(row) for row in rows)


ERRORS = {
    "letters in the weight": (cells("factor", r3="veinte"), "not_a_number", "factor", (3,)),
    "weight zero or negative": (cells("factor", r2="0", r5="-3"), "weight_not_positive", "factor", (2, 5)),
    "weight missing": (cells("factor", r4=""), "weight_missing", "factor", (4,)),
    "stratum missing": (cells("estrato", r4=""), "stratum_missing", "estrato", (4,)),
    "psu missing": (cells("upm", r2="", r3=""), "psu_missing", "upm", (2, 3)),
    "letters in the age": (cells("edad", r3="siete"), "not_a_number", "edad", (3,)),
    "nobody of that age": (cells("edad", r3="31", r4="32", r5="33"), "age_range_empty", "edad", ()),
    "outcome not 0 or 1": (cells("trabaja", r3="2", r5="9"), "outcome_not_binary", "trabaja", (3, 5)),
    "outcome in words": (cells("trabaja", r3="Sí"), "outcome_not_binary", "trabaja", (3,)),
    "no case": (cells("trabaja", r3="0"), "outcome_no_cases", "trabaja", ()),
    "only cases": (cells("trabaja", r4="1", r5="1"), "outcome_all_cases", "trabaja", ()),
    "no outcome": (cells("trabaja", r3="", r4="", r5="NA"), "outcome_empty", "trabaja", ()),
    "one category": (cells("sexo", r3="2"), "determinant_one_category", "sexo", ()),
    "no category": (cells("sexo", r3="", r4="", r5=""), "determinant_empty", "sexo", ()),
}


@pytest.mark.parametrize(("text", "code", "column", "rows"), ERRORS.values(), ids=ERRORS)
def test_what_stops_a_survey(read, only, text, code, column, rows):
    sex = {"name": "sex", "survey": {"column": "sexo", "map": {"1": "hombre", "2": "mujer"}}}
    problem = only(lambda: read(text, determinant=[sex]), code)
    assert problem.severity == "error"
    assert (problem.where.file, problem.where.column, problem.where.rows) == ("e.csv", column, rows)


WARNINGS = {
    "age missing": (cells("edad", r2=""), "age_missing", "edad", (2,)),
    "age impossible": (cells("edad", r2="999"), "age_impossible", "edad", (2,)),
    "outcome missing": (cells("trabaja", r4=""), "outcome_missing", "trabaja", (4,)),
    "code the map leaves out": (cells("sexo", r5="9"), "map_leaves_values", "sexo", (5,)),
    "many without the determinant": (cells("sexo", r5=""), "determinant_missing_one_outcome", "sexo", ()),
}


@pytest.mark.parametrize(("text", "code", "column", "rows"), WARNINGS.values(), ids=WARNINGS)
def test_what_should_be_looked_at(read, only, text, code, column, rows):
    problem = only(read(text)[1], code)
    assert problem.severity == "warning"
    assert (problem.where.column, problem.where.rows) == (column, rows)


def test_every_error_is_told_at_once(read):
    text = cells("factor", r2="0").replace(";7;1;", ";7;5;")
    with pytest.raises(InputProblems) as raised:
        read(text)
    assert {p.code for p in raised.value.problems} == {"weight_not_positive", "outcome_not_binary"}


def test_missing_columns_are_told_at_once_with_names_like_them(read):
    with pytest.raises(InputProblems) as raised:
        read(GOOD.replace("factor", "Factór").replace("sexo", "P01"))
    weight, sex = raised.value.problems
    assert (weight.code, weight.where.column, weight.where.key) == ("column_missing", "factor", "survey.weight")
    assert weight.values["near"] == ["Factór"]
    assert (sex.where.column, sex.where.key) == ("sexo", "determinant.0.survey.column")
    assert "P01" in sex.values["near"]


def test_a_reference_that_no_child_has(read, only):
    sex = {"name": "sex", "survey": {"column": "sexo"}, "reference": "mujer"}
    assert only(lambda: read(determinant=[sex]), "reference_unknown").values["reference"] == "mujer"
    sex["survey"]["map"] = {"1": "h", "2": "m"}
    assert only(lambda: read(determinant=[sex]), "reference_unknown_named").values["categories"] == ["h", "m"]


def test_a_determinant_named_like_a_column_of_the_frame(read, only):
    taken = {"name": "weight", "survey": {"column": "sexo"}}
    assert only(lambda: read(determinant=[taken]), "name_reserved").values["name"] == "weight"


def test_a_determinant_with_too_many_categories(read, only):
    rows = "".join(f"1;1;1;8;{i % 2};1;v{i}\n" for i in range(40))
    level = {"name": "level", "survey": {"column": "nivel"}}
    assert only(read(GOOD + rows, determinant=[level])[1], "determinant_many_categories").severity == "warning"


def test_no_cell_of_a_person_is_in_a_problem(read):
    """Odd values in every column: no problem carries one."""
    text = GOOD + "secret1;secret2;secret3;secret4;secret5;secret6;secret7\n"
    with pytest.raises(InputProblems) as raised:
        read(text)
    assert "secret" not in repr(raised.value.problems)


@pytest.mark.data
def test_pando_has_the_counts_of_its_sources(shared_data):
    """SOURCES.md: children 7 to 14: 7,546, working 676."""
    found = study(
        survey={"file": "censo1976_pando_personas.csv.gz", "weight": "", "stratum": "", "psu": "cod_canton"},
    )
    frame, problems = read_survey(found, shared_data / "bolivia")
    inside = frame[frame["in_domain"]]
    assert problems == []
    assert (len(frame), len(inside), inside["outcome"].sum()) == (34_493, 7_546, 676)
