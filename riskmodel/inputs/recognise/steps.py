"""Guesses about the file as such: its letters, its delimiter, its header, the rows that are no data.

Each carries what it would write into the reading and the values its words need.
"""

from __future__ import annotations

import re
from dataclasses import replace

from riskmodel.inputs.apply_reading import column_names
from riskmodel.inputs.grid import Grid, sampled
from riskmodel.inputs.letters import find_lost, find_spoiled, letters_back
from riskmodel.inputs.reading_parts import BULLET
from riskmodel.inputs.recognise.cells import Looked
from riskmodel.inputs.recognise.found import Certainty, Guess
from riskmodel.inputs.recognise.header import Layout
from riskmodel.inputs.recognise.repeats import Repeats
from riskmodel.inputs.recognise.rows import OtherRows
from riskmodel.problems import Where
from riskmodel.study_reading import Headings, row_ranges

SHOWN = 20
# Rows looked at for spoiled letters.
LOOKED_AT = 60_000


def container_guesses(grid: Grid, where: Where) -> list[Guess]:
    """What holds the table, its encoding and delimiter; nothing of it needs to be written down."""
    found = [Guess("container_fixed" if grid.columns else f"container_{grid.container}", "sure", where)]
    if grid.encoding and grid.container in ("text", "dbf"):
        certainty: Certainty = "sure" if grid.encoding.startswith("utf") else "likely"
        found.append(Guess("encoding", certainty, where, {"encoding": _encoding(grid.encoding)}))
    if grid.columns:
        code = "columns_laid_out" if grid.columns[0].name else "columns_aligned"
        found.append(Guess(code, "likely", where, {"count": len(grid.columns)}, "columns", grid.columns))
    elif grid.delimiter.strip(" ") == "" and grid.delimiter:
        found.append(Guess("blanks_between", "likely", where, {}, "delimiter", grid.delimiter))
    elif grid.delimiter and grid.cells.shape[1] > 1:
        found.append(Guess("delimiter", "sure", where, {"delimiter": grid.delimiter.replace("\t", "⇥")}))
    if grid.value_labels:
        found.append(Guess("labels", "sure", where, {"count": len(grid.value_labels)}))
    return found


def letter_guesses(grid: Grid, where: Where) -> list[Guess]:
    """Letters that were written twice, which are taken back, and letters that are lost, which are told."""
    found: list[Guess] = []
    cells = sampled(grid, LOOKED_AT).cells
    spoiled = find_spoiled(cells)
    if spoiled:
        example = " · ".join(f"{before} → {after}" for before, after in spoiled.examples[:3])
        values: dict[str, object] = {"count": spoiled.sure, "example": example, "right": spoiled.right}
        code = "letters_twice_some" if spoiled.right else "letters_twice"
        found.append(Guess(code, "sure", replace(where, rows=spoiled.rows), values, "letters", spoiled.way))
        cells = letters_back(cells, spoiled.way)[0]
        if spoiled.doubtful:
            values = {"count": spoiled.doubtful}
            at = replace(where, rows=spoiled.doubtful_rows)
            ways = ("mend", "leave") if spoiled.right else ()
            certainty: Certainty = "ask" if spoiled.right else "likely"
            found.append(Guess("letters_doubtful", certainty, at, values, "doubtful_letters", "mend", ways))
    lost, rows = find_lost(cells if spoiled else grid.cells)
    if lost:
        found.append(Guess("letters_lost", "ask", replace(where, rows=rows), {"count": lost}))
    return found


def header_guesses(looked: Looked, layout: Layout, where: Where) -> list[Guess]:
    """Rows of the header, and the titles above them."""
    if not layout.header:
        return []
    rows = tuple(int(looked.places[r]) + 1 for r in layout.header)
    if looked.grid.named or (rows == (1,) and layout.certain):
        return [Guess("header_first", "sure", replace(where, rows=rows))]
    certainty: Certainty = "sure" if layout.certain and len(rows) == 1 else "likely"
    at = replace(where, rows=rows)
    if rows == (1,):
        return [Guess("header_first", "likely", at)]
    code = "header_rows" if len(rows) > 1 else "header_row"
    values = {"row": rows[-1], "count": len(rows), "rows": list(rows), "above": rows[0] - 1}
    return [Guess(code, certainty, at, values, "header", rows)]


def row_guesses(looked: Looked, layout: Layout, other: OtherRows, where: Where) -> list[Guess]:
    """Notes, sections and headings."""
    found: list[Guess] = []
    if not layout.header:
        return found
    certainty: Certainty = "sure" if other.clear_notes else "likely"
    if other.notes:
        at = replace(where, rows=other.notes[:SHOWN])
        first = _text(looked, other.notes[0])
        values = {"count": len(other.notes), "first": first}
        found.append(Guess("notes", certainty, at, values, "leave_out", row_ranges(other.notes)))
    if other.sections:
        at = replace(where, rows=other.sections[:SHOWN])
        values = {"count": len(other.sections), "first": _text(looked, other.sections[0])}
        found.append(Guess("sections", "likely", at, values, "leave_out", row_ranges(other.sections)))
    header = tuple(int(looked.places[r]) + 1 for r in layout.header)
    names = column_names(looked.grid.cells, header)
    column = names.get(other.heading_column, "")
    if column == f"column_{other.heading_column + 1}" and "area_name" not in names.values():
        at = replace(where, column=column)
        found.append(Guess("nameless", "likely", at, {"name": "area_name"}, "rename", {column: "area_name"}))
        column = "area_name"
    if other.headings and column:
        into = "parent_name" if "parent_name" not in names.values() else f"{column} (2)"
        part = Headings(column=column, into=into, rows=row_ranges(other.headings))
        at = replace(where, column=column, rows=other.headings[:SHOWN])
        values = {"count": len(other.headings), "first": _text(looked, other.headings[0]), "into": into}
        found.append(Guess(f"headings_{other.how}", "likely", at, values, "headings", part))
        if re.match(BULLET, _text(looked, other.headings[0])):
            found.append(Guess("bullets", "sure", replace(where, column=into), {}, "tidy", into))
    if other.bullets and column:
        found.append(Guess("bullets", "sure", replace(where, column=column), {}, "tidy", column))
    return found


def repeat_guesses(repeats: Repeats, rows: int, where: Where) -> list[Guess]:
    """Names of columns that stand again, and other tables below the first."""
    found: list[Guess] = []
    if repeats.pages:
        at = replace(where, rows=repeats.pages[:SHOWN])
        out = row_ranges(repeats.pages)
        found.append(Guess("header_again", "sure", at, {"count": len(repeats.pages)}, "leave_out", out))
    if repeats.tables:
        at = replace(where, rows=repeats.tables[:SHOWN])
        values = {"count": len(repeats.tables) + 1, "name": repeats.names[0][:60], "row": repeats.tables[0]}
        below = row_ranges(range(repeats.tables[0], rows + 1))
        found.append(Guess("tables_apart", "ask", at, values, "leave_out", below, (below, None)))
    return found


def _text(looked: Looked, row: int) -> str:
    """The first text of a row, cut to a line; rows that are no data hold no persons."""
    places = looked.places.tolist()
    texts = looked.texts[places.index(row - 1)] if row - 1 in places else ()
    text = next((str(t) for t in texts if t), "")
    return text if len(text) <= 60 else text[:57] + "…"


def _encoding(name: str) -> str:
    return {"utf-8": "UTF-8", "cp1252": "Windows-1252 (Latin-1)", "cp850": "DOS (CP850)", "mac_roman": "Mac Roman"}.get(
        name, name.upper()
    )
