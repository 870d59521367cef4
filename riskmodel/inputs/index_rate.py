"""Read the earlier measured rate on which weights of the index are estimated.

It is a rate of another time or source than the one results are held against: agreement with what weights were fitted to
says nothing.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.inputs.columns import rows_problem
from riskmodel.problems import Problem, Where
from riskmodel.study_index import IndexSettings

# Name while it is read, and column of the frame of areas.
RATE, INDEX_RATE = "index.rate", "index_rate"


def own_rate(settings: IndexSettings) -> bool:
    """Whether the study names a column of its own to estimate weights on."""
    return settings.method == "mean" and settings.weights == "estimated" and bool(settings.rate)


def check_index_rate(settings: IndexSettings, rate: pd.Series, where: Where) -> list[Problem]:
    """A proportion or a percentage, as the study says."""
    top = 1 if settings.rate_unit == "proportion" else 100
    outside = (rate < 0) | (rate > top)
    if settings.rate_unit == "proportion" and outside.any() and rate.dropna().between(0, 100).all():
        return rows_problem(outside, "index_rate_in_percent", where)
    return rows_problem(outside, "index_rate_outside", where, {"top": top})


def with_index_rate(frame: pd.DataFrame, settings: IndexSettings) -> pd.DataFrame:
    """The frame with `index_rate`, a proportion, in place of what was read."""
    factor = 1.0 if settings.rate_unit == "proportion" else 0.01
    return frame.drop(columns=RATE).assign(**{INDEX_RATE: frame[RATE].astype(float) * factor})
