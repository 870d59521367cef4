"""A small study with the area model, written as files: sixty municipalities of twelve departments. Nobody is real."""

from __future__ import annotations

import json
from pathlib import Path

from tests.areamodel.world import world

STUDY = """[study]
name = "Tabla de municipios"
language = "{language}"
method = "area_model"
synthetic = true

[outcome]
name = "Trabajo infantil"
definition = "Trabajó al menos una hora en la semana"
source = "Censo de prueba"
year = 2020

[areas]
file = "municipios.csv"
area_code = "codigo"
area_name = "municipio"
parent_code = "departamento"
children = "ninos"

[[indicator]]
name = "agro"
label = "Ocupados en agricultura"
dimension = "trabajo"
unit = "%"

[[indicator]]
name = "lejos"
label = "Horas hasta la escuela"
dimension = "escuela"

[[indicator]]
name = "luz"
label = "Viviendas con luz"
dimension = "vivienda"
direction = -1

[area_model]
cases = "trabajan"
total = "encuestados"

[boundaries]
file = "limites.geojson"
area_code = "codigo"
"""


def write_area_study(folder: Path, language: str = "es", seed: int = 5) -> Path:
    """Write study and files; gives the path of `study.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    table, _ = world(seed, areas=60, units=12)
    made = table.assign(
        codigo=table["area_code"],
        municipio=[f"Municipio {i + 1}" for i in range(len(table))],
        departamento=table["parent_code"],
        ninos=table["children"],
        agro=(40 + 12 * table["x0"]).round(2),
        lejos=(2 + 0.5 * table["x1"]).round(2),
        luz=(70 - 9 * table["x2"]).round(2),
        trabajan=(table["direct"] * table["direct_n"]).round(),
        encuestados=table["direct_n"],
    )
    columns = ["codigo", "municipio", "departamento", "ninos", "agro", "lejos", "luz", "trabajan", "encuestados"]
    made[columns].to_csv(folder / "municipios.csv", index=False)
    squares = [_square(code, i) for i, code in enumerate(made["codigo"])]
    (folder / "limites.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": squares}), "utf-8")
    path = folder / "study.toml"
    path.write_text(STUDY.format(language=language), encoding="utf-8")
    return path


def _square(code: str, position: int) -> dict[str, object]:
    x, y = -60 + position % 10, -10 + position // 10
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"codigo": code}, "geometry": geometry}
