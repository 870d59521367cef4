"""Apply a declared reading to the grid of a file: a table of text under its names, and what was done to get there.

Index labels of the table + 2 are rows of the original file, as everywhere in `inputs`, so that a message names the row a person
sees there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from riskmodel.inputs.changes import Change
from riskmodel.inputs.codes import trimmed, without_blank_end
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.grid import Grid
from riskmodel.inputs.letters import letters_back
from riskmodel.inputs.reading_codes import make_codes
from riskmodel.inputs.reading_names import codes_by_name
from riskmodel.inputs.reading_parts import (
    filled_down,
    kept_rows,
    tidied,
    with_decimals,
    with_headings,
    with_marks,
    with_split,
)
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study_reading import Reading, Register, row_numbers

__all__ = ["Applied", "Change", "apply_reading"]

# Reads the register a reading takes codes from.
RegisterReader = Callable[[Register], pd.DataFrame]


@dataclass(frozen=True)
class Applied:
    """What a reading makes of a file.

    table : every column "string", outer blanks off, blank = <NA>; index label + 2 is the row of the original file.
    changes : in the order they were done.
    problems : warnings.
    """

    table: pd.DataFrame
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def apply_reading(grid: Grid, reading: Reading, register: RegisterReader | None = None) -> Applied:
    """The table a reading makes of a grid.

    Parameters
    ----------
    grid : Grid
        The whole file.
    register : callable, optional
        Gives the table of a register; needed where codes are taken by name.

    Raises
    ------
    InputProblems
        The reading does not fit the file: it has another number of rows, rows or columns are absent.
    """
    where = Where(grid.file, reading.sheet)
    raise_errors(_rows_fit(grid, reading, where))
    grid, changes = _letters(grid, reading)
    table, done = _under_header(grid, reading)
    changes += done
    for heading in reading.headings:
        raise_errors(missing_columns([heading.column], table.columns, where))
        table, done = with_headings(table, heading)
        changes += done
    table, done = _steps(table, reading, where)
    changes += done
    problems = list(grid.notes)
    for codes in reading.codes:
        raise_errors(missing_columns(codes.columns, table.columns, where))
        made, done, found = make_codes([table[c] for c in codes.columns], codes, replace(where, column=codes.into))
        problems += found
        table = table.assign(**{codes.into: made})
        changes += done
    for rule in reading.names:
        if register is None:
            raise InputProblems([Problem("reading_needs_register", where, {"file": rule.official.file})])
        made, done, found = codes_by_name(table, rule, register(rule.official), where)
        table = table.assign(**{rule.into: made})
        changes += done
        problems += found
    table = without_blank_end(table)
    if table.empty:
        raise InputProblems([Problem("no_rows", where)])
    return Applied(table, tuple(changes), tuple(problems))


def header_names(cells: pd.DataFrame) -> list[str]:
    """Names of the columns from the rows of a header: a head over several columns goes before each name under it."""
    rows = [[" ".join(str(v).split()) if isinstance(v, str) else "" for v in row] for row in cells.to_numpy(object)]
    parts: list[list[str]] = [[] for _ in range(cells.shape[1])]
    for position, row in enumerate(rows):
        last = position == len(rows) - 1
        head = ""
        for column, text in enumerate(row):
            below = any(rows[lower][column] for lower in range(position + 1, len(rows)))
            head = text or head
            shown = text if last or not below else head
            if shown and shown not in parts[column]:
                parts[column].append(shown)
    return [" ".join(part) for part in parts]


def _rows_fit(grid: Grid, reading: Reading, where: Where) -> list[Problem]:
    """The file has the rows the reading names."""
    if reading.rows and reading.rows != grid.rows:
        return [Problem("reading_other_file", where, {"rows": grid.rows, "declared": reading.rows})]
    named = [
        *reading.header,
        *row_numbers(reading.leave_out),
        *(r for h in reading.headings for r in row_numbers(h.rows)),
    ]
    absent = tuple(sorted({row for row in named if row > grid.rows}))
    if absent:
        return [
            Problem("reading_row_absent", replace(where, rows=absent[:20]), {"count": len(absent), "rows": grid.rows})
        ]
    return []


def _letters(grid: Grid, reading: Reading) -> tuple[Grid, list[Change]]:
    """The grid with letters taken back that were written twice."""
    if not reading.letters:
        return grid, []
    cells, changes = letters_back(grid.cells, reading.letters, reading.doubtful_letters == "mend")
    return replace(grid, cells=cells), changes


def _under_header(grid: Grid, reading: Reading) -> tuple[pd.DataFrame, list[Change]]:
    """The rows below the header under its names, without those left out."""
    header = reading.header_rows
    first, last = min(header, default=1), max(header, default=0)
    cells = grid.cells
    changes: list[Change] = []
    if reading.columns:
        changes.append(Change("cut", "", len(reading.columns)))
    if header:
        names = header_names(cells.loc[[row - 1 for row in sorted(header)]])
    else:
        names = [column.name for column in reading.columns]
    above = [row for row in range(1, first) if row - 1 in cells.index]
    if above:
        changes.append(Change("above_header", "", len(above), tuple(above[:20])))
    if len(header) > 1:
        joined = tuple((name, "") for name in names if name)[:5]
        changes.append(Change("header_joined", "", len(header), tuple(sorted(header)), joined))
    out = [row - 1 for row in row_numbers(reading.leave_out) if row > last]
    between = [row - 1 for row in range(first, last) if row not in header]
    body = cells.loc[cells.index > last - 1] if last else cells
    body = body.drop(index=out, errors="ignore") if out else body
    if out or between:
        rows = sorted({*out, *between})
        changes.append(Change("left_out", "", len(rows), tuple(row + 1 for row in rows[:20])))
    body = body.set_axis(body.index - 1, axis=0)
    keep, shown = _kept(names, body)
    shown, twice = _unique(shown)
    changes += twice
    renamed = [reading.rename.get(name, name) for name in shown]
    changes += [
        Change("renamed", new, 1, (), ((old, new),)) for old, new in zip(shown, renamed, strict=True) if old != new
    ]
    raise_errors(missing_columns([n for n in reading.rename if n not in shown], shown, Where(grid.file, reading.sheet)))
    cut = bool(reading.columns)  # cells without outer blanks already
    table = pd.DataFrame(
        {n: body.iloc[:, i] if cut else trimmed(body.iloc[:, i]) for n, i in zip(renamed, keep, strict=True)}
    )
    if reading.columns and not (used := table.notna().any(axis=1)).all():
        table = table[used]  # without rules and blank lines
    for column in (c for c in reading.columns if c.decimals):
        name = renamed[keep.index(reading.columns.index(column))]
        table, done = with_decimals(table, name, column.decimals)
        changes += done
    return table, changes


def _kept(names: list[str], body: pd.DataFrame) -> tuple[list[int], list[str]]:
    """Positions of the columns that have a name or hold anything, and their names; one without a name goes by its place."""
    filled = body.notna().any().to_list()
    keep = [i for i, name in enumerate(names) if name or filled[i]]
    return keep, [names[i] or f"column_{i + 1}" for i in keep]


def column_names(cells: pd.DataFrame, header: Sequence[int]) -> dict[int, str]:
    """Name of every column of a grid that is kept, by its position, under the rows (1..) of a header."""
    names = header_names(cells.loc[[row - 1 for row in sorted(header)]])
    keep, shown = _kept(names, cells.loc[cells.index > max(header) - 1])
    return dict(zip(keep, _unique(shown)[0], strict=True))


def _unique(names: list[str]) -> tuple[list[str], list[Change]]:
    """Names that stand twice get a number, in the order of the columns."""
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    changes = [
        Change("name_twice", new, 1, (), ((old, new),)) for old, new in zip(names, unique, strict=True) if old != new
    ]
    return unique, changes


def _steps(table: pd.DataFrame, reading: Reading, where: Where) -> tuple[pd.DataFrame, list[Change]]:
    """Steps on single columns, in the order of the reading."""
    changes: list[Change] = []
    named = [*reading.tidy, *reading.fill_down, *(k.column for k in reading.keep), *(s.column for s in reading.split)]
    raise_errors(missing_columns(named, table.columns, where))
    for column in reading.tidy:
        table, done = tidied(table, column)
        changes += done
    for column in reading.fill_down:
        table, done = filled_down(table, column)
        changes += done
    for keep in reading.keep:
        table, done = kept_rows(table, keep)
        changes += done
    for split in reading.split:
        table, done = with_split(table, split)
        changes += done
    for marks in reading.marks:
        raise_errors(missing_columns(marks.columns, table.columns, where))
        table, done = with_marks(table, marks)
        changes += done
    return table, changes
