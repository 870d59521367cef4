"""The quality of one table: every column described, and findings in the order in which they are to be mended.

Memory holds one column at a time beside the few that are set against each other. Of a table of persons only counts of ten and
more are shown, and ranges leave out the ten outermost rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.inputs.apply_reading import RegisterReader
from riskmodel.inputs.quality.column import Column, Kind, read_column
from riskmodel.inputs.quality.roles import FileRoles, Role, RoleKind, TableKind, is_personal, role_by_name
from riskmodel.inputs.quality.rules_column import check_column
from riskmodel.inputs.quality.rules_table import RowKeys, codes_twice, parts_above_wholes, rows_twice, total_row
from riskmodel.inputs.quality.sketch import FEWEST, Bar, category_bars, number_bars
from riskmodel.inputs.quality.source import Source, open_source
from riskmodel.problems import Problem
from riskmodel.study_reading import Reading

TABLE_COLUMNS = (
    "column", "kind", "role", "rows", "filled", "filled_share", "distinct", "minimum", "quartile_1", "median",
    "quartile_3", "maximum", "findings",
)  # fmt: skip
KEPT: tuple[RoleKind, ...] = ("area_code", "parent_code", "year", "children", "population", "cases", "total")
MOST_AREAS = 60_000
DISTINCT_SHARE = 0.95

# Findings in the order in which they are mended: what makes a table useless first, what is only curious last.
ORDER = (
    "weight_destroyed", "weight_not_positive", "weight_missing", "area_code_twice", "quality_code_year_twice", "quality_code_within_parent",
    "area_code_empty", "quality_part_above_whole", "quality_negative", "quality_percent_over", "quality_proportion_over",
    "age_impossible", "decimal_marks_mixed", "not_a_number", "quality_total_row", "quality_codes_lost_zero", "quality_codes_length",
    "quality_codes_not_digits", "quality_scales_mixed", "weight_sum_large", "weight_sum_small", "weight_one_row",
    "quality_destroyed", "quality_rows_twice", "quality_coverage_over", "quality_children_share", "quality_year_out",
    "quality_not_stated", "quality_heaping", "quality_spelling", "number_marks_thousands", "number_marks_decimal",
    "quality_years_stacked", "missing_marks", "quality_far_from_rest", "quality_one_value", "quality_mostly_blank",
    "quality_empty", "quality_constant",
)  # fmt: skip
# What many columns may share, and from how many columns on it is said once.
SHARED = (
    "quality_mostly_blank", "quality_empty", "quality_constant", "quality_one_value", "quality_far_from_rest",
    "quality_not_stated", "quality_coverage_over",
)  # fmt: skip
TOGETHER, NAMES_SHOWN = 3, 6
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class ColumnProfile:
    """One column in figures; those of persons without what could point to one."""

    name: str
    kind: Kind
    role: Role
    rows: int
    filled: int
    distinct: int
    minimum: float
    quartile_1: float
    median: float
    quartile_3: float
    maximum: float
    bars: tuple[Bar, ...]

    @property
    def filled_share(self) -> float:
        return self.filled / self.rows


@dataclass(frozen=True)
class Profile:
    """What is known of a table. `persons`: a row is a person, or may be one."""

    file: str
    sheet: str
    rows: int
    persons: bool
    columns: tuple[ColumnProfile, ...]
    findings: tuple[Problem, ...]

    @property
    def filled_share(self) -> float:
        """Share of all cells that are filled."""
        return float(np.mean([c.filled_share for c in self.columns])) if self.columns else 0.0

    @property
    def told(self) -> tuple[Problem, ...]:
        """The findings as a person reads them: what three or more columns share is said once."""
        return gathered(self.findings)

    def of(self, name: str) -> tuple[Problem, ...]:
        """Findings of one column."""
        return tuple(p for p in self.findings if p.where.column == name)

    def table(self) -> pd.DataFrame:
        """One row per column; columns as in `TABLE_COLUMNS`, shares as proportions."""
        rows = [
            {
                **{k: getattr(c, k) for k in TABLE_COLUMNS if k not in ("column", "role", "findings")},
                "column": c.name,
                "role": c.role.kind,
                "findings": " ".join(dict.fromkeys(p.code for p in self.of(c.name))),
            }
            for c in self.columns
        ]
        return pd.DataFrame(rows, columns=list(TABLE_COLUMNS))

    def record(self) -> dict[str, Any]:
        """Everything as JSON can hold it."""
        columns = self.table().replace({np.nan: None}).to_dict("records")
        for row, column in zip(columns, self.columns, strict=True):
            row["bars"] = [
                {"label": b.label} | ({} if np.isnan(b.low) else {"low": b.low, "high": b.high}) | {"count": b.count}
                for b in column.bars
            ]
        findings = [
            {
                "severity": p.severity, "code": p.code, "column": p.where.column, "rows": list(p.where.rows),
                "values": {k: list(v) if isinstance(v, tuple) else v for k, v in p.values.items()},
            }
            for p in self.findings
        ]  # fmt: skip
        told = {"file": self.file, "sheet": self.sheet, "rows": self.rows, "persons": self.persons}
        return {**told, "filled_share": self.filled_share, "findings": findings, "columns": columns}


def profile_file(
    path: Path,
    sheet: str = "",
    roles: FileRoles | None = None,
    reading: Reading | None = None,
    register: RegisterReader | None = None,
) -> Profile:
    """The quality of the table in a file. Raises `InputProblems` where it cannot be read as one."""
    return profile_source(open_source(path, sheet, reading, register), roles)


def profile_source(source: Source, roles: FileRoles | None = None) -> Profile:
    """The quality of a table.

    roles : what the study says of the file; columns it does not name, and all without it, are known by their names.
    """
    roles = roles or FileRoles()
    known = {name: roles.columns.get(name) or role_by_name(name) for name in source.names}
    kind = roles.kind or _table_kind(source, known)
    persons = kind == "persons"
    keys, kept, described, findings = RowKeys(source.rows), {}, [], list(source.notes)
    for name, role in known.items():
        column = read_column(source, name, _possible(role, persons), persons)
        keys.add(column.values)
        findings += check_column(column, source, persons)
        described.append(_described(column, persons))
        if column.role.kind in KEPT or (not persons and column.numbers is not None):
            kept[name] = column
    findings += rows_twice(keys, source, persons)
    if not persons:
        findings += codes_twice(kept, source) + total_row(kept, source)
        findings += parts_above_wholes(kept, roles.pairs, source)
    return Profile(
        source.where.file, source.where.sheet, source.rows, persons, tuple(described), ordered(findings, known, bool(roles.columns))
    )  # fmt: skip


def gathered(findings: Sequence[Problem]) -> tuple[Problem, ...]:
    """Findings as a person reads them: what three or more columns share is said once, with their names."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in findings:
        alike.setdefault((problem.severity, problem.code), []).append(problem)
    told = []
    for same in alike.values():
        told += [_together(same)] if len(same) >= TOGETHER and same[0].code in SHARED else same
    return tuple(told)


