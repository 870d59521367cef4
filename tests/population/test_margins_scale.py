"""Margins of a whole country: time and memory; and what totals lose against the census they were made of."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from demo.write import write_demo
from riskmodel.inputs.survey import read_survey
from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import score_population
from riskmodel.study_file import read_study
from riskmodel.survey.logit import fit_survey_model

AREAS = 5_565
ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import json, resource, sys, time, warnings
from pathlib import Path
import numpy as np, pandas as pd
warnings.simplefilter("ignore")
from riskmodel.decisions.contributions import contributions_of_model
from riskmodel.population.margins import score_margins
from riskmodel.study import Determinant, Outcome, Population, Rule, Study, StudyInfo, Survey
from riskmodel.survey.logit import fit_survey_model

folder, n_areas = Path(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(1)
sizes = (2, 3, 3, 3, 3, 4, 5, 2)
names = [f"d{i}" for i in range(len(sizes))]
hidden = rng.normal(size=60_000)  # poverty, which ties the determinants to one another
frame = pd.DataFrame({
    name: np.clip(np.floor((0.5 + 0.18 * (0.8 * hidden + rng.normal(size=len(hidden)))) * c), 0, c - 1).astype(int).astype(str)
    for name, c in zip(names, sizes)
}).astype("string")
frame["weight"], frame["in_domain"] = rng.uniform(1, 5, len(frame)), True
frame["outcome"] = (rng.random(len(frame)) < 1 / (1 + np.exp(2 - hidden))).astype(float)
determinants = tuple(Determinant(name=name, survey=Rule(column=name)) for name in names)
study = Study(
    study=StudyInfo(name="x", method="risk_model"), outcome=Outcome(name="x", definition="x", column="y"),
    survey=Survey(file="x", year=2024), determinant=determinants,
    population=Population(file="totals.csv", kind="margins", year=2024, area_code="area", determinant="variable",
                          category="value", count="n", groups=tuple(names[:5])),
)
totals = rng.integers(200, 20_000, n_areas)
parts = []
for name, c in zip(names, sizes):
    share = frame.groupby(name)["weight"].sum().to_numpy()
    count = np.array([rng.multinomial(n, rng.dirichlet(30 * share / share.sum())) for n in totals])
    parts.append(pd.DataFrame({"area": np.repeat([f"{a:05d}" for a in range(n_areas)], c), "variable": name,
                               "value": np.tile([str(k) for k in range(c)], n_areas), "n": count.ravel()}))
pd.concat(parts).to_csv(folder / "totals.csv", index=False)
model = fit_survey_model(frame, determinants, "adjust")
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter()
scores = score_margins(study, folder, model, frame)
scored = time.perf_counter() - start
risk = scores.areas.set_index("area_code")["area_risk"]
parts = contributions_of_model(model.coef, model.terms, scores.profiles, scores.area_profiles, risk,
                               scores.national["area_risk"])
gap = (parts.groupby("area_code")["contribution"].sum() - (risk - scores.national["area_risk"])).abs().max()
print(json.dumps({
    "seconds": scored, "with_contributions": time.perf_counter() - start, "before_mb": before,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "areas": len(scores.areas), "profiles": len(scores.profiles), "met": int(scores.raking["met"].sum()),
    "sweeps": [float(scores.raking["iterations"].mean()), int(scores.raking["iterations"].max())], "gap": float(gap),
}))
"""


@pytest.mark.bench
def test_a_country_of_margins_in_a_minute(tmp_path):
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path), str(AREAS)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"\nmargins: {found} (with data and fit {time.perf_counter() - start:.1f} s)")
    assert found["areas"] == AREAS
    assert found["profiles"] > 4_000
    assert found["gap"] < 1e-9
    assert found["with_contributions"] < 60
    assert found["peak_mb"] < 2000


@pytest.mark.bench
def test_totals_of_the_demonstration_come_near_its_census(tmp_path):
    """Margins made of the census, scored beside the census itself."""
    study = read_study(write_demo(tmp_path / "demo"))
    folder = tmp_path / "demo"
    frame, _ = read_survey(study, folder)
    model = fit_survey_model(frame, study.determinant, "adjust")
    children = score_population(study, folder, model)
    census = pd.read_parquet(folder / "censo.parquet")
    columns = list(dict.fromkeys(d.population_rule.column for d in study.determinant))
    parts = []
    for column in columns:
        category = census[column].astype("string").fillna("no declarado").rename("category")
        count = census.groupby(["cod_mun", category], observed=True).size().rename("n").reset_index()
        parts.append(count.assign(variable=column))
    pd.concat(parts).to_csv(folder / "totals.csv", index=False)
    asked = {
        "file": "totals.csv", "kind": "margins", "determinant": "variable", "category": "category", "count": "n",
        "groups": (),
    }  # fmt: skip
    assert study.population is not None
    determinants = study.with_population_rules()
    totals = study.model_copy(
        update={"population": study.population.model_copy(update=asked), "determinant": determinants}
    )
    margins = score_margins(totals, folder, model, frame)
    both = children.areas.merge(margins.areas, on="area_code", suffixes=("", "_margins"))
    away = (both["area_risk"] - both["area_risk_margins"]).abs()
    rank = both["area_risk"].corr(both["area_risk_margins"], method="spearman")
    print(
        f"\n{len(both)} areas: rank correlation {rank:.4f}, mean difference {away.mean():.5f}, largest {away.max():.5f};"
        f" country {children.national['area_risk']:.4f} and {margins.national['area_risk']:.4f}"
    )
    assert rank > 0.995
    assert away.mean() < 0.003
    assert margins.raking["met"].all()
