"""Shapley values of a logistic risk over determinants, against a background of profiles.

The value of a set S of determinants for a profile x is the mean risk when S is as in x and the rest as in a profile
drawn from the background. φ_k is the mean gain from adding k to S, over all orders; the φ of a profile add up to its
risk less the background's mean risk. This is the interventional value: it describes the model, not an intervention.

References
----------
Shapley (1953); Štrumbelj & Kononenko (2014), Knowledge and Information Systems 41, 647–665.
Castro, Gómez & Tejada (2009), Computers & Operations Research 36, 1726–1730 (sampling of orders).
"""

from __future__ import annotations

from itertools import pairwise
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]

EXACT_UP_TO = 12  # determinants: 4,096 sets
PERMUTATION_PAIRS = 200  # above that: orders drawn with their reverse

# Log-odds between grid points. Cubic interpolation on both sides errs by less than 1e-7 in the probability.
STEP = 0.05


def shapley_values(intercept: float, parts: Floats, weight: Floats, seed: int = 1) -> Floats:
    """Contributions of determinants to the risk of each profile.

    Parameters
    ----------
    intercept : float
        Log-odds where all parts are zero.
    parts : (n_profiles, n_determinants)
        Log-odds each determinant adds to each profile.
    weight : (n_profiles,)
        Children of the country with that profile: the background. Any scale.
    seed : int
        Of the orders drawn where there are more than 12 determinants; up to 12 the values are exact.

    Returns
    -------
    (n_profiles, n_determinants) proportions; rows add up to risk − background mean.
    """
    risk = _Risk(intercept, parts, weight)
    n_determinants = parts.shape[1]
    if n_determinants <= EXACT_UP_TO:
        return _all_sets(risk, n_determinants)
    return _drawn_orders(risk, n_determinants, np.random.default_rng(seed))


def _all_sets(risk: _Risk, n: int) -> Floats:
    """φ_k = Σ_S g_k(S) v(S) over all sets, (s−1)!(n−s)!/n! for k in S and −s!(n−s−1)!/n! otherwise."""
    phi = np.zeros((risk.n_profiles, n))
    for code in range(1 << (n - 1)):  # sets without the last determinant; their complements come with them
        inside = (code >> np.arange(n)) & 1 == 1
        value, value_of_rest = risk.pair(inside, ends=code == 0)
        # The complement of S has the same weights with the opposite sign: its members are the others.
        phi += (value - value_of_rest)[:, None] * _gains(inside)
    return phi


def _gains(inside: NDArray[np.bool_]) -> Floats:
    """Weight of v(S) in the φ of each determinant, (n,)."""
    n, size = len(inside), int(inside.sum())
    of_member = 1 / (n * comb(n - 1, size - 1)) if size else 0.0
    of_other = 1 / (n * comb(n - 1, size)) if size < n else 0.0
    return np.where(inside, of_member, -of_other)


def _drawn_orders(risk: _Risk, n: int, rng: np.random.Generator) -> Floats:
    """Mean gain over random orders and their reverses; each order's gains telescope to the whole gap."""
    phi = np.zeros((risk.n_profiles, n))
    for _ in range(PERMUTATION_PAIRS):
        order = rng.permutation(n)
        members = np.zeros((n + 1, n), dtype=bool)
        for position, k in enumerate(order):
            members[position + 1 :, k] = True
        # The reverse order passes through the complements, which come with each pair.
        pairs = [risk.pair(inside, ends=position in (0, n)) for position, inside in enumerate(members)]
        for k, (before, after) in zip(order, pairwise(pairs), strict=True):
            phi[:, k] += (after[0] - before[0]) + (before[1] - after[1])
    return phi / (2 * PERMUTATION_PAIRS)


class _Risk:
    """Mean risk with some determinants as in the profile and the others as in the background.

    The background's log-odds of the free determinants are laid on a grid, so that the mean over the background is one
    product with a table of logistic values instead of one sum per pair of profiles.
    """

    def __init__(self, intercept: float, parts: Floats, weight: Floats) -> None:
        self.n_profiles = len(parts)
        self._parts = parts - parts.min(axis=0)  # so that every sum starts at 0
        self._lowest = intercept + float(parts.min(axis=0).sum())
        self._total = self._parts.sum(axis=1)
        self._weight = weight / weight.sum()
        self._risk = expit(self._lowest + self._total)
        self._mean = float(self._weight @ self._risk)
        span = float(self._parts.max(axis=0).sum())
        # Grid point i is log-odds lowest + (i − 2) STEP: one spare point on each side of either sum.
        self._logistic = expit(self._lowest + STEP * (np.arange(int(span / STEP) + 12) - 2))

    def pair(self, inside: NDArray[np.bool_], ends: bool) -> tuple[Floats, Floats]:
        """v(S) and v(complement of S), each (n_profiles,). `ends`: S is empty or everything, whose values are known."""
        if ends:
            none, everything = np.full(self.n_profiles, self._mean), self._risk
            return (everything, none) if inside.all() else (none, everything)
        own = self._parts @ inside
        rest = np.maximum(self._total - own, 0.0)
        own_grid, rest_grid = _on_grid(own), _on_grid(rest)
        own_mass, rest_mass = self._mass(*own_grid), self._mass(*rest_grid)
        with_own = self._averaged(rest_mass, len(own_mass))
        with_rest = self._averaged(own_mass, len(rest_mass))
        return _read(with_own, *own_grid), _read(with_rest, *rest_grid)

    def _mass(self, cell: NDArray[np.int64], share: Floats) -> Floats:
        """Background weight on the grid points."""
        length = int(cell.max()) + 4
        mass = np.zeros(length)
        for i in range(4):
            mass += np.bincount(cell + i, self._weight * share[i], length)
        return mass

    def _averaged(self, mass: Floats, length: int) -> Floats:
        """Mean risk at each point of one grid over the mass on the other."""
        return np.correlate(self._logistic[: length + len(mass) - 1], mass, mode="valid")


def _on_grid(log_odds: Floats) -> tuple[NDArray[np.int64], Floats]:
    """First of the four grid points around each value, (n,), and their cubic (Lagrange) shares, (4, n)."""
    position = log_odds / STEP
    cell = np.floor(position).astype(np.int64)
    u = position - cell
    shares = np.stack(
        [
            -u * (u - 1) * (u - 2) / 6,
            (u + 1) * (u - 1) * (u - 2) / 2,
            -(u + 1) * u * (u - 2) / 2,
            (u + 1) * u * (u - 1) / 6,
        ]
    )
    return cell, shares


def _read(grid: Floats, cell: NDArray[np.int64], share: Floats) -> Floats:
    return grid[cell] * share[0] + grid[cell + 1] * share[1] + grid[cell + 2] * share[2] + grid[cell + 3] * share[3]
