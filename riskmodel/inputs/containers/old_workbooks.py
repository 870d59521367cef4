"""Read a sheet of an old binary workbook (XLS) as cells of text.

Its reader knows the limits of the format, 65,536 rows and 256 columns: a damaged file cannot ask for more memory than that.
"""

from __future__ import annotations

import io

import pandas as pd
import xlrd

from riskmodel.inputs.containers.frame import frame_of, text_of
from riskmodel.problems import InputProblems, Problem, Where

# A newer workbook under a password hides in the container of the old ones.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_old(raw: bytes, where: Where) -> xlrd.Book:
    """Open a workbook. Raises `InputProblems` (`workbook_damaged`, `workbook_password`)."""
    try:
        return xlrd.open_workbook(file_contents=raw, logfile=io.StringIO(), on_demand=True)
    except Exception as error:  # whatever a damaged file makes of the reader
        locked = ENCRYPTED in raw or "encrypted" in str(error).lower()
        raise InputProblems([Problem("workbook_password" if locked else "workbook_damaged", where)]) from error


def old_sheets(book: xlrd.Book) -> tuple[str, ...]:
    """Names of the sheets, hidden ones last."""
    hidden = old_hidden(book)
    return (*(n for n in book.sheet_names() if n not in hidden), *hidden)


def old_hidden(book: xlrd.Book) -> tuple[str, ...]:
    """Names of the sheets that are hidden."""
    return tuple(name for name, kind in zip(book.sheet_names(), book._sheet_visibility, strict=False) if kind)


def old_cells(book: xlrd.Book, sheet: str, where: Where) -> pd.DataFrame:
    """All cells of a sheet, row 0 the first of the sheet. Raises `InputProblems` (`workbook_damaged`)."""
    try:
        page = book.sheet_by_name(sheet)
        rows = [[_value(cell, book.datemode) for cell in page.row(i)] for i in range(page.nrows)]
    except Exception as error:
        raise InputProblems([Problem("workbook_damaged", where)]) from error
    width = max((len(row) for row in rows), default=0)
    columns = ([text_of(row[i]) if i < len(row) else None for row in rows] for i in range(width))
    return frame_of(columns, len(rows))


def _value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    """A cell as its type says; dates that are none stay numbers, errors their text."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value
