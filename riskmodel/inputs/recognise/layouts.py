"""Read where the columns of a text of fixed width stand, from the dictionary that was published with it.

Dictionaries are programs (SAS "@001 V0001 $2.", SPSS "DATA LIST", Stata "_column(1)") or tables with names, positions and widths.
A layout is used only for a text whose rows are as long as it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from riskmodel.inputs.containers.content import open_content
from riskmodel.inputs.containers.fixed_width import TO_THE_END, bounds
from riskmodel.inputs.encodings import decode_noted
from riskmodel.inputs.grid import read_grid, sheets_of
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.problems import InputProblems, Where
from riskmodel.study_reading import FixedColumn

Layout = tuple[FixedColumn, ...]

# A dictionary is small; what is larger is data.
LARGEST = 30_000_000
HEADER_WITHIN = 25
FEWEST = 2

SAS = re.compile(r"@\s*(\d+)\s+([A-Za-z_]\w*)\s+(\$?)\s*(?:[A-Za-z]+)?(\d+)\.(\d*)")
STATA = re.compile(
    r"_column\((\d+)\)\s+(?:(?:str\d*|byte|int|long|float|double)\s+)?([A-Za-z_]\w*)\s+%(\d+)(?:\.(\d+))?",
    re.IGNORECASE,
)
RANGES = re.compile(r"(?:\b(?:str\d*|byte|int|long|float|double)\s+)?\b([A-Za-z_]\w*)\s+(\d+)(?:\s*-\s*(\d+))?(?:\s*\(\s*(A\d*|\d+)\s*\))?", re.IGNORECASE)  # fmt: skip
RANGES_BEGIN = re.compile(r"\bDATA\s+LIST\b[^/]*/\s*\d*|\binfix\b", re.IGNORECASE)
RANGES_END = re.compile(r"\.\s*(?:\n|$)|\busing\b|;")

START = r"(?:posic\w*|posicao|pos|columna?|coluna|col|byte|caracter)? ?(?:inicial|inicio|ini|start|desde|from|de|comienzo|begin\w*)|posic\w*|posicao|pos|start ?\w*"
END = (
    r"(?:posic\w*|posicao|pos|columna?|coluna|col|byte|caracter)? ?(?:final|fin|fim|end|hasta|ate|to|termino)|end ?\w*"
)
WIDTH = r"tamanh?o|tamano|tam|longitud|long|largura|ancho|anchura|largo|width|length|extension|size|comprimento|digitos"
DECIMALS = r"decimal\w*|decimais|dec|n?o? ?decimales"
NAME = r"(?:codigo|cod|nombre|nome|name) ?(?:da |de la |de |do |del )?(?:variable|variavel|campo|var)|variables?|variavel|var|campos?|sigla|mnemonico|name|nombre|nome|codigo"
SPAN = re.compile(r"(\d+)\s*(?:-|–|a|to|:)\s*(\d+)")
VARIABLE = re.compile(r"[A-Za-z_][\w.$]{0,40}")


def layouts_in(paths: Iterable[Path]) -> list[Layout]:
    """The layouts that some files tell; files that are none are passed over."""
    found: list[Layout] = []
    for path in paths:
        try:
            if path.stat().st_size <= LARGEST:
                found += _layouts_of(path)
        except (InputProblems, OSError):
            continue
    return found


def fitting(layouts: Sequence[Layout], width: int) -> Layout:
    """The layout for rows of so many signs; none where no layout is about as long."""
    near = {i: abs(extent(layout) - width) for i, layout in enumerate(layouts)}
    best = min(near, key=lambda i: (near[i], -len(layouts[i])), default=-1)
    return layouts[best] if best >= 0 and near[best] <= max(2, 0.05 * width) else ()


def extent(layout: Layout) -> int:
    """Signs of a row that a layout describes."""
    return max((end for _, end in bounds(layout)), default=0)


def layout_of_program(text: str) -> Layout:
    """The layout a program of SAS, SPSS or Stata reads a text with; none where the text is no such program."""
    if found := SAS.findall(text):
        return _checked((name, start, width, decimals) for start, name, _, width, decimals in found)
    if found := STATA.findall(text):
        return _checked((name, start, width, decimals) for start, name, width, decimals in found)
    begin = RANGES_BEGIN.search(text)
    if begin is None:
        return ()
    rest = text[begin.end() :]
    end = RANGES_END.search(rest)
    told = RANGES.findall(rest[: end.start()] if end else rest)
    return _checked(
        (name, first, str(int(last or first) - int(first) + 1), how if how.isdigit() else "")
        for name, first, last, how in told
    )


def layout_of_cells(cells: pd.DataFrame) -> Layout:
    """The layout a table tells that has columns of names, positions and widths; none for any other table."""
    texts = [[str(v).strip() if isinstance(v, str) else "" for v in row] for row in cells.to_numpy(object)]
    for number, row in enumerate(texts[:HEADER_WITHIN]):
        above = texts[number - 1] if number else [""] * len(row)
        heads = [plain_name(text or up) for text, up in zip(row, above, strict=True)]
        places = {
            key: _head(heads, words)
            for key, words in (("start", START), ("end", END), ("width", WIDTH), ("decimals", DECIMALS))
        }
        body = texts[number + 1 :]
        if (places["start"] >= 0 or places["width"] >= 0) and (layout := _from_rows(body, heads, places)):
            return layout
    return ()


def _layouts_of(path: Path) -> list[Layout]:
    where = Where(path.name)
    sheets = sheets_of(path)
    if not sheets:
        content = open_content(path, where)
        if content.kind == "text" and (layout := layout_of_program(decode_noted(content.raw, where).text)):
            return [layout]
    found = [layout_of_cells(read_grid(path, sheet).cells) for sheet in sheets or [""]]
    return [layout for layout in found if layout]


def _head(heads: Sequence[str], words: str) -> int:
    """Place of the first column whose head is one of the words; -1 for none."""
    return next((i for i, head in enumerate(heads) if head and re.fullmatch(words, head)), -1)


def _from_rows(body: Sequence[Sequence[str]], heads: Sequence[str], places: dict[str, int]) -> Layout:
    """Rows with a position, or with a width behind the one before."""
    names = [i for i, head in enumerate(heads) if re.fullmatch(NAME, head) and i not in places.values()]
    told: dict[int, list[tuple[str, str, str, str]]] = {name: [] for name in names}
    following = 1
    for row in body:
        start, width = _place(row, places, following)
        if not width:
            continue
        following = start + width
        decimals = _number(row, places["decimals"])
        for name in names:
            told[name].append((row[name], str(start), str(width), str(decimals or "")))
    kept = [[t for t in told[name] if VARIABLE.fullmatch(t[0])] for name in names]
    best = max(kept, key=lambda rows: (len({r[0] for r in rows}), len(rows)), default=[])
    return _checked(best)


def _place(row: Sequence[str], places: dict[str, int], following: int) -> tuple[int, int]:
    """Start and width a row tells; a width of 0 where it tells none."""
    at = places["start"]
    span = SPAN.fullmatch(row[at].strip()) if at >= 0 else None
    if span:
        return int(span[1]), int(span[2]) - int(span[1]) + 1
    start = _number(row, at) if at >= 0 else following
    end, width = _number(row, places["end"]), _number(row, places["width"])
    if not start:
        return 0, 0
    return start, max(end - start + 1, 0) if end else width


def _number(row: Sequence[str], place: int) -> int:
    text = row[place].strip().removesuffix(".0") if place >= 0 else ""
    return int(text) if text.isdigit() and len(text) < 7 else 0


def _checked(told: Iterable[tuple[str, str, str, str]]) -> Layout:
    """Columns with different names that do not cover each other."""
    found: dict[str, FixedColumn] = {}
    try:
        for name, start, width, decimals in told:
            column = FixedColumn(name=name, start=int(start), width=int(width), decimals=int(decimals or 0))
            if column.width and name not in found:
                found[name] = column
    except ValidationError:
        return ()
    columns = tuple(sorted(found.values(), key=lambda c: c.start))
    ends = [end for _, end in bounds(columns)]
    covered = any(c.start - 1 < end for c, end in zip(columns[1:], ends, strict=False))
    return columns if len(columns) >= FEWEST and not covered and extent(columns) < TO_THE_END else ()
