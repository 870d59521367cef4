"""Weights of indicators that come from data: a component, entropy, points of a workshop, an earlier measured rate.

Each gives weights to any scale, what to tell, and figures for the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study_index import Indicator

# Loadings whose positive and negative squares differ by less than this have no common direction.
DIVIDED = 1e-9

# Areas with a measured rate that weights can be estimated on, and more than this per indicator.
LEAST_AREAS, AREAS_PER_INDICATOR = 30, 3

# A coefficient under this share of the largest is rounding error.
NOTHING = 1e-9

WHERE = Where(key="index.weights")


def component(
    scores: pd.DataFrame, indicators: Sequence[Indicator]
) -> tuple[pd.Series, pd.Series, list[Problem], dict[str, Any]]:
    """Squared loadings within dimensions, (n_indicators,), and between them, (n_dimensions,).

    The first component of the correlations of each dimension's scores; between dimensions that of their simple means.
    Directed so that most of it is positive: a loading below zero says that the indicator is low where the others are high,
    and has no weight. Where the two sides are equal, as with two indicators that go against each other, all weigh alike.
    """
    labels = {i.name: i.shown for i in indicators}
    dimension = pd.Series({i.name: i.dimension for i in indicators})
    own, problems, explained = [], [], {}
    for name, inside in dimension.groupby(dimension, sort=False):
        squared, share, against = _first(scores[inside.index])
        own.append(squared)
        explained[str(name)] = share
        problems += _said(against, squared, {"dimension": str(name)}, labels, "index_component_against")
    means = scores.T.groupby(dimension, sort=False).mean().T
    between, share, against = _first(means)
    problems += _said(against, between, {}, {}, "index_component_dimension_against")
    record = {"explained": explained, "explained_between": share}
    return pd.concat(own)[list(labels)], between, problems, record


def entropy(scores: pd.DataFrame) -> tuple[pd.Series, list[Problem], dict[str, Any]]:
    """1 − entropy of each indicator's shares over ln n, (n_indicators,): zero where all areas are alike.

    Scores under zero, as z-scores can have, count as zero.

    References
    ----------
    Shannon (1948), Bell System Technical Journal 27, 379–423.
    """
    table = scores.clip(lower=0)
    share = (table / table.sum()).to_numpy(float)
    logs = np.log(np.where(share > 0, share, 1.0))
    found = pd.Series(np.maximum(1 + (share * logs).sum(axis=0) / np.log(len(table)), 0.0), scores.columns)
    if found.sum() <= 0:
        raise_errors([Problem("index_entropy_nothing", WHERE)])
    return found, [], {"entropy": (1 - found).to_dict()}


def points_of(points: pd.DataFrame, indicators: Sequence[Indicator]) -> tuple[pd.Series, list[Problem], dict[str, Any]]:
    """Mean share of the points each person gave, (n_indicators,), and how far people differ.

    Parameters
    ----------
    points : DataFrame, (n_people, n_indicators)
        Not negative, each person's sum above zero.
    """
    share = points[[i.name for i in indicators]].div(points.sum(axis=1), axis=0)
    spread = share.std(ddof=1) if len(share) > 1 else share.iloc[0] * np.nan
    record = {
        "participants": len(share),
        "points": {
            str(n): {
                "mean": 100 * float(share[n].mean()),
                "sd": None if np.isnan(spread[n]) else 100 * float(spread[n]),
                "lowest": 100 * float(share[n].min()),
                "highest": 100 * float(share[n].max()),
            }
            for n in share.columns
        },
    }
    return share.mean(), [], record


def estimated(scores: pd.DataFrame, rate: pd.Series) -> tuple[pd.Series, list[Problem], dict[str, Any]]:
    """Coefficients of the non-negative least squares of the rate on the scores, (n_indicators,), every area alike.

    Parameters
    ----------
    rate : Series by area_code, proportions; areas without one take no part.

    References
    ----------
    Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.
    """
    known = rate.reindex(scores.index).dropna().astype(float)
    wanted = max(LEAST_AREAS, AREAS_PER_INDICATOR * scores.shape[1])
    if len(known) < wanted:
        raise_errors([Problem("index_rate_few", WHERE, {"count": len(known), "wanted": wanted})])
    x = scores.loc[known.index]
    coef, _ = nnls((x - x.mean()).to_numpy(float), (known - known.mean()).to_numpy(float))
    if coef.sum() == 0:
        raise_errors([Problem("index_rate_says_nothing", WHERE)])
    coef[coef < NOTHING * coef.max()] = 0.0
    fitted = x.to_numpy(float) @ coef
    record = {"areas_with_rate": len(known), "r_squared": float(np.corrcoef(fitted, known)[0, 1] ** 2)}
    return pd.Series(coef, scores.columns), [], record


def _first(scores: pd.DataFrame) -> tuple[pd.Series, float, list[str]]:
    """Squared loadings of the first component, zero on the lesser side; share of variance; columns of that side."""
    if scores.shape[1] == 1:
        return pd.Series(1.0, scores.columns), 1.0, []
    values, vectors = np.linalg.eigh(scores.corr().fillna(0.0).to_numpy())
    first, share = vectors[:, -1], float(values[-1] / scores.shape[1])
    side = float(np.sum(first * np.abs(first)))
    first = first * (1.0 if side >= 0 else -1.0)
    against = [str(n) for n, loading in zip(scores.columns, first, strict=True) if loading < 0]
    if abs(side) < DIVIDED:
        return pd.Series(1.0, scores.columns), share, against
    return pd.Series(np.where(first > 0, first**2, 0.0), scores.columns), share, against


def _said(
    against: list[str], squared: pd.Series, values: dict[str, object], labels: dict[str, str], code: str
) -> list[Problem]:
    """What the check of signs found, in words."""
    if not against:
        return []
    if squared[against].gt(0).any():
        return [Problem("index_component_divided", WHERE, {"dimension": "", **values}, "warning")]
    named = [labels.get(n, n) for n in against]
    return [Problem(code, WHERE, {"indicators": named, **values}, "warning")]
