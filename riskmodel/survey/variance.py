"""Design-based covariance of estimated totals, by Taylor linearisation.

PSUs count as drawn with replacement within strata: only the spread of PSU totals matters, whatever was drawn inside.
A stratum with a single PSU shows no spread of its own; a declared rule says what stands for it.
"""

from __future__ import annotations

import numpy as np

from riskmodel.problems import InputProblems, Problem
from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, SurveyDesign


def covariance_of_totals(values: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu = "adjust") -> Floats:
    """Covariance of the column totals of `values`, which already hold the weights.

    For each stratum h with n_h PSUs: n_h / (n_h − 1) · Σ (z_hi − z̄_h)(z_hi − z̄_h)', z_hi being PSU totals.
    A stratum with one PSU: "adjust" takes the deviation from the mean of all PSU totals; "average" gives it the mean
    contribution of the strata that have several; "certainty" and "remove" give it zero; "fail" stops.

    Parameters
    ----------
    values : array, shape (n, q)
        Weighted linearised values; zero in rows not used.
    used : array of bool, shape (n,)
        Rows that belong to the estimate. A stratum without any contributes nothing.

    Returns
    -------
    array, shape (q, q)

    Raises
    ------
    InputProblems
        A stratum used has one PSU and the rule is "fail"; names the strata.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    Lumley (2010), Complex Surveys, section 3.2 and appendix on strata with a single PSU.
    """
    totals = _totals(values, design)
    drawn = design.psu_per_stratum()
    present = np.bincount(design.stratum[used], minlength=len(drawn)) > 0
    lonely = present & (drawn == 1)
    several = present & (drawn > 1)
    if lonely.any() and lonely_psu == "fail":
        names = [design.strata[h] for h in np.flatnonzero(lonely)]
        raise InputProblems([Problem("model_lonely_psu", values={"count": len(names), "strata": _some(names)})])
    sums = np.zeros((len(drawn), values.shape[1]))
    np.add.at(sums, design.psu_stratum, totals)
    deviation = totals - (sums / drawn[:, None])[design.psu_stratum]
    ratio = np.where(several, drawn / np.maximum(drawn - 1, 1), 0.0)
    scaled = deviation * np.sqrt(ratio[design.psu_stratum])[:, None]
    cov = scaled.T @ scaled
    if lonely.any() and lonely_psu == "adjust":
        alone = totals[lonely[design.psu_stratum]] - totals.mean(axis=0)
        cov = cov + alone.T @ alone
    elif lonely.any() and lonely_psu == "average" and several.any():
        cov = cov * (present.sum() / several.sum())
    return cov


def _totals(values: Floats, design: SurveyDesign) -> Floats:
    """Sum of `values` in each PSU; shape (n_psu, q)."""
    totals = np.zeros((design.n_psu, values.shape[1]))
    for column in range(values.shape[1]):
        totals[:, column] = np.bincount(design.psu, weights=values[:, column], minlength=design.n_psu)
    return totals


def _some(names: list[str], most: int = 10) -> str:
    """The first names, for a message."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
