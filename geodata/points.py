"""Give points the code of the area they lie in.

A point outside every area gets no code, and one near a border is marked: the map may be drawn more coarsely than the
point was measured. No coordinate ever stands in a message, since a point may be the home of a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from riskmodel.problems import Problem, Where, spreadsheet_rows

NEAR = 250.0  # metres from a border
METRE = 1 / 111_320  # degrees of latitude
PLACES = ("inside", "near_border", "outside", "no_coordinates")

_LATITUDE = re.compile(
    r"^(lat|latitude?|y|(gps_?)?lat(itude?)?(_?(gps|dd|decimal|wgs84|y))?|coord(enada)?s?_?y|y_?coord)$"
)
_LONGITUDE = re.compile(
    r"^(lon|lng|long|longitude?|x|(gps_?)?lon(g(itude?)?)?(_?(gps|dd|decimal|wgs84|x))?|coord(enada)?s?_?x|x_?coord)$"
)
_NUMBER = re.compile(r"^[+-]?\d{1,3}(?:[.,]\d*)?$")
_SIXTIETHS = re.compile(
    r"^([+-]?\d{1,3})\s*[°º:\s]\s*(\d{1,2})\s*['’′:\s]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|''|’’)?)?\s*([NSEWO]?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Located:
    """Where points lie."""

    area_code: pd.Series  # (n,) text, <NA> outside, with the index of the points
    place: pd.Series  # (n,) one of PLACES
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many points are in each kind of place."""
        return {place: int((self.place == place).sum()) for place in PLACES}


def coordinate_columns(columns: Sequence[str]) -> tuple[str, str]:
    """The columns of latitude and longitude by their names; empty where there is none, or more than one."""
    found = []
    for pattern in (_LATITUDE, _LONGITUDE):
        named = [c for c in columns if pattern.match(c.strip().lower().replace(" ", "_"))]
        found.append(named[0] if len(named) == 1 else "")
    return found[0], found[1]


def degrees(column: pd.Series) -> pd.Series:
    """Degrees as numbers: "-74.08", "-74,08", "74°04'54" W", "4 35 56 N"; NaN where it is none of these."""
    return column.astype("string").map(_degrees, na_action="ignore").astype("float64")


def locate_points(
    latitude: pd.Series,
    longitude: pd.Series,
    areas: gpd.GeoDataFrame,
    where: Where,
    exchanged: bool = False,
    near: float = NEAR,
    signs_lost: bool = False,
) -> Located:
    """Find the area of each point.

    Parameters
    ----------
    latitude, longitude : Series, shape (n,)
        Degrees as text or numbers; index labels + 2 are rows of the file.
    areas : GeoDataFrame
        `area_code` and polygons in EPSG:4326, as `read_boundaries` gives.
    exchanged : bool
        A person said that the two columns are exchanged. When False and exchanging them would put far more points into
        an area, nothing is located and the error `points_exchanged` asks.
    near : float
        Metres from a border within which a point is marked.
    signs_lost : bool
        A person said that minus signs are missing: longitudes above zero are taken as west where the whole map lies west
        of Greenwich, and latitudes as south where it lies south of the equator. Asked by `points_signs_lost` as above.
    """
    read = degrees(latitude), degrees(longitude)
    geometry = areas.geometry.to_numpy()
    lat, lon = _meant(*read, geometry, exchanged, signs_lost)
    known = _possible(lat, lon)
    at = _first_area(lon[known], lat[known], geometry)
    asked = _asked(read, geometry, exchanged, signs_lost, int((at >= 0).sum()), where)
    if asked is not None:
        none = pd.Series(pd.NA, lat.index, dtype="string")
        return Located(none, none.fillna("outside"), (asked,))
    code = pd.Series(pd.NA, lat.index, dtype="string")
    place = pd.Series("no_coordinates", lat.index, dtype="string")
    inside = known.to_numpy().nonzero()[0][at >= 0]
    code.iloc[inside] = areas["area_code"].astype("string").to_numpy()[at[at >= 0]]
    place[known] = "outside"
    place.iloc[inside] = "inside"
    border = _near_border(lon.iloc[inside], lat.iloc[inside], geometry, near)
    place.iloc[inside[border]] = "near_border"
    return Located(code.rename("area_code"), place.rename("place"), tuple(_problems(place, where, near)))


