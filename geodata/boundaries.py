"""Read a file of boundaries into shapes by area code.

Whatever a person uploads gives shapes or problems, never an exception: shapes that cross themselves are mended and
counted, shapes that are missing are counted, and coordinates end in degrees (EPSG:4326). What is doubtful is asked.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyogrio import read_info
from pyogrio.raw import read as read_raw

from geodata.codes import as_codes, codes_of_columns
from geodata.coordinates import to_degrees
from geodata.coverage import coverage_problems
from geodata.kml_tables import with_described
from geodata.mend import mended, one_per_code, with_shape
from geodata.source import KINDS, READ_ERRORS, Source, open_source, why_not
from geodata.systems import DEGREES
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

MOST_DEGREES = 360.0

# Makes columns of the table of a file: the table with more of them, and warnings.
Maker = Callable[[pd.DataFrame], tuple[pd.DataFrame, list[Problem]]]

__all__ = ["DEGREES", "KINDS", "boundary_columns", "read_boundaries", "read_features", "shapes_of"]


def read_boundaries(
    path: Path,
    area_code: str | Sequence[str],
    layer: str = "",
    crs: str = "",
    encoding: str = "",
    axes: str = "",
    country: str = "",
    maker: Maker | None = None,
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Read GeoJSON, TopoJSON, GeoPackage, KML, FlatGeobuf, a shapefile or a zip with one of them.

    Parameters
    ----------
    path : Path
        The file. A zip may hold folders.
    area_code : str or sequence of str
        Column (property, or `id`) that holds the code of each area; several columns are joined in their order.
    layer : str
        Layer to read, needed only where the file holds several that can be areas.
    crs : str
        Coordinate system declared by a person ("EPSG:9377"); counts more than what the file says.
    encoding : str
        Encoding of the table of a shapefile, declared by a person; found from its bytes when empty.
    axes : str
        "latitude_longitude" where the coordinates are exchanged, "longitude_latitude" where they are not though the
        map lies on no country of the region; asked when empty and doubtful.
    country : str
        Name of the country, to put proposals in order.
    maker : callable, optional
        Takes the columns of the file without the shapes and gives them with more columns, and warnings: codes that are mended or
        taken by name.

    Returns
    -------
    GeoDataFrame
        `area_code` (text, unique, sorted) and `geometry` (valid polygons, EPSG:4326). Empty if there is an error.
    list of Problem
        Errors, warnings and notes.
    """
    where = Where(file=path.name)
    try:
        with open_source(path, layer, encoding, where) as source:
            frame = read_features(source, where)
        made: list[Problem] = []
        if maker is not None:
            table, made = maker(pd.DataFrame(frame.drop(columns="geometry")))
            frame = gpd.GeoDataFrame(table, geometry=frame.geometry.to_numpy(), crs=frame.crs)
        asked = [area_code] if isinstance(area_code, str) else list(area_code)
        shapes, problems = shapes_of(frame, asked, source, where, crs, axes, country)
        return shapes, [*made, *problems]
    except NotUsableError as stop:
        return _empty(), [stop.problem]


def boundary_columns(path: Path, layer: str = "") -> tuple[list[str], list[Problem]]:
    """Names of the columns that may hold the code, for a person to choose from."""
    where = Where(file=path.name)
    try:
        with open_source(path, layer, "", where) as source:
            frame = read_features(source, where)
        return [str(name) for name in frame.columns if name != "geometry"], []
    except NotUsableError as stop:
        return [], [stop.problem]


