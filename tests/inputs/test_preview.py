"""What the person who chooses columns sees of them."""

import pandas as pd

from riskmodel.inputs.preview import column_names, describe_columns


def test_kinds_counts_and_ranges(write):
    path = write("t.csv", "code;zero;name;rate;none\n1101;01;Ana;1,5;\n1102;02;Luz;;\n1103;01;Ana;12,25;\n")
    described = describe_columns(path).set_index("column")
    assert column_names(path) == described.index.to_list() == ["code", "zero", "name", "rate", "none"]
    assert described["kind"].to_list() == ["code", "code", "text", "number", "empty"]
    assert described["missing"].to_list() == [0, 0, 0, 1, 3]
    assert described["distinct"].to_list() == [3, 2, 2, 2, 0]
    assert described.loc["rate", ["minimum", "maximum"]].to_list() == [1.5, 12.25]
    assert described.drop("rate")[["minimum", "maximum"]].isna().all(axis=None)


def test_no_text_of_a_cell_is_shown(write):
    described = describe_columns(write("t.csv", "name;n\nAna María;1\nLuz;2\n"))
    assert not described.map(lambda v: isinstance(v, str) and "Ana" in v).any(axis=None)


def test_ages_are_numbers_and_not_codes(write):
    described = describe_columns(write("t.csv", "age;x\n7;1\n8;1\n9;1\n"))
    assert pd.Series(described["kind"]).to_list() == ["number", "number"]
