"""Open population files in an engine that reads them from disk, never whole into memory.

Parquet is read where it stands. Text and workbooks are first written once, by the engine, as Parquet with the columns
needed into a temporary folder that is deleted at the end, also after an error.
"""

from __future__ import annotations

import codecs
import gzip
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

import duckdb
import ibis
import ibis.expr.types as ir

from riskmodel.inputs.apply_reading import RegisterReader
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.containers.content import kind_of
from riskmodel.inputs.delimited import EIGHT_BIT, decode, sniff_delimiter
from riskmodel.inputs.read import read_noted, read_table, table_columns
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study_reading import Reading

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK", b"PAR1"
CHUNK = 1 << 20


@dataclass(frozen=True)
class EngineSettings:
    """`memory` bounds the engine's own memory, beyond it the engine uses the temporary folder; `threads` 0 is all."""

    memory: str = "2GB"
    threads: int = 0


class Engine:
    """An embedded database and its temporary folder; made by `open_engine`."""

    def __init__(self, connection: ibis.backends.duckdb.Backend, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        self._stored = 0
        self._seen: list[ir.Table] = []

    def open(
        self,
        pattern: str,
        folder: Path,
        columns: Mapping[str, str],
        reading: Reading | None = None,
        register: RegisterReader | None = None,
    ) -> ir.Table:
        """The rows of one file, or of all files that fit a pattern such as "census/*.parquet", in order of their names.

        Parameters
        ----------
        pattern : str
            Path or pattern relative to `folder`: Parquet; CSV with any delimiter, encoding, also gzipped; one workbook.
        columns : mapping
            Columns wanted, each with the key of the study file that names it.
        reading, register : optional
            How the files are to be read, as in `inputs.read.read_noted`; each is then read whole into memory once.

        Returns
        -------
        Table
            The columns wanted: typed as in Parquet, text from other files.

        Raises
        ------
        InputProblems
            No such file, not a table, columns missing, rows that cannot be read.
        """
        where = Where(Path(pattern).name)
        paths = population_files(pattern, folder, where)
        if reading is not None and not reading.is_plain:
            return self._open_declared(paths, columns, reading, register)
        kinds = {_kind(path) for path in paths}
        if len(kinds) > 1 or (kinds == {"workbook"} and len(paths) > 1):
            raise InputProblems([Problem("population_files_mixed", where)])
        for path in paths:
            raise_errors(missing_columns(columns, table_columns(path), Where(path.name), columns))
        kind = kinds.pop()
        try:
            if kind == "parquet":
                table = self.connection.read_parquet([str(p) for p in paths], union_by_name=True)
                return table.select(*columns)
            if kind == "workbook":
                return self.store(ibis.memtable(read_table(paths[0], columns=list(columns))))
            return self._open_text(paths, list(columns))
        except duckdb.Error as error:
            raise InputProblems([Problem("population_not_readable", where)]) from error

    def store(self, table: ir.Table) -> ir.Table:
        """Write an expression into the temporary folder and give it back as a table read from there."""
        self._stored += 1
        path = self.folder / f"stored_{self._stored}.parquet"
        self.connection.to_parquet(table, path)
        return self.connection.read_parquet(str(path))

    def seen(self, table: ir.Table) -> ir.Table:
        """The same rows under a name of their own: what is asked of them need not be worded from the file upward each time.

        Nothing is computed or written here; the engine reads through the name.
        """
        self._seen.append(table)  # what the expression refers to must outlive it
        return self.connection.create_view(f"seen_{len(self._seen)}", table)

    def _open_declared(
        self, paths: list[Path], columns: Mapping[str, str], reading: Reading, register: RegisterReader | None
    ) -> ir.Table:
        """Files read as a person declared, one after the other."""
        parts = []
        for path in paths:
            table = read_noted(path, "", None, reading, register)[0]
            raise_errors(missing_columns(columns, table.columns, Where(path.name), columns))
            parts.append(self.store(ibis.memtable(table[list(columns)].reset_index(drop=True))))
        return ibis.union(*parts, distinct=False) if len(parts) > 1 else parts[0]

    def _open_text(self, paths: list[Path], columns: list[str]) -> ir.Table:
        parts = []
        for number, path in enumerate(paths):
            source, delimiter = _utf8(path, self.folder / f"text_{number}.csv")
            rows = self.connection.read_csv(
                str(source),
                header=True,
                all_varchar=True,
                delim=delimiter,
                quote='"',
                escape='"',
                compression="gzip" if _kind_bytes(source) == GZIP else "none",
            )
            stripped = {name.strip(): name for name in rows.columns}
            if not set(columns) <= set(stripped):  # the engine saw another header than the reader of small files
                raise InputProblems([Problem("population_not_readable", Where(path.name))])
            parts.append(self.store(rows.select(**{name: rows[stripped[name]] for name in columns})))
            if source != path:
                source.unlink()
        return ibis.union(*parts, distinct=False) if len(parts) > 1 else parts[0]


@contextmanager
def open_engine(scratch: Path | None = None, settings: EngineSettings | None = None) -> Iterator[Engine]:
    """An engine that keeps its temporary files in a folder of its own under `scratch` and deletes them at the end."""
    settings = settings or EngineSettings()
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="population_") as name:
        options: dict[str, object] = {
            "memory_limit": settings.memory,
            "temp_directory": str(Path(name) / "spill"),
            "preserve_insertion_order": False,  # without it the engine would hold rows back to keep their order
        }
        if settings.threads:
            options["threads"] = settings.threads
        connection = ibis.duckdb.connect(**options)
        try:
            connection.raw_sql("SET enable_progress_bar = false")  # it would print into the terminal of the caller
            yield Engine(connection, Path(name))
        finally:
            connection.disconnect()


