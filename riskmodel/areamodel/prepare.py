"""Make covariates of the indicators: complete, standardised, none a combination of the others.

What is filled, left out or not chosen is told; an indicator never disappears silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.linalg import qr

from riskmodel.index.availability import fill
from riskmodel.problems import Problem, Where
from riskmodel.study import Indicator

# A column of which less than this is left when the others are taken out says nothing of its own.
OWN_PART = 1e-3

# From this correlation of ranks on, and with so many areas, a declared direction is doubted.
CLEAR, LEAST_TO_COMPARE = 0.2, 30


# Above this variance inflation factor an indicator is told to say nearly the same as the others together.
MOST_INFLATION = 10.0


@dataclass(frozen=True)
class Covariates:
    """Covariates of the areas that can be estimated.

    x : (n, p) by area_code: (value − mean) / sd over those areas, population sd.
    mean, sd : (p,) in the units of the indicators.
    imputed : (n,) bool by area_code: an indicator was filled with a median.
    lacking : area codes with too few indicators.
    collinear : indicators left out because others say the same, or because they do not vary where there is a direct rate.
    against : indicators that go with the direct rate the other way than their declared direction.
    """

    x: pd.DataFrame
    mean: pd.Series
    sd: pd.Series
    imputed: pd.Series
    lacking: tuple[str, ...]
    collinear: tuple[str, ...]
    against: tuple[str, ...]
    problems: tuple[Problem, ...]


def covariates(names: pd.DataFrame, indicators: Sequence[Indicator]) -> Covariates:
    """Covariates from the table of areas.

    An area that lacks more than 30 % of a dimension's indicators is left out; in the others a missing value takes the
    median of the parent unit. Collinear columns are found by a pivoted QR decomposition over the areas with a direct
    rate, which takes at every step the column with most of its own variance left.
    """
    used = [i.name for i in indicators]
    table = names.set_index("area_code")
    filled = fill(table[used].astype(float), indicators, table["parent_code"])
    complete = filled.values
    mean, sd = complete.mean(), complete.std(ddof=0)
    x = (complete - mean) / sd.where(sd > 0, 1.0)
    direct = table.loc[x.index, "direct"]
    inside = x[direct.notna() & table.loc[x.index, "direct_n"].notna()]
    kept = _independent(inside - inside.mean())
    collinear = tuple(n for n in used if n not in kept)
    against = _against(inside, direct[inside.index], indicators)
    problems: list[Problem] = []
    where = Where(key="indicator")
    if collinear:
        values_of = {"count": len(collinear), "names": ", ".join(collinear)}
        problems.append(Problem("area_model_collinear", where, values_of, "warning"))
    if filled.lacking:
        problems.append(Problem("area_model_areas_lacking", where, {"count": len(filled.lacking)}, "warning"))
    lost = int(filled.imputed.any(axis=1).sum())
    if lost:
        problems.append(Problem("area_model_imputed", where, {"count": lost}, "note"))
    if against:
        labels = {i.name: i.label or i.name for i in indicators}
        shown = {"count": len(against), "names": ", ".join(labels[n] for n in against)}
        problems.append(Problem("area_model_direction", where, shown, "warning"))
    stay = [n for n in used if n in kept]
    return Covariates(
        x[stay],
        mean[stay],
        sd[stay],
        filled.imputed.any(axis=1),
        tuple(filled.lacking),
        collinear,
        against,
        tuple(problems),
    )


def inflation(x: pd.DataFrame) -> pd.Series:
    """Variance inflation factor of each indicator, largest first: 1 / (1 − R²) of a regression on all the others.

    The diagonal of the inverse of their correlations; 1 where an indicator goes with no other.
    """
    if x.shape[1] < 2:
        return pd.Series(1.0, x.columns)
    factors = np.diag(np.linalg.inv(np.corrcoef(x.to_numpy(float), rowvar=False)))
    return pd.Series(factors, x.columns).sort_values(ascending=False)


def _independent(x: pd.DataFrame) -> set[str]:
    """Columns of which enough is left beside the others and the intercept."""
    if x.empty:
        return set(x.columns)
    r, order = qr(x.to_numpy(), mode="r", pivoting=True)
    size = np.abs(np.diag(r))
    return set(x.columns[order[: int((size > OWN_PART * np.sqrt(len(x))).sum())]])


def _against(x: pd.DataFrame, direct: pd.Series, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """Indicators whose correlation of ranks with the direct rate is clear and not of the declared sign."""
    if len(x) < LEAST_TO_COMPARE:
        return ()
    found = x.rank().corrwith(direct.rank())
    return tuple(i.name for i in indicators if found[i.name] * i.direction < -CLEAR)
