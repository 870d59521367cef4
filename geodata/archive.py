"""Take the files of a map out of a zip, into a folder that is thrown away after reading.

Sizes are looked at before a byte is unpacked, and nothing is written under a name that the zip chose: a path that leads
out of its folder cannot do harm, and is refused so that the person asks where the zip comes from.
"""

from __future__ import annotations

import lzma
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

MOST_BYTES = 1_500_000_000  # unpacked, of the files of one map
MOST_RATIO = 300  # unpacked to packed; maps shrink to a fifth, a bomb to a thousandth
SMALL = 50_000_000  # a ratio is looked at only above this
MOST_MEMBERS = 20_000
COMPANIONS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
MAPINFO = {".mif": (".mif", ".mid"), ".tab": (".tab", ".dat", ".map", ".id", ".ind")}
INSIDE = (".shp", ".gpkg", ".geojson", ".topojson", ".json", ".kml", ".fgb", ".gml", ".mif", ".tab", ".parquet")
GEODATABASE = ".gdb"
ZIP_ERRORS = (
    zipfile.BadZipFile, OSError, ValueError, EOFError, LookupError, OverflowError, struct.error, zlib.error,
    lzma.LZMAError,
)  # fmt: skip


class Member(NamedTuple):
    """A map inside a zip: its name without folder and ending, and the files it is made of."""

    name: str
    ending: str
    files: tuple[zipfile.ZipInfo, ...]


def maps_inside(path: Path, where: Where) -> list[Member]:
    """The maps of a zip, shapefiles before others; raises `NotUsableError` for a zip that must not be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [i for i in archive.infolist() if _is_file(i.filename)]
    except (*ZIP_ERRORS, NotImplementedError, RuntimeError) as error:
        raise NotUsableError(Problem("boundaries_not_readable", where)) from error
    _check_names(infos, where)
    found = [*_shapefiles(infos), *_others(infos)]
    shapefiles = [m for m in found if m.ending in (".shp", GEODATABASE)]
    return shapefiles or found


def unpack(path: Path, member: Member, folder: Path, where: Where) -> Path:
    """Write one map of a zip into `folder` under a name of our own; gives the file to open."""
    _check_size(member, where)
    stem = "map"
    opened = folder / f"{stem}{member.ending}"
    try:
        with zipfile.ZipFile(path) as archive:
            for info in member.files:
                target = folder / f"{stem}{_ending(info)}"
                if member.ending == GEODATABASE:
                    opened.mkdir(exist_ok=True)
                    target = opened / _parts(info)[-1]
                with archive.open(info) as packed, target.open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except NotImplementedError as error:  # a way of packing that Python does not know
        raise NotUsableError(Problem("boundaries_not_readable", where)) from error
    except RuntimeError as error:  # a password
        raise NotUsableError(Problem("boundaries_zip_locked", where)) from error
    except ZIP_ERRORS as error:
        raise NotUsableError(Problem("boundaries_not_readable", where)) from error
    return opened


def _shapefiles(infos: Sequence[zipfile.ZipInfo]) -> list[Member]:
    """Each .shp with its companions, whatever the case of their names; a file geodatabase with its whole folder."""
    found = []
    for info in infos:
        if _ending(info) == ".shp":
            base = _base(info)
            files = [i for i in infos if _base(i) == base and _ending(i) in COMPANIONS]
            found.append(Member(PurePosixPath(_plain(info)).stem, ".shp", tuple(files)))
    folders = sorted({_geodatabase(i) for i in infos} - {""})
    for folder in folders:
        files = [i for i in infos if _geodatabase(i) == folder]
        found.append(Member(PurePosixPath(folder).stem, GEODATABASE, tuple(files)))
    return found


def _others(infos: Sequence[zipfile.ZipInfo]) -> list[Member]:
    others = [i for i in infos if _ending(i) in INSIDE and _ending(i) != ".shp" and not _geodatabase(i)]
    found = []
    for info in others:
        parts = [i for i in infos if _base(i) == _base(info) and _ending(i) in MAPINFO.get(_ending(info), ())]
        if _ending(info) != ".tab" or any(_ending(i) == ".map" for i in parts):  # without shapes it is a table
            found.append(Member(PurePosixPath(_plain(info)).stem, _ending(info), tuple(parts) or (info,)))
    return found


def _check_names(infos: Sequence[zipfile.ZipInfo], where: Where) -> None:
    for info in infos:
        plain = _plain(info)
        if ".." in _parts(info) or plain.startswith("/") or plain[1:2] == ":":
            raise NotUsableError(Problem("boundaries_zip_unsafe", where))
    if len(infos) > MOST_MEMBERS:
        raise NotUsableError(Problem("boundaries_zip_too_large", where, {"most": MOST_BYTES // 1_000_000}))


def _check_size(member: Member, where: Where) -> None:
    whole = sum(i.file_size for i in member.files)
    packed = max(1, sum(i.compress_size for i in member.files))
    if whole > MOST_BYTES or (whole > SMALL and whole / packed > MOST_RATIO):
        raise NotUsableError(Problem("boundaries_zip_too_large", where, {"most": MOST_BYTES // 1_000_000}))


def _is_file(name: str) -> bool:
    return bool(name) and not name.endswith(("/", "\\")) and "__MACOSX" not in name


def _plain(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")  # zips made by old Windows programs


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    return PurePosixPath(_plain(info)).parts


def _ending(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(_plain(info)).suffix.lower()


def _base(info: zipfile.ZipInfo) -> str:
    return os.path.splitext(_plain(info))[0].lower()


def _geodatabase(info: zipfile.ZipInfo) -> str:
    """The folder of a file geodatabase that a file lies in, or empty."""
    parts = _parts(info)[:-1]
    inside = [i for i, part in enumerate(parts) if part.lower().endswith(GEODATABASE)]
    return "/".join(parts[: inside[0] + 1]) if inside else ""