def population_files(pattern: str, folder: Path, where: Where) -> list[Path]:
    """The files of a population, in order of their names; raises `InputProblems` if there is none."""
    if any(mark in pattern for mark in "*?["):
        base = Path(pattern)
        root, rest = (Path(base.anchor), base.relative_to(base.anchor)) if base.is_absolute() else (folder, base)
        paths = sorted(path for path in root.glob(str(rest)) if path.is_file())
    else:
        paths = [folder / pattern]
    if not paths or not all(path.is_file() for path in paths):
        raise InputProblems([Problem("file_not_found", where)])
    return paths


def _kind(path: Path) -> str:
    start = _kind_bytes(path)
    if start == PARQUET:
        return "parquet"
    if start == ZIP:
        return "workbook"
    with path.open("rb") as handle:
        return "text" if start == GZIP or kind_of(handle.read(4096)) == "text" else "workbook"


def _kind_bytes(path: Path) -> bytes:
    with path.open("rb") as handle:
        start = handle.read(4)
    return start if start == PARQUET else start[:2]


def _utf8(path: Path, target: Path) -> tuple[Path, str]:
    """A file the engine can read, and its delimiter: the file itself if it is UTF-8, else a copy written to `target`."""
    where = Where(path.name)
    with _bytes(path) as handle:
        head = handle.read(CHUNK)
    with _bytes(path) as handle:
        strange = _first_not_utf8(handle)
    if strange is None:
        return path, sniff_delimiter(decode(head, where, whole=False))
    encoding = _encoding(head if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else strange, where)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with _bytes(path) as source, target.open("w", encoding="utf-8", newline="") as copy:
        while chunk := source.read(CHUNK):
            copy.write(decoder.decode(chunk))
        copy.write(decoder.decode(b"", final=True))
    return target, sniff_delimiter(decode(head, where, whole=False))


def _bytes(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if _kind_bytes(path) == GZIP else path.open("rb")


def _first_not_utf8(handle: BinaryIO) -> bytes | None:
    """The part of a file where it stops being UTF-8; None if it never does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk := handle.read(CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            return chunk
        if "\0" in text:  # UTF-16 of plain letters is valid UTF-8 with zeros between
            return chunk
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return chunk
    return None


def _encoding(sample: bytes, where: Where) -> str:
    """Name of the encoding in which `sample` reads as the text reader of small files reads it."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    text = decode(sample, replace(where))
    for name in ("utf-16-le", "utf-16-be", *EIGHT_BIT):
        if sample.decode(name, errors="replace").replace("\r\n", "\n").replace("\r", "\n") == text:
            return name
    return EIGHT_BIT[0]


def as_text(column: ir.Value) -> ir.StringValue:
    """A typed column as the text its categories have elsewhere: whole numbers without decimals, dates as ISO."""
    if column.type().is_string():
        return column
    if column.type().is_floating() or column.type().is_decimal():
        number = column.cast("float64")
        whole = (number == number.floor()) & (number.abs() < 1e15)
        return whole.ifelse(number.floor().try_cast("int64").cast("string"), column.cast("string"))
    return column.cast("string")


def as_number(column: ir.Value) -> ir.FloatingValue:
    """A column as finite numbers: decimal comma or point, no thousands marks; null where it is not a number."""
    text = column.strip().replace(",", ".") if column.type().is_string() else column
    number = text.try_cast("float64")
    return (number.isnan() | number.isinf()).ifelse(ibis.null("float64"), number)
