from __future__ import annotations

import pandas as pd

from geodata.codes import as_codes, match_codes, match_problems
from riskmodel.i18n.say import say
from riskmodel.i18n.translator import translator
from riskmodel.problems import Where


def test_codes_become_text_and_keep_zeros():
    assert as_codes(pd.Series(["007", " 8 ", "1001.0", "", None])).tolist()[:3] == ["007", "8", "1001"]
    assert as_codes(pd.Series(["", None])).isna().all()
    assert as_codes(pd.Series([1001.0, 12.0])).tolist() == ["1001", "12"]
    assert as_codes(pd.Series([1100015])).tolist() == ["1100015"]


def test_match_is_sorted_counts_once_and_skips_missing():
    match = match_codes(pd.Series(["2", "1", "1", None, "9"]), pd.Series(["1", "2", "3"]))
    assert match == (("1", "2"), ("9",), ("3",))


def test_left_overs_are_warnings_and_no_match_is_an_error():
    table, drawn = Where("tabla.csv", column="cod"), Where("mapa.geojson")
    found = match_problems(match_codes(pd.Series(["1", "9"]), pd.Series(["1", "3"])), table, drawn)
    assert [(p.code, p.severity, p.values["count"]) for p in found] == [
        ("codes_only_in_table", "warning", 1),
        ("codes_only_on_map", "warning", 1),
    ]
    assert found[0].where == table
    (none,) = match_problems(match_codes(pd.Series(["05001"]), pd.Series(["5001"])), table, drawn)
    assert none.code == "codes_none_match"
    assert none.is_error
    assert "05001" in say(none, translator("en")).what
    assert match_problems(match_codes(pd.Series(["1"]), pd.Series(["1"])), table, drawn) == []
