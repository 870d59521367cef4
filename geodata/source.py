"""Find what to read in a file of boundaries: its kind by content, the map inside a zip, the layer.

A file is what its first bytes say, not what its name says. Whatever must be unpacked or written anew goes into a folder
that is gone when reading ends; the file of the person is never touched.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyogrio
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError, GeometryError
from shapely.errors import GEOSException

from geodata import shapefile
from geodata.archive import COMPANIONS, GEODATABASE, MAPINFO, maps_inside, unpack
from geodata.dbf import Encoding, known
from geodata.rewritten import LOOKED_AT, PARQUET, from_parquet, from_table, is_table_of_shapes
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

KINDS = (
    ".geojson", ".json", ".topojson", ".gpkg", ".shp", ".zip", ".kml", ".kmz", ".fgb", ".gml", ".mif", ".tab", ".parquet",
    ".csv",
)  # fmt: skip
LOOSE = tuple(ending for ending in KINDS if ending not in (".zip", ".kmz", ".csv"))  # what a zip may hold
PARTS = (".dbf", ".shx", ".prj", ".cpg")  # of a shapefile, of no use alone
PACKED = (".rar", ".7z", ".tar", ".gz", ".tgz")
READ_ERRORS = (  # of GDAL, GEOS, and of their Python sides when a file says what cannot be
    DataSourceError, DataLayerError, GeometryError, CRSError, FieldError, OSError, ValueError, zipfile.BadZipFile,
    RuntimeError, NotImplementedError, RecursionError, GEOSException, NameError, LookupError, TypeError,
    MemoryError,
)  # fmt: skip
# GDAL looks at the ending before the content; the first is given to a file that has another.
ENDINGS = {
    "geojson": (".geojson", ".json"),
    "topojson": (".topojson", ".json"),
    "kml": (".kml",),
    "gpkg": (".gpkg",),
    "fgb": (".fgb",),
    "gml": (".gml",),
}
NESTED: Mapping[str, object] = {"FLATTEN_NESTED_ATTRIBUTES": "YES", "NESTED_ATTRIBUTE_SEPARATOR": "."}

_BEGINNINGS = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"SQLite format 3", "gpkg"), (shapefile.MAGIC, "shp"),
    (b"fgb", "fgb"), (b"Rar!", "packed"), (b"7z\xbc\xaf", "packed"), (b"\x1f\x8b", "packed"),
    (PARQUET, "parquet"), (b"!table", "tab"),
)  # fmt: skip


_MIF = re.compile(rb"version\s+\d+\s.*?columns\s+\d+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Source:
    """What GDAL is to open."""

    path: str
    layer: str
    kind: str  # "geojson", "topojson", "gpkg", "shp", "kml", "fgb", "gdb", "gml", "mif", "tab"
    layers: tuple[tuple[str, str], ...]  # name and kind of shape of each
    encoding: Encoding | None = None  # of a shapefile
    options: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


@contextmanager
def open_source(path: Path, layer: str, encoding: str, where: Where) -> Iterator[Source]:
    """Yield what to read; raises `NotUsableError` with the reason, or with the question which layer is meant."""
    kind = kind_of(path, where)
    with tempfile.TemporaryDirectory(prefix="mirador-map-") as scratch:
        folder = Path(scratch)
        opened, inside = path, ""
        if kind == "zip":
            opened, kind, inside = _from_zip(path, layer, folder, where)
        if kind == "shp":
            opened = shapefile.beside(opened, folder, where) if opened == path else shapefile.whole(opened, where)
        if kind == "json":
            opened, kind = _json(opened, folder, where)
        if kind in ("parquet", "table"):
            opened = (from_parquet if kind == "parquet" else from_table)(opened, folder, where)
            kind = "geojson"
        if f".{kind}" in MAPINFO:
            opened = _mapinfo(opened, f".{kind}", folder, where)
        opened = _with_ending(opened, kind, folder)
        layers = _layers(opened, kind, where)
        chosen, notes = _choose(layers, "" if inside else layer, where)
        text = None
        if kind == "shp":
            text, told = _encoding(opened, encoding, where)
            notes += told
        yield Source(
            str(opened), chosen, kind, layers, text, NESTED if kind == "geojson" else {}, tuple(notes)
        )  # fmt: skip


def _with_ending(path: Path, kind: str, folder: Path) -> Path:
    """The file under a name that tells its kind."""
    endings = ENDINGS.get(kind, ())
    if not endings or (path.suffix.lower() in endings and kind != "gml"):  # beside GML, GDAL leaves a file of its own
        return path
    named = folder / f"{path.stem}{endings[0]}"
    try:
        named.symlink_to(path.resolve())
    except OSError:  # a system without links
        shutil.copyfile(path, named)
    return named


def parts_beside(path: Path) -> list[Path]:
    """A file of boundaries and, where it is one of several parts (a loose shapefile, MapInfo's files), those beside it."""
    endings = next((e for e in (COMPANIONS, *MAPINFO.values()) if path.suffix.lower() == e[0]), ())
    stem = path.stem.lower()
    others = [p for p in path.parent.iterdir() if p.stem.lower() == stem and p.suffix.lower() in endings and p != path]
    return [path, *sorted(others)]


def _mapinfo(path: Path, kind: str, folder: Path, where: Where) -> Path:
    """A file of MapInfo with its parts, in `folder`; raises `NotUsableError` where one of them is missing."""
    opened = folder / f"map{kind}"
    if path != opened:
        for part in parts_beside(path):
            shutil.copyfile(part, folder / f"map{part.suffix.lower()}")
        if not opened.exists():
            shutil.copyfile(path, opened)
    missing = [end for end in MAPINFO[kind] if end not in (".ind", kind) and not opened.with_suffix(end).is_file()]
    if missing:
        raise NotUsableError(Problem("boundaries_parts_missing", where, {"missing": missing}))
    return opened


def kind_of(path: Path, where: Where) -> str:
    """The kind of a file by its first bytes: "zip", "gpkg", "shp", "fgb", "json", "kml", "gml", "mif", "tab", "parquet" or "table"."""
    ending = path.suffix.lower()
    if not path.is_file():
        raise NotUsableError(Problem("boundaries_not_readable", where))
    if path.stat().st_size == 0:
        raise NotUsableError(Problem("boundaries_empty", where))
    with path.open("rb") as file:
        begins = file.read(LOOKED_AT)
    kind = next((kind for mark, kind in _BEGINNINGS if begins.startswith(mark)), "")
    text = _as_bytes_of_utf8(begins).lstrip()
    if not kind and text[:1] in (b"{", b"["):
        kind = "json"
    if not kind and text[:1] == b"<" and b"<kml" in begins:
        kind = "kml"
    if not kind and text[:1] == b"<" and (b"opengis.net/gml" in begins or b"<gml:" in begins):
        kind = "gml"
    if not kind and _MIF.match(text):
        kind = "mif"
    if not kind and is_table_of_shapes(begins):
        kind = "table"
    if kind == "packed" or (not kind and ending in PACKED):
        raise NotUsableError(Problem("boundaries_packed", where))
    if not kind and ending in PARTS:
        raise NotUsableError(Problem("boundaries_shapefile_incomplete", where, {"missing": [".shp"]}))
    if not kind:
        code = "boundaries_not_readable" if ending in KINDS and ending != ".csv" else "boundaries_unknown_kind"
        raise NotUsableError(Problem(code, where, {"kinds": list(KINDS)}))
    return kind


def _from_zip(path: Path, layer: str, folder: Path, where: Where) -> tuple[Path, str, str]:
    """The one map of a zip, unpacked; `layer` chooses among several and is then used up."""
    found = maps_inside(path, where)
    if not found:
        raise NotUsableError(Problem("boundaries_zip_without_map", where, {"kinds": list(LOOSE)}))
    named = [m for m in found if layer in (m.name, m.name + m.ending)]
    if len(found) > 1 and len(named) != 1:
        raise NotUsableError(Problem("boundaries_which_layer", where, {"layers": sorted(m.name for m in found)}))
    member = (named or found)[0]
    opened = unpack(path, member, folder, where)
    if member.ending == GEODATABASE:
        return opened, "gdb", ""
    kind = kind_of(opened, where)
    if kind == "zip":  # a zip in a zip is opened by the person, not by us
        raise NotUsableError(Problem("boundaries_zip_without_map", where, {"kinds": list(LOOSE)}))
    return opened, kind, member.name if named else ""


def _json(path: Path, folder: Path, where: Where) -> tuple[Path, str]:
    """GeoJSON or TopoJSON, and a copy in UTF-8 where the file is in another encoding."""
    written = path.read_bytes()
    content = _as_bytes_of_utf8(written)
    kind = "topojson" if b'"Topology"' in content[:2000] or b'"Topology"' in content[-2000:] else "geojson"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        content = content.decode("cp1252", "replace").encode()
    if content is written:
        return path, kind
    again = folder / "again.json"
    again.write_bytes(content)
    return again, kind


def _as_bytes_of_utf8(content: bytes) -> bytes:
    """The same text in UTF-8, where its first bytes say that it is in UTF-16; their mark is dropped."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "ignore").encode()
    return content[3:] if content.startswith(b"\xef\xbb\xbf") else content


def why_not(path: Path, where: Where) -> Problem:
    """Why a JSON file could not be read: cut off, of another kind, or empty."""
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError, MemoryError):
        return Problem("boundaries_not_readable", where)
    kind = document.get("type") if isinstance(document, dict) else None
    held = {"FeatureCollection": "features", "Topology": "objects", "Feature": "geometry"}.get(str(kind))
    if held is None:
        return Problem("boundaries_not_geojson", where)
    return Problem("boundaries_not_readable" if document.get(held) else "boundaries_empty", where)


def _layers(path: Path, kind: str, where: Where) -> tuple[tuple[str, str], ...]:
    """Layers that hold shapes. A GeoJSON file has one, known without looking."""
    if kind == "geojson":
        return ((path.stem, "Unknown"),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            listed = pyogrio.list_layers(path)
    except READ_ERRORS as error:
        unreadable = Problem("boundaries_not_readable", where)
        raise NotUsableError(why_not(path, where) if kind == "topojson" else unreadable) from error
    layers = tuple((str(name), str(shape)) for name, shape in listed if shape is not None)
    if not layers:
        raise NotUsableError(Problem("boundaries_empty", where))
    return layers


def may_hold_areas(shape: str) -> bool:
    """Whether a layer of this kind of shape can hold areas."""
    return not shape.replace("Multi", "").startswith(("Point", "LineString", "Curve ", "CompoundCurve"))


def _choose(layers: tuple[tuple[str, str], ...], layer: str, where: Where) -> tuple[str, list[Problem]]:
    """The layer named, or the only one that can hold areas; otherwise the person is asked."""
    names = [name for name, _ in layers]
    if layer in names:
        return layer, []
    of_areas = [name for name, shape in layers if may_hold_areas(shape)]
    if not layer and len(of_areas) == 1:
        taken = Problem("boundaries_layer_taken", where, {"layer": of_areas[0], "layers": names}, "note")
        return of_areas[0], [taken] if len(names) > 1 else []
    if not layer and len(names) == 1:
        return names[0], []
    raise NotUsableError(Problem("boundaries_which_layer", where, {"layers": of_areas or names}))


def _encoding(path: Path, declared: str, where: Where) -> tuple[Encoding, list[Problem]]:
    """The encoding of a shapefile's table: as declared, or as its bytes say."""
    if declared:
        name = known(declared)
        if not name:
            raise NotUsableError(Problem("boundaries_encoding_unknown", where, {"encoding": declared}))
        return Encoding(name), []
    found = shapefile.text_encoding(path)
    if not found.wrong:
        return found, []
    values = {"said": found.wrong, "found": found.name}
    return found, [Problem("boundaries_encoding_wrong", where, values, "note")]
