"""Score raked combinations with what a survey says of each area: `prediction.predict` for a population of margins.

Risks differ by area here, so areas by combinations are made block by block with the risks of each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from riskmodel.population.groups import GroupTables, group_tables, together
from riskmodel.population.prediction import Curves, Prediction, grid, nodes_of, prediction_of, reach_of
from riskmodel.population.raked import Group, RakedProfiles, group_sums, with_country
from riskmodel.population.raking import Floats
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.mixed import MixedLogit
from riskmodel.survey.terms import INTERCEPT


def add_up_predicted(
    raked: RakedProfiles,
    children: Floats,
    groups: Sequence[Group],
    profiles: pd.DataFrame,
    model: SurveyModel,
    mixed: MixedLogit,
    parents: pd.Series | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, float], pd.Series, GroupTables, Prediction]:
    """Areas (with `slope`), gradient, country, its gradient, groups and the prediction, as `PopulationScores` has them.

    `model` holds the coefficients of `mixed`.
    """
    x = model.terms.matrix(profiles)
    eta = x @ model.coef.to_numpy(dtype=float)
    codes = pd.Index(raked.areas.astype(str), name="area_code")
    node, chance = nodes_of(mixed, codes)
    reach = reach_of(mixed)
    points = grid(reach)
    along = _logistic(eta[:, None] + points)
    inside = [_indicator(group) for group in groups]
    columns = ["scored", "risk", *model.terms.names]
    mean = np.zeros((len(codes), 1 + x.shape[1]))
    curve = np.zeros((len(codes), len(points)))
    of_groups = [np.zeros((len(codes), one.shape[1], len(columns))) for one in inside]
    for part, share in raked.raking.blocks():
        risk, slope = _mixture(eta, node[part], chance[part])
        mean[part] = np.column_stack([(share * risk).sum(axis=1), (share * slope) @ x])
        curve[part] = share @ along
        for one, of_group in zip(inside, of_groups, strict=True):
            for c in range(one.shape[1]):
                own = share * one[:, c]
                values = np.column_stack([own.sum(axis=1), (own * risk).sum(axis=1), (own * slope) @ x])
                of_group[part, c] = raked.scored[part, None] * values
    known = raked.scored > 0
    slopes = pd.Series(np.where(known, mean[:, 1 + model.terms.names.index(INTERCEPT)], np.nan), codes)
    curves = Curves.through(codes, np.where(known[:, None], curve, np.nan), reach)
    prediction = prediction_of(curves, mixed, slopes)
    sums = pd.DataFrame(np.where(known, raked.scored, 0.0)[:, None] * mean, columns=columns[1:])
    sums.insert(0, "area_code", codes)
    areas, gradient, national, national_gradient = with_country(
        sums.set_index("area_code"), raked, children, model, prediction
    )
    areas["slope"] = slopes.to_numpy()
    names = model.terms.names
    parts = []
    for group, own in zip(groups, of_groups, strict=True):
        table = prediction.linearise(group_sums(raked.areas, group, own, columns))
        paired = group.counts is not None
        parts.append(group_tables(table, group.name, model, names, model.cov, parents, paired=paired))
    return areas, gradient, national, national_gradient, together(parts), prediction


def _mixture(eta: Floats, node: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """Means of p and of p (1 − p) over u of each combination in each area, (a, K)."""
    risk = np.zeros((len(node), len(eta)))
    slope = np.zeros_like(risk)
    for q in range(node.shape[1]):
        p = _logistic(eta[None, :] + node[:, [q]])
        risk += chance[:, [q]] * p
        slope += chance[:, [q]] * p * (1 - p)
    return risk, slope


def _indicator(group: Group) -> Floats:
    """Category of each combination as columns of 0 and 1, (K, C)."""
    return np.asarray(group.code[:, None] == np.arange(int(group.code.max()) + 1), dtype=np.float64)


def _logistic(eta: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(eta, -700, 700)))
