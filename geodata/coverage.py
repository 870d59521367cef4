"""Look at areas together: which cover each other, which lie far away, which are too thin or small to be areas.

Nothing is changed here. A map of municipalities covers its country once, so what does not is told.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geodata.countries import FAR_LAND
from geodata.unusable import some
from riskmodel.problems import Problem, Where

OVERLAP = 0.01  # part of the smaller of two areas; less is a fault of drawing, mended when the map is drawn
MOST_NAMED = 5_000
MOST_WORK = 1_000_000  # vertices of all the pairs compared
THIN = 0.002  # roundness (4π surface / outline²) of a sliver; a long coast has 0.01
TINY = 1e-4  # surface, as a part of the median area
FAR = 4.0  # degrees from the nearest other area
ANTARCTICA = -60.0  # south of it nobody votes, works or goes to school


def coverage_problems(shapes: gpd.GeoDataFrame, where: Where) -> list[Problem]:
    """Overlaps, slivers and outlying areas of `area_code` and valid polygons in degrees; all are kept."""
    if len(shapes) < 2:
        return []
    geometry, codes = shapes.geometry.to_numpy(), shapes["area_code"].astype(str).to_numpy()
    found: list[Problem] = []
    pairs = overlapping(geometry)
    if len(pairs):
        named = [f"{codes[i]} + {codes[j]}" for i, j in pairs]
        values = {"count": len(pairs), "codes": some(named), "all_codes": named[:MOST_NAMED]}
        found.append(Problem("boundaries_overlap", where, values, "warning"))
    for code, which in (("boundaries_sliver", _slivers(geometry)), ("boundaries_far", _far(geometry))):
        if which.any():
            values = {"count": int(which.sum()), "codes": some(codes[which]), "all_codes": codes[which].tolist()}
            found.append(Problem(code, where, values, "note"))
    return found


def overlapping(geometry: np.ndarray) -> np.ndarray:
    """(n, 2) positions of areas that share more than `OVERLAP` of the smaller one, each pair once."""
    suspects = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(geometry)))
    if len(suspects) == 0:
        return np.empty((0, 2), dtype=int)
    pairs = shapely.STRtree(geometry[suspects]).query(geometry[suspects], predicate="intersects")
    pairs = _likeliest(geometry, suspects[pairs[:, pairs[0] < pairs[1]]])
    shared = shapely.area(shapely.intersection(geometry[pairs[0]], geometry[pairs[1]]))
    surface = shapely.area(geometry)
    found = pairs[:, shared > OVERLAP * np.minimum(surface[pairs[0]], surface[pairs[1]])].T
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def _likeliest(geometry: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """The pairs whose boxes share most, as many as can be compared in a few seconds: a spoilt map has millions."""
    boxes = shapely.bounds(geometry)
    low, high = (
        np.maximum(boxes[pairs[0], :2], boxes[pairs[1], :2]),
        np.minimum(boxes[pairs[0], 2:], boxes[pairs[1], 2:]),
    )
    surface = shapely.area(geometry)
    share = np.prod(np.maximum(high - low, 0), axis=1) / np.maximum(
        np.minimum(surface[pairs[0]], surface[pairs[1]]), 1e-300
    )
    order = np.argsort(-share, kind="stable")
    order = order[share[order] > OVERLAP]
    work = np.cumsum(shapely.get_num_coordinates(geometry)[pairs[:, order]].sum(axis=0))
    return pairs[:, order[work <= max(MOST_WORK, work[0] if len(work) else 0)]]


def _slivers(geometry: np.ndarray) -> np.ndarray:
    """Areas so thin, or so small, that they are likely left over from drawing."""
    surface, outline = shapely.area(geometry), shapely.length(geometry)
    roundness = 4 * np.pi * surface / np.maximum(outline, 1e-300) ** 2
    return ((roundness < THIN) & (surface < 0.05 * np.median(surface))) | (surface < TINY * np.median(surface))


def _far(geometry: np.ndarray) -> np.ndarray:
    """Areas with a part in Antarctica, or that lie far from every other area and on no known island."""
    polar = shapely.bounds(geometry)[:, 1] < ANTARCTICA
    boxes = shapely.envelope(geometry)  # as near as their shapes, or nearer; and much sooner compared
    tree, distance = shapely.STRtree(boxes), np.full(len(geometry), np.inf)
    one, other = tree.query(boxes)
    distance[one[one != other]] = 0.0
    alone = np.flatnonzero(np.isinf(distance))
    near, far = tree.query_nearest(boxes[alone], exclusive=True, return_distance=True, all_matches=False)
    distance[alone[near[0]]] = far
    known = shapely.box(*np.array(FAR_LAND).T)
    islands = np.zeros(len(geometry), dtype=bool)
    islands[shapely.STRtree(known).query(geometry, predicate="intersects")[0]] = True
    return polar | ((distance > FAR) & ~islands)
