"""Design-based errors of the prevalence, the Brier score and Tjur's R².

Each is a ratio of totals, or a difference of two, linearised over the sample design. Risks are taken as given: the error
of the coefficients is not in these intervals.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, SurveyDesign
from riskmodel.survey.variance import covariance_of_totals

NAMES = ("prevalence", "brier", "tjur_r2")


def fit_errors(
    y: Floats, p: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu, level: float = 0.95
) -> dict[str, dict[str, float | None]]:
    """Standard error and interval of each of `NAMES`.

    Linearised values of a child: prevalence w (y − P) / Σ w; Brier score w ((y − p)² − B) / Σ w; Tjur's R²
    w y (p − p̄₁) / Σ w y − w (1 − y) (p − p̄₀) / Σ w (1 − y). Student's t on PSUs − strata; the interval of prevalence is on
    the logit scale, the others are symmetrical.

    Parameters
    ----------
    y, p : array, shape (m,)
        Outcome and risk of the rows used.
    used : array of bool, shape (n,)

    Returns
    -------
    dict
        By name: `se`, `ci_lower`, `ci_upper`; None without degrees of freedom.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    """
    w = design.weight[used]
    ones, zeros = w * y, w * (1 - y)
    square = (y - p) ** 2
    prevalence, brier = float(np.average(y, weights=w)), float(np.average(square, weights=w))
    above, below = float(np.average(p, weights=ones)), float(np.average(p, weights=zeros))
    linear = np.zeros((len(used), len(NAMES)))
    linear[used] = np.column_stack([
        w * (y - prevalence) / w.sum(),
        w * (square - brier) / w.sum(),
        ones * (p - above) / ones.sum() - zeros * (p - below) / zeros.sum(),
    ])  # fmt: skip
    df = design.degrees_of_freedom(used)
    if df < 1:
        return {name: {"se": None, "ci_lower": None, "ci_upper": None} for name in NAMES}
    se = np.sqrt(np.diag(covariance_of_totals(linear, used, design, lonely_psu)))
    t = float(stats.t.ppf((1 + level) / 2, df))
    half = t * se[0] / (prevalence * (1 - prevalence))
    middle = np.log(prevalence / (1 - prevalence))
    bounds = [(_logistic(middle - half), _logistic(middle + half))]
    bounds += [(v - t * e, v + t * e) for v, e in zip((brier, above - below), se[1:], strict=True)]
    return {
        name: {"se": float(e), "ci_lower": float(low), "ci_upper": float(high)}
        for name, e, (low, high) in zip(NAMES, se, bounds, strict=True)
    }


def _logistic(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))
