"""Describe the columns of a table for the person who chooses among them.

Only numbers show their range; of text only the number of categories is told, since a cell may hold a person's name.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.read import read_table, table_columns
from riskmodel.problems import Where
from riskmodel.study_reading import Reading

DESCRIPTION_COLUMNS = ("column", "kind", "missing", "distinct", "minimum", "maximum")


def column_names(path: Path, sheet: str = "", reading: Reading | None = None) -> list[str]:
    """Names of the columns of a table. Raises `InputProblems`."""
    return table_columns(path, sheet, reading)


def describe_columns(path: Path, sheet: str = "", reading: Reading | None = None) -> pd.DataFrame:
    """One row per column of a table.

    Returns
    -------
    DataFrame
        column; kind: "number", "code" (digits with leading zeros, or whole numbers of one length that are all
        different), "text" or "empty"; missing and distinct (counts); minimum and maximum (float, numbers only).

    Raises
    ------
    InputProblems
        The file cannot be read.
    """
    table = read_table(path, sheet, None, reading)
    rows = [_describe(table[name]) for name in table.columns]
    return pd.DataFrame(rows, columns=list(DESCRIPTION_COLUMNS))


def _describe(column: pd.Series) -> dict[str, object]:
    present = column.dropna()
    distinct = pd.Series(present.unique(), dtype="string")
    described: dict[str, object] = {
        "column": column.name,
        "missing": int(column.isna().sum()),
        "distinct": len(distinct),
        "minimum": float("nan"),
        "maximum": float("nan"),
    }
    if distinct.empty:
        return described | {"kind": "empty"}
    if _is_code(distinct, len(column)):
        return described | {"kind": "code"}
    numbers, problems = as_numbers(distinct, Where())
    if any(p.is_error for p in problems) or numbers.isna().all():
        return described | {"kind": "text"}
    return described | {"kind": "number", "minimum": float(numbers.min()), "maximum": float(numbers.max())}


def _is_code(distinct: pd.Series, rows: int) -> bool:
    """Digits that are a name and not an amount."""
    if not distinct.str.fullmatch(r"\d+").all():
        return False
    if distinct.str.match(r"0\d").any():
        return True
    return len(distinct) == rows and rows > 1 and distinct.str.len().nunique() == 1 and len(distinct.iloc[0]) > 3
