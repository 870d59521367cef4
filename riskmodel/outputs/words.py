"""Results in words, as an official reads them aloud.

A sentence says what an estimate supports and no more: "would be" for an estimate, "between" where there is an
interval, "cannot be told apart" where the interval holds the other value.
"""

from __future__ import annotations

import math

import pandas as pd

from riskmodel.decisions.contributions import AREA_EFFECT, BENCHMARK, OWN, PARENT, SMOOTH
from riskmodel.i18n import Translator
from riskmodel.problems import MISSING_CATEGORY
from riskmodel.study import AgeRange

# Below this (upper end of) risk a sentence per 100 would round to nothing; it is told per 1,000.
RARE = 0.015
ADOLESCENT = 12
STABLE = 0.8


def level_names(k: int, t: Translator) -> list[str]:
    """Names of `k` levels (1 to 5), lowest first."""
    names = {
        1: [t("Single level")],
        2: [t("Low"), t("High")],
        3: [t("Low"), t("Medium"), t("High")],
        4: [t("Low"), t("Medium-low"), t("Medium-high"), t("High")],
        5: [t("Very low"), t("Low"), t("Medium"), t("High"), t("Very high")],
    }
    return names[k]


def category_name(category: str, t: Translator) -> str:
    """A category as a person reads it."""
    return t("not stated") if category == MISSING_CATEGORY else str(category)


def part_names(t: Translator) -> dict[str, str]:
    """Parts of a gap with the country that are no determinants, by the name they have in `contributions`."""
    return {
        BENCHMARK: t("Adjustment to the survey's own figure for its region"),
        AREA_EFFECT: t("What the survey itself says of this area"),
        PARENT: t("What its parent unit adds"),
        SMOOTH: t("Curves and combinations of the indicators"),
        OWN: t("What its own measured rate says"),
    }


def present(value: object) -> float | None:
    """A number, or None when missing."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return float(value)  # type: ignore[arg-type]


def people(age: AgeRange | None, t: Translator) -> str:
    """Whom the study is about."""
    if age is None:
        return t("children and adolescents")
    if age.max < ADOLESCENT:
        return t("children aged {min} to {max}", min=age.min, max=age.max)
    if age.min >= ADOLESCENT:
        return t("adolescents aged {min} to {max}", min=age.min, max=age.max)
    return t("children and adolescents aged {min} to {max}", min=age.min, max=age.max)


def risk_sentence(risk: float, lower: float | None, upper: float | None, who: str, t: Translator) -> str:
    """The risk as so many of every 100 (of every 1,000 where it is rare). Proportions 0–1."""
    base = 1000 if (risk if upper is None else upper) < RARE else 100
    words = {"base": t.number(base), "people": who}
    if lower is None or upper is None:
        return _about(_whole(risk * base), words, t)
    low, high = _whole(lower * base), _whole(upper * base)
    if low == high:
        return _about(high, words, t)
    if low == 0:
        return t.plural(
            "Of every {base} {people}, at most {count} would be in child labour.",
            "Of every {base} {people}, at most {count} would be in child labour.",
            high, **words,
        )  # fmt: skip
    return t(
        "Of every {base} {people}, between {lower} and {upper} would be in child labour.",
        lower=t.number(low), upper=t.number(high), **words,
    )  # fmt: skip


def _about(count: int, words: dict[str, str], t: Translator) -> str:
    if count == 0:
        return t("Of every {base} {people}, fewer than 1 would be in child labour.", **words)
    return t.plural(
        "Of every {base} {people}, about {count} would be in child labour.",
        "Of every {base} {people}, about {count} would be in child labour.",
        count, **words,
    )  # fmt: skip


def risk_compared(risk: float, lower: float | None, upper: float | None, country: float | None, t: Translator) -> str:
    """The risk against the country's; with an interval, only as far as the interval allows."""
    if country is None:
        return ""
    shown = t.percent(country)
    if lower is not None and upper is not None:
        if lower > country:
            return t("The risk is higher than in the country as a whole ({country}).", country=shown)
        if upper < country:
            return t("The risk is lower than in the country as a whole ({country}).", country=shown)
        return t("The risk cannot be told apart from that of the country as a whole ({country}).", country=shown)
    gap = t.number(abs(risk - country) * 100, 1)
    if round(risk - country, 3) > 0:
        return t(
            "That is {gap} percentage points more than in the country as a whole ({country}).", gap=gap, country=shown
        )
    if round(risk - country, 3) < 0:
        return t(
            "That is {gap} percentage points less than in the country as a whole ({country}).", gap=gap, country=shown
        )
    return t("That is the same as in the country as a whole ({country}).", country=shown)


