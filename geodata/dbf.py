"""In which encoding the text of a DBF (the table of a shapefile) is written.

The bytes decide: text with accents that is valid UTF-8 is UTF-8, other text is read as whichever of the old Western
encodings gives more letters of Spanish, Portuguese and French. What the `.cpg` says counts only where the bytes allow it.
"""

from __future__ import annotations

import codecs
import struct
from pathlib import Path
from typing import NamedTuple

READ_MOST = 4_000_000  # bytes looked at; enough for some ten thousand areas
WESTERN = ("CP1252", "CP850")  # of offices in the region: Windows, and MS-DOS
LETTERS = frozenset("áéíóúüñàâãçêôõèëîïùûœÁÉÍÓÚÜÑÀÂÃÇÊÔÕÈËÎÏÙÛŒ°ºª–’")


class Encoding(NamedTuple):
    """The encoding to read with, and the one the file names where that is wrong (else empty)."""

    name: str
    wrong: str = ""


def encoding_of(dbf: Path, cpg: Path | None = None) -> Encoding:
    """The encoding of the names and values of a DBF; UTF-8 where it has no accents at all."""
    said = _said(cpg)
    text = _text(dbf)
    if not text.strip(bytes(range(128))):  # no accents: every encoding reads the same
        return Encoding("UTF-8")
    found = _found(text)
    if said and _same(said, found):
        return Encoding(found)
    if said and found != "UTF-8" and not _same(said, "UTF-8") and _letters(text, said) >= _letters(text, found):
        return Encoding(said)
    return Encoding(found, said)


def known(encoding: str) -> str:
    """The name GDAL understands, or empty for an encoding nobody knows."""
    try:
        name = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        return ""
    return {"utf-8": "UTF-8", "iso8859-1": "ISO-8859-1", "latin-1": "ISO-8859-1"}.get(name, name.upper())


def _said(cpg: Path | None) -> str:
    if cpg is None:
        return ""
    told = cpg.read_bytes()[:40].decode("ascii", "ignore").strip().strip("\x00\ufeff")
    for name in (told, told.replace("ANSI", "cp").replace(" ", ""), f"cp{told}" if told.isdigit() else ""):
        if name and known(name):
            return known(name)
    return ""


def _text(dbf: Path) -> bytes:
    """Names of the fields, and the values; numbers of the header left out."""
    with dbf.open("rb") as file:
        content = file.read(READ_MOST)
    if len(content) < 32:
        return b""
    header = min(struct.unpack("<H", content[8:10])[0], len(content))
    names = b" ".join(content[at : at + 11].split(b"\0")[0] for at in range(32, header - 31, 32))
    return names + b" " + content[header:]


def _found(text: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)  # a letter cut off at the end is no fault
        return "UTF-8"
    except UnicodeDecodeError:
        return max(WESTERN, key=lambda name: _letters(text, name))


def _letters(text: bytes, encoding: str) -> int:
    """How many of the characters beyond ASCII are letters of the region, less those that are not."""
    beyond = [c for c in text.decode(encoding, "replace") if ord(c) > 127]
    return sum(1 if c in LETTERS else -1 for c in beyond)


def _same(one: str, other: str) -> bool:
    alike = {"ISO-8859-1": "CP1252", "ISO8859-15": "CP1252"}
    return alike.get(one, one) == alike.get(other, other)
