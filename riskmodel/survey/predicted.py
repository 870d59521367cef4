"""Say what interactions and curves mean in plain risks: the mean risk had every child this value, all else as observed.

Coefficients of products and of curved columns say nothing by themselves; these figures do, and they have intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from riskmodel.survey.design import Floats
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.newton import logistic
from riskmodel.survey.sample import FitSample
from riskmodel.survey.terms import Terms

MOST_POINTS = 25
# A curve that depends on another number is shown where that one is low, in the middle and high: shares of the weight.
LOW_TO_HIGH = (0.1, 0.5, 0.9)

Setting = Sequence[tuple[str, str | float]]


def with_predictions(frame: pd.DataFrame, model: SurveyModel) -> SurveyModel:
    """The model with the figures of `predicted` among its diagnostics. frame : the survey frame it was fitted to."""
    sample = FitSample.of(frame, model.terms)
    x = model.terms.matrix(frame.loc[sample.used])
    found = predicted(x, sample.weight, model.terms, model.coef, model.cov, model.df)
    return replace(model, diagnostics={**model.diagnostics, **found})


def predicted(
    x: Floats, weight: Floats, terms: Terms, coef: pd.Series, cov: pd.DataFrame, df: int, level: float = 0.95
) -> dict[str, Any]:
    """Mean risks by the determinants that have a spline or take part in an interaction.

    Parameters
    ----------
    x : array, shape (n, p + 1)
        Design matrix in questionnaire units, no value missing.
    df : int
        Degrees of freedom of the intervals; without any they are None.

    Returns
    -------
    dict
        `curves`, of numbers: `determinant`, `by` and `category` ("" where it is one curve for all; else what it depends
        on and at which value), `points` of `value`, `risk`, `ci_lower`, `ci_upper`. `combinations`, of two categorical
        determinants: `determinants`, `rows` of `categories`, `risk`, `ci_lower`, `ci_upper`. Proportions; intervals on
        the logit scale by the delta method, children and weights fixed.

    References
    ----------
    Graubard & Korn (1999), Biometrics 55, 652–659 (predictive margins).
    """
    share = weight / weight.sum()
    t = float(stats.t.ppf((1 + level) / 2, df)) if df > 0 else None
    beta, v = coef.to_numpy(), cov.to_numpy()

    def figure(setting: Setting) -> dict[str, float | None]:
        at = x
        for name, value in setting:
            at = terms.at_value(at, name, value) if isinstance(value, float) else terms.at_category(at, name, value)
        p = logistic(at @ beta)
        risk, gradient = float(share @ p), (share * p * (1 - p)) @ at
        return {"risk": risk, **_interval(risk, float(np.sqrt(gradient @ v @ gradient)), t)}

    curves = []
    for name, by, at in _wanted_curves(terms, x, weight):
        held: Setting = [(by, at)] if by else []
        points = [{"value": g, **figure([(name, g), *held])} for g in _grid(x[:, terms.of(name)[0]])]
        shown = "" if not by else f"{at:g}" if isinstance(at, float) else at
        curves.append({"determinant": name, "by": by, "category": shown, "points": points})
    combinations = []
    for first, second in terms.interactions:
        if terms.is_numeric(first) or terms.is_numeric(second):
            continue
        rows = [
            {"categories": [a, b], **figure([(first, a), (second, b)])}
            for a in terms.categories[first]
            for b in terms.categories[second]
        ]
        combinations.append({"determinants": [first, second], "rows": rows})
    return {"curves": curves, "combinations": combinations}


def _wanted_curves(terms: Terms, x: Floats, weight: Floats) -> list[tuple[str, str, str | float]]:
    """Number, what its curve depends on ("" for nothing), and at which category or value of that."""
    found: list[tuple[str, str, str | float]] = []
    for name in terms.determinants:
        if not terms.is_numeric(name):
            continue
        others = [a if b == name else b for a, b in terms.interactions_with(name)]
        for other in others:
            if not terms.is_numeric(other):
                found += [(name, other, category) for category in terms.categories[other]]
            elif (name, other) in terms.interactions:  # two numbers: the first one's curve
                found += [(name, other, at) for at in _quantiles(x[:, terms.of(other)[0]], weight)]
        if not others and name in terms.knots:
            found.append((name, "", ""))
    return found


def _grid(values: Floats) -> list[float]:
    """Values a curve is drawn at: all of them where they are few."""
    distinct = np.unique(values)
    if len(distinct) > MOST_POINTS:
        distinct = np.linspace(distinct[0], distinct[-1], MOST_POINTS)
    return [float(v) for v in distinct]


def _quantiles(values: Floats, weight: Floats) -> list[float]:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    found = values[order][np.searchsorted(reached, np.array(LOW_TO_HIGH) - 1e-12)]
    return [float(v) for v in dict.fromkeys(found)]


def _interval(risk: float, se: float, t: float | None) -> dict[str, float | None]:
    if t is None or not 0 < risk < 1:
        return {"ci_lower": None, "ci_upper": None}
    middle, width = np.log(risk / (1 - risk)), t * se / (risk * (1 - risk))
    lower, upper = logistic(np.array([middle - width, middle + width]))
    return {"ci_lower": float(lower), "ci_upper": float(upper)}
