"""Decide which areas can be scored, and fill the few values they lack.

An area that lacks more than 30 % of a dimension's indicators has no score. In the others a missing value takes the
median of the parent unit, else of the country, and the area carries a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from riskmodel.study import Indicator

NEEDED = 0.70


@dataclass(frozen=True)
class Filled:
    """Indicators of the areas that can be scored.

    values : (n_scorable, n_indicators) by area_code, none missing.
    imputed : same shape, true where the value was filled.
    lacking : area_code → dimensions with too few values, for areas left out.
    """

    values: pd.DataFrame
    imputed: pd.DataFrame
    lacking: dict[str, tuple[str, ...]]


def fill(values: pd.DataFrame, indicators: Sequence[Indicator], parent: pd.Series) -> Filled:
    """Apply the availability rule and impute.

    Parameters
    ----------
    values : DataFrame, (n_areas, n_indicators)
        By area_code, one column per indicator name; no column wholly missing.
    indicators : the declared indicators
    parent : Series, (n_areas,)
        Parent code by area_code; missing where there is none.
    """
    present = values.notna()
    dimensions: dict[str, list[str]] = {}
    for indicator in indicators:
        dimensions.setdefault(indicator.dimension, []).append(indicator.name)
    # A share of exactly 70 % is enough; the margin is for 0.7 not being a binary fraction.
    short = pd.DataFrame({d: present[names].mean(axis=1) < NEEDED - 1e-9 for d, names in dimensions.items()})
    left_out = short.any(axis=1)
    lacking = {str(code): tuple(short.columns[row]) for code, row in short[left_out].iterrows()}
    unit = parent.reindex(values.index).astype(object)
    medians = values.groupby(unit.fillna("").to_numpy()).transform("median")
    medians[unit.isna()] = float("nan")  # areas without parent are no unit
    complete = values.fillna(medians).fillna(values.median())
    return Filled(complete[~left_out], ~present[~left_out], lacking)