def _meant(
    lat: pd.Series, lon: pd.Series, geometry: np.ndarray, exchanged: bool, signs_lost: bool
) -> tuple[pd.Series, pd.Series]:
    """Latitude and longitude as a person says they are meant."""
    if exchanged:
        lat, lon = lon, lat
    if signs_lost:
        _, _, right, top = shapely.total_bounds(geometry)
        lon = lon.mask(lon > 0, -lon) if right < 0 else lon
        lat = lat.mask(lat > 0, -lat) if top < 0 else lat
    return lat, lon


def _asked(
    read: tuple[pd.Series, pd.Series],
    geometry: np.ndarray,
    exchanged: bool,
    signs_lost: bool,
    inside: int,
    where: Where,
) -> Problem | None:
    """The mistake that would put far more points into an area, to be asked; with how many."""
    least = max(2 * inside + 1, 0.5 * len(read[0].dropna()))
    for turned, signed in ((exchanged, True), (True, signs_lost), (True, True)):
        if inside >= least or (turned, signed) == (exchanged, signs_lost):
            continue
        lat, lon = _meant(*read, geometry, turned, signed)
        known = _possible(lat, lon)
        found = int((_first_area(lon[known], lat[known], geometry) >= 0).sum())
        if found < least:
            continue
        if turned == exchanged:
            return Problem("points_signs_lost", where, {"count": found})
        return Problem("points_exchanged", where, {"count": found})
    return None


def _problems(place: pd.Series, where: Where, near: float) -> list[Problem]:
    """What a person should know; rows, never coordinates."""
    if (place == "no_coordinates").all() or not place.isin(["inside", "near_border"]).any():
        return [Problem("points_none_inside", where, {"count": len(place)})]
    found = []
    for code, kind in (("points_outside", "outside"), ("points_without_coordinates", "no_coordinates")):
        rows = place.index[place == kind]
        if len(rows):
            here = Where(where.file, where.sheet, where.column, spreadsheet_rows(rows))
            found.append(Problem(code, here, {"count": len(rows)}, "warning"))
    border = int((place == "near_border").sum())
    if border:
        found.append(Problem("points_near_border", where, {"count": border, "metres": round(near)}, "note"))
    return found


def _first_area(x: pd.Series, y: pd.Series, geometry: np.ndarray) -> np.ndarray:
    """Position of the area each point lies in or on the border of, the first of several; -1 outside all."""
    points = shapely.points(x.to_numpy(), y.to_numpy())
    found = np.full(len(points), -1)
    point, area = shapely.STRtree(geometry).query(points, predicate="intersects")
    order = np.lexsort((-area, point))  # the first area is written last
    found[point[order]] = area[order]
    return found


def _near_border(x: pd.Series, y: pd.Series, geometry: np.ndarray, near: float) -> np.ndarray:
    """Whether each point is within `near` metres of a border, a step east being as long as a step north."""
    if len(x) == 0:
        return np.zeros(0, dtype=bool)
    _, bottom, _, top = shapely.total_bounds(geometry)
    squeeze = math.cos(math.radians((bottom + top) / 2))
    flat = shapely.transform(shapely.boundary(geometry), lambda xy: xy * np.array([squeeze, 1.0]))
    points = shapely.points(x.to_numpy() * squeeze, y.to_numpy())
    tree = shapely.STRtree(shapely.get_parts(flat))
    marked = np.zeros(len(points), dtype=bool)
    marked[tree.query(points, predicate="dwithin", distance=near * METRE)[0]] = True
    return marked


def _possible(lat: pd.Series, lon: pd.Series) -> pd.Series:
    return lat.notna() & lon.notna() & lat.abs().le(90) & lon.abs().le(180)


def _degrees(text: str) -> float:
    plain = text.strip().replace("−", "-").replace("–", "-").rstrip("°º").strip()
    if _NUMBER.match(plain):
        return float(plain.replace(",", "."))
    if plain[-1:].upper() in "NSEWO" and _NUMBER.match(plain[:-1].strip().rstrip("°º")):
        return _signed(float(plain[:-1].strip().rstrip("°º").replace(",", ".")), plain[-1])
    parts = _SIXTIETHS.match(plain)
    if parts is None:
        return math.nan
    whole, minutes, seconds, side = parts.groups()
    part = int(minutes) / 60 + float((seconds or "0").replace(",", ".")) / 3600
    value = abs(int(whole)) + part
    return _signed(-value if whole.startswith("-") else value, side)


def _signed(value: float, side: str) -> float:
    """West (also "O", oeste, ouest) and south are below zero."""
    return -abs(value) if side.upper() in ("W", "O", "S") and side else value
