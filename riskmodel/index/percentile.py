"""Percentile ranks with themes, in the manner of the CDC's social vulnerability index.

Every indicator becomes a percentile rank, ranks are added up by dimension, the sums by area; dimensions and the index are
the percentile ranks of those sums. It says who comes before whom, not by how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.study_index import Indicator

# Sums of floats differ in their last digits with the order of adding: what agrees to here is a tie.
TIE_DECIMALS = 10


@dataclass(frozen=True)
class Percentiles:
    """Percentile ranks × 100 by area_code.

    indicators : (n_scored, n_indicators), direction applied. dimensions : (n_scored, n_dimensions). index, total :
        (n_scored,), total the sum of the indicators' ranks, 0 to the number of indicators.
    """

    indicators: pd.DataFrame
    dimensions: pd.DataFrame
    index: pd.Series
    total: pd.Series


def percentile_ranks(values: pd.DataFrame, indicators: Sequence[Indicator]) -> Percentiles:
    """Ranks of indicators, dimensions and the whole among the areas scored.

    Parameters
    ----------
    values : DataFrame, (n_scored, n_indicators)
        None missing, at least two areas.

    References
    ----------
    Flanagan et al. (2011), Journal of Homeland Security and Emergency Management 8(1), article 3.
    CDC/ATSDR, SVI 2018 documentation.
    """
    ranks = pd.DataFrame({i.name: percentile_rank(i.direction * values[i.name]) for i in indicators})
    dimension = pd.Series({i.name: i.dimension for i in indicators})
    sums = pd.DataFrame(
        {str(d): ranks[names.index].sum(axis=1) for d, names in dimension.groupby(dimension, sort=False)}
    )
    total = sums.sum(axis=1)
    return Percentiles(
        100 * ranks,
        100 * sums.round(TIE_DECIMALS).apply(percentile_rank),
        100 * percentile_rank(total.round(TIE_DECIMALS)),
        total,
    )


def percentile_rank(values: pd.Series) -> pd.Series:
    """(rank − 1) / (n − 1), 0–1; equal values share the lowest rank among them."""
    return (values.rank(method="min") - 1) / max(len(values) - 1, 1)


def place_of(total: float, totals: np.ndarray) -> float:
    """Percentile rank, 0–1, that a sum would have between the areas' own: in a straight line between neighbours."""
    ordered = np.sort(np.round(totals, TIE_DECIMALS))
    distinct = np.unique(ordered)
    first = np.searchsorted(ordered, distinct, side="left") / max(len(ordered) - 1, 1)
    return float(np.interp(total, distinct, first))
