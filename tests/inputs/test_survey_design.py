"""Corrections, second stage and replicate weights of a survey file, and each thing that can be wrong with them."""

import pytest

from riskmodel.inputs.survey import read_survey
from riskmodel.study import Study

GOOD = """w;e;u;v;n;m;x;y;rep1;rep2;rep10
10;1;1;a;4;5;1;0;20;0;10
20;1;1;b;4;5;2;1;40;0;20
10;1;2;a;4;9;1;1;0;20;15,5
20;2;3;a;7;2;2;0;20;20;20
30;2;4;a;7;1;1;1;30;30;30
30;2;4;a;7;1;2;0;30;30;30
"""
STAGES = {"ssu": "v", "fpc": "n", "fpc2": "m"}
BOOT = {"columns": "rep*", "type": "bootstrap"}


@pytest.fixture
def read(write):
    def read_text(text=GOOD, **survey):
        path = write("e.csv", text)
        study = Study.model_validate(
            {
                "study": {"name": "s", "method": "risk_model"},
                "outcome": {"name": "TI", "definition": "d", "column": "y"},
                "survey": {"file": "e.csv", "year": 2024, "weight": "w", "stratum": "e", "psu": "u", **survey},
                "determinant": [{"name": "sex", "survey": {"column": "x"}}],
            }
        )
        return read_survey(study, path.parent)

    return read_text


def cells(column, **by_row):
    """The good survey with cells of one column changed, by the row a spreadsheet shows."""
    rows = [line.split(";") for line in GOOD.splitlines()]
    position = rows[0].index(column)
    for row, value in by_row.items():
        rows[int(row[1:]) - 1][position] = value
    return "\n".join(";".join(row) for row in rows)


def test_stages_are_read_as_they_stand(read):
    frame, problems = read(**STAGES)
    assert problems == []
    assert frame["ssu"].to_list() == ["a", "b", "a", "a", "a", "a"]
    assert frame["fpc"].to_list() == [4, 4, 4, 7, 7, 7]
    assert frame["fpc2"].to_list() == [5, 5, 9, 2, 1, 1]
    assert not {"ssu", "fpc", "fpc2"} & set(read()[0].columns)


def test_shares_are_a_correction_too(read):
    text = cells("n", r2="0,5", r3="0,5", r4="0,5", r5="1", r6="1", r7="1")
    assert read(text, fpc="n")[0]["fpc"].to_list() == [0.5, 0.5, 0.5, 1, 1, 1]


def test_replicates_come_by_their_number_or_as_listed(read):
    frame, problems = read(replicates=BOOT)
    assert problems == []
    assert frame["replicate:3"].to_list() == [10, 20, 15.5, 20, 30, 30]
    listed = read(replicates=BOOT | {"columns": ["rep10", "rep2"]})[0]
    assert listed["replicate:1"].to_list() == frame["replicate:3"].to_list()
    assert "replicate:3" not in listed


ERRORS = {
    "ssu missing": (cells("v", r4=""), "ssu_missing", "v", (4,)),
    "letters in the correction": (cells("n", r3="cuatro"), "not_a_number", "n", (3,)),
    "correction missing": (cells("n", r3=""), "fpc_missing", "n", (3,)),
    "correction zero": (cells("n", r3="0", r5="-7"), "fpc_not_positive", "n", (3, 5)),
    "a share among numbers": (cells("n", r5="0,3", r6="0,3", r7="0,3"), "fpc_mixed", "n", (5, 6, 7)),
    "correction differs in a stratum": (cells("n", r3="5"), "fpc_not_constant", "n", ()),
    "more drawn than there are": (cells("n", r2="1", r3="1", r4="1"), "fpc_below_sample", "n", ()),
    "second correction differs": (cells("m", r3="6"), "fpc2_not_constant", "m", ()),
    "more second units than there are": (cells("m", r2="1", r3="1"), "fpc2_below_sample", "m", ()),
}


@pytest.mark.parametrize(("text", "code", "column", "rows"), ERRORS.values(), ids=ERRORS)
def test_what_is_wrong_with_stages(read, only, text, code, column, rows):
    problem = only(lambda: read(text, **STAGES), code)
    assert problem.severity == "error"
    assert (problem.where.file, problem.where.column, problem.where.rows) == ("e.csv", column, rows)


def test_units_and_strata_are_named_with_their_numbers(read, only):
    text = cells("n", r2="1", r3="1", r4="1")
    assert only(lambda: read(text, **STAGES), "fpc_below_sample").values["names"] == "1 (2 > 1)"
    text = cells("m", r2="1", r3="1")
    assert only(lambda: read(text, **STAGES), "fpc2_below_sample").values["names"] == "1 / 1 (2 > 1)"


REPLICATE_ERRORS = {
    "no such name": (GOOD, {"columns": ["repw1", "rep2"]}, "column_missing"),
    "no such beginning": (GOOD, {"columns": "bsw*"}, "replicates_no_column"),
    "only one": (GOOD, {"columns": "rep1"}, "replicates_too_few"),
    "factors do not fit": (GOOD, {"rscales": [1.0, 0.5]}, "replicates_rscales_count"),
    "letters": (cells("rep2", r3="veinte"), {}, "replicates_not_numbers"),
    "missing": (cells("rep2", r3=""), {}, "replicates_missing"),
    "negative": (cells("rep2", r3="-1"), {}, "replicates_negative"),
    "nobody": (cells("rep2", r4="0", r5="0", r6="0", r7="0"), {}, "replicates_empty"),
    "weights taken for factors": (GOOD, {"combined": False}, "replicates_look_like_weights"),
}


@pytest.mark.parametrize(("text", "settings", "code"), REPLICATE_ERRORS.values(), ids=REPLICATE_ERRORS)
def test_what_is_wrong_with_replicates(read, only, text, settings, code):
    assert only(lambda: read(text, replicates=BOOT | settings), code).severity == "error"


def test_factors_taken_for_weights(read, only):
    head, *rows = GOOD.splitlines()
    text = "\n".join([head + ";f1;f2", *(f"{row};{i % 2 * 2};{(i + 1) % 2 * 2}" for i, row in enumerate(rows))])
    settings = BOOT | {"columns": "f*"}
    assert only(lambda: read(text, replicates=settings), "replicates_look_like_factors").values["mean"] == 1
    assert len(read(text, replicates=settings | {"combined": False})[1]) == 0


def test_without_sampling_units_the_variance_between_areas_is_noted(read, only):
    assert only(read(replicates=BOOT, psu="", area_code="e")[1], "replicates_without_psu").severity == "note"
    assert read(replicates=BOOT, area_code="e")[1] == []


def test_no_cell_of_a_person_is_in_a_problem(read, only):
    text = cells("rep2", r3="secreto")
    assert "secreto" not in repr(only(lambda: read(text, replicates=BOOT), "replicates_not_numbers"))
