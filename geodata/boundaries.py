"""Read a file of boundaries into shapes by area code.

Whatever a person uploads gives shapes or problems, never an exception: shapes that cross themselves are mended and
counted, shapes that are missing are counted, and coordinates end in degrees (EPSG:4326).
"""

from __future__ import annotations

import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

from geodata.codes import as_codes
from riskmodel.problems import Problem, Where

KINDS = (".geojson", ".json", ".topojson", ".gpkg", ".shp", ".zip")
DEGREES = "EPSG:4326"
NAMED_MOST = 5

_READ_ERRORS = (
    DataSourceError, DataLayerError, GeometryError, CRSError, FieldError, OSError, ValueError, zipfile.BadZipFile,
    RuntimeError, NotImplementedError,
)  # fmt: skip


class _NotUsableError(Exception):
    """Ends the reading of a file with the problem that explains it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def read_boundaries(path: Path, area_code: str, layer: str = "") -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Read GeoJSON, TopoJSON, GeoPackage or a zipped shapefile.

    Parameters
    ----------
    path : Path
        The file. A zip may hold folders and any one of the other kinds.
    area_code : str
        Column (property, or `id`) that holds the code of each area.
    layer : str
        Layer to read, needed only where the file holds several.

    Returns
    -------
    GeoDataFrame
        `area_code` (text, unique, sorted) and `geometry` (valid polygons, EPSG:4326). Empty if there is an error.
    list of Problem
        Errors, warnings and notes.
    """
    where = Where(file=path.name)
    try:
        return _read(path, area_code, layer, where)
    except _NotUsableError as stop:
        return _empty(), [stop.problem]


def boundary_columns(path: Path, layer: str = "") -> tuple[list[str], list[Problem]]:
    """Names of the columns that may hold the code, for a person to choose from."""
    where = Where(file=path.name)
    try:
        source, chosen = _source(path, layer, where)
        return _columns(source, chosen, where), []
    except _NotUsableError as stop:
        return [], [stop.problem]


def _read(path: Path, area_code: str, layer: str, where: Where) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    source, chosen = _source(path, layer, where)
    columns = _columns(source, chosen, where)
    if area_code not in columns:
        raise _NotUsableError(
            Problem("boundaries_no_code_column", Where(where.file, chosen), {"column": area_code, "columns": columns})
        )
    try:
        with warnings.catch_warnings():  # a column of mixed kinds is read as text, which is what a code is
            warnings.simplefilter("ignore", UserWarning)
            raw = pyogrio.read_dataframe(source, layer=chosen, columns=[area_code], force_2d=True)
    except _READ_ERRORS as error:
        raise _NotUsableError(Problem("boundaries_not_readable", where)) from error
    if raw.empty or "geometry" not in raw.columns:
        raise _NotUsableError(Problem("boundaries_empty", where))
    problems: list[Problem] = []
    shapes = gpd.GeoDataFrame({"area_code": as_codes(raw[area_code])}, geometry=raw.geometry.to_numpy(), crs=raw.crs)
    here = Where(where.file, column=area_code)
    shapes = _with_code(shapes, here, problems)
    shapes = _with_shape(shapes, where, problems)
    shapes = _in_degrees(shapes, where, problems)
    shapes = _mended(shapes, where, problems)
    shapes = _one_per_code(shapes, here, problems)
    return shapes.sort_values("area_code", ignore_index=True), problems


# --- finding the layer -------------------------------------------------------------------------------------------


def _source(path: Path, layer: str, where: Where) -> tuple[str, str]:
    """The path as GDAL wants it, and the layer to read."""
    if path.suffix.lower() not in KINDS:
        raise _NotUsableError(Problem("boundaries_unknown_kind", where, {"kinds": list(KINDS)}))
    if not path.is_file():
        raise _NotUsableError(Problem("boundaries_not_readable", where))
    if path.stat().st_size == 0:
        raise _NotUsableError(Problem("boundaries_empty", where))
    if path.suffix.lower() == ".zip":
        return _inside_zip(path, layer, where)
    if path.suffix.lower() in (".json", ".geojson", ".topojson"):
        _check_json(path, where)
    return str(path), _layer(str(path), layer, where)


def _check_json(path: Path, where: Where) -> None:
    """Tell a JSON file that is cut off, or is of another kind, before GDAL gives up without a reason."""
    try:
        document: Any = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _NotUsableError(Problem("boundaries_not_readable", where)) from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind not in ("FeatureCollection", "Feature", "Topology"):
        raise _NotUsableError(Problem("boundaries_not_geojson", where))
    held = {"FeatureCollection": "features", "Topology": "objects"}.get(kind)
    if held and not document.get(held):
        raise _NotUsableError(Problem("boundaries_empty", where))


