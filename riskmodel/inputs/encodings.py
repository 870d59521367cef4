"""Text from the bytes of a file, in the encoding its content shows.

The encoding is found in the bytes: byte order mark, UTF-8, UTF-16 without mark, then the 8-bit encoding that gives letters. A file
glued together from two encodings is read line by line, and the lines in the rarer one are told.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from riskmodel.problems import InputProblems, Problem, Where

# Enough of a file to know its encoding and delimiter.
SAMPLE_SIZE = 200_000

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# Old 8-bit encodings of Latin America's offices, the commonest first, and the letters that tell a right guess.
EIGHT_BIT = ("cp1252", "cp850", "mac_roman")
COMMON = frozenset("áéíóúüñçãõâêôÁÉÍÓÚÜÑÇÃÕÂÊÔ")
RARE = frozenset("àèìòùäëïöîûåøÀÈÌÒÙÄËÏÖ")
MARKS = "¿¡ºª°²³“”‘’–—…€•·«»\u00a0"
CEDILLA = re.compile(r"[çÇ](?![aouãõáóúâôAOUÃÕÁÓÚÂÔ])")  # it only ever stands before these
WORD = re.compile(
    rb"[A-Za-z\x80-\xff]+"
)  # those without an accent are left aside afterwards: one pass, however long a word is

# Characters no table holds; they tell a binary file.
CONTROL_BYTES = bytes([*range(9), 11, *range(14, 26), 28, 29, 30, 31])
CONTROL = frozenset(CONTROL_BYTES.decode())
CONTROL_MARK = re.compile(f"[{re.escape(CONTROL_BYTES.decode())}]")

# A text file may hold so few of them by accident (a damaged disk, a faulty program); more tells a binary file.
CONTROL_SHARE = 0.0005

HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True)
class Text:
    """Text of a file with line ends as "\\n", its encoding, and warnings."""

    text: str
    encoding: str
    notes: tuple[Problem, ...] = ()


def decode_noted(raw: bytes, where: Where, encoding: str = "") -> Text:
    """Text of a file, without byte order mark.

    Parameters
    ----------
    encoding : str
        As a person declared it; found in the bytes when "".

    Raises
    ------
    InputProblems
        `not_text`: the bytes are no text in any of these; `encoding_unknown`: no such encoding.
    """
    mark = next((m for m in BYTE_ORDER_MARKS if raw.startswith(m)), b"")
    body = raw[len(mark) :]
    notes: list[Problem] = []
    if encoding:
        name = _known(encoding, where)
        text = body.decode(name, errors="replace")
    elif mark:
        name = BYTE_ORDER_MARKS[mark]
        text = body.decode(name, errors="replace")
    elif not _wide(body) and (mixed := _two_encodings(body)) is not None:
        name, (text, rows) = "utf-8", mixed
        notes.append(Problem("encoding_mixed", replace(where, rows=tuple(rows[:20])), {"count": len(rows)}, "warning"))
    else:
        name = encoding_of(body)
        text = body.decode(name, errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if name.startswith("utf-16") or len(body.translate(None, CONTROL_BYTES)) < len(body):
        text = _without_control(text, where, notes)
    return Text(text, name, tuple(notes))


def encoding_of(raw: bytes) -> str:
    """Name of the encoding of bytes without byte order mark."""
    if wide := _wide(raw):
        return wide
    try:
        raw[: raw.rfind(b"\n") + 1 or len(raw)].decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _eight_bit(raw)


def _wide(raw: bytes) -> str:
    """Which UTF-16 the bytes are; "" for none."""
    sample = raw[:SAMPLE_SIZE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= len(sample) / 8:  # half of western text in UTF-16 is zero bytes
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(raw: bytes) -> str:
    """The encoding in which most words with accents are words: letters of the region's languages, none of them a mark inside."""
    words = Counter(word for word in WORD.findall(raw[: 10 * SAMPLE_SIZE]) if not word.isascii())
    if not words:
        return EIGHT_BIT[0]
    shares = {
        e: sum(n * _likeness(w.decode(e, "replace")) for w, n in words.items()) / words.total() for e in EIGHT_BIT
    }
    best = max(shares, key=lambda e: shares[e])
    if shares[best] >= 0.3:
        return best
    guess = from_bytes(raw[:SAMPLE_SIZE]).best()
    return guess.encoding if guess else EIGHT_BIT[0]


def _likeness(word: str) -> float:
    """From 0 to 1 how much a text is a word: its accents are common, its capitals stand where they do in words."""
    bare = word.replace("’", "").strip(MARKS)
    strange = [c for c in bare if ord(c) > 127]
    if not strange:
        return 0.7 if word else 0.0  # marks around a word, no letter to judge by
    if not all(c in COMMON or c in RARE for c in strange) or CEDILLA.search(bare):
        return 0.0
    cased = bare.islower() or bare.isupper() or bare[1:].islower() or "’" in word or len(bare) < 3
    return (0.6 if cased else 0.1) + 0.4 * sum(c in COMMON for c in strange) / len(strange)


def _known(encoding: str, where: Where) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise InputProblems([Problem("encoding_unknown", where, {"encoding": encoding})]) from error


def _two_encodings(raw: bytes) -> tuple[str, list[int]] | None:
    """Text of a file whose lines are partly UTF-8 and partly 8-bit, and the rows of the 8-bit ones; None for any other.

    An accent of an 8-bit encoding is hardly ever valid UTF-8 by chance, so one line that is proves the mixture.
    """
    try:
        raw.decode("utf-8")
        return None
    except UnicodeDecodeError:
        pass
    lines = raw.split(b"\n")
    rows: list[int] = []
    accented = 0
    for number, line in enumerate(lines):
        if HIGH.search(line) is None:
            continue
        try:
            line.decode("utf-8")
            accented += 1
        except UnicodeDecodeError:
            rows.append(number)
    if not accented or (len(rows) == 1 and rows[0] >= len(lines) - 2 and _is_cut(lines[rows[0]])):
        return None
    name = _eight_bit(b"\n".join(lines[i] for i in rows))
    other = set(rows)
    text = "\n".join(ln.decode(name if i in other else "utf-8", "replace") for i, ln in enumerate(lines))
    return text, [i + 1 for i in rows]


def _is_cut(line: bytes) -> bool:
    """Whether a line is UTF-8 but for its last letter, as at the end of a truncated file."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(line) - 4
    return False


def _without_control(text: str, where: Where, notes: list[Problem]) -> str:
    """The text without stray control characters; raises `not_text` where there are too many for a text."""
    if not CONTROL_MARK.search(text):
        return text
    count = len(CONTROL_MARK.findall(text))
    if count > max(2, CONTROL_SHARE * len(text)):
        raise InputProblems([Problem("not_text", where)])
    notes.append(Problem("control_characters", where, {"count": count}, "warning"))
    return CONTROL_MARK.sub("", text)
