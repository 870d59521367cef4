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


@dataclass(frozen=True)
class Covariates:
    """Covariates of the areas that can be estimated.

    x : (n, p) by area_code: (value − mean) / sd over those areas, population sd.
    imputed : (n,) bool by area_code: an indicator was filled with a median.
    lacking : area codes with too few indicators.
    collinear : indicators left out because others say the same.
    """

    x: pd.DataFrame
    mean: pd.Series
    sd: pd.Series
    imputed: pd.Series
    lacking: tuple[str, ...]
    collinear: tuple[str, ...]
    problems: tuple[Problem, ...]


def covariates(names: pd.DataFrame, indicators: Sequence[Indicator]) -> Covariates:
    """Covariates from the table of areas.

    An area that lacks more than 30 % of a dimension's indicators is left out; in the others a missing value takes the
    median of the parent unit. Collinear columns are found by a pivoted QR decomposition, in which earlier indicators of
    the study are not preferred: the column with most of its own variance stays.
    """
    used = [i.name for i in indicators]
    values = names.set_index("area_code")[used].astype(float)
    filled = fill(values, indicators, names.set_index("area_code")["parent_code"])
    complete = filled.values
    mean, sd = complete.mean(), complete.std(ddof=0)
    x = (complete - mean) / sd
    _, r, order = qr(x.to_numpy(), mode="economic", pivoting=True)
    size = np.abs(np.diag(r))
    kept = set(np.asarray(used)[order[: int((size > OWN_PART * np.sqrt(len(x))).sum())]])
    collinear = tuple(n for n in used if n not in kept)
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
    stay = [n for n in used if n in kept]
    return Covariates(
        x[stay], mean[stay], sd[stay], filled.imputed.any(axis=1), tuple(filled.lacking), collinear, tuple(problems)
    )
