"""What the numbers of a table of areas are: measured child labour, a given risk, children, indicators, plain counts.

A pair of cases and total is proved by its values: no area has more cases than children. A rate that is such a pair
divided is never an indicator: it would explain the measure by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.directions import known_direction
from riskmodel.inputs.recognise.facts import Facts
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.roles import ColumnGuess
from riskmodel.inputs.recognise.vocabulary import has_word, is_word
from riskmodel.problems import Where

# How alike two rates must be, in their own unit, to be the same.
SAME_RATE = 0.01
# A code of one area in a row of area codes; a scale longer than a percentage.
TOP_PERCENT = 100.0

# A name that begins so is that of a code, whatever it is the code of.
CODE_FIRST = (["cod"], ["codigo"], ["code"], ["cve"], ["clave"])

STEM = re.compile(
    r"(?:^| )(?:num|den|n|total|casos|cases|numero|denominador|numerador|cant\w*|qtd\w*|pct|%|tasa|taxa|rate|perc\w*)(?= |$)"
)
GLUED = re.compile(r"^(?:num|den)(?=[a-z]{4})")
GIVEN = r"(?:riesgo|risco|risk|risque|probabilidad|probabilidade|area risk)(?: (?:de |du )?(?:trabajo infantil|trabalho infantil|child labou?r|travail des enfants|ti))?(?: (?:pct|%|estimado|publicado|medio|promedio|20\d\d))*"


def measures(table: pd.DataFrame, facts: Mapping[str, Facts]) -> dict[str, ColumnGuess]:
    """Guesses of the numeric columns of a table of areas, by column; `facts` are those of the columns still to tell."""
    numbers = {name: f for name, f in facts.items() if f.numeric and f.distinct > 1}
    found: dict[str, ColumnGuess] = {}
    pair = _pair(table, numbers)
    if pair:
        cases, total, certainty = pair
        found[cases] = ColumnGuess(cases, "cases", certainty, "pair")
        found[total] = ColumnGuess(total, "total", certainty, "pair")
        for name, is_rate in _same_as(table, numbers, cases, total).items():
            found[name] = ColumnGuess(name, "rate" if is_rate else "count", "sure", "pair")
    _given(numbers, found)
    for name, f in numbers.items():
        if name not in found:
            found[name] = _measure(f)
    _one_of_children(found, numbers)
    return found


def values_of(table: pd.DataFrame, column: str) -> np.ndarray:
    """A column of text as numbers, NaN where there is none."""
    return as_numbers(table[column], Where())[0].to_numpy(float)


def _pair(table: pd.DataFrame, numbers: Mapping[str, Facts]) -> tuple[str, str, Certainty] | None:
    """Cases and total of child labour: whole numbers, none of the cases above its total, by their names."""
    whole = {name: f for name, f in numbers.items() if f.whole and f.low >= 0 and not is_word(words.YEAR, f.plain)}
    cases = [f for f in whole.values() if _is_cases(f)]
    for first in cases:
        mates = sorted(_mates(first, whole), key=lambda pair: pair[0])
        for rank, other in mates:
            a, b = values_of(table, first.name), values_of(table, other.name)
            both = ~np.isnan(a) & ~np.isnan(b)
            if (
                both.any()
                and float((a[both] <= b[both]).mean()) >= 0.99
                and float(a[both].sum()) < 0.9 * float(b[both].sum())
            ):
                return first.name, other.name, "sure" if rank == 0 else "likely"
    return None


def _is_cases(f: Facts) -> bool:
    about = has_word(words.CHILD_LABOUR, f.plain) or has_word(r"trabajan|trabalham|trabajadores infantiles", f.plain)
    return about and not has_word(words.RATE, f.plain) and not has_word(r"den\w*|total|denominador", f.plain)


def _mates(cases: Facts, whole: Mapping[str, Facts]) -> Iterator[tuple[int, Facts]]:
    """Columns that could be the total of a column of cases: the same name but for the word that counts, or children."""
    for f in whole.values():
        if f.name == cases.name:
            continue
        if _stem(f.plain) == _stem(cases.plain) and has_word(words.OUT_OF + r"|den\w*", f.plain):
            yield 0, f
        elif is_word(words.CHILDREN, f.plain) or has_word(r"encuestad\w*|entrevistad\w*|denominador|den", f.plain):
            yield 1, f


def _stem(plain: str) -> str:
    bare = STEM.sub("", GLUED.sub("", plain)).strip()
    return re.sub(r"\bden$|^den ", "", bare).strip()


def _same_as(table: pd.DataFrame, numbers: Mapping[str, Facts], cases: str, total: str) -> dict[str, bool]:
    """Columns that say the pair again, and whether as a rate (in percent or as a proportion) or as the same counts."""
    a, b = values_of(table, cases), values_of(table, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = a / b
    same: dict[str, bool] = {}
    for name in numbers:
        if name in (cases, total):
            continue
        values = values_of(table, name)
        for other, width in ((rate, SAME_RATE / 100), (100 * rate, SAME_RATE), (a, 0.5), (b, 0.5)):
            both = np.isfinite(values) & np.isfinite(other)
            if both.sum() >= 3 and float((np.abs(values[both] - other[both]) <= width).mean()) >= 0.95:
                same[name] = other is not a and other is not b
                break
    return same


def _given(numbers: Mapping[str, Facts], found: dict[str, ColumnGuess]) -> None:
    """A risk that somebody else estimated, its error, and a measured rate without its counts."""
    for name, f in numbers.items():
        if has_word(words.PER_THOUSAND, f.plain):
            if name not in found and _of_child_labour(f):
                found[name] = ColumnGuess(
                    name, "number", "likely", "rest"
                )  # neither a rate in percent nor an indicator
            continue
        if name in found or f.low < 0 or f.high > TOP_PERCENT:
            continue
        if is_word(GIVEN, f.plain) and not f.whole:
            found[name] = ColumnGuess(name, "risk", "likely", "name_and_values")
        elif has_word(words.CHILD_LABOUR, f.plain) and (has_word(words.RATE, f.plain) or not f.whole):
            found[name] = ColumnGuess(name, "rate", "likely", "name_and_values")
    if not any(g.role in ("risk", "rate") for g in found.values()):
        return
    for name, f in numbers.items():
        if name not in found and f.low >= 0 and not f.whole and is_word(words.ERROR, f.plain):
            found[name] = ColumnGuess(name, "se", "likely", "name_and_values")
        elif name not in found and f.whole and is_word(words.SAMPLE_SIZE, f.plain):
            found[name] = ColumnGuess(name, "n", "likely", "name_and_values")


def per_thousand(facts: Mapping[str, Facts]) -> list[str]:
    """Columns that give child labour per thousand or more: no rate in percent, though its values may look like one."""
    return [
        f.name for f in facts.values() if f.numeric and has_word(words.PER_THOUSAND, f.plain) and _of_child_labour(f)
    ]


def _of_child_labour(f: Facts) -> bool:
    return has_word(words.CHILD_LABOUR, f.plain) or is_word(GIVEN, f.plain)


def _measure(f: Facts) -> ColumnGuess:
    """A number of a table of areas: people, something to compare areas by, or a plain amount."""
    units = f"{words.LOWER}|{words.UPPER}|{words.OTHER_UNITS}|{words.OFFICIAL_CODE}"
    if f.codelike and len(f.plain.split()) <= 3 and has_word(units, f.plain) and not has_word(words.RATE, f.plain):
        return ColumnGuess(f.name, "number", "likely", "rest")
    if has_word(words.INTERVAL, f.plain) or (f.codelike and f.plain.split()[:1] in CODE_FIRST):
        return ColumnGuess(f.name, "number", "likely", "rest")
    people = f.whole and f.low >= 0 and f.high > TOP_PERCENT and not has_word(words.RATE, f.plain)
    if people and is_word(words.CHILDREN, f.plain):
        return ColumnGuess(f.name, "children", "likely", "name_and_values")
    if people and is_word(words.POPULATION, f.plain):
        return ColumnGuess(f.name, "population", "likely", "name_and_values")
    if f.distinct <= 30 and f.unique <= 0.05 and not has_word(words.RATE, f.plain):
        return ColumnGuess(f.name, "category", "likely", "values")
    if f.whole and not has_word(words.RATE, f.plain) and (f.high > TOP_PERCENT or f.distinct <= 5):
        counted = f.low >= 0 and f.distinct > 5
        return ColumnGuess(f.name, "count" if counted else "number", "likely", "rest")
    known = known_direction(f.plain) is not None
    rate = has_word(words.RATE, f.plain) or (f.low >= 0 and f.high <= TOP_PERCENT)
    if f.distinct > 5 and (known or rate):
        return ColumnGuess(f.name, "indicator", "likely", "name_and_values" if known else "values")
    return ColumnGuess(f.name, "number", "likely", "rest")


def _one_of_children(found: dict[str, ColumnGuess], numbers: Mapping[str, Facts]) -> None:
    """Of several columns of children the largest stays; the others are counts."""
    several = [name for name, g in found.items() if g.role == "children"]
    if len(several) < 2:
        return
    best = max(several, key=lambda name: numbers[name].total)
    for name in several:
        if name != best:
            found[name] = ColumnGuess(name, "count", "likely", "rest")
    found[best] = ColumnGuess(best, "children", "likely", "name_and_values", tuple(n for n in several if n != best))
