"""Codes as officials have them, and as their system writes them."""

import pandas as pd
import pytest

from riskmodel.inputs.code_systems import SYSTEMS, general_rule
from riskmodel.inputs.code_text import formula_text, read_code
from riskmodel.inputs.mend_codes import join_columns, made_codes, mend_codes

COLOMBIA = SYSTEMS["co_municipality"]


def mended(*codes, rule=COLOMBIA):
    return mend_codes(pd.Series(codes, dtype="string"), rule)


@pytest.mark.parametrize(
    ("cell", "code", "kind"),
    [
        ("5001", "05001", "zeros_given_back"),
        ("5001.0", "05001", "code_decimals"),
        ("11001,00", "11001", "code_decimals"),
        ("5.001", "05001", "code_marks"),
        ("05-001", "05001", "code_marks"),
        ("5-1", "05001", "code_marks"),
        (" 05 001 ", "05001", "code_blanks"),
        ("\u00a005001", "05001", "code_blanks"),
        ("05001\u200b", "05001", "code_blanks"),
        ("'05001", "05001", "code_quotes"),
        ('"05001"', "05001", "code_quotes"),
        ('="05001"', "05001", "code_formula_read"),
        ('=CONCATENAR("05";"001")', "05001", "code_formula_read"),
        ('="05"&"001"', "05001", "code_formula_read"),
    ],
)
def test_a_code_is_read_as_it_was_meant(cell, code, kind):
    found = mended(cell)
    assert found.codes.to_list() == [code]
    assert kind in [change.kind for change in found.changes]
    assert not found.problems


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1,1E+06", "area_code_exponent"),
        ("1.10001E+06", "area_code_exponent"),
        ("=A1&B1", "code_formula"),
        ("5.1", "code_decimal"),  # 05001 or 05100?
    ],
)
def test_a_code_that_is_lost_is_told_and_stays(cell, problem):
    found = mended(cell, "05002")
    assert found.codes.to_list() == [cell, "05002"]
    assert [(p.code, p.severity, p.where.rows) for p in found.problems] == [(problem, "error", (2,))]


def test_a_formula_joins_as_a_spreadsheet_does():
    """A number without quotes is a number: its zero is lost (INEGI writes =CONCATENAR(0,01) for 01)."""
    assert formula_text("=CONCATENAR(0,01) ") == "01"
    assert formula_text("=CONCATENAR( ,10)") == "10"
    assert formula_text('=TEXTO(5;"00")&"001"') == "05001"
    assert formula_text("=SUM(1,2)") is None


def test_thousands_or_a_spreadsheets_zero():
    """ "5.000" beside "5.001" is five thousand; beside nothing of the kind it is 5."""
    assert mend_codes(pd.Series(["5.000", "5.001"]), general_rule((4,))).codes.to_list() == ["5000", "5001"]
    assert read_code("5.000").code == "5"


def test_missing_stays_missing_and_other_words_stay():
    found = mended(None, "", "  ", "Total", "05001")
    assert found.codes.isna().to_list() == [True, True, True, False, False]
    assert found.codes[3] == "Total"
    assert [(p.code, p.severity) for p in found.problems] == [("codes_other_form", "warning")]


def test_a_parent_among_the_areas_gets_no_zeros():
    """5 is Antioquia itself, not the municipality 00005."""
    assert mended("5", "5001").codes.to_list() == ["5", "05001"]


def test_two_rows_that_would_become_one_stay():
    found = mended("5001", "05001", "5002")
    assert found.codes.to_list() == ["5001", "05001", "05002"]
    (problem,) = [p for p in found.problems if p.code == "codes_collide"]
    assert (problem.is_error, problem.where.rows, problem.values["codes"]) == (True, (2,), ["5001"])


def test_a_table_of_years_may_write_a_code_both_ways():
    """Each area has two rows; 05001 is written without its zero in one of them."""
    codes = ["5001", "5002", "11001", "88001", "76001", "05001", "05002", "11001", "88001", "76001"]
    found = mended(*codes)
    assert found.codes.nunique() == 5
    assert not found.problems


