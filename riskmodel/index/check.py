"""Look at indicators and settings before an index is made of them.

What cannot be computed is an error; what can, but looks like a mistake, is a question.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from riskmodel.index.normalise import check_normalisation
from riskmodel.index.weights import check_weights
from riskmodel.problems import Problem, Where
from riskmodel.study_index import IndexSettings, Indicator

RESERVED = ("area_code", "index", "notes", "distance")

# An indicator whose correlation with the rest of its dimension is under this, and not by chance, is asked about.
AGAINST = -0.2


def check_indicators(areas: pd.DataFrame, indicators: Sequence[Indicator]) -> list[Problem]:
    """Names that results use, and columns without any or with one value."""
    problems = []
    for indicator in indicators:
        where = Where(column=indicator.source_column, key="indicator")
        values = areas[indicator.name]
        named = {"indicator": indicator.shown}
        if indicator.name in RESERVED:
            problems.append(Problem("index_name_reserved", where, {"name": indicator.name}))
        elif values.notna().sum() == 0:
            problems.append(Problem("index_indicator_empty", where, named))
        elif values.min() == values.max():
            problems.append(Problem("index_indicator_constant", where, named))
    return problems


def check_settings(
    indicators: Sequence[Indicator], settings: IndexSettings, rate: pd.Series | None, points: pd.DataFrame | None
) -> list[Problem]:
    """Settings that need what is not there, or do not go together."""
    problems = []
    if settings.method == "mean":
        problems += check_weights(indicators, settings) + check_normalisation(indicators, settings.normalisation)
        if settings.treatment != "none" and settings.normalisation == "goalposts":
            problems.append(Problem("index_treatment_with_goalposts", Where(key="index.treatment")))
        if settings.weights == "estimated" and (rate is None or rate.notna().sum() == 0):
            problems.append(Problem("index_needs_rate", Where(key="index.rate")))
        if settings.weights == "workshop" and points is None:
            problems.append(Problem("index_needs_points", Where(key="index.workshop")))
        return problems
    if settings.method == "dp2":
        problems += _check_references(indicators)
    default = IndexSettings()
    keys = ("treatment", "normalisation", "weights", "dimension_weights", "within", "between")
    unused = [k for k in keys if getattr(settings, k) != getattr(default, k)]
    if unused:
        values = {"count": len(unused), "keys": unused, "method": settings.method}
        problems.append(Problem("index_settings_unused", Where(key="index"), values, "warning"))
    return problems


def check_scored(values: pd.DataFrame, settings: IndexSettings) -> list[Problem]:
    """Whether the areas that can be scored are enough for the settings.

    values : (n_scored, n_indicators), none missing.
    """
    count, needed = values.shape
    if count == 0:
        return [Problem("index_no_area_scored", values={"count": count})]
    weighs = settings.method == "mean" and settings.weights in ("principal_component", "estimated")
    if settings.method == "dp2" or weighs:
        flat = [str(n) for n in values.columns if values[n].min() == values[n].max()]
        if flat:
            return [Problem("index_flat_where_scored", Where(key="indicator"), {"indicators": flat})]
        if count <= needed:
            return [Problem("index_too_few_areas", values={"count": count, "indicators": needed})]
    if count < needed:
        return [Problem("index_few_areas", values={"count": count, "indicators": needed}, severity="warning")]
    return []


def check_directions(normalised: pd.DataFrame, indicators: Sequence[Indicator]) -> list[Problem]:
    """Indicators that are low where the rest of their dimension is high: is the direction right?

    normalised : (n_scored, n_indicators), direction applied.
    """
    problems = []
    for dimension in dict.fromkeys(i.dimension for i in indicators):
        inside = [i for i in indicators if i.dimension == dimension]
        bar = min(AGAINST, -2 / len(normalised) ** 0.5)
        if len(inside) < 2:
            continue
        for indicator in inside[:1] if len(inside) == 2 else inside:
            rest = normalised[[i.name for i in inside if i is not indicator]].mean(axis=1)
            r = normalised[indicator.name].corr(rest)
            if r < bar:
                others = [i.shown for i in inside if i is not indicator]
                values: dict[str, object] = {"indicator": indicator.shown, "dimension": dimension, "others": others}
                values |= {"correlation": round(float(r), 2), "direction": indicator.direction}
                where = Where(column=indicator.source_column, key="indicator")
                problems.append(Problem("index_direction_doubtful", where, values, "warning"))
    return problems


def _check_references(indicators: Sequence[Indicator]) -> list[Problem]:
    """A declared reference is worse than a declared best value."""
    problems = []
    for i in indicators:
        worst = i.reference if i.reference is not None else i.worst
        if worst is not None and i.best is not None and (worst - i.best) * i.direction <= 0:
            values = {"indicator": i.shown, "best": i.best, "worst": worst, "direction": i.direction}
            problems.append(Problem("index_goalposts_turned", Where(key="indicator"), values))
    return problems
