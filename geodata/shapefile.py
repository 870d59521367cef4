"""The parts of a shapefile: which are there, which can be made again, which cannot be done without.

A shapefile is several files of one name. Without .dbf there are no codes and it cannot be used; the index (.shx) only
repeats what stands in the .shp, so it is made again where it is missing.
"""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pyproj
from pyproj.exceptions import CRSError

from geodata.archive import COMPANIONS
from geodata.dbf import Encoding, encoding_of
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

MAGIC = b"\x00\x00\x27\x0a"


def beside(path: Path, folder: Path, where: Where) -> Path:
    """Copy a loose shapefile and the parts that lie beside it into `folder`; gives the .shp there."""
    for part in path.parent.iterdir():
        if part.stem.lower() == path.stem.lower() and part.suffix.lower() in COMPANIONS:
            shutil.copyfile(part, folder / f"map{part.suffix.lower()}")
    return whole(folder / "map.shp", where)


def whole(path: Path, where: Where) -> Path:
    """The .shp itself, made complete; raises `NotUsableError` where its table is missing."""
    if not path.with_suffix(".dbf").is_file():
        raise NotUsableError(Problem("boundaries_shapefile_incomplete", where, {"missing": [".dbf"]}))
    if path.with_suffix(".dbf").stat().st_size == 0 or path.stat().st_size < 100:
        raise NotUsableError(Problem("boundaries_not_readable", where))
    index = path.with_suffix(".shx")
    if not index.is_file() or index.stat().st_size < 100:
        index.write_bytes(_index(path.read_bytes()))
    _plain_system(path.with_suffix(".prj"))
    return path


def text_encoding(path: Path) -> Encoding:
    """The encoding of the table of a shapefile."""
    cpg = path.with_suffix(".cpg")
    return encoding_of(path.with_suffix(".dbf"), cpg if cpg.is_file() else None)


def _plain_system(prj: Path) -> None:
    """Leave a .prj that can be understood, in plain letters; one that cannot is as good as none, and is asked for."""
    if not prj.is_file():
        return
    text = prj.read_bytes()[:100_000].decode("latin-1").encode("ascii", "replace").decode().replace("\x00", "")
    try:
        pyproj.CRS.from_wkt(text)
        prj.write_text(text)
    except (CRSError, ValueError):
        prj.unlink()


def _index(shapes: bytes) -> bytes:
    """The .shx of a .shp: where each record begins and how long it is, in words of two bytes (ESRI, 1998)."""
    records, at = [], 100
    while at + 8 <= len(shapes):
        length = struct.unpack(">i", shapes[at + 4 : at + 8])[0]
        if length < 0 or at + 8 + 2 * length > len(shapes):
            break
        records.append(struct.pack(">ii", at // 2, length))
        at += 8 + 2 * length
    words = 50 + 4 * len(records)
    return shapes[:24] + struct.pack(">i", words) + shapes[28:100] + b"".join(records)
