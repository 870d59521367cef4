"""Count the children of each area by their combination of determinants, for what sets an area apart.

Only scored children count. A number with more than 40 values is cut at its quantiles and stands as the mean of its bin.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from riskmodel.population.engine import Engine
from riskmodel.population.scoring import exact_sum
from riskmodel.population.term_columns import determinant_column
from riskmodel.survey.terms import Terms

# Bins of a number; fewer are tried when areas and combinations together would fill the memory.
BINS = (40, 10, 4)
MOST_ROWS = 3_000_000


def count_profiles(
    engine: Engine, scored: ir.Table, terms: Terms, size: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distinct combinations of determinants, and how many children of each area have them.

    Returns
    -------
    profiles : DataFrame
        profile (0..) and one column per determinant: a category, or a number.
    area_profiles : DataFrame
        area_code, profile, weight (Σ v), sorted; the weights of an area add up to its scored children.
    """
    present = scored.filter(scored.person_risk.notnull())
    names = [determinant_column(i) for i in range(len(terms.determinants))]
    for bins in BINS:
        binned, values = _binned(present, terms, size, bins)
        counted = binned.group_by(["area_code", *names]).agg(weight=exact_sum(binned.weight / float(size["weight"])))
        stored = engine.store(counted.mutate(weight=counted.weight.cast("float64")))
        if int(stored.count().to_pandas()) <= MOST_ROWS or not values:
            break
    table = stored.to_pandas().sort_values(["area_code", *names], ignore_index=True)
    table["weight"] = (table["weight"] * float(size["weight"])).round(6)
    profile = table.groupby(names, sort=True).ngroup() if names else pd.Series(0, index=table.index)
    distinct = table.assign(profile=profile).drop_duplicates("profile").sort_values("profile")
    profiles = pd.DataFrame({"profile": distinct["profile"].to_numpy()})
    for i, name in enumerate(terms.determinants):
        known = values[names[i]] if terms.is_numeric(name) else np.array(terms.categories[name], dtype=object)
        profiles[name] = known[distinct[names[i]].to_numpy(dtype=int)]
    # The rows are sorted by area and combination, so by area and profile.
    return profiles, table[["area_code", "weight"]].assign(profile=profile)[["area_code", "profile", "weight"]]


def _binned(present: ir.Table, terms: Terms, size: pd.Series, bins: int) -> tuple[ir.Table, dict[str, np.ndarray]]:
    """Rows whose numbers are replaced by the position of their bin, and the value of each bin by column."""
    values: dict[str, np.ndarray] = {}
    for i, name in enumerate(terms.determinants):
        column = determinant_column(i)
        if not terms.is_numeric(name):
            continue
        number = present[column]
        distinct = present.select(column).distinct().order_by(column).limit(bins + 1).to_pandas()[column].to_numpy()
        if len(distinct) <= bins:
            values[column] = distinct
            cuts = list(distinct[:-1])
        else:
            at = [k / bins for k in range(1, bins)]
            cuts = sorted(set(present.agg(q=number.quantile(at)).to_pandas()["q"].iloc[0]))
        position = sum(((number > float(cut)).cast("int16") for cut in cuts), ibis.literal(0, "int16"))
        if column not in values:
            values[column] = _bin_means(present, column, position, size, len(cuts) + 1)
        present = present.mutate(**{column: position})
    return present, values


def _bin_means(present: ir.Table, column: str, position: ir.Value, size: pd.Series, n_bins: int) -> np.ndarray:
    """Weighted mean of the numbers in each bin; NaN in an empty one."""
    weight = present.weight / float(size["weight"])
    found = present.group_by(bin=position).agg(
        total=exact_sum(weight * (present[column] / float(size[column]))), weight=exact_sum(weight)
    )
    table = found.mutate(total=found.total.cast("float64"), weight=found.weight.cast("float64")).to_pandas()
    means = np.full(n_bins, np.nan)
    means[table["bin"].to_numpy(dtype=int)] = table["total"] / table["weight"] * float(size[column])
    return means
