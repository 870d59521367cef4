"""Read a web page or an XML sheet that a program saved under the name of a spreadsheet.

The largest table of a page is taken. Cells over several rows or columns stand in the first of them, the others are blank, as in
a workbook.
"""

from __future__ import annotations

import re

import lxml.etree
import lxml.html
import pandas as pd

from riskmodel.problems import InputProblems, Problem, Where

HTML = re.compile(r"<(!doctype html|html|table|head|meta|body|style|div)\b", re.IGNORECASE)
SPREADSHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
MOST_SPAN = 1_000

Row = list[str | None]


def is_page(text: str) -> bool:
    """Whether a text is a web page that may hold a table."""
    start = text[:5000].lstrip()
    return bool(HTML.match(start)) and "<table" in text.lower()


def is_sheet_xml(text: str) -> bool:
    """Whether a text is a workbook in the XML of old programs."""
    return text[:200].lstrip().startswith("<?xml") and SPREADSHEET_XML in text[:5000]


def read_page(text: str, where: Where) -> pd.DataFrame:
    """Cells of the largest table. Raises `InputProblems` (`page_without_table`)."""
    try:
        tree = lxml.html.document_fromstring(
            text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True)
        )
        tables = [rows for table in tree.iter("table") if (rows := _page_rows(table))]
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise InputProblems([Problem("page_without_table", where)]) from error
    if not tables:
        raise InputProblems([Problem("page_without_table", where)])
    return _frame(max(tables, key=lambda rows: sum(v is not None for row in rows for v in row)))


def sheet_xml_names(text: str, where: Where) -> tuple[str, ...]:
    """Names of the sheets of a workbook in XML."""
    return tuple(
        sheet.get(f"{{{SPREADSHEET_XML}}}Name") or str(i + 1) for i, sheet in enumerate(_worksheets(text, where))
    )


def read_sheet_xml(text: str, sheet: str, where: Where) -> pd.DataFrame:
    """Cells of a sheet of a workbook in XML. Raises `InputProblems` (`workbook_damaged`, `sheet_missing`)."""
    sheets = dict(zip(sheet_xml_names(text, where), _worksheets(text, where), strict=True))
    if sheet not in sheets:
        raise InputProblems([Problem("sheet_missing", where, {"sheet": sheet, "sheets": list(sheets)})])
    name = f"{{{SPREADSHEET_XML}}}"
    rows: list[Row] = []
    for row in sheets[sheet].iter(f"{name}Row"):
        at = _whole(row.get(f"{name}Index"), len(rows) + 1)
        rows += [[] for _ in range(min(at, len(rows) + 100_000) - len(rows) - 1)]
        cells: Row = []
        for cell in row.iter(f"{name}Cell"):
            column = _whole(cell.get(f"{name}Index"), len(cells) + 1)
            cells += [None] * (min(column, 20_000) - len(cells) - 1)
            data = cell.find(f"{name}Data")
            cells.append("".join(map(str, data.itertext())).strip() or None if data is not None else None)
            cells += [None] * min(_whole(cell.get(f"{name}MergeAcross"), 0), MOST_SPAN)
        rows.append(cells)
    return _frame(rows)


def _worksheets(text: str, where: Where) -> list[lxml.etree._Element]:
    try:
        parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        tree = lxml.etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser)
        found = [] if tree is None else list(tree.iter(f"{{{SPREADSHEET_XML}}}Worksheet"))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise InputProblems([Problem("workbook_damaged", where)]) from error
    if not found:
        raise InputProblems([Problem("workbook_damaged", where)])
    return found


def _page_rows(table: lxml.html.HtmlElement) -> list[Row]:
    rows: list[Row] = []
    below: dict[int, int] = {}  # column -> rows still covered by a cell above
    for line in table.iter("tr"):
        if next(line.iterancestors("table"), None) is not table:  # a table inside a cell
            continue
        row: Row = []
        for cell in line.iterchildren("td", "th"):
            while below.get(len(row), 0) > 0:
                row.append(None)
            text = re.sub(r"[\r\n\t ]+", " ", str(cell.text_content())).strip(" \r\n\t")
            across = min(_whole(cell.get("colspan"), 1), MOST_SPAN)
            down = min(_whole(cell.get("rowspan"), 1), MOST_SPAN)
            for i in range(len(row), len(row) + across):
                below[i] = down
            row += [text if text.strip() else None, *([None] * (across - 1))]
        below = {column: left - 1 for column, left in below.items() if left > 1}
        rows.append(row)
    return rows


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdigit() and len(text) < 8 else otherwise


def _frame(rows: list[Row]) -> pd.DataFrame:
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *([None] * (width - len(row)))] for row in rows]
    return pd.DataFrame(padded, columns=range(width), dtype="string")
