"""Read any table an office has — delimited text, workbooks, files of statistical programs, Parquet — as text.

The kind of file is known by its content. All columns come as text, blanks as missing: whether "001" is a code or a
number is for the study to say. A table that does not begin in the first row is read as a declared reading says.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.apply_reading import RegisterReader, apply_reading
from riskmodel.inputs.codes import as_codes, canonical, trimmed, without_blank_end
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.containers.content import gunzipped, kind_of
from riskmodel.inputs.containers.pages import is_page, is_sheet_xml
from riskmodel.inputs.containers.parquet import parquet_names, parquet_text
from riskmodel.inputs.containers.workbooks import check_extent
from riskmodel.inputs.delimited import decode_noted, read_delimited, whole_records
from riskmodel.inputs.grid import OTHER_FORMAT, grid_of, read_grid, sheets_of
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.workbook import read_sheet, sheet_names_of
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study_reading import Reading

__all__ = ["as_codes", "as_numbers", "canonical", "read_noted", "read_table", "sha256", "sheet_names", "table_columns"]

GZIP, ZIP, PARQUET = b"\x1f\x8b", b"PK", b"PAR1"

# The beginning of a file that holds its header, whatever its length.
HEAD_SIZE = 1_000_000
HEAD_ROWS = 50


def read_table(
    path: Path, sheet: str = "", columns: Sequence[str] | None = None, reading: Reading | None = None
) -> pd.DataFrame:
    """Read a table; see `read_noted`, which also gives the warnings."""
    return read_noted(path, sheet, columns, reading)[0]


def read_noted(
    path: Path,
    sheet: str = "",
    columns: Sequence[str] | None = None,
    reading: Reading | None = None,
    register: RegisterReader | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a table and what was noticed on the way.

    Parameters
    ----------
    path : Path
        Delimited text with any delimiter and encoding; XLS, XLSX, XLSB, ODS; a web page or XML saved as a workbook; SPSS,
        Stata, SAS, DBF; Parquet; any of these gzipped or alone in a zip.
    sheet : str
        Sheet of a workbook or table of a zip; the first when "".
    columns : sequence of str, optional
        Keep only these, in this order; all of them must exist.
    reading : Reading, optional
        How the table is to be taken from the file; without one its first row is the header.
    register : callable, optional
        Gives the table of a register (`inputs.study_table`); needed where the reading takes codes by name.

    Returns
    -------
    DataFrame
        Every column of dtype "string", outer blanks off, blank = <NA>; in file order, so the spreadsheet row is index + 2.
        Without a reading a RangeIndex of all data rows.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        The file cannot be read as a table, or lacks a column.
    """
    where = Where(path.name, sheet)
    if reading is not None and not reading.is_plain:
        reading = _only_needed(reading, columns)
        grid = grid_of(path, reading.model_copy(update={"sheet": reading.sheet or sheet}))
        applied = apply_reading(grid, reading, register)
        frame, notes = applied.table, list(applied.problems)
        where = replace(where, sheet=reading.sheet or sheet)
    else:
        frame, notes = _plain_table(path, sheet, columns)
    if columns is not None:
        raise_errors(missing_columns(columns, frame.columns, where))
        frame = frame[list(columns)]
    if frame.empty:
        raise InputProblems([Problem("no_rows", where)])
    return frame, notes


def _names_stay(reading: Reading) -> bool:
    """Whether a reading cuts columns and neither renames, makes nor drops any."""
    return reading.model_copy(update={"columns": (), "encoding": "", "leave_out": (), "marks": (), "tidy": ()}).is_plain


def _only_needed(reading: Reading, columns: Sequence[str] | None) -> Reading:
    """The reading of microdata without the columns that nobody asks for and that no part of it names."""
    if columns is None or not reading.columns or not reading.columns[0].name:
        return reading
    parts = reading.model_dump_json(exclude={"columns"})
    kept = [c for c in reading.columns if c.name in columns or json.dumps(c.name, ensure_ascii=False) in parts]
    return reading.model_copy(update={"columns": tuple(kept) or reading.columns})


