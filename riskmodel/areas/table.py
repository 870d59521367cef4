"""Build the table of areas, parents and country from the estimates of a route.

Every area of the municipal table stays, estimated or not; upper units are weighted by children, never means of means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from riskmodel.areas.levels import RiskClasses, classify, classify_within, printed_ranges
from riskmodel.areas.means import weighted_mean
from riskmodel.areas.uncertainty import count_interval, logit_interval, simulate_ranks
from riskmodel.notes import add_note
from riskmodel.results import AREA_COLUMNS
from riskmodel.study import Levels

FLAG_UNSCORED = 0.20
UPPER_COLUMNS = [
    "area_code", "area_name", "areas", "children", "area_risk", "se", "ci_lower", "ci_upper",
    "index", "expected_count", "expected_count_lower", "expected_count_upper",
]  # fmt: skip


@dataclass(frozen=True)
class Estimates:
    """What a route knows about areas.

    areas : one row per area: area_code and any of children, area_risk, se, ci_lower and ci_upper, index,
        unscored_share, notes; missing is missing.
    gradient : (n_areas, p) derivative of area_risk by coefficient, indexed by area_code, or None.
    cov : (p, p) covariance of the coefficients, or None. Without both, `se` of areas are taken as independent.
    own_se : error each area has of its own beside that of the coefficients, independent between areas; by area_code, or
        None. `se` of areas is without it, the tables are with it.
    """

    areas: pd.DataFrame
    gradient: pd.DataFrame | None = None
    cov: pd.DataFrame | None = None
    own_se: pd.Series | None = None


@dataclass(frozen=True)
class AreaTables:
    """The tables of areas, their parents (may be empty), the country (one row), and the classes of the map."""

    areas: pd.DataFrame
    parents: pd.DataFrame
    national: pd.DataFrame
    classes: RiskClasses
    legend: list[dict[str, float]]


def build_tables(
    estimates: Estimates, names: pd.DataFrame | None, measure: str, levels: Levels, seed: int
) -> AreaTables:
    """All tables of one study.

    Parameters
    ----------
    estimates : Estimates
    names : DataFrame or None
        area_code with any of area_name, parent_code, parent_name, children (used where the route brings no count).
    measure : "area_risk" or "index"
        What is classified and ranked.
    levels : Levels
        Rule, number and scope of levels.
    seed : int
        Of the simulation behind level probabilities and rank intervals.
    """
    areas = _with_names(estimates.areas, names)
    if estimates.own_se is not None:
        areas["se"] = np.hypot(areas["se"], estimates.own_se.reindex(areas["area_code"]).to_numpy(float))
    areas = _risk_columns(areas)
    values = areas.set_index("area_code")[measure]
    classes = classify(values, levels.rule, levels.k, levels.cuts, levels.bins)
    areas["level"] = classes.label.array
    parent = areas.set_index("area_code")["parent_code"]
    within = (
        classify_within(values, parent, levels.rule, levels.k, levels.cuts, levels.bins)
        if parent.notna().any()
        else None
    )
    areas["level_parent"] = pd.array([pd.NA] * len(areas), dtype="Int8") if within is None else within.array
    areas["rank"] = values.round(12).rank(ascending=False, method="min").astype("Int64").array
    areas = _simulated(areas, values, estimates, classes, seed)
    areas = areas.reindex(columns=list(AREA_COLUMNS)).sort_values("area_code", ignore_index=True)
    parents = (
        pd.DataFrame(
            [
                _upper(part, str(code), str(name), estimates)
                for (code, name), part in areas.groupby(["parent_code", "parent_name"])
            ]
        )
        if parent.notna().any()
        else pd.DataFrame()
    )
    national = pd.DataFrame([_upper(areas, "", "", estimates)])
    return AreaTables(areas, parents, national, classes, _legend(areas, classes, measure))


def with_stability(tables: AreaTables, robustness: pd.DataFrame) -> AreaTables:
    """The tables of an index with level_probability and the interval of ranks from draws of its choices.

    robustness : DataFrame
        area_code, rank_lower, rank_upper, level_stability; empty where no draws were made.
    """
    if robustness.empty:
        return tables
    areas = tables.areas.copy()
    known = robustness.set_index("area_code").reindex(areas["area_code"])
    areas["level_probability"] = known["level_stability"].to_numpy(dtype=float)
    for column in ("rank_lower", "rank_upper"):
        areas[column] = known[column].astype("Int64").array
    return replace(tables, areas=areas)


def _with_names(estimated: pd.DataFrame, names: pd.DataFrame | None) -> pd.DataFrame:
    """Every area of either table, once; an area without name carries its code."""
    areas = estimated.copy()
    if "notes" not in areas:
        areas["notes"] = ""
    if names is not None:
        known = names[[c for c in ("area_code", "area_name", "parent_code", "parent_name", "children") if c in names]]
        areas = known.merge(areas, on="area_code", how="outer", suffixes=("_table", ""), indicator="found", sort=True)
        lonely = areas.pop("found")
        areas["notes"] = add_note(areas["notes"], lonely == "right_only", "not_in_areas_table")
        if "children_table" in areas:
            table_children = areas.pop("children_table")
            areas["children"] = areas["children"].fillna(table_children) if "children" in areas else table_children
    for column in ("area_name", "parent_code", "parent_name"):
        if column not in areas:
            areas[column] = pd.array([pd.NA] * len(areas), dtype="string")
    areas["area_name"] = areas["area_name"].fillna(areas["area_code"])
    areas["parent_name"] = areas["parent_name"].fillna(areas["parent_code"])
    for column in ("children", "area_risk", "se", "index", "unscored_share"):
        if column not in areas:
            areas[column] = np.nan
    return areas


def _risk_columns(areas: pd.DataFrame) -> pd.DataFrame:
    """Interval, expected count and notes; for an index they stay missing."""
    out = areas.copy()
    if "ci_lower" not in out:  # a route may bring an interval of its own scale
        out["ci_lower"], out["ci_upper"] = logit_interval(out["area_risk"], out["se"])
    out["expected_count"] = out["area_risk"] * out["children"]
    lower, upper = count_interval(out["children"], out["ci_lower"], out["ci_upper"])
    out["expected_count_lower"], out["expected_count_upper"] = lower, upper
    unscored = out["unscored_share"] > FLAG_UNSCORED
    out["notes"] = add_note(out["notes"], unscored, "unscored_over_20")
    absent = out["area_risk"].isna() & out["index"].isna()
    out["notes"] = add_note(out["notes"], absent, "no_estimate")
    return out


def _simulated(
    areas: pd.DataFrame, values: pd.Series, estimates: Estimates, classes: RiskClasses, seed: int
) -> pd.DataFrame:
    """Level probability and rank interval, where the route knows an error."""
    out = areas.copy()
    columns = ["level_probability", "rank_lower", "rank_upper"]
    known_error = estimates.gradient is not None or areas["se"].notna().any()
    if values.name != "area_risk" or not known_error:
        out["level_probability"] = np.nan
        out["rank_lower"] = out["rank_upper"] = pd.array([pd.NA] * len(out), dtype="Int64")
        return out
    drawn = simulate_ranks(
        values,
        classes.breaks,
        seed,
        gradient=estimates.gradient,
        cov=estimates.cov,
        se=areas.set_index("area_code")["se"],
        own_se=estimates.own_se,
    )
    aligned = drawn.reindex(out["area_code"])
    out["level_probability"] = aligned["level_probability"].to_numpy(dtype=float)
    for column in columns[1:]:
        out[column] = aligned[column].astype("Float64").round().astype("Int64").array
    return out


def _upper(part: pd.DataFrame, code: str, name: str, estimates: Estimates) -> dict[str, object]:
    """A parent unit or the country: children-weighted, over areas that have an estimate and a count."""
    row: dict[str, object] = dict.fromkeys(UPPER_COLUMNS, np.nan)
    row |= {"area_code": code, "area_name": name, "areas": len(part)}
    if part["children"].notna().any():
        row["children"] = float(part["children"].sum())
    known = part[part["children"].gt(0) & part["area_risk"].notna()]
    if len(known):
        share = known["children"].to_numpy(float) / known["children"].sum()
        risk = float(share @ known["area_risk"].to_numpy(float))
        se = _upper_se(known, share, estimates)
        lower, upper = logit_interval(pd.Series([risk]), pd.Series([se]))
        count = float(known["children"].sum())
        ci_lower, ci_upper = float(lower.iloc[0]), float(upper.iloc[0])
        row |= {"area_risk": risk, "se": se, "ci_lower": ci_lower, "ci_upper": ci_upper}
        row |= {
            "expected_count": risk * count,
            "expected_count_lower": ci_lower * count,
            "expected_count_upper": ci_upper * count,
        }
    scored = part[part["index"].notna()]
    if len(scored):
        row["index"] = weighted_mean(scored["index"], scored["children"])
    return row


def _upper_se(known: pd.DataFrame, share: np.ndarray, estimates: Estimates) -> float:
    """Error of a weighted mean: the coefficients areas share, and what each has of its own; or independent errors."""
    if estimates.gradient is not None and estimates.cov is not None:
        g = share @ estimates.gradient.loc[known["area_code"]].to_numpy(float)
        shared = float(g @ estimates.cov.to_numpy(float) @ g)
        own = 0.0 if estimates.own_se is None else share * estimates.own_se.loc[known["area_code"]].to_numpy(float)
        return float(np.sqrt(shared + np.sum(np.square(own))))
    if known["se"].isna().any():
        return float("nan")
    return float(np.sqrt(np.sum((share * known["se"].to_numpy(float)) ** 2)))


def _legend(areas: pd.DataFrame, classes: RiskClasses, measure: str) -> list[dict[str, float]]:
    """One entry per level: bounds, the range printed, areas and children in it."""
    scale = 100.0 if measure == "area_risk" else 1.0
    label = areas.set_index("area_code")["level"]
    values = areas.set_index("area_code")[measure]
    ranges = printed_ranges(values, label, decimals=1, scale=scale)
    entries = []
    for position, level in enumerate(sorted(label.dropna().unique())):
        inside = areas[areas["level"] == level]
        entries.append(
            {
                "level": int(level),
                "lower": float(inside[measure].min()),
                "upper": float(inside[measure].max()),
                "printed_lower": ranges[position][0],
                "printed_upper": ranges[position][1],
                "areas": len(inside),
                "children": float(inside["children"].sum()),
            }
        )
    return entries
