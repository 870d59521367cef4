"""Flag determinants that the survey can hardly tell anything about: near-constant, rare, collinear.

A flag is advice. Nothing is left out because of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from riskmodel.study import Determinant
from riskmodel.survey.design import Floats
from riskmodel.survey.gram import gram
from riskmodel.survey.terms import WITH, Terms

NEAR_CONSTANT = 0.98
POSITIVE_PER_TERM = 10
POSITIVE_PER_CATEGORY = 5
MOST_VIF = 10.0

NEAR_CONSTANT_FLAG, FEW_POSITIVE_FLAG = "near_constant", "few_positive"
RARE_CATEGORY_FLAG, COLLINEAR_FLAG = "rare_category", "collinear"


def constant(rows: pd.DataFrame, determinants: Sequence[Determinant]) -> list[str]:
    """Names of the determinants with one value in all rows; they have no term."""
    return [d.name for d in determinants if rows[d.name].nunique() < 2]


def flags(rows: pd.DataFrame, weight: Floats, terms: Terms, gvif: pd.Series) -> dict[str, list[str]]:
    """Flags of each determinant of `terms`.

    `near_constant`: one value has more than 98 % of the weight. `few_positive`: fewer than 10 children with the outcome
    for each of its terms, outside the reference. `rare_category`: a category with fewer than 5 of them. `collinear`:
    a (generalised) variance inflation above 10 per degree of freedom. An interaction of categories is looked at by its
    combinations, those that have a coefficient.

    rows : the rows used, with `outcome` and the determinants. weight : (m,). gvif : by determinant, see `inflation`.
    """
    found: dict[str, list[str]] = {}
    share = pd.Series(weight / weight.sum())
    for name in terms.determinants:
        values = rows[name].astype(object).to_numpy()
        mine = [NEAR_CONSTANT_FLAG] if share.groupby(values).sum().max() > NEAR_CONSTANT else []
        if not terms.is_numeric(name):
            positive = rows["outcome"].groupby(values).sum()
            others = positive.drop(terms.references[name])
            mine += [FEW_POSITIVE_FLAG] if others.sum() < POSITIVE_PER_TERM * len(others) else []
            mine += [RARE_CATEGORY_FLAG] if (positive < POSITIVE_PER_CATEGORY).any() else []
        elif rows["outcome"].sum() < POSITIVE_PER_TERM:
            mine.append(FEW_POSITIVE_FLAG)
        mine += [COLLINEAR_FLAG] if gvif[name] ** (1 / len(terms.of(name))) > MOST_VIF else []
        found[name] = mine
    for first, second in terms.interactions:
        found[f"{first}{WITH}{second}"] = _flags_of_pair(rows, terms, first, second)
    return found


def _flags_of_pair(rows: pd.DataFrame, terms: Terms, first: str, second: str) -> list[str]:
    """Flags of an interaction of which one side at least is a category."""
    categorical = [name for name in (first, second) if not terms.is_numeric(name)]
    if not categorical:
        return [FEW_POSITIVE_FLAG] if rows["outcome"].sum() < POSITIVE_PER_TERM else []
    positive = rows.groupby([rows[name].astype(str) for name in categorical])["outcome"].sum()
    others = positive
    for name in categorical:
        others = others[others.index.get_level_values(name) != terms.references[name]]
    n_terms = len(terms.of(f"{first}{WITH}{second}"))
    mine = [FEW_POSITIVE_FLAG] if others.sum() < POSITIVE_PER_TERM * n_terms else []
    return mine + ([RARE_CATEGORY_FLAG] if (positive < POSITIVE_PER_CATEGORY).any() else [])


def inflation(x: Floats, weight: Floats, terms: Terms) -> pd.Series:
    """Generalised variance inflation factor of each determinant; the ordinary one where it has a single term.

    det R₁₁ · det R₂₂ / det R, R being the weighted correlation of the columns, R₁₁ of the determinant's own and R₂₂ of
    the others. It does not depend on the reference category. Infinite where determinants repeat each other. Only main
    terms are compared: an interaction repeats its own determinants by construction, which is no fault.

    References
    ----------
    Fox & Monette (1992), Journal of the American Statistical Association 87, 178–183.
    """
    main = [i for i, term in enumerate(terms.terms) if term.determinant and not term.parts]
    columns = x[:, main] - np.average(x[:, main], axis=0, weights=weight)
    covariance = gram(columns, weight)
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    whole = _log_det(correlation)
    values = {}
    for name in terms.determinants:
        own = np.array(terms.of(name)) - 1
        others = np.setdiff1d(np.arange(len(correlation)), own)
        parts = _log_det(correlation[np.ix_(own, own)]) + _log_det(correlation[np.ix_(others, others)])
        values[name] = float(np.exp(min(parts - whole, 700.0))) if np.isfinite(whole) else np.inf
    return pd.Series(values, name="gvif", dtype=float)


def _log_det(matrix: Floats) -> float:
    if not len(matrix):
        return 0.0
    sign, value = np.linalg.slogdet(matrix)
    return float(value) if sign > 0 and value > -27 * len(matrix) else -np.inf
