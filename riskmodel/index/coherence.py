"""How the indicators hang together, and what each really counts for.

Inside a dimension indicators should say similar things; a negative correlation means that they cancel out, and is shown,
not mended. A weight is not an importance: an indicator that goes with many others counts for more than its weight.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from riskmodel.results import INDEX_COHERENCE_COLUMNS, INDEX_IMPORTANCE_COLUMNS

# Groups of equal size in which the mean of the index is taken, for the first-order importance.
GROUPS = 20


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


def coherence_table(scores: pd.DataFrame, dimensions: pd.DataFrame, dimension: pd.Series) -> pd.DataFrame:
    """Correlation of every pair of indicators, and of every pair of dimensions.

    Parameters
    ----------
    scores : (n_scored, n_indicators), 0–100, direction applied
    dimensions : (n_scored, n_dimensions), their scores
    dimension : dimension by indicator name

    Returns
    -------
    DataFrame with INDEX_COHERENCE_COLUMNS
        part "indicator" or "dimension"; pearson and spearman are missing for a constant.
    """
    rows = []
    for part, table in (("indicator", scores), ("dimension", dimensions)):
        pearson, spearman = table.corr().to_numpy(), table.rank().corr().to_numpy()
        names = [str(c) for c in table.columns]
        for one, other in combinations(range(len(names)), 2):
            same = part == "indicator" and dimension[names[one]] == dimension[names[other]]
            rows.append((part, names[one], names[other], same, pearson[one, other], spearman[one, other]))
    return pd.DataFrame(rows, columns=list(INDEX_COHERENCE_COLUMNS))


def cronbach_alpha(scores: pd.DataFrame) -> float:
    """Cronbach's α = k / (k − 1) · (1 − Σ var / var of the sum); missing for one indicator or a constant sum.

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297–334.
    """
    k, whole = scores.shape[1], float(scores.sum(axis=1).var())
    if k < 2 or not whole > 0:
        return float("nan")
    return k / (k - 1) * (1 - float(scores.var().sum()) / whole)


def importance_table(
    scores: pd.DataFrame, dimensions: pd.DataFrame, index: pd.Series, weights: pd.DataFrame
) -> pd.DataFrame:
    """What each indicator and dimension counts for in the index, beside its weight.

    Parameters
    ----------
    scores, dimensions : as in `coherence_table`
    index : (n_scored,)
    weights : DataFrame by indicator: dimension, weight

    Returns
    -------
    DataFrame with INDEX_IMPORTANCE_COLUMNS
        part "indicator", "dimension" or "index". correlation with the index (Pearson); linear_importance, its square;
        first_order, the share of the index's variance between groups of areas alike in the part, var E(I | x) / var I;
        share, that divided by the sum over its kind, which would be the weight if importance went as weights say; alpha
        of the indicators of a dimension or of all.

    References
    ----------
    Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science?, Journal of the Royal Statistical
    Society A 176, 609–634: the correlation ratio as measure of importance.
    """
    whole = weights.groupby("dimension", sort=False)["weight"].sum()
    own = weights["dimension"].astype(str)
    rows: list[dict[str, object]] = []
    for part, table, weight in (("indicator", scores, weights["weight"]), ("dimension", dimensions, whole)):
        first = {name: correlation_ratio(table[name], index) for name in table.columns}
        total = sum(v for v in first.values() if v == v)
        for name in table.columns:
            r = table[name].corr(index)
            inside = scores[[c for c in scores.columns if own[c] == name]] if part == "dimension" else None
            rows.append(
                {
                    "part": part,
                    "name": str(name),
                    "dimension": own[name] if part == "indicator" else str(name),
                    "weight": float(weight[name]),
                    "correlation": r,
                    "linear_importance": r**2,
                    "first_order": first[name],
                    "share": first[name] / total if total > 0 else float("nan"),
                    "alpha": float("nan") if inside is None else cronbach_alpha(inside),
                }
            )
    rows.append({"part": "index", "name": "", "dimension": "", "weight": 1.0, "alpha": cronbach_alpha(scores)})
    return pd.DataFrame(rows, columns=list(INDEX_IMPORTANCE_COLUMNS))


def correlation_ratio(x: pd.Series, y: pd.Series, groups: int = GROUPS) -> float:
    """var E(y | x) / var y from means of y in groups of equal size by x, freed of what chance adds (Kelley 1935); 0–1.

    Equal values of x are never parted. At most as many groups as leave ten areas in each. Missing for a constant.
    """
    n = len(x)
    k = max(min(groups, n // 10), 2)
    if x.nunique() < 2 or y.nunique() < 2:
        return float("nan")
    group = pd.qcut(x, k, labels=False, duplicates="drop")
    if group.nunique() < 2:  # most areas share one value: that value against the others
        group = (x > x.median()) if (x > x.median()).any() else (x >= x.median())
    k = int(group.nunique())
    between = float(((y.groupby(group.to_numpy()).transform("mean") - y.mean()) ** 2).sum())
    eta = between / float(((y - y.mean()) ** 2).sum())
    return float(np.clip(1 - (1 - eta) * (n - 1) / (n - k), 0.0, 1.0)) if n > k else eta


def _rounded(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 4)
