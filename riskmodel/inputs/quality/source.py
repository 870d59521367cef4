"""Open a table column by column, so that a file of a million rows is looked at without holding it twice.

A large plain text goes through Arrow's reader; everything else, and every file that reader refuses, goes through `read_noted`,
which words what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from riskmodel.inputs.apply_reading import RegisterReader
from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.delimited import sniff_delimiter
from riskmodel.inputs.encodings import CONTROL, SAMPLE_SIZE
from riskmodel.inputs.grid import OTHER_FORMAT
from riskmodel.inputs.read import GZIP, PARQUET, ZIP, read_noted
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Reading

# Bytes from which a text is read by Arrow.
LARGE = 20_000_000


@dataclass(frozen=True)
class Values:
    """One column: its distinct texts (outer blanks off), how often each stands, and which one each row has (-1: blank)."""

    distinct: pd.Series  # "string", index 0..k-1
    codes: np.ndarray  # (rows,) int32
    counts: np.ndarray  # (k,) int64

    @property
    def missing(self) -> int:
        return int(len(self.codes) - self.counts.sum())

    def rows_of(self, chosen: np.ndarray) -> np.ndarray:
        """Positions of the rows whose text is chosen (k booleans)."""
        return np.flatnonzero(np.append(chosen, False)[self.codes])

    def by_row(self, of_distinct: np.ndarray) -> np.ndarray:
        """Numbers of the distinct texts as numbers of the rows; NaN where blank."""
        return np.append(of_distinct.astype(float), np.nan)[self.codes]


@dataclass(frozen=True)
class Source:
    """A table that gives its columns one at a time. `labels` + 2 are the rows of the file; None: 0, 1, 2, …"""

    where: Where
    names: tuple[str, ...]
    rows: int
    table: pa.Table | pd.DataFrame | pq.ParquetFile
    labels: np.ndarray | None = None
    notes: tuple[Problem, ...] = field(default=())

    def columns(self) -> Iterator[tuple[str, Values]]:
        """Every column in order."""
        return ((name, self.column(name)) for name in self.names)

    def column(self, name: str) -> Values:
        """One column."""
        if isinstance(self.table, pq.ParquetFile):
            read = self.table.read(columns=[name])
            cells = _as_text(read.column(name))
        elif isinstance(self.table, pa.Table):
            cells = self.table.column(name)
        else:
            cells = pa.array(self.table[name].astype("string"), pa.large_string())
        return values_of(cells)

    def text(self, name: str) -> pd.Series:
        """One column as a series of text whose index labels + 2 are the rows of the file."""
        values = self.column(name)
        texts = pd.array([*values.distinct, pd.NA], dtype="string")
        return pd.Series(texts.take(np.where(values.codes < 0, len(values.distinct), values.codes)), self.index(), name=name)  # fmt: skip

    def index(self) -> pd.Index:
        return pd.RangeIndex(self.rows) if self.labels is None else pd.Index(self.labels)

    def spreadsheet_rows(self, positions: np.ndarray, most: int = 20) -> tuple[int, ...]:
        """Rows as the file shows them, from positions of the table."""
        first = positions[:most]
        return tuple(int(i) + 2 for i in (first if self.labels is None else self.labels[first]))


def values_of(cells: pa.Array | pa.ChunkedArray) -> Values:
    """The distinct texts of a column and where they stand."""
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    coded = whole.dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    texts = trimmed(pd.Series(coded.dictionary.to_pandas(), dtype="string"))
    merged, kept = pd.factorize(texts)  # blanks about a text, and blank texts, are no difference; missing is -1
    if len(kept) < len(texts):
        codes = np.append(merged, -1).astype(np.int32)[codes]
    counts = np.bincount(codes + 1, minlength=len(kept) + 1)[1:]
    return Values(pd.Series(kept, dtype="string"), codes, counts)


def source_of(table: pd.DataFrame, where: Where, notes: tuple[Problem, ...] = ()) -> Source:
    """A table of text as `read_noted` gives it."""
    plain = isinstance(table.index, pd.RangeIndex) and table.index.start == 0 and table.index.step == 1
    labels = None if plain else table.index.to_numpy(np.int64)
    return Source(where, tuple(map(str, table.columns)), len(table), table, labels, notes)


def open_source(
    path: Path, sheet: str = "", reading: Reading | None = None, register: RegisterReader | None = None
) -> Source:
    """The table of a file, taken from it as a reading declares. Raises `InputProblems` where it cannot be read as one."""
    where = Where(path.name, sheet)
    start, found = _start(path), None
    if start and (reading is None or reading.is_plain) and path.stat().st_size >= LARGE:
        if start.startswith(PARQUET):
            found = _parquet(path, where)
        elif not start.startswith((GZIP, ZIP)):
            found = _large_text(path, start, where)
    if found is not None and found.rows:
        return found
    table, notes = read_noted(path, sheet, None, reading, register)
    return source_of(table, where, tuple(notes))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(SAMPLE_SIZE)
    except OSError:
        return b""  # `read_noted` words it


def _parquet(path: Path, where: Where) -> Source | None:
    try:
        opened = pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        return None
    names = tuple(n for n in opened.schema_arrow.names if not n.startswith("__index_level_"))
    return Source(where, names, opened.metadata.num_rows, opened)


def _large_text(path: Path, start: bytes, where: Where) -> Source | None:
    """A large UTF-8 text, all cells as text; None where it is anything else or anything is wrong with it."""
    try:
        head = start.decode("utf-8-sig", errors="ignore")
        if CONTROL.intersection(head) or OTHER_FORMAT.match(head[:1000].strip().lower()):
            return None
        with pacsv.open_csv(path, parse_options=(form := _form(head))) as opened:
            names = opened.schema.names
        texts = dict.fromkeys(names, pa.large_string())
        read = pacsv.read_csv(
            path,
            parse_options=form,
            convert_options=pacsv.ConvertOptions(column_types=texts, strings_can_be_null=True, null_values=[""]),
        )
    except (pa.ArrowException, UnicodeDecodeError, KeyError):
        return None
    stripped = [name.strip() for name in names]
    if not all(stripped) or len(set(stripped)) < len(stripped):
        return None
    return Source(where, tuple(stripped), read.num_rows, read.rename_columns(stripped))


def _form(head: str) -> pacsv.ParseOptions:
    return pacsv.ParseOptions(delimiter=sniff_delimiter(head), newlines_in_values='"' in head)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A typed column as text: whole numbers without decimals, dates in their usual form."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if pa.types.is_floating(kind):
        texts = column.cast(pa.large_string())
        return pa.chunked_array([pa.array(pd.Series(texts.to_pandas(), dtype="string").str.replace(r"\.0$", "", regex=True), pa.large_string())])  # fmt: skip
    return column.cast(pa.large_string())
