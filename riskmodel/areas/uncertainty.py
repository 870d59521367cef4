"""How sure an area's risk, level and rank are.

Everything happens on the logit scale, so no bound leaves 0–1. Where the error is unknown the interval is missing: an
estimate without a known error is not one without error.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import norm

from riskmodel.areas.levels import level_numbers
from riskmodel.areas.ranks import rank_interval, ranks_from_highest

Floats = NDArray[np.float64]

# Draws held at once: 100 draws of 5,600 areas are 4.5 MB.
DRAWS_AT_ONCE = 100


def logit_interval(risk: pd.Series, se: pd.Series, level: float = 0.95) -> tuple[pd.Series, pd.Series]:
    """Interval of a proportion by the delta method on the logit scale.

    logistic(logit r ± z · se / (r (1 − r))).

    Parameters
    ----------
    risk, se : Series, same index
        Proportions.
    level : float
        Coverage wanted.

    Returns
    -------
    (lower, upper) : Series of proportions
        Missing where risk or se is; also where risk is 0 or 1, whose logit does not exist.
    """
    r, error = _floats(risk), _logit_error(_floats(risk), _floats(se))
    half = norm.ppf(0.5 + level / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = logit(r)
        lower, upper = expit(centre - half), expit(centre + half)
    missing = np.isnan(error)
    return (
        pd.Series(np.where(missing, np.nan, lower), risk.index),
        pd.Series(np.where(missing, np.nan, upper), risk.index),
    )


def own_error(slope: pd.Series, variance: float) -> pd.Series:
    """Error of each area from an effect of its own, u ~ N(0, variance) on the logit scale, independent between areas.

    The estimate itself is not shifted: a model fitted without u already gives the mean over u. On simulated worlds with
    √variance 0.25 and 0.5 its mean error was within 0.3 % of the risk (`tests/survey/test_area_effect.py`).

    Parameters
    ----------
    slope : Series
        d(area_risk)/du = Σ v p (1 − p) / Σ v, the derivative by the intercept.
    """
    return slope * np.sqrt(variance)


def group_own_error(groups: pd.DataFrame, variance: float | pd.Series) -> pd.Series:
    """Error of each group from the effects of areas, u ~ N(0, variance) on the logit scale; by area_code where they differ.

    In one area: √variance · r (1 − r), which is at least what the children's own p (1 − p) would give. In the country the
    effects of areas are independent: √Σ (share_d · √variance · r_d (1 − r_d))², by the share of the group's children.

    Parameters
    ----------
    groups : DataFrame
        area_code ("" for the country), group, category, children, area_risk: the country's rows and those of its areas.
    """
    sd = np.sqrt(groups["area_code"].map(variance) if isinstance(variance, pd.Series) else variance)
    own = sd * groups["area_risk"] * (1 - groups["area_risk"])
    keys = ["group", "category"]
    local = groups.assign(own=own)[(groups["area_code"] != "") & own.notna()]
    share = local["children"] / local.groupby(keys)["children"].transform("sum")
    together = ((share * local["own"]) ** 2).groupby([local[k] for k in keys]).sum().pow(0.5)
    country = groups["area_code"] == ""
    at = pd.MultiIndex.from_frame(groups.loc[country, keys])
    return own.mask(country).fillna(pd.Series(together.reindex(at).to_numpy(), groups.index[country]))


def count_interval(children: pd.Series, ci_lower: pd.Series, ci_upper: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Interval of the expected count: the interval of the rate times the children.

    It is about the expected number. The number realised in one year varies more, by chance in a finite population
    (Σ v² p (1 − p)), which is not part of it.
    """
    return children * ci_lower, children * ci_upper


