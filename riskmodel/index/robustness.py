"""How far the order of areas hangs on choices nobody can prove right: Monte Carlo over the choices of an index.

Every draw makes the whole index again with another treatment, normalisation, weights and means. The interval of a rank
says where an area would stand under other defensible choices; it is not a sampling error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.i18n import N_
from riskmodel.index.composite import composite, panel, scaled
from riskmodel.index.sensitivity import base_points, design, sobol_table
from riskmodel.progress import Progress, quiet
from riskmodel.study_index import Mean

Floats = NDArray[np.float64]
Ranks = NDArray[np.unsignedinteger[Any]]

# What is uncertain, in the order of the results; the first four are one number of a draw each, in this order.
CHOICES = ("treatment", "normalisation", "within", "between", "weights")

# Weights are multiplied by a number between 0.75 and 1.25, each its own.
SPREAD = 0.25

# Values of an index that agree to this many points are one rank: single precision is not surer than the first.
TIE, EXACT = 1e-4, 1e-9

DRAWS_AT_ONCE = 64
AREAS_AT_ONCE = 256


@dataclass(frozen=True)
class Choices:
    """What a draw may take.

    scores : (n_treatments, n_normalisations, n_areas, n_indicators), 0–100, direction applied, none missing.
    dimension : (n_indicators,) position of each indicator's dimension, 0, 1, ….
    own : (n_indicators,) the study's own weights within dimensions, any scale, not negative.
    between : (n_dimensions,) the study's own weights between dimensions.
    means : what the mean within dimensions, and that between them, may be.
    """

    scores: NDArray[np.float32]
    dimension: NDArray[np.int64]
    own: Floats
    between: Floats
    means: tuple[Mean, ...] = ("arithmetic", "geometric")


@dataclass(frozen=True)
class Robustness:
    """What the draws say.

    areas : by position: rank (the study's own), rank_lower, rank_median, rank_upper (95 % of the draws, ranks that
        occurred), level_stability (share of draws in which the area keeps its level).
    sensitivity : as `sensitivity.sobol_table`, of the mean absolute shift of a rank; empty with under 448 draws.
    mean_shift : mean absolute shift of a rank from the study's own, over areas and draws.
    """

    areas: pd.DataFrame
    sensitivity: pd.DataFrame
    mean_shift: float
    draws: int


def simulate_choices(
    choices: Choices, index: Floats, level: NDArray[np.integer[Any]], draws: int, seed: int, progress: Progress = quiet
) -> Robustness:
    """Make the index `draws` times with other choices and watch ranks and levels.

    In a draw the levels keep the sizes they have in the study: as many areas are high as in the study, whatever the
    scale of the draw. Limits of levels would mean nothing on another scale.

    Parameters
    ----------
    choices : Choices
    index : (n_areas,) the study's own index
    level : (n_areas,) the study's own levels, rising with the index
    draws : int
        As many as a Sobol design of the largest fitting size takes are spent on it, the others are drawn freely; all
        count for ranks and levels.

    References
    ----------
    Saisana, Saltelli & Tarantola (2005), Journal of the Royal Statistical Society A 168, 307–323.
    """
    groups = _groups(choices)
    points = base_points(draws, len(groups))
    width = sum(map(len, groups))
    planned = design(points, groups, seed) if points else np.empty((0, width))
    free = np.random.default_rng(seed).random((draws - len(planned), width))
    numbers = np.concatenate([planned, free])
    own_rank = fast_ranks(index[None], EXACT)[0]
    ranks = np.empty((draws, len(index)), dtype=np.uint16 if len(index) < 2**16 else np.uint32)
    for rows, drawn in _indices(choices, numbers, progress):
        ranks[rows] = fast_ranks(drawn)
    shift = _mean_shift(ranks, own_rank)
    areas = _of_areas(ranks, own_rank, level)
    table = sobol_table(shift[: len(planned)], CHOICES, seed) if points else pd.DataFrame()
    return Robustness(areas, table, float(shift.mean()), draws)


def fast_ranks(values: NDArray[np.floating[Any]], tie: float = TIE) -> NDArray[np.int64]:
    """Ranks along the last axis, 1 = highest; values that agree to `tie` share the smallest rank.

    Value and position are packed into one whole number: sorting it is several times faster than a stable order of values.
    """
    rows, n = values.shape
    bits = max(n - 1, 1).bit_length()
    packed = np.rint(values * (-1 / tie)).astype(np.int64)
    packed <<= bits
    packed |= np.arange(n)
    packed.sort(axis=1)
    position = packed & ((1 << bits) - 1)
    packed >>= bits
    place = np.broadcast_to(np.arange(1, n + 1), (rows, n)).copy()
    same = packed[:, 1:] == packed[:, :-1]
    for row in np.flatnonzero(same.any(axis=1)):
        place[row, 1:][same[row]] = 1
        np.maximum.accumulate(place[row], out=place[row])
    ranks = np.empty((rows, n), dtype=np.int64)
    np.put_along_axis(ranks, position, place, axis=1)
    return ranks


def _groups(choices: Choices) -> list[list[int]]:
    """Columns of a draw that belong to each choice."""
    weights = len(choices.own) + len(choices.between)
    return [[0], [1], [2], [3], list(range(4, 4 + weights))]


def _indices(
    choices: Choices, numbers: Floats, progress: Progress
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.floating[Any]]]]:
    """Positions of draws and their indices, (n_draws, n_areas), in blocks that share all but the weights."""
    treatments, ways = choices.scores.shape[:2]
    counts = np.array([treatments, ways, len(choices.means), len(choices.means)])
    picked = np.minimum((numbers[:, :4] * counts).astype(np.int64), counts - 1)
    p = len(choices.own)
    moved = 1 + SPREAD * (2 * numbers[:, 4:] - 1)
    own, between = scaled(choices.own * moved[:, :p], choices.between * moved[:, p:], choices.dimension)
    cell = np.ravel_multi_index(tuple(picked.T), tuple(counts))
    done = 0
    for where in np.unique(cell):
        treatment, way, within, across = np.unravel_index(where, tuple(counts))
        table = panel(choices.scores[treatment, way], choices.dimension)
        members = np.flatnonzero(cell == where)
        for start in range(0, len(members), DRAWS_AT_ONCE):
            rows = members[start : start + DRAWS_AT_ONCE]
            yield rows, composite(table, own[rows], between[rows], choices.means[within], choices.means[across])
            done += len(rows)
            progress(N_("Trying other choices for the index"), done / len(numbers))


def _mean_shift(ranks: Ranks, own_rank: NDArray[np.int64]) -> Floats:
    """Mean absolute shift of the ranks of each draw, (n_draws,)."""
    out = np.empty(len(ranks))
    for start in range(0, len(ranks), DRAWS_AT_ONCE):
        part = ranks[start : start + DRAWS_AT_ONCE].astype(np.int32)
        out[start : start + DRAWS_AT_ONCE] = np.abs(part - own_rank).mean(axis=1)
    return out


def _of_areas(ranks: Ranks, own_rank: NDArray[np.int64], level: NDArray[np.integer[Any]]) -> pd.DataFrame:
    """Interval and median of each area's rank and the share of draws that keep its level."""
    draws, n = ranks.shape
    rising = np.sort(level)
    best, worst = n + 1 - np.searchsorted(rising, level, side="right"), n - np.searchsorted(rising, level, side="left")
    places = [max(int(np.ceil(q * draws)) - 1, 0) for q in (0.025, 0.5, 0.975)]
    cuts = np.empty((3, n), dtype=np.int64)
    kept = np.empty(n)
    for start in range(0, n, AREAS_AT_ONCE):
        areas = slice(start, start + AREAS_AT_ONCE)
        part = np.ascontiguousarray(ranks[:, areas].T)
        kept[areas] = ((part >= best[areas, None]) & (part <= worst[areas, None])).mean(axis=1)
        part.sort(axis=1)
        cuts[:, areas] = part[:, places].T
    return pd.DataFrame(
        {
            "rank": own_rank.astype(np.int64),
            "rank_lower": cuts[0],
            "rank_median": cuts[1],
            "rank_upper": cuts[2],
            "level_stability": kept,
        }
    )
