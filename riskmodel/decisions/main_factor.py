"""The determinant that raises each area most above the country.

An area in which nothing raises the value has none: it is not below average by mistake, it has no main factor.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.decisions.contributions import OTHER_PARTS


def main_factors(contributions: pd.DataFrame) -> pd.Series:
    """Name of the determinant with the largest positive contribution, by area_code; areas without one are left out.

    contributions : DataFrame with results.CONTRIBUTION_COLUMNS
        The shift to the survey's own figures is no determinant and is passed over. Ties go to the row that comes first.
    """
    raising = contributions[(contributions["role"] == "risk") & ~contributions["determinant"].isin(OTHER_PARTS)]
    if raising.empty:
        return pd.Series(dtype="string", name="determinant")
    first = raising.groupby("area_code", sort=True)["contribution"].idxmax()
    return pd.Series(raising.loc[first, "determinant"].to_numpy(), first.index, dtype="string", name="determinant")
