"""Areas most alike in what their children and homes are like: whom to learn from.

Likeness is measured on determinants and indicators, never on the risk itself. With a survey model, and with the index,
the risk is worked out from these very figures, so like areas have like risks by construction; with a risk that was
measured they need not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from riskmodel.decisions.shares import by_determinant
from riskmodel.results import PEER_COLUMNS

PEERS = 6
SIZE_CLASSES = 5
# A peer's risk is clearly lower when it is at most this part of the area's and, where errors are known, the difference is
# above this many of its standard errors (one-sided 5 %).
CLEARLY_LOWER = 0.8
ERRORS_APART = 1.645
# Areas with a lower risk are looked for among this part of all areas, the most similar ones: further off nothing is alike.
STILL_ALIKE = 0.25
ROWS_AT_ONCE = 400
TIE = 1e-13

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def peer_features(shares: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """What likeness is measured on: standardised columns, index area_code.

    Each column is less its mean and over its standard deviation (of the population, ddof 0); columns that do not vary
    are left out. The columns of a determinant are divided by the square root of their number, so that a determinant of
    five categories weighs as much as one of two. A missing value is the mean of the areas.

    Parameters
    ----------
    shares : DataFrame
        As `determinant_shares` gives; empty where the method has no determinants.
    indicators : DataFrame
        area_code and one column per indicator; empty where there are none.
    """
    blocks = list(by_determinant(shares).values())
    if len(indicators):
        by_code = indicators.set_index("area_code")
        blocks += [by_code[[name]] for name in by_code.columns]
    scaled = []
    for block in blocks:
        values = block.astype(float)
        spread = values.std(ddof=0)
        varying = spread[spread > 1e-12].index
        if len(varying):
            z = (values[varying] - values[varying].mean()) / spread[varying]
            scaled.append(z.fillna(0.0) / np.sqrt(len(varying)))
    if not scaled:
        return pd.DataFrame()
    return pd.concat(scaled, axis=1, keys=range(len(scaled))).fillna(0.0).rename_axis("area_code")


def most_similar(features: pd.DataFrame, areas: pd.DataFrame, measure: str, number: int = PEERS) -> pd.DataFrame:
    """The areas most like each area: among all, among those of its size, and among those with a clearly lower risk.

    Parameters
    ----------
    features : DataFrame
        As `peer_features` gives; empty gives no rows.
    areas : DataFrame
        area_code, children, the measure and its `se`. Areas without the measure have no peers and are none.
    measure : str
        "area_risk" or "index".
    number : int
        Peers of an area in each scope, at most.

    Returns
    -------
    DataFrame with results.PEER_COLUMNS
        `scope` is "all", "same_size" (the same fifth of the areas by children, where all are known) or "lower"; `order`
        is the place of the peer among all areas by likeness; `distance` is Euclidean. Ties by area_code.
    """
    known = areas[areas[measure].notna()].set_index("area_code").sort_index()
    known = known[known.index.isin(features.index)]
    if len(known) < 2 or features.empty:
        return pd.DataFrame(columns=list(PEER_COLUMNS))
    points = features.reindex(known.index).to_numpy(dtype=float)
    size = _size_class(known["children"])
    parts = []
    for start in range(0, len(known), ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, len(known)))
        distance = cdist(points[rows], points)
        distance += TIE * np.arange(len(known))  # equal distances: the first code
        distance[np.arange(len(rows)), rows] = np.inf
        lower = _lower(known, measure, rows)
        parts.append(_chosen("all", rows, distance, np.ones_like(lower), lower, number))
        if size is not None:
            parts.append(_chosen("same_size", rows, distance, size[rows, None] == size, lower, number))
        parts.append(_chosen("lower", rows, distance, lower & _alike(distance), lower, number))
    table = pd.concat(parts, ignore_index=True)
    codes = known.index.to_numpy()
    table["area_code"] = pd.array(codes[table["own"]], dtype="string")
    table["peer_code"] = pd.array(codes[table["peer"]], dtype="string")
    table["scope"] = table["scope"].astype("string")
    return table.sort_values(["area_code", "scope", "place"], ignore_index=True)[list(PEER_COLUMNS)]


def _chosen(scope: str, rows: Ints, distance: Floats, open_to: Flags, lower: Flags, number: int) -> pd.DataFrame:
    """The nearest areas of each row among those it is open to."""
    allowed = np.where(open_to, distance, np.inf)
    number = min(number, allowed.shape[1])
    nearest = np.argpartition(allowed, number - 1, axis=1)[:, :number]
    nearest = np.take_along_axis(nearest, np.argsort(np.take_along_axis(allowed, nearest, 1), axis=1), 1)
    found = np.take_along_axis(allowed, nearest, axis=1)
    order = np.stack([(distance < found[:, [j]]).sum(axis=1) + 1 for j in range(found.shape[1])], axis=1)
    table = pd.DataFrame(
        {
            "own": np.repeat(rows, nearest.shape[1]),
            "scope": scope,
            "place": np.tile(np.arange(1, nearest.shape[1] + 1), len(rows)),
            "peer": nearest.ravel(),
            "distance": found.ravel(),
            "order": order.ravel(),
            "lower": np.take_along_axis(lower, nearest, axis=1).ravel(),
        }
    )
    return table[np.isfinite(table["distance"])]


def _alike(distance: Floats) -> Flags:
    """Whether an area is among the most similar ones of the row."""
    last = min(distance.shape[1] - 1, max(1, round(STILL_ALIKE * (distance.shape[1] - 1))))
    return distance <= np.partition(distance, last - 1, axis=1)[:, [last - 1]]


def _size_class(children: pd.Series) -> Ints | None:
    """Fifth of the areas by children; None where a number is not known, one class where there are few areas."""
    if not (children > 0).all():
        return None
    if len(children) < 2 * SIZE_CLASSES:
        return np.zeros(len(children), dtype=np.int64)
    place = children.rank(method="first").to_numpy() - 1
    return (place * SIZE_CLASSES // len(children)).astype(np.int64)


def _lower(areas: pd.DataFrame, measure: str, rows: Ints) -> Flags:
    """Whether each area's measure is clearly lower than that of each row, (rows, areas).

    Errors of two areas are taken as independent; what they share (the coefficients) makes the true error smaller.
    """
    value, se = areas[measure].to_numpy(dtype=float), areas["se"].fillna(0.0).to_numpy(dtype=float)
    gap = value[rows, None] - value
    return (value <= CLEARLY_LOWER * value[rows, None]) & (gap > ERRORS_APART * np.hypot(se[rows, None], se))
