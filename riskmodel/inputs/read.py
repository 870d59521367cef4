"""Read any table an office has — delimited text, XLSX, Parquet — as text.

The kind of file is known by its content. All columns come as text, blanks as missing: whether "001" is a code or a
number is for the study to say.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from riskmodel.inputs.codes import as_codes, canonical, trimmed, without_blank_end
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.delimited import decode, read_delimited
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.workbook import cell_text, read_sheet, sheet_names_of
from riskmodel.problems import InputProblems, Problem, Where, raise_errors

__all__ = ["as_codes", "as_numbers", "canonical", "read_noted", "read_table", "sha256", "sheet_names", "table_columns"]

GZIP, ZIP, PARQUET, OLD_EXCEL, PDF = b"\x1f\x8b", b"PK", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF"

# The beginnings of JSON (GeoJSON, TopoJSON), HTML and XML.
OTHER_FORMAT = re.compile(r'[\[{]\s*["{\[]|<(!doctype|html|\?xml|table|meta|kml)')

WORKBOOK_ENDINGS = (".xlsx", ".xlsm")

# The beginning of a file that holds its header, whatever its length.
HEAD_SIZE = 1_000_000
HEAD_ROWS = 50


def read_table(path: Path, sheet: str = "", columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table; see `read_noted`, which also gives the warnings."""
    return read_noted(path, sheet, columns)[0]


def read_noted(path: Path, sheet: str = "", columns: Sequence[str] | None = None) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a table and what was noticed on the way.

    Parameters
    ----------
    path : Path
        CSV with any delimiter and encoding, also gzipped; XLSX; Parquet.
    sheet : str
        Sheet of a workbook; the first when "".
    columns : sequence of str, optional
        Keep only these, in this order; all of them must exist.

    Returns
    -------
    DataFrame
        Every column of dtype "string", outer blanks off, blank = <NA>; RangeIndex of the data rows in file order, so
        the spreadsheet row is index + 2.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        The file cannot be read as a table, or lacks a column.
    """
    where = Where(path.name)
    raw = _content(path, where)
    if raw.startswith(PARQUET):
        return _read_parquet(path, columns, where), []
    notes: list[Problem] = []
    if raw.startswith(ZIP):
        cells = read_sheet(raw, sheet, where)
        where = replace(where, sheet=sheet)
    else:
        cells, notes = read_delimited(_text(raw, where), where)
    if cells.empty:
        raise InputProblems([Problem("file_empty", where)])
    frame, found = _with_header(cells, where)
    notes += found
    if columns is not None:
        raise_errors(missing_columns(columns, frame.columns, where))
        frame = frame[list(columns)]
    frame = _stripped(frame)
    if frame.empty:
        raise InputProblems([Problem("no_rows", where)])
    return frame, notes


def table_columns(path: Path, sheet: str = "") -> list[str]:
    """Names of the columns, from the beginning of the file only. Raises `InputProblems` like `read_table`."""
    where = Where(path.name)
    raw = _content(path, where, HEAD_SIZE)
    if raw.startswith(PARQUET):
        return _parquet_names(path, where)
    if raw.startswith(ZIP):
        cells = read_sheet(_content(path, where), sheet, where, HEAD_ROWS)
    else:
        whole = len(raw) < HEAD_SIZE
        text = _text(raw, where, whole)
        cells = read_delimited("\n".join(text.split("\n")[:HEAD_ROWS]) if '"' not in text else text, where)[0]
    if cells.empty:
        raise InputProblems([Problem("file_empty", where)])
    return list(_with_header(cells, where)[0].columns)


def sheet_names(path: Path) -> list[str]:
    """Sheets of a workbook in order; empty for any other file. Raises `InputProblems` for a damaged workbook."""
    where = Where(path.name)
    raw = _content(path, where)
    return sheet_names_of(raw, where) if raw.startswith(ZIP) else []


def sha256(path: Path) -> str:
    """Fingerprint of the bytes of a file, in hexadecimal. Raises `InputProblems` if it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputProblems([Problem("file_not_found", Where(path.name))]) from error