def _inside_zip(path: Path, layer: str, where: Where) -> tuple[str, str]:
    """The one boundary file of a zip, whatever folder it lies in; `layer` chooses among several."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if not n.startswith("__MACOSX") and not n.endswith("/")]
    except _READ_ERRORS as error:
        raise _NotUsableError(Problem("boundaries_not_readable", where)) from error
    found = [n for n in names if Path(n).suffix.lower() in KINDS and not n.lower().endswith(".zip")]
    shapefiles = [n for n in found if n.lower().endswith(".shp")]
    found = shapefiles or found
    if layer:
        found = [n for n in found if layer in (n, Path(n).name, Path(n).stem)]
    if not found:
        raise _NotUsableError(Problem("boundaries_zip_without_map", where, {"kinds": list(KINDS[:-1])}))
    if len(found) > 1:
        raise _NotUsableError(Problem("boundaries_which_layer", where, {"layers": [Path(n).stem for n in found]}))
    member = found[0]
    if member.lower().endswith(".shp"):
        lower = {n.lower() for n in names}
        missing = [s for s in (".shx", ".dbf") if member.lower()[:-4] + s not in lower]
        if missing:
            raise _NotUsableError(Problem("boundaries_shapefile_incomplete", where, {"missing": missing}))
    source = f"/vsizip/{{{path.resolve()}}}/{member}"
    return source, _layer(source, "", where)


def _layer(source: str, layer: str, where: Where) -> str:
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    except _READ_ERRORS as error:
        raise _NotUsableError(Problem("boundaries_not_readable", where)) from error
    if not layers:
        raise _NotUsableError(Problem("boundaries_empty", where))
    if layer in layers:
        return layer
    if layer or len(layers) > 1:
        raise _NotUsableError(Problem("boundaries_which_layer", where, {"layers": layers}))
    return layers[0]


def _columns(source: str, layer: str, where: Where) -> list[str]:
    try:
        return [str(name) for name in pyogrio.read_info(source, layer=layer)["fields"]]
    except _READ_ERRORS as error:
        raise _NotUsableError(Problem("boundaries_not_readable", where)) from error


# --- cleaning ----------------------------------------------------------------------------------------------------


def _with_code(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    without = shapes["area_code"].isna()
    if without.all():
        raise _NotUsableError(Problem("boundaries_codes_blank", where, {"count": int(without.sum())}))
    if without.any():
        problems.append(Problem("boundaries_codes_blank", where, {"count": int(without.sum())}, "warning"))
    return shapes[~without]


def _with_shape(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Leave out what has no shape (null, empty, or coordinates that are not numbers) and what is not an area."""
    nothing = shapes.geometry.isna() | shapes.geometry.is_empty
    nothing |= pd.Series(~pd.notna(shapes.geometry.bounds).all(axis=1), shapes.index)
    if nothing.any():
        values = {"count": int(nothing.sum()), "codes": _some(shapes.loc[nothing, "area_code"])}
        problems.append(Problem("boundaries_no_geometry", where, values, "warning"))
    shapes = shapes[~nothing]
    polygons = shapes.geom_type.isin(["Polygon", "MultiPolygon", "GeometryCollection"])
    if not polygons.any():
        raise _NotUsableError(Problem("boundaries_no_polygons", where))
    if not polygons.all():
        problems.append(Problem("boundaries_not_polygons", where, {"count": int((~polygons).sum())}, "warning"))
    return shapes[polygons]


def _in_degrees(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    if shapes.crs is None:
        if not _looks_like_degrees(shapes):
            raise _NotUsableError(Problem("boundaries_no_crs", where))
        problems.append(Problem("boundaries_crs_assumed", where, {}, "note"))
        shapes = shapes.set_crs(DEGREES)
    try:
        shapes = shapes.to_crs(DEGREES)
    except (RuntimeError, ValueError) as error:
        raise _NotUsableError(Problem("boundaries_no_crs", where)) from error
    if not _looks_like_degrees(shapes):
        raise _NotUsableError(Problem("boundaries_outside_world", where))
    return shapes


def _looks_like_degrees(shapes: gpd.GeoDataFrame) -> bool:
    left, bottom, right, top = shapes.total_bounds
    return bool(left >= -180.1 and right <= 180.1 and bottom >= -90.1 and top <= 90.1)


def _mended(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    """Make every shape valid and keep its polygons.

    The ring lines are kept whole (`method="linework"`): where a file stores the mainland as a "hole" of an islet, both
    stay land, while treating it as a hole would lose the mainland.
    """
    invalid = ~shapes.geometry.is_valid
    geometry = shapes.geometry.to_numpy().copy()
    geometry[invalid] = shapely.make_valid(geometry[invalid], method="linework")
    polygonal = [only_polygons(shape) for shape in geometry]
    shapes = shapes.set_geometry(gpd.GeoSeries(polygonal, index=shapes.index, crs=DEGREES))
    if invalid.any():
        values = {"count": int(invalid.sum()), "codes": _some(shapes.loc[invalid, "area_code"])}
        problems.append(Problem("boundaries_mended", where, values, "warning"))
    lost = shapes.geometry.is_empty
    if lost.any():
        values = {"count": int(lost.sum()), "codes": _some(shapes.loc[lost, "area_code"])}
        problems.append(Problem("boundaries_no_geometry", where, values, "warning"))
    return shapes[~lost]


def only_polygons(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape; lines and points that mending left behind are dropped."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _one_per_code(shapes: gpd.GeoDataFrame, where: Where, problems: list[Problem]) -> gpd.GeoDataFrame:
    twice = shapes["area_code"].duplicated(keep=False)
    if not twice.any():
        return shapes
    codes = shapes.loc[twice, "area_code"].unique()
    values = {"count": len(codes), "codes": _some(pd.Series(codes))}
    problems.append(Problem("boundaries_codes_joined", where, values, "note"))
    joined = shapes[twice].dissolve("area_code", as_index=False)
    return pd.concat([shapes[~twice], joined[["area_code", "geometry"]]], ignore_index=True)


def _some(codes: pd.Series) -> list[str]:
    shown = [str(code) for code in codes.head(NAMED_MOST)]
    return [*shown, "…"] if len(codes) > NAMED_MOST else shown


def _empty() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": pd.Series(dtype="string")}, geometry=gpd.GeoSeries([], crs=DEGREES), crs=DEGREES
    )
