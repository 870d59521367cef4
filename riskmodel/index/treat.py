"""Treat indicators whose few extreme areas would stretch the scale for all the others.

Only an indicator with |skewness| > 2 and kurtosis > 3.5 is treated, and what was done to it is recorded.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import kurtosis, skew

from riskmodel.study_index import Treatment

# An indicator is treated when both are exceeded; kurtosis is the excess over the normal.
SKEWNESS, KURTOSIS = 2.0, 3.5

# At most this share of the areas is pulled in; an indicator that needs more is log-transformed instead.
MOST_PULLED = 0.05

# What is added before the logarithm is taken, as a share of the range.
ADDED = 0.01

RECORD_COLUMNS = [
    "indicator", "treatment", "pulled", "lower", "upper", "side", "start", "add",
    "skewness", "kurtosis", "skewness_after", "kurtosis_after",
]  # fmt: skip


@dataclass(frozen=True)
class Treated:
    """The country's indicators after treatment.

    values : (n_areas, n_indicators), missing where missing.
    record : one row per indicator: indicator, treatment ("none", "winsorise", "log"), pulled (number of values moved),
        lower and upper (bounds of a winsorised indicator), side, start and add (of side · log(side · x − start + add)),
        skewness and kurtosis before and after.
    """

    values: pd.DataFrame
    record: pd.DataFrame

    def apply(self, values: pd.DataFrame) -> pd.DataFrame:
        """The same treatment of other values of the same indicators, such as those that were filled in."""
        done = self.record.set_index("indicator")
        rows = dict(zip(done.index, done.to_dict("records"), strict=True))
        return pd.DataFrame({name: _applied(values[name], rows[name]) for name in values.columns}, values.index)


def treat(values: pd.DataFrame, treatment: Treatment) -> Treated:
    """Treat every indicator that needs it.

    "winsorise": the most extreme values on the side of the tail take the value of the next one, one after the other, until
    the indicator is inside either bound; where that would take more than 5 % of the areas, logarithms are taken.
    "log": log(x − lowest + 1 % of the range); for a tail to the left the same of −x, turned back.

    Parameters
    ----------
    values : DataFrame, (n_areas, n_indicators)
        Missing where missing.

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, step 3.
    Becker et al. (2022), Journal of Open Source Software 7, 4567 (COINr).
    """
    rows = []
    for name in values.columns:
        column = values[name]
        row: dict[Hashable, Any] = {
            "indicator": str(name),
            "treatment": "none",
            "pulled": 0,
            "side": 1.0,
            "add": np.nan,
            "start": np.nan,
        }
        row |= {"lower": np.nan, "upper": np.nan}
        before = shape(column)
        if treatment != "none" and not inside(before):
            row |= (_winsorised(column) if treatment == "winsorise" else None) or _logarithm(column)
        after = shape(_applied(column, row))
        row |= {"skewness": before[0], "kurtosis": before[1], "skewness_after": after[0], "kurtosis_after": after[1]}
        rows.append(row)
    record = pd.DataFrame(rows, columns=RECORD_COLUMNS)
    return Treated(Treated(values, record).apply(values), record)


def inside(of: tuple[float, float]) -> bool:
    """Whether an indicator of this skewness and kurtosis needs no treatment."""
    return abs(of[0]) <= SKEWNESS or of[1] <= KURTOSIS


def shape(column: pd.Series) -> tuple[float, float]:
    """Skewness and excess kurtosis of a sample (bias corrected); zero where all values are equal."""
    present = column.dropna().to_numpy(float)
    if len(present) < 4 or np.ptp(present) == 0:
        return 0.0, 0.0
    return float(skew(present, bias=False)), float(kurtosis(present, bias=False))


def _applied(column: pd.Series, row: Mapping[Hashable, Any]) -> pd.Series:
    if row["treatment"] == "winsorise":
        return column.clip(lower=row["lower"], upper=row["upper"])
    if row["treatment"] == "log":
        side = row["side"]
        return side * np.log((side * column - row["start"]).clip(lower=0) + row["add"])
    return column


def _logarithm(column: pd.Series) -> dict[Hashable, Any]:
    side = 1.0 if shape(column)[0] >= 0 else -1.0
    turned = (side * column).dropna()
    return {
        "treatment": "log",
        "side": side,
        "start": float(turned.min()),
        "add": ADDED * float(turned.max() - turned.min()),
    }


def _winsorised(column: pd.Series) -> dict[Hashable, Any] | None:
    """Bounds that leave as many values as they can untouched; None where too many, or all, would have to be moved."""
    ordered = np.sort(column.dropna().to_numpy(float))
    high = shape(column)[0] > 0
    for pulled in range(1, int(MOST_PULLED * len(ordered)) + 1):
        lower = ordered[0] if high else ordered[pulled]
        upper = ordered[-pulled - 1] if high else ordered[-1]
        if lower == upper:  # nothing would be left to tell areas apart
            return None
        if inside(shape(pd.Series(np.clip(ordered, lower, upper)))):
            return {"treatment": "winsorise", "pulled": pulled, "lower": float(lower), "upper": float(upper)}
    return None
