"""What a proposed study is: the study, what each file serves for, and the questions left to a person.

A question names the key of the study file it is about; an answer is the value that is written there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.recognise.found import Certainty, Guess
from riskmodel.problems import Problem, Where
from riskmodel.study import Study

# What a file serves for in the study; "register": codes for names; "labels": words for columns; "kept": nothing yet.
Part = Literal["survey", "population", "areas", "join", "boundaries", "model", "register", "labels", "kept"]


@dataclass(frozen=True)
class Use:
    """What one file serves for, and why, as a key of `words.USES` with its values."""

    file: str
    part: Part
    reason: str
    values: Mapping[str, object] = field(default_factory=dict)
    certainty: Certainty = "likely"


@dataclass(frozen=True)
class Question:
    """One thing a person must say or confirm.

    key : key of the study file, such as "study.method" or "indicator.poverty.direction".
    code : key of `words.QUESTIONS`.
    options : values that may be answered, the proposed one first; none for an answer in one's own words.
    proposed : what the study says until a person answers; "" where it says nothing.
    certainty : "ask" where nothing could be proposed with confidence, else "likely".
    """

    key: str
    code: str
    options: tuple[str, ...] = ()
    proposed: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    certainty: Certainty = "ask"
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Proposal:
    """A study proposed from files.

    questions : about the study, the most important first.
    readings : questions about how its files are read, by file, that no answer was given to.
    problems : warnings, and parts that are missing.
    compared : files whose areas were brought together, side by side.
    settled : files of which a person has answered which codes are now others.
    """

    study: Study
    uses: tuple[Use, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    readings: tuple[tuple[str, Guess], ...] = ()
    compared: tuple[FilesCompared, ...] = ()
    settled: frozenset[str] = frozenset()

    def open_recodings(self) -> list[FilesCompared]:
        """Comparisons with codes for a person to confirm, one for each file that was not answered."""
        asked: dict[str, FilesCompared] = {}
        for pair in self.compared:
            if pair.first.file not in self.settled and pair.recodings:
                asked.setdefault(pair.first.file, pair)
        return list(asked.values())


def recode_key(file: str) -> str:
    """The key that says which codes of a file are now others: "all", "none", or pairs such as "68306:68307, 08132:08372"."""
    return f"reading.{file}.recode"


def reading_key(file: str, guess: Guess) -> str:
    """The key a question about the reading of a file is answered by; the answer is the number of an option, from 1."""
    return f"reading.{file}.{guess.code}"
