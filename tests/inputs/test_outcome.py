"""The computed outcome: thresholds, three-valued logic against a table made by hand, and what its columns may get wrong."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.declaration import declaration, in_short
from riskmodel.i18n import translator
from riskmodel.inputs.outcome import compute_outcome, read_outcome
from riskmodel.inputs.survey import read_survey
from riskmodel.problems import InputProblems, Where
from riskmodel.study import SDG_BANDS, Outcome, Study
from riskmodel.study_file import check_study, parse_study, study_text

# age, hours, hazardous, chores -> outcome under the sna boundary, under the general one. "?" is a blank cell.
HAND = """
 5  0   0  0   0 0
 5  1   0  0   1 1
11  0.9 0  20  0 0
11  0   0  21  0 1
12  1   0  0   0 0
12  13  0  20  0 0
12  14  0  0   1 1
14  13  0  21  0 1
15  42  0  100 0 0
15  43  0  0   1 1
17  0   1  0   1 1
12  ?   1  ?   1 1
12  ?   0  0   ? ?
12  ?   0  21  ? 1
12  14  ?  ?   1 1
12  13  ?  0   ? ?
12  13  0  ?   0 ?
17  42  0  ?   0 0
17  ?   0  0   ? ?
12  0   ?  0   0 0
12  0   ?  30  0 1
"""


def rows():
    lines = [line.split() for line in HAND.strip().splitlines()]
    return pd.DataFrame(lines, columns=["edad", "horas", "peligroso", "quehaceres", "sna", "general"]).replace("?", "")


def study(boundary="general", **changes):
    computed = {"hours": "horas", "hazardous": "peligroso"}
    if boundary == "general":
        computed["chores"] = "quehaceres"
    return Study.model_validate(
        {
            "study": {"name": "s", "method": "risk_model", "language": "en"},
            "outcome": {
                "name": "CL",
                "definition": "Child labour",
                "boundary": boundary,
                "source": "Office",
                "computed": computed | changes,
                "age": {"column": "edad", "min": 5, "max": 17},
            },
            "survey": {"file": "e.csv", "year": 2024},
        }
    )


@pytest.fixture
def read(write):
    def read_table(table, given):
        path = write("e.csv", table.to_csv(index=False))
        return read_survey(given, path.parent)

    return read_table


@pytest.mark.parametrize("boundary", ["sna", "general"])
def test_every_row_of_the_table_made_by_hand(read, boundary):
    table = rows()
    frame, _ = read(table.drop(columns=["sna", "general"]), study(boundary))
    wanted = pd.to_numeric(table[boundary]).to_numpy(float)
    np.testing.assert_array_equal(frame["outcome"].to_numpy(float), wanted)


def test_undecided_children_are_counted_and_the_rest_told(read, only):
    frame, problems = read(rows(), study())
    undecided = only(problems, "outcome_undecided")
    assert undecided.severity == "warning"
    assert undecided.values["count"] == 4 == int(frame["outcome"].isna().sum())
    told = only(problems, "outcome_computed").values
    assert (told["count"], told["children"]) == (10, 17)
    assert (told["hours"], told["hazardous"], told["chores"]) == (4, 2, 4)


def test_one_criterion_met_decides_whatever_else_is_missing():
    """Kleene's "or": true or unknown is true; false or unknown is unknown."""
    unknown = pd.DataFrame({"low": [0.0], "high": [168.0]})
    high_chores = pd.DataFrame({"low": [30.0], "high": [30.0]})
    no_chores = high_chores * 0
    age = pd.Series([10.0])
    assert compute_outcome(age, unknown, None, high_chores, SDG_BANDS)[0].to_list() == [1.0]
    assert compute_outcome(age, unknown, None, no_chores, SDG_BANDS)[0].isna().all()
    assert compute_outcome(pd.Series([30.0]), no_chores, None, None, SDG_BANDS)[0].isna().all()


