"""Which columns of a map hold the code: joined ones, running numbers, codes of publishers of maps."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.columns import code_guesses, unofficial_codes

STATES, PLACES = ["01", "02", "03"], ["001", "002", "003", "004"]
MEXICO = pd.DataFrame([(s, p) for s in STATES for p in PLACES], columns=["CVE_ENT", "CVE_MUN"])


def test_two_columns_that_only_together_are_a_code_come_first():
    assert code_guesses(MEXICO)[0].columns == ("CVE_ENT", "CVE_MUN")
    whole = MEXICO.assign(CVEGEO=MEXICO["CVE_ENT"] + MEXICO["CVE_MUN"])
    assert code_guesses(whole)[0].columns == ("CVEGEO",)


def test_three_columns_and_those_of_one_unit_above():
    peru = pd.DataFrame(
        [(a, b, c) for a in ("08", "21") for b in ("01", "02") for c in ("01", "02", "03")],
        columns=["CCDD", "CCPP", "CCDI"],
    )
    assert code_guesses(peru)[0].columns == ("CCDD", "CCPP", "CCDI")
    one = MEXICO[MEXICO["CVE_ENT"] == "01"]
    guesses = [g.columns for g in code_guesses(one)]
    assert ("CVE_ENT", "CVE_MUN") in guesses


def test_counted_numbers_are_running_and_padded_ones_are_codes():
    table = pd.DataFrame({"OBJECTID": range(1, 25), "DPA_PROVIN": [f"{i:02d}" for i in range(1, 25)]})
    running = {g.columns[0]: g.running for g in code_guesses(table)}
    assert running == {"DPA_PROVIN": False, "OBJECTID": True}


@pytest.mark.parametrize(
    ("value", "source"),
    [("COL.1.{}_1", "GADM"), ("EC.A{}", "HASC (Statoids)"), ("relation/30{}", "OpenStreetMap"), ("0500{}", "")],
)
def test_codes_of_publishers_are_known(value, source):
    table = pd.DataFrame({"code": [value.format(i) for i in range(1, 6)]})
    assert [s for _, s in unofficial_codes(table)] == ([source] if source else [])
