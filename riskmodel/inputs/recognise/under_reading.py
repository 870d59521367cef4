"""One table as a reading has it: what it is then, what was done to it, and a few rows beside the file.

A long file is looked at by a sample of its rows: head, middle and end; `sampled` says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from riskmodel.inputs.apply_reading import Applied, RegisterReader, apply_reading
from riskmodel.inputs.grid import Grid, read_grid
from riskmodel.inputs.reading_preview import Preview, preview
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.kind import table_kind
from riskmodel.inputs.recognise.sources import TableSource
from riskmodel.study_reading import Reading

# Rows looked at of a long file: more than the areas of any country of the region.
SAMPLE_ROWS = 20_000


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


def under_reading(path: Path, reading: Reading, register: RegisterReader | None = None) -> UnderReading:
    """Read a file, or a sample of a long one, as `reading` says.

    Raises `InputProblems` where the reading does not fit the file, or the file cannot be read.
    """
    grid = read_grid(path, reading.sheet, reading.encoding, reading.delimiter, SAMPLE_ROWS)
    applied = apply_reading(grid, reading, register)
    columns = column_guesses(applied.table)
    rows = len(applied.table) if grid.whole else max(grid.rows - len(reading.header or (1,)), 0)
    declared = None if reading.is_plain else reading
    source = TableSource(
        path.name, table_kind(applied.table, columns), columns, applied.table, reading.sheet, rows, declared
    )
    return UnderReading(grid, applied, source, preview(grid, reading, applied.table, identities(source)))


def identities(source: TableSource) -> Collection[str]:
    """Columns that tell who a person is; they are never shown."""
    return frozenset(source.columns.columns("identity"))
