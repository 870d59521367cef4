"""The small study in a country of 30 municipalities with effects of their own, 25 of them in the survey."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from tests.small_study import write_small_study

CODES = [f"{1 + i // 10:02d}{1 + i % 10:02d}" for i in range(30)]
IN_SURVEY = [code for i, code in enumerate(CODES) if i % 6 != 5]


def write_study_with_areas(folder: Path, language: str = "es", area_estimate: str = "prediction") -> Path:
    """Write study and files; gives the path of `study.toml`. The true risks are in `verdad.csv`."""
    path = write_small_study(folder, language)
    rng = np.random.default_rng(11)
    effect = pd.Series(rng.normal(0, 0.6, len(CODES)), CODES)
    survey = _people(rng, np.repeat(IN_SURVEY, 60))
    survey["upm"] = survey["cod_mun"] + "-" + pd.Series(np.arange(len(survey)) % 4).astype(str)
    survey["estrato"] = survey["cod_mun"].str[:2]
    survey["factor"] = np.round(rng.uniform(2, 9, len(survey)), 2)
    survey["trabaja"] = (rng.random(len(survey)) < _risk(survey, effect)).astype(int)
    survey.to_csv(folder / "encuesta.csv", index=False)
    census = _people(rng, np.repeat(CODES, 250))
    risk = _risk(census, effect)[census["edad"].between(5, 17)]
    risk.groupby(census["cod_mun"]).mean().rename("riesgo").to_csv(folder / "verdad.csv")
    census["sexo"] = census["sexo"].map({1: "H", 2: "M"})
    census.rename(columns={"cod_mun": "codigo"}).to_csv(folder / "censo.csv", index=False)
    areas = pd.DataFrame({"codigo": CODES, "municipio": [f"Municipio {c}" for c in CODES]})
    areas["cod_dep"], areas["agro"] = areas["codigo"].str[:2], 20.0
    areas["departamento"] = "Departamento " + areas["cod_dep"]
    areas.to_csv(folder / "municipios.csv", index=False)
    text = path.read_text(encoding="utf-8").partition("[boundaries]")[0]
    declared = f'psu = "upm"\narea_code = "cod_mun"\narea_estimate = "{area_estimate}"'
    path.write_text(text.replace('psu = "upm"', declared), encoding="utf-8")
    return path


def _people(rng: np.random.Generator, codes: np.ndarray) -> pd.DataFrame:
    n = len(codes)
    return pd.DataFrame(
        {
            "cod_mun": codes,
            "sexo": rng.integers(1, 3, n),
            "edad": rng.integers(4, 19, n),
            "area": rng.choice(["urbana", "rural"], n, p=[0.6, 0.4]),
        }
    )


def _risk(people: pd.DataFrame, effect: pd.Series) -> pd.Series:
    eta = -2.4 + 0.9 * (people["sexo"] == 1) + 0.8 * (people["area"] == "rural") + people["cod_mun"].map(effect)
    return 1 / (1 + np.exp(-eta))
