"""Count the children of each area by their combination of determinants, for what sets an area apart.

Only scored children count. A number with more than 40 values is cut at its quantiles and stands as the mean of its bin.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from riskmodel.population.scoring import children_sum, exact_sum
from riskmodel.population.term_columns import determinant_column
from riskmodel.survey.terms import Terms

# Bins of a number; fewer are tried when areas and combinations together would fill the memory.
BINS = (40, 10, 4)
MOST_ROWS = 3_000_000
# Combinations are marked in an array up to here, and sorted above.
MOST_MARKED = 50_000_000
# With so many areas a sixteenth of them tells how many pairs there are.
MANY_AREAS = 320

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]


def count_profiles(scored: ir.Table, terms: Terms, size: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distinct combinations of determinants, and how many children of each area have them.

    Returns
    -------
    profiles : DataFrame
        profile (0..) and one column per determinant: a category, or a number.
    area_profiles : DataFrame
        area_code, profile, weight (Σ v), sorted; the weights of an area add up to its scored children.
    """
    present = scored.filter(_scorable(scored, terms))
    names = [determinant_column(i) for i in range(len(terms.determinants))]
    codes = present.select("area_code").distinct().order_by("area_code").to_pandas()["area_code"]
    for bins in BINS:
        binned, values = _binned(present, terms, size, bins)
        radix = [
            len(codes),
            *(len(values[n]) if n in values else len(terms.categories[d])
              for n, d in zip(names, terms.determinants, strict=True)),
        ]  # fmt: skip
        fits = _one_number(radix)
        if not values or bins == BINS[-1] or (fits and _how_many(binned, names, radix, codes) <= MOST_ROWS):
            break
    place = ibis.memtable(pd.DataFrame({"of_code": codes.astype(str), "place": np.arange(len(codes))}))
    joined = binned.join(place, binned.area_code == place.of_code)
    count = _by_number if fits else _by_columns
    area, profile, digits, weight = count(joined, names, radix, size)
    profiles = pd.DataFrame({"profile": np.arange(digits.shape[1] if names else 1)})
    for i, name in enumerate(terms.determinants):
        known = values[names[i]] if terms.is_numeric(name) else np.array(terms.categories[name], dtype=object)
        profiles[name] = known[digits[i]]
    columns = {
        "area_code": pd.Categorical.from_codes(area, categories=codes.astype(str)),
        "profile": profile,
        "weight": weight.round(6),
    }
    return profiles, pd.DataFrame(columns)


def _scorable(scored: ir.Table, terms: Terms) -> ir.BooleanValue:
    """Children with a known value of every determinant: those that have a risk."""
    known: ir.BooleanValue = ibis.literal(True)
    for i, name in enumerate(terms.determinants):
        column = scored[determinant_column(i)]
        known = known & (column.notnull() if terms.is_numeric(name) else column < len(terms.categories[name]))
    return known.fill_null(False)


def _by_number(
    joined: ir.Table, names: list[str], radix: list[int], size: pd.Series
) -> tuple[Ints, Ints, Ints, Floats]:
    """Area, profile and weight of each pair, sorted, and the digits of the profiles: pairs counted as single numbers."""
    coded = joined.select(pair=_number(joined, ["place", *names], radix), weight=joined.weight)
    counted = coded.group_by("pair").agg(weight=children_sum(coded.weight, size)).order_by("pair").to_pandas()
    pair, weight = counted["pair"].to_numpy(np.int64, copy=True), counted["weight"].to_numpy(float)
    del counted
    combinations = int(np.prod(np.array(radix[1:], dtype=np.int64)))
    area = (pair // combinations).astype(np.int32)
    pair %= combinations  # in place: there may be millions
    if combinations <= MOST_MARKED:
        seen = np.zeros(combinations, dtype=bool)
        seen[pair] = True
        known, profile = np.flatnonzero(seen), (np.cumsum(seen, dtype=np.int32) - 1)[pair]
    else:
        known, profile = np.unique(pair, return_inverse=True)
    digits = np.array(np.unravel_index(known, radix[1:])) if names else np.zeros((0, 1), dtype=np.int64)
    return area, profile.astype(np.int32), digits, weight


def _by_columns(
    joined: ir.Table, names: list[str], radix: list[int], size: pd.Series
) -> tuple[Ints, Ints, Ints, Floats]:
    """The same where a pair is no single number that 64 bits hold."""
    counted = joined.group_by(["place", *names]).agg(weight=children_sum(joined.weight, size)).to_pandas()
    profile = counted.groupby(names, sort=True).ngroup().to_numpy(np.int64)
    digits = counted.drop_duplicates(names).sort_values(names)[names].to_numpy(dtype=np.int64).T
    area, weight = counted["place"].to_numpy(np.int64), counted["weight"].to_numpy(float)
    order = np.lexsort((profile, area))
    return area[order], profile[order], digits, weight[order]


def _one_number(radix: list[int]) -> bool:
    """Whether every pair has a number of its own that 64 bits hold."""
    return float(np.prod(np.array(radix, dtype=float))) < 2**62


def _number(rows: ir.Table, names: list[str], radix: list[int]) -> ir.Value:
    """The columns as the digits of one number, the first the highest."""
    number: ir.Value = ibis.literal(0, "int64")
    for name, base in zip(names, radix, strict=True):
        number = (number * base + rows[name].cast("int64")).cast("int64")
    return number


def _how_many(binned: ir.Table, names: list[str], radix: list[int], codes: pd.Series) -> int:
    """About how many pairs of area and combination there are, from every 16th area where areas are many."""
    part = codes.iloc[::16] if len(codes) >= MANY_AREAS else codes
    inside = binned.filter(binned.area_code.isin(part.tolist())) if len(part) < len(codes) else binned
    pair = inside.area_code.hash() ^ (_number(inside, names, radix[1:]) + 1_000_003).hash()
    return int(inside.agg(n=pair.approx_nunique()).to_pandas()["n"].iloc[0] * len(codes) / len(part))


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
