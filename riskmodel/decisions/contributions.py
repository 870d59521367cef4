"""What sets each area apart from the country, determinant by determinant.

Contributions of an area add up exactly to its gap with the country, in proportions of risk or in index points. They are
associations: a positive one goes with more risk here than in the country, it is not its cause.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from riskmodel.areamodel.predict import OWN_PART, PARENT_PART
from riskmodel.areamodel.predict_smooth import SMOOTH_PART
from riskmodel.decisions.coalitions import Pair
from riskmodel.decisions.index_parts import index_parts
from riskmodel.decisions.shapley import plan, shapley_values
from riskmodel.index.compute import IndexResult
from riskmodel.population.raked import RakedProfiles
from riskmodel.problems import Problem
from riskmodel.results import CONTRIBUTION_COLUMNS
from riskmodel.survey.terms import INTERCEPT, Terms

Floats = NDArray[np.float64]

# What the shift to the survey's own estimates adds to a gap; no determinant can have this name.
BENCHMARK = "(benchmark)"

# What the survey itself says of an area, beyond what its determinants do.
AREA_EFFECT = "(area)"

# With the area model: what the parent unit adds, and what the area's own direct rate says beyond the indicators.
PARENT, OWN, SMOOTH = PARENT_PART, OWN_PART, SMOOTH_PART

# Parts of a gap that are no determinants.
OTHER_PARTS = (BENCHMARK, AREA_EFFECT, PARENT, OWN)

# Under this a contribution is rounding error of a sum, in proportions and in index points.
NOTHING = 1e-12


def contributions_of_model(
    coef: pd.Series,
    terms: Terms,
    profiles: pd.DataFrame,
    area_profiles: pd.DataFrame | RakedProfiles,
    area_risk: pd.Series,
    national_risk: float,
    seed: int = 1,
) -> pd.DataFrame:
    """Shapley value of each determinant for the risk of each area, against the profiles of the country's children.

    Parameters
    ----------
    coef : Series
        Log-odds by term.
    terms : Terms
        Of the model; what an interaction adds is shared by its two determinants.
    profiles : DataFrame
        profile and one column per determinant: a category, or a number (the middle of its bin).
    area_profiles : DataFrame or RakedProfiles
        area_code, profile, weight: children of the area with that profile.
    area_risk : Series
        Proportions by area_code; areas without estimate get no rows.
    national_risk : float
    seed : int
        Matters only where orders are drawn instead of taking all sets; see `shapley.plan`.

    Returns
    -------
    DataFrame with results.CONTRIBUTION_COLUMNS
        Proportions. By area in the order of `area_risk`, largest first. Where numbers were binned, the mean risk of the
        profiles differs a little from `area_risk`; the difference is spread in proportion to the size of the
        contributions, so that they add up to area_risk − national_risk.
    """
    determinants = list(terms.determinants)
    areas = area_risk.dropna()
    if not determinants or areas.empty:
        return pd.DataFrame(columns=list(CONTRIBUTION_COLUMNS))
    known = profiles.set_index("profile")
    parts, pairs = log_odds_of(known, terms, coef)
    weight = _country(area_profiles).reindex(known.index, fill_value=0.0)
    phi = shapley_values(float(coef[INTERCEPT]), parts, weight.to_numpy(dtype=float), seed, pairs)
    means = area_means(pd.DataFrame(phi, known.index, determinants), area_profiles, areas.index).fillna(0.0)
    exact = _add_up(means.to_numpy(), areas.to_numpy(dtype=float) - national_risk)
    return _long(pd.DataFrame(exact, means.index, determinants))


def contributions_of_index(result: IndexResult, areas: pd.DataFrame) -> pd.DataFrame:
    """Contribution of each indicator to the gap of an area's index with the country's.

    With arithmetic means w (n − n̄): effective weight times normalised value less the country's; see `index_parts` for
    the other ways. The country's index is weighted by children where every scored area has a count, else a simple mean.

    Parameters
    ----------
    result : IndexResult
    areas : DataFrame
        area_code and optionally children.

    Returns
    -------
    DataFrame with results.CONTRIBUTION_COLUMNS
        Index points; `determinant` is the indicator's name. Areas without score get no rows.
    """
    steps = result.steps
    children = areas.set_index("area_code")["children"] if "children" in areas else None
    return _long(index_parts(steps.normalised, steps.weights, steps.index, steps.settings, children))


def contributions_of_area_model(carried: pd.DataFrame, area_risk: pd.Series, national_risk: float) -> pd.DataFrame:
    """Contribution of each indicator, of the parent unit and of the area's own direct rate to its gap with the country.

    Parameters
    ----------
    carried : DataFrame, (n_areas, parts)
        By area_code, proportions, as `areamodel.compute` gives them; an area without a direct rate has no part of its
        own. Their sum differs a little from the gap, since a
        mean of a curve is not the curve at the mean; the difference is spread by size.
    area_risk : Series by area_code

    Returns
    -------
    DataFrame with results.CONTRIBUTION_COLUMNS
    """
    areas = area_risk.reindex(carried.index).dropna()
    exact = _add_up(carried.loc[areas.index].to_numpy(float), areas.to_numpy(float) - national_risk)
    found = _long(pd.DataFrame(exact, areas.index, carried.columns))
    return found[(found["determinant"] != OWN) | (found["role"] != "")].reset_index(drop=True)


def with_part(found: pd.DataFrame, name: str, part: pd.Series) -> pd.DataFrame:
    """Contributions with one more part of each area's gap; as they are where it is nothing everywhere.

    part : Series by area_code; areas without one have no rows.
    """
    if not (part.abs() > NOTHING).any():
        return found
    wide = found.pivot(index="area_code", columns="determinant", values="contribution")
    codes = list(dict.fromkeys(found["area_code"]))
    names = list(dict.fromkeys(found["determinant"]))
    return _long(wide.loc[codes, names].assign(**{name: part.reindex(codes)}))


def sampled(terms: Terms, profiles: pd.DataFrame, coef: pd.Series) -> list[Problem]:
    """A note where contributions come from drawn orders, since all sets of determinants would take too long."""
    parts, pairs = log_odds_of(profiles, terms, coef)
    way = plan(parts, pairs)
    if way.exact or not len(profiles):
        return []
    values = {"pairs": way.pairs, "profiles": len(profiles), "determinants": len(terms.determinants)}
    return [Problem("contributions_sampled", values=values, severity="note")]


def log_odds_of(profiles: pd.DataFrame, terms: Terms, coef: pd.Series) -> tuple[Floats, list[Pair]]:
    """What each determinant adds to each profile, (n_profiles, n_determinants), and what pairs of them add together."""
    x, beta = terms.matrix(profiles), coef[terms.names].to_numpy(dtype=float)
    parts = np.column_stack([x[:, terms.of(d)] @ beta[terms.of(d)] for d in terms.determinants])
    found = {}
    for name in {d for pair in terms.interactions for d in pair}:
        _, first, code = np.unique(profiles[name].to_numpy(), return_index=True, return_inverse=True)
        found[name] = (code.ravel().astype(np.int64), x[first][:, terms.of(name)])
    pairs = []
    for first_name, second_name in terms.interactions:
        (first_code, a), (second_code, b) = found[first_name], found[second_name]
        own = beta[terms.of(f"{first_name}:{second_name}")].reshape(a.shape[1], b.shape[1])
        positions = terms.determinants.index(first_name), terms.determinants.index(second_name)
        pairs.append(Pair(*positions, first_code, second_code, a @ own @ b.T))
    return parts, pairs


def _country(area_profiles: pd.DataFrame | RakedProfiles) -> pd.Series:
    """Children of the country by profile."""
    if isinstance(area_profiles, RakedProfiles):
        return area_profiles.totals()
    return area_profiles.groupby("profile")["weight"].sum()


def area_means(values: pd.DataFrame, area_profiles: pd.DataFrame | RakedProfiles, codes: pd.Index) -> pd.DataFrame:
    """Means of `values` (indexed by profile) over the scored children of each area; missing where there are none."""
    if isinstance(area_profiles, RakedProfiles):
        return area_profiles.means(values).reindex(codes)
    row, known = pd.factorize(area_profiles["area_code"])
    column = values.index.get_indexer(pd.Index(area_profiles["profile"]))
    weight = area_profiles["weight"].to_numpy(dtype=float)
    share = csr_array((weight, (row, column)), shape=(len(known), len(values)))
    means = (share @ values.to_numpy()) / share.sum(axis=1)[:, None]
    return pd.DataFrame(means, pd.Index(known), values.columns).reindex(codes)


def _add_up(contributions: Floats, gap: Floats) -> Floats:
    """Contributions whose rows add up to `gap`: what is left is spread by size, evenly where all are zero."""
    size = np.abs(contributions)
    total = size.sum(axis=1, keepdims=True)
    share = np.divide(size, total, out=np.full(size.shape, 1 / size.shape[1]), where=total > NOTHING)
    return contributions + share * (gap - contributions.sum(axis=1))[:, None]


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    """One row per area and determinant, areas in their order, the largest contribution first."""
    codes, names = wide.index.to_numpy(), wide.columns.to_numpy()
    values = wide.to_numpy(dtype=float)
    order = np.argsort(-values, axis=1, kind="stable")
    contribution = np.take_along_axis(values, order, axis=1).ravel()
    role = np.select([contribution > NOTHING, contribution < -NOTHING], ["risk", "protective"], "")
    return pd.DataFrame(
        {
            "area_code": pd.array(np.repeat(codes, len(names)), dtype="string"),
            "determinant": pd.array(names[order].ravel(), dtype="string"),
            "contribution": contribution,
            "role": pd.array(role, dtype="string"),
        },
        columns=list(CONTRIBUTION_COLUMNS),
    )
