"""Find names of columns that stand again inside a table: those of a new page, and those of another table.

Equal names on a new page are left out. Other names, or the same below a title of their own, begin another table: which of them is
meant is for a person to say.
"""

from __future__ import annotations

from dataclasses import dataclass

from riskmodel.inputs.recognise.cells import BLANK, MISSING, NOTE_START, NUMBER, TEXT, Looked
from riskmodel.inputs.recognise.header import Layout

# So many of the names must stand again.
SAME = 0.8
# Rows that must stand below the names of a narrower table.
ROWS_BELOW = 3


@dataclass(frozen=True)
class Repeats:
    """Rows as the file shows them (1..).

    pages : rows that only repeat the names of the columns.
    tables : first row of every other table, its title included; each is a table of its own.
    names : first text of every other table.
    """

    pages: tuple[int, ...] = ()
    tables: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


def find_repeats(looked: Looked, layout: Layout) -> Repeats:
    """Headers below the header."""
    if looked.grid.named or len(layout.columns) < 2:
        return Repeats()
    at = looked.places + 1
    pages: list[int] = []
    starts: list[tuple[int, str]] = []
    for row in range(layout.first + 1, looked.rows - 1):
        same = _same(looked, layout, row)
        if not same and not _other(looked, layout, row) and not _narrower(looked, layout, row):
            continue
        start = _title(looked, layout, row)
        if same and (start == row or (looked.forms[start] != BLANK).sum() < 2):
            pages.append(int(at[row]))  # a page; a title of one text is a heading or a section
        else:
            starts.append((int(at[start]), next(str(t) for t in looked.texts[start] if t)))
    if not starts:
        return Repeats(tuple(pages))
    rows, names = zip(*starts, strict=True)
    return Repeats(tuple(r for r in pages if r < rows[0]), rows, names)


def _same(looked: Looked, layout: Layout, row: int) -> bool:
    """Whether a row repeats one of the rows of the header."""
    for head in layout.header:
        names = {c: looked.texts[head, c] for c in layout.columns if looked.texts[head, c]}
        if len(names) >= 2:
            equal = sum(looked.texts[row, c] == text for c, text in names.items())
            if equal >= 2 and equal >= SAME * len(names):
                return True
    return False


def _other(looked: Looked, layout: Layout, row: int) -> bool:
    """Whether a row names columns anew: texts over the numbers, something that is no data above, numbers below."""
    forms, above, below = looked.forms[row], looked.forms[row - 1], looked.forms[row + 1]
    numeric = sorted(layout.numeric)
    filled = [c for c in layout.columns if forms[c] != BLANK]
    if not numeric or len(filled) < max(2, 0.6 * len(layout.columns)) or any(forms[c] != TEXT for c in filled):
        return False
    numbers = sum(below[c] in (NUMBER, MISSING) for c in numeric)
    named = sum(forms[c] == TEXT for c in numeric)
    apart = (above != BLANK).sum() < 2 and not any(above[c] == NUMBER for c in numeric)
    return apart and named >= 0.8 * len(numeric) and numbers >= 0.6 * len(numeric)


def _narrower(looked: Looked, layout: Layout, row: int) -> bool:
    """Whether a row names fewer columns than the table has: texts below a title, and rows of just these columns, with numbers, below."""
    named = looked.forms[row] != BLANK
    texts = [looked.texts[row, c] for c in range(len(named)) if named[c]]
    if not 2 <= len(texts) < len(layout.columns) or len(set(texts)) < len(texts):
        return False
    below = looked.forms[row + 1 : row + 1 + ROWS_BELOW]
    if any(looked.forms[row][named] != TEXT) or (looked.forms[row - 1] != BLANK).sum() > 1:
        return False
    alike = ((below != BLANK) == named).all()
    return bool(alike and len(below) == ROWS_BELOW and (below == NUMBER).all(axis=0).any())


def _title(looked: Looked, layout: Layout, row: int) -> int:
    """First row of the title above a header that stands again: rows of few texts after a blank row or after data."""
    start, numeric = row, sorted(layout.numeric)
    for above in range(row - 1, max(row - 6, layout.first), -1):
        forms = looked.forms[above]
        if not (forms != BLANK).any():
            continue
        if any(forms[c] == NUMBER for c in numeric) or (forms != BLANK).sum() > max(2, 0.5 * len(layout.columns)):
            break
        if NOTE_START.match(next(str(t) for t in looked.texts[above] if t)):
            break  # the source of the table above
        start = above
    return start
