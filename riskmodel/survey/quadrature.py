"""Integrate a logistic likelihood over one random intercept per area, by adaptive Gauss–Hermite quadrature.

Children of an area who are alike in every determinant are one cell: the likelihood needs only their weights with and
without the outcome, so a large survey is as quick as a small one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite import hermgauss

from riskmodel.survey.design import Floats, Ints

NODES = 15
MOST_STEPS = 50  # of the search for the mode of an area


@dataclass(frozen=True)
class Cells:
    """Like children of one area, N cells in the order of their areas; every area has one at least."""

    x: Floats  # (N, p) terms
    positive: Floats  # (N,) Σ w of those with the outcome
    total: Floats  # (N,) Σ w
    start: Ints  # (D,) first cell of each area
    area: Ints  # (N,) area of each cell, 0..D − 1

    def by_area(self, values: Floats) -> Floats:
        """Sums of `values`, (N, …), over the cells of each area, (D, …)."""
        return np.asarray(np.add.reduceat(values, self.start, axis=0), dtype=np.float64)


@dataclass(frozen=True)
class Posterior:
    """What a survey says of the effect u of each area, at given coefficients and standard deviation: Q points a piece."""

    node: Floats  # (D, Q) values of u
    chance: Floats  # (D, Q) posterior probability of each; rows add up to 1
    log_likelihood: Floats  # (D,)
    mode: Floats  # (D,)
    risk: Floats  # (N, Q) p of each cell at the nodes of its area


def group_cells(x: Floats, y: Floats, weight: Floats, area: Ints) -> tuple[Cells, Ints]:
    """The cells of a survey, and the cell of each of its n rows; `area` counts from 0 without gaps."""
    table = np.column_stack([area, x])
    distinct, position = np.unique(table, axis=0, return_inverse=True)
    position = position.ravel().astype(np.int64)
    of_cell = distinct[:, 0].astype(np.int64)
    start = np.flatnonzero(np.diff(of_cell, prepend=-1)).astype(np.int64)
    count = len(distinct)
    cells = Cells(
        x=np.ascontiguousarray(distinct[:, 1:]),
        positive=sums(position, weight * y, count),
        total=sums(position, weight, count),
        start=start,
        area=of_cell,
    )
    return cells, position


def sums(position: Ints, values: Floats, count: int) -> Floats:
    """Sum of `values` at each of `count` positions."""
    return np.asarray(np.bincount(position, values, count), dtype=np.float64)


def rule(points: int = NODES) -> tuple[Floats, Floats]:
    """Nodes z and weights v so that Σ v f(z) is the mean of f over a standard normal variable; exact up to degree 2Q − 1."""
    node, weight = hermgauss(points)
    return np.sqrt(2) * node, weight / np.sqrt(np.pi)


def posterior(cells: Cells, eta: Floats, sd: float, mode: Floats | None = None, points: int = NODES) -> Posterior:
    """Posterior of u ~ N(0, sd²) in every area, and the marginal likelihood.

    With û the mode of ℓ(u) − u² / 2 sd² and s² the inverse of its curvature there, nodes are û + s z. The marginal
    likelihood is s / sd · Σ v exp(z² / 2 + ℓ(u) − u² / 2 sd²); at sd = 0 all nodes are 0.

    Parameters
    ----------
    eta : array, shape (N,)
        Log-odds of each cell without u.
    sd : float
        0 or more.
    mode : array, shape (D,), optional
        Near the modes, where they are known.

    References
    ----------
    Pinheiro & Bates (1995), Journal of Computational and Graphical Statistics 4, 12–35.
    """
    z, v = rule(points)
    areas = len(cells.start)
    if sd == 0:
        flat = np.zeros((areas, points))
        risk, log_lik = _at_nodes(cells, eta, flat)
        return Posterior(flat, np.tile(v, (areas, 1)), log_lik[:, 0], np.zeros(areas), risk)
    centre, spread = _modes(cells, eta, sd, np.zeros(areas) if mode is None else mode)
    node = centre[:, None] + spread[:, None] * z
    risk, log_lik = _at_nodes(cells, eta, node)
    log_term = np.log(v) + z**2 / 2 + log_lik - node**2 / (2 * sd**2)
    top = log_term.max(axis=1)
    term = np.exp(log_term - top[:, None])
    total = term.sum(axis=1)
    marginal = top + np.log(total) + np.log(spread / sd)
    return Posterior(node, term / total[:, None], marginal, centre, risk)


def _at_nodes(cells: Cells, eta: Floats, node: Floats) -> tuple[Floats, Floats]:
    """Risk of each cell at the nodes of its area, (N, Q), and the log-likelihood of each area there, (D, Q)."""
    log_odds = np.clip(eta[:, None] + node[cells.area], -700, 700)
    odds = np.exp(log_odds)
    value = cells.positive[:, None] * log_odds - cells.total[:, None] * np.log1p(odds)
    return odds / (1 + odds), cells.by_area(value)


def _modes(cells: Cells, eta: Floats, sd: float, start: Floats) -> tuple[Floats, Floats]:
    """Mode and spread of the posterior of each area, by Newton steps; the function is concave, so there is one mode."""
    u = start.copy()
    precision = 1 / sd**2
    slope = np.full(len(u), precision)
    for _ in range(MOST_STEPS):
        p = 1 / (1 + np.exp(-np.clip(eta + u[cells.area], -700, 700)))
        score = cells.by_area(cells.positive - cells.total * p) - u * precision
        slope = cells.by_area(cells.total * p * (1 - p)) + precision
        step = np.clip(score / slope, -2.0, 2.0)
        u = u + step
        if np.abs(step).max() < 1e-10:
            break
    return u, 1 / np.sqrt(slope)
