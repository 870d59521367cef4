"""A census of any size with twelve determinants, made by the engine itself, and a model to score it with."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from riskmodel.study import AgeRange, Determinant, Outcome, Population, Rule, Study, StudyInfo, Survey
from riskmodel.survey.logit import SurveyModel, fit_survey_model

AREAS = 5_570
# Column and the share of each category, the first being 1, 2, …; zone and schooling of the head differ between areas.
CATEGORIES = {
    "sexo": (0.51, 0.49), "zona": (0.7, 0.3), "asiste": (0.93, 0.07), "lee": (0.95, 0.05), "etnia": (0.8, 0.15, 0.05),
    "nivel_jefe": (0.2, 0.45, 0.25, 0.1), "rama_jefe": (0.3, 0.3, 0.25, 0.15), "sexo_jefe": (0.68, 0.32),
    "agua": (0.85, 0.15), "hacinado": (0.75, 0.25), "internet": (0.6, 0.4),
}  # fmt: skip


def write_census(path: Path, rows: int) -> None:
    """Children of 5 to 17 years in the order of their areas, as a census file comes."""
    columns = []
    for position, (name, share) in enumerate(CATEGORIES.items()):
        cuts = np.cumsum(share)[:-1]
        drift = "0.2 * (area % 97) / 97.0 - 0.1" if name in ("zona", "nivel_jefe", "agua") else "0"
        seen = f"(hash(i * 31 + {position}) % 1000003) / 1000003.0 + {drift}"
        cases = " ".join(f"when {seen} < {cut:.6f} then {code}" for code, cut in enumerate(cuts, 1))
        columns.append(f"(case {cases} else {len(share)} end)::tinyint as {name}")
    query = f"""copy (
        with c as (select i, (i * {AREAS} // {rows})::int as area from range({rows}) t(i))
        select lpad(area::varchar, 5, '0') as area, (5 + hash(i * 7) % 13)::tinyint as edad, {", ".join(columns)} from c
    ) to '{path}' (format parquet, row_group_size 200000)"""
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '1GB'")
        connection.execute(query)


def determinants() -> tuple[Determinant, ...]:
    named = [Determinant(name=name, survey=Rule(column=name), reference="1") for name in CATEGORIES]
    return (Determinant(name="age", kind="numeric", survey=Rule(column="edad")), *named)


def fitted(seed: int = 3) -> SurveyModel:
    """A model with these determinants, from a simulated survey of 20,000 children."""
    rng = np.random.default_rng(seed)
    n = 20_000
    frame = pd.DataFrame({"weight": rng.uniform(1, 3, n), "age": rng.integers(5, 18, n).astype(float)})
    eta = -2.5 + 0.15 * (frame["age"] - 10)
    for name, share in CATEGORIES.items():
        code = rng.choice(len(share), n, p=share)
        eta = eta + rng.normal(0, 0.5, len(share))[code]
        frame[name] = pd.array((code + 1).astype(str), dtype="string")
    frame["outcome"] = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    return fit_survey_model(frame.assign(in_domain=True), determinants())


def study_of(file: str, groups: tuple[str, ...] = ("sexo", "zona")) -> Study:
    return Study(
        study=StudyInfo(name="censo", method="risk_model"),
        outcome=Outcome(name="t", definition="t", column="trabaja", age=AgeRange(column="edad", min=5, max=17)),
        survey=Survey(file="encuesta.csv", year=2024),
        population=Population(file=file, year=2024, area_code="area", groups=groups),
        determinant=determinants(),
    )


def by_hand(path: Path, model: SurveyModel) -> str:
    """The query a person would write: score every child, mean risk and expected count by area."""
    eta = [repr(float(model.coef.iloc[0])), f"{float(model.coef['age'])!r} * edad"]
    for name, categories in model.terms.categories.items():
        cases = " ".join(f"when {c} then {float(model.coef[f'{name}={c}'])!r}" for c in categories[1:])
        eta.append(f"case {name} {cases} else 0.0 end")
    return f"""select area, count(*) as children, avg(p) as risk, sum(p) as expected
        from (select area, 1 / (1 + exp(-({" + ".join(eta)}))) as p from read_parquet('{path}') where edad between 5 and 17)
        group by area order by area"""
