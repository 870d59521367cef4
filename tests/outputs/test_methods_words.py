"""Every rule has words, and they say what the figures say."""

from __future__ import annotations

import inspect
import re

import pytest

from riskmodel.decisions import method_facts
from riskmodel.decisions.methods import compare_methods
from riskmodel.i18n import translator
from riskmodel.outputs import methods_words
from riskmodel.outputs.agreement_words import lesson_sentence, order_sentence, plain
from riskmodel.outputs.methods_key import methods_key, within_error
from tests.decisions.test_methods import INDEX, RISK
from tests.method_runs import run_of

EN = translator("en")


@pytest.fixture(scope="module")
def found():
    return compare_methods([run_of("given_risk", RISK, wide=8), run_of("vulnerability_index", INDEX)])


def test_every_rule_has_words_and_no_word_is_without_rule():
    source = inspect.getsource(method_facts)
    used = set(re.findall(r'_told\(\s*"(\w+)"', source)) | set(re.findall(r'"(order_\w+)"', source))
    assert used == set(methods_words._WORDS)


def test_sentences_of_a_pair(found):
    said = " ".join(plain(s) for s in methods_words.pair_sentences(found.summary["pairs"][0], EN))
    assert "A and B do not agree on the order (rank agreement 0.34" not in said
    assert "A and B agree on the order only in part (rank agreement 0.34" in said
    assert "Of the 1 areas that A puts first, 0 are among the first 1 of B." in said
    assert "83 of every 100 areas have the same level in both." in said
    assert "2 areas stand two levels or more apart." in said
    assert "In 1 of 12 areas the places differ by more than their errors" in said
    assert "The place of an area in B is taken as exact" in said


def test_advice_in_words(found):
    said = [plain(methods_words.advice_sentence(one, EN)) for one in found.summary["advice"]]
    assert said[0].startswith("For how many children: A.")
    assert any(s.startswith("Where to begin: 3 areas") for s in said)
    assert any("apart in A and B" in s for s in said)
    assert not any("{" in s for s in said)


def test_the_map_tells_way_and_number_of_levels(found):
    """01 is low in A and high in B: the brown end; 12 the green one; 01 differs within the error of A."""
    codes = found.areas["area_code"].sort_values()
    key = methods_key(found.areas, "A", "B", codes, EN)
    assert key.position[["01", "12", "05"]].tolist() == [5, 1, 3]
    assert key.rows[0].label == "B is two levels higher, or more"
    assert sum(row.areas for row in key.rows) == 12
    assert within_error(found.areas, "A", "B") == {"01"}


def agreed(spearman: float, index: bool = True, used: bool = False) -> dict:
    return {"spearman": spearman, "bias": None if index else 0.0, "used_in_the_estimate": used}


@pytest.mark.parametrize(
    ("rho", "words"),
    [
        (0.85, "nearly the same"),
        (0.7, "much the same"),
        (0.57, "only in part"),
        (0.34, "agrees little"),
        (0.1, "not agree"),
    ],
)
def test_words_for_the_figures_of_brazil(rho, words):
    """0.85 is the area model with states left out, 0.57 and 0.34 the index with estimated and with equal weights."""
    assert words in order_sentence(agreed(rho), EN)


def test_the_lesson_is_about_the_method():
    assert "Do not choose areas by it alone" in lesson_sentence(agreed(0.34), EN)
    assert "where to look first" in lesson_sentence(agreed(0.85, index=False), EN)
    assert lesson_sentence(agreed(1.0, used=True), EN) == ""
