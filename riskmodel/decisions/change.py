"""Change over time: two runs of one measure, with the same levels, area by area.

Errors of the two runs are taken as independent. Where both use one model, or an area keeps what the determinants do not
explain, their errors go together and the true error of the change is smaller: the flag "more than chance" then errs on the
careful side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from riskmodel.areas.levels import assign, classes_by_parent
from riskmodel.decisions.change_codes import Territories, match_territories, of_territories
from riskmodel.decisions.change_summary import FALSE_DISCOVERIES, Z, difference, summary_of
from riskmodel.decisions.comparable import check_runs
from riskmodel.problems import InputProblems, Problem, raise_errors
from riskmodel.results import Results

CHANGE_COLUMNS = (
    "area_code", "area_name", "parent_code", "parent_name", "presence", "codes_earlier", "codes_later",
    "earlier", "earlier_se", "earlier_lower", "earlier_upper", "later", "later_se", "later_lower", "later_upper",
    "change", "se", "ci_lower", "ci_upper", "p_value", "q_value", "beyond_chance",
    "level_earlier", "level_later", "move", "rank_earlier", "rank_later", "rank_change",
    "children_earlier", "children_later", "expected_earlier", "expected_later",
    "expected_change", "expected_change_lower", "expected_change_upper",
)  # fmt: skip
PARENT_COLUMNS = (
    "parent_code", "parent_name", "earlier", "earlier_se", "earlier_lower", "earlier_upper",
    "later", "later_se", "later_lower", "later_upper", "change", "se", "ci_lower", "ci_upper",
    "p_value", "q_value", "beyond_chance", "children_earlier", "children_later",
)  # fmt: skip
TRANSITION_COLUMNS = ("level_earlier", "level_later", "areas", "children")


@dataclass(frozen=True)
class Change:
    """What changed between two runs.

    areas : one row per territory, columns `CHANGE_COLUMNS`. Risks are proportions, an index is in its points; missing where
        one of the runs does not know.
    transition : one row per pair of levels that has areas, columns `TRANSITION_COLUMNS`; children are those of the later run.
    parents : one row per parent unit that both runs have, columns `PARENT_COLUMNS`; empty where there are none.
    summary : the same in figures, as docs/study-file.md says; what a run does not know is None.
    unit : code of the territory by area_code of the later run, for its map.
    notes : what a reader must know beside the figures; warnings.
    """

    areas: pd.DataFrame
    transition: pd.DataFrame
    parents: pd.DataFrame
    summary: dict[str, Any]
    unit: pd.Series
    notes: tuple[Problem, ...] = ()
    language: str = "es"  # of the later study


def compare_runs(
    earlier: Results, later: Results, pairs: pd.DataFrame | None = None, cuts: Sequence[float] = ()
) -> Change:
    """Compare two runs.

    Parameters
    ----------
    earlier, later : Results
        Of any one route.
    pairs : DataFrame, optional
        earlier_code and later_code of areas that were split, merged or renamed; see `match_territories`.
    cuts : sequence of rising limits, optional
        Limits of levels in proportions (risk) or points (index), for both runs; else the breaks of the earlier run serve both.

    Raises
    ------
    InputProblems
        The two do not measure the same thing, or not in two different years; carries every reason.

    References
    ----------
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.
    """
    cuts = tuple(float(cut) for cut in cuts)
    problems = [*_check_cuts(cuts), *check_runs(earlier, later, cuts)]
    if any(p.code in ("change_method", "change_index_recipe") for p in problems):
        raise_errors(problems)
    try:
        units, found = match_territories(earlier.areas["area_code"], later.areas["area_code"], pairs)
        problems += found
    except InputProblems as error:
        raise_errors([*problems, *error.problems])
    raise_errors(problems)
    measure = later.measure
    before = of_territories(earlier.areas, units.earlier, measure)
    after = of_territories(later.areas, units.later, measure)
    table = _side_by_side(units, before, after)
    table = _differences(table)
    table = _with_levels(table, earlier, cuts)
    table = _with_ranks(table)
    table = _with_counts(table)
    found_areas = table.reset_index(names="area_code").reindex(columns=list(CHANGE_COLUMNS))
    transition = _transition(found_areas)
    parents = _parents(earlier, later)
    summary = summary_of(earlier, later, found_areas, parents, problems, cuts)
    language = str(later.manifest["study"]["study"]["language"])
    return Change(found_areas, transition, parents, summary, units.later, tuple(problems), language)


def _check_cuts(cuts: tuple[float, ...]) -> list[Problem]:
    rising = all(a < b for a, b in pairwise(cuts))
    if cuts and (not 2 <= len(cuts) <= 4 or not rising or not all(np.isfinite(cuts))):
        return [Problem("change_cuts")]
    return []


def _side_by_side(units: Territories, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row per territory with both runs; names are those of the later run."""
    table = units.table.copy()
    known = {"earlier": table["codes_earlier"].map(len) > 0, "later": table["codes_later"].map(len) > 0}
    table["presence"] = np.select(
        [known["earlier"] & known["later"], known["earlier"]], ["both", "earlier_only"], "later_only"
    )
    for column in ("codes_earlier", "codes_later"):
        table[column] = table[column].map(" ".join)
    for column in ("area_name", "parent_code", "parent_name"):
        table[column] = after[column].reindex(table.index).fillna(before[column].reindex(table.index))
    for name, run in (("earlier", before), ("later", after)):
        shown = run.reindex(table.index)
        table[name] = shown["value"].astype(float)
        for of, column in (("se", "se"), ("lower", "ci_lower"), ("upper", "ci_upper")):
            table[f"{name}_{of}"] = shown[column].astype(float)
        table[f"children_{name}"] = shown["children"].astype(float)
        table[f"expected_{name}"] = shown["expected_count"].astype(float)
    return table


