"""Restricted likelihood of an area model with blocks of random effects, and its maximum.

Steps are those of average information, the mean of observed and expected: from any sensible start five to ten find the
maximum, where a general optimiser needs dozens of sums over all areas.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from riskmodel.areamodel.variance import Floats

Matrix = NDArray[np.float64]

# Variances below this share of the spread of the direct estimates are zero to all ends; none is looked for above that.
SMALLEST, WIDEST = 1e-8, 1e5
# Steps of expectation and maximisation before those of average information, which from a poor start can leap to zero.
EM_STEPS = 4
# A start is at least so far above the smallest variance, on the log scale: nothing leads away from zero.
FROM_ZERO = 9.0
# A step changes no variance by more than this factor, on the log scale, and there are at most so many.
LONGEST, MOST_STEPS = 2.0, 60
# The likelihood is at its maximum where a further step would add less than this.
NOTHING = 1e-11


@dataclass(frozen=True)
class Solved:
    """Henderson's equations solved at given variances."""

    effect: Floats  # (p + all random effects,)
    error: Matrix  # joint error of coefficients and random effects, C⁻¹
    log_determinant: float  # of C
    total: Floats  # (n,) ψ + σ²
    residual: Floats  # (n,) y − Xβ − Σ Z v
    root: Matrix  # W / √total


class Equations:
    """Henderson's equations of y = Xβ + Σ Z_k v_k + u + e, v_k ~ N(0, τ_k²), u ~ N(0, σ²), e ~ N(0, ψ).

    Variances come as logs in the order (σ², τ_1², …).
    """

    def __init__(self, y: Floats, sampling: Floats, design: Matrix, blocks: Sequence[Matrix]) -> None:
        self.y, self.sampling = y, sampling
        self.w = np.ascontiguousarray(np.column_stack([design, *blocks]))
        ends = np.cumsum([design.shape[1], *(z.shape[1] for z in blocks)])
        self.places = [slice(int(a), int(b)) for a, b in itertools.pairwise(ends)]
        self.spread = max(float(np.var(y)), float(np.mean(sampling)))
        self.sizes = [max(float((z**2).sum() / len(y)), 1e-12) for z in blocks]

    def with_direct(self, y: Floats) -> Equations:
        """The equations of other direct estimates of the same areas."""
        out = copy.copy(self)
        out.y, out.spread = y, max(float(np.var(y)), float(np.mean(self.sampling)))
        return out

    @property
    def lowest(self) -> Floats:
        """Logs of the smallest variances looked for."""
        return np.log([SMALLEST * self.spread, *(SMALLEST * self.spread / size for size in self.sizes)])

    def start(self) -> Floats:
        """Logs of variances to begin with: a third of the spread for areas, a tenth for each block."""
        return np.log([0.3 * self.spread, *(0.1 * self.spread / size for size in self.sizes)])

    def solve(self, logs: Floats) -> Solved:
        """Effects and their joint error."""
        variances = np.exp(logs)
        total = self.sampling + variances[0]
        root = self.w / np.sqrt(total)[:, None]
        left = root.T @ root
        for place, variance in zip(self.places, variances[1:], strict=True):
            position = np.arange(place.start, place.stop)
            left[position, position] += 1 / variance
        log_determinant = 2 * float(np.sum(np.log(np.diag(np.linalg.cholesky(left)))))
        error = np.linalg.inv(left)
        effect = error @ (root.T @ (self.y / np.sqrt(total)))
        return Solved(effect, error, log_determinant, total, self.y - self.w @ effect, root)

    def value(self, logs: Floats, solved: Solved) -> float:
        """−2 × the restricted log-likelihood but a constant.

        log|V| + log|X'V⁻¹X| = Σ log(ψ + σ²) + Σ_k q_k log τ_k² + log|C|, with C the matrix of the equations and q_k the
        columns of a block; r'V⁻¹r = Σ e² / (ψ + σ²) + Σ_k v_k'v_k / τ_k².
        """
        out = np.sum(np.log(solved.total)) + solved.log_determinant + np.sum(solved.residual**2 / solved.total)
        for place, log in zip(self.places, logs[1:], strict=True):
            v = solved.effect[place]
            out += len(v) * log + v @ v / np.exp(log)
        return float(out)

    def gradient(self, logs: Floats, solved: Solved) -> Floats:
        """Derivative of `value` by the logs: τ_k² (tr Z'PZ − |Z'Py|²), with P = D⁻¹ − D⁻¹ W C⁻¹ W' D⁻¹ and Z = I for σ²."""
        py = solved.residual / solved.total
        twice = solved.root / np.sqrt(solved.total)[:, None]
        trace = np.sum(1 / solved.total) - np.sum(solved.error * (twice.T @ twice))
        out = [np.exp(logs[0]) * (trace - py @ py)]
        for place, log in zip(self.places, logs[1:], strict=True):
            v = solved.effect[place]
            out.append(len(v) - (np.trace(solved.error[place, place]) + v @ v) / np.exp(log))
        return np.array(out)

    def average_information(self, logs: Floats, solved: Solved) -> Matrix:
        """Second derivative of `value` by the logs, to first order: y'P V_i P V_j P y τ_i² τ_j² (V_0 = I, V_k = Z_k Z_k')."""
        columns = [np.exp(logs[0]) * solved.residual / solved.total]
        for place in self.places:  # τ² Z Z'P y = Z v
            columns.append(self.w[:, place] @ solved.effect[place])
        q = np.column_stack(columns)
        scaled = q / solved.total[:, None]
        inner = self.w.T @ scaled
        return q.T @ scaled - inner.T @ solved.error @ inner

    def em_step(self, logs: Floats) -> Floats:
        """One step in which every variance stays above zero and the likelihood grows."""
        counts = np.array([len(self.y), *(place.stop - place.start for place in self.places)])
        return np.asarray(logs + np.log(np.maximum(1 - self.gradient(logs, self.solve(logs)) / counts, 1e-3)))


