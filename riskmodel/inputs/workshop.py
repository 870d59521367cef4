"""Read the points people gave to the indicators, as a workshop notes them in a table.

One row per person with a column per indicator, or one row per person and indicator. A blank is no points. Names of people
are not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from riskmodel.inputs.columns import missing_columns, rows_problem
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.read import read_noted
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study_index import Indicator, Workshop
from riskmodel.study_reading import Reading

# Points of a person are scaled to this; another sum is told.
POINTS = 100.0


def read_points(
    workshop: Workshop, indicators: Sequence[Indicator], folder: Path, reading: Reading | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Points by person and indicator.

    Returns
    -------
    DataFrame, (n_people, n_indicators)
        Columns by indicator name, none missing or negative, every row with a sum above zero; rows are numbered.
    list of Problem
        People who gave no points at all, and sums other than 100.

    Raises
    ------
    InputProblems
        A column is absent, points are no numbers or negative, an indicator has no column, or nobody gave points.
    """
    where = Where(Path(workshop.file).name, workshop.sheet)
    text, problems = read_noted(folder / workshop.file, workshop.sheet, None, reading)
    text = text.loc[text.notna().any(axis=1)]
    long = bool(workshop.indicator or workshop.points)
    if long:
        wanted = [c for c in (workshop.participant, workshop.indicator, workshop.points) if c]
        absent = missing_columns(wanted, text.columns, where)
        if len(wanted) < 3:
            absent.append(Problem("index_points_columns", Where(where.file, where.sheet, key="index.workshop")))
        raise_errors([*problems, *absent])
    points, found = (_long if long else _wide)(text, workshop, indicators, where)
    raise_errors([*problems, *found])
    empty = points.sum(axis=1) <= 0
    if empty.all():
        raise_errors([*problems, Problem("index_points_nobody", where)])
    if empty.any():
        found.append(Problem("index_points_empty", where, {"count": int(empty.sum())}, "warning"))
    points = points[~empty].reset_index(drop=True)
    other = int((points.sum(axis=1) - POINTS).abs().gt(0.5).sum())
    if other:
        found.append(Problem("index_points_scaled", where, {"count": other}, "note"))
    return points, [*problems, *found]


def _wide(
    text: pd.DataFrame, workshop: Workshop, indicators: Sequence[Indicator], where: Where
) -> tuple[pd.DataFrame, list[Problem]]:
    """A column per indicator, under its name, label or column."""
    problems: list[Problem] = []
    columns: dict[str, pd.Series] = {}
    for i in indicators:
        named = next((c for c in (i.name, i.label, i.source_column) if c and c in text.columns), "")
        if not named:
            problems.append(Problem("index_points_no_indicator", where, {"indicator": i.shown}))
            continue
        columns[i.name], noted = _points(text[named], Where(where.file, where.sheet, named))
        problems += noted
    return pd.DataFrame(columns, text.index), problems


def _long(
    text: pd.DataFrame, workshop: Workshop, indicators: Sequence[Indicator], where: Where
) -> tuple[pd.DataFrame, list[Problem]]:
    """A row per person and indicator; what a person did not name has no points."""
    known = {said: i.name for i in indicators for said in (i.source_column, i.label, i.name) if said}
    said = text[workshop.indicator].astype("string").str.strip()
    names = said.map(known)
    unknown = sorted(set(said[names.isna()].dropna()))
    problems = [Problem("index_points_unknown", where, {"name": name}) for name in unknown]
    points, noted = _points(text[workshop.points], Where(where.file, where.sheet, workshop.points))
    if unknown:
        return pd.DataFrame(), [*problems, *noted]
    table = pd.DataFrame({"person": text[workshop.participant], "name": names, "points": points})
    wide = table.pivot_table(index="person", columns="name", values="points", aggfunc="sum", fill_value=0.0)
    return wide.reindex(columns=[i.name for i in indicators], fill_value=0.0), [*problems, *noted]


def _points(column: pd.Series, where: Where) -> tuple[pd.Series, list[Problem]]:
    values, noted = as_numbers(column, where)
    return values.fillna(0.0), [*noted, *rows_problem(values < 0, "index_points_negative", where)]
