"""Examine a finished index: how its indicators hang together, and what hangs on the choices made in building it.

Nothing here changes the index. What comes out is stability under choices; it is not a sampling error, and an index has
none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.index.aggregate import between_weights
from riskmodel.index.coherence import coherence_table, importance_table
from riskmodel.index.compute import IndexSteps
from riskmodel.index.normalise import check_normalisation, normalise
from riskmodel.index.removal import remove_each
from riskmodel.index.robustness import SPREAD, Choices, simulate_choices
from riskmodel.index.treat import treat
from riskmodel.progress import Progress, quiet
from riskmodel.results import INDEX_ROBUSTNESS_COLUMNS
from riskmodel.study_index import Mean, Normalisation, Treatment

TREATMENTS: tuple[Treatment, ...] = ("none", "winsorise", "log")
# The ways that need nothing declared and keep the order of areas in every indicator.
NORMALISATIONS: tuple[Normalisation, ...] = ("min_max", "z_score", "rank")


@dataclass(frozen=True)
class Examination:
    """Tables by the names of `results`, all empty where there is no index; robustness and sensitivity also without draws.

    record : what was drawn, for `diagnostics.json`.
    """

    index_importance: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_coherence: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_removed: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_robustness: pd.DataFrame = field(default_factory=pd.DataFrame)
    index_sensitivity: pd.DataFrame = field(default_factory=pd.DataFrame)
    record: dict[str, Any] = field(default_factory=dict)

    def tables(self) -> dict[str, Any]:
        """Tables by the names of their files."""
        names = ("index_importance", "index_coherence", "index_removed", "index_robustness", "index_sensitivity")
        return {name: getattr(self, name) for name in names}


def examine(steps: IndexSteps, level: pd.Series, draws: int, seed: int, progress: Progress = quiet) -> Examination:
    """Everything told about an index beside the index.

    Parameters
    ----------
    steps : IndexSteps
        Of any method. Draws and parts left out make a mean of normalised indicators around the weights in effect, which
        for the DP2 distance and percentile ranks is what a plain mean with their weights would give.
    level : Series by area_code, levels of the study; areas without a score are not asked for
    draws : int
        0 leaves robustness and sensitivity out.
    seed : int
    """
    levels = level.reindex(steps.index.index).to_numpy(dtype=np.int64)
    within, between = means_of(steps)
    told = Examination(
        index_importance=importance_table(steps.normalised, steps.dimensions, steps.index, steps.weights),
        index_coherence=coherence_table(steps.normalised, steps.dimensions, steps.weights["dimension"]),
        index_removed=remove_each(steps.normalised, steps.weights, levels, within, between),
    )
    if not draws:
        return told
    choices, ways = choices_of(steps)
    found = simulate_choices(choices, steps.index.to_numpy(float), levels, draws, seed, progress)
    areas = found.areas.assign(area_code=steps.index.index.astype(str), level=levels)
    record = {
        "draws": draws,
        "mean_shift": found.mean_shift,
        "spread_of_weights": SPREAD,
        "treatments": list(TREATMENTS),
        "normalisations": list(ways),
        "means": list(choices.means),
    }
    return replace(
        told,
        index_robustness=areas[list(INDEX_ROBUSTNESS_COLUMNS)].sort_values("area_code", ignore_index=True),
        index_sensitivity=found.sensitivity,
        record={"robustness": record},
    )


def means_of(steps: IndexSteps) -> tuple[Mean, Mean]:
    """Means within and between dimensions that are in effect."""
    plain = steps.settings.method != "mean"
    return ("arithmetic", "arithmetic") if plain else (steps.settings.within, steps.settings.between)


def choices_of(steps: IndexSteps) -> tuple[Choices, tuple[Normalisation, ...]]:
    """What a draw may take, and the normalisations among it.

    Every treatment with every normalisation of NORMALISATIONS, the study's own, and goalposts where all indicators have
    theirs. Goalposts are in the unit of the raw values, so they never meet treated ones.
    """
    indicators, settings = steps.indicators, steps.settings
    ways = list(NORMALISATIONS)
    if settings.method == "mean" and settings.normalisation not in ways:
        ways.append(settings.normalisation)
    if "goalposts" not in ways and not check_normalisation(indicators, "goalposts"):
        ways.append("goalposts")
    n, p = steps.filled.shape
    scores = np.empty((len(TREATMENTS), len(ways), n, p), dtype=np.float32)
    for i, treatment in enumerate(TREATMENTS):
        observed, values = _treated(steps, treatment)
        for j, way in enumerate(ways):
            raw = way == "goalposts"
            scores[i, j] = normalise(
                steps.filled if raw else values, steps.observed if raw else observed, indicators, way
            ).to_numpy()
    dimensions = list(between_weights(steps.weights).index)
    strength = "geometric_strength" in means_of(steps)
    choices = Choices(
        scores,
        np.array([dimensions.index(d) for d in steps.weights["dimension"]]),
        steps.weights["weight_in_dimension"].to_numpy(float),
        between_weights(steps.weights).to_numpy(float),
        ("arithmetic", "geometric_strength" if strength else "geometric"),
    )
    return choices, tuple(ways)


def _treated(steps: IndexSteps, treatment: Treatment) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observed and filled values after a treatment; an indicator it would make constant is left as it is."""
    done = treat(steps.observed, treatment)
    observed, values = done.values.copy(), done.apply(steps.filled)
    flat = observed.columns[observed.min() == observed.max()]
    observed[flat], values[flat] = steps.observed[flat], steps.filled[flat]
    return observed, values
