"""Rules that look at one column: what cannot be, and what may be but should be looked at.

A rule speaks in counts and limits, never in the value of a person. What is far from the rest is told by the quartiles, which a
few wrong values cannot move.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.quality.column import Column, canonical_codes
from riskmodel.inputs.quality.source import Source
from riskmodel.inputs.weights import DESTROYED, read_weight
from riskmodel.problems import Problem, Severity

COUNTS = ("children", "population", "cases", "total", "count", "rate", "error")
CODES = ("area_code", "parent_code")
OLDEST, FIRST_YEAR, LAST_YEAR = 120, 1900, 2100
HARD_TO_BELIEVE = 150  # percent of coverage: twice as many pupils as children is no rounding
FAR = 3.0  # widths of the middle half beyond it
FEW_ROWS = 30
MOST_OUTLIERS = 0.05
MOSTLY = 0.5
NOT_STATED = (88.0, 98.0, 99.0, 888.0, 998.0, 999.0, 8888.0, 9998.0, 9999.0, 99999.0, 999999.0, -1.0, -9.0, -99.0, -999.0)  # fmt: skip
MOST_LOST_ZERO = 0.6  # in no country do most codes begin with a zero
HEAPED = 1.5
AGES_FOR_HEAPING = 500

Rule = Callable[[Column, Source, bool], list[Problem]]


def check_column(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Findings of one column. `persons`: a row of the table is a person."""
    if column.kind == "empty":
        return [Problem("quality_empty", column.where, severity="note")]
    if column.role.kind == "weight":
        return [*_weight(column, source), *blanks(column, source, persons)]
    found = [problem for rule in RULES for problem in rule(column, source, persons)]
    return [*column.problems, *found]


def _tell(
    code: str, column: Column, source: Source, chosen: np.ndarray, severity: Severity, **values: object
) -> list[Problem]:
    """A finding about the rows whose distinct text is chosen; none where no text is."""
    count = int(column.values.counts[chosen].sum())
    if not count:
        return []
    rows = source.spreadsheet_rows(column.values.rows_of(chosen))
    return [Problem(code, replace(column.where, rows=rows), {"count": count, **values}, severity)]


def tidy(value: float) -> float | int:
    """A number as a message shows it: whole where it is whole or large."""
    return round(value) if abs(value) >= 1000 or float(value).is_integer() else round(float(value), 2)


def _weight(column: Column, source: Source) -> list[Problem]:
    return read_weight(pd.DataFrame({column.name: source.text(column.name)}), column.name, source.where)[1]


