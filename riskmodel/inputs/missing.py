"""Give children for whom a determinant is missing a category of their own, where dropping them would lose many.

Only categories can have it: a number that is missing stays missing, and its rows are left out with a warning.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.problems import MISSING_CATEGORY, Problem, Where
from riskmodel.study import Determinant

# Above this share of missing, dropping the rows may change the picture.
MISSING_SHARE = 0.05


def with_missing(
    values: pd.Series, outcome: pd.Series, in_domain: pd.Series, determinant: Determinant, where: Where
) -> tuple[pd.Series, list[Problem]]:
    """A determinant of the survey, with `MISSING_CATEGORY` in place of missing values where its rule says so.

    Parameters
    ----------
    values, outcome, in_domain : Series with the same index
        `values` as the rule of the survey gives them; only children in the age range with an outcome are counted.

    Returns
    -------
    Series
        As `values`. With `missing = "category"`, and with "auto" above 5 %, missing values have their category.
    list of Problem
        A note where the category was made; a warning where more than 5 % stay missing: because it is a number, because
        the study says "drop", or because all or none of them are in child labour, so that no risk could be estimated.
    """
    used = in_domain & outcome.notna()
    absent = values.isna() & used
    count, share = int(absent.sum()), float(absent.sum() / used.sum()) if used.any() else 0.0
    told = {"name": determinant.name, "count": count, "percent": round(100 * share, 2)}
    asked = determinant.missing == "category" or (determinant.missing == "auto" and share > MISSING_SHARE)
    if count and determinant.kind == "categorical" and asked and values[used].notna().any():
        if determinant.missing == "category" or outcome[absent].nunique() == 2:
            note = Problem("determinant_missing_category", where, told, "note")
            return values.fillna(MISSING_CATEGORY), [note]
        return values, [Problem("determinant_missing_one_outcome", where, told, "warning")]
    if share <= MISSING_SHARE:
        return values, []
    code = "determinant_missing_number" if determinant.kind == "numeric" else "determinant_missing"
    return values, [Problem(code, where, told, "warning")]
