"""Sentences about codes: every kind of change and reason has one, in every language."""

import pytest

from riskmodel.i18n import LANGUAGES, translator
from riskmodel.inputs.code_systems import SYSTEMS, general_rule
from riskmodel.inputs.mend_codes import CodeChange
from riskmodel.inputs.recognise_codes import CodeRecognition
from riskmodel.outputs.code_words import change_sentence, recognition_sentence, system_name
from riskmodel.outputs.match_words import how_words, why_words

KINDS = [
    "code_formula_read",
    "code_quotes",
    "code_blanks",
    "code_decimals",
    "code_marks",
    "zeros_given_back",
    "check_digit_added",
    "check_digit_dropped",
    "last_digits_dropped",
    "codes_joined",
    "letters_for_digits",
]
REASONS = [
    "other_file",
    "check_digit",
    "parents",
    "whole_country",
    "form",
    "one_form",
    "several",
    "one_length",
    "two_lengths",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words(language):
    t = translator(language)
    told = [change_sentence(CodeChange(kind, 2, (2, 3), (("5001", "05001"),)), t) for kind in KINDS]
    values = {"count": 1122, "parents": 33, "first": 2}
    told += [
        recognition_sentence(CodeRecognition(SYSTEMS["co_municipality"], "sure", r, values=values), t) for r in REASONS
    ]  # type: ignore[arg-type]
    told += [how_words(how, t) for how in ("same", "form", "country", "confirmed")]
    whys = ("near", "other_parent", "no_parent", "unknown_parent", "twice", "nothing_near", "confirmed_none")
    told += [why_words(why, t) for why in whys]
    assert all(told)
    assert len(set(told)) == len(told)
    assert not [sentence for sentence in told if "{" in sentence]


def test_examples_and_countries_are_named():
    t = translator("en")
    change = CodeChange("zeros_given_back", 2, (2, 3), (("5001", "05001"),))
    assert change_sentence(change, t) == "2 codes got their lost zeros back. For example “5001” → “05001”."
    assert system_name(SYSTEMS["pe_district"], translator("es")).startswith("UBIGEO (Perú), 6")
    assert system_name(general_rule((3, 2)), t) == "codes of 5 digits"
