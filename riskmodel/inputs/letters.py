"""Letters that were spoiled on the way: written twice ("NariÃ±o"), which can be taken back, or lost ("Nari?o"), which cannot.

Each sequence of signs is judged by itself, so a file in which only some rows are spoiled keeps its right ones. A sequence that might
also stand in a right text is "doubtful" and never taken back unless a person says so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from riskmodel.inputs.changes import EXAMPLES, Change
from riskmodel.problems import spreadsheet_rows

# The encodings UTF-8 was taken for: Windows, Mac, DOS.
WAYS = ("cp1252", "mac_roman", "cp850", "cp437")

# First bytes of the letters of western languages, of typographic marks, and of the marks of order and loss.
SEQUENCES = (rb"[\xc2-\xc5][\x80-\xbf]", rb"\xe2[\x80-\x84][\x80-\xbf]", rb"\xef\xbb\xbf", rb"\xef\xbf\xbd")

# Signs that may follow a right letter at the end of a word: "IRMÃ”" is also Ã and a quote.
TYPOGRAPHIC = frozenset("‘’“”–—…•«»\u00a0")
LETTER = r"[^\W\d_]"

# A text written twice may have been written so again.
MOST_TIMES = 3

REPLACEMENT = "\ufffd"
# "?" between two letters, or before a small letter at the beginning of a word; addresses of pages have it too.
QUESTION = rf"{LETTER}\?{LETTER}|(?:^|[\s(])\?[a-záéíóúñç]{{2}}"
ADDRESS = r"://|www\.|[?&]\w+="


@dataclass(frozen=True)
class Spoiled:
    """How many cells of a table have letters that were written twice.

    way : encoding they were taken for; sure : cells that are certainly so; doubtful : cells that may be right;
    right : cells whose accents are as they should be; rows : the first rows of the file of sure and doubtful cells.
    examples : different sequences and the letters they stand for.
    """

    way: str
    sure: int
    doubtful: int
    right: int
    rows: tuple[int, ...] = ()
    doubtful_rows: tuple[int, ...] = ()
    examples: tuple[tuple[str, str], ...] = field(default=())


def find_spoiled(cells: pd.DataFrame) -> Spoiled | None:
    """The letters that were written twice in a grid or a sample of one; None where none certainly was."""
    found = [spoiled for way in WAYS if (spoiled := _found(cells, way)).sure]
    return max(found, key=lambda s: s.sure, default=None)


def letters_back(cells: pd.DataFrame, way: str, doubtful: bool = False) -> tuple[pd.DataFrame, list[Change]]:
    """A grid with its letters taken back, and what was done.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    doubtful : bool
        Whether sequences that might be right are taken back too.
    """
    rows: set[int] = set()
    count = 0
    pairs: Counter[tuple[str, str]] = Counter()
    new: dict[object, pd.Series] = {}
    for column in cells.columns:
        distinct = _distinct(cells[column], way)
        made = {text: back for text in distinct if (back := taken_back(text, way, doubtful)) != text}
        if not made:
            continue
        hit = cells[column].isin(list(made))
        new[column] = cells[column].mask(hit, cells[column].map(made)).astype("string")
        count += int(hit.sum())
        rows |= set(cells.index[hit][:20].tolist())
        for text in made:
            pairs.update(_pairs(text, way, doubtful))
    if not new:
        return cells, []
    shown = tuple(pair for pair, _ in pairs.most_common(EXAMPLES))
    at = spreadsheet_rows(pd.Index([row - 1 for row in sorted(rows)[:20]]))
    return _with(cells, new), [Change("letters", "", count, at, shown)]


def taken_back(text: str, way: str, doubtful: bool = False) -> str:
    """A text with the letters its sequences stand for."""
    for _ in range(MOST_TIMES):
        made = _pattern(way).sub(lambda m: _letter(m, way, doubtful), text)
        if made == text:
            break
        text = made
    return text


def find_lost(cells: pd.DataFrame) -> tuple[int, tuple[int, ...]]:
    """How many cells have a letter that a sign of loss took the place of, and the first rows of the file with one."""
    rows: set[int] = set()
    count = 0
    for column in cells.columns:
        texts = pa.array(cells[column].array)
        marked = pc.or_(pc.match_substring(texts, REPLACEMENT), pc.match_substring(texts, "?"))
        if not pc.any(marked).as_py():
            continue
        some = cells[column][pd.array(marked.fill_null(False).to_pandas(), dtype=bool)]
        lost = some.str.contains(REPLACEMENT, regex=False) | (
            some.str.contains(QUESTION, regex=True) & ~some.str.contains(rf"[¿]|{ADDRESS}", regex=True)
        )
        count += int(lost.sum())
        rows |= set(some.index[lost][:20].tolist())
    return count, tuple(row + 1 for row in sorted(rows)[:20])


def _found(cells: pd.DataFrame, way: str) -> Spoiled:
    """What `way` would explain; right cells are only counted where something is spoiled."""
    certain: dict[object, set[str]] = {}
    maybe: dict[object, set[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for column in cells.columns:
        for text in _distinct(cells[column], way):
            if taken_back(text, way) != text:
                certain.setdefault(column, set()).add(text)
                pairs.update(_pairs(text, way, False))
            elif taken_back(text, way, doubtful=True) != text:
                maybe.setdefault(column, set()).add(text)
    if not certain:
        return Spoiled(way, 0, 0, 0)
    sure, rows = _counted(cells, certain)
    doubtful, doubtful_rows = _counted(cells, maybe)
    right = 0
    for column in cells.columns:
        spoiled = list(certain.get(column, set()) | maybe.get(column, set()))
        accented = cells[column].str.contains(r"[À-ÿ]", regex=True).fillna(False)
        right += int((accented & ~cells[column].isin(spoiled)).sum())
    shown = tuple(pair for pair, _ in pairs.most_common(EXAMPLES))
    return Spoiled(way, sure, doubtful, right, rows, doubtful_rows, shown)


def _counted(cells: pd.DataFrame, texts: dict[object, set[str]]) -> tuple[int, tuple[int, ...]]:
    """How many cells hold one of the texts, and the first rows of the file with one."""
    count, rows = 0, set()
    for column, wanted in texts.items():
        hit = cells[column].isin(list(wanted))
        count += int(hit.sum())
        rows |= {int(i) + 1 for i in cells.index[hit][:20]}
    return count, tuple(sorted(rows)[:20])


def _distinct(column: pd.Series, way: str) -> list[str]:
    """Different texts of a column that hold a first sign of a sequence."""
    texts = pa.array(column.array)
    heads = {_shown(bytes([b]), way) for b in (0xC2, 0xC3, 0xC4, 0xC5, 0xE2, 0xEF)}
    hit = pc.match_substring_regex(texts, f"[{''.join(map(re.escape, sorted(heads)))}]")
    return [str(t) for t in pc.unique(texts.filter(hit.fill_null(False))).to_pylist()] if pc.any(hit).as_py() else []


def _pairs(text: str, way: str, doubtful: bool) -> list[tuple[str, str]]:
    found = ((m[0], _letter(m, way, doubtful)) for m in _pattern(way).finditer(text))
    return [(before, after) for before, after in found if before != after and after]


@lru_cache(maxsize=8)
def _pattern(way: str) -> re.Pattern[str]:
    """The sequences as they look when taken for `way`."""
    signs = {byte: _shown(bytes([byte]), way) for byte in range(0x80, 0x100)}

    def one(first: int, last: int) -> str:
        return "[" + "".join(re.escape(signs[b]) for b in range(first, last + 1)) + "]"

    then = one(0x80, 0xBF)
    marks = rf"{signs[0xE2]}{one(0x80, 0x84)}{then}" if way not in ("cp850", "cp437") else "(?!)"
    lost = f"{re.escape(signs[0xEF])}(?:{re.escape(signs[0xBB])}{re.escape(signs[0xBF])}|{re.escape(signs[0xBF])}{re.escape(signs[0xBD])})"
    return re.compile(rf"{marks}|{lost}|{one(0xC2, 0xC5)}{then}")


def _letter(match: re.Match[str], way: str, doubtful: bool) -> str:
    """What a sequence stands for; the sequence itself where it may be right."""
    if not doubtful and _may_be_right(match):
        return match[0]
    try:
        made = b"".join(_byte(sign, way) for sign in match[0]).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return match[0]
    if made == "\ufeff":
        return ""  # the mark at the beginning of a file
    return made if made.isprintable() or made in ("\u00a0", "\u00ad") or "\x80" <= made <= "\x9f" else match[0]


def _may_be_right(match: re.Match[str]) -> bool:
    """A capital and a typographic mark at the end of a word in capitals."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return len(match[0]) == 2 and match[0][1] in TYPOGRAPHIC and before.isupper() and not after.isalpha()


def _shown(byte: bytes, way: str) -> str:
    """The sign of a byte; Windows leaves five of them without one, and programs keep them as they are."""
    try:
        return byte.decode(way)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def _byte(sign: str, way: str) -> bytes:
    try:
        return sign.encode(way)
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _with(cells: pd.DataFrame, new: dict[object, pd.Series]) -> pd.DataFrame:
    """The cells with some columns changed; names of columns are numbers, which `assign` does not take."""
    changed = cells.copy(deep=False)
    for column, values in new.items():
        changed[column] = values
    return changed
