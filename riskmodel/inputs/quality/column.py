"""Tell what kind of column one is, and read its numbers where it has them.

A column is one of numbers when nine of ten filled rows can be read as numbers; the others are told, never dropped without a
word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import WHOLE_WITH_DECIMALS
from riskmodel.inputs.numbers import MISSING_MARKS, as_numbers
from riskmodel.inputs.quality.roles import Role
from riskmodel.inputs.quality.sketch import quantiles
from riskmodel.inputs.quality.source import Source, Values
from riskmodel.problems import Problem, Where

Kind = Literal["number", "category", "code", "text", "empty"]

NUMBER_LIKE = r"[+-]?[\d.,\s'’]*\d[\d.,\s'’]*(?:[eE][+-]?\d+)?\s*%?"
PLAIN_WHOLE, PLAIN_POINT = r"[+-]?\d+", r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
ONE_GROUP = r"[+-]?\d{1,3}\.\d{3}"
NUMBER_SHARE = 0.9
KEY_SHARE = 0.05
FEW_VALUES, FEW_TEXTS = 12, 60
NEVER_NUMBERS = ("area_code", "parent_code", "area_name", "parent_name", "stratum", "psu", "key")


@dataclass(frozen=True)
class Column:
    """A column as the rules look at it.

    numbers : (k,) of the distinct texts, NaN where one is none; None where the column is not one of numbers.
    spread : (distinct numbers ascending, rows of each).
    """

    name: str
    role: Role
    kind: Kind
    values: Values
    where: Where
    numbers: np.ndarray | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def spread(self) -> tuple[np.ndarray, np.ndarray]:
        if self.numbers is None:
            return np.array([]), np.array([], dtype=int)
        known = ~np.isnan(self.numbers)
        order = np.argsort(self.numbers[known], kind="stable")
        return self.numbers[known][order], self.values.counts[known][order]

    def middle(self, *shares: float) -> list[float]:
        """Quantiles of the rows; NaN without numbers."""
        numbers, counts = self.spread
        return quantiles(numbers, counts, shares) if len(numbers) else [float("nan")] * len(shares)

    @property
    def filled(self) -> int:
        return int(self.values.counts.sum())


def read_column(source: Source, name: str, role: Role, persons: bool) -> Column:
    """One column with its kind and numbers; of persons a number that tells dwellings or people apart is a code."""
    values, where = source.column(name), replace(source.where, column=name)
    if len(values.distinct) == 0:
        return Column(name, role, "empty", values, where)
    if role.kind in NEVER_NUMBERS:
        return Column(name, role, "text" if role.kind.endswith("name") else "code", values, where)
    texts = values.distinct
    if role.kind == "" and _is_code(texts, len(values.codes)):
        return Column(name, role, "category" if _few(values, FEW_TEXTS) else "code", values, where)
    numbers, problems = _numbers(source, name, values, where)
    if numbers is None:
        return Column(name, role, "category" if _few(values, FEW_TEXTS) else "text", values, where)
    if persons and role.kind == "" and _is_key(values):
        return Column(name, role, "code", values, where)
    whole = bool(np.all((numbers == np.round(numbers)) | np.isnan(numbers)))
    few = whole and role.kind in ("", "determinant", "outcome", "group") and _few(values, FEW_VALUES)
    return Column(name, role, "category" if few else "number", values, where, numbers, problems)


def _few(values: Values, most: int) -> bool:
    """Few texts that many rows share."""
    return len(values.distinct) <= most and values.counts.sum() >= 3 * len(values.distinct)


def _is_code(texts: pd.Series, rows: int) -> bool:
    """Digits that are a name and not an amount: leading zeros, or long whole numbers of one length, all different."""
    if not texts.str.fullmatch(r"\d+").all():
        return False
    if texts.str.match(r"0\d").any():
        return True
    return len(texts) == rows and rows > 1 and texts.str.len().nunique() == 1 and len(texts.iloc[0]) > 3


def _is_key(values: Values) -> bool:
    """Long whole numbers of one length, many of them different."""
    texts = values.distinct
    many = len(texts) > KEY_SHARE * values.counts.sum()
    return bool(many and texts.str.fullmatch(r"\d{5,}").all() and texts.str.len().nunique() == 1)


def _numbers(source: Source, name: str, values: Values, where: Where) -> tuple[np.ndarray | None, tuple[Problem, ...]]:
    """Numbers of the distinct texts, and what was doubtful; None for a column of words."""
    texts = values.distinct
    if texts.str.fullmatch(PLAIN_WHOLE).all():
        return texts.astype("float64").to_numpy(), ()
    if texts.str.fullmatch(PLAIN_POINT).all() and not texts[texts.str.contains(".", regex=False)].str.fullmatch(ONE_GROUP).all():  # fmt: skip
        return texts.astype("float64").to_numpy(), ()
    marks = texts.str.lower().isin(MISSING_MARKS).to_numpy(bool)
    like = texts.str.fullmatch(NUMBER_LIKE).to_numpy(bool)
    if values.counts[like].sum() < NUMBER_SHARE * max(values.counts[~marks].sum(), 1) or not like.any():
        return None, ()
    read, problems = as_numbers(source.text(name), where)
    first = np.full(len(texts), -1)
    rows = np.flatnonzero(values.codes >= 0)[::-1]
    first[values.codes[rows]] = rows
    return read.to_numpy(float)[first], tuple(problems)


def canonical_codes(values: Values) -> pd.Series:
    """Distinct texts of a column of codes, without the ".0" a spreadsheet adds."""
    return values.distinct.str.replace(WHOLE_WITH_DECIMALS, r"\1", regex=True)
