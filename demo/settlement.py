"""Where people live: towns, countryside, and how far both are from the capital.

Towns are large in the high plain, at the ports and along the coast; the ranges and the eastern forest are thinly settled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from demo.mesh import Mesh
from demo.noise import Floats, fractal_noise

PEOPLE = 5_350_000
# Main towns: x, y (km), people in thousands. The first is the capital, the second its port.
MAIN_TOWNS = (
    (248, 228, 830), (170, 246, 240), (150, 372, 150), (232, 56, 120), (214, 300, 105), (236, 150, 90), (352, 206, 70),
    (110, 150, 78), (318, 66, 60), (300, 352, 46), (276, 196, 64), (120, 322, 44), (372, 330, 30), (70, 146, 34),
)  # fmt: skip
SMALL_TOWNS = 150


@dataclass(frozen=True)
class Settlement:
    """People of every cell of the mesh; zero outside the country."""

    urban: Floats  # people in towns
    rural: Floats  # people in the countryside
    towns: Floats  # (t, 3) x, y in km and people, largest first within main and small towns
    hours: Floats  # travel time to the capital

    @property
    def people(self) -> Floats:
        return self.urban + self.rural


def settle(
    mesh: Mesh, height: Floats, inland: Floats, flow: Floats, home: np.ndarray, rng: np.random.Generator
) -> Settlement:
    """Spread the country's people over its cells."""
    appeal = _appeal(mesh, height, inland, flow, rng) * home
    towns = _towns(mesh, appeal, home, rng)
    urban = np.zeros(mesh.n)
    for x, y, people in towns:
        radius = 1.1 + 0.23 * np.sqrt(people / 1000)
        near = np.exp(-((np.hypot(mesh.x - x, mesh.y - y) / radius) ** 2)) * mesh.area * home
        urban += people * near / near.sum()
    rural = appeal * mesh.area
    rural *= (PEOPLE - urban.sum()) / rural.sum()
    return Settlement(urban, rural, towns, travel_hours(mesh, height, flow, home, towns))


def travel_hours(mesh: Mesh, height: Floats, flow: Floats, home: np.ndarray, towns: Floats) -> Floats:
    """Hours from every cell to the capital: slow uphill and far from the towns, over water by boat."""
    a, b = mesh.pair.T
    length = mesh.length()
    slope = np.abs(height[a] - height[b]) / (1000 * length)
    town = np.min([np.hypot(mesh.x - x, mesh.y - y) for x, y, people in towns if people > 12_000], axis=0)
    speed = (14 + 46 * np.exp(-(town[a] + town[b]) / 50)) / (1 + 14 * slope)
    speed = np.where(home[a] & home[b], speed, 9.0)
    graph = coo_matrix((length / speed, (a, b)), (mesh.n, mesh.n)).tocsr()
    capital = int(np.argmin(np.hypot(mesh.x - towns[0, 0], mesh.y - towns[0, 1])))
    return dijkstra(graph, directed=False, indices=capital)


def _appeal(mesh: Mesh, height: Floats, inland: Floats, flow: Floats, rng: np.random.Generator) -> Floats:
    """People per km2 of countryside, up to a factor."""
    plain = np.exp(-((np.hypot((mesh.x - 246) / 34, (mesh.y - 232) / 80)) ** 2))
    highland = np.exp(-(((height - 1700) / 700) ** 2))
    coast = np.exp(-np.maximum(inland, 0) / 28)
    valley = np.minimum(np.sqrt(flow) / 70, 1)
    forest = 1 / (1 + np.exp(-(mesh.x - 318 - 0.12 * (200 - mesh.y)) / 10))
    cold = 1 / (1 + np.exp(-(height - 3000) / 220))
    value = (4 + 26 * plain + 12 * highland + 14 * coast + 12 * valley) * (1 - 0.86 * forest) * (1 - 0.93 * cold)
    return np.asarray(value * np.exp(0.9 * fractal_noise(mesh.x, mesh.y, rng, 60, 4)))


def _towns(mesh: Mesh, appeal: Floats, home: np.ndarray, rng: np.random.Generator) -> Floats:
    """The main towns moved to the best cell near them, and small towns drawn where the countryside is full."""
    chosen: list[tuple[float, float, float]] = []
    for x, y, thousands in MAIN_TOWNS:
        away = np.hypot(mesh.x - x, mesh.y - y)
        best = int(np.argmax(np.where(home & (away < 16), appeal * np.exp(-away / 8), -1)))
        chosen.append((mesh.x[best], mesh.y[best], 1000.0 * thousands))
    chance = appeal * mesh.area * home
    order = rng.choice(mesh.n, 4000, replace=False, p=chance / chance.sum())
    size = 1000 * np.maximum(26 * (np.arange(SMALL_TOWNS) + 1.0) ** -0.55, 1.2)
    for cell in order:
        if len(chosen) == len(MAIN_TOWNS) + SMALL_TOWNS:
            break
        if min(np.hypot(mesh.x[cell] - x, mesh.y[cell] - y) for x, y, _ in chosen) > 9:
            chosen.append((mesh.x[cell], mesh.y[cell], size[len(chosen) - len(MAIN_TOWNS)]))
    return np.array(chosen)