def dispersion_interval(mean: ArrayLike, sd: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """mean ∓ 1.96 · sd / √n of children's predicted probabilities, as one published dashboard prints it.

    This is NOT a margin of error: it leaves out the error of the coefficients and of the area, and shrinks with the
    population. It is here to check published figures, and may be shown only as "dispersion of predicted probabilities".
    """
    half = 1.96 * np.asarray(sd, dtype=float) / np.sqrt(np.asarray(n, dtype=float))
    return np.asarray(mean, dtype=float) - half, np.asarray(mean, dtype=float) + half


def simulate_ranks(
    risk: pd.Series,
    breaks: ArrayLike,
    seed: int,
    draws: int = 1000,
    gradient: pd.DataFrame | None = None,
    cov: pd.DataFrame | None = None,
    se: pd.Series | None = None,
    own_se: pd.Series | None = None,
) -> pd.DataFrame:
    """How often an area keeps its level, and the 95 % interval of its rank, over draws of the estimates' error.

    With `gradient` and `cov` the areas move together, as they share the coefficients: logit r + g'δ / (r (1 − r)),
    δ ~ N(0, cov); with `own_se` each moves besides by an effect of its own, drawn independently. Without gradient each
    moves by its `se` alone. Levels keep the same breaks in every draw.

    Parameters
    ----------
    risk : Series, shape (n_areas,)
        Proportions by area_code.
    breaks : (levels,) upper bounds of the levels
    seed, draws : int
    gradient : DataFrame, (n_areas, p), indexed by area_code
        Derivative of risk by coefficient.
    cov : DataFrame, (p, p)
        Covariance of the coefficients, same terms.
    se : Series, (n_areas,)
        The whole error; used where gradient or cov is not given.
    own_se : Series, (n_areas,)
        The part of the error that areas do not share, beside gradient and cov.

    Returns
    -------
    DataFrame indexed by area_code
        level_probability (0–1), rank_lower, rank_upper (Int64; 1 = highest risk, ties share the smallest). Missing for
        areas without estimate or without a known error; the latter still take part, unmoved, in the ranks of others.
    """
    out = pd.DataFrame(index=risk.index, columns=["level_probability", "rank_lower", "rank_upper"]).astype(
        {"level_probability": float, "rank_lower": "Int64", "rank_upper": "Int64"}
    )
    present, bounds = risk.dropna(), np.asarray(breaks, dtype=float)
    r = _floats(present)
    loading = _model_loading(present, gradient, cov) if gradient is not None and cov is not None else None
    own = own_se if loading is not None else se
    error = np.zeros(len(r)) if loading is not None else np.full(len(r), np.nan)
    if own is not None:
        error = _logit_error(r, _floats(own.reindex(present.index)))
    known: NDArray[np.bool_] = ~np.isnan(error if loading is None else error + loading.sum(axis=0))
    if not known.any() or not len(bounds):
        return out
    rng = np.random.default_rng(seed)
    centre = logit(np.where(known, r, 0.5))
    level = level_numbers(r, bounds)
    kept = np.zeros(len(r))
    ranks = np.empty((draws, len(r)), dtype=np.int32)
    for start in range(0, draws, DRAWS_AT_ONCE):
        size = min(DRAWS_AT_ONCE, draws - start)
        shift = np.zeros((size, len(r))) if loading is None else rng.standard_normal((size, len(loading))) @ loading
        if own is not None:
            shift += rng.standard_normal((size, len(r))) * error
        drawn = np.where(known, expit(centre + shift), r)
        kept += (level_numbers(drawn, bounds) == level).sum(axis=0)
        ranks[start : start + size] = ranks_from_highest(drawn)
    lower, upper = rank_interval(ranks)
    shown = present.index[known]
    out.loc[shown, "level_probability"] = kept[known] / draws
    out.loc[shown, "rank_lower"], out.loc[shown, "rank_upper"] = lower[known], upper[known]
    return out


def _model_loading(risk: pd.Series, gradient: pd.DataFrame, cov: pd.DataFrame) -> Floats:
    """What one standard draw of each root of the covariance adds to each logit, (p, n_areas); missing where unknown."""
    r = _floats(risk)
    slope = gradient.reindex(index=risk.index, columns=cov.columns).to_numpy(dtype=float)
    per_logit = np.where((r > 0) & (r < 1), 1 / np.maximum(r * (1 - r), np.finfo(float).tiny), np.nan)
    return np.asarray(_root(cov.to_numpy(dtype=float)).T @ (slope * per_logit[:, None]).T)


def _logit_error(r: Floats, se: Floats) -> Floats:
    """Standard error on the logit scale; missing where it is unknown or the logit does not exist."""
    inside = (r > 0) & (r < 1) & (se >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(inside, se / (r * (1 - r)), np.nan)


def _root(cov: Floats) -> Floats:
    """A matrix R with R R' = cov: Cholesky, whose signs are the same on every machine, or eigenvectors where singular."""
    try:
        return np.asarray(np.linalg.cholesky(cov), dtype=np.float64)
    except np.linalg.LinAlgError:
        value, vector = np.linalg.eigh(cov)
        return np.asarray(vector * np.sqrt(np.maximum(value, 0)), dtype=np.float64)


def _floats(column: pd.Series) -> Floats:
    return column.to_numpy(dtype=float, na_value=np.nan)
