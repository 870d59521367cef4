"""Sentences about factors: right for every case, and grammatical in four languages whatever the names are."""

import re

import pytest

from riskmodel.i18n import LANGUAGES, translator
from riskmodel.outputs import words
from riskmodel.outputs.factor_words import factors_sentence, few_words, listed, wide_words
from riskmodel.outputs.sheet_style import SheetStyle, area_sheet, national_sheet, unit_sheet
from riskmodel.study import AgeRange
from tests.outputs.cases import make_results

NAMES = ["Idioma materno", "Hogares sin agua", "Éducation", "Indígena", "Años"]


@pytest.mark.parametrize(
    ("risk", "protective", "gap", "said"),
    [
        (["A"], [], 0.02, "What goes most with more risk here than in the country: A."),
        (["A", "B", "C"], [], 0.02, "What goes most with more risk here than in the country: A and B."),
        ([], ["A"], -0.02, "What goes most with less risk here than in the country: A."),
        (["A"], ["B"], 0.01, "What goes most with more risk here than in the country: A. What goes most with less risk here than in the country: B."),
        (["A"], ["B"], 0.0001, "What goes most with more risk here than in the country: A. What goes most with less risk here than in the country: B. They balance each other."),
        ([], [], 0.0, "No factor sets this place apart from the country."),
    ],
    ids=["one", "many", "only protective", "both", "tie", "none"],
)  # fmt: skip
def test_every_case_of_risk(risk, protective, gap, said, t):
    assert factors_sentence(risk, protective, gap, "area_risk", t) == said


def test_an_index_has_its_own_words(t):
    assert factors_sentence(["A"], ["B"], 0.04, "index", t) == (
        "What raises the index most here: A. What lowers the index most here: B. They balance each other."
    )
    assert factors_sentence([], [], 3.0, "index", t) == "No indicator sets this place apart from the country."
    assert "risk" not in factors_sentence(["A"], ["B"], 3.0, "index", t)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["Edad"], "Edad"),
        (["Edad", "Sexo"], "Edad y Sexo"),
        (["Edad", "Indígena"], "Edad e Indígena"),
        (["Edad", "Índice"], "Edad e Índice"),
        (["Sexo", "Hijos"], "Sexo e Hijos"),
        (["Agua", "Hielo"], "Agua y Hielo"),
        (["Edad", "Sexo", "Idioma"], "Edad, Sexo e Idioma"),
    ],
)
def test_spanish_says_e_before_the_sound_of_i(items, said):
    assert listed(items, translator("es")) == said


def test_lists_in_the_other_languages():
    assert [listed(["A", "I"], translator(name)) for name in ("en", "pt", "fr")] == ["A and I", "A e I", "A et I"]


@pytest.mark.parametrize(
    ("risk", "lower", "upper", "is_wide"),
    [
        (0.10, 0.02, 0.18, True),  # 16 points about 10 %
        (0.30, 0.20, 0.40, False),  # narrower than the estimate
        (0.01, 0.0, 0.05, False),  # rare: less than 10 points
        (0.10, None, None, False),
        (None, None, None, False),
    ],
)
def test_a_wide_interval_is_said(risk, lower, upper, is_wide, t):
    assert bool(wide_words(risk, lower, upper, t)) == is_wide


@pytest.mark.parametrize(
    ("children", "said"),
    [
        (0, "No children of these ages are counted here."),
        (1, "Only 1 child of these ages is counted here: one more or less changes every figure."),
        (99, "Only 99 children of these ages are counted here: one more or less changes every figure."),
        (100, ""),
        (None, ""),
    ],
)
def test_a_tiny_place_is_said(children, said, t):
    assert few_words(children, t) == said


def faults(text: str, language: str) -> list[str]:
    """What no sentence of a language may hold."""
    never = {
        "es": r"\b[Dd]e el\b|\b[Aa] el\b|\by [iIíÍ]|\b1 (territorios|personas|niñas)\b",
        "pt": r"\b[Dd]e [oa] |\bem [oa] (país|território)|\b1 (territórios|pessoas|crianças)\b",
        "fr": r"\b([DdLl][ea]|[Qq]ue|[Jj]e|[Nn]e|[Ss]i) (?=[aeiouyéèêâîôûAEIOUÉÈÊÂÎÔÛ])(?!oui|onz)|\bde les?\b|\bà les?\b|\b1 (territoires|personnes|enfants)\b",
        "en": r"\ba (?=[aeiou])(?!uni|one|eu)|\b1 (territories|children|areas)\b",
    }[language]
    found = [match.group() for match in re.finditer(never, text)]
    return found + re.findall(r"\{\w+\}|  |\s[.,]|\.\.", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_sentences_hold_for_any_name_and_number(name, language):
    t = translator(language)
    said = [
        factors_sentence(r, p, gap, measure, t)
        for r, p in (([name], []), ([], [name]), ([name, "Sexo"], ["Edad", name]), ([], []))
        for gap in (0.0, 0.2)
        for measure in ("area_risk", "index")
    ]
    who = words.people(AgeRange(min=5, max=17), t)
    intervals = [(0.2, 0.05, 0.9), (0.1, None, None), (0.004, 0.0, 0.009), (0.11, 0.1099, 0.1101), (0.0, 0.0, 0.0)]
    said += [words.risk_sentence(*interval, who, t) for interval in intervals]
    said += [words.risk_compared(*interval, 0.1, t) for interval in intervals]
    said += [few_words(count, t) for count in (0, 1, 2, 50)] + [wide_words(0.2, 0.05, 0.9, t)]
    said += [
        words.rank_words(low, high, m, t)
        for low, high in ((1, 1), (1, 9), (None, None))
        for m in ("area_risk", "index")
    ]
    said += [words.index_compared(30.0, country, t) for country in (29.0, 30.0, 31.0)]
    for sentence in said:
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "1"
        assert faults(sentence.replace(name, "Sexo"), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["risk_model", "vulnerability_index", "given_risk"])
def test_whole_sheets_hold_no_broken_sentence(method, language):
    results, t, style = make_results(method), translator(language), SheetStyle()
    contents = [area_sheet(results, code, t, style) for code in ("001", "003", "004")]
    contents += [unit_sheet(results, "D0", t, style), national_sheet(results, t, style)]
    for content in contents:
        texts = [content["headline"], content["subline"], content["caution"], content["map_alt"], *content["notices"]]
        texts += [fact["text"] for fact in content["facts"]] + [note["text"] for note in content["notes"]]
        if content["factors"]:
            own_names = r"(?<=: )[^.]*(?=\.)"
            texts += [re.sub(own_names, "X", content["factors"]["sentence"]), content["factors"]["intro"]]
        for text in filter(None, texts):
            assert faults(text, language) == []
