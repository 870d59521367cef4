"""A few rows of a file beside what a reading makes of them, so that a person sees what was done.

Rows go by the numbers the file shows, on both sides. Columns that hold names or numbers of persons come masked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from riskmodel.inputs.apply_reading import apply_reading, header_names
from riskmodel.inputs.grid import Grid
from riskmodel.inputs.letters import letters_back
from riskmodel.study_reading import Reading, row_numbers

# "title": above the header; "heading": heads the rows below it; "not_kept": of another of the stacked tables.
RowState = Literal["title", "header", "left_out", "heading", "not_kept", "data"]

MASK = "•••"

FIRST = 6  # rows of data from the beginning
LAST = 2  # rows from the end
SPECIAL = 3  # rows left out further down
WIDTH = 8  # columns


@dataclass(frozen=True)
class PreviewRow:
    """One row. `cells`: as text, blank = ""; `changed`: whether the reading made or altered each; `gap`: rows are skipped
    before it."""

    number: int
    state: RowState
    cells: tuple[str, ...]
    changed: tuple[bool, ...] = ()
    gap: bool = False


@dataclass(frozen=True)
class Preview:
    """The file and the table side by side.

    original : rows of the file; none is changed.
    names : columns of the table that are shown, in its order.
    made : of each of them, whether the reading made it.
    read : the same rows in the table, without those that are left out.
    more_original, more_read : columns that are not shown.
    """

    original: tuple[PreviewRow, ...]
    names: tuple[str, ...]
    made: tuple[bool, ...]
    read: tuple[PreviewRow, ...]
    more_original: int = 0
    more_read: int = 0


def preview(grid: Grid, reading: Reading, table: pd.DataFrame, hidden: Collection[str] = ()) -> Preview:
    """What to show of a grid and of the table that `reading` makes of it.

    Parameters
    ----------
    grid : Grid
        The file, or a sample of it with its beginning and end.
    table : DataFrame
        As `apply_reading` gives it for this grid and reading.
    hidden : collection of str
        Columns of the table with what identifies persons.
    """
    base = apply_reading(grid, only_rows(reading)).table
    spelt = _as_spelt(grid, reading)
    position = _positions(grid, reading, base)
    states = _states(grid, reading, base, table)
    numbers = _rows_shown(states)
    made = [c not in base.columns for c in table.columns]
    names = _columns_shown([str(c) for c in table.columns], made, _altered(base, table))
    shown = sorted({*range(min(WIDTH, grid.cells.shape[1])), *(position[n] for n in names if n in position)})
    masked = {position[n] for n in hidden if n in position}
    header = set(reading.header_rows)
    original = tuple(
        PreviewRow(
            number,
            states[number],
            tuple(
                MASK if place in masked and number not in header and states[number] != "title" else text
                for place, text in zip(shown, _texts(grid.cells, number - 1, shown), strict=True)
            ),
            gap=gap,
        )
        for number, gap in _with_gaps(numbers)
    )
    kept = [number for number in numbers if number - 2 in table.index]
    read = tuple(
        PreviewRow(
            number,
            "data",
            tuple(MASK if n in hidden else v for n, v in zip(names, _texts(table, number - 2, names), strict=True)),
            tuple(
                n not in base.columns
                or _differ(base.at[number - 2, n], table.at[number - 2, n])
                or (number - 1, position.get(n)) in spelt
                for n in names
            ),
            gap,
        )
        for number, gap in _with_gaps(kept)
    )
    return Preview(
        original,
        tuple(names),
        tuple(n not in base.columns for n in names),
        read,
        grid.cells.shape[1] - len(shown),
        table.shape[1] - len(names),
    )


def only_rows(reading: Reading) -> Reading:
    """The part of a reading that says where the table stands and what its columns are called; cells stay as they are."""
    plain = Reading(file=reading.file, sheet=reading.sheet)
    kept = ("encoding", "delimiter", "columns", "letters", "doubtful_letters", "header", "leave_out", "rename")
    return plain.model_copy(update={key: getattr(reading, key) for key in kept})


def _as_spelt(grid: Grid, reading: Reading) -> set[tuple[int, int | None]]:
    """Cells whose letters were taken back, by row label and column of the grid."""
    if not reading.letters:
        return set()
    made, _ = letters_back(grid.cells, reading.letters, reading.doubtful_letters == "mend")
    differ = (made.fillna("") != grid.cells.fillna("")).to_numpy(bool)
    return {(int(grid.cells.index[row]), int(column)) for row, column in zip(*differ.nonzero(), strict=True)}


def _positions(grid: Grid, reading: Reading, base: pd.DataFrame) -> dict[str, int]:
    """Column of the grid for every column that the file itself has; those without a name and a cell are left out."""
    header = sorted(reading.header_rows)
    if header:
        names = header_names(grid.cells.loc[[row - 1 for row in header]])
    else:
        names = [column.name for column in reading.columns]
    body = grid.cells.loc[grid.cells.index > max(header, default=0) - 1]
    body = body.drop(index=[row - 1 for row in row_numbers(reading.leave_out)], errors="ignore")
    filled = body.notna().any().to_list()
    places = [i for i, name in enumerate(names) if name or filled[i]]
    return dict(zip(map(str, base.columns), places, strict=True)) if len(places) == base.shape[1] else {}


def _states(grid: Grid, reading: Reading, base: pd.DataFrame, table: pd.DataFrame) -> dict[int, RowState]:
    """What became of every row that was read, by its number."""
    header = set(reading.header_rows)
    headings = {row for h in reading.headings for row in row_numbers(h.rows)}
    in_base, in_table = set(base.index + 2), set(table.index + 2)
    states: dict[int, RowState] = {}
    for number in (grid.cells.index + 1).tolist():
        if number in header:
            states[number] = "header"
        elif number < min(header, default=1):
            states[number] = "title"
        elif number in in_table:
            states[number] = "data"
        elif number in headings:
            states[number] = "heading"
        else:
            states[number] = "not_kept" if number in in_base else "left_out"
    return states


def _rows_shown(states: dict[int, RowState]) -> list[int]:
    """The beginning down to a few rows of data, some rows that are left out below, and the end."""
    numbers = sorted(states)
    data = [n for n in numbers if states[n] == "data"]
    until = data[min(FIRST, len(data)) - 1] if data else numbers[-1]
    beginning = [n for n in numbers if n <= until]
    if len(beginning) > 4 * FIRST:  # a long report before the table, or many rows left out between
        beginning = [*beginning[:FIRST], *[n for n in beginning if states[n] in ("header", "data")]]
    special = [n for n in numbers if n > until and states[n] in ("left_out", "heading")][:SPECIAL]
    return sorted({*beginning, *special, *data[-LAST:], *numbers[-LAST:]})


def _columns_shown(names: Sequence[str], made: Sequence[bool], altered: set[str]) -> list[str]:
    """Those that were made, then the first of the others, altered ones before those that are as in the file."""
    telling = [n for n, new in zip(names, made, strict=True) if new or n in altered][: WIDTH - 2]
    rest = [n for n in names if n not in telling][: WIDTH - len(telling)]
    new = [n for n, is_new in zip(names, made, strict=True) if is_new and n in telling]
    return [*new, *(n for n in names if n in rest or (n in telling and n not in new))]


def _altered(base: pd.DataFrame, table: pd.DataFrame) -> set[str]:
    """Columns of the file that some row of the table has in another form."""
    before = base.reindex(table.index)
    same = [c for c in table.columns if c in before.columns]
    return {str(c) for c in same if not before[c].fillna("").eq(table[c].fillna("")).all()}


def _differ(before: object, after: object) -> bool:
    return ("" if pd.isna(before) else before) != ("" if pd.isna(after) else after)  # type: ignore[call-overload]


def _texts(cells: pd.DataFrame, label: int, columns: Sequence[object]) -> list[str]:
    return [str(v) for v in cells.loc[[label], list(columns)].fillna("").to_numpy(object)[0]]


def _with_gaps(numbers: Sequence[int]) -> list[tuple[int, bool]]:
    return [(n, bool(i) and n != numbers[i - 1] + 1) for i, n in enumerate(numbers)]
