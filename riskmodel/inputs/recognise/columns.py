"""Say what each column of a table is: by the words of its name, and only where its values fit.

Roles of persons and samples are looked for in tables of persons, measures in tables of areas: "peso" is a weight in a survey
and a number of people in a table of municipalities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.coordinates import latitude, longitude
from riskmodel.inputs.recognise.facts import Facts, facts_of
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.labelled import labelled_roles
from riskmodel.inputs.recognise.measures import measures
from riskmodel.inputs.recognise.places import Places, find_places
from riskmodel.inputs.recognise.roles import ColumnGuess, Reason, Role
from riskmodel.inputs.recognise.vocabulary import has_word, is_word

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}")
CURP = re.compile(r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d")
YES_NO = ({"0", "1"}, {"1", "2"}, {"1", "2", "9"}, {"true", "false"})

# Roles only one column of a file can have; of several the best named stays, the others are alternatives.
SINGLE = frozenset(["weight", "stratum", "psu", "age", "sex", "zone", "kinship", "household", "person", "year", "latitude", "longitude"])  # fmt: skip


@dataclass(frozen=True)
class TableColumns:
    """Columns of one table with what each seems to be, one guess per column in the order of the file."""

    guesses: tuple[ColumnGuess, ...]
    places: Places
    facts: Mapping[str, Facts]
    persons: bool  # whether its rows are persons, households or dwellings

    def column(self, role: Role) -> str:
        """The column of a role; "" where there is none."""
        return next((g.column for g in self.guesses if g.role == role), "")

    def columns(self, role: Role) -> list[str]:
        return [g.column for g in self.guesses if g.role == role]

    def guess(self, role: Role) -> ColumnGuess | None:
        return next((g for g in self.guesses if g.role == role), None)


def column_guesses(table: pd.DataFrame, labels: Mapping[str, str] | None = None) -> TableColumns:
    """What each column of a table of text is.

    Parameters
    ----------
    table : DataFrame of dtype "string"
        As `inputs.read` gives it; a sample of its rows will do.
    labels : mapping, optional
        Labels of columns that the file itself has (SPSS, Stata).

    Returns
    -------
    TableColumns
        A column that holds names or identity numbers of persons has the role "identity", whatever else it could be.
    """
    facts = facts_of(table)
    year = _best([(f, _year(f)) for f in facts.values()])
    people = sum(any(PERSON_TESTS[role](f) == "sure" for f in facts.values()) for role in SURELY_PERSONS) >= 2
    places = find_places(table, facts, year[0].name if year else "", people)
    found: dict[str, ColumnGuess] = {g.column: g for g in places.guesses}
    persons = not (places.per_area or places.by_year)
    tests: dict[Role, Callable[[Facts], Certainty | None]] = {
        "year": _year,
        "latitude": latitude,
        "longitude": longitude,
    }
    if persons:
        tests |= PERSON_TESTS
    for role, test in tests.items():
        _take(role, test, facts, found)
    if persons and labels:
        found |= labelled_roles(facts, labels, found, PERSON_TESTS)
    persons = persons and _are_persons(found)
    for f in facts.values():
        if f.name not in found or found[f.name].role in ("area_name", "parent_name"):
            told = _identity(f, persons, found.get(f.name))
            if told:
                found[f.name] = ColumnGuess(f.name, "identity", *told)
    if persons:
        for f in facts.values():
            if f.name not in found and (outcome := _outcome(f)):
                found[f.name] = outcome
    else:
        rest = {name: f for name, f in facts.items() if name not in found}
        found |= measures(table, rest)
    guesses = tuple(found.get(f.name) or _plain_role(f) for f in facts.values())
    return TableColumns(guesses, places, facts, persons)


def _take(
    role: Role, test: Callable[[Facts], Certainty | None], facts: Mapping[str, Facts], found: dict[str, ColumnGuess]
) -> None:
    """Give a role to the column it fits best."""
    fitting = [(f, test(f)) for f in facts.values() if f.name not in found]
    best = _best(fitting)
    if best is None:
        return
    if role not in SINGLE:
        for f, certainty in fitting:
            if certainty:
                found[f.name] = ColumnGuess(f.name, role, certainty, "name_and_values")
        return
    others = tuple(f.name for f, certainty in fitting if certainty and f is not best[0])
    found[best[0].name] = ColumnGuess(best[0].name, role, best[1], "name_and_values", others)


def _best(fitting: list[tuple[Facts, Certainty | None]]) -> tuple[Facts, Certainty] | None:
    """The surest; among equals the fullest, then the first."""
    order = {"sure": 2, "likely": 1, "ask": 0}
    known = [(f, c) for f, c in fitting if c]
    return max(known, key=lambda pair: (order[pair[1]], round(pair[0].share_filled, 1)), default=None)


def _year(f: Facts) -> Certainty | None:
    if not (f.whole and f.low >= 1950 and f.high <= 2035 and f.lengths == (4,) and f.distinct <= 60):
        return None
    return "sure" if is_word(words.YEAR, f.plain) else ("ask" if f.distinct == 1 and f.share_filled > 0.9 else None)


def _weight(f: Facts) -> Certainty | None:
    """Above zero, many different ones."""
    if not (is_word(words.WEIGHT, f.plain) and f.numeric and f.low >= 0 and f.distinct >= 8 and f.high > 1):
        return None
    unfinished = is_word(words.BASE_WEIGHT, f.plain)
    return "sure" if (not f.whole or f.mean > 5) and not unfinished else "likely"


def _replicate(f: Facts) -> Certainty | None:
    return "sure" if is_word(words.REPLICATE, f.plain) and f.numeric and f.low >= 0 and f.distinct >= 8 else None


def _stratum(f: Facts) -> Certainty | None:
    if not is_word(words.STRATUM, f.plain) or has_word(words.NOT_STRATUM, f.plain) or f.distinct < 2 or f.unique > 0.9:
        return None
    return "likely" if f.distinct <= 10 else "sure"  # few could be the socio-economic stratum of a dwelling


def _psu(f: Facts) -> Certainty | None:
    return "sure" if is_word(words.PSU, f.plain) and f.distinct >= 2 else None


def _household(f: Facts) -> Certainty | None:
    many = f.distinct >= 8 and f.codelike
    return "likely" if is_word(words.HOUSEHOLD, f.plain) and (many or f.distinct >= 2) and f.letters < 0.5 else None


def _person(f: Facts) -> Certainty | None:
    return "likely" if is_word(words.PERSON, f.plain) and f.distinct >= 2 and f.letters < 0.5 else None


def _kinship(f: Facts) -> Certainty | None:
    return "likely" if is_word(words.KINSHIP, f.plain) and 2 <= f.distinct <= 30 else None


def _age(f: Facts) -> Certainty | None:
    fits = f.whole and f.low >= 0 and f.high <= 130 and f.distinct >= 4
    return (
        ("sure" if has_word(r"edad|edades|idade|age|v2009|eda", f.plain) else "likely")
        if fits and is_word(words.AGE, f.plain)
        else None
    )


def _sex(f: Facts) -> Certainty | None:
    if not (is_word(words.SEX, f.plain) and 2 <= f.distinct <= 4 and f.length <= 12):
        return None
    return "sure" if has_word(r"sex\w*|genero|gender|v2007", f.plain) else "likely"


def _zone(f: Facts) -> Certainty | None:
    if not (is_word(words.ZONE, f.plain) and 2 <= f.distinct <= 6):
        return None
    return "sure" if f.distinct == 2 or any(v.lower().startswith(("urb", "rur")) for v in f.values) else "likely"


def _period(f: Facts) -> Certainty | None:
    return "likely" if is_word(words.PERIOD, f.plain) and f.distinct <= 53 else None


PERSON_TESTS: dict[Role, Callable[[Facts], Certainty | None]] = {
    "replicate": _replicate, "weight": _weight, "psu": _psu, "stratum": _stratum, "age": _age, "sex": _sex, "zone": _zone,
    "kinship": _kinship, "household": _household, "person": _person, "period": _period,
}  # fmt: skip


# Two of these for certain, and rows are persons.
SURELY_PERSONS: tuple[Role, ...] = ("weight", "psu", "age", "sex")


def _are_persons(found: Mapping[str, ColumnGuess]) -> bool:
    """Whether rows are persons or households: at least two things that only they have, or a weight with a household."""
    roles = {g.role for g in found.values()}
    return (
        len(roles & {"weight", "psu", "age", "sex", "kinship", "household", "person"}) >= 2
        or {"household", "zone"} <= roles
    )


def _identity(f: Facts, persons: bool, already: ColumnGuess | None) -> tuple[Certainty, Reason] | None:
    """Whether a column holds who a person is: mail addresses and official numbers by their form, names by their words."""
    few = f.values[:40]
    for pattern in (MAIL, CPF, CURP):
        if few and sum(bool(pattern.fullmatch(v)) for v in few) >= 0.8 * len(few):
            return "sure", "identity_values"
    if not persons and already is not None:
        return None
    if is_word(words.IDENTITY_NUMBER, f.plain) and f.unique >= 0.3 and f.length >= 6 and f.distinct >= 5:
        return "likely", "name_and_values"
    by_name = is_word(words.IDENTITY_NAME, f.plain) or (persons and is_word(words.GENERIC_NAME, f.plain))
    if by_name and f.letters >= 0.9 and f.distinct >= 5 and f.unique >= 0.3 and (already is None or persons):
        return "likely", "name_and_values"
    return None


def _outcome(f: Facts) -> ColumnGuess | None:
    """Work of the child, where values say yes and no."""
    values = {v.lower().removesuffix(".0") for v in f.values}
    if not 2 <= len(values) <= 3 or not any(values <= allowed for allowed in YES_NO):
        return None
    labour = has_word(words.CHILD_LABOUR, f.plain)
    if not labour and not has_word(words.WORKS, f.plain):
        return None
    ready = values <= {"0", "1"} or values <= {"true", "false"}
    return ColumnGuess(
        f.name, "outcome" if ready else "outcome_codes", "likely" if labour and ready else "ask", "name_and_values"
    )


def _plain_role(f: Facts) -> ColumnGuess:
    """What is left: nothing but how it is written."""
    if f.filled == 0:
        return ColumnGuess(f.name, "empty", "sure", "empty")
    if f.distinct == 1:
        return ColumnGuess(f.name, "constant", "sure", "constant")
    if has_word(words.VARIABLE, f.plain) and f.letters >= 0.8:
        return ColumnGuess(f.name, "variable", "likely", "rest")
    if f.distinct <= 30 and f.unique <= 0.5:
        return ColumnGuess(f.name, "category", "likely", "values")
    return ColumnGuess(f.name, "number" if f.numeric else "text", "likely", "rest")
