"""Say how well risks tell children with the outcome from children without: the ROC curve, its area and its interval.

The interval is that of the survey design. It takes the coefficients as given: where the model holds, the area does not
change to first order when they move a little.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, SurveyDesign
from riskmodel.survey.variance import covariance_of_totals

# Cut-offs between the two ends of the curve: at the hundredths of children by risk.
INNER_POINTS = 99


def auc_with_interval(
    y: Floats, p: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu, level: float = 0.95
) -> dict[str, float | None]:
    """Weighted area under the ROC curve with its design-based error.

    The area is a ratio of totals; its linearised value is, for a child with the outcome,
    w (share of the others below it − A) / Σ w y, and for one without, w (share of those with it above − A) / Σ w (1 − y);
    equal risks count half. Interval on the logit scale with Student's t on PSUs − strata.

    Parameters
    ----------
    y, p : array, shape (m,)
        Outcome and risk of the rows used.
    used : array of bool, shape (n,)

    Returns
    -------
    dict
        `auc`, `se`, `ci_lower`, `ci_upper`; the last three None without degrees of freedom.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    Yao, Li & Graubard (2015), Statistics in Medicine 34, 1293–1303.
    """
    weight = design.weight[used]
    value, position = np.unique(np.round(p, 12), return_inverse=True)  # equal risks may differ in the last digit
    positive = np.bincount(position, weight * y, len(value))
    negative = np.bincount(position, weight * (1 - y), len(value))
    below = (np.cumsum(negative) - negative / 2) / negative.sum()
    above = 1 - (np.cumsum(positive) - positive / 2) / positive.sum()
    auc = float(positive @ below / positive.sum())
    df = design.degrees_of_freedom(used)
    if df < 1 or not 0 < auc < 1:
        return {"auc": auc, "se": None, "ci_lower": None, "ci_upper": None}
    linear = np.zeros((len(used), 1))
    with_outcome = y * (below[position] - auc) / positive.sum()
    without = (1 - y) * (above[position] - auc) / negative.sum()
    linear[used, 0] = weight * (with_outcome + without)
    se = float(np.sqrt(covariance_of_totals(linear, used, design, lonely_psu)[0, 0]))
    middle, width = np.log(auc / (1 - auc)), stats.t.ppf((1 + level) / 2, df) * se / (auc * (1 - auc))
    lower, upper = 1 / (1 + np.exp(-(middle + np.array([-width, width]))))
    return {"auc": auc, "se": se, "ci_lower": float(lower), "ci_upper": float(upper)}


def roc_points(y: Floats, p: Floats, weight: Floats) -> list[dict[str, float]]:
    """The weighted ROC curve at 101 cut-offs at most, from everybody called to nobody.

    A child is called where its risk is above the cut-off. Cut-offs are the hundredths of children by risk, rounded to
    three digits, so none of them is the risk of a person; the rates are exact at the rounded cut-off.

    Returns
    -------
    list of dict
        `cut_off` rising from 0 to 1, `sensitivity`, `specificity` and `called` (share of all children), each 0–1.
    """
    order = np.argsort(p, kind="stable")
    middle = (np.cumsum(weight[order]) - weight[order] / 2) / weight.sum()
    at = np.interp(np.arange(1, INNER_POINTS + 1) / (INNER_POINTS + 1), middle, p[order])
    inner = {float(f"{cut:.3g}") for cut in at}
    cuts = np.array([0.0, *sorted(c for c in inner if 0 < c < 1), 1.0])
    rest = np.searchsorted(p[order], cuts, side="right")  # rows at or below each cut-off
    all_mass, mass = weight.sum(), np.append(0.0, np.cumsum(weight[order]))[rest]
    positive = (weight * y)[order]
    missed = np.append(0.0, np.cumsum(positive))[rest]
    sensitivity = 1 - missed / positive.sum()
    specificity = (mass - missed) / (all_mass - positive.sum())
    called = 1 - mass / all_mass
    # 0 and 1 are the ends of the curve by definition, whatever the last digit of a sum says.
    rates = np.clip(np.column_stack([cuts, sensitivity, specificity, called]), 0.0, 1.0)
    names = ("cut_off", "sensitivity", "specificity", "called")
    return [dict(zip(names, map(float, row), strict=True)) for row in rates]
