"""Mountains and rivers of the country.

Two ranges run beside the coast and hold a high plain between them; the east is low forest. Rivers follow the relief to
the sea or over the land border.
"""

from __future__ import annotations

import heapq

import numpy as np
import shapely
from shapely import LineString

from demo.noise import Floats, fractal_noise

WESTERN_RANGE = (
    (150, 520), (166, 420), (196, 350), (206, 290), (222, 232), (214, 176), (244, 122), (310, 96), (372, 84), (470, 70),
)  # fmt: skip
EASTERN_RANGE = ((196, 350), (250, 318), (288, 270), (300, 214), (282, 160), (244, 122))


def elevation(x: Floats, y: Floats, inland: Floats, rng: np.random.Generator) -> Floats:
    """Metres above the sea, one per point; `inland` is the distance from the sea in km (negative at sea)."""
    bent = shapely.points(x + 14 * fractal_noise(x, y, rng, 70, 4), y + 14 * fractal_noise(x, y, rng, 70, 4))
    west = shapely.distance(bent, LineString(WESTERN_RANGE))
    east = shapely.distance(bent, LineString(EASTERN_RANGE))
    ridged = 1.15 - 1.5 * np.abs(fractal_noise(x, y, rng, 52, 5))
    mountains = 2600 * np.exp(-((west / 27) ** 2)) + 2000 * np.exp(-((east / 24) ** 2))
    plain = 1500 / (1 + np.exp((west + east - 92) / 8))
    hills = 160 * (1 + fractal_noise(x, y, rng, 60, 4))
    land = np.maximum(mountains * (0.35 + 0.65 * ridged), plain + 0.25 * mountains) + hills
    near_sea = 1 - np.exp(-np.maximum(inland, 0) / 18)
    return np.where(inland > 0, 2 + land * near_sea, 0.0)


def drainage(height: Floats, area: Floats, is_outlet: np.ndarray, start: np.ndarray, neighbour: np.ndarray) -> Floats:
    """Area drained through each cell, in the unit of `area`.

    Hollows are filled from the outlets upward (priority flood; Barnes, Lehman & Mulla 2014), so that every cell drains.
    `start` and `neighbour` are the adjacency of the cells in compressed rows.
    """
    n = len(height)
    downstream = np.full(n, -1)
    done = is_outlet.copy()
    queue = [(float(height[i]), int(i)) for i in np.flatnonzero(is_outlet)]
    heapq.heapify(queue)
    order = []
    while queue:
        level, cell = heapq.heappop(queue)
        order.append(cell)
        for other in neighbour[start[cell] : start[cell + 1]].tolist():
            if not done[other]:
                done[other] = True
                downstream[other] = cell
                heapq.heappush(queue, (max(level, float(height[other])), other))
    flow = np.where(is_outlet, 0.0, area)
    for cell in reversed(order):
        if downstream[cell] >= 0:
            flow[downstream[cell]] += flow[cell]
    return np.where(is_outlet, 0.0, flow)
