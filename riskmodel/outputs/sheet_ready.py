"""What the sheets of one run share, worked out once: the study, means of larger units, where each area's rows are.

Means are weighted by children over the areas that have both; they are never means of municipal means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.outputs.sheet_chart import Scale, scale_of
from riskmodel.results import Results
from riskmodel.study import Study


@dataclass(frozen=True)
class Ready:
    """Made by `ready`; a thousand sheets use one."""

    study: Study
    values: pd.DataFrame  # indicators by area_code, in the order of `areas`
    value_of: Mapping[str, Mapping[str, float]]  # the same cells, by indicator and area_code
    parent_mean_of: Mapping[str, Mapping[str, float]]  # by indicator and parent_code
    national_means: pd.Series  # by indicator
    contributions: Mapping[str, np.ndarray]  # positions of an area's rows
    groups: Mapping[str, np.ndarray]
    areas: Mapping[str, pd.Series]  # row of `areas` by area_code, made when it is looked at
    parents: Mapping[str, pd.Series]  # row of `parents`
    highest: Mapping[str, float]  # largest value of an indicator, without its sign
    levels_within: Mapping[str, int]  # levels used inside a parent unit
    determinants: np.ndarray  # of every row of contributions
    sizes: np.ndarray  # contribution of every row, NaN where there is none
    scale: Scale | None  # of the charts; None where no area has an estimate

    def factors_of(self, area_code: str) -> pd.DataFrame:
        """determinant and contribution of an area, those that are known."""
        rows = self.contributions[area_code]
        rows = rows[~np.isnan(self.sizes[rows])]
        return pd.DataFrame({"determinant": self.determinants[rows], "contribution": self.sizes[rows]}, index=rows)


def ready(results: Results) -> Ready:
    """What every sheet of these results needs."""
    study = Study.model_validate(results.manifest["study"])
    areas, table = results.areas, results.contributions
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
        _cells(values),
        _cells(sums / over.where(over > 0)),
        weighted.sum() / weights.sum().where(weights.sum() > 0),
        positions(results.contributions),
        positions(results.groups),
        Rows(areas, "area_code"),
        Rows(results.parents, "area_code"),
        {name: float(values[name].abs().max()) if values[name].notna().any() else 0.0 for name in known},
        {str(code): int(k) for code, k in areas.groupby("parent_code")["level_parent"].max().dropna().items()},
        table.get("determinant", pd.Series(dtype=object)).to_numpy(object),
        table.get("contribution", pd.Series(dtype=float)).to_numpy(float, na_value=np.nan),
        scale_of(results) if areas[results.measure].notna().any() else None,
    )


def _cells(table: pd.DataFrame) -> Mapping[str, Mapping[str, float]]:
    """By column and row: a thousand sheets look up single cells, which a table is slow at."""
    return {str(name): dict(zip(table.index, table[name].tolist(), strict=True)) for name in table}


class Rows(Mapping[str, pd.Series]):
    """Rows of a table by code: a table of many types takes longer to cut than to keep as objects."""

    def __init__(self, table: pd.DataFrame, column: str) -> None:
        self._places = {str(code): place for place, code in enumerate(table.get(column, ()))}
        self._cells = table.astype(object).to_numpy()
        self._columns = table.columns

    def __getitem__(self, code: str) -> pd.Series:
        return pd.Series(self._cells[self._places[code]], self._columns, dtype=object)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def positions(table: pd.DataFrame) -> Mapping[str, np.ndarray]:
    """Where the rows of each area_code are."""
    if "area_code" not in table:
        return {}
    return {str(code): np.asarray(rows) for code, rows in table.groupby("area_code").indices.items()}
