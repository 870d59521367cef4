"""Sentences: what an estimate supports and no more."""

import pytest

from riskmodel.outputs import words
from riskmodel.study import AgeRange

WHO = "children"


@pytest.mark.parametrize(
    ("risk", "lower", "upper", "said"),
    [
        (0.114, 0.09, 0.138, "Of every 100 children, between 9 and 14 would be in child labour."),
        (0.114, None, None, "Of every 100 children, about 11 would be in child labour."),
        (0.114, 0.1135, 0.1144, "Of every 100 children, about 11 would be in child labour."),
        (0.012, 0.003, 0.032, "Of every 100 children, at most 3 would be in child labour."),
        (0.004, 0.002, 0.009, "Of every 1,000 children, between 2 and 9 would be in child labour."),
        (0.0125, None, None, "Of every 1,000 children, about 13 would be in child labour."),  # halves up
        (0.0001, 0.00001, 0.0004, "Of every 1,000 children, fewer than 1 would be in child labour."),
        (0.0, None, None, "Of every 1,000 children, fewer than 1 would be in child labour."),
        (0.985, 0.96, 0.996, "Of every 100 children, between 96 and 100 would be in child labour."),
    ],
)
def test_risk_sentence(risk, lower, upper, said, t):
    assert words.risk_sentence(risk, lower, upper, WHO, t) == said


@pytest.mark.parametrize(
    ("risk", "lower", "upper", "country", "said"),
    [
        (0.12, 0.10, 0.14, 0.09, "The risk is higher than in the country as a whole (9.0%)."),
        (0.05, 0.04, 0.06, 0.09, "The risk is lower than in the country as a whole (9.0%)."),
        (0.10, 0.08, 0.12, 0.09, "The risk cannot be told apart from that of the country as a whole (9.0%)."),
        (0.12, None, None, 0.09, "That is 3.0 percentage points more than in the country as a whole (9.0%)."),
        (0.05, None, None, 0.09, "That is 4.0 percentage points less than in the country as a whole (9.0%)."),
        (0.09, None, None, 0.0901, "That is the same as in the country as a whole (9.0%)."),
        (0.09, 0.08, 0.10, None, ""),
    ],
)
def test_a_difference_is_claimed_only_where_the_interval_allows(risk, lower, upper, country, said, t):
    assert words.risk_compared(risk, lower, upper, country, t) == said


def test_index_sentences(t):
    assert words.index_sentence(34.2, t) == "Vulnerability to child labour: index 34.2 of 100."
    assert words.index_compared(34.2, 30.0, t).startswith("That is 4.2 points above the country as a whole (30.0)")
    assert words.index_compared(30.0, 34.2, t).startswith("That is 4.2 points below the country as a whole (34.2)")
    assert words.index_compared(30.0, 30.04, t) == "That is the same as the country as a whole (30.0)."


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        (None, "children and adolescents"),
        ((5, 17), "children and adolescents aged 5 to 17"),
        ((5, 11), "children aged 5 to 11"),
        ((15, 17), "adolescents aged 15 to 17"),
    ],
)
def test_people(ages, said, t):
    age = None if ages is None else AgeRange(min=ages[0], max=ages[1])
    assert words.people(age, t) == said


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
def test_every_number_of_levels_has_distinct_names(k, t):
    names = words.level_names(k, t)
    assert len(set(names)) == k
    assert k < 3 or (names[0].endswith("ow") and names[-1].endswith("igh"))


def test_rank_words(t):
    assert words.rank_words(5, 30, "area_risk", t) == (
        "1 is the highest risk. Between 5 and 30 once the uncertainty is counted."
    )
    assert "the same once" in words.rank_words(1, 1, "area_risk", t)
    assert words.rank_words(None, None, "area_risk", t) == "1 is the highest risk."
    assert words.rank_words(None, None, "index", t) == "1 is the most vulnerable."
    assert words.rank_words(5, 30, "index", t) == (
        "1 is the most vulnerable. Between 5 and 30 under other choices in building the index; this is not a sampling error."
    )


def test_count_words(t):
    assert (
        words.count_words(984, 1495.4, 10870, WHO, t) == "Between 984 and 1,495, of the 10,870 children who live here."
    )
    assert words.count_words(None, None, 10870, WHO, t) == "Of the 10,870 children who live here."
    assert words.count_words(984, 1495, None, WHO, t) == "Between 984 and 1,495."
    assert words.count_words(None, None, None, WHO, t) == ""


def test_stability_is_never_rounded_up(t):
    assert words.stability_words(0.999, "area_risk", t) == "Firm: the same level in 99% of the simulations."
    assert words.stability_words(0.799, "area_risk", t) == "Not firm: the same level in only 79% of the simulations."
    assert words.stability_words(None, "area_risk", t) == ""
    assert (
        words.stability_words(0.799, "index", t)
        == "Not firm: the same level in only 79% of the indices built with other choices."
    )
