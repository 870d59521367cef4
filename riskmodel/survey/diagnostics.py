"""Say how well a fitted model describes the survey: effects in points, discrimination, calibration.

Every figure is weighted. None of them is a test of cause: determinants are associated with the outcome.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, Ints, SurveyDesign
from riskmodel.survey.marginal import category_effects
from riskmodel.survey.terms import Terms
from riskmodel.survey.variance import covariance_of_totals

GROUPS = 10


def average_marginal_effects(
    x: Floats, weight: Floats, terms: Terms, coef: pd.Series, cov: pd.DataFrame
) -> pd.DataFrame:
    """Average marginal effect of each term, as a proportion, with its delta-method standard error.

    A category: mean of p(everyone in it) − p(everyone in the reference), all else as observed. A number: mean of
    dp/dx for one unit, on its first term; its curved terms have none. Interactions move with their determinants and have
    no effect of their own. Children and weights count as fixed; only the coefficients are uncertain.

    Returns
    -------
    DataFrame
        `term`, `ame`, `ame_se`; one row per term, the intercept left out. Missing where a term has no effect of its own.

    References
    ----------
    Graubard & Korn (1999), Biometrics 55, 652–659 (predictive margins).
    """
    beta, share = coef.to_numpy(), weight / weight.sum()
    quick = category_effects(x, share, terms, beta)
    rows = []
    for i, term in enumerate(terms.terms):
        if not term.determinant:
            continue
        if term.parts or (not term.category and i != terms.of(term.determinant)[0]):
            rows.append((term.name, np.nan, np.nan))
            continue
        if i in quick:
            ame, gradient = quick[i]
        elif term.category:
            there = terms.at_category(x, term.determinant, term.category)
            reference = terms.at_category(x, term.determinant, terms.references[term.determinant])
            p1, p0 = _logistic(there @ beta), _logistic(reference @ beta)
            ame = float(share @ (p1 - p0))
            gradient = (share * p1 * (1 - p1)) @ there - (share * p0 * (1 - p0)) @ reference
        else:
            p = _logistic(x @ beta)
            spread = p * (1 - p)
            slope = terms.slope(x, term.determinant)
            by_unit = slope @ beta
            ame = float(share @ (spread * by_unit))
            gradient = (share * spread * (1 - 2 * p) * by_unit) @ x + (share * spread) @ slope
        rows.append((term.name, ame, float(np.sqrt(gradient @ cov.to_numpy() @ gradient))))
    return pd.DataFrame(rows, columns=["term", "ame", "ame_se"])


def discrimination(y: Floats, p: Floats, weight: Floats) -> dict[str, float]:
    """`auc` (weighted, ties count half), `brier` score and `tjur_r2` (difference of mean p between the two groups)."""
    positive = weight * y
    negative = weight * (1 - y)
    value, position = np.unique(p, return_inverse=True)
    pos = np.bincount(position, positive, len(value))
    neg = np.bincount(position, negative, len(value))
    wins = pos @ (np.cumsum(neg) - neg / 2)
    return {
        "auc": float(wins / (pos.sum() * neg.sum())),
        "brier": float(np.average((y - p) ** 2, weights=weight)),
        "tjur_r2": float(np.average(p, weights=positive) - np.average(p, weights=negative)),
    }


def classification(y: Floats, p: Floats, weight: Floats, cut_off: float) -> dict[str, float | None]:
    """Weighted shares right and wrong when a child with p above `cut_off` is called positive; None where undefined."""
    called = p > cut_off
    tp, fp = float(weight @ (called * y)), float(weight @ (called * (1 - y)))
    fn, tn = float(weight @ (~called * y)), float(weight @ (~called * (1 - y)))
    return {
        "cut_off": cut_off,
        "sensitivity": _ratio(tp, tp + fn),
        "specificity": _ratio(tn, tn + fp),
        "positive_predictive_value": _ratio(tp, tp + fp),
        "negative_predictive_value": _ratio(tn, tn + fn),
        "accuracy": _ratio(tp + tn, tp + fp + fn + tn),
    }


def calibration(y: Floats, p: Floats, weight: Floats) -> list[dict[str, float | int]]:
    """Predicted against observed share by weighted tenths of p; equal p stay together, so there may be fewer groups."""
    group = _tenths(p, weight)
    rows: list[dict[str, float | int]] = []
    for g in range(int(group.max()) + 1):
        inside = group == g
        w = weight[inside]
        rows.append(
            {
                "group": g + 1,
                "n": int(inside.sum()),
                "share": float(w.sum() / weight.sum()),
                "predicted": float(np.average(p[inside], weights=w)),
                "observed": float(np.average(y[inside], weights=w)),
            }
        )
    return rows


def archer_lemeshow(
    y: Floats, p: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu
) -> dict[str, float | int] | None:
    """F-adjusted mean residual test of fit; None where the design has too few PSUs for it.

    With g groups by weighted tenths of p, M their weighted mean residuals and V its design-based covariance,
    W = M'V⁻¹M and F = (f − g + 2) / (f g) · W on (g − 1, f − g + 2) degrees of freedom, f = PSUs − strata. With replicate
    weights V is the spread of M over them, risks and groups held fixed, and f their rank less one.

    References
    ----------
    Archer & Lemeshow (2006), The Stata Journal 6, 97–105.
    """
    weight = design.weight[used]
    member = np.eye(int(_tenths(p, weight).max()) + 1)[_tenths(p, weight)]
    g, f = member.shape[1], design.degrees_of_freedom(used)
    if g < 3 or f - g + 2 < 1:
        return None
    total = weight @ member
    mean = (weight * (y - p)) @ member / total
    if design.replicates is not None:
        replicate = design.replicates.weight[used].T
        totals = replicate @ member
        if not totals.all():
            return None
        cov = design.replicates.covariance((replicate * (y - p)) @ member / totals, mean)
    else:
        values = np.zeros((len(used), g))
        values[used] = member * weight[:, None] * ((y - p)[:, None] - mean) / total
        cov = covariance_of_totals(values, used, design, lonely_psu)
    if np.linalg.matrix_rank(cov) < g:
        return None
    statistic = (f - g + 2) / (f * g) * float(mean @ np.linalg.solve(cov, mean))
    df1, df2 = g - 1, f - g + 2
    return {"f": statistic, "df1": df1, "df2": df2, "p_value": float(stats.f.sf(statistic, df1, df2))}


def _tenths(p: Floats, weight: Floats) -> Ints:
    """Group 0.. of each row by weighted tenths of p. The tenth of a value is that of the middle of its weight."""
    value, position = np.unique(np.round(p, 12), return_inverse=True)
    mass = np.bincount(position, weight, len(value))
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    tenth = np.minimum((middle * GROUPS).astype(np.int64), GROUPS - 1)
    return np.unique(tenth, return_inverse=True)[1][position].astype(np.int64)


def _logistic(eta: Floats) -> Floats:
    return 1 / (1 + np.exp(-eta))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
