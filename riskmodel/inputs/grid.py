"""Any file an office has as a grid of text cells, with what its container told.

The content decides, never the ending. Nothing is interpreted here: titles, notes and totals are cells like others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from riskmodel.problems import Problem

# "text" delimited; "excel" any workbook (xls, xlsx, xlsb, ods); "html" a web page saved as a spreadsheet.
Container = Literal["text", "excel", "html", "spss", "stata", "sas", "dbf", "parquet"]


@dataclass(frozen=True)
class Grid:
    """The cells of one table or sheet, as they stand in the file.

    cells : DataFrame of dtype "string", columns 0..width-1, blank = <NA>. Index label + 1 is the row the file shows; a sample
        (`whole` False) has gaps in it. Containers that know names of columns (SPSS, Stata, DBF, Parquet) have them as row 0.
    rows : rows of the whole file, the header among them.
    sheet, sheets : the sheet read ("" where there are none) and all sheets in order.
    encoding, delimiter : of delimited text; else "".
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
    encoding: str = ""
    delimiter: str = ""
    typed: bool = False
    named: bool = False
    whole: bool = True
    column_labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def read_grid(
    path: Path, sheet: str = "", encoding: str = "", delimiter: str = "", sample_rows: int | None = None
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

    Raises
    ------
    InputProblems
        The file cannot be read as a table; every failure is a problem in words.
    """
    raise NotImplementedError
