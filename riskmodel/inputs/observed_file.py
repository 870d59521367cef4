"""Read observed rates from a table of their own, to hold finished results against them.

The columns are named as in `[observed]` of a study. Every area of the table has one row; an area that the results do not
know is told and left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.area_codes import check_area_codes, check_key
from riskmodel.inputs.codes import as_codes
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.observed import OBSERVED_COLUMNS, check_observed, observed_columns, with_observed
from riskmodel.inputs.read import read_noted
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import Observed
from riskmodel.study_reading import Reading


@dataclass(frozen=True)
class ObservedFile:
    """A table of observed rates: where it is, its key, and its columns as a study names them."""

    path: Path
    area_code: str
    columns: Observed
    sheet: str = ""
    reading: Reading | None = None


def read_observed(source: ObservedFile, known: Iterable[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read and check the table.

    Parameters
    ----------
    known : codes of the areas of the results

    Returns
    -------
    DataFrame
        area_code (string), observed (proportion), observed_n (effective number of children, may be missing); a row per
        area of the table.
    list of Problem
        Warnings.

    Raises
    ------
    InputProblems
        Every error found, and the warnings with them.
    """
    where = Where(source.path.name, source.sheet)
    text, problems = read_noted(source.path, source.sheet, None, source.reading)
    named = observed_columns(source.columns)
    raise_errors([*problems, *missing_columns([source.area_code, *named.values()], text.columns, where)])
    text = text.loc[text.notna().any(axis=1)]
    codes = as_codes(text[source.area_code])
    problems += check_key(codes, replace(where, column=source.area_code))
    read = {}
    for name, column in named.items():
        read[name], noted = as_numbers(text[column], replace(where, column=column), quote=True)
        problems += noted
    raise_errors(problems)
    problems += check_observed(source.columns, read, dict.fromkeys(named, where))
    problems += check_area_codes(known, codes, "areas.csv", source.path.name)
    raise_errors(problems)
    rates = with_observed(pd.DataFrame(read, index=text.index), source.columns)
    return rates[OBSERVED_COLUMNS].assign(area_code=codes.astype("string")).reset_index(drop=True), problems
