"""Two or three finished runs over the same areas side by side: how far do the methods agree, and where not?

Runs are named A, B, C in the order given. A place in the order has the error its run declares; the place of a run without
one is taken as exact. Nothing here says which run is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.areas.levels import classify
from riskmodel.decisions.kappa import kappa_with_interval
from riskmodel.decisions.main_factor import main_factors
from riskmodel.decisions.method_facts import advise, facts_of
from riskmodel.decisions.validation import first_areas, level_table
from riskmodel.problems import Problem, raise_errors
from riskmodel.results import Results

LETTERS = ("A", "B", "C")
# With fewer areas in common two orders say nothing.
LEAST_AREAS = 10
# Levels (thirds) apart that no rounding explains: low in one, high in the other.
FAR = 2
MOST_PAIRS = 5

METHOD_COLUMNS = (
    "first", "second", "area_code", "area_name", "parent_code", "parent_name", "estimate_first", "estimate_second",
    "rank_first", "rank_first_lower", "rank_first_upper", "rank_second", "rank_second_lower", "rank_second_upper",
    "places", "level_first", "level_second", "third_first", "third_second", "apart", "difference", "beyond_error",
    "disagree", "factor_first", "factor_second", "same_factor",
)  # fmt: skip


@dataclass(frozen=True)
class MethodsAgreement:
    """Runs side by side.

    areas : a row per pair of runs and area in both, columns `METHOD_COLUMNS`; the widest disagreement first.
    summary : `runs` (what each declares), `pairs` (figures), `all` (areas high in every run), `advice`.
    """

    areas: pd.DataFrame
    summary: dict[str, Any]


def compare_methods(runs: Sequence[Results]) -> MethodsAgreement:
    """Set two or three runs side by side.

    Raises
    ------
    InputProblems
        Another number of runs, the same run twice, or a pair with fewer than 10 areas in common.
    """
    problems = []
    if not 2 <= len(runs) <= len(LETTERS):
        problems.append(Problem("methods_number", values={"count": len(runs)}))
    prints = [str(r.manifest["fingerprint"]) for r in runs]
    if len(set(prints)) < len(prints):
        problems.append(Problem("methods_same_run"))
    raise_errors(problems)
    named = dict(zip(LETTERS, runs, strict=False))
    tables, pairs = [], []
    for first, second in combinations(named, 2):
        common = _common(named[first], named[second])
        if len(common) < LEAST_AREAS:
            values = {"first": first, "second": second, "count": len(common), "wanted": LEAST_AREAS}
            problems.append(Problem("methods_few_common", values=values))
            continue
        table, figures = _pair(named[first], named[second], common)
        tables.append(table.assign(first=first, second=second))
        if figures["error_known"]:
            figures["exact"] = [n for n in (first, second) if not _has_error(named[n])]
        pairs.append({"first": first, "second": second, **figures})
    raise_errors(problems)
    facts = [{"run": letter, **facts_of(run)} for letter, run in named.items()]
    together = _all(list(named.values()))
    told = advise(facts, pairs, together, _held_against(named))
    summary = {"runs": facts, "pairs": pairs, "all": together, "advice": told}
    return MethodsAgreement(pd.concat(tables, ignore_index=True)[list(METHOD_COLUMNS)], summary)


def _has_error(run: Results) -> bool:
    """Whether places have an error; what an index has are places under other choices in building it, which is none."""
    return run.measure != "index" and bool(run.areas["rank_lower"].notna().any())


def _held_against(named: Mapping[str, Results]) -> dict[str, Any]:
    """Rank correlation of each run with its observed rate, over the areas that all such runs could be held against."""
    judged = {n: r for n, r in named.items() if r.agreement and not r.agreement["used_in_the_estimate"]}
    tables = [r.validation.set_index("area_code") for r in judged.values()]
    if not tables:
        return {"areas": 0, "spearman": {}}
    common = sorted(set.intersection(*(set(t.index) for t in tables)))
    if len(common) < LEAST_AREAS:
        return {"areas": len(common), "spearman": {}}
    rho = [float(t.loc[common, "estimate"].corr(t.loc[common, "observed"], method="spearman")) for t in tables]
    return {"areas": len(common), "spearman": dict(zip(judged, rho, strict=True))}


def _common(first: Results, second: Results) -> pd.Index:
    """Codes of the areas that both estimate, in order."""
    known = [r.areas.loc[r.areas[r.measure].notna(), "area_code"] for r in (first, second)]
    return pd.Index(sorted(set(known[0]) & set(known[1])), name="area_code")


def _pair(first: Results, second: Results, common: pd.Index) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Every area in both, and the figures of the pair."""
    table = first.areas.set_index("area_code").loc[common, ["area_name", "parent_code", "parent_name"]].copy()
    for run, name in ((first, "first"), (second, "second")):
        for column, values in _side(run, common).items():
            table[column.format(name)] = values
    same_k = first.manifest["k"] == second.manifest["k"]
    basis = "level" if same_k else "third"
    table["apart"] = table[f"{basis}_second"] - table[f"{basis}_first"]
    table["places"] = table["rank_first"] - table["rank_second"]
    both_risk = first.measure == second.measure == "area_risk"
    table["difference"] = table["estimate_second"] - table["estimate_first"] if both_risk else np.nan
    table["beyond_error"] = _beyond(table)
    table["disagree"] = (table["apart"].abs() >= FAR).fillna(False) | table["beyond_error"].fillna(False)
    factors = _factors(first, second, table)
    figures = _figures(table, basis, int(first.manifest["k"]), both_risk) | {
        "areas_without": len(set(first.areas["area_code"]) | set(second.areas["area_code"])) - len(common),
        "factors": factors,
    }
    size = table[["apart", "places"]].abs().astype(float).fillna(0)
    order = size.assign(beyond=table["beyond_error"].fillna(False)).sort_values(
        ["apart", "beyond", "places"], ascending=False, kind="stable"
    )
    return table.loc[order.index].reset_index(), figures


