"""The outline of the country: where land, sea and neighbours are.

Everything is in kilometres on a plane, x to the east and y to the north. The outline is a few drawn points, made
irregular by noise: rough along the coast, calmer along the land border.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon

from demo.noise import Floats, fractal_noise

# From the northern border along the western coast, with its gulf and its peninsula, to the south-eastern corner.
COAST = (
    (92, 520), (96, 455), (84, 420), (92, 392), (118, 372), (112, 346), (80, 330), (66, 304), (84, 280), (132, 276),
    (162, 258), (168, 230), (146, 212), (110, 208), (84, 186), (52, 172), (38, 140), (56, 110), (92, 118), (120, 100),
    (150, 96), (172, 66), (196, 40), (236, 34), (262, 48), (288, 54), (306, 30), (340, 18), (376, 30), (412, 8), (500, -20),
)  # fmt: skip
# From the northern coast along the land border to the south-eastern coast.
BORDER = (
    (20, 436), (92, 432), (140, 440), (186, 420), (232, 428), (262, 404), (318, 404), (346, 372), (392, 356), (396, 318),
    (372, 286), (398, 252), (436, 236), (440, 196), (412, 168), (418, 120), (398, 84), (410, 40), (404, -60),
)  # fmt: skip
# Centre, half length, half width (km) and angle (degrees) of the islands.
ISLANDS = ((66, 240, 24, 10, 62), (26, 214, 8, 5, 20), (268, 8, 14, 7, -12))
EXTENT = (0.0, -40.0, 470.0, 470.0)


@dataclass(frozen=True)
class Outline:
    """Signed distances in km, one per point: inland from the sea, and inside the land border."""

    inland: Floats
    inside: Floats

    @property
    def is_country(self) -> np.ndarray:
        return (self.inland > 0) & (self.inside > 0)


def outline(x: Floats, y: Floats, rng: np.random.Generator) -> Outline:
    """Place points against the coast and the land border."""
    west, south, east, north = -200.0, -400.0, 900.0, 800.0
    coast = _rounded(COAST)
    land = Polygon([*coast, (east, -20), (east, north), (92, north)])
    border = _rounded(BORDER)
    home = Polygon([*border, (404, south), (west, south), (west, 436)])

    wide_x = 20 * fractal_noise(x, y, rng, 130, 3)
    wide_y = 20 * fractal_noise(x, y, rng, 130, 3)
    inland = _signed_distance(x + wide_x, y + wide_y, land, LineString(coast))
    rough = fractal_noise(x, y, rng, 38, 6, 0.66)
    inland = inland + 22 * rough
    for cx, cy, length, width, angle in ISLANDS:
        turn = np.deg2rad(angle)
        along = ((x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)) / length
        across = (-(x - cx) * np.sin(turn) + (y - cy) * np.cos(turn)) / width
        inland = np.maximum(inland, width * (1 - np.hypot(along, across)) + 7 * rough * (np.hypot(along, across) < 2))
    bend_x = wide_x + 9 * fractal_noise(x, y, rng, 46, 5, 0.6)
    bend_y = wide_y + 9 * fractal_noise(x, y, rng, 46, 5, 0.6)
    inside = _signed_distance(x + bend_x, y + bend_y, home, LineString(border))
    return Outline(inland, inside)


def _rounded(points: tuple[tuple[float, float], ...], rounds: int = 3) -> list[tuple[float, float]]:
    """Corners cut by Chaikin's rule."""
    line = np.array(points, float)
    for _ in range(rounds):
        near, far = 0.75 * line[:-1] + 0.25 * line[1:], 0.25 * line[:-1] + 0.75 * line[1:]
        line = np.vstack([line[:1], np.stack([near, far], 1).reshape(-1, 2), line[-1:]])
    return [(float(px), float(py)) for px, py in line]


def _signed_distance(x: Floats, y: Floats, area: Polygon, edge: LineString) -> Floats:
    shapely.prepare(area)
    sign = np.where(shapely.contains_xy(area, x, y), 1.0, -1.0)
    return sign * shapely.distance(shapely.points(x, y), edge)
