"""Tables that an official fills in or edits in a spreadsheet: the empty table of areas, the table of indicators.

Codes are formatted as text, so that a spreadsheet keeps their leading zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from riskmodel.study_index import Indicator

# Rows of the empty table whose codes are formatted as text.
EMPTY_ROWS = 3000

INDICATOR_HEADS = (
    "indicator", "label", "column", "dimension", "direction", "weight", "unit", "source", "year", "best", "worst", "reference",
)  # fmt: skip


def empty_table(columns: Sequence[str], codes: Sequence[str]) -> bytes:
    """A workbook with one sheet: the heads, and nothing below; columns of `codes` hold text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "1"
    _heads(sheet, columns)
    for position, head in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = 16
        if head in codes:
            for row in range(2, EMPTY_ROWS + 2):
                sheet.cell(row, position).number_format = "@"
    return _bytes(book)


def indicator_table(indicators: Sequence[Indicator]) -> bytes:
    """The table of indicators as a workbook; `inputs.indicator_table` reads it back."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "indicators"
    _heads(sheet, INDICATOR_HEADS)
    for row, i in enumerate(indicators, start=2):
        values = (i.name, i.label, i.source_column, i.dimension, i.direction, i.weight, i.unit, i.source, i.year)
        for column, value in enumerate((*values, i.best, i.worst, i.reference), start=1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # text that begins like a formula stays text
    for position, width in enumerate((20, 44, 30, 28, 10, 8, 14, 30, 8, 10, 10, 10), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    return _bytes(book)


def _heads(sheet, heads: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    for position, head in enumerate(heads, start=1):
        cell = sheet.cell(1, position, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"


def _bytes(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