def _side(run: Results, common: pd.Index) -> dict[str, pd.Series]:
    """What one run says of the common areas; places are counted among these."""
    areas = run.areas.set_index("area_code")
    estimate = areas.loc[common, run.measure].astype(float)
    rank = estimate.rank(ascending=False, method="min").astype("Int64")
    own = np.sort(areas.loc[common, "rank"].to_numpy(float))
    found = {
        "estimate_{}": estimate,
        "rank_{}": rank,
        "level_{}": areas.loc[common, "level"].astype("Int8"),
        "third_{}": classify(estimate, "quantile", 3).label,
    }
    for end, side, step in (("lower", "left", 1), ("upper", "right", 0)):
        bound = areas.loc[common, f"rank_{end}"].astype("Float64").to_numpy(float, na_value=np.nan)
        if not _has_error(run):
            bound = np.full(len(common), np.nan)
        place = np.searchsorted(own, bound, side=side) + step  # type: ignore[call-overload]
        kept = pd.Series(place, common).where(~np.isnan(bound)).astype("Int64")
        outer = np.minimum if end == "lower" else np.maximum
        found[f"rank_{{}}_{end}"] = kept.where(kept.isna(), outer(kept.fillna(0), rank))
    return found


def _beyond(table: pd.DataFrame) -> pd.Series:
    """Whether the intervals of the two places have nothing in common; missing where neither run has any."""
    ends = {}
    for name in ("first", "second"):
        for end in ("lower", "upper"):
            ends[name, end] = table[f"rank_{name}_{end}"].fillna(table[f"rank_{name}"])
    beyond = (ends["first", "lower"] > ends["second", "upper"]) | (ends["second", "lower"] > ends["first", "upper"])
    unknown = table["rank_first_lower"].isna() & table["rank_second_lower"].isna()
    return beyond.astype("boolean").mask(unknown)