def impossible(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Ages, years, counts and rates that nothing can have."""
    numbers, role = column.numbers, column.role
    if numbers is None:
        return []
    if role.kind == "age":
        bad = (numbers < 0) | ((numbers > OLDEST) & ~np.isin(numbers, NOT_STATED))
        return _tell("age_impossible", column, source, bad, "error")
    if role.kind == "year":
        return _tell("quality_year_out", column, source, (numbers < FIRST_YEAR) | (numbers > LAST_YEAR), "warning")
    found: list[Problem] = []
    if role.kind in COUNTS or role.scale:
        found += _tell("quality_negative", column, source, numbers < 0, "error")
    if role.kind == "rate" and not persons:
        found += _rates(column, source, numbers)
    return found


def _rates(column: Column, source: Source, numbers: np.ndarray) -> list[Problem]:
    """Rates above all there is."""
    scale, top = column.role.scale, tidy(float(np.nanmax(numbers)))
    if scale == "proportion":
        return _tell("quality_proportion_over", column, source, numbers > 1, "error", top=top)
    if scale == "coverage":
        return _tell("quality_coverage_over", column, source, numbers > HARD_TO_BELIEVE, "warning", top=top)
    return _tell("quality_percent_over", column, source, numbers > 100, "error", top=top)


def mixed_scales(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Percentages and proportions in one column: two groups a hundred times apart and nothing between."""
    if column.numbers is None or persons or column.role.kind not in ("rate", "indicator", ""):
        return []
    numbers, counts = column.spread
    small, large = (numbers > 0) & (numbers <= 1), numbers > 1
    total = counts[numbers > 0].sum()
    if total < 20 or min(counts[small].sum(), counts[large].sum()) < 0.05 * total or numbers[0] < 0 or numbers[-1] > 100:  # fmt: skip
        return []
    between = counts[(numbers > 1) & (numbers <= 2)].sum()
    typical = [np.median(np.repeat(numbers[part], counts[part])) for part in (small, large)]
    if between > 0.01 * total or not 1 / 3 <= typical[1] / (100 * typical[0]) <= 3:
        return []
    bad = (column.numbers > 0) & (column.numbers <= 1)
    return _tell("quality_scales_mixed", column, source, bad, "warning")


def not_stated(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Codes such as 99 or 999 for "not stated", far from all other numbers."""
    numbers, counts = column.spread
    if column.kind != "number" or column.role.kind in ("year", *CODES) or len(numbers) < 5:
        return []
    for code in (numbers[-1], numbers[0]):
        rest = numbers != code
        others = numbers[rest]
        gap = (code - others[-1]) if code > 0 else (others[0] - code)
        width = others[-1] - others[0]
        often = int(counts[numbers == code].sum())
        apart = gap > 0.5 * max(width, 1) or (column.role.kind == "age" and code > OLDEST)
        if code in NOT_STATED and often >= 2 and apart and (code > 0 or others[0] >= 0):
            return _tell("quality_not_stated", column, source, column.numbers == code, "warning", mark=tidy(code))
    return []


def outliers(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Values far from the middle half; of amounts that spread over orders of magnitude, on the scale of their logarithm."""
    numbers, counts = column.spread
    if column.kind != "number" or column.role.kind in ("age", "year") or counts.sum() < FEW_ROWS or len(numbers) < 10:
        return []
    kept = ~np.isin(numbers, NOT_STATED)
    if not kept.all() and column.middle(0.75)[0] * 2 < numbers[-1]:
        numbers, counts = numbers[kept], counts[kept]
    log = bool(numbers[0] >= 0 and numbers[-1] > 20 * max(column.middle(0.5)[0], 1e-9))
    if log:
        numbers, counts = numbers[numbers > 0], counts[numbers > 0]
    scaled = np.log(numbers) if log else numbers
    reached = np.cumsum(counts) / counts.sum()
    lower, upper = (float(scaled[np.searchsorted(reached, share)]) for share in (0.25, 0.75))
    if upper == lower:
        return []
    ends = [lower - FAR * (upper - lower), upper + FAR * (upper - lower)]
    low, high = (float(np.exp(end)) if log else end for end in ends)
    assert column.numbers is not None
    bad = (column.numbers > high) | ((column.numbers < low) & ~(log & (column.numbers <= 0)))
    bad &= ~np.isin(column.numbers, NOT_STATED)
    if column.values.counts[bad].sum() > MOST_OUTLIERS * counts.sum():
        return []
    usual = {"low": tidy(float(numbers[np.searchsorted(reached, 0.25)])), "high": tidy(float(numbers[np.searchsorted(reached, 0.75)]))}  # fmt: skip
    return _tell("quality_far_from_rest", column, source, bad, "note", **usual)


def repeated(column: Column, source: Source, persons: bool) -> list[Problem]:
    """A column with one value only, or a number that stands in most rows of a column of many."""
    counts = column.values.counts
    if len(counts) == 1:
        return [Problem("quality_constant", column.where, severity="note")] if len(column.values.codes) > 1 else []
    if column.kind != "number" or len(counts) < 10 or column.filled < FEW_ROWS or column.role.kind == "year":
        return []
    chosen = np.arange(len(counts)) == counts.argmax()
    if counts.max() <= MOSTLY * column.filled:
        return []
    assert column.numbers is not None
    shown = {"value": tidy(float(column.numbers[chosen][0])), "percent": round(100 * float(counts.max()) / column.filled)}  # fmt: skip
    return [Problem("quality_one_value", column.where, shown, "note")]


def blanks(column: Column, source: Source, persons: bool) -> list[Problem]:
    """More than half of the cells are blank."""
    rows = len(column.values.codes)
    share = column.values.missing / rows
    if share <= MOSTLY:
        return []
    values = {"percent": round(100 * share), "count": column.filled}
    return [Problem("quality_mostly_blank", column.where, values, "note")]


def code_forms(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Codes of areas that are shorter than the others, or no digits among digits."""
    if column.role.kind not in CODES:
        return []
    texts = canonical_codes(column.values)
    digits = texts.str.fullmatch(r"\d+").to_numpy(bool)
    zeros = texts.str.fullmatch("0+").to_numpy(bool)  # of a total, told by its own rule
    counts, lengths = column.values.counts, texts.str.len().to_numpy(int)
    if counts[digits].sum() < 0.5 * counts.sum():
        return []
    found = _tell("quality_codes_not_digits", column, source, ~digits, "warning", codes=list(texts[~digits][:5]))
    digits &= ~zeros
    among = np.bincount(lengths[digits], weights=counts[digits])
    present = np.flatnonzero(among)
    if len(present) < 2:
        return found
    longest = int(present[-1])
    short = digits & (lengths == longest - 1)
    rare = among[longest - 1] <= MOST_LOST_ZERO * among.sum()
    if list(present) == [longest - 1, longest] and rare:
        shown = {"digits": longest - 1, "usual": longest, "codes": list(texts[short][:5])}
        return [*found, *_tell("quality_codes_lost_zero", column, source, short, "warning", **shown)]
    usual = int(among.argmax())
    other = digits & (lengths != usual)
    return [*found, *_tell("quality_codes_length", column, source, other, "warning", usual=usual, codes=list(texts[other][:5]))]  # fmt: skip


def heaping(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Ages rounded to 0 or 5 when asked: more of them than their neighbours allow."""
    if column.role.kind != "age" or column.numbers is None:
        return []
    numbers, counts = column.spread
    asked = (numbers >= 6) & (numbers <= 62) & (numbers == np.round(numbers))
    at = dict(zip(numbers[asked].astype(int), counts[asked], strict=True))
    pairs = [(at.get(age, 0), (at.get(age - 1, 0) + at.get(age + 1, 0)) / 2) for age in range(10, 61, 5) if age - 1 in at and age + 1 in at]  # fmt: skip
    rounded, beside = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
    if rounded + 2 * beside < AGES_FOR_HEAPING or rounded <= HEAPED * beside:
        return []
    return [Problem("quality_heaping", column.where, {"times": round(rounded / beside, 1)}, "warning")]


def spelling(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Categories that differ in capitals, accents or blanks only."""
    if column.kind != "category" or column.numbers is not None:
        return []
    texts = column.values.distinct
    plain = texts.map(_plain)
    twice = plain.duplicated(keep=False).to_numpy(bool)
    if not twice.any():
        return []
    fit = texts[twice] if not persons else texts[twice & (column.values.counts >= 10)]
    shown = [f"“{text}”" for text in fit.iloc[plain[fit.index].argsort(kind="stable")][:4]]
    if not shown:
        return []
    return _tell("quality_spelling", column, source, twice, "warning", examples=shown)


def destroyed(column: Column, source: Source, persons: bool) -> list[Problem]:
    """Numbers of persons with several thousands marks: a spreadsheet took their decimal mark for one."""
    if not persons or column.kind != "number" or column.numbers is None:
        return []
    bad = column.values.distinct.str.fullmatch(DESTROYED).to_numpy(bool) & (column.numbers > 1e9)
    if column.values.counts[bad].sum() < 0.2 * column.filled:
        return []
    return _tell("quality_destroyed", column, source, bad, "warning")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


RULES: tuple[Rule, ...] = (
    impossible, destroyed, code_forms, mixed_scales, not_stated, heaping, spelling, outliers, repeated, blanks,
)  # fmt: skip
