"""Small invented files for the examples of `docs/study-file.md`, under the names and columns they use."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

CODES = [f"{parent:02d}{area:02d}" for parent in (1, 2, 3) for area in (1, 2, 3, 4)]
NAMES = ["Alba", "Bruma", "Cima", "Duna", "Estero", "Faro", "Garza", "Horno", "Isla", "Junco", "Loma", "Musgo"]


def risk_model(folder: Path) -> None:
    """A survey of 60 sampling units in 6 strata, a census of 12 municipalities, names, shapes."""
    rng = np.random.default_rng(1)
    psu = np.repeat(np.arange(60), 30)
    survey = _people(rng, len(psu), rural=0.2 + 0.6 * rng.random(60)[psu])
    pd.DataFrame(
        {
            "stratum": psu // 10,
            "psu": psu,
            "weight": np.round(20 + 30 * rng.random(len(psu)), 2),
            "sex": np.where(survey["boy"], 1, 2),
            "age": survey["age"],
            "zone": np.where(survey["rural"], "rural", "urban"),
            "head_work": np.where(survey["farming"], "farm", np.where(rng.random(len(psu)) < 0.2, "none", "other")),
            "head_years": survey["years"],
            "child_labour": survey["works"].astype(int),
        }
    ).to_csv(folder / "survey.csv", index=False)
    area = rng.integers(0, 12, 6000)
    census = _people(rng, len(area), rural=(area + 1) / 14)
    pd.DataFrame(
        {
            "MUN": np.array(CODES)[area],
            "SEXO": np.where(census["boy"], "H", "M"),
            "EDAD": census["age"],
            "ZONA": np.where(census["rural"], "R", "U"),
            "RAMA": np.where(census["farming"], "A", rng.choice(["B", "C", "Z"], len(area))),
            "ANIOS_JEFE": census["years"],
        }
    ).to_csv(folder / "census.csv", index=False)
    pd.DataFrame(
        {
            "code": CODES,
            "name": NAMES,
            "province_code": [code[:2] for code in CODES],
            "province": [f"Province {code[:2]}" for code in CODES],
            "hours_to_capital": np.arange(12) / 2,
        }
    ).to_csv(folder / "municipalities.csv", index=False)
    _shapes(folder / "municipalities.geojson", "code")


def cells(folder: Path) -> None:
    """The same survey; counts of the census by municipality, sex and zone."""
    census = _children(folder)
    census["zone"] = census["ZONA"].map({"U": "urban", "R": "rural"})
    counts = census.groupby(["MUN", "SEXO", "zone"]).size().rename("children").reset_index()
    counts.to_csv(folder / "cells.csv", index=False)


def margins(folder: Path) -> None:
    """The same survey; totals of the census by municipality."""
    census = _children(folder)
    parts = [
        census.groupby(["MUN", name]).size().rename("children").rename_axis(["MUN", "value"]).reset_index()
        .assign(variable=name)
        for name in ("SEXO", "ZONA", "RAMA")
    ]  # fmt: skip
    pd.concat(parts).to_csv(folder / "totals.csv", index=False)


def _children(folder: Path) -> pd.DataFrame:
    """Write the files of the risk model but its census; gives the children of that."""
    risk_model(folder)
    census = pd.read_csv(folder / "census.csv", dtype={"MUN": str})
    (folder / "census.csv").unlink()
    return census[census["EDAD"].between(5, 17)].copy()


def vulnerability_index(folder: Path) -> None:
    """A table with semicolons and decimal commas, a second table to join, shapes."""
    table = index_values()
    first = pd.DataFrame({"codigo": CODES, "municipio": NAMES, "cod_depto": [c[:2] for c in CODES]})
    first["departamento"] = "Departamento " + first["cod_depto"]
    first["pob_5_17"] = np.arange(12) * 150 + 400
    first = first.join(table[["p_agro", "p_formal", "dependencia"]])
    first.to_csv(folder / "municipios.csv", index=False, sep=";", decimal=",")
    second = table[["asistencia", "atraso"]].assign(codigo_municipio=CODES)
    second.sample(frac=1, random_state=3).to_csv(folder / "escuelas.csv", index=False)
    _shapes(folder / "municipios.geojson", "codigo")


def index_values() -> pd.DataFrame:
    """Indicators of the index in the order of `CODES`."""
    rng = np.random.default_rng(2)
    names = ["p_agro", "p_formal", "dependencia", "asistencia", "atraso"]
    return pd.DataFrame(np.round(100 * rng.random((12, 5)), 1), columns=names)


def given_risk(folder: Path) -> None:
    """A published table of percentages with errors, shapes."""
    given_values().to_csv(folder / "published.csv", index=False)
    _shapes(folder / "districts.geojson", "district_code")


def given_values() -> pd.DataFrame:
    """The published table; the twelfth district was not published."""
    risk = [3.1, 4.0, 5.2, 6.8, 8.0, 8.1, 9.9, 12.4, 15.0, 15.1, 21.7, None]
    return pd.DataFrame(
        {
            "district_code": CODES,
            "district": NAMES,
            "region": [code[:2] for code in CODES],
            "children_10_15": np.arange(12) * 100 + 500,
            "risk_pct": risk,
            "risk_se": [0.5 if value else None for value in risk],
            "schools_per_1000": np.arange(12)[::-1] / 4 + 1,
        }
    )


def _people(rng: np.random.Generator, n: int, rural: np.ndarray) -> pd.DataFrame:
    """Children and their homes; work is drawn from a logistic model."""
    people = pd.DataFrame({"boy": rng.random(n) < 0.5, "age": rng.integers(3, 20, n), "rural": rng.random(n) < rural})
    people["farming"] = rng.random(n) < np.where(people["rural"], 0.6, 0.1)
    people["years"] = rng.integers(0, 16, n)
    eta = -3.4 + 0.6 * people["boy"] + 0.12 * (people["age"] - 5) + 0.9 * people["farming"] - 0.05 * people["years"]
    people["works"] = rng.random(n) < 1 / (1 + np.exp(-eta))
    return people


def _shapes(path: Path, key: str) -> None:
    """Twelve squares, four in a row."""
    features = []
    for position, code in enumerate(CODES):
        x, y = position % 4, position // 4
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        shape = {"type": "Polygon", "coordinates": [[[0.1 * a - 60, 0.1 * b - 10] for a, b in ring]]}
        features.append({"type": "Feature", "properties": {key: code}, "geometry": shape})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
