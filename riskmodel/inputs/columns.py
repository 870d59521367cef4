"""Problems of columns that any table shares: a column that is not there, a name taken.

A missing column is told with the names that look like it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from riskmodel.problems import Problem, Severity, Where, spreadsheet_rows

# More names than this would bury the message.
NAMES_SHOWN = 30


def missing_columns(
    wanted: Iterable[str], available: Iterable[str], where: Where, keys: Mapping[str, str] | None = None
) -> list[Problem]:
    """One `column_missing` for each wanted column that the table lacks.

    `keys` gives the key of the study file that names a column. Values of the problem: `near` (names that look like it,
    or all names if none does).
    """
    names = list(available)
    problems = []
    for column in dict.fromkeys(wanted):
        if column not in names:
            at = replace(where, column=column, key=(keys or {}).get(column, ""))
            problems.append(Problem("column_missing", at, {"near": near_names(column, names)}))
    return problems


def near_names(column: str, names: list[str]) -> list[str]:
    """Up to three names like `column`, accents and case aside; if none is, the names themselves."""
    plain = {_plain(name): name for name in reversed(names)}
    near = difflib.get_close_matches(_plain(column), list(plain), 3)
    if near:
        return [plain[name] for name in near]
    return names if len(names) <= NAMES_SHOWN else [*names[:NAMES_SHOWN], "…"]


def reserved_names(names: Iterable[str], reserved: Iterable[str], key: str) -> list[Problem]:
    """`name_reserved` for each name that a column of the result already has."""
    taken = set(reserved)
    return [Problem("name_reserved", Where(key=key), {"name": name}) for name in names if name in taken]


def rows_problem(
    bad: pd.Series,
    code: str,
    where: Where,
    values: Mapping[str, object] | None = None,
    severity: Severity = "error",
) -> list[Problem]:
    """One problem with the rows where `bad` is True and their `count`; none if it is nowhere.

    `bad` is indexed by position in the file, so the spreadsheet row is label + 2.
    """
    rows = bad.index[bad.fillna(False).to_numpy(bool)]
    if len(rows) == 0:
        return []
    at = replace(where, rows=spreadsheet_rows(rows))
    return [Problem(code, at, {"count": len(rows), **(values or {})}, severity)]


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
