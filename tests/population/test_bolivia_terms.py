"""Pando 1976: whether curves and interactions bring the estimates of the cantons nearer to the census.

The figures stand in `docs/benchmarks.md`; the test holds what must be true whatever the surveys drawn.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.harmonise import apply_rule
from riskmodel.inputs.survey import read_survey
from riskmodel.population.microdata import score_population
from riskmodel.problems import InputProblems
from riskmodel.study import Determinant, Interaction, Spline
from riskmodel.survey.cross_validation import cross_validate
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.predicted import with_predictions
from riskmodel.survey.sample import FitSample
from tests.bolivia_survey import (
    CENSUS_FILE,
    SEED,
    SURVEY_FILE,
    bolivia_study,
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
    census = prepared_census(shared_data)
    truth = census.groupby("cod_canton")["trabaja"].mean()
    study = bolivia_study()
    typed = {d.name: apply_rule(census[d.survey.column].astype("string"), d.kind, d.survey) for d in study.determinant}
    everyone = pd.DataFrame(typed).assign(canton=census["cod_canton"])
    rows = []
    for seed in range(SEED, SEED + DRAWN):
        draw_survey(census, seed).to_csv(tmp_path / SURVEY_FILE, index=False)
        frame, _ = read_survey(study, tmp_path)
        for name in MODELS:
            determinants, interactions = declared(name)
            try:
                model = fit_survey_model(frame, determinants, "adjust", interactions=interactions)
            except InputProblems:  # a combination without a case in this draw
                continue
            risk = model.predict(everyone).groupby(everyone["canton"]).mean()
            size = everyone.groupby("canton").size()
            out = cross_validate(FitSample.of(frame, model.terms), seed=1)
            rows.append(
                {
                    "model": name,
                    "seed": seed,
                    "p": model.diagnostics["archer_lemeshow"]["p_value"],
                    "auc": model.diagnostics["auc"],
                    "out_auc": out["auc"],
                    "out_brier": out["brier"],
                    "rmse": float(np.sqrt(np.average((risk - truth) ** 2, weights=size))),
                    "spearman": float(risk.corr(truth, method="spearman")),
                }
            )
            print(rows[-1], flush=True)
    table = pd.DataFrame(rows)
    summary = table.groupby("model", sort=False).mean().drop(columns="seed")
    summary["rejected"] = (table["p"] < 0.05).groupby(table["model"]).mean()
    summary["fitted"] = table.groupby("model").size()
    print("\n" + summary.round(4).to_string())
    assert (summary["out_auc"] > 0.8).all()


def declared(name: str) -> tuple[tuple[Determinant, ...], tuple[Interaction, ...]]:
    """Determinants and interactions of one of `MODELS`."""
    curved, pairs = MODELS[name]
    determinants = tuple(
        d.model_copy(update={"spline": Spline(df=3)}) if curved and d.name == "age" else d
        for d in bolivia_study().determinant
    )
    return determinants, tuple(Interaction(determinants=pair) for pair in pairs)


def fit_and_score(data, folder, name, seed):
    """Model, scores and census for one of `MODELS` on one drawn survey."""
    census = prepared_census(data)
    census.to_parquet(folder / CENSUS_FILE, index=False)
    draw_survey(census, seed).to_csv(folder / SURVEY_FILE, index=False)
    determinants, interactions = declared(name)
    study = bolivia_study().model_copy(update={"determinant": determinants, "interaction": interactions})
    frame, _ = read_survey(study, folder)
    model = with_predictions(frame, fit_survey_model(frame, determinants, "adjust", interactions=interactions))
    return model, score_population(study, folder, model, scratch=folder), census
