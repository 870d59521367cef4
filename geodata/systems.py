"""Which coordinate systems a map without one, or with a wrong one, may be in.

Candidates are the official grids of the region, UTM and Web Mercator. One is kept where it puts the map on a country in
whose area the system is used; that is a proposal for a person, never a decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError

from geodata.countries import COUNTRIES, Box, lying_in, name_of

# Grids of offices that have no number in the register.
ALBERS_BRAZIL = "+proj=aea +lat_0=-12 +lon_0=-54 +lat_1=-2 +lat_2=-22 +x_0=5000000 +y_0=10000000 +ellps=GRS80 +units=m"
GTM = "+proj=tmerc +lat_0=0 +lon_0=-90.5 +k=0.9998 +x_0=500000 +y_0=0 +datum=WGS84 +units=m"
NAMES = {ALBERS_BRAZIL: "SIRGAS 2000 / Brasil Albers (IBGE)", GTM: "WGS 84 / GTM"}

# Grids made for one country, by EPSG code: national ones first, then zones in the order offices use them.
NATIONAL: dict[str, tuple[int | str, ...]] = {
    "AR": (5343, 5344, 5345, 5346, 5347, 5348, 5349, 22181, 22182, 22183, 22184, 22185, 22186, 22187),  # POSGAR
    "BR": (5880, 29101, ALBERS_BRAZIL),  # SIRGAS 2000 Polyconic, SAD69 Polyconic
    "CO": (9377, 3116, 3115, 3117, 3114, 3118, 21897, 21896, 21898),  # Origen-Nacional, MAGNA and Bogota zones
    "CR": (5367, 8908, 5456, 5457),  # CRTM05, Lambert Norte and Sur
    "CU": (2085, 2086),  # Norte and Sur
    "GT": (GTM, 5458, 5459),  # Lambert Norte and Sur
    "JM": (3448, 24200),
    "MX": (6372, 6362),  # ITRF2008 and ITRF92 / LCC
    "NI": (5461, 5462),  # Lambert Norte and Sur
    "PA": (5469, 5472),  # Lambert, Polyconic
    "PE": (24892, 24891, 24893),  # Peru central, west, east zone
    "PR": (32161,),
    "SV": (5460,),  # Lambert
    "TT": (30200,),
    "VE": (2317,),
}
FIRST_ZONE, LAST_ZONE = 11, 25  # UTM zones that touch the region
WEB_MERCATOR = 3857
DEGREES = "EPSG:4326"
MOST = 8  # candidates shown
STRAY = 6.0  # degrees a map may lie outside the zone its system was made for: offices do use the zone next door
SAME = 0.02  # degrees: two systems that agree so far are one, but for the datum
ZONE = 8.0  # a system for fewer degrees than this is one of several zones


@dataclass(frozen=True)
class Candidate:
    """A system the map may be in."""

    crs: str  # "EPSG:9377", or the system in the words of PROJ
    name: str  # as the register of systems calls it
    places: tuple[str, ...]  # countries on which the map then falls, the likeliest first
    certainty: float  # 0 to 1, only to put candidates in order


def candidates(points: np.ndarray, country: str = "") -> tuple[Candidate, ...]:
    """Systems that put a map on a country.

    points : (n, 2) some of its coordinates, in its own units, the outermost among them.
    country : two letters of the country the study is about; candidates elsewhere are then left out, if any fits.
    """
    found = [c for code in _codes() if (c := _candidate(code, points)) is not None]
    if country:
        there = [c for c in found if name_of(country) in c.places]
        found = there or found
    ordered = sorted(found, key=lambda c: -c.certainty)
    return tuple(ordered[:MOST])


def in_degrees(crs: str, points: np.ndarray) -> Box | None:
    """The box in degrees (longitude first) of points, or None where the system cannot hold such numbers."""
    try:
        x, y = _into_degrees(crs).transform(points[:, 0], points[:, 1], errcheck=True)
    except (CRSError, ProjError, ValueError):
        return None
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def impossible(crs: pyproj.CRS, points: np.ndarray) -> bool:
    """Whether numbers like these cannot be of this system: off the world, or far from the area it is made for."""
    if crs.is_geographic:
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        return not (left >= -180.1 and right <= 360.1 and bottom >= -90.1 and top <= 90.1)
    if np.abs(points).max() <= 360:  # a grid in metres that begins within a few steps of its origin
        return True
    there = in_degrees(crs.to_wkt(), points)
    if there is None:
        return True
    area = _made_for(crs, points)
    if area is None or area[0] > area[2]:
        return False
    return not _near(area, there, STRAY if area[2] - area[0] < ZONE else 1.0)


def name_of_system(crs: str) -> str:
    """The name a system goes by."""
    return NAMES.get(crs) or str(pyproj.CRS.from_user_input(crs).name)


def _made_for(crs: pyproj.CRS, points: np.ndarray) -> Box | None:
    """The area a system is made for; that of a `.prj`, which does not tell it, is found in the register.

    A system of the register with a like name counts only where it puts the points in the same place: offices have
    grids of their own that are in no register.
    """
    used = crs.area_of_use
    code = None if used else crs.to_epsg(min_confidence=25)
    if code:
        here, there = in_degrees(crs.to_wkt(), points), in_degrees(f"EPSG:{code}", points)
        same = here and there and max(abs(a - b) for a, b in zip(here, there, strict=True)) < SAME
        used = pyproj.CRS.from_epsg(code).area_of_use if same else None
    return (used.west, used.south, used.east, used.north) if used else None


def _candidate(code: int | str, points: np.ndarray) -> Candidate | None:
    crs = f"EPSG:{code}" if isinstance(code, int) else code
    there = in_degrees(crs, points)
    if there is None:
        return None
    home = next((c for c, codes in NATIONAL.items() if code in codes), "")
    area = _area(crs) if isinstance(code, int) else COUNTRIES[home][1]
    places = lying_in(there, (home,) if home else ())
    if not places or not _near(area, there, STRAY / 2):
        return None
    inside = _share_inside(there, area)
    kind = 0.5 if home else 0.3 if code != WEB_MERCATOR else 0.25
    first = 0.1 if home and NATIONAL[home][0] == code else 0.0
    modern = 0.05 if code in (9377, 6372) else 0.0
    filled = 0.3 * max(_share_filled(there, COUNTRIES[c][1]) for c in places)
    names = tuple(name_of(c) for c in places)
    return Candidate(crs, name_of_system(crs), names, round(kind * inside + filled + first + modern, 3))


def _codes() -> list[int | str]:
    national = [code for codes in NATIONAL.values() for code in codes]
    wgs = [32600 + z for z in range(FIRST_ZONE, LAST_ZONE + 1)] + [32700 + z for z in range(17, LAST_ZONE + 1)]
    return [*national, *wgs, WEB_MERCATOR]


@lru_cache(maxsize=256)
def _into_degrees(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)


@lru_cache(maxsize=256)
def _area(crs: str) -> Box:
    area = pyproj.CRS.from_user_input(crs).area_of_use
    return (area.west, area.south, area.east, area.north) if area else (-180.0, -90.0, 180.0, 90.0)


def _near(area: Box, there: Box, stray: float = STRAY) -> bool:
    x, y = (there[0] + there[2]) / 2, (there[1] + there[3]) / 2
    return area[0] - stray <= x <= area[2] + stray and area[1] - stray <= y <= area[3] + stray


def _share_inside(there: Box, area: Box) -> float:
    """The part of a box that lies in the area of a system."""
    wide = max(0.0, min(there[2], area[2]) - max(there[0], area[0]))
    high = max(0.0, min(there[3], area[3]) - max(there[1], area[1]))
    surface = max(1e-9, (there[2] - there[0]) * (there[3] - there[1]))
    return min(1.0, wide * high / surface)


def _share_filled(there: Box, country: Box) -> float:
    """How much of the box of a country a map fills: one that fills all of it is likely its map."""
    wide = max(0.0, min(there[2], country[2]) - max(there[0], country[0]))
    high = max(0.0, min(there[3], country[3]) - max(there[1], country[1]))
    return wide * high / ((country[2] - country[0]) * (country[3] - country[1]))


def told(found: Sequence[Candidate]) -> list[str]:
    """Candidates as a person reads them in a message."""
    return [f"{c.crs} ({c.name}: {' / '.join(c.places[:3])})" for c in found]
