"""What the sheets of one run share, worked out once: the study, means of larger units, where each area's rows are.

Means are weighted by children over the areas that have both; they are never means of municipal means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.results import Results
from riskmodel.study import Study


@dataclass(frozen=True)
class Ready:
    """Made by `ready`; a thousand sheets use one."""

    study: Study
    values: pd.DataFrame  # indicators by area_code, in the order of `areas`
    parent_means: pd.DataFrame  # indicators by parent_code
    national_means: pd.Series  # by indicator
    contributions: Mapping[str, np.ndarray]  # positions of an area's rows
    groups: Mapping[str, np.ndarray]


def ready(results: Results) -> Ready:
    """What every sheet of these results needs."""
    study = Study.model_validate(results.manifest["study"])
    areas = results.areas
    known = [i.name for i in study.indicator if i.name in results.indicators]
    if known:
        values = results.indicators.set_index("area_code")[known].astype(float).reindex(areas["area_code"])
    else:
        values = pd.DataFrame(index=pd.Index(areas["area_code"]))
    children = areas["children"].astype(float).to_numpy(na_value=np.nan)
    weights = pd.DataFrame(
        np.where(values.notna().to_numpy(dtype=bool) & (children > 0)[:, None], children[:, None], 0.0), columns=known
    )
    weighted = pd.DataFrame(np.nan_to_num(values.to_numpy(float)) * weights.to_numpy(), columns=known)
    by = areas["parent_code"].astype(object).reset_index(drop=True)
    sums, over = weighted.groupby(by).sum(), weights.groupby(by).sum()
    return Ready(
        study,
        values,
        sums / over.where(over > 0),
        weighted.sum() / weights.sum().where(weights.sum() > 0),
        positions(results.contributions),
        positions(results.groups),
    )


def positions(table: pd.DataFrame) -> Mapping[str, np.ndarray]:
    """Where the rows of each area_code are."""
    if "area_code" not in table:
        return {}
    return {str(code): np.asarray(rows) for code, rows in table.groupby("area_code").indices.items()}
