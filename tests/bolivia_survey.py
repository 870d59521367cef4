"""Draw a household survey from the census of Pando, Bolivia, 1976, fit it, score the census, compare with the truth.

The census asked about work from age 7, so the true share of working children of every canton is known.

Two stages, seeded. The strata are the 11 cantons. In each, households with a person of 7 to 14 years are put in the
order of their number and cut into segments of 15; stage one draws half of the segments (at least 2, all where there are
fewer), stage two 60 % of the households of a segment, simple random draws both. The weight is the inverse of the
product of the two fractions. Every child of a drawn household is interviewed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.areas.uncertainty import logit_interval
from riskmodel.inputs.survey import read_survey
from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.study import AgeRange, Determinant, Outcome, Population, Rule, Study, StudyInfo, Survey
from riskmodel.survey.logit import SurveyModel, fit_survey_model

SEED = 1976
SEGMENT = 15
SEGMENTS_DRAWN = 0.5
HOUSEHOLDS_DRAWN = 0.6

CENSUS_FILE = "pando_censo.parquet"
SURVEY_FILE = "pando_encuesta.csv"

# Branch of the head: agriculture, hunting, forestry and fishing begin with 1; 8888 has none; 9999 is unknown.
# Schooling of the head: 0 and 1 none; 11-29 and 41-49 primary; above, more; 89 and 99 unknown.


def prepared_census(data: Path) -> pd.DataFrame:
    """Children 7 to 14 and the branch and schooling of their household's head; unknown codes are missing."""
    persons = pd.read_csv(data / "bolivia" / "censo1976_pando_personas.csv.gz")
    head = persons[persons["parentesco"] == 1].set_index("folio")
    branch = head["rama_cod"]
    sector = np.select([branch == 8888, branch == 9999, branch // 1000 == 1], ["ninguna", "", "agro"], "otra")
    grade = head["nivel_grado"]
    none, primary = grade.isin([0, 1]), grade.between(11, 29) | grade.between(41, 49)
    level = np.select([none, primary, grade.isin([89, 99])], ["ninguno", "primaria", ""], "mas")
    children = persons[persons["edad"].between(7, 14)].copy()
    children["rama_jefe"] = children["folio"].map(pd.Series(sector, head.index)).replace("", pd.NA)
    children["nivel_jefe"] = children["folio"].map(pd.Series(level, head.index)).replace("", pd.NA)
    columns = ["cod_canton", "folio", "sexo", "edad", "area", "asiste_escuela", "sabe_leer", "idioma"]
    return children[[*columns, "rama_jefe", "nivel_jefe", "trabaja"]].reset_index(drop=True)


def draw_survey(census: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Rows of the drawn children with `estrato`, `segmento` (PSU) and `factor` (weight)."""
    rng = np.random.default_rng(seed)
    drawn = []
    for canton, children in census.groupby("cod_canton", sort=True):
        households = np.sort(children["folio"].unique())
        segment = np.arange(len(households)) // SEGMENT
        n_segments = segment[-1] + 1
        take = min(n_segments, max(2, round(SEGMENTS_DRAWN * n_segments)))
        for chosen in np.sort(rng.choice(n_segments, take, replace=False)):
            inside = households[segment == chosen]
            keep = max(1, round(HOUSEHOLDS_DRAWN * len(inside)))
            folios = rng.choice(inside, keep, replace=False)
            weight = n_segments / take * len(inside) / keep
            rows = children[children["folio"].isin(folios)]
            drawn.append(rows.assign(estrato=canton, segmento=f"{canton}-{chosen}", factor=round(weight, 6)))
    return pd.concat(drawn, ignore_index=True)


def bolivia_study() -> Study:
    def category(name: str, column: str, reference: str, mapping: dict[str, str] | None = None) -> Determinant:
        return Determinant(name=name, survey=Rule(column=column, map=mapping), reference=reference)

    yes_no = {"1": "si", "2": "no"}
    other = dict.fromkeys(["2", "3", "4", "5", "6", "7", "8", "9"], "otro")
    return Study(
        study=StudyInfo(name="Pando 1976", method="risk_model", seed=SEED),
        outcome=Outcome(
            name="Trabajo infantil, 7 a 14 años",
            definition="Trabajó, o no trabajó pero tenía empleo, en la semana de referencia",
            column="trabaja",
            age=AgeRange(column="edad", min=7, max=14),
        ),
        survey=Survey(
            file=SURVEY_FILE, year=1976, weight="factor", stratum="estrato", psu="segmento", area_code="cod_canton"
        ),
        population=Population(file=CENSUS_FILE, year=1976, area_code="cod_canton", groups=("sex", "area")),
        determinant=(
            category("sex", "sexo", "mujer", {"1": "hombre", "2": "mujer"}),
            Determinant(name="age", kind="numeric", survey=Rule(column="edad")),
            category("area", "area", "urbana", {"1": "urbana", "2": "rural"}),
            category("attends", "asiste_escuela", "si", yes_no),
            category("reads", "sabe_leer", "si", yes_no),
            category("language", "idioma", "castellano", {"0": "no_declara", "1": "castellano"} | other),
            category("head_branch", "rama_jefe", "otra"),
            category("head_schooling", "nivel_jefe", "primaria"),
        ),
    )


def run(data: Path, folder: Path, seed: int = SEED) -> tuple[SurveyModel, PopulationScores, pd.DataFrame]:
    """Write survey and census into `folder`, fit, score; gives the model, the scores and the table by canton."""
    census = prepared_census(data)
    census.to_parquet(folder / CENSUS_FILE, index=False)
    draw_survey(census, seed).to_csv(folder / SURVEY_FILE, index=False)
    study = bolivia_study()
    frame, _ = read_survey(study, folder)
    assert study.survey is not None
    model = fit_survey_model(frame, study.determinant, study.survey.lonely_psu)
    scores = score_population(study, folder, model, scratch=folder)
    return model, scores, comparison(census, scores)


def comparison(census: pd.DataFrame, scores: PopulationScores) -> pd.DataFrame:
    """One row per canton: children, true share, estimate and its 95 % interval (coefficients only), proportions."""
    truth = census.groupby(census["cod_canton"].astype(str))["trabaja"].agg(["size", "mean"])
    areas = scores.areas.set_index("area_code")
    lower, upper = logit_interval(areas["area_risk"], areas["se"])
    table = pd.DataFrame(
        {
            "children": truth["size"],
            "true_rate": truth["mean"],
            "estimate": areas["area_risk"],
            "ci_lower": lower,
            "ci_upper": upper,
            "unscored_share": areas["unscored_share"],
        }
    )
    return table.rename_axis("canton").reset_index()


def agreement(table: pd.DataFrame) -> dict[str, float]:
    """Spearman correlation, mean difference and its size, and the share of cantons inside their interval."""
    apart = table["estimate"] - table["true_rate"]
    inside = table["true_rate"].between(table["ci_lower"], table["ci_upper"])
    return {
        "spearman": float(table["estimate"].corr(table["true_rate"], method="spearman")),
        "pearson": float(table["estimate"].corr(table["true_rate"])),
        "mean_bias": float(np.average(apart, weights=table["children"])),
        "rmse": float(np.sqrt(np.average(apart**2, weights=table["children"]))),
        "inside": float(inside.mean()),
    }


def as_markdown(table: pd.DataFrame) -> str:
    """The comparison as the table of `docs/benchmarks.md`, percentages with one decimal."""
    lines = ["| canton | children | true rate % | estimate % | 95 % interval |", "|---|---:|---:|---:|---:|"]
    for row in table.itertuples(index=False):
        interval = f"{100 * row.ci_lower:.1f} to {100 * row.ci_upper:.1f}"
        numbers = f"{row.children:,} | {100 * row.true_rate:.1f} | {100 * row.estimate:.1f} | {interval}"
        lines.append(f"| {row.canton} | {numbers} |")
    return "\n".join(lines)
