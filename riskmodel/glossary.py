"""The words of the screens, each explained in a plain sentence or two.

Written for a municipal official. A word is explained here and nowhere else: screens, help texts and the command line
read it from here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from riskmodel.i18n import Translator


@dataclass(frozen=True)
class Term:
    """A word and what it means, in the reader's language."""

    key: str
    group: str
    name: str
    meaning: str


def glossary(t: Translator) -> tuple[Term, ...]:
    """All terms, group by group, in the order they are met."""
    return tuple(
        Term(key, group, name, meaning)
        for group, terms in (
            (t("Child labour"), _child_labour(t)),
            (t("Results"), _results(t)),
            (t("How sure"), _certainty(t)),
            (t("The survey and the model"), _model(t)),
            (t("Sources"), _sources(t)),
            (t("The index"), _index(t)),
            (t("Decisions"), _decisions(t)),
        )
        for key, (name, meaning) in terms.items()
    )


def found_in(terms: tuple[Term, ...], asked: str) -> tuple[Term, ...]:
    """Terms whose name or meaning holds every word asked for, names first; accents and capitals do not matter."""
    words = _plain(asked).split()
    hits = [term for term in terms if all(w in _plain(f"{term.name} {term.meaning}") for w in words)]
    return tuple(sorted(hits, key=lambda term: not all(w in _plain(term.name) for w in words)))


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


Terms = dict[str, tuple[str, str]]


def _child_labour(t: Translator) -> Terms:
    return {
        "child_labour": (
            t("Child labour"),
            t("Work that a child is too young for or that harms health or schooling. Each country fixes what counts; the definition used is printed with every result."),
        ),
        "hazardous": (
            t("Hazardous work"),
            t("Work that by its nature or conditions can harm the health, safety or morals of anyone under 18."),
        ),
        "minimum_age": (
            t("Minimum age for work"),
            t("The age at which the law lets a person begin to work. Below it, only light work may be allowed."),
        ),
        "chores": (
            t("Household chores"),
            t("Unpaid services in one's own home. Some definitions count them as child labour beyond a number of hours, others do not."),
        ),
        "production_boundary": (
            t("Production boundary"),
            t("Which activities count as work: only those of the national accounts, or also unpaid household services (the general boundary)."),
        ),
        "sdg": (
            t("SDG indicator 8.7.1"),
            t("The share of children aged 5 to 17 in child labour, as countries report it to the United Nations."),
        ),
    }  # fmt: skip


def _results(t: Translator) -> Terms:
    return {
        "area": (
            t("Area"),
            t("The territory that is compared with others: a municipality, district, commune or canton."),
        ),
        "parent": (
            t("Parent unit"),
            t("The larger territory an area belongs to, such as a department, state or province."),
        ),
        "risk": (
            t("Risk of child labour"),
            t("The share of the children of an area expected to be in child labour. It says nothing about any one child or family."),
        ),
        "expected_number": (
            t("Expected number"),
            t("The risk times the children of the area: about how many would be in child labour. A city with a low risk can have a high number."),
        ),
        "level": (
            t("Level"),
            t("Low, medium or high: areas of similar risk together. The limits are a convention, printed in the legend, not a threshold of harm."),
        ),
        "rank": (
            t("Place"),
            t("Where an area stands when all are put in order; place 1 has the highest risk. Neighbouring places often cannot be told apart."),
        ),
        "no_data": (
            t("No data"),
            t("Nothing can be said about this area. It is hatched on the map and has no level; it is not an area without risk."),
        ),
        "withheld": (
            t("Withheld"),
            t("A small number that is not shown, so that no child can be recognised and no chance result is taken for a fact."),
        ),
        "synthetic": (t("Synthetic data"), t("Invented people and places, to learn and to test with.")),
    }  # fmt: skip


def _certainty(t: Translator) -> Terms:
    return {
        "interval": (
            t("95% interval"),
            t("The range in which the true value lies with a confidence of 95 in 100, for the errors that are named with it. Where two intervals overlap, the two areas cannot be told apart with confidence."),
        ),
        "standard_error": (
            t("Standard error"),
            t("How far an estimate would typically be off if the survey were drawn again."),
        ),
        "level_probability": (
            t("Level probability"),
            t("How often an area would get the same level if the estimate varied within its error. An index has no such error: there it is how often the level would be the same had other choices been made in building it. Under 80 in 100 the level is “not firm” and carries dots on the map."),
        ),
        "validation": (
            t("Validation"),
            t("Setting the estimates beside a direct measure, such as a census that asked about work, to see how far they agree."),
        ),
    }  # fmt: skip


