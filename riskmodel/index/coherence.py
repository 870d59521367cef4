"""How the indicators hang together.

Inside a dimension they should say similar things; a negative correlation means that they cancel out, and is shown, not
mended.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd


def correlations(scores: pd.DataFrame, dimension: pd.Series) -> list[dict[str, object]]:
    """Pearson and Spearman correlation of each pair of normalised indicators of one dimension.

    Parameters
    ----------
    scores : (n_scored, n_indicators), 0–100, direction applied
    dimension : dimension by indicator name

    Returns
    -------
    list of {dimension, indicator, other, pearson, spearman}
        A correlation that does not exist (a constant among the scored areas) is None.
    """
    pearson, spearman = scores.corr(), scores.rank().corr()
    return [
        {
            "dimension": name,
            "indicator": one,
            "other": other,
            "pearson": _rounded(pearson.loc[one, other]),
            "spearman": _rounded(spearman.loc[one, other]),
        }
        for name, inside in dimension.groupby(dimension, sort=False)
        for one, other in combinations(inside.index, 2)
    ]


def _rounded(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 4)
