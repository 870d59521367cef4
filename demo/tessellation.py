"""Divide the country into municipalities and departments.

Seats are spread so that crowded land has small municipalities; each grows over the mesh along the easiest way, so that
fronts meet on ridges and rivers, as old borders do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from demo.mesh import Mesh
from demo.noise import Floats, fractal_noise
from demo.settlement import Settlement

MUNICIPALITIES = 340
DEPARTMENTS = 22
LEAST_ISLAND = 40.0  # km2: a larger island is a municipality; a smaller one belongs to the nearest
LEAST_ISLET = 7.0  # km2: smaller ones are left to the sea


@dataclass(frozen=True)
class Division:
    """Municipality of every cell (-1 outside the country), and department of every municipality."""

    municipality: np.ndarray  # (cells,) 0..m-1 or -1
    seat: np.ndarray  # (m,) cell of the seat
    department: np.ndarray  # (m,) 0..d-1


def divide(
    mesh: Mesh, height: Floats, flow: Floats, home: np.ndarray, settlement: Settlement, rng: np.random.Generator
) -> Division:
    """Seats, municipalities grown from them, departments grown from the largest towns."""
    home, island = _islands(mesh, home)
    density = settlement.people / np.maximum(mesh.area, 0.1)
    reach = np.clip(30 / (density + 2) ** 0.36, 2.4, 15)  # km that a municipality usually reaches at such a density
    seat = _seats(mesh, reach, home, island, settlement.towns, rng)
    cost = _growth_cost(mesh, height, flow, reach, home, rng)
    _, _, source = dijkstra(cost, indices=seat, min_only=True, return_predecessors=True)
    position = np.full(mesh.n, -1)
    position[seat] = np.arange(len(seat))
    municipality = np.where(source >= 0, position[np.maximum(source, 0)], -1)
    municipality = _islets_to_nearest(mesh, municipality, home)
    return Division(municipality, seat, _departments(mesh, height, municipality, seat, settlement))


def _islands(mesh: Mesh, home: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The country without its smallest islets, and the number of the piece of land each cell is on (mainland 0)."""
    a, b = mesh.pair.T
    dry = home[a] & home[b]
    graph = coo_matrix((np.ones(dry.sum()), (a[dry], b[dry])), (mesh.n, mesh.n))
    _, piece = connected_components(graph, directed=False)
    area = np.bincount(piece, mesh.area * home)
    order = np.argsort(-area, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    kept = home & (area[piece] >= LEAST_ISLET)
    return kept, np.where(kept, rank[piece], -1)


def _seats(
    mesh: Mesh, reach: Floats, home: np.ndarray, island: np.ndarray, towns: Floats, rng: np.random.Generator
) -> np.ndarray:
    """Cells of the seats: towns first, then as many others as fit when each keeps its distance."""
    area = np.bincount(island[home], mesh.area[home])
    first = [int(np.argmin(np.hypot(mesh.x - x, mesh.y - y) + 1e6 * ~home)) for x, y, _ in towns]
    for number in np.flatnonzero(area >= LEAST_ISLAND)[1:]:
        on = np.flatnonzero(island == number)
        first.append(int(on[np.argmin(np.hypot(mesh.x[on] - mesh.x[on].mean(), mesh.y[on] - mesh.y[on].mean()))]))
    chance = home * mesh.area / reach**2 * (area[np.maximum(island, 0)] >= LEAST_ISLAND)
    rest = rng.choice(mesh.n, 9000, replace=False, p=chance / chance.sum())
    order = np.r_[np.array(first), rest]
    gap = reach[order] * rng.lognormal(0, 0.45, len(order))  # uneven on purpose: history is
    gap[0] *= 2.4  # the capital is one large municipality among small ones
    low, high = 0.3, 3.0
    best = order[:0]
    for _ in range(14):
        middle = (low + high) / 2
        found = _spread(mesh.x[order], mesh.y[order], middle * gap)
        low, high = (middle, high) if len(found) >= MUNICIPALITIES else (low, middle)
        if len(found) >= MUNICIPALITIES:
            best = order[found]
    return best[:MUNICIPALITIES]


def _spread(x: Floats, y: Floats, gap: Floats) -> list[int]:
    """Positions taken in order, each at least `gap` km from those already taken."""
    taken = np.zeros(len(x), bool)
    chosen: list[int] = []
    for i in range(len(x)):
        if taken[i]:
            continue
        chosen.append(i)
        taken |= np.hypot(x - x[i], y - y[i]) < (gap + gap[i]) / 2
    return chosen


def _growth_cost(
    mesh: Mesh, height: Floats, flow: Floats, reach: Floats, home: np.ndarray, rng: np.random.Generator
) -> csr_matrix:
    """Cost of growing from cell to cell: dear uphill, into a river, and where the land is rough."""
    a, b = mesh.pair.T
    dry = home[a] & home[b]
    a, b, length = a[dry], b[dry], mesh.length()[dry]
    rough = np.exp(1.5 * fractal_noise(mesh.x, mesh.y, rng, 30, 5, 0.7))
    step = length * (rough[a] + rough[b]) / (reach[a] + reach[b])
    climb = 6 * (height[b] - height[a]) / (1000 * length)
    river = (flow > 250) * (0.6 + np.minimum(flow / 3000, 1.4))
    up = step * (1 + np.clip(climb, -0.4, 3) + np.maximum(river[b] - river[a], 0))
    down = step * (1 + np.clip(-climb, -0.4, 3) + np.maximum(river[a] - river[b], 0))
    return coo_matrix((np.r_[up, down], (np.r_[a, b], np.r_[b, a])), (mesh.n, mesh.n)).tocsr()


def _islets_to_nearest(mesh: Mesh, municipality: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Land that no seat reached joins the municipality of the nearest cell that has one."""
    lost = np.flatnonzero(home & (municipality < 0))
    reached = np.flatnonzero(municipality >= 0)
    result = municipality.copy()
    for cell in lost:
        away = np.hypot(mesh.x[reached] - mesh.x[cell], mesh.y[reached] - mesh.y[cell])
        result[cell] = municipality[reached[np.argmin(away)]]
    return result


def _departments(
    mesh: Mesh, height: Floats, municipality: np.ndarray, seat: np.ndarray, settlement: Settlement
) -> np.ndarray:
    """Municipalities grown together from the largest towns, over the heights between them and over water at a price."""
    m = len(seat)
    inside = municipality >= 0
    people = np.bincount(municipality[inside], settlement.people[inside], m)
    area = np.bincount(municipality[inside], mesh.area[inside], m).astype(float)
    x, y, up = mesh.x[seat], mesh.y[seat], height[seat]
    a, b = municipality[mesh.pair[:, 0]], municipality[mesh.pair[:, 1]]
    touch = np.unique(np.sort(np.column_stack([a, b])[(a >= 0) & (b >= 0) & (a != b)], axis=1), axis=0)
    _, piece = connected_components(coo_matrix((np.ones(len(touch)), touch.T), (m, m)), directed=False)
    mainland = piece == np.bincount(piece).argmax()
    for island in np.flatnonzero(~mainland):
        away = np.where(mainland, np.hypot(x - x[island], y - y[island]), np.inf)
        touch = np.vstack([touch, [island, int(np.argmin(away))]])
    i, j = touch.T
    cost = np.hypot(x[i] - x[j], y[i] - y[j]) + 26 * np.abs(up[i] - up[j]) / 1000
    graph = coo_matrix((cost, (i, j)), (m, m)).tocsr()
    centre = _department_seats(x, y, (people * mainland).astype(float), area)
    _, _, source = dijkstra(graph, directed=False, indices=centre, min_only=True, return_predecessors=True)
    home_of = {int(c): k for k, c in enumerate(centre)}
    return np.array([home_of[int(s)] for s in source])


def _department_seats(x: Floats, y: Floats, people: Floats, area: Floats) -> np.ndarray:
    """The most peopled municipalities that keep a distance, which is found so that there are enough of them."""
    order = np.argsort(-people, kind="stable")
    near = np.hypot(x[:, None] - x, y[:, None] - y) < 30
    width = (near @ area / near.sum(axis=1)) ** 0.5  # closer together where municipalities are small
    low, high = 1.0, 60.0
    order = order[people[order] > 0]
    best = order[:0]
    for _ in range(30):
        gap = (low + high) / 2
        chosen = _spread(x[order], y[order], gap * width[order])
        low, high = (gap, high) if len(chosen) >= DEPARTMENTS else (low, gap)
        if len(chosen) >= DEPARTMENTS:
            best = order[chosen]
    return best[:DEPARTMENTS]
