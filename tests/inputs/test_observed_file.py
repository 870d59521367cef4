"""A table of observed rates of its own: read, checked, and told in words where it cannot be used."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.inputs.observed_file import ObservedFile, read_observed
from riskmodel.problems import InputProblems
from riskmodel.study import Observed

CODES = [f"{i:02d}" for i in range(1, 13)]
RATES = Observed(rate="pct", unit="percent", n="asked", design_effect=2.0)


def table(path, **changed):
    rows = pd.DataFrame({"code": CODES, "pct": range(1, 13), "asked": 100, "cases": 5, "total": 50})
    rows.assign(**changed).to_csv(path, index=False)
    return path


def read(path, columns: Observed = RATES, known=tuple(CODES), key: str = "code"):
    return read_observed(ObservedFile(path, key, columns), known)


def codes_of(error) -> set[str]:
    return {p.code for p in error.value.problems}


def test_rates_become_proportions_with_their_effective_number(tmp_path):
    rates, problems = read(table(tmp_path / "r.csv"))
    assert rates["observed"].tolist() == pytest.approx([i / 100 for i in range(1, 13)])
    assert (rates["observed_n"] == 50).all()
    assert rates["area_code"].tolist() == CODES
    assert problems == []


def test_counts_are_divided(tmp_path):
    rates, _ = read(table(tmp_path / "r.csv"), Observed(cases="cases", total="total"))
    assert (rates["observed"] == 0.1).all()


def test_areas_in_one_of_the_two_are_told(tmp_path):
    _, problems = read(table(tmp_path / "r.csv"), known=[*CODES[1:], "77"])
    assert {p.code for p in problems} == {"area_only_in_first", "area_only_in_second"}


@pytest.mark.parametrize(
    ("changed", "columns", "code"),
    [
        ({}, Observed(rate="absent"), "column_missing"),
        ({"code": ["01"] * 12}, RATES, "area_code_twice"),
        ({"code": [f"x{c}" for c in CODES]}, RATES, "area_codes_differ"),
        ({"pct": -1}, RATES, "observed_outside"),
        ({"cases": 60}, Observed(cases="cases", total="total"), "observed_cases_above_total"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, changed, columns, code):
    with pytest.raises(InputProblems) as caught:
        read(table(tmp_path / "r.csv", **changed), columns)
    assert code in codes_of(caught)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputProblems) as caught:
        read(tmp_path / "absent.csv")
    assert codes_of(caught) == {"file_not_found"}
