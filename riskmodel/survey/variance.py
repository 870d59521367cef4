"""Design-based covariance of estimated totals, by Taylor linearisation or from replicate weights.

The variance between PSU totals within strata, less the share of the stratum that was sampled; where the number of PSUs in
the population is known, also the variance between second-stage units within each PSU. A group with a single unit shows no
spread of its own; a declared rule says what stands for it.
"""

from __future__ import annotations

import numpy as np

from riskmodel.problems import InputProblems, Problem
from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, Ints, SurveyDesign

# A group sampled to within this share of all its units counts as taken whole.
WHOLE = 1e-7


def covariance_of_totals(values: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu = "adjust") -> Floats:
    """Covariance of the column totals of `values`, which already hold the weights.

    For each stratum h with n_h PSUs of N_h:
    (1 − n_h / N_h) · n_h / (n_h − 1) · Σ_i (z_hi − z̄_h)(z_hi − z̄_h)', z_hi being PSU totals; N_h infinite where the design
    has no finite population correction. With second-stage units, m of M in a PSU, each PSU adds
    n_h / N_h · (1 − m / M) · m / (m − 1) · Σ_j (z_hij − z̄_hi)(z_hij − z̄_hi)'.

    A group (stratum, or PSU at the second stage) with one unit that is not taken whole: "adjust" takes the deviation of
    the unit from the mean of all, which is zero; "average" gives it the mean contribution of the groups of that stage
    that have several; "certainty" and "remove" give it zero; "fail" stops.

    With replicate weights: the spread of the total over replicates; stages and rule are not used.

    Parameters
    ----------
    values : array, shape (n, q)
        Weighted linearised values, so that each column adds up to zero; zero in rows not used.
    used : array of bool, shape (n,)
        Rows that belong to the estimate. A group without any contributes nothing.

    Returns
    -------
    array, shape (q, q)

    Raises
    ------
    InputProblems
        A group used has one unit and the rule is "fail"; names the strata, or counts the PSUs.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    Lumley (2010), Complex Surveys, section 3.2 and appendix on strata with a single PSU.
    Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 4.3 (two stages).
    """
    if design.replicates is not None:
        ratio = design.replicates.weight[used] / design.weight[used][:, None]
        return design.replicates.covariance(ratio.T @ values[used], values[used].sum(axis=0))
    drawn = design.psu_per_stratum()
    present = np.bincount(design.stratum[used], minlength=len(drawn)) > 0
    totals = _totals(values, design.psu, design.n_psu)
    cov, lonely = _stage(totals, design.psu_stratum, design.psu_population, present, np.ones(len(drawn)), lonely_psu)
    if len(lonely) and lonely_psu == "fail":
        names = [design.strata[h] for h in lonely]
        raise InputProblems([Problem("model_lonely_psu", values={"count": len(names), "strata": _some(names)})])
    sampled = (drawn / design.psu_population)[design.psu_stratum]  # share of its stratum's PSUs, by PSU
    if design.ssu is None or design.ssu_psu is None or design.ssu_population is None or not sampled.any():
        return cov
    present = (np.bincount(design.psu[used], minlength=design.n_psu) > 0) & (sampled > 0)
    totals = _totals(values, design.ssu, len(design.ssu_psu))
    within, lonely = _stage(totals, design.ssu_psu, design.ssu_population, present, sampled, lonely_psu)
    if len(lonely) and lonely_psu == "fail":
        raise InputProblems([Problem("model_lonely_ssu", values={"count": len(lonely)})])
    return cov + within


def _stage(
    totals: Floats, group: Ints, population: Floats, present: Bools, share: Floats, rule: LonelyPsu
) -> tuple[Floats, Ints]:
    """Covariance from the spread of units within their groups, and the groups with a single unit.

    Parameters
    ----------
    totals : array, shape (units, q)
    group : array of int, shape (units,)
    population : array, shape (groups,)
        Units of each group in the population.
    present : array of bool, shape (groups,)
        Groups that hold a row used.
    share : array, shape (groups,)
        What the contribution of each group is multiplied by.
    """
    drawn = np.bincount(group, minlength=len(population))
    left = 1 - drawn / population
    share = share * np.where(left > WHOLE, left, 0.0)
    lonely = present & (drawn == 1) & (share > 0)
    mean = _totals(totals, group, len(population)) / np.maximum(drawn, 1)[:, None]
    ratio = share * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 0.0)
    scaled = (totals - mean[group]) * np.sqrt(ratio[group])[:, None]
    cov = scaled.T @ scaled
    if rule == "adjust":
        alone = totals[lonely[group]] * np.sqrt(share[group][lonely[group]])[:, None]
        cov = cov + alone.T @ alone
    elif rule == "average" and lonely.any() and (present & ~lonely).any():
        cov = cov * (present.sum() / (present & ~lonely).sum())
    return cov, np.flatnonzero(lonely).astype(np.int64)


def _totals(values: Floats, unit: Ints, count: int) -> Floats:
    """Sum of `values` in each unit; shape (count, q)."""
    totals = np.zeros((count, values.shape[1]))
    for column in range(values.shape[1]):
        totals[:, column] = np.bincount(unit, weights=values[:, column], minlength=count)
    return totals


def _some(names: list[str], most: int = 10) -> str:
    """The first names, for a message."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
