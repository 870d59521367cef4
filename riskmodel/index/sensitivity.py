"""Which choice moves the ranks most: Sobol indices of groups of uncertain numbers.

A choice may be one number (which normalisation) or many (every weight): a group is moved as a whole, so that "weights"
is one choice whatever the number of indicators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc, sobol_indices

Floats = NDArray[np.float64]

# Sets the estimates of a group are made again with, for their intervals.
RESAMPLES = 500

# With fewer base points the indices say nothing.
FEWEST = 64


def base_points(draws: int, groups: int) -> int:
    """Base points of a design that fits in `draws`: a power of two, as Sobol's sequence needs; 0 where none fits.

    Each base point costs 2 + groups draws.
    """
    most = draws // (groups + 2)
    return 0 if most < FEWEST else 1 << (most.bit_length() - 1)


def design(points: int, groups: Sequence[Sequence[int]], seed: int) -> Floats:
    """Draws of a Saltelli design, ((2 + n_groups) · points, n_numbers), in [0, 1).

    Rows: A, B, then for each group A with the group's columns from B. A and B are the halves of one scrambled Sobol
    sequence.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics Communications 181, 259–270.
    """
    width = sum(len(g) for g in groups)
    both = qmc.Sobol(2 * width, rng=seed).random_base2(points.bit_length() - 1)
    a, b = both[:, :width], both[:, width:]
    parts = [a, b]
    for group in groups:
        mixed = a.copy()
        mixed[:, list(group)] = b[:, list(group)]
        parts.append(mixed)
    return np.concatenate(parts)


def sobol_table(outcome: Floats, names: Sequence[str], seed: int) -> pd.DataFrame:
    """First and total order indices of each group with 95 % bootstrap intervals.

    first_order is the share of the outcome's variance that goes with the group alone, total the share that would remain
    if only the group were uncertain in company of all others. Estimates may fall a little under 0 or over 1.

    Parameters
    ----------
    outcome : ((2 + n_groups) · points,)
        What the draws of `design` gave, in its order.
    names : of the groups

    Returns
    -------
    DataFrame: choice, first_order, first_lower, first_upper, total, total_lower, total_upper
        All zero where the outcome never changes.

    References
    ----------
    Sobol (1993); Saltelli et al. (2010), whose estimators scipy.stats.sobol_indices uses.
    """
    runs = outcome.reshape(len(names) + 2, -1)
    first, total = _indices(runs)
    rng = np.random.default_rng(seed)
    points = runs.shape[1]
    again = np.array([_indices(runs[:, rng.integers(0, points, points)]) for _ in range(RESAMPLES)])
    (first_lower, total_lower), (first_upper, total_upper) = np.quantile(again, [0.025, 0.975], axis=0)
    columns: Mapping[str, object] = {
        "choice": list(names),
        "first_order": first, "first_lower": first_lower, "first_upper": first_upper,
        "total": total, "total_lower": total_lower, "total_upper": total_upper,
    }  # fmt: skip
    return pd.DataFrame(columns)


def _indices(runs: Floats) -> tuple[Floats, Floats]:
    """First and total order of each group, two of (n_groups,)."""
    func = {"f_A": runs[[0]], "f_B": runs[[1]], "f_AB": runs[2:, None, :]}
    found = sobol_indices(func=func, n=runs.shape[1])
    return np.atleast_1d(found.first_order), np.atleast_1d(found.total_order)
