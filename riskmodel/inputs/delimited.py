"""Turn the bytes of a delimited text file into a table of text.

The content is believed, not the name: encoding and delimiter are found in it. Rows that do not have as many cells as
the header are told by number; nothing is dropped without a word.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.encodings import CONTROL, EIGHT_BIT, SAMPLE_SIZE, decode_noted
from riskmodel.problems import InputProblems, Problem, Where, raise_errors

__all__ = ["CONTROL", "EIGHT_BIT", "decode", "decode_noted", "read_delimited", "sniff_delimiter", "whole_records"]

DELIMITERS = (";", "\t", "|", "^", "~", ",")

SAMPLE_ROWS = 300

# More columns are no table of an office, and would take minutes to hold apart.
MOST_COLUMNS = 5_000


def decode(raw: bytes, where: Where, whole: bool = True) -> str:
    """Text of a file, line ends as "\\n", without byte order mark.

    `whole` is False for the beginning of a longer file: its last, cut line is dropped. Raises as `decode_noted`.
    """
    text = decode_noted(raw, where).text
    return text if whole else whole_records(text)


def read_delimited(text: str, where: Where) -> tuple[pd.DataFrame, list[Problem]]:
    """All cells of a delimited text, the header as row 0; and warnings.

    Returns
    -------
    DataFrame of dtype "string" with columns 0..width-1, one row per record, as wide as the header.

    Raises
    ------
    InputProblems
        `title_rows` (lines above the header), `ragged_rows`, `note_rows`, `quotes_unbalanced`.
    """
    text = text.rstrip("\n")
    delimiter = sniff_delimiter(text)
    try:
        widths = _widths(text, delimiter)
        if (widest := int(widths.max())) > MOST_COLUMNS:
            raise InputProblems([Problem("too_many_columns", where, {"count": widest, "most": MOST_COLUMNS})])
        cells = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=list(range(widest)),
            dtype="string",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            engine="c",
        )
    except (pd.errors.ParserError, csv.Error) as error:
        raise InputProblems([Problem("quotes_unbalanced", where)]) from error
    header = int(widths[0])
    problems = _uneven_rows(cells, widths, header, where)
    raise_errors(problems)
    return cells.iloc[:, :header], problems


def sniff_delimiter(text: str) -> str:
    """The mark between cells, from the header and the first rows; "," for a single column."""
    sample = text[:SAMPLE_SIZE]
    scores: dict[str, tuple[bool, float, int]] = {}
    for delimiter in DELIMITERS:
        try:
            rows = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row][:SAMPLE_ROWS]
        except csv.Error:
            continue
        split = Counter(width for width in rows[1:] or rows if width > 1)
        if split:
            width, times = split.most_common(1)[0]
            # The right mark splits the header too; a decimal comma splits only the rows.
            scores[delimiter] = (rows[0] > 1 and abs(rows[0] - width) <= 1, times / len(rows), width)
    return max(scores, key=lambda d: scores[d]) if scores else ","


def whole_records(text: str) -> str:
    """The beginning of a text without the record at its cut end, which may hold line ends between quotes."""
    end = text.rfind("\n")
    while end > 0 and text.count('"', 0, end) % 2:
        end = text.rfind("\n", 0, end)
    return text[:end] if end > 0 else text


def _widths(text: str, delimiter: str) -> np.ndarray:
    """Number of cells of every record; 0 for a blank line."""
    counts: Iterable[int]
    if '"' in text:
        counts = (len(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter))
    else:
        counts = (line.count(delimiter) + 1 if line else 0 for line in text.split("\n"))
    return np.fromiter(counts, dtype=np.int64)


def _uneven_rows(cells: pd.DataFrame, widths: np.ndarray, header: int, where: Where) -> list[Problem]:
    """Rows whose number of cells is not the header's. Extra cells without content are no fault."""
    body = widths[1:]
    blank = cells.iloc[1:].isna().to_numpy().all(axis=1) | (body == 0)
    too_long = cells.iloc[1:, header:].notna().to_numpy().any(axis=1)
    if too_long.sum() > 0.5 * max((~blank).sum(), 1):
        usual = Counter(body[~blank].tolist()).most_common(1)[0][0]
        return [Problem("title_rows", replace(where, rows=(1,)), {"cells": header, "usual": usual})]
    note = (body == 1) & (header > 2) & ~blank
    short = (body > 1) & (body < header)
    found = (("ragged_rows", too_long), ("note_rows", note), ("short_rows", short))
    problems = []
    for code, rows in found:
        if rows.any():
            at = replace(where, rows=tuple(int(i) + 2 for i in np.flatnonzero(rows)[:20]))
            problems.append(Problem(code, at, {"count": int(rows.sum()), "cells": header}))
    return [p.as_warning() if p.code == "short_rows" else p for p in problems]
