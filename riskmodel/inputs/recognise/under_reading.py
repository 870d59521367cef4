"""One table as a reading has it: what it is then, what was done to it, and a few rows beside the file.

A long file is looked at by a sample of its rows: head, middle and end; `sampled` says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from riskmodel.inputs.apply_reading import Applied, RegisterReader, apply_reading
from riskmodel.inputs.grid import Grid, grid_of
from riskmodel.inputs.reading_preview import Preview, preview
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.kind import table_kind
from riskmodel.inputs.recognise.large import part_of
from riskmodel.inputs.recognise.sources import Source, TableSource
from riskmodel.study_reading import Reading

# Rows looked at of a long file: more than the areas of any country of the region.
SAMPLE_ROWS = 20_000
# Rows looked at of a file so large that only parts of it are opened.
HEAD_ROWS = 1_000


@dataclass(frozen=True)
class UnderReading:
    """`source`: the table as recognition sees it; `applied`: what was done; `preview`: rows beside the file."""

    grid: Grid
    applied: Applied
    source: TableSource
    preview: Preview

    @property
    def sampled(self) -> bool:
        """Whether numbers of changes are of a sample of the rows."""
        return not self.grid.whole

    @property
    def persons(self) -> bool:
        """Whether rows are persons or households, so that they are shown to whoever brought them and nobody else."""
        return self.source.columns.persons


def under_reading(
    path: Path, reading: Reading, register: RegisterReader | None = None, looked: Source | None = None
) -> UnderReading:
    """Read a file, or a sample of a long one, as `reading` says.

    looked : what the file was recognised as before; it stands where that was under the same reading.

    Raises `InputProblems` where the reading does not fit the file, or the file cannot be read.
    """
    grid = _grid(path, reading)
    applied = apply_reading(grid, reading, register)
    same = (
        isinstance(looked, TableSource) and (looked.reading or Reading(file=path.name, sheet=reading.sheet)) == reading
    )
    source = looked if same and isinstance(looked, TableSource) else _source(path, reading, grid, applied)
    return UnderReading(grid, applied, source, preview(grid, reading, applied.table, identities(source)))


def identities(source: TableSource) -> Collection[str]:
    """Columns that tell who a person is; they are never shown."""
    return frozenset(source.columns.columns("identity"))


def _grid(path: Path, reading: Reading) -> Grid:
    """The file or a sample of it; of a very large text only the beginning, unless the reading names rows further down."""
    further = reading.rows or reading.leave_out or reading.headings
    if not further:
        with part_of(path) as part:
            if part is not None:
                grid = grid_of(part.path, reading)
                return replace(grid, file=path.name, cells=grid.cells.head(HEAD_ROWS), rows=part.lines, whole=False)
    return grid_of(path, reading, SAMPLE_ROWS)


def _source(path: Path, reading: Reading, grid: Grid, applied: Applied) -> TableSource:
    columns = column_guesses(applied.table, grid.column_labels)
    kind = table_kind(applied.table, columns)
    rows = len(applied.table) if grid.whole else max(grid.rows - len(reading.header_rows), 0)
    declared = None if reading.is_plain else reading
    return TableSource(path.name, kind, columns, applied.table, reading.sheet, rows, declared)
