"""Find where a table begins: the rows of its header, and the first row of its data.

Data are known by their middle: a column that holds numbers there holds them from the first row of data on. The header is the last
row of names above; rows of one cell above it are titles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmodel.inputs.recognise.cells import BLANK, MISSING, NOTE_COLON, NUMBER, TEXT, YEAR, Looked

MOST_HEADER_ROWS = 4
NUMBER_COLUMN = 0.6


@dataclass(frozen=True)
class Layout:
    """Where the table is; rows are places in `Looked` (0..).

    header : rows of the header, from above, none where the places of the columns have names; first : first row of data; last : last row of data.
    columns : columns of the table that hold anything; numeric : which of them hold numbers.
    numbered : a row that only counts the columns, below the header.
    certain : whether the header could be told from its numbers and not only from its place.
    """

    header: tuple[int, ...]
    first: int
    last: int
    columns: tuple[int, ...]
    numeric: frozenset[int]
    numbered: tuple[int, ...]
    certain: bool


def find_layout(looked: Looked) -> Layout:
    """Header, first and last row of the table in a grid."""
    columns = _used_columns(looked)
    numeric = _numeric_columns(looked, columns)
    if looked.grid.columns and looked.grid.columns[0].name:
        return Layout((), 0, looked.rows - 1, columns, numeric, (), True)
    if looked.grid.named:
        return Layout((0,), 1, looked.rows - 1, columns, numeric, (), True)
    body = _body_rows(looked, columns, numeric)
    first = _first_body(looked, body, columns, numeric)
    body &= ~_notes(looked, columns)
    last = int(np.flatnonzero(body)[-1]) if body.any() else looked.rows - 1
    header, numbered = _header_rows(looked, first, columns, numeric)
    if not header:
        return Layout((0,), 1, max(last, min(1, looked.rows - 1)), columns, numeric, (), False)
    earlier = header[-1] - _first_of(looked, header[-1], columns)
    header = tuple(row - earlier for row in header if row >= earlier)
    return Layout(header, first - earlier, last, columns, numeric, () if earlier else numbered, bool(numeric))


def _first_of(looked: Looked, header: int, columns: tuple[int, ...]) -> int:
    """The first row with the texts of a header: a table that repeats its names begins where they stand first."""
    named = [c for c in columns if looked.texts[header, c]]
    if len(named) < 2:
        return header
    rows = range(header)
    return next((r for r in rows if all(looked.texts[r, c] == looked.texts[header, c] for c in named)), header)


def _used_columns(looked: Looked) -> tuple[int, ...]:
    """Columns that hold something in more than a title or a note."""
    filled = (looked.forms != BLANK).sum(axis=0)
    rich = (looked.forms != BLANK).sum(axis=1) >= 2
    in_table = (looked.forms[rich] != BLANK).sum(axis=0) if rich.any() else filled
    return tuple(int(c) for c in np.flatnonzero(in_table > 0))


def _numeric_columns(looked: Looked, columns: tuple[int, ...]) -> frozenset[int]:
    """Columns whose cells in the middle of the file are mostly numbers."""
    low, high = looked.rows // 4, max(looked.rows - looked.rows // 4, looked.rows // 4 + 1)
    middle = looked.forms[low:high]
    found = set()
    for c in columns:
        cells = middle[:, c]
        said = (cells != BLANK) & (cells != MISSING)
        if said.sum() >= 1 and (cells == NUMBER).sum() >= NUMBER_COLUMN * said.sum():
            found.add(c)
    return frozenset(found)


def _body_rows(looked: Looked, columns: tuple[int, ...], numeric: frozenset[int]) -> np.ndarray:
    """Which rows look like data."""
    filled = (looked.forms[:, list(columns)] != BLANK).sum(axis=1) if columns else np.zeros(looked.rows)
    if not numeric:
        usual = np.median(filled[filled > 1]) if (filled > 1).any() else 1
        return np.asarray(filled >= max(0.5 * usual, min(2, len(columns))))
    cells = looked.forms[:, sorted(numeric)]
    numbers = (cells == NUMBER).sum(axis=1)
    # a mark of missing data stands where a number would; a text does not
    texts = (cells == TEXT).sum(axis=1)
    marks = (cells == MISSING).sum(axis=1)
    alone = len(columns) == 1
    return np.asarray((numbers + marks > 0) & (texts <= 0.34 * (numbers + marks)) & ((filled >= 2) | alone))


def _first_body(looked: Looked, body: np.ndarray, columns: tuple[int, ...], numeric: frozenset[int]) -> int:
    """First row of data: one that looks like data and is followed by such, and is no row of years or column numbers."""
    rows = np.flatnonzero(body)
    for row in map(int, rows):
        after = body[row + 1 : row + 7]
        if len(after) and after.mean() < 0.3 and row != rows[-1]:
            continue
        if numeric and (_are_years(looked, row, numeric) or _are_counts(looked, row, columns)):
            continue
        if numeric and _names_follow(looked, row, columns, numeric):
            continue  # a title whose commas or years look like data
        if not numeric and row == rows[0]:
            continue  # without numbers the first full row is the header
        return row
    return int(rows[0]) if len(rows) else min(1, looked.rows - 1)


def _names_follow(looked: Looked, row: int, columns: tuple[int, ...], numeric: frozenset[int]) -> bool:
    """Whether a row of names, with a text above every column of numbers, comes soon after."""
    for lower in range(row + 1, min(row + 6, looked.rows)):
        forms = looked.forms[lower]
        if all(forms[c] == TEXT for c in numeric) and (forms[list(columns)] != BLANK).sum() >= 2:
            return True
    return False


def _are_years(looked: Looked, row: int, numeric: frozenset[int]) -> bool:
    """A row of different years over columns that hold something else: a header such as 2010, 2011, 2012."""
    texts = [looked.texts[row, c] for c in sorted(numeric) if looked.texts[row, c]]
    years = [t for t in texts if YEAR.fullmatch(t)]
    if len(years) < 2 or len(years) < 0.6 * len(texts) or len(set(years)) < len(years):
        return False
    below = looked.texts[row + 1 : row + 30][:, sorted(numeric)]
    values = [t for t in below.ravel() if t]
    return sum(bool(YEAR.fullmatch(t)) for t in values) < 0.5 * max(len(values), 1)


def _notes(looked: Looked, columns: tuple[int, ...]) -> np.ndarray:
    """Rows near the end that begin as notes do, and the short rows below the first: a legend of marks is no data."""
    found = np.zeros(looked.rows, dtype=bool)
    start = max(looked.rows - 40, 0)
    for row in range(start, looked.rows):
        first = next((str(t) for t in looked.texts[row] if t), "")
        found[row] = bool(NOTE_COLON.match(first))
    filled = (looked.forms != BLANK).sum(axis=1)
    for row in map(int, np.flatnonzero(found)):
        below = slice(row, looked.rows)
        short = filled[row] == 1 and (filled[below] <= max(2, 0.5 * len(columns))).all()
        if short and len(columns) > 2 and not (looked.forms[below][:, 1:] == NUMBER).any():
            found[below] = True
            break
    return found


def _are_counts(looked: Looked, row: int, columns: tuple[int, ...]) -> bool:
    """A row that only numbers the columns: 1, 2, 3 or (1), (2), (3) or a, b, c."""
    texts = [str(looked.texts[row, c]).strip("()[] ").lower() for c in columns if looked.texts[row, c]]
    if len(texts) < 3 or len(texts) < 0.6 * len(columns):
        return False
    if all(t.isdigit() for t in texts):
        return [int(t) for t in texts] == list(range(int(texts[0]), int(texts[0]) + len(texts))) and int(texts[0]) < 3
    return all(len(t) == 1 and t.isalpha() for t in texts) and texts == sorted(set(texts))


def _header_rows(
    looked: Looked, first: int, columns: tuple[int, ...], numeric: frozenset[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows of the header above the first row of data, and a row among them that only numbers the columns."""
    forms = looked.forms
    header: list[int] = []
    numbered: list[int] = []
    for row in range(first - 1, max(first - 25, -1), -1):
        filled = [c for c in columns if forms[row, c] != BLANK]
        if not filled:
            if header:
                break
            continue
        if _are_counts(looked, row, columns):
            numbered.append(row)
            continue
        if not _names_columns(looked, row, filled, columns, header):
            if header:
                break
            continue  # a heading or a title of a section between header and data
        header.append(row)
        if len(header) == MOST_HEADER_ROWS:
            break
    return tuple(sorted(header)), tuple(sorted(numbered))


def _names_columns(looked: Looked, row: int, filled: list[int], columns: tuple[int, ...], below: list[int]) -> bool:
    """Whether a row holds names of columns: the lowest row names many, a row above it heads some of them."""
    texts = [str(looked.texts[row, c]) for c in filled]
    years = sum(bool(YEAR.fullmatch(t)) for t in texts)
    named = sum(looked.forms[row, c] == TEXT for c in filled) + years
    if named < 0.7 * len(filled):
        return False
    if not below:
        return len(filled) >= 2 or len(columns) == 1
    if len(filled) >= 2:
        longest = max(len(t) for t in texts)
        return longest <= 120 and len(filled) < len(columns) + 1
    # one head over several columns: not over the first, where titles stand, and short
    return filled[0] != columns[0] and len(texts[0]) <= 60 and len(columns) > 2
