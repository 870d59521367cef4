"""The terms of the model as expressions of the engine: the same sums of products as the survey's design matrix.

A number and the curved columns of its spline are expressions of one stored column, so nothing more is kept per child.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from riskmodel.survey.splines import shares
from riskmodel.survey.terms import Terms


@dataclass(frozen=True)
class MainTerm:
    """A main term: a condition for a category, a number within [-1, 1] for a number; `size` is what was divided by."""

    inside: ir.BooleanValue | None = None
    number: ir.Value | None = None
    size: float = 1.0


def determinant_column(position: int) -> str:
    """Name, in the scored rows, of the determinant in this position of the model."""
    return f"determinant_{position}"


def term_size(position: int, j: int) -> str:
    """Where the largest absolute value of main term j of a number is kept; term 0 is the number itself."""
    return determinant_column(position) + (f"_s{j}" if j else "")


def numbers_of(value: ir.Value, terms: Terms, name: str) -> list[ir.Value]:
    """The number itself and the curved columns of its spline, as `survey.splines.curved_columns` has them."""
    knots = terms.knots.get(name, ())
    return [value, *(_curved(value, knots, j) for j in range(max(len(knots) - 2, 0)))]


def log_odds(table: ir.Table, terms: Terms, coef: pd.Series) -> ir.Value:
    """x'β of each row; null where a determinant is missing or unknown."""
    eta: ir.Value = ibis.literal(float(coef.iloc[0]))
    columns = {name: table[determinant_column(i)] for i, name in enumerate(terms.determinants)}
    numbers = {name: numbers_of(columns[name], terms, name) for name in columns if terms.is_numeric(name)}
    for name, value in columns.items():
        if name in numbers:
            for term, number in zip(_names(terms, name), numbers[name], strict=True):
                eta = eta + number * float(coef[term])
            continue
        steps = [0.0, *(float(coef[term]) for term in _names(terms, name))]
        cases = [(value == position, ibis.literal(step)) for position, step in enumerate(steps)]
        eta = eta + ibis.cases(*cases, else_=ibis.null("float64"))
    for first, second in terms.interactions:
        eta = eta + _interaction(terms, coef, columns, numbers, first, second)
    return eta


def main_terms(scored: ir.Table, terms: Terms, size: pd.Series) -> dict[str, MainTerm]:
    """Every main term by its name. size : as `largest` gives it."""
    found: dict[str, MainTerm] = {}
    for i, name in enumerate(terms.determinants):
        column = scored[determinant_column(i)]
        if terms.is_numeric(name):
            for j, (term, number) in enumerate(zip(_names(terms, name), numbers_of(column, terms, name), strict=True)):
                most = float(size[term_size(i, j)])
                found[term] = MainTerm(number=number / most, size=most)
        else:
            for position, term in enumerate(_names(terms, name), start=1):
                found[term] = MainTerm(inside=column == position)
    return found


def _interaction(
    terms: Terms,
    coef: pd.Series,
    columns: dict[str, ir.Value],
    numbers: dict[str, list[ir.Value]],
    first: str,
    second: str,
) -> ir.Value:
    """Σ over the products of main terms of two determinants; where one is missing the row has no log-odds anyway."""

    def coefficient(a: str, b: str) -> float:
        return float(coef[f"{a}:{b}"])

    if first in numbers and second in numbers:
        products = [
            x * y * coefficient(a, b)
            for a, x in zip(_names(terms, first), numbers[first], strict=True)
            for b, y in zip(_names(terms, second), numbers[second], strict=True)
        ]
        return sum(products[1:], products[0])
    if first not in numbers and second not in numbers:
        cases = [
            ((columns[first] == i) & (columns[second] == j), ibis.literal(coefficient(a, b)))
            for i, a in enumerate(_names(terms, first), start=1)
            for j, b in enumerate(_names(terms, second), start=1)
        ]
        return ibis.cases(*cases, else_=0.0)
    number, group = (first, second) if first in numbers else (second, first)
    total: ir.Value = ibis.literal(0.0)
    for term, value in zip(_names(terms, number), numbers[number], strict=True):
        by_category = [
            (columns[group] == i, ibis.literal(coefficient(*((term, c) if number == first else (c, term)))))
            for i, c in enumerate(_names(terms, group), start=1)
        ]
        total = total + value * ibis.cases(*by_category, else_=0.0)
    return total


def _names(terms: Terms, determinant: str) -> list[str]:
    return [terms.terms[i].name for i in terms.of(determinant)]


def _curved(value: ir.Value, knots: tuple[float, ...], j: int) -> ir.Value:
    """Curved column j of the natural cubic spline; zero for a missing value, whose log-odds are missing by the number."""
    knot, of_before, of_last, divisor = shares(knots, j)

    def above(t: float) -> ir.Value:
        over = value - t
        return (over > 0).ifelse(over * over * over, 0.0)

    return (above(knot) - above(knots[-2]) * of_before + above(knots[-1]) * of_last) / divisor
