"""Weights of indicators: within their dimension, between dimensions, and their product.

Whatever the way, both steps are scaled to sum to 1, and no weight is ever below zero: a vulnerability that lowers the
index would turn the map round. An indicator that gets no weight is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from riskmodel.index.data_weights import component, entropy, estimated, points_of
from riskmodel.problems import Problem, Where
from riskmodel.study_index import IndexSettings, Indicator

COLUMNS = ["dimension", "dimension_weight", "weight_in_dimension", "weight"]


@dataclass(frozen=True)
class Weights:
    """Weights of the index.

    table : by indicator name, in the order declared: dimension, dimension_weight (sums to 1 over dimensions),
        weight_in_dimension (sums to 1 in each), weight (their product; sums to 1).
    record : figures of the way they were made, for `diagnostics.json`.
    """

    table: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    record: dict[str, Any] = field(default_factory=dict)


def check_weights(indicators: Sequence[Indicator], settings: IndexSettings) -> list[Problem]:
    """Given weights of dimensions must name each dimension once and no other; none at all means equal."""
    if settings.weights != "given" or not settings.dimension_weights:
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


def make_weights(
    indicators: Sequence[Indicator],
    settings: IndexSettings,
    scores: pd.DataFrame,
    points: pd.DataFrame | None = None,
    rate: pd.Series | None = None,
) -> Weights:
    """Weights in the way the study asks for.

    equal                every dimension the same, and every indicator the same within it.
    given                the declared weights of indicators and dimensions.
    principal_component  squared loadings of the first component: of the scores within each dimension, of the dimensions'
                         means between them. An indicator whose loading goes against the others' gets none, and is told.
    entropy              in proportion to 1 − e, e the entropy of the scores' shares over ln n: what tells areas apart
                         weighs more.
    workshop             mean of the points people gave, each person's scaled to 100.
    estimated            least squares of an earlier measured rate on the scores, no weight below zero.

    Parameters
    ----------
    scores : DataFrame, (n_scored, n_indicators), 0–100
    points : DataFrame, (n_people, n_indicators), for "workshop"
    rate : Series by area_code, proportions, for "estimated"

    Raises
    ------
    InputProblems
        The data cannot give such weights.

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    match settings.weights:
        case "equal" | "given":
            return Weights(nested_weights(indicators, settings))
        case "principal_component":
            own, between, problems, record = component(scores, indicators)
            found = _nested(indicators, own, between)
        case "entropy":
            weight, problems, record = entropy(scores)
            found = _flat(indicators, weight)
        case "workshop":
            assert points is not None
            weight, problems, record = points_of(points, indicators)
            found = _flat(indicators, weight)
        case "estimated":
            assert rate is not None
            weight, problems, record = estimated(scores, rate)
            found = _flat(indicators, weight)
    return Weights(found, (*problems, *_without_weight(found, indicators)), record)


def nested_weights(indicators: Sequence[Indicator], settings: IndexSettings) -> pd.DataFrame:
    """Equal or given weights; columns as in `Weights.table`."""
    names = pd.Index([i.name for i in indicators], name="indicator")
    given = settings.weights == "given"
    own = pd.Series([i.weight if given else 1.0 for i in indicators], names)
    dimensions = pd.unique(pd.Series([i.dimension for i in indicators]))
    chosen = settings.dimension_weights if given else {}
    return _nested(indicators, own, pd.Series({d: chosen.get(d, 1.0) for d in dimensions}))


def _nested(indicators: Sequence[Indicator], own: pd.Series, between: pd.Series) -> pd.DataFrame:
    """Weights from those within dimensions and between them, to any scale."""
    table = pd.DataFrame({"dimension": [i.dimension for i in indicators], "own": own.to_numpy(float)}, own.index)
    table["dimension_weight"] = table["dimension"].map(between) / between.sum()
    table["weight_in_dimension"] = table["own"] / table.groupby("dimension")["own"].transform("sum")
    table["weight"] = table["dimension_weight"] * table["weight_in_dimension"]
    return table[COLUMNS].rename_axis("indicator")


def _flat(indicators: Sequence[Indicator], weight: pd.Series) -> pd.DataFrame:
    """Weights from those of indicators in the whole; a dimension without any weighs its indicators alike."""
    table = pd.DataFrame({"dimension": [i.dimension for i in indicators]}, pd.Index([i.name for i in indicators]))
    table["weight"] = weight.reindex(table.index) / weight.sum()
    inside = table.groupby("dimension")["weight"]
    table["dimension_weight"] = inside.transform("sum")
    share = table["weight"] / table["dimension_weight"].where(table["dimension_weight"] > 0)
    table["weight_in_dimension"] = share.fillna(1 / inside.transform("size"))
    return table[COLUMNS].rename_axis("indicator")


def _without_weight(table: pd.DataFrame, indicators: Sequence[Indicator]) -> list[Problem]:
    none = [i.shown for i in indicators if table["weight"][i.name] == 0]
    if not none:
        return []
    values = {"count": len(none), "indicators": none}
    return [Problem("index_without_weight", Where(key="index.weights"), values, "warning")]