def maximise(equations: Equations, start: Floats | None = None, adjust: bool = False) -> tuple[Floats, Solved]:
    """Logs of the variances at the maximum of the restricted likelihood, and the equations solved there.

    Parameters
    ----------
    start : array, optional
        Logs near the maximum; without one, some steps of expectation and maximisation lead towards it.
    adjust : bool
        Maximise the likelihood times σ² in its place, which is never at zero.

    References
    ----------
    Gilmour, Thompson & Cullis (1995), Biometrics 51, 1440–1450 (average information).
    Li & Lahiri (2010), Journal of Multivariate Analysis 101, 882–892 (adjusted likelihood).
    """
    logs = equations.start() if start is None else np.maximum(start, equations.lowest + FROM_ZERO)
    for _ in range(EM_STEPS if start is None else 0):
        logs = np.maximum(equations.em_step(logs), equations.lowest)
    extra = np.zeros(len(logs))
    extra[0] = 2.0 * adjust
    solved = equations.solve(logs)
    value = equations.value(logs, solved) - extra @ logs
    for _ in range(MOST_STEPS):
        gradient = equations.gradient(logs, solved) - extra
        step, gain = _step(logs - equations.lowest, gradient, equations.average_information(logs, solved))
        if gain < NOTHING:
            return logs, solved
        for _ in range(12):
            tried = np.clip(logs + step, equations.lowest, equations.lowest + np.log(WIDEST / SMALLEST))
            found = equations.solve(tried)
            reached = equations.value(tried, found) - extra @ tried
            if reached <= value + 1e-10 * abs(value):
                break
            step = step / 3
        else:
            break
        if abs(reached - value) < NOTHING * abs(value) and gain < 1e-7:
            return tried, found
        logs, solved, value = tried, found, reached
    logs = _searched(equations, logs, extra)
    return logs, equations.solve(logs)


def _step(above: Floats, gradient: Floats, information: Matrix) -> tuple[Floats, float]:
    """The step of average information and what it would add; a variance at zero that would fall stays there."""
    free = (above > 1e-9) | (gradient < 0)
    step = np.zeros(len(gradient))
    if not free.any():
        return step, 0.0
    inside = information[np.ix_(free, free)]
    ridge = 1e-8 * np.diag(np.diag(inside)) + 1e-12 * np.eye(len(inside))
    step[free] = -np.linalg.solve(inside + ridge, gradient[free])
    longest = np.abs(step).max()
    gain = -float(gradient @ step)
    return (step if longest <= LONGEST else step * LONGEST / longest), gain


def _searched(equations: Equations, start: Floats, extra: Floats) -> Floats:
    """The maximum by a general optimiser, where the steps did not settle."""

    def target(logs: Floats) -> tuple[float, Floats]:
        solved = equations.solve(logs)
        return equations.value(logs, solved) - float(extra @ logs), equations.gradient(logs, solved) - extra

    bounds = [(low, low + np.log(WIDEST / SMALLEST)) for low in equations.lowest]
    options = {"ftol": 1e-11, "maxls": 40}
    return np.asarray(minimize(target, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x)
