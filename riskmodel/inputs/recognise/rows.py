"""Find rows that are no data: titles and sections above, notes below, headings between.

A heading row names what stands below it (a state above its municipalities): by a cell that stands alone, by indent or by bullet.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from riskmodel.inputs.recognise.cells import BLANK, NOTE_START, TEXT, Looked, is_total_name
from riskmodel.inputs.recognise.header import Layout

LEADING = re.compile(r"^([\s\u2000-\u200a\u3000]*)([•●⚬◦○▪■□▫►▶‣⁃·∙»>*\-–—]*)[\s\u2000-\u200a]*")

# More rows than this share are no headings.
HEADING_SHARE = 0.34


@dataclass(frozen=True)
class OtherRows:
    """Rows that are no data, as the file shows them (1..).

    notes : below the table; sections : between header and data, or alone inside; headings : names of what stands below.
    heading_column : place of the column with the headings; how : "alone", "indent" or "" for none.
    bullets : whether texts of that column begin with bullets or blanks.
    clear_notes : whether the notes are told apart by a blank row or by their first word.
    """

    notes: tuple[int, ...]
    sections: tuple[int, ...]
    headings: tuple[int, ...]
    heading_column: int
    how: str
    bullets: bool
    clear_notes: bool


def find_other_rows(looked: Looked, layout: Layout) -> OtherRows:
    """Rows below the header that are no data."""
    if looked.grid.named or not layout.header:
        return OtherRows((), (), (), -1, "", False, True)
    at = looked.places + 1
    filled = looked.forms != BLANK
    notes = [int(at[r]) for r in range(layout.last + 1, looked.rows) if filled[r].any()]
    # with two columns a row of one cell may be an area without a figure: it stays
    between = range(max(layout.header) + 1, layout.first) if len(layout.columns) > 2 else ()
    sections = [int(at[r]) for r in sorted({*layout.numbered, *between}) if filled[r].any()]
    body = range(layout.first, layout.last + 1)
    text_columns = [c for c in layout.columns if c not in layout.numeric]
    alone = [r for r in body if filled[r].sum() == 1 and len(layout.columns) > 2 and _in_text(looked, r, text_columns)]
    name = _name_column(looked, layout, text_columns)
    bullets = name >= 0 and _has_bullets(looked, layout, name)
    clear = _clear(looked, layout)
    said = {next(str(t) for t in looked.texts[r] if t) for r in alone}
    pages = len(alone) >= 2 and len(said) == 1  # the same text again and again heads nothing: it is a title of pages
    if not pages and (heads := _alone_headings(_with_first(alone, layout, filled), layout, filled)):
        sections = [row for row in sections if row not in {int(at[r]) for r in heads}]
        column = int(np.flatnonzero(filled[heads[0]])[0])
        # those directly between header and data are the first headings, not sections
        return OtherRows(
            tuple(notes), tuple(sections), tuple(int(at[r]) for r in heads), column, "alone", bullets, clear
        )
    sections += [int(at[r]) for r in alone]
    if name >= 0 and (heads := _indent_headings(looked, layout, name)):
        return OtherRows(
            tuple(notes), tuple(sorted(sections)), tuple(int(at[r]) for r in heads), name, "indent", bullets, clear
        )
    return OtherRows(tuple(notes), tuple(sorted(sections)), (), name, "", bullets, clear)


def _in_text(looked: Looked, row: int, text_columns: list[int]) -> bool:
    """Whether the one cell of a row is a text, in a column of texts or where a number would stand."""
    column = int(np.flatnonzero(looked.forms[row] != BLANK)[0])
    return column in text_columns or looked.forms[row, column] == TEXT


def _with_first(alone: list[int], layout: Layout, filled: np.ndarray) -> list[int]:
    """Rows of one text, with the one directly above the first row of data, which heads it as the others do theirs."""
    above = layout.first - 1
    if alone and above > max(layout.header) and filled[above].sum() == 1 and (filled[above] == filled[alone[0]]).all():
        return [above, *alone]
    return alone


def _name_column(looked: Looked, layout: Layout, text_columns: list[int]) -> int:
    """The first text column, the one with most different texts where several stand before the numbers; -1 for none."""
    rows = slice(layout.first, layout.last + 1)
    different = {c: len({t for t in looked.texts[rows, c] if t}) for c in text_columns}
    return max(text_columns, key=lambda c: (different[c] > 1, different[c]), default=-1)


def _alone_headings(alone: list[int], layout: Layout, filled: np.ndarray) -> list[int]:
    """Rows of one text inside the data, each with data below: headings, if there are two or more."""
    heads = [r for r in alone if r + 1 <= layout.last and filled[r + 1].sum() > 1]
    return heads if len(heads) >= 2 and len(heads) <= HEADING_SHARE * (layout.last - layout.first + 1) else []


def _leads(looked: Looked, layout: Layout, column: int) -> dict[int, tuple[int, str]]:
    """Blanks and bullet before the text of a column, by row; totals stand at a depth of their own."""
    raw = looked.grid.cells.iloc[looked.places, column].to_numpy(object)
    leads = {}
    for r in range(layout.first, layout.last + 1):
        if isinstance(raw[r], str) and not is_total_name(raw[r], sure=True) and (found := LEADING.match(raw[r])):
            leads[r] = (len(found[1]), found[2])
    return leads


def _has_bullets(looked: Looked, layout: Layout, column: int) -> bool:
    leads = _leads(looked, layout, column)
    return sum(bool(bullet) for _, bullet in leads.values()) > 0.5 * max(len(leads), 1)


def _indent_headings(looked: Looked, layout: Layout, column: int) -> list[int]:
    """Rows less indented than the rows below them, where just two or three depths exist."""
    leads = _leads(looked, layout, column)
    depths = Counter(leads.values())
    common = [d for d, times in depths.items() if times >= 2 or (times == 1 and len(leads) < 20)]
    if not 2 <= len(common) <= 3 or sum(depths[d] for d in common) < 0.98 * len(leads):
        return []
    ordered = sorted(common, key=lambda d: (d[0], -depths[d]))
    deepest = max(common, key=lambda d: depths[d])
    if depths[deepest] < (1 - HEADING_SHARE) * len(leads) or ordered[-1] != deepest:
        return []
    heads = [r for r, lead in leads.items() if lead != deepest]
    rows = sorted(leads)
    following = dict(pairwise(rows))
    below = [
        r
        for r in heads
        if leads.get(following.get(r, -1), ordered[0])[0] > leads[r][0] or leads.get(following.get(r, -1)) == deepest
    ]
    return sorted(heads) if len(below) >= 0.8 * len(heads) and len(heads) >= 2 else []


def _clear(looked: Looked, layout: Layout) -> bool:
    """Whether notes below the table are told apart by a blank row or their first word."""
    below = layout.last + 1
    if below >= looked.rows:
        return True
    first = next((t for t in looked.texts[below] if t), None)
    return first is None or bool(NOTE_START.match(str(first)))


def rows_of(table: pd.DataFrame, mask: np.ndarray) -> tuple[int, ...]:
    """Rows of a table as the file shows them."""
    return tuple(int(i) + 2 for i in table.index[mask])
