"""Covariance of a logistic model with effects of areas: a sandwich whose independent units are areas.

The effect of an area is a random draw like its children, so PSUs of one area are not independent of each other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Floats, Ints, SurveyDesign
from riskmodel.survey.mixed_likelihood import second_derivative
from riskmodel.survey.quadrature import Cells, Posterior
from riskmodel.survey.variance import covariance_of_totals


def sandwich(
    cells: Cells,
    found: Posterior,
    gamma: Floats,
    sd: float,
    unit: Floats,
    units: tuple[Ints, Ints],
    lonely_psu: LonelyPsu,
) -> Floats:
    """Covariance of the coefficients on their own scale and of sd, (p + 1, p + 1); without sd where it is 0."""
    mean = np.einsum("nq,nq->n", found.risk, found.chance[cells.area])
    by_coef = cells.by_area(((cells.positive - cells.total * mean)[:, None]) * cells.x)
    size = len(gamma)
    scale = np.zeros((size + 1, size + 1))
    scale[:size, :size] = unit
    if sd == 0:
        p = mean
        bread: Floats = np.zeros_like(scale)
        bread[:size, :size] = np.linalg.inv((cells.x * (cells.total * p * (1 - p))[:, None]).T @ cells.x)
        score = np.column_stack([by_coef, np.zeros(len(by_coef))])
    else:
        scale[size, size] = sd  # d sd / d log sd
        bread = np.asarray(np.linalg.inv(-second_derivative(cells, found, sd)), dtype=np.float64)
        by_sd = np.sum(found.chance * (found.node**2 / sd**2 - 1), axis=1)
        score = np.column_stack([by_coef, by_sd])
    design = SurveyDesign.from_frame(pd.DataFrame({"weight": 1.0, "psu": units[0], "stratum": units[1]}))
    meat = covariance_of_totals(score, np.ones(len(score), dtype=bool), design, lonely_psu)
    return np.asarray(scale @ bread @ meat @ bread @ scale.T, dtype=np.float64)


def units_of(stages: pd.DataFrame, area: Ints) -> tuple[Ints, Ints]:
    """The independent units and their strata, by area, (D,): areas that share a PSU are one unit.

    Strata that share a unit are one stratum.
    """
    areas = int(area.max()) + 1
    psu = np.unique(stages["psu"].to_numpy(), return_inverse=True)[1]
    unit = _joined(area, psu, areas)
    stratum = np.unique(stages["stratum"].to_numpy(), return_inverse=True)[1]
    return unit, _joined(unit[area], stratum, int(unit.max()) + 1)[unit]


def _joined(first: Ints, second: Ints, count: int) -> Ints:
    """Number of the group of each of the `count` firsts, two being in one group where they share a second."""
    links = csr_array((np.ones(len(first)), (first, count + second)), shape=(count + int(second.max()) + 1,) * 2)
    return np.asarray(connected_components(links, directed=False)[1][:count], dtype=np.int64)
