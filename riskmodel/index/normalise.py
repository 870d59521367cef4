"""Bring indicators to one scale, 0–100, where more is always more vulnerable.

All ways but "rank" are straight lines through two anchors of the indicator: the value that scores 0 and the value that
scores 100.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from riskmodel.problems import Problem, Where
from riskmodel.study_index import Indicator, Normalisation

# Points for one standard deviation, around 50.
POINTS_PER_SD = 10.0


def normalise(
    values: pd.DataFrame, observed: pd.DataFrame, indicators: Sequence[Indicator], way: Normalisation = "min_max"
) -> pd.DataFrame:
    """Normalised indicators, same shape as `values`.

    min_max    0 and 100 at the lowest and highest observed value.
    goalposts  0 and 100 at the declared `best` and `worst` of each indicator; beyond them 0 and 100. For scores that are
               compared over years or countries.
    z_score    50 + 10 (x − mean) / sd, sd of the population: 60 is one standard deviation above the country's mean area.
               Most areas lie between 20 and 80; an extreme one can pass 100.
    rank       100 (r − 1) / (n − 1), r the mean rank among the areas observed; equal values share it.
    reference  50 at the declared `reference` (else the country's median), and in a straight line to the observed value
               farthest from it, which has 0 or 100.

    Parameters
    ----------
    values : DataFrame, (n_scored, n_indicators)
        What is normalised, none missing.
    observed : DataFrame, (n_areas, n_indicators)
        All areas of the country, missing where missing: extremes, means and ranks come from here. No column is constant.
    indicators : the declared indicators, with `direction`

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    names = [i.name for i in indicators]
    if way == "rank":
        scores = pd.DataFrame({n: _rank(values[n], observed[n]) for n in names}, values.index)
        turned = [i.name for i in indicators if i.direction == -1]
        scores[turned] = 100 - scores[turned]
        return scores
    ends = anchors(observed, indicators, way)
    scores = 100 * (values[names] - ends["zero"]) / (ends["hundred"] - ends["zero"])
    return scores.clip(0, 100) if way == "goalposts" else scores


def anchors(observed: pd.DataFrame, indicators: Sequence[Indicator], way: Normalisation) -> pd.DataFrame:
    """The values of each indicator that score 0 and 100, direction applied; missing for "rank".

    Returns
    -------
    DataFrame by indicator name: zero, hundred
    """
    rows = {i.name: _ends(observed[i.name], i, way) for i in indicators}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["zero", "hundred"]).rename_axis("indicator")


def check_normalisation(indicators: Sequence[Indicator], way: Normalisation) -> list[Problem]:
    """Goalposts must be declared and lie in the indicator's direction."""
    if way != "goalposts":
        return []
    problems = []
    for indicator in indicators:
        where, named = Where(key="indicator"), {"indicator": indicator.shown}
        if indicator.best is None or indicator.worst is None:
            problems.append(Problem("index_goalposts_absent", where, named))
        elif (indicator.worst - indicator.best) * indicator.direction <= 0:
            values = named | {"best": indicator.best, "worst": indicator.worst, "direction": indicator.direction}
            problems.append(Problem("index_goalposts_turned", where, values))
    return problems


def _ends(observed: pd.Series, indicator: Indicator, way: Normalisation) -> tuple[float, float]:
    lowest, highest = float(observed.min()), float(observed.max())
    match way:
        case "min_max":
            low, high = lowest, highest
        case "goalposts":
            assert indicator.best is not None  # check_normalisation saw to it
            assert indicator.worst is not None
            return indicator.best, indicator.worst
        case "z_score":
            reach = 50 / POINTS_PER_SD * float(observed.std(ddof=0))
            low, high = float(observed.mean()) - reach, float(observed.mean()) + reach
        case "reference":
            middle = float(observed.median()) if indicator.reference is None else indicator.reference
            reach = max(abs(highest - middle), abs(lowest - middle))
            low, high = middle - reach, middle + reach
        case _:
            return float("nan"), float("nan")
    return (low, high) if indicator.direction == 1 else (high, low)


def _rank(values: pd.Series, observed: pd.Series) -> np.ndarray:
    """Ranks among the areas observed, 0–100; a value that was filled in takes the place it would have between them."""
    known = np.sort(observed.dropna().to_numpy(float))
    below = np.searchsorted(known, values.to_numpy(float), side="left")
    upto = np.searchsorted(known, values.to_numpy(float), side="right")
    place = (below + upto - 1) / 2
    return np.asarray(np.clip(100 * place / max(len(known) - 1, 1), 0, 100))
