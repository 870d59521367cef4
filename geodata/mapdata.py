"""Shapes made ready to draw, once per file of boundaries, kept in a folder under a name nobody can guess.

The folder has a part that a web server may hand out (`served/`) and a part that it may not: the salt that makes the
names unguessable, so that the shapes of a private study cannot be fetched by whoever owns the same file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries import DEGREES, read_boundaries
from geodata.parents import parent_lines
from geodata.simplify import across_date_line, decimals_for, rounded, simplify_areas
from riskmodel.problems import Problem, Where

# Part of every hash: raise it when the way shapes are prepared changes, and old files are no longer used.
VERSION = "4"
MOST_TEXTS = 200  # files of texts kept beside the shapes


@dataclass(frozen=True)
class MapGeometry:
    """Shapes of a map, on disk as GeoJSON; the property `area_code` is all they carry."""

    content_hash: str  # SHA-256 of shapes, codes and parents
    folder: Path  # the part of the cache that may be served
    name: str  # stem of the served files, unguessable
    codes: tuple[str, ...]  # in the order of the features
    missing: tuple[str, ...]  # areas with a parent but without a shape
    bounds: tuple[float, float, float, float]  # left, bottom, right, top in degrees
    points: tuple[tuple[float, float], ...]  # (longitude, latitude) inside each area, for labels and circles

    @property
    def areas_file(self) -> str:
        return f"{self.name}.geojson"

    @property
    def borders_file(self) -> str:
        return f"{self.name}.borders.geojson"

    def geojson(self) -> bytes:
        """One feature per area, in the order of `codes`."""
        return (self.folder / self.areas_file).read_bytes()

    def borders_geojson(self) -> bytes:
        """Lines between parent units and around the country."""
        return (self.folder / self.borders_file).read_bytes()

    def shapes(self) -> gpd.GeoDataFrame:
        """`area_code` and geometry (EPSG:4326), as drawn."""
        features = json.loads(self.geojson())["features"]
        geometry = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
        codes = pd.Series([f["properties"]["area_code"] for f in features], dtype="string")
        return gpd.GeoDataFrame({"area_code": codes}, geometry=geometry, crs=DEGREES)

    def border_lines(self) -> shapely.Geometry:
        """What `borders_geojson` holds, as one geometry."""
        return shapely.from_geojson(self.borders_geojson())


def prepare(boundaries: gpd.GeoDataFrame, parents: pd.Series | None, folder: Path) -> MapGeometry:
    """Simplify shapes and find parent borders, or take them from the cache.

    Parameters
    ----------
    boundaries : GeoDataFrame
        `area_code` (unique) and polygons in EPSG:4326, as `read_boundaries` gives.
    parents : Series or None
        Parent code by `area_code`; without it only the outline of the country is drawn.
    folder : Path
        The cache; made if absent.
    """
    known = _tidy(parents)
    content_hash = _hash(boundaries, known)
    kept = _kept(folder, content_hash)
    if kept is not None:
        return kept
    whole_shapes = across_date_line(boundaries[["area_code", "geometry"]].reset_index(drop=True))
    areas = simplify_areas(whole_shapes)
    codes = tuple(areas["area_code"].astype(str))
    drawn = set(codes)
    shapes = areas.geometry.to_numpy()
    decimals = decimals_for(shapes)
    lines = rounded(np.array([parent_lines(areas, known)]), decimals)[0]
    geometry = MapGeometry(
        content_hash=content_hash,
        folder=folder / "served",
        name=_unguessable(content_hash, folder),
        codes=codes,
        missing=tuple(sorted(set(known.index) - drawn)) if known is not None else (),
        bounds=_bounds(shapes),
        points=_points(shapes),
    )
    _write(
        geometry.folder / geometry.areas_file, _feature_collection(rounded(shapes, decimals), codes, geometry.points)
    )
    _write(geometry.folder / geometry.borders_file, shapely.to_geojson(lines).encode())
    record = {f.name: getattr(geometry, f.name) for f in fields(geometry) if f.name != "folder"}
    _write(folder / "records" / f"{content_hash}.json", json.dumps(record).encode())
    return geometry


def prepare_file(
    path: Path, area_code: str, layer: str, parents: pd.Series | None, folder: Path, axes: str = ""
) -> tuple[MapGeometry | None, list[Problem]]:
    """`read_boundaries` and `prepare` in one, both skipped when the same file was prepared before.

    `axes` as of `read_boundaries`: "longitude_latitude" for a file that Mirador wrote itself.

    Returns
    -------
    MapGeometry or None
        None where the file cannot be used.
    list of Problem
        What `read_boundaries` found, also when the result comes from the cache.
    """
    if not path.is_file():
        return None, read_boundaries(path, area_code, layer)[1]
    asked = hashlib.sha256(path.read_bytes())
    asked.update(json.dumps([VERSION, path.name, area_code, layer, axes, _pairs(_tidy(parents))]).encode())
    note = folder / "records" / f"file-{asked.hexdigest()}.json"
    if note.is_file():
        remembered = json.loads(note.read_text(encoding="utf-8"))
        kept = _kept(folder, remembered["content_hash"])
        if kept is not None:
            return kept, [_problem(p) for p in remembered["problems"]]
    boundaries, problems = read_boundaries(path, area_code, layer, axes=axes)
    if any(p.is_error for p in problems):
        return None, problems
    geometry = prepare(boundaries, parents, folder)
    record = {"content_hash": geometry.content_hash, "problems": [asdict(p) for p in problems]}
    _write(note, json.dumps(record).encode())
    return geometry, problems


def serve_texts(geometry: MapGeometry, told: Mapping[str, object]) -> str:
    """Write texts of areas beside the shapes under a name of their content; gives the name of the file.

    Only the last files are kept: an older one is written again when asked for.
    """
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    name = f"{geometry.name}.texts.{hashlib.sha256(content).hexdigest()[:16]}.json"
    path = geometry.folder / name
    if not path.is_file():
        _write(path, content)
        written = sorted(geometry.folder.glob("*.texts.*.json"), key=lambda p: p.stat().st_mtime)
        for old in written[:-MOST_TEXTS]:
            old.unlink(missing_ok=True)
    return name


def forget(geometry: MapGeometry) -> None:
    """Delete the files of a prepared map; it is made again when asked for."""
    for file in (geometry.areas_file, geometry.borders_file):
        (geometry.folder / file).unlink(missing_ok=True)
    for texts in geometry.folder.glob(f"{geometry.name}.texts.*.json"):
        texts.unlink(missing_ok=True)
    (geometry.folder.parent / "records" / f"{geometry.content_hash}.json").unlink(missing_ok=True)


# --- the cache ---------------------------------------------------------------------------------------------------


def _kept(folder: Path, content_hash: str) -> MapGeometry | None:
    record = folder / "records" / f"{content_hash}.json"
    if not record.is_file():
        return None
    told = json.loads(record.read_text(encoding="utf-8"))
    geometry = MapGeometry(
        content_hash=told["content_hash"],
        folder=folder / "served",
        name=told["name"],
        codes=tuple(told["codes"]),
        missing=tuple(told["missing"]),
        bounds=tuple(told["bounds"]),
        points=tuple((x, y) for x, y in told["points"]),
    )
    files = (geometry.areas_file, geometry.borders_file)
    return geometry if all((geometry.folder / f).is_file() for f in files) else None


def _unguessable(content_hash: str, folder: Path) -> str:
    """A file name that needs both the content and this folder's own salt. No underscore: st_folium drops what follows."""
    file = folder / "salt"
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_hex(32))
        except FileExistsError:
            pass  # another process was first; its salt is read below
    return hmac.new(file.read_bytes(), content_hash.encode(), hashlib.sha256).hexdigest()[:40]


