"""The results of a run: one frame per file of `results/`, and the manifest.

Screens, sheets and exports read this and nothing else, whichever route made it. What a route cannot know is missing
(an empty frame, a column of missing values), never zero.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

CODES = ("area_code", "parent_code")

AREA_COLUMNS = (
    "area_code", "area_name", "parent_code", "parent_name", "children",
    "area_risk", "se", "ci_lower", "ci_upper", "index",
    "level", "level_parent", "level_probability",
    "expected_count", "expected_count_lower", "expected_count_upper",
    "rank", "rank_lower", "rank_upper", "unscored_share", "notes",
)  # fmt: skip
GROUP_COLUMNS = (
    "area_code",
    "group",
    "category",
    "children",
    "area_risk",
    "se",
    "ci_lower",
    "ci_upper",
    "expected_count",
)
GAP_COLUMNS = ("unit", "area_code", "group", "category", "against", "gap", "se", "ci_lower", "ci_upper")
COEFFICIENT_COLUMNS = (
    "term", "determinant", "category", "coef", "se", "odds_ratio", "ci_lower", "ci_upper", "p_value", "ame", "ame_se",
)  # fmt: skip
CONTRIBUTION_COLUMNS = ("area_code", "determinant", "contribution", "role")
VALIDATION_COLUMNS = (
    "area_code", "area_name", "parent_code", "parent_name", "observed", "observed_n", "estimate", "ci_lower", "ci_upper",
    "difference", "rank_difference", "inside", "inside_with_error", "level_observed", "level", "third_observed", "third",
)  # fmt: skip
DIRECT_COLUMNS = (
    "area_code", "in_sample", "direct", "direct_lower", "direct_upper", "direct_n", "direct_weight",
    "synthetic_risk", "area_risk",
)  # fmt: skip
RAKING_COLUMNS = ("area_code", "children", "totals_gap", "iterations", "gap", "met")
ESTIMATOR_COLUMNS = (
    "area_code", "in_sample", "children_asked", "area_risk", "se", "synthetic_risk", "effect", "effect_se",
)  # fmt: skip
RECONCILIATION_COLUMNS = (
    "measure", "label", "parent_code", "parent_name", "ours", "published", "difference", "share", "within", "tolerance",
    "year", "source",
)  # fmt: skip
CLUSTER_COLUMNS = ("area_code", "neighbours", "local_i", "p_value", "q_value", "kind", "cluster")
PEER_COLUMNS = ("area_code", "scope", "place", "peer_code", "distance", "order", "lower")
PROFILE_COLUMNS = ("source", "name", "category", "level", "areas", "mean", "ratio")
INDEX_ROBUSTNESS_COLUMNS = (
    "area_code", "rank", "rank_lower", "rank_median", "rank_upper", "level", "level_stability",
)  # fmt: skip
INDEX_SENSITIVITY_COLUMNS = (
    "choice", "first_order", "first_lower", "first_upper", "total", "total_lower", "total_upper",
)  # fmt: skip
INDEX_REMOVED_COLUMNS = (
    "part", "name", "weight", "rank_correlation", "areas", "areas_other_level", "mean_shift", "largest_shift", "area_code",
)  # fmt: skip
INDEX_IMPORTANCE_COLUMNS = (
    "part", "name", "dimension", "weight", "correlation", "linear_importance", "first_order", "share", "alpha",
)  # fmt: skip
INDEX_COHERENCE_COLUMNS = ("part", "name", "other", "same_dimension", "pearson", "spearman")
PRIORITY_COLUMNS = ("rank", "area_code", "area_name", "score", "rank_lower", "rank_upper")


@dataclass(frozen=True)
class Results:
    """Everything a run says.

    Proportions are 0–1. Codes are text. `groups` has `area_code` "" for the country. `contributions` are proportions
    (risk) or index points. `indicators` holds one column per indicator in its own unit.
    """

    areas: pd.DataFrame
    parents: pd.DataFrame
    national: pd.DataFrame
    groups: pd.DataFrame
    coefficients: pd.DataFrame
    harmonisation: pd.DataFrame
    contributions: pd.DataFrame
    priorities: pd.DataFrame
    indicators: pd.DataFrame
    index_scores: pd.DataFrame
    problems: pd.DataFrame
    raking: pd.DataFrame = field(default_factory=pd.DataFrame)
    parent_groups: pd.DataFrame = field(default_factory=pd.DataFrame)  # as groups, by the code of the parent unit
    gaps: pd.DataFrame = field(default_factory=pd.DataFrame)
    estimators: pd.DataFrame = field(
        default_factory=pd.DataFrame
    )  # prediction beside synthetic, where it was asked for
    clusters: pd.DataFrame = field(default_factory=pd.DataFrame)
    profile: pd.DataFrame = field(default_factory=pd.DataFrame)
    peers: pd.DataFrame = field(default_factory=pd.DataFrame)
    validation: pd.DataFrame = field(default_factory=pd.DataFrame)  # against an observed rate; empty without one
    agreement: Mapping[str, Any] = field(default_factory=dict)  # the same in figures; `validation.json`
    direct: pd.DataFrame = field(default_factory=pd.DataFrame)  # direct rates beside the area model's
    reconciliation: pd.DataFrame = field(default_factory=pd.DataFrame)  # totals of the study beside published ones
    index_robustness: pd.DataFrame = field(default_factory=pd.DataFrame)  # ranks and levels under other choices
    index_sensitivity: pd.DataFrame = field(default_factory=pd.DataFrame)  # which choice moves ranks
    index_removed: pd.DataFrame = field(default_factory=pd.DataFrame)  # the index without each of its parts
    index_importance: pd.DataFrame = field(default_factory=pd.DataFrame)  # weights and what they come to
    index_coherence: pd.DataFrame = field(default_factory=pd.DataFrame)  # correlations of all pairs
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    model: Mapping[str, Any] = field(default_factory=dict)  # the portable model; empty where there is none
    manifest: Mapping[str, Any] = field(default_factory=dict)
    office: Mapping[str, Any] = field(default_factory=dict)  # who publishes, as `inputs.office` gives it

    @property
    def measure(self) -> str:
        """Column of `areas` that is mapped and ranked: "area_risk" or "index"."""
        return "index" if self.manifest["method"] == "vulnerability_index" else "area_risk"


TABLES = (
    "areas", "parents", "national", "groups", "coefficients", "harmonisation", "contributions", "priorities",
    "indicators", "index_scores", "problems", "raking", "parent_groups", "gaps", "estimators",
    "clusters", "profile", "peers", "direct", "validation", "reconciliation",
    "index_robustness", "index_sensitivity", "index_removed", "index_importance", "index_coherence",
)  # fmt: skip
RECORDS = ("office", "diagnostics", "model", "validation", "manifest")
# Records that are not written where they are empty, and the field of one that shares its name with a table.
OPTIONAL_RECORDS = ("model", "validation", "office")
RECORD_FIELDS = {"validation": "agreement"}


def write_results(results: Results, folder: Path) -> None:
    """Write every table that has rows as CSV (UTF-8 with BOM, so a spreadsheet reads accents) and Parquet; records as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        table: pd.DataFrame = getattr(results, name)
        if len(table.columns) == 0:
            continue
        table.to_parquet(folder / f"{name}.parquet", index=False)
        if len(table):
            spreadsheet_safe(table).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    for name in RECORDS:
        record = getattr(results, RECORD_FIELDS.get(name, name))
        if name in OPTIONAL_RECORDS and not record:
            continue
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=name == "diagnostics")
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def read_results(folder: Path) -> Results:
    """Read what `write_results` wrote; raises `FileNotFoundError` if `folder` holds no finished run."""
    records: dict[str, Any] = {
        RECORD_FIELDS.get(name, name): json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in RECORDS
        if name not in OPTIONAL_RECORDS or (folder / f"{name}.json").exists()
    }
    tables: dict[str, Any] = {
        name: pd.read_parquet(folder / f"{name}.parquet") if (folder / f"{name}.parquet").exists() else pd.DataFrame()
        for name in TABLES
    }
    return Results(**tables, **records)


def spreadsheet_safe(table: pd.DataFrame) -> pd.DataFrame:
    """A copy in which no text begins like a formula (`= + - @`), so a spreadsheet shows it and does not run it."""
    safe = table.copy()
    for column in safe.columns:
        if pd.api.types.is_string_dtype(safe[column]) or safe[column].dtype == object:
            text = safe[column].astype("string")
            risky = text.str.match(r"^[=+\-@\t\r]", na=False)
            if risky.any():
                safe[column] = text.where(~risky, "'" + text)
    return safe
