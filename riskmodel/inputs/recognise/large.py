"""A part of a long text file that stands for the whole: its beginning, and pieces spread evenly over the rest.

Only to say what the file is; results are always made from all of it. Where a piece could begin inside a quoted cell the whole
file is looked at instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Files smaller than this are looked at whole.
LARGE = 30_000_000
HEAD, PIECE, PIECES = 1_000_000, 300_000, 12
BLOCK = 1 << 22


@dataclass(frozen=True)
class Part:
    """A file that holds some lines of another under the same name; `lines` are those of the whole file."""

    path: Path
    lines: int


@contextmanager
def part_of(path: Path) -> Iterator[Part | None]:
    """A part of a large text file, in a folder that is gone afterwards; None where the file is to be looked at whole."""
    lines = _lines(path)
    text = b"".join(_pieces(path)) if lines else b""
    if not lines or b'"' in text:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="mirador-part-") as folder:
        target = Path(folder) / path.name
        target.write_bytes(text)
        yield Part(target, lines)


def _lines(path: Path) -> int:
    """Lines of a large text file; 0 for a small one and for one that is no plain text."""
    try:
        if path.stat().st_size < LARGE:
            return 0
        with path.open("rb") as handle:
            count, block = 0, handle.read(BLOCK)
            if b"\0" in block[:HEAD] or not block[:HEAD].count(b"\n"):
                return 0
            while block:
                count += block.count(b"\n")
                block = handle.read(BLOCK)
        return count
    except OSError:
        return 0


def _pieces(path: Path) -> Iterator[bytes]:
    """Whole lines of the beginning and of evenly spaced places."""
    size = path.stat().st_size
    with path.open("rb") as handle:
        head = handle.read(HEAD)
        yield head[: head.rfind(b"\n") + 1]
        for i in range(PIECES):
            handle.seek(HEAD + (size - HEAD - PIECE) * i // (PIECES - 1))
            piece = handle.read(PIECE)
            first, last = piece.find(b"\n") + 1, piece.rfind(b"\n") + 1
            yield piece[first:last]