def _content(path: Path, where: Where, most: int = -1) -> bytes:
    """Bytes of the file (unzipped if gzipped), about `most`; refuses kinds that are no tables."""
    try:
        with path.open("rb") as handle:
            start = handle.read(len(PARQUET))
            raw = start if start == PARQUET else start + handle.read(most)  # Parquet is read by its own reader
        if raw.startswith(GZIP):
            with gzip.open(path) as unzipped:
                raw = unzipped.read(most)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputProblems([Problem("gzip_damaged", where)]) from error
    except OSError as error:
        raise InputProblems([Problem("file_not_found", where)]) from error
    if not raw.strip():
        raise InputProblems([Problem("file_empty", where)])
    if raw.startswith(OLD_EXCEL):
        raise InputProblems([Problem("old_excel", where)])
    if raw.startswith(PDF):
        raise InputProblems([Problem("not_text", where)])
    if path.suffix.lower() in WORKBOOK_ENDINGS and not raw.startswith(ZIP):
        raise InputProblems([Problem("not_a_workbook", where)])
    if path.suffix.lower() == ".parquet" and not raw.startswith(PARQUET):
        raise InputProblems([Problem("not_parquet", where)])
    if raw.startswith(ZIP) and most < 0 and b"xl/workbook.xml" not in raw:
        raise InputProblems([Problem("zip_not_table", where)])
    return raw


def _text(raw: bytes, where: Where, whole: bool = True) -> str:
    text = decode(raw, where, whole)
    start = text[:1000].strip().lower()
    if not start:
        raise InputProblems([Problem("file_empty", where)])
    if OTHER_FORMAT.match(start):
        raise InputProblems([Problem("other_format", where)])
    return text


def _with_header(cells: pd.DataFrame, where: Where) -> tuple[pd.DataFrame, list[Problem]]:
    """The body under its header; nameless columns are left out if blank and named by position if not."""
    names = [str(v).strip() if isinstance(v, str) else "" for v in cells.iloc[0]]
    body = cells.iloc[1:].reset_index(drop=True)
    filled = body.notna().any().to_list()
    keep = [i for i, name in enumerate(names) if name or filled[i]]
    nameless = [i for i in keep if not names[i]]
    if not keep or len(nameless) > len(keep) / 2:
        values = {"cells": len(keep) - len(nameless), "usual": len(keep)}
        raise InputProblems([Problem("title_rows", replace(where, rows=(1,)), values)])
    notes = []
    for i in nameless:
        names[i] = f"column_{i + 1}"
        notes.append(Problem("column_without_name", replace(where, column=names[i]), {"position": i + 1}, "warning"))
    twice = [name for name, times in Counter(names[i] for i in keep).items() if times > 1]
    if twice:
        raise InputProblems([Problem("column_twice", replace(where, column=name)) for name in twice])
    body = body.iloc[:, keep]
    body.columns = pd.Index([names[i] for i in keep], dtype="object")
    return body, notes


def _stripped(frame: pd.DataFrame) -> pd.DataFrame:
    """Outer blanks off, blank as missing, blank rows at the end dropped."""
    return without_blank_end(pd.DataFrame({name: trimmed(frame[name]) for name in frame.columns}))


def _parquet_names(path: Path, where: Where) -> list[str]:
    try:
        # pandas stores its row labels as a column of this name
        return [name for name in pq.read_schema(path).names if not name.startswith("__index_level_")]
    except (pa.ArrowException, OSError) as error:
        raise InputProblems([Problem("not_parquet", where)]) from error


def _read_parquet(path: Path, columns: Sequence[str] | None, where: Where) -> pd.DataFrame:
    names = _parquet_names(path, where)
    if columns is not None:
        raise_errors(missing_columns(columns, names, where))
    try:
        table = pq.read_table(path, columns=names if columns is None else list(columns))
    except (pa.ArrowException, OSError) as error:
        raise InputProblems([Problem("not_parquet", where)]) from error
    if table.num_rows == 0:
        raise InputProblems([Problem("no_rows", where)])
    text = {name: _arrow_text(table.column(name)) for name in table.column_names}
    return pd.DataFrame({name: trimmed(text[name]) for name in (names if columns is None else columns)})


def _arrow_text(column: pa.ChunkedArray) -> pd.Series:
    """A typed column as text, by the same rules as the cells of a workbook; distinct values are worded once."""
    kind = column.type
    if (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_null(kind)
    ):
        return pd.Series(column.cast(pa.large_string()).to_pandas().array, dtype="string")
    cells = column.combine_chunks()
    codes = cells if pa.types.is_dictionary(kind) else cells.dictionary_encode()
    words = pd.array([cell_text(v) for v in codes.dictionary.to_pylist()], dtype="string")
    return pd.Series(
        words.take(codes.indices.fill_null(-1).to_numpy(zero_copy_only=False), allow_fill=True), dtype="string"
    )
