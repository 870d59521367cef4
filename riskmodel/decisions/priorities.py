"""Order areas by several criteria at once: where to act first.

Each criterion is put on 0–1 between the lowest and highest area, 1 where it calls most for action, and the score is
their weighted mean. An area that lacks a criterion stands last, without score: nothing is guessed for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.areas.ranks import rank_interval, ranks_from_highest
from riskmodel.results import PRIORITY_COLUMNS
from riskmodel.study import Criterion

Floats = NDArray[np.float64]

DRAWS = 500
WEIGHT_SPREAD = 0.25


def priority_list(table: pd.DataFrame, criteria: Sequence[Criterion], seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """The priority list.

    Parameters
    ----------
    table : DataFrame
        area_code, area_name and one numeric column per criterion.
    criteria : at least one
        Column, weight and direction (+1: more comes first; −1: less comes first). Columns are named once each.
    seed, draws : int
        Of the rank interval: each draw multiplies every weight by its own number between 0.75 and 1.25 (uniform).

    Returns
    -------
    DataFrame, one row per area, best rank first, equal ranks by area_code
        results.PRIORITY_COLUMNS: rank (1 = first; ties share the smallest), area_code, area_name, score (0–1),
        rank_lower and rank_upper (95 % of the draws); then each criterion as it is in the table, and
        `<criterion>__score`, its place on 0–1 after direction. A criterion that is the same everywhere has 0 throughout.
    """
    columns = [c.column for c in criteria]
    raw = table[columns].to_numpy(dtype=float, na_value=np.nan)
    complete = ~np.isnan(raw).any(axis=1)
    scored = _normalised(raw, complete, criteria)
    weight = np.array([c.weight for c in criteria], dtype=float)
    out = table[["area_code", "area_name", *columns]].reset_index(drop=True)
    for position, column in enumerate(columns):
        out[f"{column}__score"] = scored[:, position]
    out["score"] = np.where(complete, scored @ (weight / weight.sum()), np.nan)
    ranked = pd.DataFrame(index=out.index, columns=["rank", "rank_lower", "rank_upper"]).astype("Int64")
    if complete.any():
        inside = scored[complete]
        ranked.loc[complete, "rank"] = ranks_from_highest(inside @ (weight / weight.sum()))
        drawn = weight * np.random.default_rng(seed).uniform(1 - WEIGHT_SPREAD, 1 + WEIGHT_SPREAD, (draws, len(weight)))
        drawn /= drawn.sum(axis=1, keepdims=True)
        lower, upper = rank_interval(ranks_from_highest(drawn @ inside.T))
        ranked.loc[complete, "rank_lower"], ranked.loc[complete, "rank_upper"] = lower, upper
    out[ranked.columns] = ranked
    order = [*PRIORITY_COLUMNS, *columns, *(f"{c}__score" for c in columns)]
    return out[order].sort_values(["rank", "area_code"], na_position="last", ignore_index=True)


def _normalised(raw: Floats, complete: NDArray[np.bool_], criteria: Sequence[Criterion]) -> Floats:
    """Criteria on 0–1 by the lowest and highest of the areas that have them all, (n_areas, n_criteria)."""
    scored = np.full(raw.shape, np.nan)
    if not complete.any():
        return scored
    inside = raw[complete] * np.array([c.direction for c in criteria])
    lowest, width = inside.min(axis=0), np.ptp(inside, axis=0)
    scored[complete] = np.divide(inside - lowest, width, out=np.zeros_like(inside), where=width > 0)
    return scored
