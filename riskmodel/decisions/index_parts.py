"""What each indicator adds to the gap between an area's index and the country's, exactly.

Each way of making the index has a difference between an area and the area with the country's mean scores that splits into
indicators without remainder; the country's own mean of those parts is taken off, so that the parts of an area add up to
its gap with the mean index of the country.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.areas.means import weighted_mean
from riskmodel.index.aggregate import FLOOR, aggregate, between_weights, mean_of
from riskmodel.index.percentile import place_of
from riskmodel.study_index import IndexSettings, Mean

Floats = NDArray[np.float64]

# Under this two scores are one, and a difference quotient is taken at its limit.
SAME = 1e-9


def index_parts(
    normalised: pd.DataFrame,
    weights: pd.DataFrame,
    index: pd.Series,
    settings: IndexSettings,
    children: pd.Series | None = None,
) -> pd.DataFrame:
    """Contributions in index points, (n_scored, n_indicators); a row adds up to index − the country's index.

    arithmetic means, DP2   w (n − n̄), n̄ the country's mean score.
    geometric means         the logarithmic-mean Divisia split of each mean, dimension by dimension.
    percentile rank         an area's gap in the index, shared in proportion to its gaps in the sum of percentile ranks.

    Parameters
    ----------
    normalised, weights, index : of the areas scored, as `compute.IndexSteps` holds them
    children : Series by area_code, optional
        The country's means are weighted by them where every scored area has a count, else simple.

    References
    ----------
    Ang (2004), Energy Policy 32, 1131–1139 (logarithmic-mean Divisia index).
    """
    counts = None if children is None else children.reindex(normalised.index)
    country = pd.DataFrame([normalised.apply(weighted_mean, weights=counts)])
    if settings.method == "percentile_rank":
        parts = _shared(normalised, country, index)
    else:
        parts = _nested(normalised, country, weights, settings)
    return parts - parts.apply(weighted_mean, weights=counts)


def _nested(
    normalised: pd.DataFrame, country: pd.DataFrame, weights: pd.DataFrame, settings: IndexSettings
) -> pd.DataFrame:
    """Parts of f(scores) − f(country's mean scores), f the means within and between dimensions."""
    within: Mean = settings.within if settings.method == "mean" else "arithmetic"
    between: Mean = settings.between if settings.method == "mean" else "arithmetic"
    _, here = aggregate(normalised, weights, within, between)
    _, there = aggregate(country, weights, within, between)
    own = between_weights(weights).to_numpy(float)
    slope = slopes(here.to_numpy(float), there.to_numpy(float)[0], own, between)
    out: dict[str, Floats] = {}
    for position, (_, inside) in enumerate(weights.groupby("dimension", sort=False)):
        names = list(inside.index)
        a, b = normalised[names].to_numpy(float), country[names].to_numpy(float)[0]
        inner = slopes(a, b, inside["weight_in_dimension"].to_numpy(float), within)
        out |= dict(zip(names, (slope[:, [position]] * inner * (a - b)).T, strict=True))
    return pd.DataFrame(out, normalised.index)[list(weights.index)]


def slopes(scores: Floats, point: Floats, weight: Floats, mean: Mean) -> Floats:
    """c with Σ_j c_j (s_j − p_j) = mean(s) − mean(p), (n, p): how a mean changes between `point` and each row.

    For a geometric mean G with G = exp Σ w log s the difference is L(G, G₀) Σ w (log s − log p), L the logarithmic mean.
    """
    if mean == "arithmetic":
        return np.broadcast_to(weight, scores.shape).astype(np.float64)
    turned = mean == "geometric_strength"
    a, b = (100 - scores, 100 - point) if turned else (scores, point)
    a_floor, b_floor = np.maximum(a, FLOOR), np.maximum(b, FLOOR)
    whole = mean_of(scores, weight, mean), mean_of(point[None, :], weight, mean)
    ga, gb = (100 - whole[0], 100 - whole[1]) if turned else whole
    gap = a - b
    near = np.abs(gap) < SAME
    ratio = (np.log(a_floor) - np.log(b_floor)) / np.where(near, 1.0, gap)
    ratio = np.where(near, 1 / b_floor, ratio)
    return np.asarray(weight * log_mean(ga, gb)[:, None] * ratio, dtype=np.float64)


def log_mean(x: Floats, y: Floats) -> Floats:
    """Logarithmic mean (x − y) / (log x − log y) of positive numbers; x where they are equal."""
    gap = np.log(x) - np.log(y)
    near = np.abs(gap) < SAME
    return np.where(near, (x + y) / 2, (x - y) / np.where(near, 1.0, gap))


def _shared(normalised: pd.DataFrame, country: pd.DataFrame, index: pd.Series) -> pd.DataFrame:
    """Gap in the index between an area and the place of the country's mean sum, in proportion to the gaps in the sum."""
    ranks = normalised / 100
    gaps = ranks - country.iloc[0] / 100
    total = ranks.sum(axis=1).to_numpy(float)
    middle = float(country.iloc[0].sum() / 100)
    apart = total - middle
    near = np.abs(apart) < SAME
    rise = index.to_numpy(float) - 100 * place_of(middle, total)
    slope = np.where(near, 0.0, rise / np.where(near, 1.0, apart))
    parts = gaps.mul(slope, axis=0)
    # At the country's own sum the slope has no meaning; what is left of the gap, if any, is spread evenly.
    return parts.add((rise - parts.sum(axis=1).to_numpy(float)) / parts.shape[1], axis=0)
