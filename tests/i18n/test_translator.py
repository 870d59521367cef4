"""Numbers, percentages, plurals and dates as a reader of each language writes them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from riskmodel.i18n import LANGUAGES, say, translator
from riskmodel.i18n.translator import MISSING
from riskmodel.problems import MISSING_CATEGORY, Problem, Where

NO_BREAK = "\u00a0"
NARROW = "\u202f"
ROWS = ("{count} row has no stratum.", "{count} rows have no stratum.")


def test_numbers_have_the_marks_of_the_language() -> None:
    assert translator("es").number(1234567.891, 2) == "1.234.567,89"
    assert translator("en").number(1234567.891, 2) == "1,234,567.89"
    assert translator("pt").number(1234567.891, 2) == "1.234.567,89"
    assert translator("fr").number(1234567.891, 2) == f"1{NARROW}234{NARROW}567,89"
    assert {translator(language).number(12) for language in LANGUAGES} == {"12"}


def test_percentages_have_the_marks_of_the_language() -> None:
    """A no-break space stands before the sign in Spanish and French, none in English and Brazilian Portuguese."""
    assert translator("es").percent(0.123) == f"12,3{NO_BREAK}%"
    assert translator("en").percent(0.123) == "12.3%"
    assert translator("es").percent(0.5, 0) == f"50{NO_BREAK}%"
    assert translator("en").percent(1.0) == "100.0%"
    assert translator("pt").percent(0.095) == "9,5%"
    assert translator("fr").percent(0.095) in {f"9,5{NO_BREAK}%", f"9,5{NARROW}%"}  # which one depends on CLDR's year


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("absent", [None, float("nan"), pd.NA])
def test_what_is_missing_is_a_dash_and_never_zero(language: str, absent: object) -> None:
    t = translator(language)
    assert t.number(absent) == t.percent(absent) == t.points(absent) == MISSING  # type: ignore[arg-type]
    assert t.number(0) == "0"


def test_points_carry_their_sign() -> None:
    """Plus, true minus, and no sign where the rounded difference is nothing."""
    t = translator("es")
    assert t.points(0.051) == "+5,1"
    assert t.points(-0.051) == "−5,1"
    assert t.points(0.0) == t.points(0.0004) == t.points(-0.0004) == "0,0"
    assert translator("en").points(-0.1234, 2) == "−12.34"


def test_plurals_follow_the_count() -> None:
    t = translator("es")
    assert t.plural(*ROWS, 1) == "1 fila no tiene estrato."
    assert t.plural(*ROWS, 0) == "0 filas no tienen estrato."
    assert t.plural(*ROWS, 12345) == "12.345 filas no tienen estrato."
    assert translator("pt").plural(*ROWS, 1) == "1 linha não tem estrato."
    assert translator("pt").plural(*ROWS, 0) == "0 linhas não têm estrato."
    assert translator("pt").plural(*ROWS, 12345) == "12.345 linhas não têm estrato."
    assert translator("en").plural(*ROWS, 1) == "1 row has no stratum."
    assert translator("en").plural(*ROWS, 12345) == "12,345 rows have no stratum."


def test_dates_are_long() -> None:
    day = dt.date(2026, 11, 22)
    assert translator("es").date(day) == "22 de noviembre de 2026"
    assert translator("en").date(day) == "November 22, 2026"
    assert translator("pt").date(day) == "22 de novembro de 2026"
    assert translator("fr").date(day) == "22 novembre 2026"


def test_values_are_filled_in_by_name() -> None:
    assert translator("es")("No area has the code “{area_code}” in these results.", area_code="05001").endswith(
        "«05001»."
    )
    assert translator("es")("Low") == "Bajo"


def test_braces_in_a_value_are_text() -> None:
    """A person's file may be called anything."""
    assert "{x}" in translator("es")("The priority list asks for “{name}”, which the study does not have.", name="{x}")


def test_nothing_is_said_for_an_empty_message() -> None:
    """gettext would answer with the header of the catalogue."""
    assert all(translator(language)("") == "" for language in LANGUAGES)


def test_an_unknown_language_reads_english() -> None:
    assert translator("xx")("Low") == "Low"
    assert translator("xx").language == "en"


def test_a_problem_says_what_where_and_how_to_mend() -> None:
    problem = Problem("weight_not_positive", Where("encuesta.csv", column="factor", rows=(2, 15)), {"count": 2})
    said = say(problem, translator("es"))
    assert said.what == "2 factores de expansión son cero o negativos."
    assert said.where == "Archivo «encuesta.csv», columna «factor», filas 2, 15."
    assert said.mend.startswith("Use el factor de expansión")
    assert str(say(problem, translator("en"))).splitlines()[1] == "File “encuesta.csv”, column “factor”, rows 2, 15."


def test_only_the_first_rows_are_listed() -> None:
    problem = Problem("weight_not_positive", Where(rows=tuple(range(2, 22))), {"count": 20})
    assert say(problem, translator("es")).where == "Filas 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"


def test_children_without_an_answer_are_named_in_words_in_a_problem() -> None:
    values = {"name": "sex", "category": MISSING_CATEGORY, "population": 3.0}
    said = say(Problem("category_only_in_population", values=values), translator("es")).what
    assert MISSING_CATEGORY not in said
    assert "sin dato" in said
