"""Bring the coordinates of a map into degrees (EPSG:4326), longitude first.

What the study declares counts first, then what the file says where that is possible. A file that says nothing is read
as degrees if its numbers can be degrees of a place; anything else is asked, with the systems that would fit.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError

from geodata.countries import COUNTRIES, Box, country_named, lying_in, meets_any, name_of
from geodata.systems import DEGREES, Candidate, candidates, impossible, told
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

LATITUDE_FIRST = "latitude_longitude"
LONGITUDE_FIRST = "longitude_latitude"
SAMPLED = 200
REGION: Box = (-120.0, -60.0, -28.0, 34.0)
_FAR = 180.1


def to_degrees(
    shapes: gpd.GeoDataFrame, where: Where, crs: str = "", axes: str = "", country: str = ""
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Shapes in EPSG:4326 and what was assumed; raises `NotUsableError` with the question where it is doubtful.

    crs : system declared by a person, such as "EPSG:9377"; it counts more than what the file says.
    axes : "latitude_longitude" where a person said that the coordinates are exchanged, "longitude_latitude" where a
        person said that they are not.
    country : name of the country, to put the candidates in order.
    """
    if axes == LATITUDE_FIRST:
        shapes = swapped(shapes)
    problems: list[Problem] = []
    declared = _declared(crs, where) if crs else None
    system = declared or (pyproj.CRS(shapes.crs) if shapes.crs is not None else None)
    if system is None or (declared is None and impossible(system, _some_points(shapes))):
        system, problems = _without(shapes, system, where, country_named(country), axes)
    there = _transformed(shapes, system, where)
    if not _in_world(_box(there)):
        if declared is not None:
            raise NotUsableError(Problem("boundaries_crs_declared_wrong", where, {"crs": crs}))
        raise NotUsableError(Problem("boundaries_outside_world", where))
    if not axes and _exchanged(_box(there)):
        raise NotUsableError(_ask_axes(where))
    if declared is None and system.is_projected and _at_sea(_box(there)):
        found = candidates(_some_points(shapes), country_named(country))
        if found:
            raise NotUsableError(_lies(found, system, where))
    named = country_named(country)
    if named and not _meet(_box(there), COUNTRIES[named][1]):
        problems.append(Problem("boundaries_not_in_country", where, {"country": name_of(named)}, "warning"))
    return there, problems


def guesses(shapes: gpd.GeoDataFrame, country: str = "") -> tuple[Candidate, ...]:
    """Systems the numbers of these shapes may be in, for a person to choose from."""
    return candidates(_some_points(shapes), country_named(country))


def swapped(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A copy with the two numbers of every coordinate exchanged."""
    turned = shapely.transform(shapes.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return shapes.set_geometry(gpd.GeoSeries(turned, index=shapes.index, crs=shapes.crs))


def _without(
    shapes: gpd.GeoDataFrame, said: pyproj.CRS | None, where: Where, country: str, axes: str
) -> tuple[pyproj.CRS, list[Problem]]:
    """The system of a map that names none, or one that cannot be: degrees if they can be, otherwise a question."""
    box = _box(shapes)
    if not axes and _exchanged(box):
        raise NotUsableError(_ask_axes(where))
    if _in_world(box):
        if said is None:
            return pyproj.CRS(DEGREES), [Problem("boundaries_crs_assumed", where, {}, "note")]
        values: dict[str, object] = {"said": said.name}
        return pyproj.CRS(DEGREES), [Problem("boundaries_crs_not_said", where, values, "warning")]
    found = candidates(_some_points(shapes), country)
    values = {"candidates": told(found), "crs": [c.crs for c in found], "first": found[0].crs if found else ""}
    if said is not None:
        if not found:
            raise NotUsableError(Problem("boundaries_outside_world", where))
        raise NotUsableError(_lies(found, said, where))
    raise NotUsableError(Problem("boundaries_crs_which" if found else "boundaries_no_crs", where, values))


def _lies(found: tuple[Candidate, ...], said: pyproj.CRS, where: Where) -> Problem:
    values = {"candidates": told(found), "crs": [c.crs for c in found], "first": found[0].crs, "said": said.name}
    return Problem("boundaries_crs_lies", where, values)


def _at_sea(box: Box) -> bool:
    """Whether a map lies in the waters around the region and touches no country of it: the zone is another one."""
    return _meet(box, REGION) and not meets_any(box)


def _ask_axes(where: Where) -> Problem:
    return Problem("boundaries_axes_exchanged", where, {"key": f'axes = "{LATITUDE_FIRST}"'})


def _exchanged(box: Box) -> bool:
    """Whether the map lies on no country of the region as it stands, and on one if its numbers are exchanged."""
    if max(abs(v) for v in box) > _FAR:
        return False
    turned = (box[1], box[0], box[3], box[2])
    return not lying_in(box) and _in_world(turned) and bool(lying_in(turned))


def _declared(crs: str, where: Where) -> pyproj.CRS:
    text = crs.strip()
    try:
        return pyproj.CRS.from_user_input(int(text) if text.isdigit() else text)
    except (CRSError, ValueError) as error:
        raise NotUsableError(Problem("boundaries_crs_unknown", where, {"crs": crs})) from error


def _transformed(shapes: gpd.GeoDataFrame, system: pyproj.CRS, where: Where) -> gpd.GeoDataFrame:
    named = shapes.set_crs(system, allow_override=True)
    try:
        return named.to_crs(DEGREES)
    except (RuntimeError, ValueError, CRSError) as error:
        raise NotUsableError(Problem("boundaries_no_crs", where, {"candidates": []})) from error


def _some_points(shapes: gpd.GeoDataFrame) -> np.ndarray:
    """Corners of the boxes of at most SAMPLED shapes, the outermost of all among them."""
    boxes = shapes.bounds.to_numpy()
    outer = np.concatenate([boxes.argmin(axis=0)[:2], boxes.argmax(axis=0)[2:]])
    chosen = boxes[np.union1d(outer, np.linspace(0, len(boxes) - 1, SAMPLED).astype(int))]
    return np.vstack([chosen[:, [0, 1]], chosen[:, [2, 3]], chosen[:, [0, 3]], chosen[:, [2, 1]]])


def _box(shapes: gpd.GeoDataFrame) -> Box:
    left, bottom, right, top = (float(v) for v in shapes.total_bounds)
    return left, bottom, right, top


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _in_world(box: Box) -> bool:
    left, bottom, right, top = box
    return bool(np.isfinite(box).all() and left >= -_FAR and right <= _FAR and bottom >= -90.1 and top <= 90.1)
