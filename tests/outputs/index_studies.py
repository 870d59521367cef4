"""Small studies of the index in every way it can be made, run as the program runs them."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.results import Results
from riskmodel.run import run_study
from riskmodel.study import Study
from riskmodel.study_file import parse_study

N = 40
DIMENSIONS = ("Trabajo", "<5 años", "Trabajo", "<5 años", "Trabajo", "Trabajo", "=Vivienda")
DIRECTIONS = (1, -1, 1, 1, -1, 1, -1)

WAYS: dict[str, tuple[str, ...]] = {
    "treatment": ("none", "winsorise", "log"),
    "normalisation": ("min_max", "goalposts", "z_score", "rank", "reference"),
    "weights": ("equal", "given", "principal_component", "entropy", "workshop", "estimated"),
    "within": ("arithmetic", "geometric", "geometric_strength"),
    "between": ("arithmetic", "geometric", "geometric_strength"),
    "rule": ("natural_breaks", "quantile", "equal_width", "dalenius_hodges", "fixed"),
}


def allowed(way: dict[str, str]) -> bool:
    """Goalposts say what is extreme already."""
    return not (way["normalisation"] == "goalposts" and way["treatment"] != "none")


def every_way() -> list[dict[str, str]]:
    """All combinations of the settings of the mean."""
    return [way for values in product(*WAYS.values()) if allowed(way := dict(zip(WAYS, values, strict=True)))]


def every_pair() -> list[dict[str, str]]:
    """Few combinations in which every two settings meet in every way; the same ones each time."""
    rng = np.random.default_rng(5)
    ways = every_way()
    ways = [ways[i] for i in rng.permutation(len(ways))]
    pairs_of = [set(combinations(sorted(way.items()), 2)) for way in ways]
    wanted = set().union(*pairs_of)
    chosen = []
    while wanted:
        best = max(range(len(ways)), key=lambda i: len(pairs_of[i] & wanted))
        chosen.append(ways[best])
        wanted -= pairs_of[best]
    return chosen


def every_value() -> list[dict[str, str]]:
    """Fewer still: every value of every setting occurs, means and ways mixed."""
    n = max(len(values) for values in WAYS.values())
    ways = [
        {
            name: values[(i + step * (i // len(values))) % len(values)]
            for step, (name, values) in enumerate(WAYS.items(), 1)
        }
        for i in range(n)
    ]
    return [way if allowed(way) else way | {"treatment": "none"} for way in ways]


def table(seed: int = 3) -> pd.DataFrame:
    """Municipalities in five units, one of them alone in its unit and one in none; long tails, gaps, ties."""
    rng = np.random.default_rng(seed)
    units = [f"{1 + i % 4:02d}" for i in range(N)]
    areas = pd.DataFrame({"codigo": [f"{u}{i:03d}" for i, u in enumerate(units)], "dep": units})
    areas["nombre"] = [f"Municipio {i}" for i in range(N)]
    areas.loc[6, "dep"], areas.loc[7, "dep"] = "9", None
    areas["depn"] = "Departamento " + areas["dep"]
    areas["ninos"] = rng.integers(50, 9000, N)
    for j in range(len(DIMENSIONS)):
        areas[f"x{j}"] = np.round(rng.gamma(2, 8, N), 2)
    areas.loc[3, "x0"], areas.loc[4, "x0"] = 400.0, 390.0  # a tail
    areas.loc[5, "x4"] = -250.0  # a tail to the left
    areas.loc[[10, 11], "x2"] = 12.5
    areas.loc[20] = areas.loc[20].where(~areas.columns.isin([f"x{j}" for j in range(7)]), areas.loc[21])  # a tie
    areas["tasa"] = np.round(0.1 + 0.002 * areas["x2"] + 0.001 * areas["x3"] + rng.uniform(0, 0.05, N), 4)
    for row, column in ((1, "x0"), (2, "x2"), (6, "x4"), (7, "x5"), (9, "x5"), (12, "x0"), (12, "x2"), (30, "x6")):
        areas.loc[row, column] = np.nan  # 12 and 30 lack too much of a dimension; the others are filled
    return areas


def text(
    way: dict[str, str], method: str = "mean", scope: str = "national", change: dict[int, str] | None = None
) -> str:
    """study.toml of one way; `change` puts other lines in place of those of an indicator."""
    index = [f'method = "{method}"']
    if method == "mean":
        index += [f'{key} = "{way[key]}"' for key in ("treatment", "normalisation", "weights", "within", "between")]
        if way["weights"] == "given":
            index.append('dimension_weights = { Trabajo = 3, "<5 años" = 1, "=Vivienda" = 0.5 }')
        if way["weights"] == "estimated":
            index.append('rate = "tasa"')
        if way["weights"] == "workshop":
            index.append('workshop = { file = "puntos.csv" }')
    cuts = "cuts = [25.0, 45.0]" if way["rule"] == "fixed" else ""
    parts = [
        f"""[study]
name = "Índice de prueba"
language = "es"
method = "vulnerability_index"
synthetic = true
[outcome]
name = "Trabajo infantil"
definition = "Trabajó en la semana de referencia"
[areas]
file = "municipios.csv"
area_code = "codigo"
area_name = "nombre"
parent_code = "dep"
parent_name = "depn"
children = "ninos"
year = 2020
[index]
{chr(10).join(index)}
[levels]
rule = "{way["rule"]}"
k = 3
scope = "{scope}"
{cuts}
"""
    ]
    for j, (dimension, direction) in enumerate(zip(DIMENSIONS, DIRECTIONS, strict=True)):
        best, worst = (0.0, 35.0) if direction == 1 else (35.0, 0.0)
        posts = (
            f"best = {best}\nworst = {worst}"
            if way["normalisation"] == "goalposts" or (method == "dp2" and j == 3)
            else ""
        )
        reference = "reference = 14.5" if way["normalisation"] == "reference" and j == 1 else ""
        own = (change or {}).get(j, f"direction = {direction}\nweight = {1 + j / 2}")
        parts.append(f"""[[indicator]]
name = "i{j}"
column = "x{j}"
label = "Indicador {j}"
dimension = "{dimension}"
{own}
{posts}
{reference}
""")
    return "\n".join(parts)


DEFAULT = {name: values[0] for name, values in WAYS.items()}


def run_way(
    folder: Path, way: dict[str, str] | None = None, areas: pd.DataFrame | None = None, **more: object
) -> Results:
    """Results of one way; `areas` in place of the table."""
    folder.mkdir(parents=True, exist_ok=True)
    (table() if areas is None else areas).to_csv(folder / "municipios.csv", index=False)
    points = pd.DataFrame(
        [[20, 10, 30, 10, 10, 10, 10], [5, 5, 50, 20, 10, 10, 0]], columns=[f"i{j}" for j in range(7)]
    )
    points.to_csv(folder / "puntos.csv", index=False)
    study: Study = parse_study(text(way or DEFAULT, **more))  # type: ignore[arg-type]
    return run_study(study, folder, folder)
