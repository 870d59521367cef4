"""Sums over raked combinations: risk, gradient and groups of areas, without ever holding all areas at once.

Areas by combinations may be tens of millions of cells, so they are made again block by block from their factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from riskmodel.population.groups import GroupTables, group_tables, together
from riskmodel.population.prediction import Prediction
from riskmodel.population.raking import Floats, Ints, Raking
from riskmodel.population.scoring import with_error
from riskmodel.problems import MISSING_CATEGORY
from riskmodel.survey.logit import SurveyModel


@dataclass(frozen=True)
class RakedProfiles:
    """How many children of each area have each combination of determinants; combination k is profile k."""

    areas: pd.Index  # (A,) codes
    scored: Floats  # (A,) children that have a risk; areas with none have no rows
    raking: Raking

    def totals(self) -> pd.Series:
        """Children of the country by profile."""
        out = np.zeros(len(self.raking.log_seed))
        for part, share in self.raking.blocks():
            out += (self.scored[part, None] * share).sum(axis=0)
        return pd.Series(out, index=pd.RangeIndex(len(out), name="profile"), name="weight")

    def means(self, values: pd.DataFrame) -> pd.DataFrame:
        """Means of `values` (indexed by profile) over the scored children of each area, by area_code."""
        aligned = csr_array(values.sort_index().to_numpy(dtype=float).T)  # its product has one order of sums
        out = np.empty((len(self.areas), aligned.shape[0]))
        for part, share in self.raking.blocks():
            out[part] = (aligned @ share.T).T
        known = self.scored > 0
        return pd.DataFrame(out[known], pd.Index(self.areas[known], name="area_code"), values.columns)

    def frame(self) -> pd.DataFrame:
        """All cells above zero as area_code, profile, weight; large."""
        parts = []
        for part, share in self.raking.blocks():
            weight = share * self.scored[part, None]
            area, profile = np.nonzero(weight)
            codes = self.areas[part][area]
            parts.append(pd.DataFrame({"area_code": codes, "profile": profile, "weight": weight[area, profile]}))
        return pd.concat(parts, ignore_index=True)


def add_up(
    raked: RakedProfiles, children: Floats, profiles: pd.DataFrame, model: SurveyModel
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, float], pd.Series]:
    """Areas, gradient, country and its gradient, as `PopulationScores` has them."""
    values = _values(profiles, model)
    sums = raked.means(pd.DataFrame(values, columns=["risk", *model.terms.names])).reindex(raked.areas)
    sums = sums.mul(raked.scored, axis=0).fillna(0.0)
    return with_country(sums, raked, children, model)


def with_country(
    sums: pd.DataFrame, raked: RakedProfiles, children: Floats, model: SurveyModel, shifted: Prediction | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, float], pd.Series]:
    """Areas and country with their errors from sums by area: `risk` and one column per term, in the order of `raked`."""
    sums = sums.copy()
    sums.insert(0, "scored", raked.scored)
    sums.insert(0, "children", children)
    sums = sums.rename_axis("area_code").reset_index()
    sums = shifted.linearise(sums) if shifted else sums
    country = sums[["children", "scored", "risk", *model.terms.names]].sum().to_frame().T
    risk, gradient = with_error(sums, model)
    areas = pd.concat([sums[["area_code", "children", "scored"]], risk], axis=1)
    areas["unscored_share"] = 1 - areas["scored"] / areas["children"].where(areas["children"] > 0)
    national, national_gradient = with_error(country, model)
    found = {
        "children": float(country["children"].iloc[0]),
        "scored": float(country["scored"].iloc[0]),
        "area_risk": float(national["area_risk"].iloc[0]),
        "se": float(national["se"].iloc[0]),
    }
    by_area = gradient.set_index(areas["area_code"])
    return areas, by_area, found, national_gradient.iloc[0].rename("gradient")


@dataclass(frozen=True)
class Group:
    """A determinant to report by: the category of each combination, a position in `labels`, and the counted children.

    `labels` are the categories of the combinations, then those the model does not have, and "" (not stated) last. Two
    determinants crossed have no counts: their children are those of the raked combinations.
    """

    name: str
    code: Ints  # (K,)
    labels: list[object]
    counts: Floats | None = None  # (A, labels)


def groups_of(
    raked: RakedProfiles,
    groups: Sequence[Group],
    profiles: pd.DataFrame,
    model: SurveyModel,
    parents: pd.Series | None = None,
) -> GroupTables:
    """Risk of every category of the groups and their gaps, for the country, its parent units and each area."""
    columns = ["scored", "risk", *model.terms.names]
    values = np.column_stack([np.ones(len(profiles)), _values(profiles, model)])
    known = [int(group.code.max(initial=-1)) + 1 for group in groups]
    # One column per group, category and value: the blocks are made once for all of them.
    inside = [group.code == c for group, n in zip(groups, known, strict=True) for c in range(n)]
    wide = np.hstack([one[:, None] * values for one in inside]) if inside else np.empty((len(profiles), 0))
    selected = csr_array(wide.T)  # a combination has one category of a group, so most are zero
    sums = np.zeros((len(raked.areas), wide.shape[1]))
    for part, share in raked.raking.blocks():
        sums[part] = raked.scored[part, None] * (selected @ share.T).T
    parts, start = [], 0
    for group, n in zip(groups, known, strict=True):
        own = sums[:, start * len(columns) : (start + n) * len(columns)].reshape(len(sums), n, len(columns))
        table = group_sums(raked.areas, group, own, columns)
        crossed = group.counts is None
        parts.append(group_tables(table, group.name, model, model.terms.names, model.cov, parents, paired=not crossed))
        start += n
    return together(parts)


def group_sums(areas: pd.Index, group: Group, sums: Floats, columns: list[str]) -> pd.DataFrame:
    """One row per area and category with children, from the sums of one group, (A, categories, columns)."""
    parts = []
    for position, label in enumerate(group.labels):
        scored = sums[:, position] if position < sums.shape[1] else np.zeros((len(areas), len(columns)))
        table = pd.DataFrame(scored, columns=columns)
        table.insert(0, "children", scored[:, 0] if group.counts is None else group.counts[:, position])
        name = f"{label:g}" if isinstance(label, float) else str(label)
        table.insert(0, "category", "" if name == MISSING_CATEGORY else name)
        table.insert(0, "area_code", areas.to_numpy())
        parts.append(table[table["children"] > 0])
    return pd.concat(parts, ignore_index=True).sort_values(["area_code", "category"], ignore_index=True)


def _values(profiles: pd.DataFrame, model: SurveyModel) -> Floats:
    """p and p (1 − p) x of each profile, (K, 1 + terms)."""
    x = model.terms.matrix(profiles)
    p = 1 / (1 + np.exp(-(x @ model.coef.to_numpy())))
    return np.column_stack([p, (p * (1 - p))[:, None] * x])
