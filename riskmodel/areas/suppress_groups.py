"""Withhold small cells of groups in all tables at once, so that none follows from another by subtraction.

Sums that are printed tie cells together: the categories of a group in a unit; an area's cells and those of its parent
unit and the country; a category and the crossed cells it consists of. A sum may have no hidden part, or two and more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from riskmodel.areas.suppress import CELL, COUNTS
from riskmodel.study import Privacy
from riskmodel.study_groups import CROSS


@dataclass(frozen=True)
class GroupCells:
    """The tables of groups of a run: areas and country, parent units, and gaps."""

    groups: pd.DataFrame
    parents: pd.DataFrame
    gaps: pd.DataFrame


def suppress_group_cells(
    cells: GroupCells, parent_of: pd.Series | None, crossed: Mapping[str, tuple[str, str]], privacy: Privacy
) -> GroupCells:
    """The tables without small counts.

    Parameters
    ----------
    cells : GroupCells
        results.GROUP_COLUMNS (area_code "" is the country) and results.GAP_COLUMNS.
    parent_of : Series, optional
        Parent unit by area_code.
    crossed : mapping
        Crossed group → its two parts.

    Returns
    -------
    GroupCells
        Groups with a column `withheld`: "" | "cell" (few children) | "complement" (its numbers would give a withheld
        cell by subtraction) | "count" (small expected count). Gaps without those of a withheld cell.
    """
    if cells.groups.empty:
        return cells
    unit = ["area"] * len(cells.groups) + ["parent"] * len(cells.parents)
    both = [cells.groups, cells.parents] if len(cells.parents) else [cells.groups]
    table = pd.concat(both, ignore_index=True).assign(unit=unit)
    table.loc[(table["unit"] == "area") & (table["area_code"] == ""), "unit"] = "country"
    children = table["children"].fillna(0)
    cell = (children > 0) & (children < privacy.min_children)
    complement = _hidden(table, cell, _sums(table, parent_of, crossed)) & ~cell
    count = (table["expected_count"] < privacy.min_count).fillna(False).astype(bool) & ~cell & ~complement
    table["withheld"] = pd.Series("", table.index, dtype="string")
    for name, rows, columns in (
        ("cell", cell, CELL),
        ("complement", complement, ["children", *COUNTS]),
        ("count", count, COUNTS),
    ):
        for column in (c for c in columns if c in table):
            table[column] = table[column].where(~rows)
        table.loc[rows, "withheld"] = name
    shown = table.drop(columns="unit")
    parents = shown[(table["unit"] == "parent").to_numpy()].reset_index(drop=True)
    groups = shown[(table["unit"] != "parent").to_numpy()].reset_index(drop=True)
    return GroupCells(groups, parents if len(cells.parents) else cells.parents, _gaps(cells.gaps, table))


def _sums(table: pd.DataFrame, parent_of: pd.Series | None, crossed: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """One row per sum and cell in it: `sum` (a number) and `row` (of `table`). Totals of all children stand in none."""
    inside = table.groupby(["unit", "area_code", "group"]).ngroup()
    parts = [pd.DataFrame({"sum": "in " + inside.astype(str), "row": table.index})]
    code, kind = table["area_code"], table["unit"]
    key = table["group"].astype(str) + "\0" + table["category"].astype(str)
    upper = code.map(parent_of) if parent_of is not None else pd.Series(pd.NA, table.index)
    has_parents = bool((kind == "parent").any())
    of_parent = code.where(kind == "parent", upper.where(kind == "area")) if has_parents else upper
    # The country is the sum of its parent units and of the areas that have none.
    top = (kind == "country") | (kind == "parent") | ((kind == "area") & upper.isna()) if has_parents else kind != ""
    parts.append(pd.DataFrame({"sum": "top " + key[top], "row": table.index[top]}))
    if has_parents:
        known = of_parent.notna()
        named = "of " + of_parent[known].astype(str) + "\0" + key[known]
        parts.append(pd.DataFrame({"sum": named, "row": table.index[known]}))
    for name, sides in crossed.items():
        own = table[table["group"] == name]
        for side, group in enumerate(sides):
            marginal = table[table["group"] == group]
            known_as = {c: str(c) for c in marginal["category"].astype(str).unique()}
            category = own["category"].astype(str).map(lambda c, s=side, k=known_as: _part(c, s, k))
            both = pd.concat([category.dropna(), marginal["category"].astype(str)])
            rows = table.loc[both.index]
            label = "cross " + name + "\0" + group + "\0" + rows["unit"] + "\0" + rows["area_code"].astype(str)
            parts.append(pd.DataFrame({"sum": label + "\0" + both, "row": both.index}))
    found = pd.concat(parts, ignore_index=True)
    return found.assign(sum=pd.factorize(found["sum"])[0])


def _part(category: str, side: int, known: Mapping[str, str]) -> str | None:
    """The category of one side of a crossed cell, among those the group has."""
    pieces = category.split(CROSS)
    for cut in range(1, len(pieces)):
        name = CROSS.join(pieces[:cut] if side == 0 else pieces[cut:])
        if name in known:
            return known[name]
    return None


def _hidden(table: pd.DataFrame, cell: pd.Series, sums: pd.DataFrame) -> pd.Series:
    """Cells to withhold so that no sum has exactly one hidden part: of its others the smallest goes too."""
    hidden = cell.copy()
    children = table["children"].fillna(0.0)
    order = table.assign(n=children).sort_values(["n", "area_code", "group", "category"]).index
    place = pd.Series(range(len(order)), order)
    while hidden.any():
        state = sums.assign(hidden=hidden.loc[sums["row"]].to_numpy())
        alone = state.groupby("sum")["hidden"].transform("sum") == 1
        open_cells = state[alone & ~state["hidden"] & (children.loc[state["row"]].to_numpy() > 0)]
        if open_cells.empty:
            break
        first = open_cells.assign(place=place.loc[open_cells["row"]].to_numpy()).sort_values("place")
        hidden.loc[first.groupby("sum")["row"].first()] = True
    return hidden


def _gaps(gaps: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Gaps whose two categories both show a rate."""
    if gaps.empty:
        return gaps
    names = ["unit", "area_code", "group", "category"]
    hidden = pd.MultiIndex.from_frame(table.loc[table["withheld"] == "cell", names].astype(str))
    out = gaps.copy()
    gone = pd.Series(False, out.index)
    for side in ("category", "against"):
        gone |= pd.MultiIndex.from_frame(out[["unit", "area_code", "group", side]].astype(str)).isin(hidden)
    for column in ("gap", "se", "ci_lower", "ci_upper"):
        out[column] = out[column].where(~gone)
    return out
