"""Put areas into levels.

Breaks are found on areas that have an estimate. An area without one gets no level: it is drawn as "no data", never as
low. Equal values share a level, and a value on a cut-off goes to the lower one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from riskmodel.areas.dalenius import dalenius_hodges_breaks
from riskmodel.areas.natural import best_cuts
from riskmodel.problems import Problem
from riskmodel.study_children import BINS

Floats = NDArray[np.float64]
BreakRule = Callable[[Floats, int], Floats]

# Sums of floats differ in their last digits with the order of the rows: values that agree to here are one value.
TIE_DECIMALS = 12


@dataclass(frozen=True)
class RiskClasses:
    """Levels of areas.

    breaks : (levels,) upper bounds in the unit of the values; level j holds breaks[j−1] < value <= breaks[j].
        Fewer than k where the values do not allow k.
    label : (n_areas,) Int8 1..k by area_code, <NA> without estimate.
    gvf : goodness of variance fit, 1 − squares within levels / squares in all; missing without values.
    notes : what was done on the way.
    """

    breaks: tuple[float, ...]
    label: pd.Series
    gvf: float
    notes: tuple[Problem, ...] = ()


def natural_breaks(values: ArrayLike, k: int) -> Floats:
    """Upper bounds of the k groups with the least squares within (Fisher–Jenks, exact); each is an observed value."""
    points, count = _distinct(values)
    return points[best_cuts(points, count, min(k, len(points)))]


def quantile_breaks(values: ArrayLike, k: int) -> Floats:
    """Upper bounds of k groups of equal size: quantiles by linear interpolation; groups that ties leave empty are dropped."""
    present = np.sort(np.asarray(values, dtype=float))
    cuts = np.quantile(present, np.arange(1, k + 1) / k)
    filled = np.diff(np.searchsorted(_tied(present), _tied(cuts), side="right"), prepend=0) > 0
    return cuts[filled]


def equal_width_breaks(values: ArrayLike, k: int) -> Floats:
    """Upper bounds of k groups of equal width between minimum and maximum; a group may be empty."""
    present = np.asarray(values, dtype=float)
    lowest, highest = present.min(), present.max()
    if _tied(lowest) == _tied(highest):
        return np.array([highest])
    breaks = lowest + (highest - lowest) * np.arange(1, k + 1) / k
    breaks[-1] = highest
    return breaks


def fixed_breaks(values: ArrayLike, cuts: Sequence[float]) -> Floats:
    """Upper bounds from k − 1 declared cut-offs; the last is the maximum, or the last cut-off where nothing exceeds it."""
    return np.array([*cuts, max(float(np.max(values)), cuts[-1])])


RULES: dict[str, BreakRule] = {
    "natural_breaks": natural_breaks,
    "quantile": quantile_breaks,
    "equal_width": equal_width_breaks,
}


def classify(values: pd.Series, rule: str, k: int, cuts: Sequence[float] = (), bins: int = BINS) -> RiskClasses:
    """Levels of all areas by one set of breaks.

    Parameters
    ----------
    values : Series, shape (n_areas,)
        By area_code, any unit; missing where there is no estimate.
    rule : "natural_breaks", "quantile", "equal_width", "dalenius_hodges" or "fixed"
    k : int
        Levels wanted.
    cuts : sequence of k − 1 rising cut-offs, for "fixed" only, in the unit of the values.
    bins : int
        In which "dalenius_hodges" counts the values.

    Returns
    -------
    RiskClasses
        With fewer levels than k, and a note, where there are fewer distinct values than k or ties leave a group empty.
        "fixed" and "equal_width" keep levels that no area is in.
    """
    present = values.dropna().to_numpy(dtype=float)
    if len(present) == 0:
        return RiskClasses((), assign(values, ()), float("nan"))
    if rule == "fixed":
        breaks = fixed_breaks(present, cuts)
    elif rule == "dalenius_hodges":
        breaks = dalenius_hodges_breaks(present, k, bins)
    else:
        breaks = RULES[rule](present, k)
    label = assign(values, breaks)
    note = Problem("levels_fewer", values={"count": len(breaks), "wanted": k}, severity="note")
    return RiskClasses(
        tuple(float(b) for b in breaks),
        label,
        goodness_of_fit(values, label),
        (note,) if len(breaks) < k else (),
    )


def classify_within(
    values: pd.Series, parent: pd.Series, rule: str, k: int, cuts: Sequence[float] = (), bins: int = BINS
) -> pd.Series:
    """Levels of areas against the others of their parent unit, (n_areas,) Int8 by area_code.

    See `classes_by_parent`. An area without parent has no level.
    """
    label = pd.Series(pd.NA, index=values.index, dtype="Int8")
    for classes in classes_by_parent(values, parent, rule, k, cuts, bins).values():
        label.loc[classes.label.index] = classes.label
    return label


def classes_by_parent(
    values: pd.Series, parent: pd.Series, rule: str, k: int, cuts: Sequence[float] = (), bins: int = BINS
) -> dict[str, RiskClasses]:
    """Classes of each parent unit by its code, breaks found inside the unit.

    A unit whose areas have fewer distinct values than k gets no levels: its only area would else be called low whatever
    its risk. Fixed cut-offs say the same everywhere, so there every unit has levels.
    """
    found: dict[str, RiskClasses] = {}
    for code, inside in values.groupby(parent.reindex(values.index), sort=True):
        distinct = len(np.unique(_tied(inside.dropna().to_numpy(dtype=float))))
        if rule != "fixed" and distinct < k:
            note = Problem("levels_parent_too_few", values={"parent": str(code), "wanted": k}, severity="note")
            found[str(code)] = RiskClasses((), assign(inside, ()), float("nan"), (note,))
        else:
            found[str(code)] = classify(inside, rule, k, cuts, bins)
    return found


def assign(values: pd.Series, breaks: ArrayLike) -> pd.Series:
    """Levels 1.. by upper bounds found earlier (another year, a scenario), Int8; above the last bound is the top level."""
    label = pd.Series(pd.NA, index=values.index, dtype="Int8")
    bounds = np.asarray(breaks, dtype=float)
    present = values.notna().to_numpy()
    if len(bounds) and present.any():
        label[present] = level_numbers(values[present].to_numpy(dtype=float), bounds)
    return label


def level_numbers(values: Floats, breaks: Floats) -> NDArray[np.int8]:
    """Levels 1..len(breaks) of an array of any shape without missing values."""
    position = np.searchsorted(_tied(breaks), _tied(values), side="left")
    return (np.minimum(position, len(breaks) - 1) + 1).astype(np.int8)


def goodness_of_fit(values: pd.Series, label: pd.Series) -> float:
    """Share of the squares around the mean that the levels take up, 0–1; 1 where all values are equal."""
    present = values[label.notna()].astype(float)
    total = float(((present - present.mean()) ** 2).sum())
    if total == 0:
        return 1.0
    within = present - present.groupby(label[label.notna()]).transform("mean")
    return 1.0 - float((within**2).sum()) / total


def printed_ranges(
    values: pd.Series, label: pd.Series, decimals: int = 1, scale: float = 100
) -> list[tuple[float, float]]:
    """Ranges of the levels as published sheets print them: observed, rounded, not overlapping.

    Each level that has areas, from the lowest, gives (lower, upper): its observed minimum and maximum times `scale`,
    rounded half up. Where a lower end would repeat or fall under the upper end of the level below, it is printed one
    unit of the last decimal above that end (…–17.1, 17.2–…); a level too narrow for this is printed as one number.
    """
    unit = Decimal(1).scaleb(-decimals)
    ranges: list[tuple[float, float]] = []
    floor: Decimal | None = None
    for _, inside in values[label.notna()].astype(float).groupby(label[label.notna()], sort=True):
        lower, upper = (_half_up(end * scale, unit) for end in (inside.min(), inside.max()))
        if floor is not None and lower <= floor:
            lower = floor + unit
        upper = max(lower, upper)
        ranges.append((float(lower), float(upper)))
        floor = upper
    return ranges


def _half_up(value: float, unit: Decimal) -> Decimal:
    """Rounded as people round; the float is first freed of its last digits (17.150000000000002 is 17.15)."""
    return Decimal(repr(round(float(value), 9))).quantize(unit, rounding=ROUND_HALF_UP)


def _distinct(values: ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
    """Distinct values and how often each occurs; of values that tie, the largest stands for all."""
    ordered = np.sort(np.asarray(values, dtype=float))
    _, first, count = np.unique(_tied(ordered), return_index=True, return_counts=True)
    return ordered[first + count - 1], count


def _tied(values: ArrayLike) -> Floats:
    return np.round(np.asarray(values, dtype=float), TIE_DECIMALS)
