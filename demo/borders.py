"""Turn cells that belong together into areas whose neighbours share their border exactly.

Borders are handled as arcs between the points where three areas meet; each arc is shaped once and used by both sides.
"""

from __future__ import annotations

from collections import defaultdict

import geopandas as gpd
import numpy as np
import shapely

from demo.mesh import Mesh
from demo.noise import Floats

WEST, SOUTH = -98.6, 5.2  # degrees of the plane's origin: open ocean
KM_PER_DEGREE = 110.6
DECIMALS = 4
TOLERANCE = 0.0013  # degrees


def area_shapes(mesh: Mesh, label: np.ndarray, inland: Floats, rng: np.random.Generator) -> gpd.GeoSeries:
    """Polygons in EPSG:4326 by label (0..m-1; -1 is outside), coordinates rounded to 4 decimals.

    Raises
    ------
    RuntimeError
        The arcs do not close to an area for every label (they crossed when they were shaped).
    """
    side = label[mesh.pair]
    edge = np.flatnonzero(side[:, 0] != side[:, 1])
    at_sea = (inland[mesh.pair[edge]] <= 0).any(axis=1) & (side[edge] < 0).any(axis=1)
    coastal = dict(zip(map(tuple, np.sort(mesh.ends[edge], axis=1).tolist()), at_sea.tolist(), strict=True))
    lines = []
    for arc in _arcs(mesh.ends[edge]):
        is_coast = coastal[tuple(sorted(arc[:2]))]
        shaped = _shaped(mesh.corner[arc], is_coast, rng)
        lines.append(shapely.remove_repeated_points(shapely.linestrings(_degrees(shaped))))
    faces = shapely.get_parts(shapely.polygonize(lines))
    owner = _owners(faces, mesh, label)
    m = int(label.max()) + 1
    if set(range(m)) - set(owner.tolist()):
        raise RuntimeError("some areas have no closed border")
    merged = [
        shapely.multipolygons(faces[owner == k]) if (owner == k).sum() > 1 else faces[owner == k][0] for k in range(m)
    ]
    return gpd.GeoSeries(shapely.coverage_simplify(merged, TOLERANCE), crs="EPSG:4326")


def _arcs(ends: np.ndarray) -> list[list[int]]:
    """Edges joined to chains of corners: from meeting point to meeting point, or closed (an island)."""
    at: dict[int, list[int]] = defaultdict(list)
    for a, b in ends.tolist():
        at[a].append(b)
        at[b].append(a)
    used: set[tuple[int, int]] = set()

    def walk(a: int, b: int) -> list[int]:
        chain = [a, b]
        used.update([(a, b), (b, a)])
        while len(at[b]) == 2 and b != chain[0]:
            a, b = b, at[b][0] if at[b][1] == a else at[b][1]
            chain.append(b)
            used.update([(a, b), (b, a)])
        return chain

    meeting = [c for c in sorted(at) if len(at[c]) != 2]
    return [walk(a, b) for start in (meeting, sorted(at)) for a in start for b in at[a] if (a, b) not in used]


def _shaped(line: Floats, is_coast: bool, rng: np.random.Generator) -> Floats:
    """An arc with the zigzag of the cells taken out, and small bends put in; its ends stay."""
    closed = bool((line[0] == line[-1]).all())
    for _ in range(1 if is_coast else 2):
        if len(line) > 3:
            middle = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
            line = np.vstack([line[:1], middle, line[-1:]])
    size = 0.2 if is_coast else 0.1
    for _ in range(2 if is_coast and not closed else 1):
        step = np.diff(line, axis=0)
        bend = rng.uniform(-size, size, (len(step), 1)) * np.column_stack([-step[:, 1], step[:, 0]])
        middle = (line[:-1] + line[1:]) / 2 + bend
        line = np.vstack([np.stack([line[:-1], middle], axis=1).reshape(-1, 2), line[-1:]])
    return line


def _degrees(line: Floats) -> Floats:
    """Kilometres of the plane as longitude and latitude; the plane is small and near the equator."""
    squeeze = np.cos(np.deg2rad(SOUTH + 2))
    east, north = line[:, 0] / (KM_PER_DEGREE * squeeze), line[:, 1] / KM_PER_DEGREE
    return np.round(np.column_stack([WEST + east, SOUTH + north]), DECIMALS)


def _owners(faces: np.ndarray, mesh: Mesh, label: np.ndarray) -> np.ndarray:
    """Label of each face: that of most cells whose centre lies in it; -1 outside and where no centre does."""
    place = _degrees(np.column_stack([mesh.x, mesh.y]))
    point, face = shapely.STRtree(faces).query(shapely.points(place), predicate="within")
    votes = np.zeros((len(faces), int(label.max()) + 2), int)
    np.add.at(votes, (face, label[point] + 1), 1)
    return np.where(votes.sum(axis=1) > 0, votes.argmax(axis=1) - 1, -1)
