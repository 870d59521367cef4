"""One decimal mark for a column, and a word for everything that is doubtful."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.numbers import as_numbers
from riskmodel.problems import Where

WHERE = Where("t.csv", column="x")
NAN = float("nan")


def read(tokens, quote=False):
    return as_numbers(pd.Series(tokens, dtype="string"), WHERE, quote)


CLEAR = {
    "decimal comma": (["1,5", "2", "1.234,5", "-0,25"], [1.5, 2, 1234.5, -0.25]),
    "decimal point": (["1.5", "2,000", "1,234.5"], [1.5, 2000, 1234.5]),
    "two thousands commas": (["1,234", "1,234,567"], [1234, 1234567]),
    "two thousands points": (["1.234", "1.234.567"], [1234, 1234567]),
    "leading zero": (["0.123", "1.234"], [0.123, 1.234]),
    "leading zero with comma": (["0,123", "1,234"], [0.123, 1.234]),
    "one short decimal settles the rest": (["1.234", "2.5"], [1.234, 2.5]),
    "long whole part": (["1234.567"], [1234.567]),
    "spaces and apostrophes": (["1 234", "1\u202f234\u00a0567", "1'234,5"], [1234, 1234567, 1234.5]),
    "percent sign": (["12,5 %", "3%"], [12.5, 3]),
    "exponent": (["1e+05", "1.5E-3"], [100000, 0.0015]),
    "open decimals": ([".5", "5.", "+3"], [0.5, 5, 3]),
    "blank": (["", None, "1"], [NAN, NAN, 1]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("tokens", "wanted"), CLEAR.values(), ids=CLEAR)
def test_clear_columns_are_read_without_a_word(tokens, wanted):
    values, problems = read(tokens)
    np.testing.assert_array_equal(values, wanted)
    assert problems == []


def test_small_whole_numbers_beside_show_thousands(only):
    for mark in ".,":
        values, problems = read([f"1{mark}234", "987", f"12{mark}345"])
        assert values.to_list() == [1234, 987, 12345]
        problem = only(problems, "number_marks_thousands")
        assert (problem.severity, problem.where.rows) == ("warning", (2, 4))


def test_three_decimals_throughout_are_decimals_and_told(only):
    for mark in ".,":
        values, problems = read([f"1{mark}234", f"9{mark}402"])
        assert values.to_list() == [1.234, 9.402]
        assert only(problems, "number_marks_decimal").severity == "warning"


@pytest.mark.parametrize("tokens", [["1.5", "2.5", "3,5"], ["1.234", "2.345", "3,456"]])
def test_the_rarer_of_two_marks_is_not_guessed(only, tokens):
    values, problems = read(tokens)
    assert np.isnan(values[2])
    assert only(problems, "decimal_marks_mixed").where.rows == (4,)


@pytest.mark.parametrize("token", ["Sí", "No", "12a", "1,2,3", "inf", "0x10", "1 2", "12.34.56", "IC=(7,2-11,6)"])
def test_what_is_not_a_number_is_told_without_quoting_it(only, token):
    values, problems = read(["1", token, "2"])
    assert np.isnan(values[1])
    problem = only(problems, "not_a_number")
    assert (problem.where, problem.severity) == (Where("t.csv", column="x", rows=(3,)), "error")
    assert dict(problem.values) == {"count": 1}


def test_tables_without_persons_quote_three_examples(only):
    problem = only(read(["1", "a", "b", "a", "c", "d" * 99], quote=True)[1], "not_a_number_quoted")
    assert problem.values["examples"] == ["a", "b", "c"]
    assert problem.values["count"] == 5


def test_marks_of_missing_data_are_missing_not_zero(only):
    values, problems = read(["-", "NA", "…", "*", "3"])
    assert values.isna().sum() == 4
    problem = only(problems, "missing_marks")
    assert (problem.severity, problem.values["count"]) == ("warning", 4)


def test_rows_are_those_of_the_file_when_some_are_left_out(only):
    column = pd.Series(["x", "1"], index=[40, 41], dtype="string")
    values, problems = as_numbers(column, WHERE)
    assert only(problems, "not_a_number").where.rows == (42,)
    assert values.index.to_list() == [40, 41]


def test_writing_numbers_the_other_way_changes_nothing():
    """Comma for point and point for comma: the same numbers, whatever the mixture of forms."""
    numbers = [0.5, 1234.25, 1234567.0, -3.125, 12.0]
    english = [f"{n:,.2f}" for n in numbers]
    spanish = [t.translate(str.maketrans(",.", ".,")) for t in english]
    np.testing.assert_array_equal(read(english)[0], read(spanish)[0])
    np.testing.assert_array_equal(read(english)[0], [float(f"{n:.2f}") for n in numbers])