def _together(same: Sequence[Problem]) -> Problem:
    code = same[0].code
    for alone, many in (
        ("quality_mostly_blank", "quality_mostly_blank_many"), ("quality_empty", "quality_empty_many"),
        ("quality_constant", "quality_constant_many"), ("quality_one_value", "quality_one_value_many"),
        ("quality_far_from_rest", "quality_far_from_rest_many"), ("quality_not_stated", "quality_not_stated_many"),
        ("quality_coverage_over", "quality_coverage_over_many"),
    ):  # fmt: skip
        if alone == code:
            names = [p.where.column for p in same]
            shown = names if len(names) <= NAMES_SHOWN else [*names[:NAMES_SHOWN], "…"]
            where = replace(same[0].where, column="", rows=())
            return Problem(many, where, {"count": len(names), "columns": shown}, same[0].severity)
    raise KeyError(code)


def ordered(findings: Sequence[Problem], roles: dict[str, Role], of_study: bool) -> tuple[Problem, ...]:
    """Findings by importance. A fault in a column the study does not use stops nothing; a guessed role convicts nobody."""
    weighed = []
    for problem in findings:
        role = roles.get(problem.where.column, Role(declared=True))
        if not role.declared and problem.code != "weight_destroyed":
            if of_study:
                problem = replace(problem, severity="note")
            elif problem.is_error:
                problem = problem.as_warning()
        elif role.declared and of_study and problem.code in ("quality_empty", "quality_mostly_blank"):
            problem = problem.as_warning()
        weighed.append(problem)
    place = {code: i for i, code in enumerate(ORDER)}
    return tuple(sorted(weighed, key=lambda p: (SEVERITIES.index(p.severity), place.get(p.code, len(ORDER)))))


