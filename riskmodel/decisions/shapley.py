"""Shapley values of a logistic risk over determinants, against a background of profiles.

The value of a set S of determinants for a profile x is the mean risk when S is as in x and the rest as in a profile
drawn from the background. φ_k is the mean gain from adding k to S, over all orders; the φ of a profile add up to its
risk less the background's mean risk. This is the interventional value: it describes the model, not an intervention.
An interaction belongs to both its determinants: with one of them in S, it is that of the profile's value of the one and
the background's of the other.

References
----------
Shapley (1953); Štrumbelj & Kononenko (2014), Knowledge and Information Systems 41, 647–665.
Castro, Gómez & Tejada (2009), Computers & Operations Research 36, 1726–1730 (sampling of orders).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb

import numpy as np

from riskmodel.decisions.coalitions import Bools, Floats, Pair, Risk

EXACT_UP_TO = 12  # determinants: 4,096 sets

# Reads of a grid, one for each profile, set and value of the background that interacts with it; about 70 ns each.
MOST_READS = 1_000_000_000
PERMUTATION_PAIRS = 200  # where not all sets are taken: orders drawn with their reverse, at most and at least
FEWEST_PAIRS = 20


@dataclass(frozen=True)
class Plan:
    """How values are found: over all sets, or over pairs of drawn orders."""

    exact: bool
    pairs: int = 0


def plan(parts: Floats, pairs: Sequence[Pair] = ()) -> Plan:
    """All sets where there are up to 12 determinants and the work is bearable; else as many orders as are bearable."""
    n_profiles, n = parts.shape
    work = _work_of_a_set(n_profiles, pairs)
    if n <= EXACT_UP_TO and work * 2**n <= MOST_READS:
        return Plan(True)
    return Plan(False, int(np.clip(MOST_READS / (work * 2 * (n + 1)), FEWEST_PAIRS, PERMUTATION_PAIRS)))


def shapley_values(
    intercept: float, parts: Floats, weight: Floats, seed: int = 1, pairs: Sequence[Pair] = ()
) -> Floats:
    """Contributions of determinants to the risk of each profile.

    Parameters
    ----------
    intercept : float
        Log-odds where all parts are zero.
    parts : (n_profiles, n_determinants)
        Log-odds each determinant adds to each profile by itself.
    weight : (n_profiles,)
        Children of the country with that profile: the background. Any scale.
    seed : int
        Of the orders drawn where not all sets are taken; see `plan`.
    pairs : sequence of Pair
        Log-odds that two determinants add together.

    Returns
    -------
    (n_profiles, n_determinants) proportions; rows add up to risk − background mean.
    """
    risk = Risk(intercept, parts, weight, pairs)
    n_determinants = parts.shape[1]
    way = plan(parts, pairs)
    if way.exact:
        return _all_sets(risk, n_determinants)
    return _drawn_orders(risk, n_determinants, np.random.default_rng(seed), way.pairs)


def _work_of_a_set(n_profiles: int, pairs: Sequence[Pair]) -> float:
    """Reads for one set, on average: half of the pairs are crossed, and then the background is taken value by value."""
    return n_profiles * float(np.prod([1 + (min(pair.log_odds.shape) - 1) / 2 for pair in pairs]))


def _all_sets(risk: Risk, n: int) -> Floats:
    """φ_k = Σ_S g_k(S) v(S) over all sets, (s−1)!(n−s)!/n! for k in S and −s!(n−s−1)!/n! otherwise."""
    phi = np.zeros((risk.n_profiles, n))
    for code in range(1 << (n - 1)):  # sets without the last determinant; their complements come with them
        inside = (code >> np.arange(n)) & 1 == 1
        value, value_of_rest = risk.pair(inside, ends=code == 0)
        # The complement of S has the same weights with the opposite sign: its members are the others.
        phi += (value - value_of_rest)[:, None] * _gains(inside)
    return phi


def _gains(inside: Bools) -> Floats:
    """Weight of v(S) in the φ of each determinant, (n,)."""
    n, size = len(inside), int(inside.sum())
    of_member = 1 / (n * comb(n - 1, size - 1)) if size else 0.0
    of_other = 1 / (n * comb(n - 1, size)) if size < n else 0.0
    return np.where(inside, of_member, -of_other)


def _drawn_orders(risk: Risk, n: int, rng: np.random.Generator, drawn: int) -> Floats:
    """Mean gain over random orders and their reverses; each order's gains telescope to the whole gap."""
    phi = np.zeros((risk.n_profiles, n))
    for _ in range(drawn):
        order = rng.permutation(n)
        members = np.zeros((n + 1, n), dtype=bool)
        for position, k in enumerate(order):
            members[position + 1 :, k] = True
        # The reverse order passes through the complements, which come with each pair.
        pairs = [risk.pair(inside, ends=position in (0, n)) for position, inside in enumerate(members)]
        for k, (before, after) in zip(order, pairwise(pairs), strict=True):
            phi[:, k] += (after[0] - before[0]) + (before[1] - after[1])
    return phi / (2 * drawn)
