"""Bring indicators to one scale, 0–100, where more is always more vulnerable.

The scale is that of the country's observed minimum and maximum; an indicator with direction −1 is turned round.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from riskmodel.study import Indicator


def min_max(values: pd.DataFrame, observed: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Normalised indicators, same shape as `values`, 0–100.

    Parameters
    ----------
    values : DataFrame, (n_scored, n_indicators)
        What is normalised, none missing.
    observed : DataFrame, (n_areas, n_indicators)
        All areas of the country, missing where missing: minimum and maximum come from here. No column is constant.
    indicators : the declared indicators, with `direction`

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    names = [i.name for i in indicators]
    lowest, highest = observed[names].min(), observed[names].max()
    scores = 100 * (values[names] - lowest) / (highest - lowest)
    turned = [i.name for i in indicators if i.direction == -1]
    scores[turned] = 100 - scores[turned]
    return scores
