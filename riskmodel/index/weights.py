"""Weights of indicators: within their dimension, between dimensions, and their product.

"equal" gives every dimension the same weight and every indicator the same within its dimension, so an indicator of a
small dimension weighs more. "given" takes the declared weights; both steps are scaled to sum to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from riskmodel.problems import Problem, Where
from riskmodel.study import IndexSettings, Indicator


def check_weights(indicators: Sequence[Indicator], settings: IndexSettings) -> list[Problem]:
    """Given weights of dimensions must name each dimension once and no other; none at all means equal."""
    if settings.weights == "equal" or not settings.dimension_weights:
        return []
    declared = {i.dimension for i in indicators}
    given = set(settings.dimension_weights)
    where = Where(key="index.dimension_weights")
    absent = [Problem("index_dimension_without_weight", where, {"dimension": d}) for d in sorted(declared - given)]
    unknown = [
        Problem("index_weight_without_dimension", where, {"dimension": d, "known": sorted(declared)})
        for d in sorted(given - declared)
    ]
    return absent + unknown


def nested_weights(indicators: Sequence[Indicator], settings: IndexSettings) -> pd.DataFrame:
    """Effective weights.

    Returns
    -------
    DataFrame indexed by indicator name, in the order declared
        dimension, dimension_weight (sums to 1 over dimensions), weight_in_dimension (sums to 1 in each), weight (their
        product; sums to 1).
    """
    table = pd.DataFrame(
        {"dimension": [i.dimension for i in indicators], "own": [i.weight for i in indicators]},
        index=pd.Index([i.name for i in indicators], name="indicator"),
    )
    given = settings.dimension_weights if settings.weights == "given" else {}
    if settings.weights == "equal":
        table["own"] = 1.0
    between = {d: given.get(d, 1.0) for d in table["dimension"].unique()}
    table["dimension_weight"] = table["dimension"].map(between) / sum(between.values())
    table["weight_in_dimension"] = table["own"] / table.groupby("dimension")["own"].transform("sum")
    table["weight"] = table["dimension_weight"] * table["weight_in_dimension"]
    return table.drop(columns="own")