def read_features(source: Source, where: Where, most: int | None = None) -> gpd.GeoDataFrame:
    """Every column and shape of a layer as they stand in the file, rings left open closed.

    `most`: read only so many features. Raises `NotUsableError`.
    """
    asked = {"layer": source.layer, "force_2d": True, "return_fids": True, "max_features": most, **source.options}
    if source.kind == "geojson":
        asked["layer"] = None
    if source.encoding is not None:
        asked["encoding"] = source.encoding.name
    try:
        with warnings.catch_warnings():  # mixed kinds in a column are read as text; open rings are closed below
            warnings.simplefilter("ignore")
            _check_count(source, where)
            meta, fids, shapes, values = read_raw(source.path, **asked)
            geometry = shapely.from_wkb(shapes, on_invalid="fix") if shapes is not None else None
    except READ_ERRORS as error:
        unreadable = Problem("boundaries_not_readable", where)
        named = why_not(Path(source.path), where) if source.kind in ("geojson", "topojson") else unreadable
        raise NotUsableError(named) from error
    if geometry is None or len(geometry) == 0:
        raise NotUsableError(Problem("boundaries_empty", where))
    table = pd.DataFrame({str(name): column for name, column in zip(meta["fields"], values, strict=True)})
    if source.kind == "geojson" and "id" not in table and not np.array_equal(fids, np.arange(len(fids))):
        table.insert(0, "id", fids)  # a number as `id` of the feature, not of its properties
    if source.kind == "kml":
        table = with_described(table)
    frame = gpd.GeoDataFrame(table, geometry=geometry, crs=meta["crs"])
    return frame.set_crs(None, allow_override=True) if _unsaid(frame, source) else frame


def _check_count(source: Source, where: Where) -> None:
    """Refuse a shapefile whose header claims more shapes than it has bytes: room would be made for all of them."""
    if source.kind == "shp":
        claimed = int(read_info(source.path, layer=source.layer)["features"])
        if claimed > Path(source.path).stat().st_size:
            raise NotUsableError(Problem("boundaries_not_readable", where))


def _unsaid(frame: gpd.GeoDataFrame, source: Source) -> bool:
    """Whether the system comes from GDAL, not from the file: TopoJSON has none, GeoJSON without one is in degrees."""
    if source.kind == "geojson" and np.nanmax(np.abs(frame.total_bounds), initial=0) > MOST_DEGREES:
        content = Path(source.path).read_bytes()
        told = content[:5000] + content[-5000:]
        return b'"crs"' not in told and b'"spatialReference"' not in told
    return source.kind == "topojson"


def shapes_of(
    frame: gpd.GeoDataFrame, area_code: list[str], source: Source, where: Where, crs: str, axes: str, country: str
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Features of a file made into areas, as `read_boundaries` gives them; raises `NotUsableError`."""
    problems = list(source.notes)
    shapes = _coded(frame, area_code, source, where, problems)
    shapes = with_shape(shapes, where, problems)
    shapes, found = to_degrees(shapes, where, crs, axes, country)
    problems += found
    shapes = mended(shapes, where, problems)
    shapes = one_per_code(shapes, where, problems)
    shapes = shapes.sort_values("area_code", ignore_index=True)
    return shapes, [*problems, *coverage_problems(shapes, where)]


def _coded(
    frame: gpd.GeoDataFrame, columns: list[str], source: Source, where: Where, problems: list[Problem]
) -> gpd.GeoDataFrame:
    """Shapes with their code; those without one are left out and told."""
    there = [str(name) for name in frame.columns if name != "geometry"]
    absent = [name for name in columns if name not in there]
    if absent or not columns:
        here = Where(where.file, source.layer)
        values = {"column": absent[0] if absent else "", "columns": there}
        raise NotUsableError(Problem("boundaries_no_code_column", here, values))
    codes = as_codes(frame[columns[0]]) if len(columns) == 1 else codes_of_columns(frame[columns])
    shapes = gpd.GeoDataFrame({"area_code": codes}, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    without = shapes["area_code"].isna()
    if without.any():
        here = replace(where, column=" + ".join(columns))
        blank = Problem("boundaries_codes_blank", here, {"count": int(without.sum())}, "warning")
        if without.all():
            raise NotUsableError(replace(blank, severity="error"))
        problems.append(blank)
    return shapes[~without].reset_index(drop=True)


def _empty() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": pd.Series(dtype="string")}, geometry=gpd.GeoSeries([], crs=DEGREES), crs=DEGREES
    )
