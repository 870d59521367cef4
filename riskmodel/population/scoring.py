"""Score every child by one expression and add the scores up, in the engine.

A child without one of the determinants gets no probability. Sums are taken over fixed-point numbers, so they do not
depend on the order in which threads meet the rows: the same inputs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from riskmodel.population.recode import Recoded
from riskmodel.population.term_columns import determinant_column, log_odds, main_terms, numbers_of, term_size
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.terms import Terms

# Every summand is scaled into [-1, 1]; one digit before the point and 17 after fit 64 bits.
FIXED_POINT = "decimal(18, 17)"

# Up to here every whole number is a float.
LARGEST_WHOLE = 2.0**53

SUMS = ["children", "scored", "risk"]


def coded_rows(rows: ir.Table, recoded: Sequence[Recoded], groups: Sequence[str]) -> ir.Table:
    """One row per child: area_code, weight, one column per determinant, the groups.

    `rows` holds `area_code`, `weight` and the columns the determinants are made of; `recoded` is in the order of the
    model's determinants.
    """
    return rows.select(
        "area_code", "weight", *groups, **{determinant_column(i): r.value for i, r in enumerate(recoded)}
    )


def scored_rows(coded: ir.Table, model: SurveyModel) -> ir.Table:
    """The coded rows with person_risk (null: unscored). It is cheaper to compute in each pass than to store and read."""
    eta = log_odds(coded, model.terms, model.coef)
    return coded.mutate(eta=eta).mutate(person_risk=1 / (1 + (-ibis._.eta).exp())).drop("eta")


def largest(scored: ir.Table, terms: Terms) -> pd.Series:
    """Largest weight, and largest absolute value of the main terms of each number, by `term_size`.

    "whole" is 1 where all weights are whole numbers whose sum a float holds exactly, else 0.
    """
    sizes = {"weight": scored.weight.max(), "total": scored.weight.sum()}
    sizes["parts"] = (scored.weight != scored.weight.floor()).sum()
    for i, name in enumerate(terms.determinants):
        if terms.is_numeric(name):
            values = numbers_of(scored[determinant_column(i)], terms, name)
            sizes |= {term_size(i, j): value.abs().max() for j, value in enumerate(values)}
    found = scored.agg(**sizes).to_pandas().iloc[0].astype(float).fillna(1.0)
    whole = float(found.pop("parts") == 0 and found.pop("total") < LARGEST_WHOLE)
    sizes_found = found.drop(labels="total", errors="ignore")
    return pd.concat([sizes_found.where(sizes_found > 0, 1.0), pd.Series({"whole": whole})])


def children_sum(weight: ir.Value, size: pd.Series, where: ir.BooleanValue | None = None) -> ir.Value:
    """Σ weight as a float, whatever the order of rows; whole numbers need no fixed point for that."""
    if size.get("whole"):
        counted = weight.cast("float64")
        return (counted if where is None else where.ifelse(counted, 0.0).cast("float64")).sum()
    most = float(size["weight"])
    return exact_sum(weight / most, where).cast("float64") * most


def totals(scored: ir.Table, by: Sequence[str], terms: Terms, size: pd.Series) -> pd.DataFrame:
    """Sums of the scored rows for each combination of `by`, sorted by it.

    Returns
    -------
    DataFrame
        The columns `by`; children = Σ v; scored = Σ v of those with a probability; risk = Σ v p; and one column per
        term: Σ v p (1 − p) x, or with `person_slope` in place of p (1 − p) where rows have one.
    """
    weight = scored.weight / float(size["weight"])
    p = scored.person_risk
    slope = weight * (scored.person_slope if "person_slope" in scored.columns else p * (1 - p))
    sums: dict[str, ir.Value] = {
        "children": children_sum(scored.weight, size),
        "scored": children_sum(scored.weight, size, where=p.notnull()),
        "risk": exact_sum(weight * p),
    }
    scale = pd.Series(float(size["weight"]), index=[*SUMS, *terms.names])
    scale[["children", "scored"]] = 1.0
    main = main_terms(scored, terms, size)
    for term in terms.terms:
        value, inside = slope, None
        for part in term.parts or ((term.name,) if term.determinant else ()):
            one = main[part]
            value = value if one.number is None else value * one.number
            inside = inside if one.inside is None else one.inside if inside is None else inside & one.inside
            scale[term.name] *= one.size
        sums[term.name] = exact_sum(value, where=inside)
    # Names of terms may hold anything a category holds, so the engine sees positions.
    plain = {f"sum_{i}": value for i, value in enumerate(sums.values())}
    found = scored.group_by(list(by)).agg(**plain) if by else scored.agg(**plain)
    table = found.mutate(**{name: found[name].cast("float64") for name in plain}).to_pandas()
    table = table.rename(columns=dict(zip(plain, sums, strict=True)))
    table[scale.index] = table[scale.index].fillna(0.0) * scale
    table[["children", "scored"]] = table[["children", "scored"]].round(6)
    return table.sort_values(list(by), ignore_index=True) if by else table


def exact_sum(value: ir.Value, where: ir.BooleanValue | None = None) -> ir.Value:
    """Sum of values within [-1, 1] that does not depend on their order; zero where no row is inside `where`.

    Rows outside count as zero: the engine filters rows of many sums at twice the cost.
    """
    fixed = value.cast(FIXED_POINT)
    return fixed.sum() if where is None else where.ifelse(fixed, ibis.literal(0).cast(FIXED_POINT)).sum()


def with_error(
    sums: pd.DataFrame, model: SurveyModel, names: Sequence[str] = (), cov: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Risk and its delta-method error from `totals`.

    `names` and `cov`: columns of derivatives and their covariance, where they are not those of the coefficients alone.

    Returns
    -------
    DataFrame
        area_risk = Σ v p / Σ v and se = √(g'Vg) on the scale of the risk; missing where nobody was scored. The error
        is that of the coefficients alone.
    DataFrame
        The gradient g = d(area_risk)/d(coef), one column per term, same index as `sums`.
    """
    scored = sums["scored"].where(sums["scored"] > 0)
    gradient = sums[list(names) or model.terms.names].div(scored, axis=0)
    g = gradient.to_numpy()
    variance = np.einsum("ij,jk,ik->i", g, (model.cov if cov is None else cov).to_numpy(), g)
    # A sum of squares that is zero may come out a hair below it.
    se = np.sqrt(np.maximum(variance, 0.0))
    return pd.DataFrame({"area_risk": sums["risk"] / scored, "se": se}, index=sums.index), gradient