def test_a_part_of_a_year_does_not_count(read):
    table = pd.DataFrame({"edad": ["11.9", "12.0", "12"], "horas": [5, 5, 20], "peligroso": 0})
    assert read(table, study("sna"))[0]["outcome"].to_list() == [1.0, 0.0, 1.0]


def test_hours_of_several_columns_are_added(read):
    table = pd.DataFrame({"edad": 12, "a": ["10", "10", "14", "10", ""], "b": ["3", "4", "", "", ""]})
    given = study("sna", hours=["a", "b"], hazardous="")
    frame, _ = read(table, given)
    np.testing.assert_array_equal(frame["outcome"], [0, 1, 1, np.nan, np.nan])
    frame, _ = read(table, study("sna", hours=["a", "b"], hazardous="", hours_blank="zero"))
    assert frame["outcome"].to_list() == [0, 1, 1, 0, 0]


def test_who_did_not_work_has_no_hours_and_who_worked_has_one(read, only):
    """Hours are blank for those who did not work; "worked" means at least one hour."""
    table = pd.DataFrame(
        {
            "edad": [8, 8, 13, 8, 8],
            "trab": ["2", "1", "1", "", "2"],
            "horas": ["", "", "", "", "6"],
            "peligroso": ["", "0", "0", "0", ""],
        }
    )
    frame, problems = read(table, study("sna", worked="trab", worked_values=["1"]))
    np.testing.assert_array_equal(frame["outcome"], [0, 1, np.nan, np.nan, 1])
    assert only(problems, "outcome_worked_and_hours").where.rows == (6,)


def test_hazardous_by_its_codes(read):
    table = pd.DataFrame({"edad": 16, "horas": "10", "peligroso": ["mina", "tienda", "NA", "ladrillera"]})
    frame, _ = read(table, study("sna", hazardous_values=["mina", "ladrillera"]))
    np.testing.assert_array_equal(frame["outcome"], [1, 0, np.nan, 1])


def test_codes_in_place_of_yes_and_no_are_an_error_without_their_meaning(read, only):
    table = pd.DataFrame({"edad": 16, "horas": "10", "peligroso": ["1", "2"]})
    assert only(lambda: read(table, study("sna")), "outcome_not_binary").where.column == "peligroso"


def test_hours_no_week_has_are_unknown_and_told(read, only):
    table = pd.DataFrame({"edad": 12, "horas": ["999", "20", "-1", "2"], "peligroso": "0"})
    frame, problems = read(table, study("sna", hours_blank="zero"))
    np.testing.assert_array_equal(frame["outcome"], [np.nan, 1, np.nan, 0])
    assert only(problems, "outcome_hours_impossible").where.rows == (2, 4)


def test_chores_and_boundary_must_agree(read, only):
    table = rows()
    found = only(read(table, study("sna", chores="quehaceres"))[1], "outcome_chores_not_counted")
    assert found.severity == "warning"
    assert only(read(table, study("general", chores=[]))[1], "outcome_chores_absent").severity == "warning"


def test_a_column_that_is_not_there_names_its_key(read, only):
    problem = only(lambda: read(rows().drop(columns="quehaceres"), study()), "column_missing")
    assert (problem.where.column, problem.where.key) == ("quehaceres", "outcome.computed.chores.0")


def test_thresholds_of_the_study(read):
    table = pd.DataFrame({"edad": [8, 8], "horas": [9, 10], "peligroso": 0})
    bands = [{"min": 5, "max": 17, "hours": 10}]
    assert read(table, study("sna", band=bands))[0]["outcome"].to_list() == [0, 1]


