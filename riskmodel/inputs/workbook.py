"""Read a sheet of an XLSX workbook as a table of text.

Values are read, never formulas. A formula whose value was not stored is a problem, not a missing value.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd

from riskmodel.inputs.codes import without_blank_end
from riskmodel.problems import InputProblems, Problem, Where

# What openpyxl and zipfile raise on a damaged or protected workbook; its parts come from anywhere.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, RuntimeError, LookupError, ValueError, TypeError, AttributeError, OSError, SyntaxError,
    EOFError,
)  # fmt: skip

THREE_DECIMALS = re.compile(r"-?\d{1,3}\.\d{3}")


def sheet_names_of(raw: bytes, where: Where) -> list[str]:
    """Names of the worksheets in order. Raises `InputProblems` (`workbook_damaged`)."""
    try:
        return list(_open(raw).sheetnames)
    except DAMAGED as error:
        raise InputProblems([Problem("workbook_damaged", where)]) from error


def read_sheet(raw: bytes, sheet: str, where: Where, most_rows: int | None = None) -> pd.DataFrame:
    """All cells of a sheet (the first when `sheet` is ""), the header as row 0.

    Raises
    ------
    InputProblems
        `workbook_damaged`, `sheet_missing`, `formula_without_value`.
    """
    names = sheet_names_of(raw, where)
    if sheet and sheet not in names:
        raise InputProblems([Problem("sheet_missing", where, {"sheet": sheet, "sheets": names})])
    name = sheet or names[0]
    try:
        values = _cells(raw, name, values=True, most_rows=most_rows)
        if _has_formulas(raw):
            formulas = _cells(raw, name, values=False, most_rows=most_rows)
            _check_formulas(values, formulas, replace(where, sheet=name))
    except DAMAGED as error:
        raise InputProblems([Problem("workbook_damaged", where)]) from error
    width = max((len(row) for row in values), default=0)
    table = [[cell_text(v) for v in row] + [None] * (width - len(row)) for row in values]
    frame = pd.DataFrame(table, columns=range(width), dtype="string")
    return without_blank_end(frame)


def cell_text(value: object) -> str | None:
    """Text of a typed cell. Whole numbers have no decimals; dates are ISO.

    A number with three decimals gets a zero more ("1.234" -> "1.2340"), so that nobody takes its point for a
    thousands mark: a typed number is known, only typed-in text is doubtful.
    """
    if value is None or value != value:  # NaN is not itself
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text + "0" if THREE_DECIMALS.fullmatch(text) else text
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value).strip() or None


def _open(raw: bytes, data_only: bool = True) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and other parts that are not read
        return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only)


def _cells(raw: bytes, name: str, values: bool, most_rows: int | None) -> list[tuple[object, ...]]:
    book = _open(raw, data_only=values)
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # some programs store a wrong size
        return list(sheet.iter_rows(max_row=most_rows, values_only=True))
    finally:
        book.close()


def _has_formulas(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return any(re.search(rb"<f[ >]", archive.read(n)) for n in sheets)


def _check_formulas(values: list[tuple[object, ...]], formulas: list[tuple[object, ...]], where: Where) -> None:
    rows = [
        number
        for number, (shown, written) in enumerate(zip(values, formulas, strict=False), start=1)
        if any(v is None and isinstance(f, str) and f.startswith("=") for v, f in zip(shown, written, strict=False))
    ]
    if rows:
        at = replace(where, rows=tuple(rows[:20]))
        raise InputProblems([Problem("formula_without_value", at, {"count": len(rows)})])
