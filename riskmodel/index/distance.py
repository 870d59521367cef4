"""The DP2 distance of Pena: how far an area is from the worst value of every indicator, counting each thing once.

Indicators enter in the order of how much they go with the whole, each only with what those before it did not say already.
Mexico's marginalisation index since 2020 is made this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.study_index import Indicator

Floats = NDArray[np.float64]

# Rounds until the order of indicators settles; the published index takes two or three.
MOST_ROUNDS = 50


@dataclass(frozen=True)
class Distance:
    """A DP2 distance and what it is made of.

    value : (n_areas,) by area_code, zero at the reference; a small value means more deprivation.
    table : by indicator: order (from 1), factor (1 − R²), sd (of the population), reference (the worst value), best,
        weight (share of the ideal area's distance; sums to 1).
    ideal : distance of an area with the best value of every indicator.
    settled : the order stopped changing; False: the last round's is given.
    """

    value: pd.Series
    table: pd.DataFrame
    ideal: float
    rounds: int
    settled: bool

    def record(self) -> dict[str, Any]:
        """Figures of the whole, for `diagnostics.json`."""
        ordered = self.table.sort_values("order")
        return {
            "order": ordered.index.to_list(),
            "factor": ordered["factor"].to_dict(),
            "sd": ordered["sd"].to_dict(),
            "reference": ordered["reference"].to_dict(),
            "best": ordered["best"].to_dict(),
            "ideal": self.ideal,
            "rounds": self.rounds,
            "settled": self.settled,
        }


def pena_distance(values: pd.DataFrame, reference: pd.Series, best: pd.Series) -> Distance:
    """DP2 = Σ_j |x_j − ref_j| / σ_j · (1 − R²_j), R²_j of the regression of indicator j on those before it.

    It starts from the plain sum of |x_j − ref_j| / σ_j; indicators are ordered by their absolute correlation with the
    distance of the round before, and the distance is made again in that order, until the order repeats.

    Parameters
    ----------
    values : DataFrame, (n_areas, n_indicators)
        None missing, none constant, more areas than indicators; σ is the population standard deviation.
    reference, best : Series by indicator
        The value distances are taken from, such as the worst observed in several years, and that of an ideal area.

    References
    ----------
    Pena Trapero (1977), Problemas de la medición del bienestar y conceptos afines, INE, Madrid.
    CONAPO (2021), Índice de marginación por entidad federativa y municipio 2020: nota técnico-metodológica.
    """
    names = list(values.columns)
    x = values.to_numpy(float)
    sd = x.std(axis=0)
    apart = np.abs(x - reference[names].to_numpy(float)) / sd
    distance, order, factor = apart.sum(axis=1), np.arange(len(names)), np.ones(len(names))
    rounds, settled, before = 0, False, None
    while rounds < MOST_ROUNDS and not settled:
        order = _order(x, distance)
        settled = before == order.tolist()
        if not settled:
            rounds += 1
            factor[order] = own_share(x[:, order])
            distance = apart @ factor
        before = order.tolist()
    reach = np.abs(best[names].to_numpy(float) - reference[names].to_numpy(float)) / sd * factor
    place = np.empty(len(names), dtype=int)
    place[order] = np.arange(1, len(names) + 1)
    table = pd.DataFrame(
        {
            "order": place, "factor": factor, "sd": sd, "reference": reference[names].to_numpy(float),
            "best": best[names].to_numpy(float), "weight": reach / reach.sum(),
        },
        pd.Index(names, name="indicator"),
    )  # fmt: skip
    return Distance(pd.Series(distance, values.index), table, float(reach.sum()), rounds, settled)


def references(observed: pd.DataFrame, indicators: Sequence[Indicator]) -> tuple[pd.Series, pd.Series]:
    """Reference and best value of each indicator: as declared, else the worst and the best observed."""
    worst, best = {}, {}
    for i in indicators:
        low, high = float(observed[i.name].min()), float(observed[i.name].max())
        declared = i.reference if i.reference is not None else i.worst
        worst[i.name] = declared if declared is not None else high if i.direction == 1 else low
        best[i.name] = i.best if i.best is not None else low if i.direction == 1 else high
    return pd.Series(worst, dtype=float), pd.Series(best, dtype=float)


def scores_of(values: pd.DataFrame, distance: Distance) -> pd.DataFrame:
    """Scores 0–100 whose weighted mean is 100 (1 − distance / ideal): 0 at the best value, 100 at the reference."""
    table = distance.table
    apart = (values[table.index] - table["reference"]).abs()
    return 100 * (1 - apart / (table["best"] - table["reference"]).abs())


def own_share(x: Floats) -> Floats:
    """1 − R² of each column on those before it, (p,); 1 for the first."""
    centred = x - x.mean(axis=0)
    _, r = np.linalg.qr(centred)
    return np.asarray(np.diag(r) ** 2 / np.sum(centred**2, axis=0), dtype=np.float64)


def _order(x: Floats, distance: Floats) -> NDArray[np.int64]:
    """Positions of the columns from the one that goes most with the distance."""
    centred, gap = x - x.mean(axis=0), distance - distance.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        r = (gap @ centred) / np.sqrt(np.sum(centred**2, axis=0) * np.sum(gap**2))
    return np.argsort(-np.abs(np.round(np.nan_to_num(r), 12)), kind="stable")