def table_columns(
    path: Path, sheet: str = "", reading: Reading | None = None, register: RegisterReader | None = None
) -> list[str]:
    """Names of the columns, from the beginning of the file only where it can be. Raises `InputProblems` like `read_table`."""
    if reading is not None and reading.columns and reading.columns[0].name and _names_stay(reading):
        return [column.name for column in reading.columns]
    if reading is not None and not reading.is_plain:
        return list(read_noted(path, sheet, None, reading, register)[0].columns)
    where = Where(path.name)
    raw = _content(path, where, HEAD_SIZE)
    if raw.startswith(PARQUET):
        return parquet_names(path, where)
    if raw.startswith(ZIP):  # its table of contents stands at its end
        raw = _content(path, where)
    if _is_xlsx(raw):
        cells = read_sheet(raw, sheet, where, HEAD_ROWS)
    elif not _is_text(raw):
        return list(_plain_table(path, sheet, None)[0].columns)
    else:
        whole = len(raw) < HEAD_SIZE
        text = _text(raw, where, whole)[0]
        cells = read_delimited("\n".join(text.split("\n")[:HEAD_ROWS]) if '"' not in text else text, where)[0]
    if cells.empty:
        raise InputProblems([Problem("file_empty", where)])
    return list(_with_header(cells, where)[0].columns)


def sheet_names(path: Path) -> list[str]:
    """Sheets of a workbook or tables of a zip, in order; empty for any other file. Raises `InputProblems` where damaged."""
    return sheets_of(path)


def sha256(path: Path) -> str:
    """Fingerprint of the bytes of a file, in hexadecimal. Raises `InputProblems` if it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputProblems([Problem("file_not_found", Where(path.name))]) from error


def _plain_table(path: Path, sheet: str, columns: Sequence[str] | None) -> tuple[pd.DataFrame, list[Problem]]:
    """The table of a file whose first row is its header."""
    where = Where(path.name)
    raw = _content(path, where)
    notes: list[Problem] = []
    if raw.startswith(PARQUET):
        if columns is not None:
            raise_errors(missing_columns(columns, parquet_names(path, where), where))
        return parquet_text(path, where, columns), []
    if _is_xlsx(raw):
        check_extent(raw, sheet or next(iter(sheet_names_of(raw, where)), ""), where)
        cells = read_sheet(raw, sheet, where)
        where = replace(where, sheet=sheet)
    elif _is_text(raw):
        text, notes = _text(raw, where)
        cells, found = read_delimited(text, where)
        notes += found
    else:
        grid = read_grid(path, sheet)
        cells, notes = grid.cells, list(grid.notes)
        where = replace(where, sheet=sheet)
    if cells.empty:
        raise InputProblems([Problem("file_empty", where)])
    frame, found = _with_header(cells, where)
    return _stripped(frame), notes + found


def _content(path: Path, where: Where, most: int = -1) -> bytes:
    """Bytes of the file (unzipped if gzipped), about `most`."""
    try:
        with path.open("rb") as handle:
            start = handle.read(len(PARQUET))
            raw = start if start == PARQUET else start + handle.read(most)  # Parquet is read by its own reader
        if raw.startswith(GZIP):
            raw = gunzipped(raw, where) if most < 0 else _beginning(path, most)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputProblems([Problem("gzip_damaged", where)]) from error
    except OSError as error:
        raise InputProblems([Problem("file_not_found", where)]) from error
    if not raw.strip():
        raise InputProblems([Problem("file_empty", where)])
    return raw


def _beginning(path: Path, most: int) -> bytes:
    with gzip.open(path) as unzipped:
        return unzipped.read(most)


def _is_xlsx(raw: bytes) -> bool:
    return raw.startswith(ZIP) and b"xl/workbook.xml" in raw


def _is_text(raw: bytes) -> bool:
    """Whether the bytes are delimited text, as far as their beginning shows."""
    if raw.startswith(ZIP) or kind_of(raw) != "text":
        return False
    start = raw[:6000].decode("latin-1")
    return not (is_page(start) or is_sheet_xml(start))


def _text(raw: bytes, where: Where, whole: bool = True) -> tuple[str, list[Problem]]:
    decoded = decode_noted(raw, where)
    text = decoded.text if whole else whole_records(decoded.text)
    start = text[:1000].strip().lower()
    if not start:
        raise InputProblems([Problem("file_empty", where)])
    if OTHER_FORMAT.match(start):
        raise InputProblems([Problem("other_format", where)])
    return text, list(decoded.notes)


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
