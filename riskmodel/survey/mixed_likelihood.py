"""The marginal log-likelihood of a logistic model with effects of areas, its derivatives, and its maximum.

Derivatives are means over the posterior of the effects, by the quadrature that gives the likelihood itself.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from riskmodel.survey.design import Floats
from riskmodel.survey.quadrature import Cells, Posterior, posterior

MOST_STEPS = 200
FLAT = 1e-7  # a gradient of the mean log-likelihood of a child below this is zero


def search(cells: Cells, start: Floats, adjusted: bool, points: int) -> Floats | None:
    """Newton steps in a trust region from `start`, with analytic gradient and information; None without a maximum."""
    likelihood = Likelihood(cells, adjusted, points)
    with np.errstate(over="ignore", invalid="ignore"):
        found = minimize(
            likelihood.value,
            start,
            jac=likelihood.gradient,
            hess=likelihood.hessian,
            method="trust-exact",
            options={"gtol": FLAT, "maxiter": MOST_STEPS, "initial_trust_radius": 0.5},
        )
        flat = float(np.linalg.norm(likelihood.gradient(found.x))) < 100 * FLAT
    return np.asarray(found.x, dtype=np.float64) if flat and np.isfinite(found.x).all() else None


class Likelihood:
    """Minus the mean log-likelihood of a child, with derivatives by γ and log sd; the last point is kept."""

    def __init__(self, cells: Cells, adjusted: bool, points: int) -> None:
        self._cells, self._adjusted, self._points = cells, adjusted, points
        self._scale = float(cells.total.sum())
        self._at: Floats | None = None
        self._found: Posterior | None = None

    def value(self, at: Floats) -> float:
        log_likelihood = float(self._posterior(at).log_likelihood.sum())
        return -(log_likelihood + (2 * at[-1] if self._adjusted else 0.0)) / self._scale

    def gradient(self, at: Floats) -> Floats:
        found, sd = self._posterior(at), np.exp(at[-1])
        mean = np.einsum("nq,nq->n", found.risk, found.chance[self._cells.area])
        by_coef = (self._cells.positive - self._cells.total * mean) @ self._cells.x
        by_sd = float(np.sum(found.chance * (found.node**2 / sd**2 - 1))) + (2.0 if self._adjusted else 0.0)
        return -np.append(by_coef, by_sd) / self._scale

    def hessian(self, at: Floats) -> Floats:
        return -second_derivative(self._cells, self._posterior(at), float(np.exp(at[-1]))) / self._scale

    def _posterior(self, at: Floats) -> Posterior:
        if self._found is None or self._at is None or not np.array_equal(at, self._at):
            mode = None if self._found is None else self._found.mode
            sd = float(np.exp(np.clip(at[-1], -12, 4)))
            self._found = posterior(self._cells, self._cells.x @ at[:-1], sd, mode, self._points)
            self._at = at.copy()
        return self._found


def second_derivative(cells: Cells, found: Posterior, sd: float) -> Floats:
    """Of the log-likelihood by γ and log sd, (p + 1, p + 1): mean curvature plus the variance of the score, over u.

    References
    ----------
    Louis (1982), J. R. Statist. Soc. B 44, 226–233.
    """
    slope = np.einsum("nq,nq->n", found.risk * (1 - found.risk), found.chance[cells.area]) * cells.total
    score = np.concatenate([scores(cells, found), (found.node**2 / sd**2 - 1)[:, :, None]], axis=2)
    centred = score - np.einsum("dq,dqj->dj", found.chance, score)[:, None, :]
    root = (centred * np.sqrt(found.chance)[:, :, None]).reshape(-1, centred.shape[2])
    out = root.T @ root
    out[:-1, :-1] -= (cells.x * slope[:, None]).T @ cells.x
    out[-1, -1] -= 2 * float(np.sum(found.chance * found.node**2)) / sd**2
    return np.asarray(out, dtype=np.float64)


def scores(cells: Cells, found: Posterior) -> Floats:
    """Σ w (y − p) x of each area at its nodes, (D, Q, p)."""
    residual = cells.positive[:, None] - cells.total[:, None] * found.risk
    parts = [cells.by_area(residual * cells.x[:, [j]]) for j in range(cells.x.shape[1])]
    return np.stack(parts, axis=2)
