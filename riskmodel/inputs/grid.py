"""Any file an office has as a grid of text cells, with what its container told.

The content decides, never the ending. Nothing is interpreted here: titles, notes and totals are cells like others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

import pandas as pd

from riskmodel.inputs.codes import without_blank_end
from riskmodel.inputs.containers.content import Content, open_content
from riskmodel.inputs.containers.dbf import read_dbf
from riskmodel.inputs.containers.pages import is_page, is_sheet_xml, read_page, read_sheet_xml, sheet_xml_names
from riskmodel.inputs.containers.parquet import parquet_text
from riskmodel.inputs.containers.statistical import read_labelled
from riskmodel.inputs.containers.text_cells import text_cells
from riskmodel.inputs.containers.workbooks import book_cells, open_book
from riskmodel.inputs.delimited import MOST_COLUMNS
from riskmodel.inputs.encodings import decode_noted
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study_reading import FixedColumn, Reading

# The beginnings of JSON (GeoJSON, TopoJSON) and XML that is no workbook.
OTHER_FORMAT = re.compile(r'[\[{]\s*["{\[]|<(!doctype|html|\?xml|table|meta|kml)')

# "text" delimited; "excel" any workbook (xls, xlsx, xlsb, ods); "html" a web page saved as a spreadsheet.
Container = Literal["text", "excel", "html", "spss", "stata", "sas", "dbf", "parquet"]


@dataclass(frozen=True)
class Grid:
    """The cells of one table or sheet, as they stand in the file.

    cells : DataFrame of dtype "string", columns 0..width-1, blank = <NA>. Index label + 1 is the row the file shows; a sample
        (`whole` False) has gaps in it. Containers that know names of columns (SPSS, Stata, DBF, Parquet) have them as row 0.
    rows : rows of the whole file, the header among them.
    sheet, sheets : the sheet read ("" where there are none) and all sheets in order, hidden ones last; hidden : these.
    encoding, delimiter : of delimited text; else "".
    columns : places of the columns of a text of fixed width; with names the text has no header.
    typed : whether numbers came as numbers (then a point is the decimal mark, and zeros at the front are gone).
    named : whether the container itself tells the names of the columns, so that row 0 is the header for certain.
    column_labels : question or title of a column by its name (SPSS, Stata).
    value_labels : label of every code by column name (SPSS, Stata); the cells hold the codes.
    notes : warnings, such as lines in another encoding.
    """

    file: str
    cells: pd.DataFrame
    container: Container
    rows: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[FixedColumn, ...] = ()
    typed: bool = False
    named: bool = False
    whole: bool = True
    column_labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def read_grid(
    path: Path,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    sample_rows: int | None = None,
    columns: tuple[FixedColumn, ...] = (),
    blanks: bool = False,
) -> Grid:
    """Read a file of any kind as a grid.

    Parameters
    ----------
    sheet : str
        Sheet of a workbook; the first when "".
    encoding, delimiter : str
        As declared; found in the file when "".
    sample_rows : int, optional
        Only about so many rows: head, middle and tail of a long file.
    columns : tuple of FixedColumn
        Places of the columns of a text of fixed width, as declared.
    blanks : bool
        Whether blanks may be found to tell columns apart: only while a file is recognised, so that it is declared.

    Raises
    ------
    InputProblems
        The file cannot be read as a table; every failure is a problem in words.
    """
    where = Where(path.name, sheet)
    content = open_content(path, Where(path.name), sheet)
    if content.member and sheet == content.member and len(content.members) > 1:
        sheet = ""  # it named the table of an archive, not a sheet of a workbook
    grid = _READERS.get(content.kind, _text)(
        content, replace(where, sheet=""), _Asked(sheet, encoding, delimiter, columns, blanks)
    )
    width = grid.cells.shape[1]
    if grid.cells.empty or not grid.cells.notna().any(axis=None):
        raise InputProblems([Problem("file_empty", replace(where, sheet=grid.sheet))])
    if width > MOST_COLUMNS:
        raise InputProblems([Problem("too_many_columns", where, {"count": width, "most": MOST_COLUMNS})])
    if len(content.members) > 1:
        grid = replace(grid, sheet=content.member, sheets=content.members)
    return grid if sample_rows is None else sampled(grid, sample_rows)


def grid_of(path: Path, reading: Reading, sample_rows: int | None = None) -> Grid:
    """The grid a reading is for. Raises as `read_grid`."""
    return read_grid(path, reading.sheet, reading.encoding, reading.delimiter, sample_rows, reading.columns)


def sheets_of(path: Path) -> list[str]:
    """Sheets of a workbook or tables of a zip, in order; empty for any other file. Raises `InputProblems` where damaged."""
    where = Where(path.name)
    try:
        content = open_content(path, where)
    except InputProblems as error:
        several = next((p for p in error.problems if p.code == "zip_several_tables"), None)
        if several is None:
            raise
        return list(cast(list[str], several.values["names"]))
    if content.kind == "workbook":
        return list(open_book(content.raw, where).sheets)
    if content.raw[:200].lstrip().startswith(b"<?xml") and is_sheet_xml(text := decode_noted(content.raw, where).text):
        return list(sheet_xml_names(text, where))
    return []


def sampled(grid: Grid, rows: int) -> Grid:
    """The head, middle and tail of a grid, about so many rows; the index keeps their places."""
    total = len(grid.cells)
    if total <= rows:
        return grid
    third = max(rows // 3, 1)
    start = (total - third) // 2
    places = sorted({*range(third), *range(start, start + third), *range(total - third, total)})
    return replace(grid, cells=grid.cells.iloc[places], whole=False)


@dataclass(frozen=True)
class _Asked:
    """What a reading declares about the container."""

    sheet: str
    encoding: str
    delimiter: str
    columns: tuple[FixedColumn, ...] = ()
    blanks: bool = False


def _text(content: Content, where: Where, asked: _Asked) -> Grid:
    """Delimited text, and what only looks like another kind: web pages and XML under the name of a spreadsheet."""
    decoded = decode_noted(content.raw, where, asked.encoding)
    text = decoded.text
    if is_sheet_xml(text):
        sheets = sheet_xml_names(text, where)
        sheet = asked.sheet or sheets[0]
        cells = read_sheet_xml(text, sheet, where)
        return Grid(where.file, cells, "excel", len(cells), sheet, sheets, typed=True)
    if is_page(text):
        cells = read_page(text, where)
        return Grid(where.file, cells, "html", len(cells), notes=decoded.notes)
    if OTHER_FORMAT.match(text[:1000].strip().lower()):
        raise InputProblems([Problem("other_format", where)])
    found = text_cells(text, where, asked.delimiter, asked.columns, asked.blanks)
    return Grid(
        where.file,
        found.cells,
        "text",
        len(found.cells),
        encoding=decoded.encoding,
        delimiter=found.delimiter,
        columns=found.columns,
        notes=(*decoded.notes, *found.notes),
    )


def _workbook(content: Content, where: Where, asked: _Asked) -> Grid:
    book = open_book(content.raw, where)
    if not book.sheets:
        raise InputProblems([Problem("file_empty", where)])
    sheet = asked.sheet or book.sheets[0]
    cells = without_blank_end(book_cells(book, sheet, where))
    return Grid(where.file, cells, "excel", len(cells), sheet, book.sheets, book.hidden, typed=True)


def _statistical(content: Content, where: Where, asked: _Asked) -> Grid:
    found = read_labelled(content.raw, content.kind, where)
    kind = KINDS[content.kind]
    return Grid(
        where.file,
        found.cells,
        kind,
        len(found.cells),
        typed=True,
        named=True,
        column_labels=found.column_labels,
        value_labels=found.value_labels,
    )


def _dbf(content: Content, where: Where, asked: _Asked) -> Grid:
    cells, encoding = read_dbf(content.raw, where, asked.encoding)
    return Grid(where.file, cells, "dbf", len(cells), encoding=encoding, typed=True, named=True)


def _parquet(content: Content, where: Where, asked: _Asked) -> Grid:
    frame = parquet_text(content.raw, where)
    names = pd.DataFrame([list(frame.columns)], columns=range(frame.shape[1]), dtype="string")
    cells = pd.concat([names, frame.set_axis(range(frame.shape[1]), axis=1)], ignore_index=True)
    return Grid(where.file, cells, "parquet", len(cells), typed=True, named=True)


def _pdf(content: Content, where: Where, asked: _Asked) -> Grid:
    raise InputProblems([Problem("not_text", where)])


KINDS: Mapping[str, Container] = {
    "spss": "spss", "spss_portable": "spss", "stata": "stata", "sas": "sas", "sas_transport": "sas",
}  # fmt: skip

_READERS: Mapping[str, Callable[[Content, Where, _Asked], Grid]] = {
    "workbook": _workbook, "dbf": _dbf, "parquet": _parquet, "pdf": _pdf, **dict.fromkeys(KINDS, _statistical),
}  # fmt: skip
