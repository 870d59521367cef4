"""Write maps that are no map files for GDAL anew as GeoJSON: GeoParquet, and tables with a shape in each row.

Databases export shapes as text (WKT, "POLYGON ((-77 1, …))"), as hexadecimal bytes (WKB) or as GeoJSON in a column of a
table. Every other column stays text, so that codes keep their zeros; the system is told only where the file tells it.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

PARQUET = b"PAR1"
LOOKED_AT = 65_536  # bytes in which the first shape of a table must begin
_TEXT = r"(?:SRID=\d+;)?\s*(?:MULTI)?POLYGON\s*(?:Z|M|ZM)?\s*\("
_BYTES = r"0[01][0-9A-F]{40}"
_SHAPE = re.compile(rf"^\s*(?:{_TEXT}|{_BYTES}|\{{\s*\"(?:type|coordinates)\")", re.IGNORECASE)
# In the bytes of a table: at the beginning of a cell.
_JSON = r"\{\s*\"{1,2}type\"{1,2}\s*:\s*\"{1,2}(?:Multi)?Polygon"
_CELL = re.compile(rf"(?:^|[,;\t|\"'\n])\s*(?:{_TEXT}|01(?:03|06)[0-9A-F]{{60}}|{_JSON})".encode(), re.IGNORECASE)
_SRID = re.compile(r"^\s*SRID=(\d+);", re.IGNORECASE)
MARKS = (",", ";", "\t", "|")


def is_table_of_shapes(begins: bytes) -> bool:
    """Whether the first bytes of a text file hold a shape as a cell of a table."""
    return b"\x00" not in begins and b"\n" in begins and bool(_CELL.search(begins))


def from_parquet(path: Path, folder: Path, where: Where) -> Path:
    """GeoJSON of a GeoParquet file; raises `NotUsableError` for a table without shapes or a damaged file."""
    try:
        frame = gpd.read_parquet(path)
    except Exception as error:  # a Parquet file may be wrong in as many ways as pyarrow has exceptions
        raise NotUsableError(Problem("boundaries_not_readable", where)) from error
    return written(pd.DataFrame(frame.drop(columns=frame.geometry.name)), frame.geometry, folder)


def from_table(path: Path, folder: Path, where: Where) -> Path:
    """GeoJSON of a table of text in which one column holds shapes."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text[: text.find("\n")]
    mark = max(MARKS, key=first.count)
    try:
        table = pd.read_csv(io.StringIO(text), sep=mark, dtype=str, keep_default_na=False, on_bad_lines="skip")
    except (ValueError, OverflowError) as error:
        raise NotUsableError(Problem("boundaries_not_readable", where)) from error
    column = next((c for c in table.columns if _holds_shapes(table[c])), None)
    if column is None:
        raise NotUsableError(Problem("boundaries_not_readable", where))
    shapes, srid = _shapes(table[column])
    try:
        crs = pyproj.CRS.from_epsg(srid) if srid else None
    except pyproj.exceptions.CRSError:
        crs = None
    return written(table.drop(columns=column), gpd.GeoSeries(shapes, crs=crs), folder)


def written(table: pd.DataFrame, shapes: gpd.GeoSeries, folder: Path) -> Path:
    """GeoJSON in `folder`: in degrees where the system is known, else the numbers as they stand."""
    if shapes.crs is not None:
        shapes = shapes.to_crs(4326)
    told = shapely.to_geojson(shapely.force_2d(shapes.to_numpy()))
    plain = table.astype(object).where(table.notna(), None)
    rows = plain.to_dict("records")
    features = [
        f'{{"type":"Feature","properties":{json.dumps({str(k): _plain(v) for k, v in row.items()})},"geometry":{shape or "null"}}}'
        for row, shape in zip(rows, told, strict=True)
    ]
    out = folder / "again.geojson"
    out.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}", encoding="utf-8")
    return out


def _plain(value: object) -> object:
    """A value as JSON can hold it; whole numbers stay whole."""
    if isinstance(value, np.generic):
        value = value.item()
    return (
        value
        if value is None or isinstance(value, str | int | bool)
        else repr(value)
        if isinstance(value, float)
        else str(value)
    )


def _holds_shapes(column: pd.Series) -> bool:
    filled = column[column.str.strip() != ""].head(20)
    return len(filled) > 0 and bool(filled.str.match(_SHAPE).mean() > 0.5)


def _shapes(column: pd.Series) -> tuple[np.ndarray, int]:
    """Shapes of cells, None where a cell is none, and the number of their system, 0 where none is told."""
    text = column.str.strip()
    srid = next((int(found[1]) for cell in text.head(20) if (found := _SRID.match(cell))), 0)
    text = text.str.replace(_SRID, "", regex=True)
    cells = text.to_numpy(dtype=object)
    shapes = np.empty(len(cells), dtype=object)
    for start, read in ((("{",), shapely.from_geojson), (("0", "1"), shapely.from_wkb), (("",), shapely.from_wkt)):
        mine = np.array([s is None and bool(c) and c.startswith(start) for c, s in zip(cells, shapes, strict=True)])
        if mine.any():
            shapes[mine] = read(cells[mine], on_invalid="ignore")
    known = shapes[~shapely.is_missing(shapes)]
    return shapes, srid or (int(shapely.get_srid(known[0])) if len(known) else 0)
