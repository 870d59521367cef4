"""Read a dBase table (DBF), as those beside shapefiles, as cells of text.

Numbers are stored as text there and stay as they are written; deleted records are left out and memo fields are blank.
"""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd

from riskmodel.inputs.containers.frame import frame_of
from riskmodel.inputs.encodings import decode_noted, encoding_of
from riskmodel.problems import InputProblems, Problem, Where

FIELD = struct.Struct("<11sc4xBB14x")
MOST_FIELDS = 2_000


def read_dbf(raw: bytes, where: Where, encoding: str = "") -> tuple[pd.DataFrame, str]:
    """Cells with the names as row 0, and the encoding. Raises `InputProblems` (`dbf_damaged`)."""
    count, header, length = struct.unpack_from("<IHH", raw, 4)
    names, kinds, widths = _fields(raw, header, where)
    if sum(widths) + 1 > length or not names:
        raise InputProblems([Problem("dbf_damaged", where)])
    body = raw[header : header + count * length]
    rows = len(body) // length
    table = np.frombuffer(body[: rows * length], dtype=np.uint8).reshape(rows, length)
    table = table[table[:, 0] != ord("*")]
    name = encoding or encoding_of(body)
    starts = np.concatenate([[1], 1 + np.cumsum(widths)[:-1]])
    titles = [decode_noted(n, where, name).text for n in names]
    columns = (
        [title, *_column(table[:, start : start + width], kind, name)]
        for title, start, width, kind in zip(titles, starts, widths, kinds, strict=True)
    )
    return frame_of(columns, len(table) + 1), name


def _fields(raw: bytes, header: int, where: Where) -> tuple[list[bytes], list[str], list[int]]:
    """Names, kinds and widths of the fields."""
    names, kinds, widths = [], [], []
    for at in range(32, min(header, len(raw)) - 1, 32):
        if raw[at] == 0x0D or len(raw) < at + 32:
            break
        name, kind, width, decimals = FIELD.unpack_from(raw, at)
        letter = kind.decode("latin-1").upper()
        names.append(name.split(b"\0")[0].strip())
        kinds.append(letter)
        widths.append(width + 256 * decimals if letter == "C" else width)
        if len(names) > MOST_FIELDS:
            raise InputProblems([Problem("dbf_damaged", where)])
    return names, kinds, widths


def _column(cells: np.ndarray, kind: str, encoding: str) -> list[str | None]:
    """Cells of one field as text."""
    width = cells.shape[1]
    if width == 0 or kind in "MGPB":  # memo, general, picture, binary: stored elsewhere
        return [None] * len(cells)
    if kind == "I" and width == 4:
        return [str(v) for v in np.ascontiguousarray(cells).view("<i4").ravel()]
    joined = np.ascontiguousarray(cells).tobytes()
    texts = (
        joined[i * width : (i + 1) * width].replace(b"\0", b" ").decode(encoding, "replace") for i in range(len(cells))
    )
    if kind == "D":
        return [f"{t[:4]}-{t[4:6]}-{t[6:8]}" if t.strip().isdigit() else None for t in texts]
    if kind in "NF":
        return [t.strip() if t.strip(" *") else None for t in texts]
    return [t.rstrip() if t.strip() else None for t in texts]
