"""Say how well the model does on children it was not fitted to: whole PSUs are left out in turn.

Children of one PSU stay together. Neighbours resemble each other, so leaving out children one by one would flatter.
"""

from __future__ import annotations

import numpy as np

from riskmodel.survey import diagnostics
from riskmodel.survey.design import Bools, Floats, Ints, SurveyDesign
from riskmodel.survey.firth import penalised
from riskmodel.survey.newton import logistic, maximise
from riskmodel.survey.sample import FitSample

FOLDS = 10


def psu_folds(design: SurveyDesign, used: Bools, folds: int, seed: int) -> Ints:
    """Fold of each PSU, 0.. ; −1 for PSUs without a row used. Shape (n_psu,).

    PSUs of a stratum are shuffled and dealt out in turn, each stratum going on where the last one ended, so every fold
    holds its part of every stratum that has enough of them.
    """
    rng = np.random.default_rng(seed)
    present = np.unique(design.psu[used])
    fold = np.full(design.n_psu, -1, dtype=np.int64)
    dealt = 0
    for stratum in np.unique(design.psu_stratum[present]):
        inside = rng.permutation(present[design.psu_stratum[present] == stratum])
        fold[inside] = (dealt + np.arange(len(inside))) % folds
        dealt += len(inside)
    return fold


def cross_validate(
    sample: FitSample, seed: int, firth: bool = False, folds: int = FOLDS
) -> dict[str, float | int | None]:
    """Weighted figures of fit on out-of-fold risks.

    Parameters
    ----------
    sample : FitSample
    seed : int
        Of the shuffle of PSUs.
    firth : bool
        Whether the model was fitted with Firth's penalty.

    Returns
    -------
    dict
        `folds`; `folds_fitted`: those whose other PSUs have a fit (a fold may hold all positive children of a category);
        `auc`, `brier`; `calibration_slope` of the log-odds, 1 where risks are neither too far apart (below 1) nor too
        close together, and `calibration_intercept` with it. The figures are of the children of the folds fitted, None
        with fewer than two.

    References
    ----------
    Steyerberg (2019), Clinical Prediction Models, 2nd ed., chapters 15 and 17 (calibration slope, cross-validation).
    Wieczorek, Guerin & McMahon (2022), Stat 11, e454 (folds of whole PSUs within strata).
    """
    folds = min(folds, len(np.unique(sample.psu)))
    fold = psu_folds(sample.design, sample.used, folds, seed)[sample.psu]
    fit = penalised if firth else maximise
    start = fit(sample.x, sample.y, sample.weight).coef
    risk = np.full(len(sample.y), np.nan)
    fitted = 0
    for left_out in range(folds):
        out = fold == left_out
        rest = ~out
        if not 0 < sample.y[rest].sum() < rest.sum():
            continue
        found = fit(sample.x[rest], sample.y[rest], sample.weight[rest], start)
        if found.converged:
            risk[out] = logistic(sample.x[out] @ found.coef)
            fitted += 1
    known = ~np.isnan(risk)
    y, p, weight = sample.y[known], risk[known], sample.weight[known]
    names = ("auc", "brier", "calibration_slope", "calibration_intercept")
    if fitted < 2 or not 0 < y.sum() < len(y):
        return {"folds": folds, "folds_fitted": fitted, **dict.fromkeys(names)}
    told = diagnostics.discrimination(y, p, weight)
    intercept, slope = _recalibration(y, p, weight)
    values = (told["auc"], told["brier"], slope, intercept)
    return {"folds": folds, "folds_fitted": fitted, **dict(zip(names, values, strict=True))}


def _recalibration(y: Floats, p: Floats, weight: Floats) -> tuple[float | None, float | None]:
    """Intercept and slope of a logistic regression of the outcome on the log-odds of the risk."""
    log_odds = np.log(p) - np.log1p(-p)
    if np.ptp(log_odds) < 1e-9:
        return None, None
    found = maximise(np.column_stack([np.ones(len(p)), log_odds]), y, weight)
    return (float(found.coef[0]), float(found.coef[1])) if found.converged else (None, None)
