"""How the sheets of the index workbook name each other's cells."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from riskmodel.outputs.spreadsheets.plan import BEST, FACTOR, WORST, Plan

# Sheet of indicators: the row of its head, and its columns.
TABLE = 4
LABEL, SHORT, DIMENSION, DIRECTION, WEIGHT, WITHIN, BETWEEN, EFFECTIVE, UNIT_OF, SOURCE, YEAR = range(11)
# Its table of dimensions: name, number of indicators, weight, weight in the index.
D_NAME, D_COUNT, D_WEIGHT, D_SHARE = 2, 3, 4, 5


def dimension_table(plan: Plan) -> tuple[int, int]:
    """First and last row of the table of dimensions, under that of the indicators."""
    first = TABLE + len(plan.indicators) + 5
    return first, first + len(plan.dimensions) - 1


def indicator_cell(plan: Plan, position: int, column: int) -> str:
    """Where the sheet of indicators holds something of one of them."""
    return on(plan, "indicators", TABLE + 1 + position, column, fixed=True)


def dimension_cell(plan: Plan, position: int, column: int = D_NAME) -> str:
    """Where the sheet of indicators names a dimension, or holds its weight."""
    return on(plan, "indicators", dimension_table(plan)[0] + position, column, fixed=True)


def on(plan: Plan, sheet: str, row: int, column: int, fixed: bool = False) -> str:
    """A cell of another sheet."""
    return page_range(plan, sheet, xl_rowcol_to_cell(row, column, fixed, fixed))


def page_range(plan: Plan, sheet: str, place: str) -> str:
    """A range of another sheet."""
    return "'" + plan.names[sheet].replace("'", "''") + "'!" + place


def fixed(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A range that does not move: `$E$6:$I$6`."""
    ends = (
        xl_rowcol_to_cell(first_row, first_column, True, True),
        xl_rowcol_to_cell(last_row, last_column, True, True),
    )
    return ":".join(ends)


__all__ = [
    "BEST",
    "BETWEEN",
    "DIMENSION",
    "DIRECTION",
    "D_COUNT",
    "D_NAME",
    "D_SHARE",
    "D_WEIGHT",
    "EFFECTIVE",
    "FACTOR",
    "LABEL",
    "SHORT",
    "SOURCE",
    "TABLE",
    "UNIT_OF",
    "WEIGHT",
    "WITHIN",
    "WORST",
    "YEAR",
    "dimension_cell",
    "dimension_table",
    "fixed",
    "indicator_cell",
    "on",
    "page_range",
]