BAD = {
    "twice": ('column = "x"\ncomputed = { hours = "h" }', "study_outcome_column_and_computed"),
    "overlap": (
        'computed = { hours = "h", band = [{ min = 5, max = 12, hours = 1 }, { min = 12, max = 17, hours = 9 }] }',
        "study_outcome_bands_overlap",
    ),
    "no age": ('computed = { hours = "h" }', "study_outcome_needs_age"),
    "gap": (
        'computed = { hours = "h", band = [{ min = 5, max = 11, hours = 1 }] }\nage = { column = "e", min = 5, max = 13 }',
        "study_outcome_ages_without_band",
    ),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_what_a_study_may_not_say(text, code):
    head = '[study]\nname = "s"\nmethod = "risk_model"\n[survey]\nfile = "e.csv"\nyear = 2024\n'
    with pytest.raises(InputProblems) as raised:
        parse_study(f'{head}[outcome]\nname = "n"\ndefinition = "d"\n{text}\n')
    assert code in {p.code for p in raised.value.problems}


def test_the_study_file_keeps_the_computation():
    given = study(hazardous_values=[1, 2], band=[{"min": 5, "max": 17, "hours": 2.5}])
    assert parse_study(study_text(given), complete=False) == given
    assert not [p for p in check_study(given) if p.where.key.startswith("outcome")]


def test_the_declaration_says_what_was_used():
    t = translator("en")
    assert declaration(study("general", chores_blank="zero"), t) == (
        "CL: Child labour. From 5 to 11 years: 1 h or more of work in the week, or 21 h or more of household chores. "
        "From 12 to 14 years: 14 h or more of work in the week, or 21 h or more of household chores. "
        "From 15 to 17 years: 43 h or more of work in the week. Hazardous work counts at every age. "
        "Production boundary: general, household chores included. Ages 5 to 17. "
        "Computed by this program from the columns horas, peligroso, quehaceres of the survey. "
        "A blank in the hours of chores counts as none. Source: Office (2024)."
    )
    other = study("sna", band=[{"min": 5, "max": 17, "hours": 2.5}], hazardous="")
    assert in_short(other, t) == "CL: Child labour. From 5 to 17 years: 2.5 h or more of work in the week."


@pytest.mark.data
def test_colombia_counts_what_the_table_itself_counts(shared_data):
    """ECV 2019: hours asked only of those who did the task, so a blank is none; pandas counts the same by hand."""
    file = shared_data / "colombia" / "ecv2019_ninos_5_11.csv.gz"
    work, chores = ["P6850", "P5971S1A1"], [f"P5971S{i}A1" for i in (2, 4, 5, 6)]
    given = study(hours=work, hours_blank="zero", chores=chores, chores_blank="zero", hazardous="")
    outcome = given.outcome.model_copy(update={"age": given.outcome.age.model_copy(update={"max": 11})})
    survey = given.survey.model_copy(update={"file": file.name, "weight": "FEX_C"})
    frame, problems = read_survey(given.model_copy(update={"outcome": outcome, "survey": survey}), file.parent)
    table = pd.read_csv(file)
    inside = table["edad"].between(5, 11)
    week = table[[*work, *chores]]
    by_hand = ((week[work].sum(axis=1) >= 1) | (week[chores].sum(axis=1) >= 21)).astype(float)
    impossible = (week < 0).any(axis=1)  # one child has −1 hours of chores
    assert (impossible.sum(), (week > 168).any(axis=1).sum()) == (1, 0)
    wanted = by_hand.mask(impossible)[inside]
    np.testing.assert_array_equal(frame.loc[inside.to_numpy(), "outcome"], wanted)
    told = {p.code: p.values for p in problems}
    assert told["outcome_computed"]["count"] == int(wanted.sum())
    assert told["outcome_hours_impossible"]["count"] == told["outcome_undecided"]["count"] == 1


def test_a_column_not_said_yet_leaves_the_outcome_missing_and_breaks_nothing():
    """The Data screen checks a survey before anybody has said which of its columns is the outcome."""
    table = pd.DataFrame({"age": ["9", "10"]}, dtype="string")
    outcome, problems = read_outcome(table, pd.Series([True, True]), Outcome(name="x", definition="y"), Where("s.csv"))
    assert outcome.isna().all()
    assert problems == []
