"""Cut a text whose columns stand at fixed places into cells.

Places count signs, the first is 1. Where every line has the same length, as in microdata, all lines are cut at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from riskmodel.inputs.containers.frame import frame_of
from riskmodel.study_reading import FixedColumn

BLANKS = " \t\u00a0\r"
RULE = re.compile(r"[-=_+*|.·─━═┼╪ \t]*[-=_─━═]{3}[-=_+*|.·─━═┼╪ \t]*")
TO_THE_END = 1_000_000


def cut(text: str, columns: Sequence[FixedColumn], keep_rules: bool = True) -> pd.DataFrame:
    """Cells of a text, outer blanks off, blank = <NA>; one row per line.

    columns : in the order of the cells; a `width` of 0 reaches up to the start of the next column, or to the end of the line.
    keep_rules : whether lines that only draw a rule stay, as in microdata; in a report they are blank, and a title that runs on
        over several columns stays whole.
    """
    places = bounds(columns)
    if keep_rules and (table := _table(text)) is not None:
        made = {i: _column(table[:, start:end]) for i, (start, end) in enumerate(places)}
        return pd.DataFrame(made, index=pd.RangeIndex(len(table)))
    lines = text.split("\n")
    if not keep_rules:
        lines = ["" if RULE.fullmatch(line) else line for line in lines]
    cells = [[line[start:end].strip(BLANKS) or None for start, end in places] for line in lines]
    if not keep_rules:
        others = [None] * (len(places) - 1)
        cells = [
            [line.strip(BLANKS), *others] if _runs_on(line, places) else row
            for line, row in zip(lines, cells, strict=True)
        ]
    return frame_of(([row[i] for row in cells] for i in range(len(places))), len(lines))


def bounds(columns: Sequence[FixedColumn]) -> list[tuple[int, int]]:
    """First place (from 0) and the place behind the last, of every column."""
    starts = sorted(c.start for c in columns)
    found = []
    for column in columns:
        later = [s for s in starts if s > column.start]
        end = column.start + column.width if column.width else (later[0] if later else TO_THE_END)
        found.append((column.start - 1, end - 1))
    return found


def _runs_on(line: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a line is a sentence: a word stands across a cut, and no two blanks part it into columns."""
    if "  " in line.strip(BLANKS):
        return False
    return any(start and len(line[start - 1 : start + 1].replace(" ", "")) == 2 for start, _ in places)


def _table(text: str) -> np.ndarray | None:
    """The signs as a matrix of bytes, a line each; None where lines differ in length or hold letters beyond ASCII."""
    length = text.find("\n")
    if length < 1 or not text.isascii() or (len(text) + 1) % (length + 1):
        return None
    raw = np.frombuffer(f"{text}\n".encode("ascii"), dtype=np.uint8).reshape(-1, length + 1)
    ends = int((raw[:, -1] == ord("\n")).sum())
    return raw[:, :-1] if ends == len(raw) and text.count("\n") == ends - 1 else None


def _column(signs: np.ndarray) -> pd.Series:
    """A column of a matrix of signs as text."""
    rows, width = signs.shape
    if not width:
        return pd.Series([None] * rows, dtype="string")
    offsets = pa.py_buffer(np.arange(0, (rows + 1) * width, width, dtype=np.int64))
    data = pa.py_buffer(np.ascontiguousarray(signs))
    texts = pa.LargeStringArray.from_buffers(rows, offsets, data)
    if bool(((signs[:, 0] == 32) | (signs[:, -1] == 32) | (signs[:, 0] == 9) | (signs[:, -1] == 9)).any()):
        texts = pc.utf8_trim(texts, BLANKS)
        texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.large_string()), texts)
    return pd.Series(pd.array(texts, dtype="string"))