def _differences(table: pd.DataFrame) -> pd.DataFrame:
    """Change with its interval, and whether it is more than chance once the number of areas tested is allowed for."""
    sides = (table[c].to_numpy(float) for c in ("earlier", "earlier_se", "later", "later_se"))
    found = difference(*sides).set_index(table.index)
    tested = found["p_value"].notna()
    found["q_value"] = np.nan
    if tested.any():
        found.loc[tested, "q_value"] = false_discovery_control(found.loc[tested, "p_value"].to_numpy(), method="bh")
    found["beyond_chance"] = (found["q_value"] <= FALSE_DISCOVERIES).astype("boolean").mask(~tested)
    return table.join(found)


def _parents(earlier: Results, later: Results) -> pd.DataFrame:
    """Parent units by code, each year weighted by its own children over the areas it had then."""
    if not len(earlier.parents) or not len(later.parents):
        return pd.DataFrame(columns=list(PARENT_COLUMNS))
    before, after = (results.parents.set_index("area_code") for results in (earlier, later))
    table = pd.DataFrame(index=before.index.intersection(after.index).sort_values().rename("parent_code"))
    table["parent_name"] = after["area_name"]
    for name, run in (("earlier", before), ("later", after)):
        table[name] = run[later.measure].astype(float)
        for of, column in (("se", "se"), ("lower", "ci_lower"), ("upper", "ci_upper")):
            table[f"{name}_{of}"] = run[column].astype(float)
        table[f"children_{name}"] = run["children"].astype(float)
    return _differences(table).reset_index().reindex(columns=list(PARENT_COLUMNS))


def _with_levels(table: pd.DataFrame, earlier: Results, cuts: tuple[float, ...]) -> pd.DataFrame:
    """Levels of both years by the same breaks: those declared, else those of the earlier run."""
    out = table.copy()
    if cuts:
        breaks, scope = [*cuts, np.inf], "national"
    else:
        breaks, scope = list(earlier.manifest["breaks"]), str(earlier.manifest["study"]["levels"]["scope"])
    if scope == "national":
        for name in ("earlier", "later"):
            out[f"level_{name}"] = assign(out[name], breaks)
        top = pd.Series(len(breaks), out.index)
    else:
        top = _levels_within(out, earlier)
    high = {name: out[f"level_{name}"].eq(top).astype("boolean") for name in ("earlier", "later")}
    known = out["level_earlier"].notna() & out["level_later"].notna()
    moves = [high["later"] & ~high["earlier"], high["earlier"] & ~high["later"], high["earlier"] & high["later"]]
    chosen = [(known & move).fillna(False).to_numpy(bool) for move in moves]
    out["move"] = np.select(chosen, ["entered", "left", "stayed_high"], "")
    return out


def _levels_within(out: pd.DataFrame, earlier: Results) -> pd.Series:
    """Levels against the earlier limits of each parent unit, written into `out`; gives the top level of each row."""
    levels = earlier.manifest["study"]["levels"]
    areas = earlier.areas.set_index("area_code")
    classes = classes_by_parent(
        areas[earlier.measure].astype(float), areas["parent_code"], levels["rule"], int(levels["k"]), levels["cuts"]
    )
    for name in ("earlier", "later"):
        out[f"level_{name}"] = pd.array([pd.NA] * len(out), dtype="Int8")
    top = pd.Series(np.nan, out.index)
    for code, inside in out.groupby(out["parent_code"].astype("string"), sort=True):
        found = classes.get(str(code))
        if found is None or not found.breaks:
            continue
        top.loc[inside.index] = len(found.breaks)
        for name in ("earlier", "later"):
            out.loc[inside.index, f"level_{name}"] = assign(inside[name], found.breaks).array
    return top


def _with_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Places among the territories that both runs know, 1 the highest value; equal values share the smallest."""
    out = table.copy()
    both = out["earlier"].notna() & out["later"].notna()
    for name in ("earlier", "later"):
        ranks = out.loc[both, name].round(12).rank(ascending=False, method="min")
        out[f"rank_{name}"] = ranks.reindex(out.index).astype("Int64")
    out["rank_change"] = out["rank_later"] - out["rank_earlier"]
    return out


def _with_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Change of the expected number; the error of each number is that of the risk times its children."""
    out = table.copy()
    out["expected_change"] = out["expected_later"] - out["expected_earlier"]
    errors = [out[f"{name}_se"] * out[f"children_{name}"] for name in ("earlier", "later")]
    half = Z * np.hypot(errors[0], errors[1])
    out["expected_change_lower"], out["expected_change_upper"] = (
        out["expected_change"] - half,
        out["expected_change"] + half,
    )
    return out


def _transition(areas: pd.DataFrame) -> pd.DataFrame:
    both = areas.dropna(subset=["level_earlier", "level_later"])
    grouped = both.groupby(["level_earlier", "level_later"], sort=True)
    found = pd.DataFrame(
        {"areas": grouped.size(), "children": grouped["children_later"].sum(min_count=1)}
    ).reset_index()  # fmt: skip
    return found.reindex(columns=list(TRANSITION_COLUMNS))
