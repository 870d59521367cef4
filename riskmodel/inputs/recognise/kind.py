"""Say what a table is for: survey, census, counts, areas, services, dictionary.

The rows decide (one per person, per area, per area and year), then the columns; the name of the file is never looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.columns import TableColumns
from riskmodel.inputs.recognise.facts import sample_rows
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.roles import Role
from riskmodel.inputs.recognise.vocabulary import has_word, is_word

# Of the whole file. "areas_by_year": areas repeated year by year; "register": codes and names and nothing else; "dwellings":
# one row per dwelling or household; "model": a fitted model; "study": a study file; "archive": an exported study.
Kind = Literal[
    "survey", "census", "dwellings", "cells", "margins", "areas", "areas_by_year", "register", "services", "dictionary",
    "boundaries", "model", "study", "archive", "unknown", "not_a_table",
]  # fmt: skip

KindReason = Literal[
    "kind_design", "kind_weight", "kind_persons", "kind_dwellings", "kind_cells", "kind_margins", "kind_areas", "kind_measured",
    "kind_by_year", "kind_register", "kind_services", "kind_dictionary", "kind_nothing", "kind_boundaries", "kind_content",
]  # fmt: skip

# Roles of columns that make a table of areas more than a list of them.
FIGURES: tuple[Role, ...] = ("indicator", "count", "children", "population")

# Codes of so many areas in a file of persons with weights say that it is a sample of a census, not a survey.
CENSUS_AREAS = 100


@dataclass(frozen=True)
class KindGuess:
    """What a file is for, how certain, why, and what else it could be."""

    kind: Kind
    certainty: Certainty
    reason: KindReason
    alternatives: tuple[Kind, ...] = ()


def table_kind(table: pd.DataFrame, columns: TableColumns) -> KindGuess:
    """The kind of a table of text whose columns were guessed."""
    if _is_dictionary(columns):
        return KindGuess("dictionary", "likely", "kind_dictionary")
    if columns.persons:
        return _of_persons(table, columns)
    margins = _margins(table, columns)
    if margins:
        return margins
    places = columns.places
    if places.per_area:
        return _of_areas(columns)
    if places.by_year and not _is_services(columns):
        return KindGuess("areas_by_year", "sure" if places.column("area_code") else "likely", "kind_by_year")
    points = bool(columns.column("latitude") and columns.column("longitude"))
    if points or _is_services(columns):
        return KindGuess("services", "likely", "kind_services", () if points else ("cells",))
    if places.key and _cells(table, columns):
        return KindGuess("cells", "likely", "kind_cells", ("margins",))
    if places.key and any(
        columns.columns(role) for role in ("indicator", "count", "population", "children", "rate", "number")
    ):
        return KindGuess("areas", "ask", "kind_areas", ("cells", "areas_by_year"))
    return KindGuess("unknown", "ask", "kind_nothing", ("areas", "survey", "census"))


def _of_persons(table: pd.DataFrame, columns: TableColumns) -> KindGuess:
    """Persons or dwellings; with a design or a weight a survey, without them a census."""
    has = {role: columns.column(role) for role in ("weight", "stratum", "psu", "household", "age", "sex", "kinship")}
    facts = columns.facts
    alone = has["household"] and not (has["age"] or has["sex"] or has["kinship"])
    if alone and columns.column("person") and not has["weight"]:
        return KindGuess("census", "ask", "kind_persons", ("survey", "dwellings"))
    if alone and not columns.column("person") and (facts[has["household"]].unique >= 0.98 or not has["weight"]):
        key = table[has["household"]].dropna()
        if not key.duplicated().any() or not has["weight"]:
            return KindGuess("dwellings", "likely", "kind_dwellings", ("survey", "census"))
    area = columns.column("area_code")
    many = bool(area) and table[area].nunique() >= CENSUS_AREAS
    if has["weight"]:
        if has["stratum"] or has["psu"]:
            return KindGuess("survey", "sure", "kind_design", ("census",))
        return KindGuess("census" if many else "survey", "likely", "kind_weight", ("survey" if many else "census",))
    if has["stratum"] and has["psu"]:
        return KindGuess("survey", "likely", "kind_design", ("census",))
    return KindGuess("census", "likely" if area else "ask", "kind_persons", ("survey",))


def _of_areas(columns: TableColumns) -> KindGuess:
    measured = (columns.column("cases") and columns.column("total")) or columns.column("rate") or columns.column("risk")
    if measured:
        return KindGuess("areas", "sure", "kind_measured")
    facts = columns.facts
    amounts = [c for c in columns.columns("number") if not facts[c].codelike]
    if amounts or any(columns.columns(role) for role in FIGURES):
        return KindGuess("areas", "sure" if columns.places.column("area_code") else "likely", "kind_areas")
    return KindGuess("register", "likely", "kind_register", ("areas",))


def _is_dictionary(columns: TableColumns) -> bool:
    """Texts about columns: two names of columns that dictionaries have, and hardly a number."""
    facts = columns.facts.values()
    told = [f for f in facts if is_word(words.DICTIONARY, f.plain)]
    texts = [f for f in told if f.letters >= 0.6]
    numbers = [f for f in facts if f.numeric and f not in told]
    places = columns.places.guesses and any(g.certainty == "sure" for g in columns.places.guesses)
    return len(told) >= 2 and len(texts) >= 2 and len(numbers) <= 1 and not places and len(columns.facts) <= 12


def _is_services(columns: TableColumns) -> bool:
    """Names of schools, centres, programmes, several in an area."""
    named = [
        f for f in columns.facts.values() if has_word(words.SERVICE, f.plain) and f.letters >= 0.8 and f.distinct >= 3
    ]
    return bool(named) and bool(columns.places.key)


def _cells(table: pd.DataFrame, columns: TableColumns) -> bool:
    """Whether area and categories together tell rows apart, and something is counted."""
    counted = [
        g.column for role in ("cases", "total", "count", "children", "population") for g in [columns.guess(role)] if g
    ]
    keys = [
        columns.places.key,
        *columns.columns("category"),
        *columns.columns("sex"),
        *columns.columns("zone"),
        *columns.columns("age"),
    ]
    keys += [c for c in (columns.column("year"),) if c]
    if not counted or len(keys) < 2:
        return False
    sample = table[keys] if len(table) <= 200_000 else sample_rows(table[keys], 200_000)
    return float((~sample.duplicated()).mean()) >= 0.98


def _margins(table: pd.DataFrame, columns: TableColumns) -> KindGuess | None:
    """Totals of each determinant alone: a column that names the determinant, or columns such as "sex=boy"."""
    facts = columns.facts
    if sum("=" in name for name in facts) >= 2:
        return KindGuess("margins", "likely", "kind_margins", ("cells",))
    if not columns.places.key or len(facts) > 8:
        return None
    variable = [f for f in facts.values() if is_word(words.VARIABLE, f.plain) and 2 <= f.distinct <= 40]
    category = [f for f in facts.values() if is_word(words.CATEGORY, f.plain) and f.distinct >= 2]
    counted = [c for role in ("count", "children", "population", "number") for c in columns.columns(role)]
    if variable and category and counted:
        return KindGuess("margins", "likely", "kind_margins", ("cells",))
    return None