def test_check_digits_are_computed():
    table = pd.Series(["350030", "3550308", "2201919"])
    found = mend_codes(pd.Series(["355030", "220191"]), SYSTEMS["br_municipality"])
    assert found.codes.to_list() == ["3550308", "2201919"]
    assert [c.kind for c in found.changes] == ["check_digit_added"]
    found = mend_codes(table, SYSTEMS["br_municipality_6"])
    assert found.codes.to_list() == ["350030", "355030", "220191"]
    assert [c.kind for c in found.changes] == ["check_digit_dropped"]


def test_a_wrong_check_digit_is_told_not_mended():
    found = mend_codes(pd.Series(["3550309", "3304557"]), SYSTEMS["br_municipality"])
    assert found.codes.to_list() == ["3550309", "3304557"]
    assert [(p.code, p.values["codes"]) for p in found.problems] == [("code_check_digit", ["3550309"])]


def test_letters_are_only_proposed():
    found = mended("O5OO1", "05002")
    assert found.codes.to_list() == ["O5OO1", "05002"]
    (proposal,) = found.proposals
    assert (proposal.kind, proposal.examples) == ("letters_for_digits", (("O5OO1", "05001"),))


def test_changes_are_counted_with_rows_and_examples():
    change = mended("5001", "11001", "5002").changes[0]
    assert (change.count, change.rows, change.examples[0]) == (2, (2, 4), ("5001", "05001"))


def test_columns_are_joined_with_their_widths():
    states, places = pd.Series(["5", "11.0", None, "05"]), pd.Series(["1", "001", "4", "031"])
    found = join_columns([states, places], (2, 3))
    assert found.codes.to_list()[:2] == ["05001", "11001"]
    assert found.codes.isna().to_list() == [False, False, True, False]
    assert found.changes[0].examples[0] == ("5 + 1", "05001")


def test_the_one_call_for_a_reading():
    """As `[[reading]]` `codes` declares it: two columns, their widths, the check digit taken off."""
    found = made_codes([pd.Series(["35", "33"]), pd.Series(["50308", "4557"])], (2, 5), "", drop_last=1)
    assert found.codes.to_list() == ["355030", "330455"]
    assert [c.kind for c in found.changes] == ["codes_joined", "last_digits_dropped"]


def test_codes_with_letters_are_left_alone():
    codes = pd.Series(["AR-B", "A1 - Norte", "DF"], dtype="string")
    assert mend_codes(codes).codes.to_list() == codes.to_list()
    assert mend_codes(codes).changes == ()


@pytest.mark.data
def test_formulas_of_mexico(shared_data):
    """2,469 municipalities as INEGI's own codes; 32 states are read from their formulas and told as no municipality."""
    table = pd.read_csv(
        shared_data / "messy/mx_inegi_poblacion_2020_latin1.csv",
        encoding="latin1",
        skiprows=5,
        header=None,
        dtype="string",
    )
    true = pd.read_csv(shared_data / "mexico/municipios_2020_indicadores.csv.gz", dtype="string", usecols=["cvegeo"])
    found = mend_codes(table[0], SYSTEMS["mx_municipality"])
    assert set(true["cvegeo"]) <= set(found.codes.dropna())
    assert {c.kind: c.count for c in found.changes} == {"code_formula_read": 32, "code_blanks": 2469}
    states = found.codes[found.codes.str.len() == 2]
    assert sorted(states) == [f"{i:02d}" for i in range(1, 33)]


@pytest.mark.data
def test_zeros_of_colombia(shared_data):
    """Ten years of the ministry write Antioquia now 5001, now 05001: 1,270 spellings, 1,122 municipalities."""
    path = shared_data / "messy/co_men_educacion_municipal_2011_2020.csv"
    codes = pd.read_csv(path, dtype="string", usecols=[1]).iloc[:, 0]
    true = set(pd.read_csv(shared_data / "colombia/dane_mpm_censal_2018_municipios.csv", dtype="string")["cod_dane"])
    found = mend_codes(codes, COLOMBIA)
    assert (codes.nunique(), found.codes.nunique(), found.problems) == (1270, 1122, ())
    assert set(found.codes) - true == {"94663"}  # Mapiripana, abolished
    assert true <= set(found.codes)
