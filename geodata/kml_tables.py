"""Read the table that programs of maps write into the description of each shape of a KML file.

ArcGIS, QGIS and Google Earth put what a shapefile has in columns into HTML: rows of two cells, or lines "NAME: value". It
becomes columns only where nearly every shape has it under the same names.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd

MOST_SHAPES = 0.5  # part of the shapes that must have a name for it to become a column
_LINE = re.compile(r"^\s*([^:=<>]{1,40}?)\s*[:=]\s*(.+?)\s*$")
LONGEST = 20_000  # characters of one description


def with_described(table: pd.DataFrame) -> pd.DataFrame:
    """The table of a KML file with the columns that stand in its descriptions; names it has already stay as they are."""
    column = next((c for c in table.columns if str(c).lower() == "description"), None)
    if column is None or table[column].notna().sum() < MOST_SHAPES * len(table):
        return table
    rows = [_pairs(str(text)[:LONGEST]) if isinstance(text, str) else {} for text in table[column]]
    counted = pd.Series([name for row in rows for name in row], dtype="object").value_counts()
    names = [name for name in dict.fromkeys(n for row in rows for n in row) if counted[name] >= MOST_SHAPES * len(rows)]
    taken = {str(c).lower() for c in table.columns}
    fresh = [n for n in names if n.lower() not in taken]
    found = pd.DataFrame({n: [row.get(n) for row in rows] for n in fresh}, index=table.index, dtype="object")
    return pd.concat([table.drop(columns=column), found], axis=1) if fresh else table


def _pairs(html: str) -> dict[str, str]:
    """Names and values of one description."""
    reader = _Rows()
    reader.feed(html)
    reader.close()
    pairs = {row[0].rstrip(":").strip(): row[1] for row in reader.rows if len(row) == 2 and row[0].strip()}
    if pairs:
        return pairs
    lines = (_LINE.match(line) for line in reader.text.splitlines())
    return {found[1]: found[2] for found in lines if found}


class _Rows(HTMLParser):
    """Gathers the cells of the innermost rows, and the text with its line breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.text = ""
        self._open: list[list[str]] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._open.append([])
        elif tag in ("td", "th") and self._open:
            self._open[-1].append("")
            self._cell = True
        elif tag in ("br", "p", "li", "div"):
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._open:
            self.rows.append(self._open.pop())
        elif tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._cell and self._open and self._open[-1]:
            self._open[-1][-1] = f"{self._open[-1][-1]} {data.strip()}".strip()