def _write(path: Path, content: bytes) -> None:
    """Write completely or not at all: a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    part.write_bytes(content)
    part.replace(path)


def _hash(boundaries: gpd.GeoDataFrame, parents: pd.Series | None) -> str:
    known = hashlib.sha256(VERSION.encode())
    known.update(json.dumps([boundaries["area_code"].astype(str).tolist(), _pairs(parents)]).encode())
    for shape in shapely.to_wkb(boundaries.geometry.to_numpy()):
        known.update(shape)
    return known.hexdigest()


def _tidy(parents: pd.Series | None) -> pd.Series | None:
    """Parent code by area code as text, without gaps or repetitions; None where nothing is left."""
    if parents is None:
        return None
    present = parents[parents.notna().to_numpy() & parents.index.notna()]
    if present.empty:
        return None
    tidy = pd.Series(present.astype(str).to_numpy(), index=present.index.astype(str))
    return tidy[~tidy.index.duplicated()].sort_index()


def _pairs(parents: pd.Series | None) -> list[tuple[str, str]]:
    return [] if parents is None else [(str(area), str(parent)) for area, parent in parents.items()]


def _problem(told: dict) -> Problem:
    where = told["where"] | {"rows": tuple(told["where"]["rows"])}
    return Problem(told["code"], Where(**where), told["values"], told["severity"])


# --- shapes as text ----------------------------------------------------------------------------------------------


def _feature_collection(shapes: np.ndarray, codes: tuple[str, ...], points: tuple[tuple[float, float], ...]) -> bytes:
    """GeoJSON; `points` is a member beside the features (RFC 7946, section 6.1), in their order."""
    features = [
        f'{{"type":"Feature","properties":{{"area_code":{json.dumps(code)}}},"geometry":{shape}}}'
        for code, shape in zip(codes, shapely.to_geojson(shapes), strict=True)
    ]
    inside = json.dumps(points, separators=(",", ":"))
    return f'{{"type":"FeatureCollection","points":{inside},"features":[{",".join(features)}]}}'.encode()


def _bounds(shapes: np.ndarray) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(x) for x in shapely.total_bounds(shapes))
    return left, bottom, right, top


def _points(shapes: np.ndarray) -> tuple[tuple[float, float], ...]:
    """A point well inside the largest part of each shape."""
    parts, at = shapely.get_parts(shapes, return_index=True)
    order = np.argsort(shapely.area(parts), kind="stable")
    largest = np.array(shapes, dtype=object)
    largest[at[order]] = parts[order]  # of the parts of one shape the last written is the largest
    inside = shapely.point_on_surface(largest)
    return tuple((round(float(p.x), 4), round(float(p.y), 4)) for p in inside)
