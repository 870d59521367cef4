"""Count the children of each area by their combination of determinants, for what sets an area apart.

Only scored children count. A number with more than 40 values is cut at its quantiles and stands as the mean of its bin.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from riskmodel.population.scoring import exact_sum
from riskmodel.population.term_columns import determinant_column
from riskmodel.survey.terms import Terms

# Bins of a number; fewer are tried when areas and combinations together would fill the memory.
BINS = (40, 10, 4)
MOST_ROWS = 3_000_000


def count_profiles(scored: ir.Table, terms: Terms, size: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
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
        radix = [
            len(values[n]) if n in values else len(terms.categories[d])
            for n, d in zip(names, terms.determinants, strict=True)
        ]
        coded = binned.mutate(combination=_combination(binned, names, radix))
        if not values or bins == BINS[-1] or (_one_number(radix) and _how_many(coded) <= MOST_ROWS):
            break
    kept = [] if _one_number(radix) else names
    counted = coded.group_by(["area_code", "combination", *kept]).agg(
        weight=exact_sum(coded.weight / float(size["weight"]))
    )
    table = counted.mutate(weight=counted.weight.cast("float64")).to_pandas()
    area, codes = pd.factorize(table["area_code"], sort=True)
    if kept:
        combination = table.groupby(names, sort=True).ngroup().to_numpy()
        known_codes, profile = np.unique(combination, return_inverse=True)
        digits = table.drop_duplicates(names).sort_values(names)[names].to_numpy(dtype=np.int64).T
    else:
        known_codes, profile = np.unique(table["combination"].to_numpy(dtype=np.int64), return_inverse=True)
        digits = np.array(np.unravel_index(known_codes, radix)) if names else np.zeros((0, 1), dtype=np.int64)
    order = np.argsort(area * np.int64(len(known_codes)) + profile)
    profiles = pd.DataFrame({"profile": np.arange(len(known_codes))})
    for i, name in enumerate(terms.determinants):
        known = values[names[i]] if terms.is_numeric(name) else np.array(terms.categories[name], dtype=object)
        profiles[name] = known[digits[i]]
    weight = (table["weight"].to_numpy(dtype=float) * float(size["weight"])).round(6)
    columns = {
        "area_code": pd.Series(codes).take(area[order]).array,
        "profile": profile[order],
        "weight": weight[order],
    }
    return profiles, pd.DataFrame(columns)


def _one_number(radix: list[int]) -> bool:
    """Whether every combination has a number of its own that 64 bits hold."""
    return float(np.prod(np.array(radix, dtype=float))) < 2**62


def _combination(rows: ir.Table, names: list[str], radix: list[int]) -> ir.Value:
    """The determinants as the digits of one number, the first the highest; 0 where 64 bits would not hold it."""
    number: ir.Value = ibis.literal(0, "int64")
    if _one_number(radix):
        for name, base in zip(names, radix, strict=True):
            number = number * base + rows[name].cast("int64")
    return number


def _how_many(coded: ir.Table) -> int:
    """About how many pairs of area and combination there are."""
    pair = coded.area_code.hash() ^ (coded.combination + 1_000_003).hash()
    return int(coded.agg(n=pair.approx_nunique()).to_pandas()["n"].iloc[0])


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
