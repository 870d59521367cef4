"""Worlds whose truth is known, a survey that leaves some of their areas out, and both estimates of every area.

The worlds are those of `test_area_effect`: areas are mixtures of four kinds of children.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit

from riskmodel.areas.estimators import own_errors
from riskmodel.areas.table import Estimates, build_tables
from riskmodel.population.prediction import Curves, Prediction, grid, nodes_of, prediction_of, reach_of
from riskmodel.study import Levels
from riskmodel.survey.area_effect import area_variance
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.mixed import MixedLogit, fit_mixed_logit
from tests.survey.test_area_effect import CELLS, DETERMINANTS, estimated, world

FRAME = pd.DataFrame({"sex": ["girl", "boy", "girl", "boy"], "zone": ["urban", "urban", "rural", "rural"]})


def predicted(shares: np.ndarray, codes: pd.Index, mixed: MixedLogit, seed: int = 1) -> tuple[Prediction, pd.DataFrame]:
    """The prediction for areas that are mixtures `shares` of the four kinds, and the table of areas of a run."""
    x = mixed.terms.matrix(FRAME)
    eta = x @ mixed.coef.to_numpy()
    reach = reach_of(mixed)
    curves = Curves.through(codes, shares @ expit(eta[:, None] + grid(reach)), reach)
    node, chance = nodes_of(mixed, codes)
    p = expit(eta[None, :, None] + node[:, None, :])
    slopes = shares * (chance[:, None, :] * p * (1 - p)).sum(axis=2)
    found = prediction_of(curves, mixed, pd.Series(slopes.sum(axis=1), codes))
    sums = pd.DataFrame(slopes @ x, columns=mixed.terms.names)
    sums.insert(0, "area_code", codes)
    gradient = found.linearise(sums).set_index("area_code")
    g = gradient.to_numpy()
    se = np.sqrt(np.einsum("ij,jk,ik->i", g, found.cov.to_numpy(), g))
    risk = (shares * (chance[:, None, :] * p).sum(axis=2)).sum(axis=1)
    table = pd.DataFrame({"area_code": codes, "children": 1000.0, "area_risk": risk, "se": se})
    own = own_errors(mixed, found, seed)
    return found, build_tables(Estimates(table, gradient, found.cov, own), None, "area_risk", Levels(), seed).areas


def one_world(seed: int, sd: float, areas: int = 150, out: float = 0.2, **survey: float) -> dict[str, float]:
    """What one survey of a world gives: errors of both estimates in points, coverage in and out of the sample, both σ."""
    made = world(seed, sd, areas, **survey)
    codes = pd.Index([f"{a:03d}" for a in range(areas)], name="area_code")
    outside = codes[np.random.default_rng(seed).random(areas) < out]
    frame = made.survey[~made.survey["area_code"].isin(outside)].reset_index(drop=True)
    model = fit_survey_model(frame, DETERMINANTS)
    between = area_variance(frame, model)
    mixed = fit_mixed_logit(frame, model.terms, design_effect=between.design_effect or 1.0)
    tables = {
        "synthetic": estimated(made, model, between.variance),
        "prediction": predicted(made.shares, codes, mixed, seed)[1],
    }
    row = {"sd_step": float(np.sqrt(between.unadjusted or 0.0)), "sd_step_adjusted": float(between.sd or 0.0)}
    row["sd_mixed"] = mixed.sd
    inside = ~codes.isin(outside)
    for name, table in tables.items():
        error = table["area_risk"].to_numpy() - made.risk
        covered = (table["ci_lower"].to_numpy() < made.risk) & (made.risk < table["ci_upper"].to_numpy())
        width = (table["ci_upper"] - table["ci_lower"]).to_numpy()
        for place, part in (("in", inside), ("out", ~inside)):
            row |= {
                f"{name}_rmse_{place}": 100 * float(np.sqrt(np.mean(error[part] ** 2))),
                f"{name}_bias_{place}": 100 * float(error[part].mean()),
                f"{name}_covered_{place}": float(covered[part].mean()),
                f"{name}_width_{place}": 100 * float(width[part].mean()),
            }
    return row


def summary(seeds: range, sd: float, **survey: float) -> pd.Series:
    """Means of `one_world` over seeds; `seeds` in the row."""
    rows = pd.DataFrame([one_world(seed, sd, **survey) for seed in seeds])
    return pd.concat([rows.mean(), pd.Series({"seeds": float(len(rows))})])


__all__ = ["CELLS", "one_world", "predicted", "summary"]
