"""Observed rates are read as declared, and what cannot be a rate is told with its rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.areas import read_areas
from riskmodel.inputs.observed import with_observed
from riskmodel.problems import InputProblems
from riskmodel.study import Observed
from riskmodel.study_file import parse_study

STUDY = """[study]
name = "x"
method = "given_risk"
[outcome]
name = "x"
definition = "x"
[areas]
file = "areas.csv"
area_code = "code"
[[areas.join]]
file = "census.csv"
area_code = "code"
[given_risk]
risk = "risk"
[observed]
"""


def table(folder, **columns):
    codes = [f"{i:02d}" for i in range(12)]
    pd.DataFrame({"code": codes, "risk": np.linspace(0.1, 0.3, 12)}).to_csv(folder / "areas.csv", index=False)
    made = pd.DataFrame({"code": codes, **{name: np.resize(values, 12) for name, values in columns.items()}})
    made.to_csv(folder / "census.csv", index=False)


def read(folder, observed: str):
    return read_areas(parse_study(STUDY + observed), folder)


def found(folder, observed: str) -> set[str]:
    try:
        return {p.code for p in read(folder, observed)[1]}
    except InputProblems as error:
        return {p.code for p in error.problems}


def test_counts_of_a_joined_table_make_a_rate(tmp_path):
    table(tmp_path, num=[3, 0], den=[12, 50], asked=[6, 20])
    frame, problems = read(tmp_path, 'cases = "num"\ntotal = "den"\nn = "asked"\ndesign_effect = 2.0\n')
    assert not problems
    assert frame["observed"].tolist()[:2] == [0.25, 0.0]
    assert frame["observed_n"].tolist()[:2] == [3.0, 10.0]
    assert not [c for c in frame if c.startswith("observed.")]


def test_percentages_and_their_errors_make_an_effective_number():
    """20 % with a standard error of 4 points: 0.2 · 0.8 / 0.04² = 100 children."""
    frame = pd.DataFrame({"observed.rate": [20.0, 20.0], "observed.se": [4.0, np.nan]})
    made = with_observed(frame, Observed(rate="r", se="s", unit="percent"))
    assert made["observed"].tolist() == pytest.approx([0.2, 0.2])
    assert made["observed_n"].iloc[0] == pytest.approx(100)
    assert made["observed_n"].isna().tolist() == [False, True]


def test_a_total_of_zero_is_no_rate_and_not_a_rate_of_zero(tmp_path):
    table(tmp_path, num=[0] * 11 + [0], den=[10] * 11 + [0])
    frame, problems = read(tmp_path, 'cases = "num"\ntotal = "den"\n')
    assert [p.code for p in problems] == ["observed_total_zero"]
    assert problems[0].where.rows == (13,)
    assert np.isnan(frame["observed"].iloc[11])
    assert frame["observed_n"].isna().all()


@pytest.mark.parametrize(
    ("columns", "observed", "code"),
    [
        ({"num": [5], "den": [4]}, 'cases = "num"\ntotal = "den"\n', "observed_cases_above_total"),
        ({"num": [-1], "den": [4]}, 'cases = "num"\ntotal = "den"\n', "observed_negative"),
        ({"r": [12.0]}, 'rate = "r"\n', "observed_in_percent"),
        ({"r": [120.0]}, 'rate = "r"\nunit = "percent"\n', "observed_outside"),
        ({"r": [-0.1]}, 'rate = "r"\n', "observed_outside"),
        ({"r": [0.12]}, 'rate = "r"\nunit = "percent"\n', "observed_in_proportion"),
        ({"r": [0.1], "e": [-1.0]}, 'rate = "r"\nse = "e"\n', "observed_negative"),
        ({"r": [0.1] + [np.nan] * 11}, 'rate = "r"\n', "observed_few"),
        ({"r": [0.1]}, 'rate = "q"\n', "column_missing"),
    ],
)
def test_what_cannot_be_a_rate_is_told(tmp_path, columns, observed, code):
    table(tmp_path, **columns)
    assert code in found(tmp_path, observed)


@pytest.mark.parametrize(
    ("observed", "code"),
    [
        ('cases = "a"\n', "study_observed_measure"),
        ('cases = "a"\ntotal = "b"\nrate = "c"\n', "study_observed_measure"),
        ('rate = "c"\nn = "d"\nse = "e"\n', "study_observed_two_errors"),
    ],
)
def test_a_declaration_that_says_two_things_is_refused(observed, code):
    with pytest.raises(InputProblems) as raised:
        parse_study(STUDY + observed)
    assert [p.code for p in raised.value.problems] == [code]


def test_an_observed_rate_needs_a_table_of_areas():
    text = STUDY.split("[areas]")[0] + '[observed]\nrate = "r"\n'
    with pytest.raises(InputProblems) as raised:
        parse_study(text)
    assert "study_observed_needs_areas" in {p.code for p in raised.value.problems}
