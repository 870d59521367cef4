"""Compute the vulnerability index of every area.

An arithmetic mean of normalised indicators under nested weights. It is not stretched to 0–100 again: published scores
run from 15 to 57, and nobody has 0 or 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.index.availability import Filled, fill
from riskmodel.index.coherence import correlations
from riskmodel.index.normalise import min_max
from riskmodel.index.weights import check_weights, nested_weights
from riskmodel.notes import add_note
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import IndexSettings, Indicator

IMPUTED = "indicators_imputed"
NO_SCORE = "too_few_indicators"
RESERVED = ("area_code", "index", "notes")


@dataclass(frozen=True)
class IndexResult:
    """The index of a country.

    scores : one row per area of the table, in its order: area_code, index (0–100), one column per indicator (normalised
        0–100, direction applied, imputed values included), one "dim:<name>" per dimension (0–100), notes. An area that
        cannot be scored has missing numbers and the note "too_few_indicators".
    weights : by indicator: dimension, dimension_weight, weight_in_dimension, weight.
    imputed : area_code, indicator: the values that were filled in.
    coherence : correlations inside dimensions, as plain records.
    problems : what was done on the way.
    """

    scores: pd.DataFrame
    weights: pd.DataFrame
    imputed: pd.DataFrame
    coherence: list[dict[str, Any]]
    problems: tuple[Problem, ...]

    @property
    def effective_weights(self) -> pd.Series:
        """Weight of each indicator in the index, sums to 1."""
        return self.weights["weight"]


def compute_index(areas: pd.DataFrame, indicators: Sequence[Indicator], settings: IndexSettings) -> IndexResult:
    """Score every area.

    Parameters
    ----------
    areas : DataFrame
        area_code (unique text), optionally parent_code, and one float column per indicator name, missing where unknown.
    indicators : the declared indicators
    settings : weights

    Raises
    ------
    InputProblems
        An indicator that is constant or without any value, a reserved name, weights that do not match the dimensions,
        or no area with enough indicators.

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators.
    """
    raise_errors([*_check_indicators(areas, indicators), *check_weights(indicators, settings)])
    names = [i.name for i in indicators]
    values = areas.set_index("area_code")[names].astype(float)
    parent = areas.set_index("area_code").get("parent_code", pd.Series(pd.NA, values.index, dtype="string"))
    filled = fill(values, indicators, parent)
    if filled.values.empty:
        raise_errors([Problem("index_no_area_scored", values={"count": len(values)})])
    weights = nested_weights(indicators, settings)
    normalised = min_max(filled.values, values, indicators)
    columns = {"index": normalised @ weights["weight"]} | {name: normalised[name] for name in names}
    for dimension, inside in weights.groupby("dimension", sort=False):
        columns[f"dim:{dimension}"] = normalised[inside.index] @ inside["weight_in_dimension"]
    scores = pd.DataFrame(columns).reindex(values.index)
    scores["notes"] = _notes(filled, values.index)
    return IndexResult(
        scores=scores.rename_axis("area_code").reset_index(),
        weights=weights,
        imputed=_imputed_list(filled),
        coherence=correlations(normalised, weights["dimension"]),
        problems=tuple(_what_was_done(filled)),
    )


def _check_indicators(areas: pd.DataFrame, indicators: Sequence[Indicator]) -> list[Problem]:
    problems = []
    for indicator in indicators:
        where = Where(column=indicator.source_column, key="indicator")
        values = areas[indicator.name]
        named = {"indicator": indicator.label or indicator.name}
        if indicator.name in RESERVED:
            problems.append(Problem("index_name_reserved", where, {"name": indicator.name}))
        elif values.notna().sum() == 0:
            problems.append(Problem("index_indicator_empty", where, named))
        elif values.min() == values.max():
            problems.append(Problem("index_indicator_constant", where, named))
    return problems


def _notes(filled: Filled, codes: pd.Index) -> pd.Series:
    imputed = filled.imputed.any(axis=1).reindex(codes, fill_value=False)
    lacking = pd.Series(codes.isin(list(filled.lacking)), index=codes)
    empty = pd.Series("", index=codes, dtype="string")
    return add_note(add_note(empty, lacking, NO_SCORE), imputed, IMPUTED)


def _imputed_list(filled: Filled) -> pd.DataFrame:
    row, column = np.nonzero(filled.imputed.to_numpy(dtype=bool))
    return pd.DataFrame({"area_code": filled.imputed.index[row], "indicator": filled.imputed.columns[column]})


def _what_was_done(filled: Filled) -> list[Problem]:
    found = []
    if filled.lacking:
        dimensions = sorted({d for lacking in filled.lacking.values() for d in lacking})
        values = {"count": len(filled.lacking), "dimensions": dimensions}
        found.append(Problem("index_areas_without_score", values=values, severity="warning"))
    for name, count in filled.imputed.sum().items():
        if count:
            values = {"count": int(count), "indicator": str(name)}
            found.append(Problem("index_values_imputed", values=values, severity="note"))
    return found
