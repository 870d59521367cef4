"""Codes and categories are text, the same from every kind of file."""

import pandas as pd

from riskmodel.inputs.codes import as_codes, canonical


def test_only_decimals_of_whole_numbers_go():
    given = pd.Series([" 1.0 ", "001", "1001.0", "1.50", "-2.00", "1.0a", "", None, "\u00a05\u00a0"])
    wanted = ["1", "001", "1001", "1.50", "-2", "1.0a", pd.NA, pd.NA, "5"]
    assert canonical(given).to_list() == wanted
    assert as_codes(given).to_list() == wanted
    assert canonical(given).dtype == "string"


def test_numbers_and_their_text_are_the_same_category():
    assert canonical(pd.Series([1.0, 2.0])).to_list() == canonical(pd.Series(["1", "2"])).to_list()


def test_the_index_stays():
    assert canonical(pd.Series(["a", "b"], index=[7, 3])).index.to_list() == [7, 3]
