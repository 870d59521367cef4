"""A made-up country for the area model: the truth, direct rates of some areas, indicators of all. Nobody is real."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit

from riskmodel.study import AreaModel, Indicator

SETTINGS = AreaModel(cases="cases", total="total")


def indicators(count: int) -> list[Indicator]:
    return [Indicator(name=f"x{i}") for i in range(count)]


def world(
    seed: int,
    areas: int = 240,
    units: int = 24,
    count: int = 3,
    without: float = 0.4,
    unit_sd: float = 0.03,
    on: str = "arcsine",
) -> tuple[pd.DataFrame, pd.Series]:
    """The table as `read_areas` gives it, and the true rates. The effects are 0.05, 0.04, 0.03, 0 … on the arcsine scale,
    eight times that on the logit scale."""
    rng = np.random.default_rng(seed)
    unit = np.arange(areas) % units
    x = rng.normal(size=(areas, count))
    beta = np.zeros(count)
    beta[: min(3, count)] = [0.05, 0.04, 0.03][:count]
    scale = 0.35 + x @ beta + unit_sd * rng.normal(size=units)[unit] + 0.05 * rng.normal(size=areas)
    truth = np.sin(np.clip(scale, 0, np.pi / 2)) ** 2 if on == "arcsine" else expit(-2 + 8 * (scale - 0.35))
    n = rng.integers(60, 400, areas)
    direct = rng.binomial(n, truth) / n
    absent = rng.random(areas) < without
    table = pd.DataFrame(
        {
            "area_code": pd.array([f"{i:04d}" for i in range(areas)], dtype="string"),
            "area_name": "a",
            "parent_code": pd.array([f"u{u:02d}" for u in unit], dtype="string"),
            "parent_name": "u",
            "children": rng.integers(500, 20000, areas).astype(float),
            "direct": np.where(absent, np.nan, direct),
            "direct_n": np.where(absent, np.nan, n).astype(float),
            **{f"x{i}": x[:, i] for i in range(count)},
        }
    )
    return table, pd.Series(truth, pd.Index(table["area_code"]))
