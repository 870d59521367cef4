"""What the second pages of one run share, worked out once: where each area's rows are, and places by indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.outputs.sheet_ready import Ready, positions, ready
from riskmodel.results import Results


@dataclass(frozen=True)
class SecondReady:
    """Made by `second_ready`; a thousand second pages use one."""

    own: Ready
    areas: pd.DataFrame  # by area_code
    priorities: pd.DataFrame  # by area_code; empty where there is no list
    places: pd.DataFrame  # by area_code: place by indicator, 1 = the value that goes most with child labour
    peers: Mapping[str, np.ndarray]  # positions of an area's rows
    parent_groups: Mapping[str, np.ndarray]
    wide: pd.DataFrame  # contributions, areas by determinant


def second_ready(results: Results, own: Ready | None = None) -> SecondReady:
    """What every second page of these results needs."""
    own = own or ready(results)
    directions = {i.name: i.direction for i in own.study.indicator}
    turned = own.values * pd.Series({name: directions[name] for name in own.values.columns}, dtype=float)
    table = results.contributions
    wide = (
        table.pivot_table("contribution", "area_code", "determinant", observed=True) if len(table) else pd.DataFrame()
    )
    listed = results.priorities
    return SecondReady(
        own,
        results.areas.set_index("area_code", drop=False),
        listed.set_index("area_code") if len(listed) else pd.DataFrame(),
        turned.rank(ascending=False, method="min"),
        positions(results.peers),
        positions(results.parent_groups),
        wide,
    )
