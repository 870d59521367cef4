"""What a file really is, by its first bytes, unpacked if it is a gzip or a zip that holds one table.

Nothing is unpacked to disk under a name from an archive, and nothing larger than `MOST_BYTES` into memory.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from riskmodel.problems import InputProblems, Problem, Where

GZIP, ZIP, PARQUET, OLE, PDF = b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF"
SPSS, SPSS_COMPRESSED = b"$FL2", b"$FL3"
SAS = b"\x00" * 12 + b"\xc2\xea\x81\x60"
SAS_TRANSPORT = b"HEADER RECORD*******LIB"
STATA = b"<stata_dta>"
DBF_VERSIONS = frozenset((0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0xCB, 0xF5))

# Unpacked size of a table: 1 GB; and how much smaller an honest archive may be than what it holds.
MOST_BYTES = 1_000_000_000
BOMB_RATIO = 300
BOMB_FROM = 100_000_000
MOST_MEMBERS = 2_000
CHUNK = 1 << 20

# Newer OpenDocument files under a password are one locked part; older ones say so in their list of parts.
ENCRYPTED_DOCUMENT = "encrypted-package"
MANIFEST = "META-INF/manifest.xml"

# Files beside the table in an archive that are never the table.
BESIDE = frozenset((
    "shp", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qpj", "qmd", "xml", "pdf", "doc", "docx", "txt.md", "md", "html", "htm", "png",
    "jpg", "jpeg", "gif", "ini", "lyr", "sps", "do", "r", "sas", "json", "geojson", "topojson", "gpkg",
))  # fmt: skip
TABLES = frozenset((
    "csv", "tsv", "tab", "txt", "dat", "xls", "xlsx", "xlsm", "xlsb", "ods", "dbf", "sav", "zsav", "por", "dta", "sas7bdat", "xpt",
    "parquet", "gz",
))  # fmt: skip


@dataclass(frozen=True)
class Content:
    """Bytes of one table and their kind.

    kind : "workbook", "spss", "spss_portable", "stata", "sas", "sas_transport", "dbf", "parquet", "pdf" or "text" (all else).
    members : tables of the archive it came from, empty for a plain file.
    shapes : whether the archive also holds shapes of a map.
    """

    raw: bytes
    kind: str
    members: tuple[str, ...] = ()
    member: str = ""
    shapes: bool = False


def open_content(path: Path, where: Where, member: str = "", most: int = MOST_BYTES) -> Content:
    """Bytes of a file, unpacked.

    Parameters
    ----------
    member : str
        Table of an archive that holds several; ignored for other files.

    Raises
    ------
    InputProblems
        `file_not_found`, `file_empty`, `file_too_large`, `workbook_password`, `gzip_damaged`, `zip_damaged`, `zip_bomb`, `zip_password`,
        `zip_not_table`, `zip_several_tables`.
    """
    try:
        if path.stat().st_size > most:
            raise InputProblems([_too_large(where, most)])
        raw = path.read_bytes()
    except OSError as error:
        raise InputProblems([Problem("file_not_found", where)]) from error
    if not raw[:CHUNK].strip() and not raw.strip():
        raise InputProblems([Problem("file_empty", where)])
    if raw.startswith(GZIP):
        raw = gunzipped(raw, where, most)
    if not raw.startswith(ZIP) and not raw.startswith(b"PK\x05\x06"):
        return Content(raw, kind_of(raw))
    return _of_archive(raw, where, member, most)


def kind_of(raw: bytes) -> str:
    """Kind of the bytes of a file that is no archive."""
    start = raw[:4]
    if start in (SPSS, SPSS_COMPRESSED):
        return "spss"
    if b"SPSS PORT FILE" in raw[:600]:
        return "spss_portable"
    if raw.startswith(STATA) or (
        b"\x68" <= raw[:1] <= b"\x73" and raw[1:2] in (b"\x01", b"\x02") and raw[2:4] == b"\x01\x00"
    ):
        return "stata"
    if raw.startswith(SAS):
        return "sas"
    if raw.startswith(SAS_TRANSPORT):
        return "sas_transport"
    if start == PARQUET:
        return "parquet"
    if start == OLE:
        return "workbook"
    if start == PDF:
        return "pdf"
    return "dbf" if _is_dbf(raw) else "text"


def _is_dbf(raw: bytes) -> bool:
    """A dBase header: a known version, a date, and lengths that fit the size of the file."""
    if len(raw) < 65 or raw[0] not in DBF_VERSIONS or not (1 <= raw[2] <= 12 and 1 <= raw[3] <= 31):
        return False
    rows, header, record = (int.from_bytes(raw[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    return header > 32 and record > 1 and raw[32:33].strip(b"\0") != b"" and header < len(raw) + 1 and rows < 10**9


def gunzipped(raw: bytes, where: Where, most: int = MOST_BYTES) -> bytes:
    """Bytes of a gzipped file. Raises `InputProblems` (`gzip_damaged`, `file_too_large`, `zip_bomb`)."""
    try:
        with gzip.open(io.BytesIO(raw)) as unzipped:
            return _bounded(unzipped, len(raw), where, most)
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as error:
        raise InputProblems([Problem("gzip_damaged", where)]) from error


def _bounded(handle: IO[bytes] | gzip.GzipFile, packed: int, where: Where, most: int) -> bytes:
    """All bytes of a packed file, unless it grows beyond measure."""
    parts: list[bytes] = []
    size = 0
    while chunk := handle.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise InputProblems([_too_large(where, most)])
        if size > BOMB_FROM and size > BOMB_RATIO * max(packed, 1):
            raise InputProblems([Problem("zip_bomb", where)])
        parts.append(chunk)
    return b"".join(parts)


def _of_archive(raw: bytes, where: Where, member: str, most: int) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir()]
            if len(infos) > MOST_MEMBERS * 10:
                raise InputProblems([Problem("zip_bomb", where)])
            names = {i.filename for i in infos}
            if ENCRYPTED_DOCUMENT in names:
                raise InputProblems([Problem("workbook_password", where)])
            if names & {"xl/workbook.xml", "xl/workbook.bin"} or ("content.xml" in names and "mimetype" in names):
                _check_workbook(infos, where, most)
                if _locked(archive, names):
                    raise InputProblems([Problem("workbook_password", where)])
                return Content(raw, "workbook")
            tables = _tables(infos)
            shapes = any(_ending(i.filename) == "shp" for i in infos)
            chosen = _chosen(tables, member, where)
            inner = _bounded(archive.open(chosen), chosen.compress_size, where, most)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, NotImplementedError) as error:
        raise InputProblems([Problem("zip_damaged", where)]) from error
    except RuntimeError as error:  # what zipfile raises for an encrypted member
        raise InputProblems([Problem("zip_password", where)]) from error
    if inner.startswith(GZIP):
        inner = gunzipped(inner, where, most)
    if not inner.strip():
        raise InputProblems([Problem("file_empty", replace(where, sheet=_shown(chosen)))])
    kind = kind_of(inner)
    if inner.startswith(ZIP):
        kind = _of_archive(
            inner, where, "", most
        ).kind  # a workbook; an archive inside an archive is refused by its kind
        if kind != "workbook":
            raise InputProblems([Problem("zip_not_table", where)])
    return Content(inner, kind, tuple(_shown(t) for t in tables), _shown(chosen), shapes)


def _locked(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an OpenDocument says in its list of parts that they are locked."""
    return MANIFEST in names and b"manifest:encryption-data" in archive.read(MANIFEST)


