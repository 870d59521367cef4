"""A small complete study, written as files: six municipalities, a survey of 1,200 children, a census of 6,000.

Everything is drawn here, from a seed; nobody is real.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

AREAS = pd.DataFrame(
    {
        "codigo": ["0101", "0102", "0103", "0201", "0202", "0203"],
        "municipio": ["Arroyo Hondo", "Buena Vista", "Cañada", "Dos Ríos", "El Sauce", "Fortín"],
        "cod_dep": ["01", "01", "01", "02", "02", "02"],
        "departamento": ["Norte", "Norte", "Norte", "Sur", "Sur", "Sur"],
        "agro": [10.0, 35.0, 52.5, 20.0, 61.0, 44.0],
        "analfabetismo": [3.0, 9.0, 14.0, 6.0, 21.0, 12.0],
        "ninos": [1000, 1000, 1000, 1000, 1000, 1000],
    }
)

STUDY = """[study]
name = "Estudio pequeño"
language = "{language}"
method = "risk_model"
synthetic = true

[outcome]
name = "Trabajo infantil"
definition = "Trabajó al menos una hora en la semana"
source = "Encuesta de prueba"
column = "trabaja"
age = {{ column = "edad", min = 5, max = 17 }}

[survey]
file = "encuesta.csv"
year = 2024
weight = "factor"
stratum = "estrato"
psu = "upm"

[population]
file = "censo.csv"
year = 2020
area_code = "codigo"
groups = ["sexo"]

[[group]]
name = "edades"
label = "Grupo de edad"
population = {{ column = "edad", bands = {{ "5 a 11 años" = [5, 11], "12 a 14 años" = [12, 14], "15 a 17 años" = [15, 17] }} }}

[[group]]
name = "sexo_edad"
cross = ["sexo", "edades"]

[[determinant]]
name = "sexo"
label = "Sexo"
survey = {{ column = "sexo", map = {{ "1" = "hombre", "2" = "mujer" }} }}
population = {{ column = "sexo", map = {{ "H" = "hombre", "M" = "mujer" }} }}
reference = "mujer"

[[determinant]]
name = "area"
label = "Área"
group = "territory"
survey = {{ column = "area" }}
reference = "urbana"

[areas]
file = "municipios.csv"
area_code = "codigo"
area_name = "municipio"
parent_code = "cod_dep"
parent_name = "departamento"

[[indicator]]
name = "agro"
label = "Ocupados en agricultura"
unit = "%"
year = 2020

[boundaries]
file = "limites.geojson"
area_code = "codigo"
"""


def write_small_study(folder: Path, language: str = "es", seed: int = 7) -> Path:
    """Write study and files; gives the path of `study.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    survey = _people(rng, 1200)
    survey["upm"] = rng.integers(1, 61, len(survey))
    survey["estrato"] = (survey["upm"] % 4) + 1
    survey["factor"] = np.round(rng.uniform(2, 9, len(survey)), 2)
    risk = 1 / (1 + np.exp(-(-2.6 + 0.9 * (survey["sexo"] == 1) + 0.8 * (survey["area"] == "rural"))))
    survey["trabaja"] = (rng.random(len(survey)) < risk).astype(int)
    survey.to_csv(folder / "encuesta.csv", index=False)
    census = _people(rng, 6000)
    census["sexo"] = census["sexo"].map({1: "H", 2: "M"})
    census["codigo"] = np.repeat(AREAS["codigo"].to_numpy(), 1000)
    census.to_csv(folder / "censo.csv", index=False)
    AREAS.to_csv(folder / "municipios.csv", index=False)
    (folder / "limites.geojson").write_text(json.dumps(_squares()), encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(STUDY.format(language=language), encoding="utf-8")
    return path


def write_study_with_domains(folder: Path, language: str = "es") -> Path:
    """The small study, its survey with departments as domains; the south works more than its determinants say."""
    path = write_small_study(folder, language)
    survey = pd.read_csv(folder / "encuesta.csv")
    rng = np.random.default_rng(3)
    survey["dep"] = np.where(rng.random(len(survey)) < 0.5, "01", "02")
    survey.loc[(survey["dep"] == "02") & (rng.random(len(survey)) < 0.12), "trabaja"] = 1
    survey.to_csv(folder / "encuesta.csv", index=False)
    text = path.read_text(encoding="utf-8").replace('psu = "upm"', 'psu = "upm"\ndomain = "dep"')
    path.write_text(text, encoding="utf-8")
    return path


def _people(rng: np.random.Generator, n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sexo": rng.integers(1, 3, n),
            "edad": rng.integers(4, 19, n),
            "area": rng.choice(["urbana", "rural"], n, p=[0.6, 0.4]),
        }
    )


def _squares() -> dict[str, object]:
    """Six squares side by side, three to a row."""
    features = []
    for i, code in enumerate(AREAS["codigo"]):
        x, y = -60 + (i % 3), -10 + (i // 3)
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        features.append(
            {"type": "Feature", "properties": {"codigo": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    return {"type": "FeatureCollection", "features": features}
