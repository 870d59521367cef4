"""How the same words of a file read in each encoding it may have, so that a person picks by eye.

Encodings that give the same letters are one choice. Nothing is decided here: the likeliest stands first.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from riskmodel.inputs.containers.content import kind_of
from riskmodel.inputs.encodings import BYTE_ORDER_MARKS, COMMON, EIGHT_BIT, MARKS, RARE, SAMPLE_SIZE, encoding_of

ENCODINGS = ("utf-8", *EIGHT_BIT)
EXAMPLES = 3
REGION = COMMON | RARE | frozenset(MARKS)  # letters and marks of the region's languages
LONGEST = 40  # letters of an example

# Cells of a text file, whatever stands between them.
_CELL = re.compile(rb"[^,;\t|\r\n\"]+")
# What UTF-8 looks like when it is read as Windows text: "Ã±", "Ã³", and what reads as no letter at all.
_WRONG = re.compile(
    "[ÃÂ][\u0080-\u00bf\u2018-\u201d\u0152-\u0192€‚„…†‡ˆ‰‹•–—˜™›]|\ufffd|[\u2500-\u259f]|[\u0080-\u009f]"
)


@dataclass(frozen=True)
class LetterChoice:
    """One way to read the letters of a file, and the same examples in it."""

    encoding: str
    examples: tuple[str, ...]
    letters: float  # share of the letters beyond plain ones that are letters of the region


def look_wrong(words: Sequence[str]) -> bool:
    """Whether words show that their letters were read in a wrong encoding."""
    return any(_WRONG.search(word) for word in words)


def letter_choices(words: Sequence[bytes]) -> tuple[LetterChoice, ...]:
    """Ways to read words, the likeliest first; none where all give the same letters.

    Parameters
    ----------
    words : sequence of bytes
        Values that hold bytes beyond plain letters; of persons none should be given.
    """
    shown = _telling(words)
    choices: dict[tuple[str, ...], LetterChoice] = {}
    for name in ENCODINGS:
        try:
            read = [word.decode(name) for word in words]
        except UnicodeDecodeError:
            continue
        examples = tuple(word.decode(name)[:LONGEST] for word in shown)
        beyond = [c for word in read for c in word if ord(c) > 127]
        share = sum(c in REGION for c in beyond) / max(1, len(beyond))
        choices.setdefault(tuple(read), LetterChoice(name, examples, share))
    found = sorted(choices.values(), key=lambda c: -c.letters)
    return tuple(found) if len(found) > 1 else ()


def stored_cells(path: Path) -> tuple[bytes, ...]:
    """Different cells of a text file that hold letters beyond plain ones, in their bytes; of its beginning only.

    Empty where the file is no text, or says itself how it is written.
    """
    raw = path.read_bytes()[:SAMPLE_SIZE]
    if raw.startswith(b"\x1f\x8b"):
        with gzip.open(path) as unzipped:
            raw = unzipped.read(SAMPLE_SIZE)
    said = any(raw.startswith(mark) for mark in BYTE_ORDER_MARKS) or encoding_of(raw).startswith("utf-16")
    return () if said or kind_of(raw) != "text" else _cells(raw)


def _cells(raw: bytes) -> tuple[bytes, ...]:
    whole = raw[: raw.rfind(b"\n") + 1 or len(raw)]
    found = {cell.strip(): None for cell in _CELL.findall(whole) if not cell.isascii()}
    return tuple(found)


def _telling(words: Sequence[bytes]) -> list[bytes]:
    """Words that show most different letters beyond plain ones, short ones first."""
    left = [w for w in sorted(words, key=len) if len(w) <= LONGEST] or sorted(words, key=len)
    seen = set[int]()
    shown: list[bytes] = []
    while left and len(shown) < EXAMPLES:
        best = max(left, key=lambda word: (len({b for b in word if b > 127} - seen), -len(word)))
        seen |= {b for b in best if b > 127}
        shown.append(best)
        left.remove(best)
    return shown
