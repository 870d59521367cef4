"""Mean risk with some determinants as in a profile and the others as in the background.

The background's log-odds of the free determinants are laid on a grid, so that the mean over the background is one product
with a table of logistic values instead of one sum per pair of profiles. Where an interaction has one determinant on
either side, this is done for each value the background has of the free one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Log-odds between grid points. Cubic interpolation on both sides errs by less than 1e-7 in the probability.
STEP = 0.05


@dataclass(frozen=True)
class Pair:
    """What two determinants add together, beyond what each adds by itself."""

    first: int  # position of a determinant
    second: int
    first_code: Ints  # (n_profiles,) which of its values each profile has
    second_code: Ints
    log_odds: Floats  # (values of the first, values of the second)

    @property
    def of_profiles(self) -> Floats:
        """What it adds to each profile, (n_profiles,)."""
        return np.asarray(self.log_odds[self.first_code, self.second_code], dtype=np.float64)


class Risk:
    """Values of sets of determinants for every profile."""

    def __init__(self, intercept: float, parts: Floats, weight: Floats, pairs: Sequence[Pair] = ()) -> None:
        self.n_profiles = len(parts)
        self._intercept, self._parts, self._pairs = intercept, parts, tuple(pairs)
        self._joint = [pair.of_profiles for pair in pairs]
        self._weight = weight / weight.sum()
        self._risk = expit(intercept + parts.sum(axis=1) + sum(self._joint, np.zeros(len(parts))))
        self._mean = float(self._weight @ self._risk)

    def pair(self, inside: Bools, ends: bool) -> tuple[Floats, Floats]:
        """v(S) and v(complement of S), each (n_profiles,). `ends`: S is empty or everything, whose values are known."""
        if ends:
            none, everything = np.full(self.n_profiles, self._mean), self._risk
            return (everything, none) if inside.all() else (none, everything)
        own, rest = self._log_odds(inside), self._log_odds(~inside)
        crossing = [pair for pair in self._pairs if inside[pair.first] != inside[pair.second]]
        if not crossing:
            return self._apart(own, rest)
        ours, theirs = _sides(crossing, inside)
        return self._together(own, rest, ours, theirs), self._together(rest, own, theirs, ours)

    def _log_odds(self, inside: Bools) -> Floats:
        """What the members add to each profile, by themselves and in pairs of members."""
        total = self._parts @ inside
        for pair, joint in zip(self._pairs, self._joint, strict=True):
            if inside[pair.first] and inside[pair.second]:
                total = total + joint
        return total

    def _apart(self, own: Floats, rest: Floats) -> tuple[Floats, Floats]:
        """Both values where no interaction has one determinant in S and one outside."""
        lowest = self._intercept + float(own.min() + rest.min())
        own_grid, rest_grid = _on_grid(own - own.min()), _on_grid(rest - rest.min())
        own_mass, rest_mass = _mass(self._weight, *own_grid), _mass(self._weight, *rest_grid)
        # Grid point i is log-odds lowest + (i − 2) STEP: one spare point on each side of either sum.
        logistic = expit(lowest + STEP * (np.arange(len(own_mass) + len(rest_mass)) - 2))
        with_own = _averaged(logistic, rest_mass, len(own_mass))
        with_rest = _averaged(logistic, own_mass, len(rest_mass))
        return _read(with_own, *own_grid), _read(with_rest, *rest_grid)

    def _together(self, own: Floats, rest: Floats, ours: _Side, theirs: _Side) -> Floats:
        """Value of a set: a sum over the values `theirs` of the background that interact with the profile's own."""
        cross = _cross(ours, theirs)  # (our values, their values)
        found = np.zeros(self.n_profiles)
        for value in range(theirs.count):
            background = theirs.code == value
            moved = own + cross[ours.code, value]
            lowest = self._intercept + float(moved.min() + rest[background].min())
            rest_mass = _mass(self._weight[background], *_on_grid(rest[background] - rest[background].min()))
            cell, share = _on_grid(moved - moved.min())
            length = int(cell.max()) + 4
            logistic = expit(lowest + STEP * (np.arange(length + len(rest_mass)) - 2))
            found += _read(_averaged(logistic, rest_mass, length), cell, share)
        return found


@dataclass(frozen=True)
class _Side:
    """The determinants on one side of the crossing interactions, and the combinations of their values."""

    code: Ints  # (n_profiles,) combination of each profile
    values: dict[int, Ints]  # by determinant: its value in each combination
    pairs: tuple[tuple[int, int, Floats], ...]  # (ours, theirs, log-odds by our and their value)

    @property
    def count(self) -> int:
        return len(next(iter(self.values.values())))


def _sides(crossing: Sequence[Pair], inside: Bools) -> tuple[_Side, _Side]:
    """The members and the others of the crossing pairs."""
    codes: tuple[dict[int, Ints], dict[int, Ints]] = ({}, {})
    pairs: tuple[list[tuple[int, int, Floats]], list[tuple[int, int, Floats]]] = ([], [])
    for pair in crossing:
        first_in = 0 if inside[pair.first] else 1
        codes[first_in][pair.first] = pair.first_code
        codes[1 - first_in][pair.second] = pair.second_code
        pairs[first_in].append((pair.first, pair.second, pair.log_odds))
        pairs[1 - first_in].append((pair.second, pair.first, pair.log_odds.T))
    return _side(codes[0], pairs[0]), _side(codes[1], pairs[1])


def _side(codes: dict[int, Ints], pairs: list[tuple[int, int, Floats]]) -> _Side:
    together = np.zeros(len(next(iter(codes.values()))), dtype=np.int64)
    for code in codes.values():
        together = together * (int(code.max()) + 1) + code
    _, first, code = np.unique(together, return_index=True, return_inverse=True)
    return _Side(code.ravel().astype(np.int64), {k: own[first] for k, own in codes.items()}, tuple(pairs))


def _cross(ours: _Side, theirs: _Side) -> Floats:
    """What the crossing pairs add, by our and their combination."""
    out = np.zeros((ours.count, theirs.count))
    for own, other, log_odds in ours.pairs:
        out += log_odds[np.ix_(ours.values[own], theirs.values[other])]
    return out


def _mass(weight: Floats, cell: Ints, share: Floats) -> Floats:
    """Background weight on the grid points."""
    length = int(cell.max()) + 4
    mass = np.zeros(length)
    for i in range(4):
        mass += np.bincount(cell + i, weight * share[i], length)
    return mass


def _averaged(logistic: Floats, mass: Floats, length: int) -> Floats:
    """Mean risk at each point of one grid over the mass on the other."""
    return np.correlate(logistic[: length + len(mass) - 1], mass, mode="valid")


def _on_grid(log_odds: Floats) -> tuple[Ints, Floats]:
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


def _read(grid: Floats, cell: Ints, share: Floats) -> Floats:
    return np.asarray(
        grid[cell] * share[0] + grid[cell + 1] * share[1] + grid[cell + 2] * share[2] + grid[cell + 3] * share[3],
        dtype=np.float64,
    )
