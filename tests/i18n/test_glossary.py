from __future__ import annotations

import pytest

from riskmodel.glossary import found_in, glossary
from riskmodel.i18n import LANGUAGES, translator


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_a_name_and_a_sentence(language):
    terms = glossary(translator(language))
    assert len({term.key for term in terms}) == len({term.name for term in terms}) == len(terms) >= 35
    for term in terms:
        assert term.meaning.endswith("."), term
        assert len(term.meaning) < 320, term


def test_the_words_of_the_brief_are_there():
    keys = {term.key for term in glossary(translator("en"))}
    needed = {"risk", "level", "interval", "determinant", "odds_ratio", "psu", "benchmark", "expected_number"}
    assert needed | {"level_probability", "index", "unscored", "weight", "fingerprint"} <= keys


def test_a_search_takes_parts_of_words_and_no_accents():
    terms = glossary(translator("es"))
    assert found_in(terms, "razon de momios")[0].key == "odds_ratio"
    assert found_in(terms, "RIESGO")[0].key in ("risk", "model")
    assert found_in(terms, "zzz") == ()
    assert found_in(terms, "") == terms


def test_no_sentence_says_that_a_determinant_causes():
    for term in glossary(translator("en")):
        assert "causes" not in term.meaning