def index_sentence(index: float, t: Translator) -> str:
    """The index (0–100) as a headline."""
    return t("Vulnerability to child labour: index {index} of 100.", index=t.number(index, 1))


def index_compared(index: float, country: float | None, t: Translator) -> str:
    """The index against the country's, in index points."""
    if country is None:
        return ""
    gap, shown = t.number(abs(index - country), 1), t.number(country, 1)
    if round(index - country, 1) > 0:
        return t(
            "That is {gap} points above the country as a whole ({country}): more of the conditions that go with child labour.",
            gap=gap,
            country=shown,
        )
    if round(index - country, 1) < 0:
        return t(
            "That is {gap} points below the country as a whole ({country}): fewer of the conditions that go with child labour.",
            gap=gap,
            country=shown,
        )
    return t("That is the same as the country as a whole ({country}).", country=shown)


def interval_words(lower: float, upper: float, t: Translator) -> str:
    """A 95 % interval of a proportion."""
    return t("95% interval: {lower} to {upper}", lower=t.percent(lower), upper=t.percent(upper))


def rank_words(lower: float | None, upper: float | None, measure: str, t: Translator) -> str:
    """What a rank means, and how far it may move."""
    if lower is None or upper is None:
        return t("1 is the most vulnerable.") if measure == "index" else t("1 is the highest risk.")
    if measure == "index":
        if lower == upper:
            return t("1 is the most vulnerable. The place is the same under other choices in building the index.")
        return t(
            "1 is the most vulnerable. Between {lower} and {upper} under other choices in building the index; this is not a sampling error.",
            lower=t.number(lower), upper=t.number(upper),
        )  # fmt: skip
    if lower == upper:
        return t("1 is the highest risk. The place is the same once the uncertainty is counted.")
    return t(
        "1 is the highest risk. Between {lower} and {upper} once the uncertainty is counted.",
        lower=t.number(lower), upper=t.number(upper),
    )  # fmt: skip


def count_words(lower: float | None, upper: float | None, children: float | None, who: str, t: Translator) -> str:
    """What stands behind an expected number: interval and population."""
    of = {"children": t.number(children), "people": who}
    if lower is None or upper is None:
        return t("Of the {children} {people} who live here.", **of) if children is not None else ""
    between = {"lower": t.number(lower), "upper": t.number(upper)}
    if children is None:
        return t("Between {lower} and {upper}.", **between)
    return t("Between {lower} and {upper}, of the {children} {people} who live here.", **between, **of)


def stability_words(probability: float | None, measure: str, t: Translator) -> str:
    """How sure a level is, from the share of simulations that keep it: draws of the error, or of the choices of an index."""
    if probability is None:
        return ""
    share = t.percent(math.floor(probability * 100) / 100, 0)
    if measure == "index":
        if probability >= STABLE:
            return t("Firm: the same level in {share} of the indices built with other choices.", share=share)
        return t("Not firm: the same level in only {share} of the indices built with other choices.", share=share)
    if probability >= STABLE:
        return t("Firm: the same level in {share} of the simulations.", share=share)
    return t("Not firm: the same level in only {share} of the simulations.", share=share)


def _whole(value: float) -> int:
    """Nearest whole number, halves up."""
    return math.floor(value + 0.5)
