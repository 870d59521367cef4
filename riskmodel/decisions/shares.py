"""How the children of each area spread over the categories of each determinant.

These are counts of real children in small places: they serve means by level and distances between areas, and are never
written or shown by area.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.decisions.contributions import area_means
from riskmodel.population.raked import RakedProfiles


def determinant_shares(
    profiles: pd.DataFrame, area_profiles: pd.DataFrame | RakedProfiles, codes: pd.Index
) -> pd.DataFrame:
    """Share of the scored children in each category, and mean of each numeric determinant.

    Parameters
    ----------
    profiles : DataFrame
        profile and one column per determinant: a category, or a number.
    area_profiles : DataFrame or RakedProfiles
        area_code, profile, weight.
    codes : Index
        Areas wanted; one without scored children has missing values.

    Returns
    -------
    DataFrame, index area_code, columns (determinant, category)
        Proportions; category "" holds the mean of a number, in its own unit.
    """
    known = profiles.set_index("profile")
    columns: dict[tuple[str, str], pd.Series] = {}
    for name in known.columns:
        if pd.api.types.is_numeric_dtype(known[name]):
            columns[str(name), ""] = known[name].astype(float)
            continue
        for category in sorted(known[name].dropna().astype(str).unique()):
            columns[str(name), category] = (known[name].astype(str) == category).astype(float)
    wide = pd.DataFrame(columns, index=known.index)
    wide.columns = pd.MultiIndex.from_tuples(columns, names=["determinant", "category"])
    return area_means(wide, area_profiles, codes)


def by_determinant(shares: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The columns of each determinant, named by category; no entries where there are no shares."""
    if not shares.size:
        return {}
    names = dict.fromkeys(shares.columns.get_level_values(0))
    return {str(name): shares.loc[:, [name]].droplevel(0, axis=1) for name in names}
