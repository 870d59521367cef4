"""Pando 1976: whether curves and interactions bring the estimates of the cantons nearer to the census.

The figures stand in `docs/benchmarks.md`; the test holds what must be true whatever the surveys drawn.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.survey import read_survey
from riskmodel.population.microdata import score_population
from riskmodel.problems import InputProblems
from riskmodel.study import Interaction, Spline
from riskmodel.survey.cross_validation import cross_validate
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.predicted import with_predictions
from riskmodel.survey.sample import FitSample
from tests.bolivia_survey import (
    CENSUS_FILE,
    SEED,
    SURVEY_FILE,
    agreement,
    bolivia_study,
    comparison,
    draw_survey,
    prepared_census,
)

MODELS: dict[str, tuple[bool, tuple[tuple[str, str], ...]]] = {
    "main effects": (False, ()),
    "spline of age": (True, ()),
    "attendance × age": (False, (("attends", "age"),)),
    "area × attendance": (False, (("area", "attends"),)),
    "sex × area, spline of age": (True, (("sex", "area"),)),
    "sex × age, attendance × age, area × attendance": (
        False,
        (("sex", "age"), ("attends", "age"), ("area", "attends")),
    ),
}
DRAWN = 20


@pytest.mark.data
def test_sex_by_area_and_a_curve_of_age_run_on_a_real_census(shared_data, tmp_path):
    """The engine gives what the model gives child by child, and the curve is drawn at every age."""
    model, scores, census = fit_and_score(shared_data, tmp_path, "sex × area, spline of age", SEED)
    assert len(scores.areas) == 11
    assert {"age.s1", "age.s2", "sex=hombre:area=rural"} <= set(model.terms.names)
    assert [p["value"] for p in model.diagnostics["curves"][0]["points"]] == list(range(7, 15))
    assert scores.national["area_risk"] == pytest.approx(census["trabaja"].mean(), abs=2 * scores.national["se"])


@pytest.mark.data
@pytest.mark.bench
def test_what_interactions_and_curves_gain(shared_data, tmp_path):
    rows = []
    for name in MODELS:
        for seed in range(SEED, SEED + DRAWN):
            try:
                model, scores, census = fit_and_score(shared_data, tmp_path, name, seed)
            except InputProblems:  # a combination without a case in this draw
                continue
            found = agreement(comparison(census, scores))
            test = model.diagnostics["archer_lemeshow"]
            frame, _ = read_survey(bolivia_study(), tmp_path)
            out = cross_validate(FitSample.of(frame, model.terms), seed=1)
            rows.append({"model": name, "p": test["p_value"], "auc": model.diagnostics["auc"], "out_auc": out["auc"],
                         "out_brier": out["brier"], **found})  # fmt: skip
    table = pd.DataFrame(rows)
    summary = table.groupby("model", sort=False).agg(
        fitted=("p", "size"), rejected=("p", lambda p: float(np.mean(p < 0.05))), auc=("auc", "mean"),
        out_auc=("out_auc", "mean"), out_brier=("out_brier", "mean"), rmse=("rmse", "mean"),
        spearman=("spearman", "mean"), inside=("inside", "mean"),
    )  # fmt: skip
    print("\n" + summary.round(4).to_string())
    first = table.groupby("model", sort=False).first()
    print("\nfirst draw\n" + first.round(4).to_string())
    assert (summary["out_auc"] > 0.8).all()


def fit_and_score(data, folder, name, seed):
    """Model, scores and census for one of `MODELS` on one drawn survey."""
    curved, pairs = MODELS[name]
    census = prepared_census(data)
    census.to_parquet(folder / CENSUS_FILE, index=False)
    draw_survey(census, seed).to_csv(folder / SURVEY_FILE, index=False)
    study = bolivia_study()
    determinants = tuple(
        d.model_copy(update={"spline": Spline(df=3)}) if curved and d.name == "age" else d for d in study.determinant
    )
    interactions = tuple(Interaction(determinants=pair) for pair in pairs)
    study = study.model_copy(update={"determinant": determinants, "interaction": interactions})
    frame, _ = read_survey(study, folder)
    model = with_predictions(frame, fit_survey_model(frame, determinants, "adjust", interactions=interactions))
    return model, score_population(study, folder, model, scratch=folder), census
