"""What is wrong with an input, as data: a code, a place, values.

The library never words a problem; `riskmodel.i18n.say` does, in the reader's language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

Severity = Literal["error", "warning", "note"]

# Category of the children for whom a determinant is missing, where the model has one. It travels in `model.json`; a person
# reads "not stated".
MISSING_CATEGORY = "(missing)"


@dataclass(frozen=True)
class Where:
    """Place of a problem; empty parts are unknown or do not apply.

    `rows` are those a spreadsheet shows (the header is row 1). `key` and `line` point into a study file.
    """

    file: str = ""
    sheet: str = ""
    column: str = ""
    rows: tuple[int, ...] = ()
    key: str = ""
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """One thing found in an input. `values` are named parts of its wording, never a person's data."""

    code: str
    where: Where = field(default_factory=Where)
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def as_warning(self) -> Problem:
        return replace(self, severity="warning")


class InputProblems(Exception):
    """Raised when an input cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(", ".join(sorted({p.code for p in self.problems})))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise `InputProblems` with all problems if one of them is an error."""
    found = tuple(problems)
    if any(p.is_error for p in found):
        raise InputProblems(found)


def spreadsheet_rows(index: Iterable[int], most: int = 20) -> tuple[int, ...]:
    """Rows as a spreadsheet shows them, from positions 0.. under one header row; at most `most`."""
    return tuple(int(i) + 2 for i in list(index)[:most])


def problems_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """One row per problem, for `problems.csv`: severity, code, file, sheet, column, rows, key, values (JSON)."""
    columns = ["severity", "code", "file", "sheet", "column", "rows", "key", "values"]
    rows = [
        {
            "severity": p.severity,
            "code": p.code,
            "file": p.where.file,
            "sheet": p.where.sheet,
            "column": p.where.column,
            "rows": " ".join(map(str, p.where.rows)),
            "key": p.where.key,
            "values": json.dumps(dict(p.values), ensure_ascii=False, default=str),
        }
        for p in problems
    ]
    return pd.DataFrame(rows, columns=columns)


def problems_of(table: pd.DataFrame) -> tuple[Problem, ...]:
    """The problems of a table that `problems_table` made, so that they can be said in any language."""
    return tuple(
        Problem(
            row["code"],
            Where(row["file"], row["sheet"], row["column"], tuple(int(r) for r in row["rows"].split()), row["key"]),
            json.loads(row["values"]),
            row["severity"],
        )
        for row in table.fillna("").to_dict("records")
    )
