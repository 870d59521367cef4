"""Compute the index a study asks for: what it needs beside the table of areas is read here.

A rate that weights were estimated on is told apart from the one results are held against: the same rate cannot do both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel.index.compute import IndexResult, compute_index
from riskmodel.inputs.index_rate import INDEX_RATE
from riskmodel.inputs.workshop import read_points
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study import Study

# More than this share of equal rates, and the two are one measure.
SAME_SHARE, SAME = 0.5, 1e-6


def index_of_study(study: Study, folder: Path, names: pd.DataFrame) -> tuple[IndexResult, list[Problem]]:
    """The index, and every problem told on the way.

    names : DataFrame
        As `inputs.areas.read_areas` gives it: with `index_rate` or `observed` for estimated weights.
    """
    settings = study.index
    points, found = _points(study, folder)
    rate = rate_of(study, names)
    if rate is not None and same_as_observed(study, names):
        found.append(Problem("index_rate_is_observed", Where(key="index.rate"), severity="warning"))
    result = compute_index(names, study.indicator, settings, points, rate)
    return result, [*found, *result.problems]


def check_points(study: Study, folder: Path) -> list[Problem]:
    """What is wrong with the table of points, where the study weighs by one."""
    try:
        return _points(study, folder)[1]
    except InputProblems as error:
        return list(error.problems)


def _points(study: Study, folder: Path) -> tuple[pd.DataFrame | None, list[Problem]]:
    settings = study.index
    if settings.method != "mean" or settings.weights != "workshop" or settings.workshop is None:
        return None, []
    reading = study.reading_of(settings.workshop.file, settings.workshop.sheet)
    return read_points(settings.workshop, study.indicator, folder, reading)


def rate_of(study: Study, names: pd.DataFrame) -> pd.Series | None:
    """The rate weights are estimated on, by area_code: the column the index names, else the observed rate."""
    if study.index.method != "mean" or study.index.weights != "estimated":
        return None
    column = INDEX_RATE if study.index.rate else "observed"
    return names.set_index("area_code")[column] if column in names else None


def same_as_observed(study: Study, names: pd.DataFrame) -> bool:
    """Whether weights are estimated on the very rate that results are held against."""
    rate = rate_of(study, names)
    if rate is None or "observed" not in names:
        return False
    observed = names.set_index("area_code")["observed"]
    both = rate.notna() & observed.notna()
    equal = both & ((rate - observed).abs() < SAME)
    return bool(equal.sum() > SAME_SHARE * both.sum())


def index_record(result: IndexResult) -> dict[str, Any]:
    """What was done, for `diagnostics.json`: weights, treatment of outliers, figures of the method."""
    table = result.weights.reset_index()
    treated = result.steps.treatment
    return {
        "effective_weights": result.effective_weights.to_dict(),
        "index_weights": table.to_dict("records"),
        "index_treatment": treated.astype(object).where(treated.notna(), None).to_dict("records"),
        "index_method": {"method": result.steps.settings.method, **result.record},
    }
