"""Risk of every category of a group, for areas, parent units and the country, and how far categories are apart.

The error of a gap comes from the gradient of the difference: both categories share the coefficients, so their errors
mostly cancel and two overlapping intervals say little about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from riskmodel.population.scoring import SUMS, with_error
from riskmodel.survey.logit import SurveyModel

CELL_COLUMNS = ["area_code", "group", "category", "children", "area_risk", "se"]
GAP_COLUMNS = ["unit", "area_code", "group", "category", "against", "gap", "se"]

# With more categories, pairs are too many to read; ages one by one want bands.
MOST_PAIRED = 6


def _empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=columns)


@dataclass(frozen=True)
class GroupTables:
    """Cells and gaps of groups; `se` is the delta-method error of the coefficients alone.

    cells : CELL_COLUMNS; areas, and the country as area_code "".
    parents : CELL_COLUMNS; area_code is the code of the parent unit.
    gaps : GAP_COLUMNS; unit is "country", "parent" or "area"; gap is the risk of `category` less that of `against`.
    """

    cells: pd.DataFrame = field(default_factory=lambda: _empty(CELL_COLUMNS))
    parents: pd.DataFrame = field(default_factory=lambda: _empty(CELL_COLUMNS))
    gaps: pd.DataFrame = field(default_factory=lambda: _empty(GAP_COLUMNS))


def group_tables(
    sums: pd.DataFrame,
    group: str,
    model: SurveyModel,
    names: Sequence[str],
    cov: pd.DataFrame,
    parents: pd.Series | None = None,
    paired: bool = True,
) -> GroupTables:
    """Cells and gaps of one group.

    Parameters
    ----------
    sums : DataFrame
        One row per area and category: area_code, category ("" is not stated), children, scored, risk = Σ v p, and one
        column per name of `cov`: the derivative of the risk.
    names, cov
        Columns of derivatives and their covariance.
    parents : Series, optional
        Parent unit by area_code; areas without one are in the country only.
    paired : bool
        Whether gaps are wanted; never with more than 6 categories.
    """
    values = [*SUMS, *names]
    by_area = sums.groupby(["area_code", "category"], as_index=False)[values].sum()
    country = sums.groupby("category", as_index=False)[values].sum().assign(area_code="")
    tables = {"country": country, "area": by_area}
    if parents is not None:
        upper = sums["area_code"].map(parents)
        known = sums[upper.notna()].assign(area_code=upper.dropna().astype(str))
        tables["parent"] = known.groupby(["area_code", "category"], as_index=False)[values].sum()
    categories = [str(c) for c in country["category"] if c]
    cells: dict[str, pd.DataFrame] = {}
    gaps = []
    for unit, table in tables.items():
        risk, gradient = with_error(table, model, names, cov)
        cells[unit] = pd.concat([table[["area_code", "category", "children"]].assign(group=group), risk], axis=1)
        if paired and len(categories) <= MOST_PAIRED:
            gaps.append(_gaps(cells[unit], gradient, categories, cov).assign(unit=unit, group=group))
    return GroupTables(
        cells=pd.concat([cells["country"], cells["area"]], ignore_index=True)[CELL_COLUMNS],
        parents=cells["parent"][CELL_COLUMNS] if "parent" in cells else _empty(CELL_COLUMNS),
        gaps=pd.concat(gaps, ignore_index=True)[GAP_COLUMNS] if gaps else _empty(GAP_COLUMNS),
    )


def together(found: Sequence[GroupTables]) -> GroupTables:
    """The tables of several groups, one after the other."""

    def all_of(name: str) -> pd.DataFrame:
        tables = [table for table in (getattr(one, name) for one in found) if len(table)]
        return pd.concat(tables, ignore_index=True) if tables else getattr(GroupTables(), name)

    return GroupTables(all_of("cells"), all_of("parents"), all_of("gaps"))


def _gaps(cells: pd.DataFrame, gradient: pd.DataFrame, categories: list[str], cov: pd.DataFrame) -> pd.DataFrame:
    """Every pair of categories in every unit that has both: difference of risks, √(d'Vd) with d that of gradients."""
    rows = []
    g, v, risk = gradient.to_numpy(dtype=float), cov.to_numpy(dtype=float), cells["area_risk"].to_numpy(dtype=float)
    at = {c: pd.Series(np.flatnonzero(part), cells["area_code"][part]) for c in categories
          if (part := ((cells["category"] == c) & cells["area_risk"].notna()).to_numpy()).any()}  # fmt: skip
    for one, other in combinations(at, 2):
        both = pd.concat([at[one], at[other]], axis=1, join="inner")
        first, second = both[0].to_numpy(), both[1].to_numpy()
        d = g[first] - g[second]
        variance = np.einsum("ij,jk,ik->i", d, v, d, optimize=True)
        rows.append(
            pd.DataFrame(
                {
                    "area_code": both.index.to_numpy(),
                    "category": one,
                    "against": other,
                    "gap": risk[first] - risk[second],
                    "se": np.sqrt(np.maximum(variance, 0.0)),
                }
            )
        )
    return pd.concat(rows, ignore_index=True) if rows else _empty(["area_code", "category", "against", "gap", "se"])
