"""Put a problem into words: what is wrong, where, how to mend it.

Each step keeps the words of its problems in `riskmodel/i18n/words/<step>.py`; here they meet.
"""

from __future__ import annotations

from dataclasses import dataclass

from riskmodel.i18n.translator import N_, Translator
from riskmodel.i18n.words import WORDS
from riskmodel.problems import MISSING_CATEGORY, Problem, Where

ROWS_SHOWN = 10

# Parts of the study by their names on screen; a key of any other part is told as it is written.
PARTS = {
    "survey": N_("Survey"), "population": N_("Population"), "determinant": N_("Determinants"), "areas": N_("Areas"),
    "model": N_("Model from a file"), "area_model": N_("Measured rates and area model"), "indicator": N_("Indicators"),
    "given_risk": N_("Given risk"), "boundaries": N_("Boundaries"), "observed": N_("Observed rate"),
    "published_total": N_("Published totals"), "outcome": N_("Definition"), "group": N_("Groups"), "levels": N_("Levels"),
    "outcome.column": N_("the column of the outcome"), "outcome.age": N_("the age of each child"),
    "outcome.computed.band": N_("hours for every age"), "levels.scope": N_("the parent of each area"),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A problem as a person reads it."""

    what: str
    where: str
    mend: str

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.where, self.mend) if part)


def say(problem: Problem, t: Translator) -> Said:
    """Word a problem in the language of `t`. A code without words is a programming error and raises `KeyError`."""
    words = WORDS[problem.code]
    values = {name: _shown(value, t) for name, value in problem.values.items()}
    count = problem.values.get("count")
    if words.what_many and isinstance(count, int):
        what = t.plural(words.what, words.what_many, count, **{n: v for n, v in values.items() if n != "count"})
    else:
        what = t(words.what, **values)
    return Said(what.replace("….", "…"), place(problem.where, t), t(words.mend, **values))


def place(where: Where, t: Translator) -> str:
    """The place of a problem as one line, empty when nothing is known."""
    parts: list[str] = []
    if where.file:
        parts.append(t("File “{file}”", file=where.file))
    if where.sheet:
        parts.append(t("sheet “{sheet}”", sheet=where.sheet))
    if where.column:
        parts.append(t("column “{column}”", column=where.column))
    if where.rows:
        shown = ", ".join(t.number(row) if row < 10_000 else str(row) for row in where.rows[:ROWS_SHOWN])
        more = len(where.rows) > ROWS_SHOWN
        parts.append(t.plural("row {rows}", "rows {rows}", len(where.rows), rows=shown + (", …" if more else "")))
    if where.key:
        part = PARTS.get(where.key.split(".")[0])
        named = t("part “{part}” of the study ({key})", part=t(part), key=where.key) if part else ""
        parts.append(named or t("key “{key}”", key=where.key))
    if where.line:
        parts.append(t("line {line}", line=where.line))
    line = ", ".join(parts)
    return (line[:1].upper() + line[1:] + ".").replace("….", "…") if line else ""


def part_name(key: str, t: Translator) -> str:
    """A key of the study file by the name of what it declares, else by that of its part; a key without a name as it is."""
    named = PARTS.get(key) or PARTS.get(key.split(".")[0])
    return t(named) if named else key


def _shown(value: object, t: Translator) -> object:
    """Numbers with the locale's marks; lists joined; the category of missing answers by name; everything else as it is."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return t.number(value)
    if isinstance(value, float):
        return t.number(value, 2)
    if isinstance(value, (list, tuple)):
        return ", ".join(t("not stated") if item == MISSING_CATEGORY else str(item) for item in value)
    if value == MISSING_CATEGORY:
        return t("not stated")
    return value
