"""Read a sheet of any workbook — XLS, XLSX, XLSB, ODS — as cells of text.

Values are read, never formulas. Cells keep their outer blanks: an indent may tell a state from its municipalities.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import python_calamine as calamine
import xlrd

from riskmodel.inputs.containers.frame import frame_of, text_of
from riskmodel.inputs.containers.old_workbooks import old_cells, old_hidden, old_sheets, open_old
from riskmodel.problems import InputProblems, Problem, Where

OLD = b"\xd0\xcf\x11\xe0"

# Cells of one sheet that fit into memory while it is read.
MOST_CELLS = 40_000_000

# A formula without a stored value: the program that wrote the file did not compute it.
UNCOMPUTED = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*><f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')

FAR_ROW = re.compile(rb'<(?:x:)?row [^>]*?\br="(\d{1,9})"')
FAR_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d')


@dataclass(frozen=True)
class Book:
    """An open workbook and the names of its sheets that hold cells, hidden ones last and in `hidden` too."""

    book: calamine.CalamineWorkbook | xlrd.Book
    sheets: tuple[str, ...]
    raw: bytes
    hidden: tuple[str, ...] = ()


def open_book(raw: bytes, where: Where) -> Book:
    """Open a workbook. Raises `InputProblems` (`workbook_damaged`, `workbook_password`)."""
    if raw.startswith(OLD):
        old = open_old(raw, where)
        return Book(old, old_sheets(old), raw, old_hidden(old))
    try:
        book = calamine.load_workbook(io.BytesIO(raw))
        told = book.sheets_metadata
    except calamine.PasswordError as error:
        raise InputProblems([Problem("workbook_password", where)]) from error
    except BaseException as error:  # a panic of the reader is no Exception
        raise _damaged(error, where) from error
    kept = [m for m in told if m.typ == calamine.SheetTypeEnum.WorkSheet]
    visible = [m.name for m in kept if m.visible == calamine.SheetVisibleEnum.Visible]
    hidden = tuple(m.name for m in kept if m.name not in visible)
    return Book(book, (*visible, *hidden), raw, hidden)


def book_cells(book: Book, sheet: str, where: Where) -> pd.DataFrame:
    """All cells of a sheet, row 0 the first of the sheet.

    Raises
    ------
    InputProblems
        `sheet_missing`, `workbook_damaged`, `file_too_large`, `sheet_far_cell`, `formula_without_value`.
    """
    if sheet not in book.sheets:
        raise InputProblems([Problem("sheet_missing", where, {"sheet": sheet, "sheets": list(book.sheets)})])
    if isinstance(book.book, xlrd.Book):
        return old_cells(book.book, sheet, where)
    check_extent(book.raw, sheet, where)
    try:
        opened = book.book.get_sheet_by_name(sheet)
        if opened.total_height * max(opened.total_width, 1) > MOST_CELLS:
            raise InputProblems([Problem("file_too_large", where, {"megabytes": 1000})])
        rows = opened.to_python(skip_empty_area=False)
    except InputProblems:
        raise
    except BaseException as error:
        raise _damaged(error, where) from error
    _check_formulas(book, sheet, where)
    width = max((len(row) for row in rows), default=0)
    columns = ([text_of(row[i]) if i < len(row) else None for row in rows] for i in range(width))
    return frame_of(columns, len(rows))


def _damaged(error: BaseException, where: Where) -> Exception:
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        raise error
    return InputProblems([Problem("workbook_damaged", where)])


def _check_formulas(book: Book, sheet: str, where: Where) -> None:
    """Formulas of an XLSX sheet whose values were never stored are told, not read as blanks."""
    rows = sorted({int(n) for part in _sheet_xml(book.raw, sheet) for n in UNCOMPUTED.findall(part)})
    if rows:
        at = Where(where.file, sheet, rows=tuple(rows[:20]))
        raise InputProblems([Problem("formula_without_value", at, {"count": len(rows)})])


def check_extent(raw: bytes, sheet: str, where: Where) -> None:
    """Refuse an XLSX sheet with a cell so far away that the room up to it does not fit into memory."""
    for part in _sheet_xml(raw, sheet):
        far = max(map(int, FAR_ROW.findall(part)), default=0)
        wide = max(map(_column_number, set(FAR_COLUMN.findall(part))), default=26)
        if far * wide > MOST_CELLS:
            at = Where(where.file, sheet, rows=(far,))
            raise InputProblems([Problem("sheet_far_cell", at, {"row": far, "columns": wide})])


def _column_number(letters: bytes) -> int:
    """Number of a column from its letters: 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_xml(raw: bytes, sheet: str) -> Iterator[bytes]:
    """The XML of a sheet of an XLSX; nothing for other kinds of workbook."""
    if not raw.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return
            listed = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
            target = _target(listed, links, sheet)
            if target in archive.namelist():
                yield archive.read(target)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, NotImplementedError):
        return  # the reader could open it; only this check cannot


def _target(listed: str, links: str, sheet: str) -> str:
    """Path of the part that holds a sheet."""
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", listed):
        name = re.search(r'\sname="([^"]*)"', tag)
        key = re.search(r'\s\w*:?id="([^"]*)"', tag)
        if name and key and _unescaped(name[1]) == sheet:
            for link in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
                if f'Id="{key[1]}"' in link and (found := re.search(r'Target="([^"]*)"', link)):
                    return found[1].lstrip("/") if found[1].startswith("/") else f"xl/{found[1]}"
    return ""


def _unescaped(text: str) -> str:
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, letter)
    return text
