"""All cells of a delimited text, whatever stands above and below its table.

Rows may have any number of cells: the grid is as wide as the widest, and nothing is refused for being uneven.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from riskmodel.inputs.containers.aligned import aligned_columns, blank_delimiter, packed_width, sample_of
from riskmodel.inputs.containers.fixed_width import cut
from riskmodel.inputs.containers.frame import frame_of, text_of
from riskmodel.inputs.delimited import MOST_COLUMNS
from riskmodel.inputs.encodings import SAMPLE_SIZE
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study_reading import FixedColumn

# The surest first: a comma also stands inside numbers and sentences.
DELIMITERS = ("\t", ";", "|", "^", "~", ",")
BLANKS = " "
SAMPLE_LINES = 400
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)|(?<=[^\W\d]), (?=\w)")
BLANK = r"^[\s\x{00a0}\x{2000}-\x{200a}\x{202f}\x{3000}]+$"


@dataclass(frozen=True)
class Delimited:
    cells: pd.DataFrame
    delimiter: str
    columns: tuple[FixedColumn, ...] = ()
    notes: tuple[Problem, ...] = ()


def text_cells(
    text: str, where: Where, delimiter: str = "", columns: tuple[FixedColumn, ...] = (), blanks: bool = False
) -> Delimited:
    """Cells of a text; the delimiter is found in it when "".

    Parameters
    ----------
    columns : tuple of FixedColumn
        Places of the columns of a text of fixed width; then no delimiter is looked for.
    blanks : bool
        Whether blanks may turn out to be what tells columns apart, where no mark does.

    Raises
    ------
    InputProblems
        `quotes_unbalanced`; `too_many_columns`; `fixed_width_unknown`: the columns of the text touch each other.
    """
    text = text.rstrip("\n")
    if not columns and not delimiter:
        delimiter, columns = _told_apart(text, where, blanks)
    if columns:
        return Delimited(cut(text, columns, bool(columns[0].name)), "", columns)
    if not delimiter.strip(BLANKS):
        return _between_blanks(text, delimiter)
    width = max((line.count(delimiter) for line in _some_lines(text)), default=0) + 1
    if width > MOST_COLUMNS:
        raise InputProblems([Problem("too_many_columns", where, {"count": width, "most": MOST_COLUMNS})])
    notes: tuple[Problem, ...] = ()
    cells = _regular(text, delimiter)
    if cells is None:
        try:
            cells = _uneven(text, delimiter, where)
        except (csv.Error, pd.errors.ParserError) as error:
            raise InputProblems([Problem("quotes_unbalanced", where)]) from error
    return Delimited(cells, delimiter, notes=notes)


def _told_apart(text: str, where: Where, blanks: bool) -> tuple[str, tuple[FixedColumn, ...]]:
    """The mark between the columns of a text, or their places where blanks align them."""
    delimiter = find_delimiter(text)
    if delimiter != ",":
        return delimiter, ()
    lines = sample_of(text)
    if _commas_part(lines):
        return delimiter, ()
    if width := packed_width(lines):
        raise InputProblems([Problem("fixed_width_unknown", where, {"width": width, "count": text.count("\n") + 1})])
    if blanks:
        if columns := aligned_columns(lines):
            return "", columns
        delimiter = blank_delimiter(lines) or delimiter
    return delimiter, ()


def _commas_part(lines: list[str]) -> bool:
    """Whether commas stand between cells, and not only inside numbers and sentences."""
    filled = [line for line in lines if line.strip()]
    counts = Counter(line.count(",") for line in filled)
    if filled and filled[0].count(",") and counts[filled[0].count(",")] >= 0.95 * len(filled):
        return True  # the header has them too
    parted = [line for line in filled if line.count(",") > len(DECIMAL_COMMA.findall(line))]
    return len(parted) > 0.5 * len(filled) or any('",' in line or ',"' in line for line in filled)


def _between_blanks(text: str, delimiter: str) -> Delimited:
    """Cells of a text with one or more blanks, or two or more, between them."""
    lines = (line.strip(BLANKS) for line in text.split("\n"))
    if len(delimiter) > 1:
        rows = [re.split(r" {2,}", line) for line in lines]
    else:
        rows = list(csv.reader(lines, delimiter=" ", skipinitialspace=True, strict=False))
        rows = [row if row else [""] for row in rows]
    width = max(map(len, rows), default=0)
    made = ([text_of(row[i]) if i < len(row) else None for row in rows] for i in range(width))
    return Delimited(frame_of(made, len(rows)), delimiter)


def find_delimiter(text: str) -> str:
    """The mark that cuts most lines into the same number of cells; "," for a single column."""
    shares: dict[str, float] = {}
    sample = _sample(text)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            continue
        split = Counter(width for width in widths if width > 1)
        if split:
            # two neighbouring widths count together: a last blank cell is often left out
            most = max(split, key=lambda w: split[w] + split.get(w + 1, 0))
            shares[delimiter] = (split[most] + split.get(most + 1, 0)) / len(widths)
    if not shares:
        return ","
    best = max(shares.values())
    return next(d for d in DELIMITERS if shares.get(d, 0) >= 0.6 * best)


def _sample(text: str) -> str:
    """Lines from the beginning and the middle of a text: the head may be all titles."""
    head = "\n".join(text[:SAMPLE_SIZE].split("\n")[:SAMPLE_LINES])
    if len(text) <= SAMPLE_SIZE or '"' in text[:SAMPLE_SIZE]:
        return head
    middle = text[len(text) // 2 : len(text) // 2 + SAMPLE_SIZE].split("\n")[1:SAMPLE_LINES]
    return head + "\n" + "\n".join(middle)


def _some_lines(text: str) -> list[str]:
    return [line for line in text[: 20 * SAMPLE_SIZE].split("\n") if line]


def _regular(text: str, delimiter: str) -> pd.DataFrame | None:
    """Cells of a text all of whose rows have the same number of cells, read fast; None for any other."""
    raw = text.encode("utf-8", "replace")
    first = text[: text.find("\n") if "\n" in text else len(text)]
    try:
        width = len(next(csv.reader([first], delimiter=delimiter)))
        table = pyarrow.csv.read_csv(
            pa.BufferReader(raw),
            pyarrow.csv.ReadOptions(autogenerate_column_names=True, block_size=max(1 << 22, 4 * len(first))),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values='"' in text, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(width)}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except (pa.ArrowException, csv.Error, StopIteration):
        return None
    if any(not pa.types.is_string(kind) for kind in table.schema.types):  # the first line is not what heads the rest
        return None
    columns = {i: _blank_as_missing(column) for i, column in enumerate(table.itercolumns())}
    return (
        pa.table({str(i): c for i, c in columns.items()})
        .to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get)
        .set_axis(pd.RangeIndex(len(columns)), axis=1)
    )


def _uneven(text: str, delimiter: str, where: Where) -> pd.DataFrame:
    """Cells of a text whose rows differ in length."""
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=False))
    width = max((len(row) for row in rows), default=0)
    if width > MOST_COLUMNS:
        raise InputProblems([Problem("too_many_columns", where, {"count": width, "most": MOST_COLUMNS})])
    return frame_of(([text_of(row[i]) if i < len(row) else None for row in rows] for i in range(width)), len(rows))


def _blank_as_missing(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells of nothing but blanks are missing; others keep their blanks."""
    blank = pc.match_substring_regex(column, BLANK)
    return pc.if_else(blank, pa.scalar(None, column.type), column) if pc.any(blank).as_py() else column
