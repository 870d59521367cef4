"""Errors of groups of parent units, and of gaps between groups, with what areas have of their own.

An area's effect moves all its children alike, so between two groups of the same area most of it cancels. Between areas
effects are independent.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from riskmodel.areas.uncertainty import logit_interval
from riskmodel.results import GAP_COLUMNS, GROUP_COLUMNS


def finished_parents(
    parent_groups: pd.DataFrame, groups: pd.DataFrame, parents: pd.Series | None, variance: float | pd.Series | None
) -> pd.DataFrame:
    """Groups of parent units with interval and expected count.

    Own error: √Σ (share_d · √variance · r_d (1 − r_d))² over the areas of the unit, by share of the group's children.

    Parameters
    ----------
    parent_groups, groups : DataFrame
        area_code, group, category, children, area_risk, se (coefficients alone); those of units, and of areas.
    parents : Series
        Parent unit by area_code.
    variance : float, Series by area_code, or None
        Of area effects on the logit scale; None leaves them out.
    """
    if parents is None or parent_groups.empty:
        return pd.DataFrame(columns=list(GROUP_COLUMNS))
    out = parent_groups.copy()
    if variance is not None:
        keys = ["area_code", "group", "category"]
        parts = _loads(groups, variance, groups["area_code"].map(parents))
        own = (parts["load"] ** 2).groupby([parts["unit"], parts["group"], parts["category"]]).sum().pow(0.5)
        found = own.reindex(pd.MultiIndex.from_frame(out[keys])).fillna(0.0)
        out["se"] = np.hypot(out["se"], found.to_numpy())
    out["ci_lower"], out["ci_upper"] = logit_interval(out["area_risk"], out["se"])
    out["expected_count"] = out["area_risk"] * out["children"]
    return out[list(GROUP_COLUMNS)]


def finished_gaps(
    gaps: pd.DataFrame, groups: pd.DataFrame, parents: pd.Series | None, variance: float | pd.Series | None
) -> pd.DataFrame:
    """Gaps with the areas' own error and a 95 % interval, gap ± 1.96 se.

    Own error in an area: √variance · |r_a (1 − r_a) − r_b (1 − r_b)|; above it √Σ (share_ad · √variance · r_ad (1 − r_ad)
    − share_bd · √variance · r_bd (1 − r_bd))².

    Parameters
    ----------
    gaps : DataFrame
        unit, area_code, group, category, against, gap, se (coefficients alone).
    groups, parents, variance
        As for `finished_parents`.
    """
    out = gaps.copy()
    if variance is not None and len(out):
        units = {"area": groups["area_code"].where(groups["area_code"] != ""), "country": _whole(groups)}
        if parents is not None:
            units["parent"] = groups["area_code"].map(parents)
        for unit, of in units.items():
            own = _gap_errors(out[out["unit"] == unit], _loads(groups, variance, of))
            out.loc[own.index, "se"] = np.hypot(out.loc[own.index, "se"], own)
    half = norm.ppf(0.975) * out["se"].astype(float)
    out["ci_lower"], out["ci_upper"] = out["gap"] - half, out["gap"] + half
    return out[list(GAP_COLUMNS)]


def _whole(groups: pd.DataFrame) -> pd.Series:
    """The country as the unit of every area."""
    return pd.Series("", groups.index).where(groups["area_code"] != "")


def _loads(groups: pd.DataFrame, variance: float | pd.Series, unit: pd.Series) -> pd.DataFrame:
    """What one standard effect of each area moves a group of its unit: unit, area_code, group, category, load."""
    risk = groups["area_risk"].astype(float)
    known = (groups["area_code"] != "") & unit.notna() & risk.notna()
    parts = groups.loc[known, ["area_code", "group", "category", "children"]].assign(unit=unit[known].astype(str))
    size = parts["children"].astype(float)
    whole = size.groupby([parts["unit"], parts["group"], parts["category"]]).transform("sum")
    of_area = parts["area_code"].map(variance) if isinstance(variance, pd.Series) else variance
    parts["load"] = size / whole * np.sqrt(of_area) * (risk * (1 - risk))[known]
    return parts


def _gap_errors(gaps: pd.DataFrame, loads: pd.DataFrame) -> pd.Series:
    """Own error of each gap, by the index of `gaps`."""
    found = []
    for (group, category, against), part in gaps.groupby(["group", "category", "against"], sort=False):
        of_group = loads[loads["group"] == group].set_index(["unit", "area_code"])
        sides = [of_group.loc[of_group["category"] == name, "load"] for name in (category, against)]
        difference = sides[0].sub(sides[1], fill_value=0.0)
        own = (difference**2).groupby(level="unit").sum().pow(0.5)
        found.append(pd.Series(own.reindex(part["area_code"]).fillna(0.0).to_numpy(), part.index))
    return pd.concat(found) if found else pd.Series(dtype=float)