def _figures(table: pd.DataFrame, basis: str, k: int, both_risk: bool) -> dict[str, Any]:
    """Order, levels, first areas, disagreement."""
    first, second, beyond = table["estimate_first"], table["estimate_second"], table["beyond_error"]
    gap = table["difference"]
    return {
        "areas": len(table),
        "spearman": float(first.corr(second, method="spearman")),
        "levels": _levels(table["level_first"], table["level_second"], k) if basis == "level" else None,
        "thirds": _levels(table["third_first"], table["third_second"], 3),
        "top_tenth": _top(first, second, 0.1),
        "top_third": _top(first, second, 1 / 3),
        "mean_difference": float(gap.mean()) if both_risk else None,
        "rmsd": float(np.sqrt((gap**2).mean())) if both_risk else None,
        "exact": [],
        "error_known": int(beyond.notna().sum()),
        "beyond_error": int(beyond.sum()),
        "far_apart": int((table["apart"].abs() >= FAR).sum()),
        "disagree": int(table["disagree"].sum()),
    }


def _levels(first: pd.Series, second: pd.Series, k: int) -> dict[str, Any] | None:
    table = level_table(first, second, k)
    if table.sum() == 0:
        return None
    kappa = kappa_with_interval(table)
    figures = {"kappa": kappa.value, "kappa_lower": kappa.lower, "kappa_upper": kappa.upper}
    known = {name: None if np.isnan(value) else value for name, value in figures.items()}
    return {"table": table.tolist(), **known, "same": float(np.trace(table) / table.sum())}


def _top(first: pd.Series, second: pd.Series, share: float) -> dict[str, int]:
    ahead = first_areas(first, share)
    return {"areas": len(ahead), "hits": len(set(ahead) & set(first_areas(second, share)))}


def _factors(first: Results, second: Results, table: pd.DataFrame) -> dict[str, Any] | None:
    """Main factor of each area in both, into `table`; figures of how often it is the same, None where a run has none.

    Two factors are the same where their names (labels) are: only factors that both runs know are counted.
    """
    table["factor_first"] = table["factor_second"] = pd.Series(pd.NA, table.index, dtype="string")
    table["same_factor"] = pd.Series(pd.NA, table.index, dtype="boolean")
    if not len(first.contributions) or not len(second.contributions):
        return None
    labels = [_labels(run) for run in (first, second)]
    for name, run, known in zip(("first", "second"), (first, second), labels, strict=True):
        table[f"factor_{name}"] = (
            main_factors(run.contributions).map(lambda f, k=known: k.get(f, f)).reindex(table.index)
        )
    shared = {v.casefold() for v in labels[0].values()} & {v.casefold() for v in labels[1].values()}
    one, two = (table[f"factor_{name}"].str.casefold() for name in ("first", "second"))
    both = one.isin(shared) & two.isin(shared)
    table["same_factor"] = (one == two).astype("boolean").mask(~both)
    told = table[["factor_first", "factor_second"]].dropna()
    pairs = (
        told.groupby(["factor_first", "factor_second"], sort=True).size().sort_values(ascending=False, kind="stable")
    )
    return {
        "shared": len(shared),
        "areas": int(both.sum()),
        "same": int(table["same_factor"].sum()),
        "most": pairs.head(MOST_PAIRS).rename("areas").reset_index().to_dict("records"),
    }


def _labels(run: Results) -> dict[str, str]:
    study = run.manifest["study"]
    parts = [*(study.get("determinant") or ()), *(study.get("indicator") or ())]
    return {str(p["name"]): str(p.get("label") or p["name"]) for p in parts}


def _all(runs: list[Results]) -> dict[str, int]:
    """Areas that every run knows, and those in the highest third of every one and of at least one."""
    known = [set(r.areas.loc[r.areas[r.measure].notna(), "area_code"]) for r in runs]
    common = pd.Index(sorted(set.intersection(*known)))
    high = [
        classify(r.areas.set_index("area_code").loc[common, r.measure].astype(float), "quantile", 3).label == 3
        for r in runs
    ]
    together = pd.concat(high, axis=1) if len(common) else pd.DataFrame()
    return {
        "areas": len(common),
        "high_in_all": int(together.all(axis=1).sum()) if len(common) else 0,
        "high_in_some": int(together.any(axis=1).sum()) if len(common) else 0,
    }
