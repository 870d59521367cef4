"""Compute the vulnerability index of every area.

Three methods: a mean of normalised indicators under nested weights (default), the DP2 distance, percentile ranks with
themes. All end in 0–100, where more is more vulnerable, and keep every step on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.index.aggregate import aggregate
from riskmodel.index.availability import Filled, fill
from riskmodel.index.check import check_directions, check_indicators, check_scored, check_settings
from riskmodel.index.coherence import correlations
from riskmodel.index.distance import pena_distance, references, scores_of
from riskmodel.index.normalise import anchors, normalise
from riskmodel.index.percentile import percentile_ranks
from riskmodel.index.treat import Treated, treat
from riskmodel.index.weights import Weights, make_weights, nested_weights
from riskmodel.notes import add_note
from riskmodel.problems import Problem, raise_errors
from riskmodel.study_index import IndexSettings, Indicator

IMPUTED = "indicators_imputed"
NO_SCORE = "too_few_indicators"


@dataclass(frozen=True)
class IndexSteps:
    """Every step from the values of the table to the index; rows are areas by area_code, columns indicators as declared.

    observed : (n_areas, n_indicators), missing where missing. `parent` : (n_areas,), missing where there is none.
    filled, imputed : (n_scored, n_indicators), areas that can be scored; true where a value was filled in.
    treated : (n_scored, n_indicators). `treated_observed` : (n_areas, n_indicators). `treatment` : what was done, one row
        per indicator, as `treat.Treated.record`.
    ends : by indicator: zero, hundred: the (treated) values that score 0 and 100; missing for ranks.
    normalised : (n_scored, n_indicators), 0–100, direction applied.
    weights : by indicator: dimension, dimension_weight, weight_in_dimension, weight (sums to 1).
    dimensions : (n_scored, n_dimensions), 0–100.
    index : (n_scored,), 0–100. `distance` : (n_scored,) the DP2 distance; None with another method.
    """

    indicators: tuple[Indicator, ...]
    settings: IndexSettings
    observed: pd.DataFrame
    parent: pd.Series
    filled: pd.DataFrame
    imputed: pd.DataFrame
    treated: pd.DataFrame
    treated_observed: pd.DataFrame
    treatment: pd.DataFrame
    ends: pd.DataFrame
    normalised: pd.DataFrame
    weights: pd.DataFrame
    dimensions: pd.DataFrame
    index: pd.Series
    distance: pd.Series | None = None


@dataclass(frozen=True)
class IndexResult:
    """The index of a country.

    scores : one row per area of the table, in its order: area_code, index (0–100), with "dp2" distance, one column per
        indicator (normalised 0–100, direction applied, imputed values included), one "dim:<name>" per dimension (0–100),
        notes. An area that cannot be scored has missing numbers and the note "too_few_indicators".
    weights : by indicator: dimension, dimension_weight, weight_in_dimension, weight.
    imputed : area_code, indicator: the values that were filled in.
    coherence : correlations inside dimensions, as plain records.
    problems : what was done on the way.
    steps : every step on the way.
    record : figures of the method and of how the weights were made.
    """

    scores: pd.DataFrame
    weights: pd.DataFrame
    imputed: pd.DataFrame
    coherence: list[dict[str, Any]]
    problems: tuple[Problem, ...]
    steps: IndexSteps
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def effective_weights(self) -> pd.Series:
        """Weight of each indicator in the index, sums to 1."""
        return self.weights["weight"]


@dataclass(frozen=True)
class _Made:
    """What a method makes of treated values."""

    normalised: pd.DataFrame
    ends: pd.DataFrame
    weights: Weights
    dimensions: pd.DataFrame
    index: pd.Series
    distance: pd.Series | None = None
    record: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def compute_index(
    areas: pd.DataFrame,
    indicators: Sequence[Indicator],
    settings: IndexSettings,
    points: pd.DataFrame | None = None,
    rate: pd.Series | None = None,
) -> IndexResult:
    """Score every area.

    Parameters
    ----------
    areas : DataFrame
        area_code (unique text), optionally parent_code, and one float column per indicator name, missing where unknown.
    indicators : the declared indicators
    settings : method, treatment, normalisation, weights and means
    points : DataFrame, (n_people, n_indicators), optional
        Points of a workshop, for weights = "workshop".
    rate : Series by area_code, proportions, optional
        An earlier measured rate, for weights = "estimated".

    Raises
    ------
    InputProblems
        An indicator that is constant or without any value, a reserved name, settings that do not go together or lack what
        they need, too few areas for the method, or no area with enough indicators.

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators.
    """
    found = check_indicators(areas, indicators)
    found += check_settings(indicators, settings, rate, points)
    raise_errors(found)
    names = [i.name for i in indicators]
    table = areas.set_index("area_code")
    observed = table[names].astype(float)
    parent = table.get("parent_code", pd.Series(pd.NA, observed.index, dtype="string"))
    filled = fill(observed, indicators, parent)
    found += check_scored(filled.values, settings)
    raise_errors(found)
    treated = treat(observed, settings.treatment if settings.method == "mean" else "none")
    values = treated.apply(filled.values)
    made = _METHODS[settings.method](values, treated.values, indicators, settings, points, rate)
    found += [*_what_was_done(filled, treated, indicators), *made.problems, *made.weights.problems]
    found += check_directions(made.normalised, indicators)
    steps = IndexSteps(
        tuple(indicators), settings, observed, parent, filled.values, filled.imputed, values, treated.values,
        treated.record, made.ends, made.normalised, made.weights.table, made.dimensions, made.index, made.distance,
    )  # fmt: skip
    return IndexResult(
        scores=_scores(steps, filled),
        weights=made.weights.table,
        imputed=_imputed_list(filled),
        coherence=correlations(made.normalised, made.weights.table["dimension"]),
        problems=tuple(found),
        steps=steps,
        record={**made.record, **made.weights.record},
    )


def _mean(
    values: pd.DataFrame,
    observed: pd.DataFrame,
    indicators: Sequence[Indicator],
    settings: IndexSettings,
    points: pd.DataFrame | None,
    rate: pd.Series | None,
) -> _Made:
    normalised = normalise(values, observed, indicators, settings.normalisation)
    weights = make_weights(indicators, settings, normalised, points, rate)
    index, dimensions = aggregate(normalised, weights.table, settings.within, settings.between)
    ends = anchors(observed, indicators, settings.normalisation)
    return _Made(normalised, ends, weights, dimensions, index)


def _dp2(
    values: pd.DataFrame,
    observed: pd.DataFrame,
    indicators: Sequence[Indicator],
    settings: IndexSettings,
    points: pd.DataFrame | None,
    rate: pd.Series | None,
) -> _Made:
    """100 (1 − distance / the ideal area's distance), which is the mean of `scores_of` under the weights of the table."""
    reference, best = references(observed, indicators)
    distance = pena_distance(values, reference, best)
    normalised = scores_of(values, distance)
    table = distance.table.assign(dimension=[i.dimension for i in indicators])
    table["dimension_weight"] = table.groupby("dimension")["weight"].transform("sum")
    table["weight_in_dimension"] = table["weight"] / table["dimension_weight"]
    weights = table[["dimension", "dimension_weight", "weight_in_dimension", "weight"]]
    index, dimensions = aggregate(normalised, weights, "arithmetic", "arithmetic")
    beyond = [i.shown for i in indicators if _beyond(values[i.name], reference[i.name], i.direction)]
    problems = [Problem("index_beyond_reference", values={"indicators": beyond}, severity="warning")] if beyond else []
    if not distance.settled:
        problems.append(Problem("index_order_unsettled", values={"rounds": distance.rounds}, severity="warning"))
    ends = pd.DataFrame({"zero": best, "hundred": reference})
    return _Made(
        normalised,
        ends,
        Weights(weights),
        dimensions,
        index,
        distance.value,
        {"dp2": distance.record()},
        tuple(problems),
    )


def _percentile_rank(
    values: pd.DataFrame,
    observed: pd.DataFrame,
    indicators: Sequence[Indicator],
    settings: IndexSettings,
    points: pd.DataFrame | None,
    rate: pd.Series | None,
) -> _Made:
    """Every indicator counts once in the sum, so a dimension weighs as much as it has indicators."""
    ranks = percentile_ranks(values, indicators)
    weights = nested_weights(indicators, IndexSettings())
    weights["dimension_weight"] = weights.groupby("dimension")["weight"].transform("size") / len(weights)
    weights["weight"] = 1 / len(weights)
    ends = pd.DataFrame({"zero": np.nan, "hundred": np.nan}, weights.index)
    return _Made(ranks.indicators, ends, Weights(weights), ranks.dimensions, ranks.index)


_METHODS = {"mean": _mean, "dp2": _dp2, "percentile_rank": _percentile_rank}


def _beyond(values: pd.Series, reference: float, direction: int) -> bool:
    return bool((direction * values > direction * reference).any())


def _scores(steps: IndexSteps, filled: Filled) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {"index": steps.index}
    if steps.distance is not None:
        columns["distance"] = steps.distance
    columns |= {str(name): steps.normalised[name] for name in steps.normalised}
    columns |= {f"dim:{name}": steps.dimensions[name] for name in steps.dimensions}
    scores = pd.DataFrame(columns).reindex(steps.observed.index)
    scores["notes"] = _notes(filled, steps.observed.index)
    return scores.rename_axis("area_code").reset_index()


def _notes(filled: Filled, codes: pd.Index) -> pd.Series:
    imputed = filled.imputed.any(axis=1).reindex(codes, fill_value=False)
    lacking = pd.Series(codes.isin(list(filled.lacking)), index=codes)
    empty = pd.Series("", index=codes, dtype="string")
    return add_note(add_note(empty, lacking, NO_SCORE), imputed, IMPUTED)


def _imputed_list(filled: Filled) -> pd.DataFrame:
    row, column = np.nonzero(filled.imputed.to_numpy(dtype=bool))
    return pd.DataFrame({"area_code": filled.imputed.index[row], "indicator": filled.imputed.columns[column]})


def _what_was_done(filled: Filled, treated: Treated, indicators: Sequence[Indicator]) -> list[Problem]:
    found = []
    if filled.lacking:
        dimensions = sorted({d for lacking in filled.lacking.values() for d in lacking})
        values: dict[str, object] = {"count": len(filled.lacking), "dimensions": dimensions}
        found.append(Problem("index_areas_without_score", values=values, severity="warning"))
    for name, count in filled.imputed.sum().items():
        if count:
            values = {"count": int(count), "indicator": str(name)}
            found.append(Problem("index_values_imputed", values=values, severity="note"))
    labels = {i.name: i.shown for i in indicators}
    for row in treated.record.itertuples():
        named: dict[str, object] = {"indicator": labels[str(row.indicator)]}
        if row.treatment == "winsorise":
            found.append(Problem("index_winsorised", values=named | {"count": int(str(row.pulled))}, severity="note"))
        elif row.treatment == "log":
            found.append(Problem("index_logged", values=named, severity="note"))
    return found
