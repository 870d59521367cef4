"""Truth test: where the model is right and areas have no effect of their own, intervals hold the true area risk."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.uncertainty import logit_interval
from riskmodel.survey.logit import fit_survey_model
from tests.population.world import DETERMINANTS, by_hand, determinants_of, people

TRUTH = {"(intercept)": -3.7, "sex=hombre": 0.5, "zone=rural": 0.9, "age": 0.12}
SEEDS = 150


def clustered_survey(seed: int) -> pd.DataFrame:
    """80 PSUs in 8 strata; the zone is that of the PSU and weights differ by stratum, so the design matters."""
    rng = np.random.default_rng(seed)
    table = people(1600, seed=seed)
    psu = rng.integers(0, 80, len(table))
    table["zona"] = np.where(rng.random(80) < 0.45, "rural", "urbana")[psu]
    table["factor"] = (1.0 + psu % 8) * rng.uniform(0.7, 1.3, len(table))
    eta = TRUTH["(intercept)"] + 0.5 * (table["sexo"] == 1) + 0.9 * (table["zona"] == "rural") + 0.12 * table["edad"]
    frame = pd.DataFrame(determinants_of(table))
    frame["outcome"] = (rng.random(len(table)) < 1 / (1 + np.exp(-eta.astype(float)))).astype(float)
    frame["weight"], frame["psu"], frame["stratum"] = table["factor"], psu.astype(str), (psu % 8).astype(str)
    return frame.assign(in_domain=table["edad"].between(5, 17))


def test_intervals_of_area_risk_hold_the_truth_95_times_of_100():
    population = people(3000, seed=7, areas=6)
    children = population[population["edad"].between(5, 17)]
    eta = TRUTH["(intercept)"] + 0.5 * (children["sexo"] == 1) + 0.9 * (children["zona"] == "rural")
    p = 1 / (1 + np.exp(-(eta + 0.12 * children["edad"]).astype(float)))
    truth = (p * children["factor"]).groupby(children["area"]).sum() / children.groupby("area")["factor"].sum()
    held, bias = [], []
    for seed in range(SEEDS):
        model = fit_survey_model(clustered_survey(seed), [d for d in DETERMINANTS if d.name != "school"])
        areas = by_hand(population, model).set_index("area_code")
        lower, upper = logit_interval(areas["area_risk"], areas["se"])
        held.append(((lower <= truth) & (truth <= upper)).to_numpy())
        bias.append((areas["area_risk"] - truth).to_numpy())
    assert 0.93 <= np.mean(held) <= 0.97
    assert np.mean(bias) == pytest.approx(0, abs=0.003)
