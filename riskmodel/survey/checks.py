"""Find out before the optimiser runs that a model cannot be fitted, or that little supports it.

A model that cannot be fitted is an error naming determinants and categories, never a failed iteration; thin support is
a warning.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.linalg import qr

from riskmodel.problems import Problem, Severity, Where
from riskmodel.study import Determinant
from riskmodel.survey.design import Bools, Floats
from riskmodel.survey.gram import gram
from riskmodel.survey.terms import TIMES, WITH, Terms

MISSING_SHARE = 0.05
FEW_POSITIVE = 500
POSITIVE_PER_TERM = 10


def check_outcome(y: Floats) -> list[Problem]:
    """There are rows, and both children with the outcome and without it."""
    if not len(y):
        return [Problem("model_no_rows")]
    if not y.any():
        return [Problem("model_no_positive", values={"count": len(y)})]
    if y.all():
        return [Problem("model_no_negative", values={"count": len(y)})]
    return []


def check_missing(frame: pd.DataFrame, determinants: Sequence[Determinant], in_domain: Bools) -> list[Problem]:
    """Rows of the domain left out because the outcome or a determinant is missing; a warning over 5 %."""
    inside = frame.loc[in_domain]
    names = ["outcome", *(d.name for d in determinants)]
    absent = inside[names].isna()
    count = int(absent.any(axis=1).sum())
    if not count:
        return []
    share = count / len(inside)
    most = [f"{name} ({n})" for name, n in absent.sum().sort_values(ascending=False, kind="stable").items() if n]
    values = {"count": count, "percent": 100 * share, "determinants": most}
    severity: Severity = "warning" if share > MISSING_SHARE else "note"
    return [Problem("model_rows_missing", values=values, severity=severity)]


def check_separated_categories(
    frame: pd.DataFrame, terms: Terms, determinants: Sequence[Determinant], penalised: bool = False
) -> list[Problem]:
    """Every category has both children with the outcome and without it.

    An error, or a warning where a penalty lets the risk of such a category be estimated, on little.
    """
    problems = []
    columns = {d.name: d.survey.column for d in determinants}
    for name in terms.categories:
        counts = frame.groupby(frame[name].astype(str))["outcome"].agg(["size", "sum"])
        for category, size, positive in counts.itertuples():
            if positive in (0, size):
                code = "model_category_none_positive" if positive == 0 else "model_category_all_positive"
                values = {"determinant": name, "category": str(category), "count": int(size)}
                severity: Severity = "warning" if penalised else "error"
                code = "model_category_penalised" if penalised else code
                problems.append(Problem(code, Where(column=columns[name]), values, severity))
    return problems


def check_combinations(frame: pd.DataFrame, terms: Terms, penalised: bool = False) -> list[Problem]:
    """Every combination of two interacting categories has children, with the outcome and without it.

    A combination nobody has is an error in any case: nothing tells its risk. One with only positive or only negative
    cases is a warning where a penalty lets its risk be estimated. A category in which a number does not vary is an error.
    """
    problems = []
    for first, second in terms.interactions:
        if terms.is_numeric(first) and terms.is_numeric(second):
            continue
        if terms.is_numeric(first) or terms.is_numeric(second):
            number, group = (first, second) if terms.is_numeric(first) else (second, first)
            different = frame.groupby(frame[group].astype(str))[number].nunique()
            for category in different.index[different < 2 + max(len(terms.knots.get(number, ())) - 2, 0)]:
                values = {"determinant": number, "category": str(category), "of": group}
                problems.append(Problem("model_interaction_no_spread", values=values))
            continue
        problems += _check_cells(frame, terms, first, second, penalised)
    return problems


def _check_cells(frame: pd.DataFrame, terms: Terms, first: str, second: str, penalised: bool) -> list[Problem]:
    """Problems of the combinations of two categorical determinants."""
    counted = frame.groupby([frame[first].astype(str), frame[second].astype(str)])["outcome"]
    sizes, cases = counted.size().to_dict(), counted.sum().to_dict()
    problems = []
    for a in terms.categories[first]:
        for b in terms.categories[second]:
            size, positive = int(sizes.get((a, b), 0)), int(cases.get((a, b), 0))
            values: dict[str, object] = {"first": first, "a": a, "second": second, "b": b, "count": size}
            if size == 0:
                problems.append(Problem("model_interaction_empty", values=values))
            elif positive in (0, size) and penalised:
                problems.append(Problem("model_interaction_penalised", values=values, severity="warning"))
            elif positive in (0, size):
                code = "model_interaction_all_positive" if positive else "model_interaction_none_positive"
                problems.append(Problem(code, values=values))
    return problems


def check_rank(x: Floats, weight: Floats, terms: Terms) -> list[Problem]:
    """No column of the design matrix is a combination of others; names the determinants that repeat each other.

    `x` has numeric columns centred and scaled, so one tolerance fits all.
    """
    size = np.sqrt(np.diag(gram(x, weight)))
    if _surely_independent(x / size, weight):
        return []
    scaled = x * np.sqrt(weight)[:, None] / size
    _, r, order = qr(scaled, mode="economic", pivoting=True)
    left = np.abs(np.diag(r))
    rank = int((left > 1e-9 * left[0]).sum())
    if rank == x.shape[1]:
        return []
    kept = order[:rank]
    involved: set[str] = set()
    for column in order[rank:]:
        combination, *_ = np.linalg.lstsq(scaled[:, kept], scaled[:, column], rcond=None)
        positions = [column, *kept[np.abs(combination) > 1e-6]]
        involved |= {terms.terms[i].determinant for i in positions} - {""}
    names = [name.replace(WITH, TIMES) for name in terms.effects if name in involved]
    return [Problem("model_collinear", values={"determinants": names})]


def _surely_independent(scaled: Floats, weight: Floats) -> bool:
    """Whether cross-products alone show that no column is a combination of others.

    They square the condition, so where their smallest eigenvalue is not well above rounding the columns must be looked at.
    """
    return bool(np.linalg.eigvalsh(gram(scaled, weight))[0] > 1e-7)


def check_support(n_positive: int, n_terms: int) -> list[Problem]:
    """Warnings for few children with the outcome: under 500, or under 10 for each coefficient."""
    problems = []
    if n_positive < FEW_POSITIVE:
        values = {"count": n_positive, "wanted": FEW_POSITIVE}
        problems.append(Problem("model_few_positive", values=values, severity="warning"))
    if n_positive < POSITIVE_PER_TERM * n_terms:
        values = {"count": n_positive, "terms": n_terms, "wanted": POSITIVE_PER_TERM}
        problems.append(Problem("model_few_positive_per_term", values=values, severity="warning"))
    return problems