def _model(t: Translator) -> Terms:
    return {
        "survey": (
            t("Household survey"),
            t("Interviews in a sample of homes. It knows who works, but has too few homes in most municipalities to say anything about each."),
        ),
        "weight": (
            t("Expansion factor"),
            t("How many children of the population each interviewed child stands for."),
        ),
        "psu": (
            t("Primary sampling unit (PSU)"),
            t("The first thing the survey drew, usually a block or a village. Children of one unit resemble each other, and the errors account for it."),
        ),
        "stratum": (
            t("Stratum"),
            t("A part of the country, such as the rural part of a region, from which the survey drew its units separately."),
        ),
        "model": (
            t("Risk model"),
            t("What the survey says about children with certain characteristics, applied to every child of the census. It is the risk model of the ILO and ECLAC (MIRTI)."),
        ),
        "determinant": (
            t("Determinant"),
            t("A characteristic that goes together with child labour, such as living in a rural area. It is associated with it; that does not show that it is the cause."),
        ),
        "reference": (
            t("Reference category"),
            t("The category the others of a determinant are compared with."),
        ),
        "odds_ratio": (
            t("Odds ratio"),
            t("How many times the odds of child labour of one category are those of its reference, the other determinants held equal. 1 means no difference."),
        ),
        "average_effect": (
            t("Average effect"),
            t("How many percentage points the risk would differ, on average, if every child had one category instead of the reference."),
        ),
        "contribution": (
            t("Contribution"),
            t("How many percentage points a determinant sets an area apart from the country. All contributions together make the whole gap."),
        ),
        "benchmark": (
            t("Benchmark"),
            t("Bringing the estimates of a region into line with the survey's own figure for it, where that figure is reliable. The shift is shown."),
        ),
    }  # fmt: skip


def _sources(t: Translator) -> Terms:
    return {
        "population": (
            t("Census or register"),
            t("The list of all children with their characteristics, or counts of them. It does not know who works; the model is applied to it."),
        ),
        "unscored": (
            t("Unscored share"),
            t("The share of children the model could say nothing about, because a characteristic is missing or was never met in the survey."),
        ),
        "coverage": (
            t("Coverage"),
            t("The share of all children that the census or register holds. Numbers are of those it holds; none is scaled up."),
        ),
        "fingerprint": (
            t("Fingerprint"),
            t("A short code made from the files and settings of a result. The same code means the same result."),
        ),
    }  # fmt: skip


def _index(t: Translator) -> Terms:
    return {
        "index": (
            t("Vulnerability index"),
            t("Municipal indicators on one scale from 0 to 100, averaged. It orders areas where no survey can be used; it is not a share of children."),
        ),
        "indicator": (
            t("Indicator"),
            t("One figure per area, such as the share of people who work in agriculture, with its year and source."),
        ),
        "dimension": (t("Dimension"), t("Indicators about one subject, such as schooling, averaged before the index is.")),
        "natural_breaks": (
            t("Natural breaks"),
            t("Limits chosen so that areas of one level are as alike as possible (Fisher–Jenks, exact)."),
        ),
    }  # fmt: skip


def _decisions(t: Translator) -> Terms:
    return {
        "criterion": (
            t("Criterion"),
            t("A figure the priority list is ordered by, with the weight you give it."),
        ),
        "score": (
            t("Score of the list"),
            t("The criteria of an area, each brought to a scale from 0 to 1, averaged with their weights."),
        ),
        "stability": (
            t("Order, weights ±25%"),
            t("The best and worst place an area takes when each weight is made up to a quarter larger or smaller."),
        ),
        "sheet": (t("Fact sheet"), t("One page about one area, to print and discuss.")),
        "supply": (
            t("Services"),
            t("Programmes and public services that work with children and families in an area."),
        ),
    }  # fmt: skip
