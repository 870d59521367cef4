"""Find where a map that has only names can take its codes from: a table with codes and names of the same areas.

Only a proposal: names that are not the same, or not alone in their parent unit, wait for a person (`match_names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.name_forms import plain
from riskmodel.inputs.recognise.meet import ENOUGH
from riskmodel.inputs.recognise.sources import MapSource, TableSource, code_columns
from riskmodel.study_reading import CodesByName, Reading, Register

INTO = "area_code"

# A running number: from 0 or 1, hardly higher than there are shapes.
GAPS = 1.2


@dataclass(frozen=True)
class MapNames:
    """How a map takes its codes by name: `same` of its `count` names stand in the table `rule.official.file` as they are."""

    rule: CodesByName
    same: int
    count: int

    def reading(self, file: str) -> Reading:
        """The reading of the map's file that says so."""
        return Reading(file=file, names=(self.rule,))


def has_only_names(source: MapSource) -> bool:
    """Whether no property of a map can be the official code: there is none, or it only numbers the shapes."""
    return bool(name_columns(source)) and all(
        _running(codes, len(source.table)) for codes in code_columns(source).values()
    )


def name_columns(source: MapSource) -> list[str]:
    """Properties of words, that of the area first, as it was recognised."""
    columns = source.columns
    first = [columns.column("area_name"), columns.column("area_label")]
    worded = [f.name for f in columns.facts.values() if f.namelike]
    return list(dict.fromkeys(name for name in [*first, *worded] if name))


def names_of_map(source: MapSource, tables: Sequence[TableSource]) -> MapNames | None:
    """The table whose names a map has, and the columns that meet; None where no table has half of the names.

    tables : with codes and names of areas; of several the one that has most names of the map.
    """
    found = [m for table in tables if (m := with_table(source, table)) is not None]
    return max(found, key=lambda m: m.same, default=None)


def with_table(source: MapSource, table: TableSource, least: float = ENOUGH) -> MapNames | None:
    """How the names of a map meet those of one table; None where fewer than `least` of either side do."""
    columns = table.columns
    code, theirs = columns.column("area_code"), columns.column("area_name")
    if not code or not theirs or table.table.empty:
        return None
    listed = _plain(table.table[theirs])
    meetings = []
    for column in name_columns(source):
        names = _plain(source.table[column])
        shared = len(set(names) & set(listed))
        if shared >= max(1, least * min(names.nunique(), listed.nunique())):
            meetings.append((shared, column))
    if not meetings:
        return None
    name = max(meetings, key=lambda found: found[0])[1]
    mine, official = _parent(source, name, table, theirs)
    rule = CodesByName(
        into=_free(list(source.table.columns)), column=name, parent=mine,
        official=Register(file=table.file, sheet=table.sheet, area_code=code, area_name=theirs, parent=official),
    )  # fmt: skip
    names = _plain(source.table[name])
    return MapNames(rule, int(names.isin(set(listed)).sum()), len(names))


def _parent(source: MapSource, name: str, table: TableSource, theirs: str) -> tuple[str, str]:
    """The columns of map and table that tell the parent unit alike and tell most equal names apart; "" where none do."""
    guesses = [g for g in (table.columns.guess("parent_name"), table.columns.guess("parent_code")) if g]
    options = list(dict.fromkeys(c for g in guesses for c in (g.column, *g.alternatives)))
    best, found = _apart(table.table, [theirs]), ("", "")
    for official in options:
        known = set(_plain(table.table[official]))
        for mine in source.table.columns:
            values = set(_plain(source.table[mine]))
            alike = len(values & known) >= max(1, ENOUGH * min(len(values), len(known)))
            if mine == name or not alike:
                continue
            apart = _apart(table.table, [official, theirs]) + _apart(source.table, [mine, name])
            if not found[0] or apart > best:
                best, found = apart, (mine, official)
    return found


def _apart(table: pd.DataFrame, columns: list[str]) -> int:
    """How many places columns tell apart."""
    return int((~table[columns].duplicated()).sum())


def _plain(column: pd.Series) -> pd.Series:
    return column.dropna().astype(str).map(plain)


def _running(codes: frozenset[str], shapes: int) -> bool:
    """Whether codes are 1, 2, 3 … as programs of maps number shapes."""
    if not codes or not all(c.isdecimal() and (c == "0" or c[0] != "0") for c in codes):
        return False
    numbers = [int(c) for c in codes]
    return min(numbers) <= 1 and max(numbers) <= GAPS * shapes + 5


def _free(taken: list[str]) -> str:
    """A name for the column of codes that the map does not have yet."""
    name = INTO
    while name in taken:
        name = f"{name}_of_table"
    return name
