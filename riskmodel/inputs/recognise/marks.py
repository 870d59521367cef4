"""Find how numbers are written: decimal and thousands marks of each column, percent signs, numbers a spreadsheet destroyed.

What the cells of one column leave open, the other columns of the file decide; what these leave open too is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pandas as pd

from riskmodel.inputs.numbers import MISSING_MARKS
from riskmodel.inputs.recognise.cells import is_number, plain
from riskmodel.study_reading import Decimal, Marks, Thousands

WEIGHT_NAME = re.compile(
    r"\b(?:fex\w*|factor\w*|fator\w*|peso\w*|weight\w*|pond\w*|expans\w*|fac \w+|v1028|v1027|wt\w*)\b"
)

SIGN = r"[+\-−]?"
GROUPS = rf"{SIGN}\d{{1,3}}(?:\.\d{{3}}){{2,}}"
LONG_DIGITS = 9

# Marks that need a look: a lone point before other than three digits is plain.
MARKS = r"[,'’%\s\u00a0\u202f]|^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$"
MOST_TEXTS = 800


@dataclass(frozen=True)
class Written:
    """How one column of numbers is written; "" where nothing shows it.

    doubtful : its marks fit both ways ("1.234"); percent : cells end in %; damaged : decimal marks were lost;
    mixed : some cells prove a point, others a comma.
    """

    column: str
    decimal: str = ""
    thousands: str = ""
    doubtful: str = ""
    percent: bool = False
    damaged: bool = False
    mixed: bool = False


@dataclass
class _Votes:
    point: int = 0
    comma: int = 0
    thousands: dict[str, int] = field(default_factory=dict)


def written(table: pd.DataFrame, columns: Sequence[str]) -> list[Written]:
    """How each column of numbers is written."""
    return [_written(column, table[column]) for column in columns]


def _written(name: str, column: pd.Series) -> Written:
    distinct = column.drop_duplicates().dropna()
    if not distinct.str.contains(MARKS, regex=True).any():
        return Written(name)
    if len(distinct) > MOST_TEXTS:
        distinct = distinct.iloc[:: len(distinct) // MOST_TEXTS + 1]
    tokens = [t for t in map(str.strip, distinct.tolist()) if t.lower() not in MISSING_MARKS]
    percent = sum(t.endswith("%") for t in tokens) > 0.5 * max(len(tokens), 1)
    bare = [t.rstrip("% ").strip() for t in tokens]
    marked = [t for t in bare if re.search(r"[.,'’\s\u00a0\u202f]", t) and is_number(t)]
    if not marked:
        return Written(name, percent=percent)
    groups = [t for t in marked if re.fullmatch(GROUPS, t)]
    if len(groups) >= 0.5 * len(bare) and _damaged(name, groups, bare):
        return Written(name, percent=percent, damaged=True)
    votes = _Votes()
    open_marks = {".": 0, ",": 0}
    for text in marked:
        _vote(text, votes, open_marks)
    if votes.point and votes.comma:
        return Written(name, "." if votes.point > votes.comma else ",", percent=percent, mixed=True)
    decimal = "." if votes.point else ("," if votes.comma else "")
    thousands = max(votes.thousands, key=lambda m: votes.thousands[m], default="")
    doubtful = "" if decimal else next((m for m in (".", ",") if open_marks[m]), "")
    if doubtful and _among_large(bare, doubtful):
        thousands, doubtful = doubtful, ""
    if decimal and not thousands and open_marks["," if decimal == "." else "."]:
        thousands = "," if decimal == "." else "."
    return Written(name, decimal, thousands, doubtful, percent)


def _vote(text: str, votes: _Votes, open_marks: dict[str, int]) -> None:
    """What one number proves about the marks."""
    for mark in (" ", "'"):
        form = r"[\s\u00a0\u202f]" if mark == " " else "['’]"
        if re.search(rf"\d{form}\d{{3}}", text):
            votes.thousands[mark] = votes.thousands.get(mark, 0) + 1
            text = re.sub(rf"(?<=\d){form}(?=\d{{3}})", "", text)
    for decimal, group in ((".", ","), (",", ".")):
        d, g = re.escape(decimal), re.escape(group)
        if re.fullmatch(rf"{SIGN}\d{{1,3}}(?:{g}\d{{3}})+{d}\d*", text) or re.fullmatch(
            rf"{SIGN}\d{{1,3}}(?:{g}\d{{3}}){{2,}}", text
        ):
            votes.thousands[group] = votes.thousands.get(group, 0) + 1
        elif not (
            re.fullmatch(rf"{SIGN}\d*{d}(?:\d{{0,2}}|\d{{4,}})", text)
            or re.fullmatch(rf"{SIGN}(?:0\d*|\d{{4,}}){d}\d+", text)
            or re.fullmatch(rf"{SIGN}\d*{d}\d*[eE][+-]?\d+", text)
        ):
            continue
        if decimal == ".":
            votes.point += 1
        else:
            votes.comma += 1
        return
    for mark in (".", ","):
        if re.fullmatch(rf"{SIGN}[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}", text):
            open_marks[mark] += 1


def _among_large(bare: list[str], mark: str) -> bool:
    """Whether few numbers such as "12.345" stand among whole ones of their size, all far above 12: they are whole too."""
    whole = [int(t) for t in bare if re.fullmatch(r"\d+", t)]
    marked = [t for t in bare if mark in t]
    if len(whole) < 9 * len(marked) or min(whole) < 1000:
        return False
    return all(min(whole) <= abs(int(re.sub(r"\D", "", t))) <= max(whole) for t in marked)


def _damaged(name: str, groups: list[str], bare: list[str]) -> bool:
    """Numbers with as many digits as decimals have and nothing below millions: a program put marks where none were."""
    digits = [len(re.sub(r"\D", "", t)) for t in groups]
    long = sum(n >= LONG_DIGITS for n in digits) >= 0.8 * len(bare)
    weight = bool(WEIGHT_NAME.search(plain(name)))
    # decimals of the same length, cut or not: hardly any spread; real amounts spread over many lengths
    spread = max(digits) - min(digits)
    return long and (weight or (spread <= 2 and min(digits) >= LONG_DIGITS and len(groups) >= 20))


def marks_of(found: Sequence[Written]) -> tuple[list[Marks], list[Marks], list[str]]:
    """Marks that are proved, marks that the rest of the file settles, and columns nobody can settle from the file."""
    proved: dict[tuple[Decimal, Thousands], list[str]] = {}
    settled: dict[tuple[Decimal, Thousands], list[str]] = {}
    asked: list[str] = []
    points = sum(w.decimal == "." or w.thousands == "," for w in found if not w.mixed)
    commas = sum(w.decimal == "," or w.thousands == "." for w in found if not w.mixed)
    for w in found:
        if w.damaged or w.mixed:
            continue
        if w.doubtful:
            if bool(points) == bool(commas):
                asked.append(w.column)
                continue
            key = _key("." if points else ",", w.doubtful if (w.doubtful == ",") == bool(points) else "")
            settled.setdefault(key, []).append(w.column)
        elif w.decimal == "," or w.thousands or w.percent:
            decimal = w.decimal or ("," if w.thousands == "." or (commas and not points) else ".")
            proved.setdefault(_key(decimal, w.thousands), []).append(w.column)

    def marks(groups: dict[tuple[Decimal, Thousands], list[str]]) -> list[Marks]:
        return [Marks(columns=tuple(c), decimal=d, thousands=t) for (d, t), c in groups.items()]

    return marks(proved), marks(settled), asked


def _key(decimal: str, thousands: str) -> tuple[Decimal, Thousands]:
    return cast(Decimal, decimal), cast(Thousands, thousands if thousands != decimal else "")
