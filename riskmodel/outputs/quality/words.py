"""Columns of a file in words: what one is, what it holds, how it is spread."""

from __future__ import annotations

import math

from riskmodel.i18n import Translator
from riskmodel.inputs.quality.profile import ColumnProfile, Profile
from riskmodel.inputs.quality.sketch import FEWEST, Bar

TOP = 3
NAME_LENGTH = 60


def shown_name(name: str) -> str:
    """The name of a column, cut where it is a sentence."""
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def meaning(column: ColumnProfile, t: Translator) -> str:
    """What a column is: by its role where it is known, else by its content."""
    names = {
        "area_code": t("code of the territory"), "area_name": t("name of the territory"),
        "parent_code": t("code of the parent unit"), "parent_name": t("name of the parent unit"),
        "year": t("year"), "age": t("age"), "weight": t("survey weight"), "stratum": t("stratum"),
        "psu": t("sampling unit"), "outcome": t("outcome"), "determinant": t("determinant"), "indicator": t("indicator"),
        "children": t("number of children"), "population": t("population"), "cases": t("number of cases"),
        "total": t("total"), "error": t("standard error"), "count": t("count"), "group": t("group"),
    }  # fmt: skip
    if column.kind == "empty":
        return t("empty")
    if column.role.kind == "rate":
        return t("proportion") if column.role.scale == "proportion" else t("percentage")
    if column.role.kind in names:
        return names[column.role.kind]
    kinds = {"number": t("number"), "category": t("category"), "code": t("code"), "text": t("text")}
    return kinds[column.kind]


def figure(value: float, t: Translator, year: bool = False) -> str:
    """A number with as many decimals as it needs; a year without thousands marks."""
    if math.isnan(value):
        return "—"
    if year and abs(value) < 10_000:
        return str(round(value))
    size = abs(value)
    decimals = 0 if value == round(value) or size >= 1000 else 1 if size >= 10 else 2 if size >= 0.1 else 4
    return t.number(value, decimals)


def contents(column: ColumnProfile, t: Translator) -> str:
    """Range and middle of numbers, or the most frequent categories with their share."""
    if column.kind == "number" and not math.isnan(column.minimum):
        year = column.role.kind == "year"
        low, high, middle = (figure(v, t, year) for v in (column.minimum, column.maximum, column.median))
        if year or middle == "—":
            return t("{low} to {high}", low=low, high=high)
        return t("{low} to {high}, middle {middle}", low=low, high=high, middle=middle)
    if column.kind in ("code", "text") or not column.bars:
        return ""
    known = sorted((b for b in column.bars if b.count and name_of(b, t, False)), key=lambda b: -(b.count or 0))[:TOP]
    shares = (f"{name_of(b, t)}: {t.percent((b.count or 0) / column.filled, 0)}" for b in known)
    return " · ".join(shares)


def name_of(bar: Bar, t: Translator, others: bool = True) -> str:
    """What a bar stands for."""
    if bar.label:
        return bar.label
    if math.isnan(bar.low):
        return t("others") if others else ""
    if bar.low == bar.high:
        return figure(bar.low, t, True)
    return t("{low} to {high}", low=figure(bar.low, t), high=figure(bar.high, t))


def heights(column: ColumnProfile) -> list[float | None]:
    """Bars as shares of the highest; None where the count is withheld."""
    top = max((b.count or 0 for b in column.bars), default=0)
    return [None if b.count is None else b.count / top if top else 0.0 for b in column.bars]


def size_sentence(profile: Profile, t: Translator) -> str:
    """How large and how complete the table is."""
    rows = t.plural("{count} row", "{count} rows", profile.rows)
    columns = t.plural("{count} column", "{count} columns", len(profile.columns))
    return t("{rows}, {columns}; {percent} of the cells are filled.", rows=rows, columns=columns, percent=t.percent(profile.filled_share, 1))  # fmt: skip


def verdict(profile: Profile, t: Translator) -> str:
    """What the findings come to, in one sentence."""
    errors = sum(p.severity == "error" for p in profile.told)
    warnings = sum(p.severity == "warning" for p in profile.told)
    if errors:
        return t.plural("{count} thing to mend before this file is used.", "{count} things to mend before this file is used.", errors)  # fmt: skip
    if warnings:
        return t.plural("Nothing impossible was found; {count} thing deserves a look.", "Nothing impossible was found; {count} things deserve a look.", warnings)  # fmt: skip
    return t("Nothing impossible and nothing suspicious was found.")


def reading_notes(profile: Profile, t: Translator) -> list[str]:
    """How to read the report, what it leaves out, and what it cannot see."""
    notes = [
        t("The sketch of a number shows how many rows have small, middle and large values, from left to right; the outermost bars also hold what lies beyond."),
        t("A value counts as far from the rest when it is beyond three times the width of the middle half of all values. The program changes nothing by itself."),
        t("A file without findings may still be wrong: the program cannot know whether a plausible value is true."),
    ]  # fmt: skip
    if profile.persons:
        notes.insert(1, t("A row may be a person: only counts of {fewest} and more are shown, ranges leave out the {fewest} outermost rows, and names, codes and free text are not printed. Withheld bars are hatched.", fewest=FEWEST))  # fmt: skip
    return notes
