"""Totals of a study beside published ones: differences counted by hand, and the states of Brazil against its municipalities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.reconcile import compare_totals, reconcile
from riskmodel.i18n import translator
from riskmodel.inputs.areas import read_areas
from riskmodel.outputs.reconciliation_words import summary_sentences
from riskmodel.problems import InputProblems
from riskmodel.results import RECONCILIATION_COLUMNS
from riskmodel.study_file import parse_study, study_text
from riskmodel.study_published import PublishedTotal
from tests.brazil_study import write_brazil
from tests.tools.problems import codes, worded

STUDY = """[study]
name = "x"
method = "given_risk"
[outcome]
name = "x"
definition = "x"
[areas]
file = "areas.csv"
area_code = "codigo"
parent_code = "dep"
children = "ninos"
[given_risk]
risk = "riesgo"
"""
AREAS = (
    "codigo,dep,ninos,pob,riesgo\n0101,01,100,1000,0.1\n0102,01,200,900,0.2\n0201,02,300,2000,0.1\n0301,03,40,99,0.1\n"
)


def compared(tmp_path: Path, declared: str, **files: str) -> tuple[pd.DataFrame, list]:
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    study = parse_study(STUDY + declared)
    assert parse_study(study_text(study)) == study
    found, problems = reconcile(study, tmp_path, read_areas(study, tmp_path)[0])
    assert list(found.columns) == list(RECONCILIATION_COLUMNS)
    worded(problems)
    return found.set_index("parent_code"), problems


def test_children_by_parent_and_for_the_country(tmp_path):
    """01: 300 of 303 published, 1 % fewer; 02: 300 of 250, 20 % more; 03: none published; the country 640 of 660."""
    table = "dep;total\n00;0,66\n01;0,303\n02;0,250\n09;0,010\n"
    found, problems = compared(
        tmp_path, '[[published_total]]\nfile = "p.csv"\nparent_code = "dep"\ntotal = "total"\ncountry_code = "00"\ntimes = 1000\n', p=table
    )  # fmt: skip
    assert found["ours"].to_dict() == pytest.approx(
        {"": 640, "01": 300, "02": 300, "03": 40, "09": np.nan}, nan_ok=True
    )
    assert found["published"].to_dict() == pytest.approx({"": 660, "01": 303, "02": 250, "03": np.nan, "09": 10}, nan_ok=True)  # fmt: skip
    assert found["share"][["", "01", "02"]].tolist() == pytest.approx([-20 / 660, -3 / 303, 0.2])
    assert found["within"][["", "01", "02"]].tolist() == [False, True, False]
    assert found["within"][["03", "09"]].isna().all()
    by_code = {p.code: p for p in problems}
    assert set(by_code) == {
        "published_country_less", "published_differs", "published_unit_unknown", "published_unit_absent",
    }  # fmt: skip
    assert all(not p.is_error for p in problems)
    assert by_code["published_unit_unknown"].values["codes"] == ["09"]
    assert (by_code["published_differs"].values["count"], by_code["published_differs"].values["of"]) == (1, 2)
    said = summary_sentences(found.reset_index(), translator("en"))
    assert said[0] == "The files count 3.0% fewer children than were published for the country: 640 against 660."
    assert said[2] == "The files count 20.0% more children than were published for 02: 300 against 250."


def test_a_column_against_totals_written_in_the_study(tmp_path):
    declared = '[[published_total]]\nof = "column"\ncolumn = "pob"\nlabel = "Población"\ntotals = { "01" = 1900, "02" = 2000, "03" = 99 }\ncountry = 3999\n'
    found, problems = compared(tmp_path, declared)
    assert problems == []
    assert found["difference"].tolist() == [0, 0, 0, 0]
    assert found["within"].all()


def test_coverage_is_expected_and_small_counts_are_withheld(tmp_path):
    """A register of 90 % of the children that counts 90 of 100 is as it should be."""
    study = parse_study(STUDY).model_copy(
        update={
            "population": parse_study(
                STUDY + '[population]\nfile = "c.csv"\nyear = 2020\narea_code = "c"\ncoverage = 0.9\n', complete=False
            ).population
        }
    )
    areas = pd.DataFrame({"area_code": ["1", "2"], "parent_code": ["A", "B"], "parent_name": ["A", "B"]})
    own = pd.Series([90.0, 12.0], index=pd.Index(["A", "B"]))
    found = compare_totals(PublishedTotal(totals={"A": 100}), study, own, pd.Series({"A": 100.0, "B": 13.0}), areas)
    assert found["within"].tolist()[0] is True
    assert np.isnan(found["ours"].iloc[1])


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("[[published_total]]\n", "study_published_nothing"),
        ('[[published_total]]\nfile = "p.csv"\n', "study_published_columns"),
        ('[[published_total]]\nof = "column"\ncountry = 5\n', "study_published_column"),
        ('[[published_total]]\nof = "survey"\ncountry = 5\n', "study_published_needs_survey"),
    ],
)
def test_what_is_declared_by_halves_is_refused_in_words(declared, code):
    with pytest.raises(InputProblems) as raised:
        parse_study(STUDY + declared)
    assert codes(raised.value.problems) == {code}
    worded(raised.value.problems)


def test_parents_are_needed_for_totals_by_parent():
    text = STUDY.replace('parent_code = "dep"\n', "") + '[[published_total]]\ntotals = { "1" = 5 }\n'
    with pytest.raises(InputProblems) as raised:
        parse_study(text)
    assert codes(raised.value.problems) == {"study_published_needs_parents"}


def test_a_table_that_cannot_be_read_stops_no_run(tmp_path):
    declared = '[[published_total]]\nfile = "p.csv"\nparent_code = "dep"\ntotal = "nada"\n'
    found, problems = compared(tmp_path, declared, p="dep;total\n01;303\n")
    assert found.empty
    assert [(p.code, p.severity) for p in problems] == [("column_missing", "warning")]


@pytest.mark.data
def test_the_states_of_brazil_are_the_sum_of_their_municipalities(shared_data, tmp_path):
    """Children of six by state in the Atlas, against the municipal table; then with one municipality lost."""
    path = write_brazil(shared_data, tmp_path, "given_risk")
    state = (shared_data / "brazil/atlas_adh2013_uf_br_2010.csv").resolve().as_posix()
    declared = f'[[published_total]]\nof = "column"\ncolumn = "peso6"\nfile = "{state}"\nparent_code = "UF"\ntotal = "peso6"\ncountry_code = "0"\ntolerance = 0.0\n[[published_total]]\ncountry = 20682884\n'
    study = parse_study(path.read_text("utf-8") + declared)
    areas = read_areas(study, tmp_path)[0]
    found, problems = reconcile(study, tmp_path, areas)
    assert problems == []
    assert len(found) == 1 + 27 + 1
    assert (found["difference"] == 0).all()
    lost = areas[areas["area_code"] != "3550308"]  # São Paulo
    apart, told = reconcile(study, tmp_path, lost)
    units = apart[(apart["within"] == False).fillna(False)]  # noqa: E712
    assert units["parent_name"].fillna("").tolist() == ["São Paulo", ""]
    assert codes(told) == {"published_differs", "published_country_less"}
