"""What areas of each level are like: means of determinants and indicators by level, against the lowest level.

A mean is over the children of the level where their number is known, not over its areas. Nothing is tested: levels were
made from the risk that the determinants give, so that they differ is no discovery.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.areas.means import weighted_mean
from riskmodel.decisions.shares import by_determinant
from riskmodel.results import PROFILE_COLUMNS
from riskmodel.study import Privacy

COUNTRY = 0


def level_profile(
    areas: pd.DataFrame, shares: pd.DataFrame, indicators: pd.DataFrame, privacy: Privacy
) -> pd.DataFrame:
    """Mean of each determinant's categories and of each indicator, for the country and each level.

    Parameters
    ----------
    areas : DataFrame
        area_code, level, children.
    shares : DataFrame
        As `determinant_shares` gives; empty where the method has no determinants.
    indicators : DataFrame
        area_code and one column per indicator; empty where there are none.
    privacy : Privacy
        A determinant is told for the country only where a category stands for fewer than `min_children` children (but
        more than none) of some level: the other categories and levels would give it away.

    Returns
    -------
    DataFrame with results.PROFILE_COLUMNS
        `level` 0 is the country; `ratio` is the mean over that of the lowest level, missing where that is not above 0.
        Shares are proportions, indicators in their own unit.
    """
    by_code = areas.set_index("area_code")
    level, children = by_code["level"], by_code["children"]
    blocks = [("determinant", name, block) for name, block in by_determinant(shares).items()]
    if len(indicators):
        values = indicators.set_index("area_code")
        blocks += [("indicator", str(name), values[[name]].set_axis([""], axis=1)) for name in values.columns]
    number = level.value_counts().to_dict() | {COUNTRY: len(level)}
    rows = []
    for source, name, block in blocks:
        means = _means(block.reindex(by_code.index), level, children)
        if source == "determinant" and _has_few(means, level, children, privacy):
            means.loc[means.index != COUNTRY] = np.nan
        for category in means.columns:
            lowest = float(means[category].iloc[min(1, len(means) - 1)])
            for j, mean in means[category].items():
                ratio = mean / lowest if lowest > 0 else np.nan
                rows.append((source, name, category, j, number[j], mean, ratio))
    table = pd.DataFrame(rows, columns=list(PROFILE_COLUMNS))
    return table.astype({"source": "string", "name": "string", "category": "string", "level": "Int8", "areas": "Int64"})


def _means(block: pd.DataFrame, level: pd.Series, children: pd.Series) -> pd.DataFrame:
    """Means of the columns for the country (row 0) and each level in order."""
    rows = {COUNTRY: block.apply(weighted_mean, weights=children)}
    for j in sorted(level.dropna().unique()):
        inside = level.eq(j).fillna(False).astype(bool)
        rows[int(j)] = block[inside].apply(weighted_mean, weights=children)
    return pd.DataFrame(rows).T


def _has_few(means: pd.DataFrame, level: pd.Series, children: pd.Series, privacy: Privacy) -> bool:
    """Whether a category (not a number, whose category is "") of some level stands for few children."""
    number = children.groupby(level).sum().reindex(means.index)
    counts = means.drop(columns="", errors="ignore").mul(number, axis=0)
    return bool(((counts > 0) & (counts < privacy.min_children)).to_numpy().any())
