"""An earlier year of the demonstration country, so that a change over time can be seen.

Made from the files of the country itself: the same places and codes, fewer children, other conditions. In most of the
country things were worse; in `BETTER` departments they were better, so that some municipalities rise later.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from demo.noise import Floats
from demo.people import AREA_EFFECT, TRUE_ODDS
from demo.write import MAIN_STUDY, SEED, TEXTS

FOLDER = "2018"
YEARS = {"2024": "2018", "2023": "2017"}  # of the survey, of the census and the tables
PREVALENCE = 0.115
KEPT = 0.94  # share of the children of the later census
BETTER = ("17", "19", "20")  # departments where conditions were better than later
# Column and codes of a condition in survey and census, good first, and the chance that it was the other one.
CONDITIONS = (
    ("asiste", (1, 2), "asiste", ("S", "N"), 0.06),
    ("seguridad_social_jefe", (1, 2), "seg_social_jefe", ("S", "N"), 0.16),
    ("rama_jefe", ("C", "A"), "rama_jefe", ("3", "1"), 0.30),
)
MUCH_BETTER = 0.90


def write_earlier(source: Path, folder: Path) -> Path:
    """Write the earlier year into `folder` from the files of the country in `source`; gives its study file, written last.

    The same source gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seeds = np.random.SeedSequence([SEED, 2018]).spawn(3)
    census = pd.read_parquet(source / "censo.parquet")
    rng = np.random.default_rng(seeds[0])
    census = census[rng.random(len(census)) < KEPT].reset_index(drop=True)
    department = census["cod_mun"].astype(str).str[:2]
    for _, _, column, codes, chance in CONDITIONS:
        changed = _changed(census[column].astype(object), codes, chance, department, rng)
        census[column] = pd.Categorical(changed)
    census.to_parquet(folder / "censo.parquet", index=False)
    survey = pd.read_csv(source / "encuesta.csv", dtype={"estrato": str, "upm": str, "hogar": str, "departamento": str, "cod_mun": str, "anios_estudio_jefe": "Int64", "trabajo_infantil": "Int64"})  # fmt: skip
    rng = np.random.default_rng(seeds[1])
    for column, codes, _, _, chance in CONDITIONS:
        survey[column] = _changed(survey[column].astype(object), codes, chance, survey["departamento"], rng)
    survey["factor"] = (survey["factor"] * KEPT).round(2)
    survey["trabajo_infantil"] = _outcome(survey, _effects(source, seeds[2]), rng)
    survey.to_csv(folder / "encuesta.csv", index=False, encoding="utf-8", lineterminator="\n")
    for name in ("municipios.csv", "municipios.geojson"):
        shutil.copyfile(source / name, folder / name)
    text = (TEXTS / MAIN_STUDY).read_text(encoding="utf-8")
    for later, earlier in YEARS.items():
        text = text.replace(f"year = {later}", f"year = {earlier}")
    text = text.replace("en Almaranda (datos", "en Almaranda en 2018 (datos", 1)
    path = folder / MAIN_STUDY
    path.write_text(text, encoding="utf-8")
    return path


def _changed(
    values: pd.Series, codes: tuple[object, object], chance: float, department: pd.Series, rng: np.random.Generator
) -> pd.Series:
    """Good turned into bad with a chance; in `BETTER` departments most of the bad into good."""
    good, bad = codes
    draw, better = rng.random(len(values)), department.isin(BETTER).to_numpy()
    out = values.copy()
    out[(values == good).to_numpy() & ~better & (draw < chance)] = bad
    out[(values == bad).to_numpy() & better & (draw < MUCH_BETTER)] = good
    return out


def _effects(source: Path, seed: np.random.SeedSequence) -> pd.Series:
    """Effects of the municipalities, drawn anew: nothing of them lasts from one year to the other."""
    codes = pd.read_csv(source / "municipios.csv", dtype=str)["codigo"]
    return pd.Series(np.random.default_rng(seed).normal(0, AREA_EFFECT, len(codes)), codes)


def _outcome(survey: pd.DataFrame, effect: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Who works, drawn from the true odds; missing for those of 18."""

    def odds(name: str, category: pd.Series) -> Floats:
        return np.log(category.map(TRUE_ODDS[name]).fillna(1.0).to_numpy(float))

    years = survey["anios_estudio_jefe"].astype(float)
    schooling = pd.cut(years, [-1, 0, 5, 11, 30], labels=list(TRUE_ODDS["escolaridad_jefe"])).astype(object)
    ages = pd.cut(survey["edad"], [4, 11, 14, 18], labels=list(TRUE_ODDS["edad"])).astype(object)
    branch = {
        "S": "servicios",
        "A": "agropecuario",
        "F": "industria y construcción",
        "C": "comercio",
        "Z": "no trabaja",
    }
    score = (
        odds("sexo", survey["sexo"].map({1: "hombre", 2: "mujer"}))
        + odds("edad", ages)
        + odds("area", survey["area"].map({1: "urbana", 2: "rural"}))
        + odds("etnia", survey["etnia"].map({1: "indígena", 2: "afrodescendiente", 3: "otra"}))
        + odds("asiste", survey["asiste"].map({1: "sí", 2: "no"}))
        + odds("escolaridad_jefe", schooling)
        + odds("rama_jefe", survey["rama_jefe"].map(branch))
        + odds("formal_jefe", survey["seguridad_social_jefe"].map({1: "sí", 2: "no"}))
        + odds("hacinamiento", (survey["personas_por_dormitorio"] > 3).map({True: "sí", False: "no"}))
        + survey["cod_mun"].map(effect).to_numpy(float)
    )
    child = (survey["edad"] <= 17).to_numpy()
    weight = survey["factor"].to_numpy(float) * child
    intercept = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-score - intercept))
        intercept += float((PREVALENCE - np.average(p, weights=weight)) / np.average(p * (1 - p), weights=weight))
    works = rng.random(len(survey)) < 1 / (1 + np.exp(-score - intercept))
    return pd.Series(works.astype(int), survey.index, dtype="Int64").where(child)