def _tables(infos: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Members that may hold a table, in order; hidden files of operating systems are none."""
    seen = [i for i in infos if not _hidden(i.filename) and i.file_size > 0]
    by_ending = [i for i in seen if _ending(i.filename) in TABLES]
    return by_ending or [i for i in seen if _ending(i.filename) not in BESIDE]


def _chosen(tables: list[zipfile.ZipInfo], member: str, where: Where) -> zipfile.ZipInfo:
    if not tables:
        raise InputProblems([Problem("zip_not_table", where)])
    if len(tables) == 1:
        return tables[0]
    named = [t for t in tables if _shown(t) == member]
    if len(named) != 1:
        names = [_shown(t) for t in tables]
        raise InputProblems([Problem("zip_several_tables", where, {"count": len(names), "names": names})])
    return named[0]


def _check_workbook(infos: Sequence[zipfile.ZipInfo], where: Where, most: int) -> None:
    """A workbook is unpacked by its reader: sizes are checked before."""
    size, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if size > 2 * most:
        raise InputProblems([_too_large(where, most)])
    if size > BOMB_FROM and size > BOMB_RATIO * max(packed, 1):
        raise InputProblems([Problem("zip_bomb", where)])


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith((".", "__MACOSX", "~$")) and part not in (".", "..") for part in parts)


def _shown(info: zipfile.ZipInfo) -> str:
    """The name of a member without its folders: it is only ever a name, never a path."""
    return PurePosixPath(info.filename.replace("\\", "/")).name


def _too_large(where: Where, most: int) -> Problem:
    return Problem("file_too_large", where, {"megabytes": most // 1_000_000})
