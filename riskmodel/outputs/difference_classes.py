"""Five classes of a difference between results and a measured rate, for maps: far below, below, about the same, above, far above.

Limits fit the country, so that a map says something in each; they stand in the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.i18n import Translator

# Places of 100 for an index, which has no unit.
PLACES = (10.0, 25.0)


@dataclass(frozen=True)
class Classes:
    """Classes 1 (results far below the measure) to 5 (far above), by area_code; limits in points or places of 100."""

    marks: pd.Series
    near: float
    far: float


def difference_classes(rows: pd.DataFrame, risk: bool) -> Classes:
    """Classes of the difference (risk) or of the difference in place (index).

    rows : `results.VALIDATION_COLUMNS`.
    Risk: limits are round numbers near the median and the 85th percentile of the absolute differences. Place: `PLACES`.
    """
    value = rows.set_index("area_code")["difference" if risk else "rank_difference"] * 100
    near, far = _limits(value.abs()) if risk else PLACES
    marks = pd.Series(np.digitize(value, [-far, -near, near, far]) + 1, value.index)
    return Classes(marks.astype("Int8"), near, far)


def class_words(found: Classes, risk: bool, t: Translator) -> list[str]:
    """The classes in words, lowest first."""
    near, far = t.number(found.near, 1 if found.near < 1 else 0), t.number(found.far, 0)
    if risk:
        return [
            t("lower by more than {far} points", far=far),
            t("lower by {near} to {far} points", near=near, far=far),
            t("between −{near} and +{near} points", near=near),
            t("higher by {near} to {far} points", near=near, far=far),
            t("higher by more than {far} points", far=far),
        ]
    return [
        t("lower by more than {far} places", far=far),
        t("lower by {near} to {far} places", near=near, far=far),
        t("between −{near} and +{near} places", near=near),
        t("higher by {near} to {far} places", near=near, far=far),
        t("higher by more than {far} places", far=far),
    ]


def within_error(rows: pd.DataFrame) -> frozenset[str]:
    """Areas whose interval holds the measured rate, with the chance in that rate where it is known."""
    held = rows["inside_with_error"].astype("boolean").fillna(rows["inside"].astype("boolean")).fillna(False)
    return frozenset(rows.loc[held.astype(bool), "area_code"].astype(str))


def _limits(size: pd.Series) -> tuple[float, float]:
    near = _round(float(size.quantile(0.5)))
    far = _round(float(size.quantile(0.85)))
    return near, far if far > near else 2 * near


def _round(value: float) -> float:
    """The nearest of 0.5, 1, 2, 3, 5, 10, 15, 20."""
    steps = np.array([0.5, 1, 2, 3, 5, 10, 15, 20])
    return float(steps[np.argmin(np.abs(np.log(steps / max(value, 0.1))))])
