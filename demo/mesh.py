"""The fine mesh of which the country is made: irregular cells, their neighbours and the edges between them.

Cells are a few km wide, finer around the large towns so that small municipalities still get borders with a shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.spatial import Voronoi

from demo.noise import Floats

COARSE, FINE = 2.6, 1.1  # km between cells


@dataclass(frozen=True)
class Mesh:
    """Cells by position 0..n-1, edges by position 0..e-1."""

    x: Floats  # (n,) km
    y: Floats  # (n,) km
    area: Floats  # (n,) km2
    pair: np.ndarray  # (e, 2) cells on both sides of an edge
    ends: np.ndarray  # (e, 2) corners of an edge
    corner: Floats  # (c, 2) km

    @property
    def n(self) -> int:
        return len(self.x)

    def length(self) -> Floats:
        """Distance between the two cells of each edge, km."""
        a, b = self.pair.T
        return np.hypot(self.x[a] - self.x[b], self.y[a] - self.y[b])

    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """Neighbours of every cell in compressed rows: starts (n + 1,) and neighbours."""
        a, b = self.pair.T
        both = coo_matrix((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), (self.n, self.n)).tocsr()
        both.sort_indices()
        return both.indptr, both.indices


def make_mesh(
    extent: tuple[float, float, float, float], towns: Sequence[tuple[float, float, float]], rng: np.random.Generator
) -> Mesh:
    """Cells over `extent` (km), fine within the radius of each town (x, y, radius in km)."""
    coarse = _jittered(extent, COARSE, rng)
    keep = np.ones(len(coarse), bool)
    fine: list[Floats] = []
    for tx, ty, radius in towns:
        points = _jittered((tx - radius, ty - radius, tx + radius, ty + radius), FINE, rng)
        points = points[np.hypot(points[:, 0] - tx, points[:, 1] - ty) < radius]
        for ox, oy, other in towns[: len(fine)]:
            points = points[np.hypot(points[:, 0] - ox, points[:, 1] - oy) >= other]
        keep &= np.hypot(coarse[:, 0] - tx, coarse[:, 1] - ty) >= radius
        fine.append(points)
    points = np.vstack([coarse[keep], *fine])
    voronoi = Voronoi(points)
    ends = np.array(voronoi.ridge_vertices)
    bounded = (ends >= 0).all(axis=1)
    pair, ends = voronoi.ridge_points[bounded], ends[bounded]
    return Mesh(points[:, 0], points[:, 1], _areas(points, pair, ends, voronoi.vertices), pair, ends, voronoi.vertices)


def _jittered(extent: tuple[float, float, float, float], step: float, rng: np.random.Generator) -> Floats:
    """A hexagonal lattice whose points are moved at random by up to a third of the step."""
    west, south, east, north = extent
    rows, columns = int((north - south) / (step * 0.866)), int((east - west) / step)
    row, column = np.mgrid[0:rows, 0:columns]
    x = west + step * (column + 0.5 * (row % 2))
    y = south + step * 0.866 * row
    points = np.column_stack([x.ravel(), y.ravel()])
    return points + rng.uniform(-0.36 * step, 0.36 * step, points.shape)


def _areas(points: Floats, pair: np.ndarray, ends: np.ndarray, corner: Floats) -> Floats:
    """Area of each cell as the sum of its triangles; cells on the rim are open and come out too small."""
    a, b = corner[ends[:, 0]], corner[ends[:, 1]]
    total = np.zeros(len(points))
    for side in (0, 1):
        centre = points[pair[:, side]]
        triangle = (
            np.abs(
                (a[:, 0] - centre[:, 0]) * (b[:, 1] - centre[:, 1])
                - (a[:, 1] - centre[:, 1]) * (b[:, 0] - centre[:, 0])
            )
            / 2
        )
        np.add.at(total, pair[:, side], triangle)
    return total
