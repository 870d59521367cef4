"""A run in which risk is high in one corner: a board of 10 by 10 areas with a risk that is given."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.study_file import read_study
from workflow import run_to

SIDE = 10

STUDY = """[study]
name = "Tablero"
language = "es"
method = "given_risk"
synthetic = true

[outcome]
name = "Trabajo infantil"
definition = "Trabajó al menos una hora en la semana"
year = 2020

[areas]
file = "casillas.csv"
area_code = "codigo"
area_name = "nombre"
children = "ninos"

[given_risk]
risk = "riesgo"

[[indicator]]
name = "agro"
label = "Ocupados en agricultura"
unit = "%"

[[indicator]]
name = "rural"
label = "Población rural"
unit = "%"

[boundaries]
file = "casillas.geojson"
area_code = "codigo"
"""


def write_board(folder: Path) -> Path:
    """Study and files; gives the path of study.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(8)
    rows, features = [], []
    for r in range(SIDE):
        for c in range(SIDE):
            code = f"{r:02}{c:02}"
            risk = rng.uniform(0.05, 0.1) + (0.2 if r < 4 and c < 4 else 0)
            rows.append(
                (code, f"Casilla {r}-{c}", round(risk, 4), 500 + 10 * r, rng.uniform(0, 60), rng.uniform(0, 90))
            )
            ring = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1], [c, r]]
            features.append(
                {
                    "type": "Feature",
                    "properties": {"codigo": code},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            )
    columns = ["codigo", "nombre", "riesgo", "ninos", "agro", "rural"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "casillas.csv", index=False)
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "casillas.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return folder / "study.toml"


def clusters_run(folder: Path) -> Path:
    """The folder of its results."""
    study = write_board(folder / "study")
    out = folder / "results"
    out.mkdir()
    run_to(read_study(study), study.parent, out)
    return out
