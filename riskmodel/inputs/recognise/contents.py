"""Tell what a file holds by its first bytes: a table, a map, a model, a study, or something no table can be read from.

The ending of the name is looked at only where the content leaves two answers.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from riskmodel.study_file import FILE_NAME

Contents = Literal[
    "table",
    "map",
    "model",
    "study",
    "archive",
    "pdf",
    "word",
    "slides",
    "picture",
    "web",
    "media",
    "program",
    "packed",
    "part",
    "empty",
    "absent",
]

HEAD = 4096

_MAGIC: tuple[tuple[bytes, Contents], ...] = (
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"), (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"), (b"{\\rtf", "word"), (b"SQLite format 3", "map"), (b"\x00\x00\x27\x0a", "map"), (b"fgb", "map"),
    (b"Rar!", "packed"), (b"7z\xbc\xaf", "packed"), (b"MZ", "program"), (b"!table", "map"), (b"\x7fELF", "program"), (b"ID3", "media"), (b"OggS", "media"),
)  # fmt: skip
_MAP_ENDINGS = (".shp", ".geojson", ".topojson", ".gpkg", ".kml", ".kmz", ".fgb", ".gml", ".mif")
# A shape as a cell of a table: text (WKT), or bytes written as hexadecimal digits (WKB).
_SHAPE = re.compile(
    rb"(?:^|[,;\t|\"'\n])\s*(?:(?:srid=\d+;)?\s*(?:multi)?polygon\s*(?:z|m|zm)?\s*\(|01(?:03|06)[0-9a-f]{60}"
    rb"|\{\s*\"{1,2}type\"{1,2}\s*:\s*\"{1,2}(?:multi)?polygon)"
)
_MIF = re.compile(rb"version\s+\d+\s.*?columns\s+\d+", re.DOTALL)
_PARTS = (".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj")


def contents_of(path: Path) -> Contents:
    """What a file holds; "part" is a piece of a shapefile that is of no use alone, "absent" a file that cannot be read."""
    try:
        with path.open("rb") as handle:
            head = handle.read(HEAD)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as unpacked:
                head = unpacked.read(HEAD)
    except (OSError, EOFError, zlib.error):
        return "absent" if not path.is_file() else "table"  # a damaged gzip: reading it says so
    if not head.strip():
        return "empty"
    for magic, contents in _MAGIC:
        if head.startswith(magic):
            return contents
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(path)
    if head.startswith(b"PAR1"):
        return "map" if _is_geoparquet(path) else "table"
    if head[4:12] in (b"ftypmp42", b"ftypisom", b"ftypqt  "):
        return "media"
    if path.suffix.lower() in _PARTS:
        return "part"
    return _of_text(path, head)


def _of_zip(path: Path) -> Contents:
    """An archive: a workbook, a document, a map, an exported study, or packed tables."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "table"  # reading it says what is wrong
    if FILE_NAME in names:
        return "archive"
    if any(n.startswith("word/") for n in names):
        return "word"
    if any(n.startswith("ppt/") for n in names):
        return "slides"
    lower = [n.lower() for n in names]
    mapinfo = any(n.endswith(".tab") for n in lower) and any(n.endswith(".map") for n in lower)
    if mapinfo or any(n.endswith(_MAP_ENDINGS) or ".gdb/" in n for n in lower):
        return "map"
    if "mimetype" in names and "content.xml" in names:
        return _of_open_document(path)
    if any(n.lower().endswith(".json") for n in names) and not any(
        n.lower().endswith((".csv", ".xlsx", ".txt")) for n in names
    ):
        return "map" if not any(n.startswith("xl/") for n in names) else "table"
    return "table"


def _of_open_document(path: Path) -> Contents:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = archive.read("mimetype")[:100]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return "table"  # reading it says what is wrong
    return "word" if b"text" in kind else "slides" if b"presentation" in kind else "table"


def _of_text(path: Path, head: bytes) -> Contents:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start[:400].lower()
    if re.search(rb"^\s*\[study\]\s*$", head, re.MULTILINE) and re.search(rb"^\s*method\s*=", head, re.MULTILINE):
        return "study"
    if start[:1] in (b"{", b"["):
        return _of_json(path)
    if lower.startswith((b"<?xml", b"<kml", b"<gml")) and (b"<kml" in lower or b"gml" in lower):
        return "map"
    if _MIF.match(lower) or (b"\n" in head and _SHAPE.search(head.lower())):
        return "map"
    if lower.startswith((b"<!doctype html", b"<html", b"<head")):
        return "table" if b"<table" in head.lower() or path.suffix.lower() in (".xls", ".xlsx") else "web"
    return "table"


def _is_geoparquet(path: Path) -> bool:
    """Whether a Parquet file says in its metadata which column holds shapes (geoparquet.org)."""
    try:
        metadata = pq.read_metadata(path).metadata
    except (OSError, ValueError):  # pyarrow's errors are one of these
        return False
    return b"geo" in (metadata or {})


def _of_json(path: Path) -> Contents:
    """A map, a portable model, or a table written as JSON."""
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        document = json.loads(raw)
    except (OSError, ValueError, RecursionError, EOFError, zlib.error):
        return "map"  # cut off: reading it as a map says so
    if isinstance(document, dict) and document.get("format") == "mirador-model":
        return "model"
    if isinstance(document, dict) and str(document.get("geometryType", "")).startswith("esriGeometry"):
        return "map"
    if isinstance(document, dict) and document.get("type") in (
        "FeatureCollection",
        "Topology",
        "Feature",
        "GeometryCollection",
    ):
        return "map"
    return "table"
