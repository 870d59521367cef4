"""Almaranda, the made-up country: its municipalities, where they lie and what life is like there.

Poverty has a geography: it grows with the hours to the capital, with height and in the forest, and is least in the
towns. Municipal shares made here are the ground on which `people` draws each household.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from demo import names
from demo.borders import area_shapes
from demo.coast import EXTENT, outline
from demo.mesh import Mesh, make_mesh
from demo.noise import Floats, fractal_noise
from demo.relief import drainage, elevation
from demo.settlement import MAIN_TOWNS, Settlement, settle
from demo.tessellation import Division, divide

FINE_TOWNS = [(x, y, radius) for (x, y, _), radius in zip(MAIN_TOWNS, (28.0, 14.0), strict=False)]


@dataclass(frozen=True)
class Country:
    """Municipalities in order of code, and their shapes in the same order.

    `places` has `area_code`, `area_name`, `parent_code`, `parent_name`, `region` (costa, sierra, valle, selva),
    `people`, `km2`, `altitude` (m), `hours` to the capital, and as proportions `urban`, `indigenous`, `afro`, `farming`
    (fitness of the land), and `poverty` (standardised over people, higher is poorer).
    """

    places: pd.DataFrame
    shapes: gpd.GeoSeries


def make_country(seed: np.random.SeedSequence) -> Country:
    """The whole country; the same seed gives the same country."""
    rng = [np.random.default_rng(child) for child in seed.spawn(8)]
    mesh = make_mesh(EXTENT, FINE_TOWNS, rng[0])
    edge = outline(mesh.x, mesh.y, rng[1])
    height = elevation(mesh.x, mesh.y, edge.inland, rng[2])
    flow = drainage(height, mesh.area, ~edge.is_country, *mesh.rows())
    settlement = settle(mesh, height, edge.inland, flow, edge.is_country, rng[3])
    division = divide(mesh, height, flow, edge.is_country, settlement, rng[4])
    shapes = area_shapes(mesh, division.municipality, edge.inland, rng[5])
    places = _places(mesh, height, edge.inland, flow, settlement, division, rng[6])
    places = _named(places, division.department, rng[7])
    order = places.sort_values("area_code").index
    return Country(places.loc[order].reset_index(drop=True), shapes.iloc[order].reset_index(drop=True))


def _places(
    mesh: Mesh,
    height: Floats,
    inland: Floats,
    flow: Floats,
    settlement: Settlement,
    division: Division,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Geography of each municipality, as its people meet it."""
    cells = division.municipality >= 0
    where, people = division.municipality[cells], settlement.people[cells] + 1e-6
    m = len(division.seat)

    def of_people(value: Floats) -> Floats:
        return np.bincount(where, value[cells] * people, m) / np.bincount(where, people, m)

    total = np.maximum(np.bincount(where, people, m) * rng.lognormal(0, 0.12, m), 900)
    urban = np.clip(of_people(settlement.urban / np.maximum(settlement.people, 1e-6)), 0.04, 0.995)
    altitude, sea, hours = of_people(height), of_people(inland), of_people(settlement.hours)
    east = 1 / (1 + np.exp(-(of_people(mesh.x) - 322 - 0.12 * (200 - of_people(mesh.y))) / 8))
    region = np.select(
        [east * (altitude < 1100) > 0.5, altitude > 1750, sea < 32], ["selva", "sierra", "costa"], "valle"
    )

    patches = [of_people(fractal_noise(mesh.x, mesh.y, rng, length, 3)) for length in (110, 90, 80)]
    high = 1 / (1 + np.exp(-(altitude - 1750) / 260))
    indigenous = _logistic(-3.4 + 3.3 * high + 1.7 * east + 0.22 * hours - 1.4 * urban + 2.6 * patches[0])
    afro = _logistic(-3.2 + 2.2 * np.exp(-sea / 22) - 0.8 * high + 2.8 * patches[1])
    fertile = _logistic(0.4 + 0.02 * np.sqrt(of_people(flow)) - 1.6 * (altitude > 3000) + 2 * patches[2])
    poverty = (
        0.42 * hours + 1.5 * indigenous + 0.6 * east - 1.9 * urban - 0.25 * np.log(total / 1e4) + rng.normal(0, 0.28, m)
    )
    mean = np.average(poverty, weights=total)
    poverty = (poverty - mean) / np.sqrt(np.average((poverty - mean) ** 2, weights=total))
    return pd.DataFrame({
        "region": region, "people": total, "km2": np.bincount(where, mesh.area[cells], m), "altitude": altitude,
        "hours": hours, "urban": urban, "indigenous": indigenous, "afro": afro * (1 - indigenous), "farming": fertile,
        "poverty": poverty,
    })  # fmt: skip


def _named(places: pd.DataFrame, department: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Names and codes: departments by number of people, the capital's first; in each the largest municipality is 001."""
    places = places.assign(department=department)
    places["area_name"] = names.make_names(places["region"].tolist(), (places["people"] > 30_000).tolist(), rng)
    places.loc[0, "area_name"] = names.CAPITAL  # seats follow the order of the towns
    places.loc[1, "area_name"] = names.PORT
    capital = department[0]
    size = places.groupby("department")["people"].sum().to_numpy()
    order = sorted(range(len(size)), key=lambda d: (d != capital, -size[d]))
    by_region = places.groupby(["department", "region"])["people"].sum().unstack()
    region = [str(kind) for kind in by_region.idxmax(axis=1)]
    label = [names.CAPITAL_DEPARTMENT, *names.make_department_names([region[d] for d in order[1:]])]
    rank = np.argsort(order)[department]  # 0 is the capital's
    places["parent_code"] = [f"{r + 1:02d}" for r in rank]
    places["parent_name"] = [label[r] for r in rank]
    largest = places.groupby("department")["people"].transform("max") == places["people"]
    in_order = places.assign(first=~largest).sort_values(["parent_code", "first", "area_name"])
    number = in_order.groupby("parent_code").cumcount() + 1
    places["area_code"] = places["parent_code"] + number.map("{:03d}".format)
    return places.drop(columns="department")


def _logistic(value: Floats) -> Floats:
    return 1 / (1 + np.exp(-value))
