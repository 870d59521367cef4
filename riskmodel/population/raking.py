"""Rake the survey's combinations of determinants to the totals of each area (iterative proportional fitting).

What the margins do not say about an area, which combinations go together, is taken from the survey. A combination the
survey never met stays at zero, so an area may hold totals that no mixture of the survey's children can meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Largest distance left between fitted and wanted shares of an area's children when the sweeps stop early.
CONVERGED = 1e-8
MOST_SWEEPS = 500
# Above this share of its children the totals of an area are told as not met.
MET = 1e-3
# Stands for the logarithm of zero, so that products with zeros stay numbers.
LOG_ZERO = -1e4
# Cells of one block of areas by combinations: they stay in the cache of one processor, and products need no threads.
BLOCK_CELLS = 1 << 15


@dataclass(frozen=True)
class Raking:
    """Shares of K combinations in A areas, kept as one factor per area and category; C categories in all.

    A row whose `gap` is above `MET` could not be met: the shares are those of the last sweep.
    """

    log_seed: Floats  # (K,) log of the survey's shares
    indicator: csr_array  # (K, C) 1 where the combination has the category
    log_factor: Floats  # (A, C) what the seed is multiplied by
    iterations: Ints  # (A,) sweeps over all determinants
    gap: Floats  # (A,) largest |fitted − wanted| share of a category

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """The shares of some areas at a time, (areas of the slice, K); rows sum to 1."""
        rows = _rows_of_a_block(len(self.log_seed))
        for start in range(0, len(self.gap), rows):
            part = slice(start, min(start + rows, len(self.gap)))
            log_share = np.ascontiguousarray((self.indicator @ self.log_factor[part].T).T)
            log_share += self.log_seed
            log_share -= log_share.max(axis=1, keepdims=True)
            share = np.exp(log_share, out=log_share)
            share /= share.sum(axis=1, keepdims=True)
            yield part, share


def rake(
    seed: Floats,
    codes: Sequence[Ints],
    wanted: Sequence[Floats],
    progress: Callable[[float], None] = lambda share: None,
) -> Raking:
    """Fit the seed to the margins of every area.

    Parameters
    ----------
    seed : (K,)
        Weights of the combinations in the survey, above zero; any scale.
    codes : D arrays (K,)
        Category of each combination, 0.., by determinant.
    wanted : D arrays (A, C_d)
        Share of each category in each area; rows sum to 1. Every category has a combination with it.
    progress : callable
        Called with the share of areas done; may raise to stop.

    Returns
    -------
    Raking
        At most 500 sweeps; an area stops when no share is further than 1e-8 from what is wanted.

    References
    ----------
    Deming & Stephan (1940), Annals of Mathematical Statistics 11, 427–444.
    Csiszár (1975), Annals of Probability 3, 146–158 (convergence to the distribution nearest to the seed).
    """
    first = np.cumsum([0, *(w.shape[1] for w in wanted)])
    columns = [slice(int(a), int(b)) for a, b in pairwise(first)]
    has = np.concatenate([part.start + code for part, code in zip(columns, codes, strict=True)])
    rows_of = np.tile(np.arange(len(seed)), len(codes))
    indicator = csr_array((np.ones(len(has)), (rows_of, has)), shape=(len(seed), int(first[-1])))
    share = seed / seed.sum()
    target = np.hstack(wanted) if wanted else np.empty((0, 0))
    n_areas, rows = len(target), _rows_of_a_block(len(seed))
    log_factor, iterations, gap = np.zeros_like(target), np.zeros(n_areas, dtype=np.int64), np.zeros(n_areas)
    for start in range(0, n_areas, rows):
        progress(start / n_areas)
        part = slice(start, start + rows)
        log_factor[part], iterations[part], gap[part] = _rake_block(share, codes, columns, target[part])
    return Raking(np.log(share), indicator, log_factor, iterations, gap)


def _rake_block(
    seed: Floats, codes: Sequence[Ints], columns: Sequence[slice], target: Floats
) -> tuple[Floats, Ints, Floats]:
    """Log factors, sweeps and gap of a few areas; those that have converged leave the work."""
    log_factor = np.zeros_like(target)
    sweeps, gap = np.zeros(len(target), dtype=np.int64), np.full(len(target), np.inf)
    active = np.arange(len(target))
    # Combinations by areas, so that what is read and written lies together; sums by a sparse product.
    share, wanted = np.tile(seed[:, None], len(target)), target.T
    k = np.arange(len(seed))
    each = [
        (part, code, csr_array((np.ones(len(seed)), (code, k)), shape=(part.stop - part.start, len(seed))))
        for part, code in zip(columns, codes, strict=True)
    ]
    for sweep in range(1, MOST_SWEEPS + 1):
        away, factors = np.zeros(len(active)), np.empty_like(share)
        for part, code, of_category in each:
            found = of_category @ share
            np.maximum(away, np.abs(found - wanted[part]).max(axis=0), out=away)
            factor = np.divide(wanted[part], found, out=np.zeros_like(found), where=found > 0)
            log = np.log(factor, out=np.full_like(factor, LOG_ZERO), where=factor > 0)
            log_factor[active, part] = np.maximum(log_factor[active, part] + log.T, LOG_ZERO)
            np.take(factor, code, axis=0, out=factors, mode="clip")
            share *= factors
        sweeps[active], gap[active] = sweep, away
        # Where the totals exclude each other nothing is left to multiply.
        going = (away > CONVERGED) & (share.sum(axis=0) > 0)
        if not going.any():
            break
        if not going.all():
            active, share, wanted = active[going], share[:, going].copy(), wanted[:, going]
    return log_factor, sweeps, gap


def _rows_of_a_block(combinations: int) -> int:
    return max(1, BLOCK_CELLS // max(1, combinations))
