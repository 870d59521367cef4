"""Sums of the scored rows for areas and groups, from one pass over the rows where that is possible.

Every group is made of columns; where all their combinations are few, one pass by all of them at once holds what every
group needs, and single groups are added up from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from riskmodel.population.group_columns import GroupColumn
from riskmodel.population.scoring import SUMS, totals
from riskmodel.survey.terms import Terms

# With more combinations of groups in an area than this, each group has a pass of its own.
MOST_TOGETHER = 64


@dataclass(frozen=True)
class Cells:
    """What `totals` gives, by area and any of some columns.

    together : the sums by area and all of `columns`; None where these have too many combinations.
    """

    scored: ir.Table
    terms: Terms
    size: pd.Series
    columns: tuple[str, ...]
    together: pd.DataFrame | None

    @classmethod
    def of(cls, scored: ir.Table, groups: Mapping[str, Sequence[GroupColumn]], terms: Terms, size: pd.Series) -> Cells:
        """The columns of all groups together, if they can be."""
        columns = tuple(dict.fromkeys(c.name for parts in groups.values() for c in parts))
        many = 1
        if columns:
            counts = scored.agg(**{f"n_{i}": scored[name].nunique() for i, name in enumerate(columns)}).to_pandas()
            for count in counts.iloc[0]:
                many *= int(count) + 1  # and not stated
        fits = many <= MOST_TOGETHER
        made = totals(scored, ["area_code", *columns], terms, size) if fits else None
        return cls(scored, terms, size, columns, made)

    def by(self, columns: Sequence[str]) -> pd.DataFrame:
        """Sums by area and these columns, sorted by them, as `totals` gives them."""
        keys = ["area_code", *columns]
        if self.together is None:
            return totals(self.scored, keys, self.terms, self.size)
        if tuple(columns) == self.columns:
            return self.together.copy()
        values = [*SUMS, *self.terms.names]
        sums = self.together.groupby(keys, as_index=False, dropna=False, sort=True)[values].sum()
        sums[["children", "scored"]] = sums[["children", "scored"]].round(6)
        return sums