def _possible(role: Role, persons: bool) -> Role:
    """Only persons have ages and weights; only areas have totals, so a name of a question is none."""
    if role.declared or (role.kind in ("age", "weight")) == persons:
        return role
    return role if role.kind in ("", "area_code", "parent_code", "area_name", "parent_name", "year") else Role() if persons or role.kind in ("age", "weight") else role  # fmt: skip


def _table_kind(source: Source, roles: dict[str, Role]) -> TableKind:
    """Areas where a code or a name tells nearly every row apart, by itself or within a year, and nothing is of persons."""
    if source.rows > MOST_AREAS or any(r.kind in ("weight", "age") or is_personal(n) for n, r in roles.items()):
        return "persons"
    years = next((source.column(n).codes for n, r in roles.items() if r.kind == "year"), np.zeros(source.rows, int))
    for wanted in ("area_code", "area_name", "parent_code", "parent_name"):
        for name in (n for n, r in roles.items() if r.kind == wanted):
            codes = source.column(name).codes.astype(np.int64)
            together = pd.Series(codes * (int(years.max()) + 2) + years)[codes >= 0]
            if len(together) and together.nunique() >= DISTINCT_SHARE * source.rows:
                return "areas"
    return "persons"


def _described(column: Column, persons: bool) -> ColumnProfile:
    numbers, counts = column.spread
    ends = (np.nan, np.nan)
    quartiles = column.middle(0.25, 0.5, 0.75)
    if len(numbers):
        ends = _outermost(numbers, counts, FEWEST if persons else 1)
    if persons and column.filled < 2 * FEWEST:
        quartiles = [np.nan] * 3
    return ColumnProfile(
        column.name, column.kind, column.role, len(column.values.codes), column.filled, len(column.values.distinct),
        ends[0], quartiles[0], quartiles[1], quartiles[2], ends[1], _bars(column, persons),
    )  # fmt: skip


def _outermost(numbers: np.ndarray, counts: np.ndarray, rows: int) -> tuple[float, float]:
    """Smallest and largest value that at least so many rows reach; NaN where there are too few rows."""
    if counts.sum() < 2 * rows - 1:
        return np.nan, np.nan
    low = numbers[np.searchsorted(np.cumsum(counts), rows)]
    high = numbers[::-1][np.searchsorted(np.cumsum(counts[::-1]), rows)]
    return float(low), float(high)


def _bars(column: Column, persons: bool) -> tuple[Bar, ...]:
    """The sketch; none of names, of codes, and of what may be about one person."""
    if column.kind in ("empty", "code", "text") or (persons and is_personal(column.name)):
        return ()
    if column.numbers is not None:
        numbers, counts = column.spread
        whole, places = np.unique(numbers, return_inverse=True)  # "1" and "1.0" are one number
        return number_bars(whole, np.bincount(places, weights=counts).astype(int), persons)
    return category_bars(column.values.distinct, column.values.counts, persons)
