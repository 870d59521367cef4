"""What recognition finds in a file, as data: guesses with certainty and reason, and the reading they propose.

Words are added on the way to a person (`riskmodel.inputs.say_reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from riskmodel.inputs.grid import Container
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Reading, row_numbers, row_ranges

Certainty = Literal["sure", "likely", "ask"]

# What a file is for. "dictionary" explains columns and categories; "register" lists codes and names and nothing else.
FileKind = Literal[
    "survey", "census", "cells", "margins", "areas", "register", "services", "dictionary", "boundaries", "unknown"
]


@dataclass(frozen=True)
class Guess:
    """One finding.

    code : what kind of finding, the key of its words (what, reason, question).
    values : named parts of its words, never a person's data.
    key : key of `Reading` that `value` is for ("header", "leave_out", "marks", "codes", ...); "" if it sets none.
    value : what would be written there; for keys that hold many, one item (a `Marks`, a `Codes`) or a tuple of rows.
    certainty : "sure" and "likely" are in the proposed reading; "ask" is not, until a person has chosen.
    alternatives : other values a person may choose, best first.
    where : file, sheet, column and rows it was found at.
    """

    code: str
    certainty: Certainty
    where: Where = field(default_factory=Where)
    values: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    value: object = None
    alternatives: tuple[object, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """One file or sheet as recognised.

    reading : the proposal of all guesses that are sure or likely; `reading.is_plain` when the file needs none.
    columns : names of the columns under the reading, in order.
    rows : rows of data under the reading.
    guesses : every finding in the order of `Reading`.
    kind, kind_certainty : what the file is for, and how certain; set by `recognise.kinds`.
    roles : role of a column of the study ("area_code", "area_name", "weight", ...) -> column; set by `recognise.kinds`.
    problems : what keeps the file from being read at all (then the rest is empty).
    """

    file: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    container: Container = "text"
    reading: Reading | None = None
    columns: tuple[str, ...] = ()
    rows: int = 0
    guesses: tuple[Guess, ...] = ()
    kind: FileKind = "unknown"
    kind_certainty: Certainty = "ask"
    roles: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def questions(self) -> tuple[Guess, ...]:
        """What only a person can answer."""
        return tuple(g for g in self.guesses if g.certainty == "ask")

    def answered(self, guess: Guess, value: object) -> Recognition:
        """The recognition once a person has chosen `value` for a guess: the reading holds it, the guess is sure."""
        assert self.reading is not None
        others = tuple(g for g in self.guesses if g is not guess)
        reading = with_value(self.reading, guess.key, value) if guess.key else self.reading
        return replace(self, reading=reading, guesses=(*others, replace(guess, certainty="sure", value=value)))


def with_value(reading: Reading, key: str, value: object) -> Reading:
    """A reading with one more value: rows and parts are added to those that stand there, single values take their place.

    None changes nothing: a person said that the finding needs no mending.
    """
    present = getattr(reading, key)
    if value is None:
        return reading
    if key == "leave_out" and isinstance(value, tuple):
        rows = row_numbers((*reading.leave_out, *value))
        return reading.model_copy(update={key: row_ranges(rows)})
    if isinstance(present, tuple):
        added = value if isinstance(value, tuple) else (value,)
        value = added if key == "header" else (*present, *(v for v in added if v not in present))
    elif isinstance(present, dict) and isinstance(value, dict):
        value = present | value
    return reading.model_copy(update={key: value})
