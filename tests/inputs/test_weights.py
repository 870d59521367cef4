"""Weights that cannot be what the office published, and sampling units in two strata."""

import pandas as pd
import pytest

from riskmodel.inputs.read import read_table
from riskmodel.inputs.weights import check_psu, check_totals, read_weight
from riskmodel.problems import Where

WHERE = Where("e.csv")


def weights(*values):
    return pd.DataFrame({"factor": pd.Series(values, dtype="string")})


def test_a_weight_destroyed_by_a_spreadsheet_is_refused(only):
    """No row of it is used, not even those that still look like numbers."""
    weight, problems = read_weight(weights("20.014.693.005", "488,5", "1.907.443"), "factor", WHERE)
    problem = only(problems, "weight_destroyed")
    assert problem.is_error
    assert problem.where.rows == (2, 4)
    assert weight.isna().all()


def test_commas_as_thousands_marks_too(only):
    assert only(read_weight(weights("20,014,693,005", "1"), "factor", WHERE)[1], "weight_destroyed").is_error


@pytest.mark.parametrize("text", ["1.234", "1.234,5", "488.435003", "3,062"])
def test_a_large_weight_with_marks_is_no_such_thing(text):
    assert not [p for p in read_weight(weights(text, "12,5"), "factor", WHERE)[1] if p.code == "weight_destroyed"]


@pytest.mark.data
def test_the_weight_of_bogota_2021(shared_data, only):
    table = read_table(shared_data / "messy" / "co_ecv2021_bogota_personas_fexc_danado.csv")
    problem = only(read_weight(table, "FEX_C", WHERE)[1], "weight_destroyed")
    assert problem.values["count"] == len(table) == 7692


def test_sums_that_make_no_sense(only):
    large = only(read_weight(weights(*["20014693005"] * 3), "factor", WHERE)[1], "weight_sum_large")
    small = only(read_weight(weights(*["0,001"] * 3), "factor", WHERE)[1], "weight_sum_small")
    assert (large.severity, small.severity) == ("warning", "warning")
    assert small.values["total"] == pytest.approx(0.003)
    assert read_weight(weights("0.7", "1.3", "1.0"), "factor", WHERE)[1] == []  # divided by their mean


def test_one_row_with_much_of_the_weight(only):
    """6 of 105 is 5.7 %; 5 of 104 is 4.8 %."""
    problem = only(read_weight(weights(*["1"] * 99, "6"), "factor", WHERE)[1], "weight_one_row")
    assert problem.where.rows == (101,)
    assert problem.values["percent"] == pytest.approx(5.7)
    assert read_weight(weights(*["1"] * 99, "5"), "factor", WHERE)[1] == []


def test_survey_and_population_count_the_same_children(only):
    frame = pd.DataFrame({"weight": [10.0, 20, 500], "in_domain": [True, True, False]})
    problem = only(check_totals(frame, 61, 1.0, WHERE), "weight_total_differs")
    assert (problem.values["survey"], problem.values["population"]) == (30, 61)
    assert check_totals(frame, 60, 1.0, WHERE) == []
    assert check_totals(frame, 15, 1.0, WHERE) == []
    assert check_totals(frame, 14, 1.0, WHERE) != []
    assert check_totals(frame, 14, 0.5, WHERE) == []  # a register that holds half of them
    assert check_totals(frame.assign(weight=1.0), 1e6, 1.0, WHERE) == []  # weights that count nobody


def test_a_sampling_unit_in_two_strata(only):
    stratum = pd.Series(["1", "1", "2", "2", "2"])
    found = only(check_psu(stratum, pd.Series(["a", "b", "b", "c", "d"]), WHERE), "psu_in_two_strata")
    assert (found.severity, found.where.rows, found.values["count"]) == ("warning", (3, 4), 1)
    assert check_psu(stratum, pd.Series(["a", "b", "c", "d", "d"]), WHERE) == []


def test_units_numbered_anew_in_each_stratum_are_usual(only):
    found = check_psu(pd.Series(["1", "1", "2", "2"]), pd.Series(["1", "2", "1", "2"]), WHERE)
    assert only(found, "psu_numbered_by_stratum").severity == "note"
