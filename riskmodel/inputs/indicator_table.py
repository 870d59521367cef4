"""Read the table of indicators as an official edits it in a spreadsheet.

Its heads are those of `outputs.tables.indicator_table`; only `indicator` (or `column`) is needed. Every wrong cell is told
with its row.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from riskmodel.inputs.columns import rows_problem
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.read import read_noted
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study_index import Indicator
from riskmodel.study_reading import Reading

TEXTS = ("label", "column", "dimension", "unit", "source")
NUMBERS = ("direction", "weight", "year", "best", "worst", "reference")


def read_indicators(path: Path, sheet: str = "", reading: Reading | None = None) -> tuple[Indicator, ...]:
    """The indicators of a table, in its order.

    Raises
    ------
    InputProblems
        No head is known, a name is not fit for one or comes twice, a direction is neither 1 nor −1, a weight is not above
        zero, a number cannot be read.
    """
    text, problems = read_noted(path, sheet, None, reading)
    where = Where(path.name, sheet)
    text = text.rename(columns={c: str(c).strip().lower() for c in text.columns})
    text = text.loc[text.notna().any(axis=1)]
    if "indicator" not in text:
        raise_errors([*problems, Problem("indicator_table_heads", where, {"heads": ["indicator", *TEXTS, *NUMBERS]})])
    names = text["indicator"].astype("string").str.strip()
    problems += rows_problem(names.isna(), "indicator_table_no_name", where)
    problems += rows_problem(names.duplicated() & names.notna(), "indicator_table_twice", where)
    bad = ~names.fillna("a").str.fullmatch(r"[a-z][a-z0-9_]*")
    problems += rows_problem(bad, "indicator_table_name", where)
    read: dict[str, pd.Series] = {}
    for key in (k for k in NUMBERS if k in text):
        read[key], found = as_numbers(text[key], replace(where, column=key), quote=True)
        problems += [p for p in found if p.is_error]
    if "direction" in read:
        wrong = read["direction"].notna() & ~read["direction"].isin([1, -1])
        problems += rows_problem(wrong, "indicator_table_direction", replace(where, column="direction"))
    if "weight" in read:
        problems += rows_problem(read["weight"] <= 0, "indicator_table_weight", replace(where, column="weight"))
    raise_errors(problems)
    found_rows = [_indicator(text.loc[i], {k: v.loc[i] for k, v in read.items()}) for i in text.index]
    return tuple(found_rows)


def _indicator(row: pd.Series, numbers: dict[str, float]) -> Indicator:
    given: dict[str, object] = {"name": str(row["indicator"]).strip()}
    given |= {k: str(row[k]).strip() for k in TEXTS if k in row and pd.notna(row[k])}
    given |= {k: float(v) for k, v in numbers.items() if pd.notna(v)}
    for key in ("direction", "year"):
        if key in given:
            given[key] = int(float(str(given[key])))
    try:
        return Indicator.model_validate(given)
    except ValidationError as error:  # what the checks above do not know, such as a year with decimals
        raise_errors([Problem("indicator_table_row", values={"name": given["name"]})])
        raise AssertionError from error
