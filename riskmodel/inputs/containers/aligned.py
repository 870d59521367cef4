"""Find the columns of a text that has no mark between them: aligned with blanks, or long strings of digits without any.

Columns are the places that are filled between places that are blank in all rows of data. A text without such places is never
guessed: where its columns begin stands in a dictionary.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from riskmodel.inputs.containers.fixed_width import RULE
from riskmodel.study_reading import FixedColumn

SAMPLE = 400
NUMBER = re.compile(r"[-+(]?[\d][\d.,/%:)-]*|-+|\.+|\.\.+|[xX*]")
FEWEST = 3

# Signs in a row from which on a text without marks is taken for microdata.
PACKED_WIDTH = 25


def sample_of(text: str) -> list[str]:
    """Lines of the beginning and from the middle of a text."""
    lines = text[: 400 * SAMPLE].split("\n")[: 2 * SAMPLE]
    if len(text) > 1_000_000:
        lines += text[len(text) // 2 : len(text) // 2 + 400 * SAMPLE].split("\n")[1:SAMPLE]
    return lines


def packed_width(lines: Sequence[str]) -> int:
    """Signs in a row of a text of microdata, where the columns touch each other; 0 for any other text."""
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < FEWEST:
        return 0
    usual = Counter(map(len, filled)).most_common(1)[0]
    long = sum(len(line) >= PACKED_WIDTH for line in filled) >= 0.95 * len(filled)
    signs = "".join(filled)
    digits = sum(c.isdigit() for c in signs) / max(len(signs), 1)
    runs = [max((len(run) for run in re.findall(r"[^\s,;|]+", line)), default=0) for line in filled]
    one_form = _form(filled[0]) == Counter(map(_form, filled[1:])).most_common(1)[0][0]
    alike = usual[1] >= 0.5 * len(filled) or digits > 0.8
    width = max(len(line) for line in lines if line.strip())
    return width if long and digits >= 0.5 and float(np.median(runs)) >= 14 and one_form and alike else 0


def _form(line: str) -> bool:
    return sum(c.isdigit() for c in line) >= 0.4 * max(len(line.replace(" ", "")), 1)


def blank_delimiter(lines: Sequence[str]) -> str:
    """Two blanks, or one, where these stand between cells that are not aligned; "" where neither does."""
    filled = [line.strip() for line in lines if line.strip() and not RULE.fullmatch(line)]
    if len(filled) < FEWEST:
        return ""
    several = [len(re.split(r" {2,}|\t", line)) for line in filled]
    count, times = Counter(several).most_common(1)[0]
    if count > 1 and times >= 0.8 * len(filled):
        return "  "
    rows = [_words(line) for line in filled]
    count, times = Counter(map(len, rows)).most_common(1)[0]
    numbers = [sum(bool(NUMBER.fullmatch(w)) for w in row) for row in rows if len(row) == count]
    if count > 1 and times >= 0.95 * len(filled) and float(np.median(numbers)) >= count / 2:
        return " "
    return ""


def _words(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=" ", skipinitialspace=True), [])
    except csv.Error:
        return line.split()


def aligned_columns(lines: Sequence[str]) -> tuple[FixedColumn, ...]:
    """Places of the columns of a text aligned with blanks; none where it is not."""
    lines = [line.expandtabs().rstrip() if "\t" in line else line.rstrip() for line in lines]
    body = _body(lines)
    if sum("  " in line.strip() for line in body) < 0.5 * len(body):
        return ()
    if len(body) < FEWEST or len(body) < 0.4 * sum(bool(line) for line in lines):
        return ()
    width = max(map(len, body))
    filled = np.array([[c != " " for c in line.ljust(width)] for line in body])
    spread = filled.mean(axis=0)
    inked = spread > (0.02 if len(body) > 50 else 0)
    edges = np.flatnonzero(np.diff(np.r_[0, inked.astype(int), 0]))
    segments = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    segments = _joined(segments, body)
    loose = sum("  " in line[slice(*place)].strip() for place in segments for line in body)
    if len(segments) < 2 or loose > 0.1 * len(body):
        return ()
    others = [line for line in lines if line and line not in set(body) and not RULE.fullmatch(line)]
    starts = [1, *(_cut(left[1], right, body, others) + 1 for left, right in pairwise(segments))]
    return tuple(FixedColumn(start=start) for start in starts)


def _body(lines: Sequence[str]) -> list[str]:
    """Lines of data: runs of three or more that hold a number and another cell."""
    found: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        words = line.split()
        cells = len(words) > 1 and ("  " in line.strip() or bool(NUMBER.fullmatch(words[-1])))
        if cells and any(NUMBER.fullmatch(w) and any(c.isdigit() for c in w) for w in words):
            run.append(line)
            continue
        if len(run) >= FEWEST:
            found += run
        run = []
    return found


def _joined(segments: list[tuple[int, int]], body: Sequence[str]) -> list[tuple[int, int]]:
    """Filled places that belong together: words of names, and thousands written with a blank."""
    joined: list[tuple[int, int]] = segments[:1]
    for start, end in segments[1:]:
        left = joined[-1]
        one = start - left[1] == 1
        numbers = _numeric(left, body), _numeric((start, end), body)
        words = one and not any(numbers)
        if words or (one and all(numbers) and _thousands(left, (start, end), body)):
            joined[-1] = (left[0], end)
        else:
            joined.append((start, end))
    return joined


def _numeric(place: tuple[int, int], body: Sequence[str]) -> bool:
    cells = [cell for line in body if (cell := line[slice(*place)].strip())]
    return bool(cells) and sum(bool(NUMBER.fullmatch(c.replace(" ", ""))) for c in cells) >= 0.9 * len(cells)


def _thousands(left: tuple[int, int], right: tuple[int, int], body: Sequence[str]) -> bool:
    """Whether a blank between two places of digits is a mark of thousands: one to three digits before, three behind."""
    pairs = [(line[slice(*left)], line[slice(*right)]) for line in body]
    both = [(a, b) for a, b in pairs if a.strip() and b.strip()]
    fits = [a == a.rstrip() and b[:3].isdigit() and len(a.split()[-1]) <= 3 for a, b in both]
    ragged = len({len(a.strip()) for a, _ in both}) > 1
    return bool(fits) and all(fits) and ragged and (right[1] - right[0] == 3 or "," in both[0][1] or "." in both[0][1])


def _cut(left: int, right: tuple[int, int], body: Sequence[str], others: Sequence[str]) -> int:
    """Where to cut between two columns, so that heads that are wider than their column stay whole."""
    places = list(range(left, right[0] + 1))
    if not _numeric(right, body):
        places.reverse()  # texts begin at their column, numbers end there
    broken = {p: sum(p < len(o) and o[p - 1] != " " and o[p] != " " for o in others) for p in places}
    return min(places, key=lambda p: broken[p])
