"""Replicate weights of a survey: its variance is the spread of an estimate over them.

Each column of weights stands for the survey with some of its units left out or drawn again. What was left out is known
only to the office that made them, so strata and sampling units are not used beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg.lapack import dpstrf

from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Replicates
from riskmodel.survey.gram import gram

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# Columns of a survey frame that hold replicate weights are called "replicate:" and their position.
PREFIX = "replicate:"

# A column is a combination of others where what is left of it is below this share of its length.
RANK_TOLERANCE = 1e-5

MAX_ITERATIONS = 40

# Distinct children times replicates worked on at once; bounds the memory.
CELLS_AT_ONCE = 4_000_000

# Steps for many replicates together, and the last one (in standard deviations) that is near enough.
STEPS_AT_ONCE = 25
NEAR = 1e-6


@dataclass(frozen=True)
class ReplicateWeights:
    """R columns of weights and what each counts in the variance."""

    type: str
    weight: Floats  # (n, R) divided by the mean of the sampling weight, as the weight of `SurveyDesign` is
    factor: Floats  # (R,) scale · rscales
    mse: bool  # spread around the estimate of the whole sample; else around the mean of the replicates

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, settings: Replicates) -> ReplicateWeights:
        """Read the columns `replicate:…`, in their order, and the factors that the settings or their type give.

        Factors by type, R replicates: JK1 scale (R − 1) / R; BRR 1 / R; Fay 1 / (R (1 − ρ)²); bootstrap 1 / (R − 1);
        JKn scale 1 with `rscales`. Where the columns are multiples of the weight (`combined` false), JK1 and JKn read
        (n − 1) / n from the largest multiple.

        References
        ----------
        Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapters 3–5.
        Judkins (1990), Journal of Official Statistics 6, 223–239 (Fay's method).
        """
        given = frame[[c for c in frame.columns if c.startswith(PREFIX)]].to_numpy(dtype=float)
        count = given.shape[1]
        largest = given.max(axis=0)
        match settings.type:
            case "JK1":
                default = (count - 1) / count if settings.combined else 1 / largest[0]
            case "Fay" | "BRR":
                default = 1 / (count * (1 - (settings.rho or 0.0)) ** 2)
            case "bootstrap":
                default = 1 / (count - 1)
            case _:
                default = 1.0
        rscales = np.asarray(settings.rscales or (1.0,))
        if settings.type == "JKn" and not settings.rscales:
            rscales = 1 / largest
        factor = (settings.scale or default) * np.broadcast_to(rscales, (count,))
        sampling = frame["weight"].to_numpy(dtype=float)
        weight = given if settings.combined else given * sampling[:, None]
        return cls(settings.type, weight / sampling.mean(), factor, settings.mse)

    @property
    def count(self) -> int:
        return self.weight.shape[1]

    def covariance(self, estimates: Floats, whole: Floats) -> Floats:
        """Covariance of q estimates, shape (q, q): Σ_r factor_r · (t_r − c)(t_r − c)'.

        Parameters
        ----------
        estimates : array, shape (R, q)
            From each replicate.
        whole : array, shape (q,)
            From the whole sample; the centre c if `mse`, else c is the mean over replicates that count.
        """
        centre = whole if self.mse else estimates[self.factor > 0].mean(axis=0)
        apart = (estimates - centre) * np.sqrt(self.factor)[:, None]
        return apart.T @ apart

    def degrees_of_freedom(self, used: Bools) -> int:
        """Rank of the replicate weights of the rows used, less one (the convention of R `survey::degf`)."""
        weight = self.weight[used]
        length = np.linalg.norm(weight, axis=0)
        unit = weight[:, length > 0] / length[length > 0]
        if not unit.size:
            return 0
        _, _, rank, _ = dpstrf(unit.T @ unit, tol=RANK_TOLERANCE**2)
        return int(rank) - 1


def refit(x: Floats, y: Floats, weight: Floats, start: Floats) -> Floats:
    """Coefficients of the logistic regression under each replicate, starting at those of the whole sample.

    Children with the same row of `x` are put together first, which changes nothing and makes it fast where determinants
    are categories.

    Parameters
    ----------
    x : array, shape (n, q)
    y : array, shape (n,)
        0 or 1.
    weight : array, shape (n, R)
    start : array, shape (q,)

    Returns
    -------
    array, shape (R, q)

    Raises
    ------
    InputProblems
        In some replicates the likelihood has no maximum, or coefficients cannot be told apart; gives their number.
    """
    pattern, position = np.unique(x, axis=0, return_inverse=True)
    position = position.ravel()
    found = np.empty((weight.shape[1], x.shape[1]))
    failed: list[int] = []
    together = max(1, CELLS_AT_ONCE // len(pattern))
    for first in range(0, weight.shape[1], together):
        part = weight[:, first : first + together]
        part = part / part.mean(axis=0)
        total: Floats = np.column_stack([np.bincount(position, w, len(pattern)) for w in part.T]).astype(np.float64)
        cases = [np.bincount(position, w * y, len(pattern)) for w in part.T]
        positive: Floats = np.column_stack(cases).astype(np.float64)
        near = _all_at_once(pattern, positive, total, start)
        for r in range(part.shape[1]):
            solution = _newton(pattern, positive[:, r], total[:, r], near[r])
            if solution is None:
                failed.append(first + r + 1)
            else:
                found[first + r] = solution
    if failed:
        values = {"count": len(failed), "replicates": ", ".join(map(str, failed[:10])), "of": weight.shape[1]}
        raise InputProblems([Problem("model_replicate_separation", values=values)])
    return found


def _all_at_once(x: Floats, positive: Floats, total: Floats, start: Floats) -> Floats:
    """Coefficients near those of each replicate, by steps with the information of their mean; shape (R, q).

    Replicates are near the whole sample, so the error shrinks by a steady share at each step, at a fraction of the cost of
    a Newton step. Where it does not, `start` is returned. Newton steps must follow: only they see a replicate that cannot
    tell coefficients apart.
    """
    gamma = np.tile(start, (total.shape[1], 1))
    p = _logistic(x @ start)
    information = gram(x, total.mean(axis=1) * p * (1 - p))
    size = np.full(len(gamma), np.inf)
    for _ in range(STEPS_AT_ONCE):
        score = x.T @ (positive - total * _logistic(x @ gamma.T))
        step = np.linalg.solve(information, score).T
        gamma, size = gamma + step, np.abs(step).max(axis=1)
        if (size < NEAR).all():
            break
    return np.asarray(np.where((size < NEAR)[:, None], gamma, start), dtype=np.float64)


def _newton(x: Floats, positive: Floats, total: Floats, start: Floats) -> Floats | None:
    """Coefficients at which Σ x (positive − total · p) is zero; None where there are none."""
    gamma = start
    value = _log_likelihood(x @ gamma, positive, total)
    for _ in range(MAX_ITERATIONS):
        p = _logistic(x @ gamma)
        information = gram(x, total * p * (1 - p))
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, x.T @ (positive - total * p))
        while (after := _log_likelihood(x @ (gamma + step), positive, total)) < value - 1e-9 * abs(value):
            step = step / 2
        gamma, value = gamma + step, after
        if np.abs(step).max() < 1e-9:  # convergence is quadratic: the error left is its square
            return np.asarray(gamma, dtype=np.float64)
    return None


def _logistic(eta: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(eta, -700, 700))), dtype=np.float64)


def _log_likelihood(eta: Floats, positive: Floats, total: Floats) -> float:
    return float(positive @ eta - total @ np.logaddexp(0, eta))
