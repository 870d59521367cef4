"""Where regions differ beyond their determinants, intervals with the benchmark cover the truth; without it they do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.benchmark import target_of
from riskmodel.areas.uncertainty import logit_interval
from riskmodel.population.microdata import score_population
from riskmodel.survey.benchmark import direct_estimates
from riskmodel.survey.logit import fit_survey_model
from tests.population.world import DETERMINANTS, people, study_of, survey_frame

pytestmark = pytest.mark.bench

SURVEYS, CHILDREN = 60, 3000
EFFECT = {"north": -0.4, "south": 0.1, "east": 0.5}
REGION = {f"0{a + 1:02d}": ("north", "south", "east")[a // 4] for a in range(12)}
NAMES = pd.DataFrame({"area_code": list(REGION), "parent_code": list(REGION.values())})


def test_intervals_cover_with_regional_effects(tmp_path: Path) -> None:
    """Twelve areas in three regions with effects of −0.4, 0.1 and 0.5 on the logit scale, 60 surveys of 3,000 rows."""
    population = people(40_000, seed=99)
    eta = -2.5 + 0.5 * (population["sexo"] == 1) + 0.9 * (population["zona"] == "rural")
    eta += 0.12 * (population["edad"] - 10) + population["area"].map(REGION).map(EFFECT)
    p = 1 / (1 + np.exp(-eta))
    children = population["edad"].between(5, 17)
    weight = population["factor"].astype(float)
    inside = population["area"][children]
    truth = (p * weight)[children].groupby(inside).sum() / weight[children].groupby(inside).sum()
    population.to_parquet(tmp_path / "censo.parquet")
    study = study_of("censo.parquet", groups=())
    rng = np.random.default_rng(1)
    covered: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(SURVEYS):
        rows = rng.choice(len(population), CHILDREN, replace=True, p=weight / weight.sum())
        drawn = population.iloc[rows].reset_index(drop=True).assign(factor=1.0)
        drawn["trabaja"] = (rng.random(CHILDREN) < p.to_numpy()[rows]).astype(float)
        frame = survey_frame(drawn).assign(domain=drawn["area"].map(REGION))
        model = fit_survey_model(frame, DETERMINANTS)
        targets = {"without": None, "with": target_of(direct_estimates(frame, model), NAMES)}
        for case, target in targets.items():
            scores = score_population(study, tmp_path, model, scratch=tmp_path / "s", target=target)
            areas = scores.areas.set_index("area_code").loc[truth.index]
            lower, upper = logit_interval(areas["area_risk"], areas["se"])
            covered[case].append(float(((truth >= lower) & (truth <= upper)).mean()))
    share = {case: float(np.mean(values)) for case, values in covered.items()}
    print(f"\ncoverage of 95 % intervals over {SURVEYS} surveys: {share}")
    assert share["with"] > 0.90
    assert share["without"] < 0.60
