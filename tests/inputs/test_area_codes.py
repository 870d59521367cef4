"""Area codes: once in a table, the same in every source."""

import pandas as pd

from riskmodel.inputs.area_codes import check_area_codes, check_key
from riskmodel.problems import Where

WHERE = Where("m.csv", column="code")


def key(*codes):
    return check_key(pd.Series(codes, dtype="string"), WHERE)


def test_codes_that_stand_twice(only):
    problem = only(key("01", "02", "01", "03", "01"), "area_code_twice")
    assert (problem.where.rows, problem.values["count"], problem.values["codes"]) == ((2, 4, 6), 1, ["01"])


def test_rows_without_a_code(only):
    assert only(key("01", None, "02"), "area_code_empty").where.rows == (3,)


def test_codes_a_spreadsheet_made_numbers_of(only):
    assert only(key("1,10001E+06", "1.1e+06", "05E12"), "area_code_exponent").where.rows == (2, 3)


def test_good_keys_say_nothing():
    assert key("01", "1", "A-7") == []


def test_areas_of_one_source_only(only):
    problems = check_area_codes(["01", "02", "02", "03"], ["02", "03", "04", "05"], "censo.csv", "mun.csv")
    first = only(problems, "area_only_in_first")
    second = only(problems, "area_only_in_second")
    assert (first.values["count"], first.values["codes"]) == (1, ["01"])
    assert (second.values["count"], second.values["codes"]) == (2, ["04", "05"])
    assert {p.severity for p in problems} == {"warning"}
    assert first.values["first"] == "censo.csv"


def test_no_code_in_common(only):
    assert only(check_area_codes(["1", "2"], ["A", "B"]), "area_codes_differ").is_error


def test_lost_zeros_are_proposed_not_applied(only):
    assert only(check_area_codes(["05001", "05002"], ["5001", "5002"]), "area_codes_lost_zeros").is_error


def test_equal_sources_say_nothing():
    assert check_area_codes(["1", "2"], ["2", "1"]) == []
    assert check_area_codes([], []) == []
