"""A small made-up country for the tests of the population: a survey, a population, and the same sums in plain numpy."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.study import AgeRange, Determinant, Outcome, Population, Rule, Study, StudyInfo, Survey
from riskmodel.survey.logit import SurveyModel, fit_survey_model

SEX = {"1": "hombre", "2": "mujer"}
DETERMINANTS = (
    Determinant(name="sex", survey=Rule(column="sexo", map=SEX), reference="mujer"),
    Determinant(name="zone", survey=Rule(column="zona"), reference="urbana"),
    Determinant(
        name="school", survey=Rule(column="grado", bands={"ninguno": (0, 0), "basico": (1, 5), "mas": (6, 12)})
    ),
    Determinant(name="age", kind="numeric", survey=Rule(column="edad")),
)


def people(n: int, seed: int, areas: int = 12) -> pd.DataFrame:
    """Children and adults with raw codes, an area and a weight; the outcome follows a known logit."""
    rng = np.random.default_rng(seed)
    area = rng.integers(0, areas, n)
    table = pd.DataFrame({"area": [f"0{a + 1:02d}" for a in area], "sexo": rng.integers(1, 3, n)})
    table["zona"] = np.where(rng.random(n) < 0.2 + 0.6 * area / areas, "rural", "urbana")
    table["grado"] = rng.integers(0, 13, n)
    table["edad"] = rng.integers(2, 22, n)
    table["factor"] = rng.integers(1, 6, n)
    eta = -2.5 + 0.5 * (table["sexo"] == 1) + 0.9 * (table["zona"] == "rural") + 0.12 * (table["edad"] - 10)
    table["trabaja"] = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    table["etnia"] = rng.choice(["a", "b", ""], n)
    return table


def survey_frame(table: pd.DataFrame) -> pd.DataFrame:
    """The typed frame of a survey, harmonised by hand."""
    return pd.DataFrame(
        {
            "outcome": table["trabaja"],
            "weight": table["factor"].astype(float),
            "in_domain": table["edad"].between(5, 17),
            **determinants_of(table),
        }
    )


def determinants_of(table: pd.DataFrame) -> dict[str, pd.Series]:
    school = np.select([table["grado"] == 0, table["grado"] <= 5], ["ninguno", "basico"], "mas")
    return {
        "sex": table["sexo"].map({1: "hombre", 2: "mujer"}).astype("string"),
        "zone": table["zona"].astype("string"),
        "school": pd.Series(school, table.index, dtype="string"),
        "age": table["edad"].astype(float),
    }


@lru_cache
def fitted() -> SurveyModel:
    return fit_survey_model(survey_frame(people(4000, seed=1)), DETERMINANTS)


def study_of(file: str, **changes: object) -> Study:
    population = {"file": file, "year": 2024, "area_code": "area", "weight": "factor", "groups": ("sex", "etnia")}
    return Study(
        study=StudyInfo(name="prueba", method="risk_model"),
        outcome=Outcome(name="t", definition="t", column="trabaja", age=AgeRange(column="edad", min=5, max=17)),
        survey=Survey(file="encuesta.csv", year=2024),
        population=Population(**(population | changes)),
        determinant=DETERMINANTS,
    )


def scored(folder: Path, table: pd.DataFrame, name: str = "censo.parquet", **changes: object) -> PopulationScores:
    """Write the population as a file and score it."""
    if name.endswith(".parquet"):
        table.to_parquet(folder / name, index=False)
    else:
        table.to_csv(folder / name, index=False)
    return score_population(study_of(name, **changes), folder, fitted(), scratch=folder / "scratch")


def by_hand(table: pd.DataFrame, model: SurveyModel) -> pd.DataFrame:
    """Risk, error and gradient of each area by plain numpy."""
    children = table[table["edad"].between(5, 17)]
    x = model.terms.matrix(pd.DataFrame(determinants_of(children)))
    p = 1 / (1 + np.exp(-x @ model.coef.to_numpy()))
    weight = children["factor"].to_numpy(dtype=float)
    rows = []
    for code in sorted(children["area"].unique()):
        inside = (children["area"] == code).to_numpy()
        v = weight[inside] / weight[inside].sum()
        g = (v * p[inside] * (1 - p[inside])) @ x[inside]
        se = np.sqrt(g @ model.cov.to_numpy() @ g)
        rows.append((code, weight[inside].sum(), v @ p[inside], se, *g))
    return pd.DataFrame(rows, columns=["area_code", "children", "area_risk", "se", *model.terms.names])
