"""The look of a spreadsheet: its colours, its number formats, its pages.

A colour means one thing: pale yellow may be changed, pale blue was computed by Mirador and stands as a value, white is a
formula of the sheet or a figure to read.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from riskmodel.colours import level_colours

INK, QUIET, LINE, ACCENT, PAPER = "#1F2A30", "#5B676E", "#DAD9D3", "#0B5C66", "#FBFAF7"
EDIT, GIVEN, FILLED, ABSENT = "#FFF6CC", "#E3EEF4", "#FBE3CC", "#EEEEEA"

# Excel's own limits.
MOST_ROWS, LONGEST_NAME, MOST_COLUMNS = 1_048_576, 31, 16_384

NUMBERS = {
    "text": "@", "count": "#,##0", "year": "0", "share": "0.0%", "share2": "0.00%", "points": "0.0", "points2": "0.00",
    "points4": "0.0000", "signed": "+0.00;-0.00;0.00", "signed_share": '+0.0%;-0.0%;0.0%', "number": "#,##0.00",
    "number3": "0.000", "general": "General", "p": "0.0000",
    "tie": "0.000000000000;;", "check": "0.000000000",
}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "edit": {"bg_color": EDIT, "border": 1, "border_color": "#E2D08A"},
    "given": {"bg_color": GIVEN},
    "quiet": {"font_color": QUIET},
    "strong": {"bold": True},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "says": {"font_color": QUIET, "font_size": 10},
    "label": {"font_color": QUIET, "align": "right"},
    "heading": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 1, "bottom_color": LINE},
    "head": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter", "align": "center",
        "border": 1, "border_color": "#FFFFFF",
    },
    "head_left": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter",
        "border": 1, "border_color": "#FFFFFF",
    },
    "left": {"align": "left", "bold": True},
    "top": {"valign": "top"},
    "indent": {"indent": 1},
    "centre": {"align": "center"},
    "strong_top": {"bold": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": ACCENT, "underline": 1, "valign": "top"},
    "warning": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#8C510A"},
}  # fmt: skip


class _Sheet(Worksheet):
    """Takes formulas as they are written.

    XlsxWriter looks through each one for functions newer than the file format, which takes most of its time; none is
    used here.
    """

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: object = 0
    ) -> Literal[0, -1, -2]:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0


class Book:
    """A workbook being written; use it with `with`, and it is on disk at the end.

    created : time of the run, so that the same run gives the same bytes.
    """

    def __init__(self, path: Path, title: str, created: dt.datetime) -> None:
        self._book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
        self._book.set_properties({"title": title, "author": "Mirador", "created": created.replace(tzinfo=None)})
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[str, str, str], Format] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._book.close()

    def format(self, look: str = "plain", number: str = "general", colour: str = "") -> Format:
        """The format of a look and a kind of number, made once; `colour` fills the cell."""
        key = (look, number, colour)
        if key not in self._formats:
            filled = {"bg_color": colour, "font_color": _on(colour)} if colour else {}
            base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "num_format": NUMBERS[number]}
            self._formats[key] = self._book.add_format(base | LOOKS[look] | filled)
        return self._formats[key]

    def rule(self, **properties: Any) -> Format:
        """A format for a conditional rule."""
        return self._book.add_format(properties)

    def page(self, name: str, title: str, says: Sequence[str] = (), tab: str = ACCENT) -> Page:
        """A new sheet with its title and the sentences under it."""
        sheet = self._book.add_worksheet(name, _Sheet)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.set_tab_color(tab)
        page = Page(self, sheet, name)
        page.text(0, 0, title, "title")
        sheet.set_row(0, 26)
        for row, sentence in enumerate(says, start=1):
            page.text(row, 0, sentence, "says")
        return page


class Page:
    """One sheet. Rows and columns count from zero, as in XlsxWriter; missing values leave a cell empty."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name
        self._quoted = "'" + name.replace("'", "''") + "'!"

    def at(self, place: str) -> str:
        """A place of this sheet as a formula on another one names it."""
        return self._quoted + place

    def text(self, row: int, column: int, value: object, look: str = "plain") -> None:
        """Text as it is: never a formula, never a number."""
        if value is None or pd.isna(value) or value == "":  # type: ignore[call-overload]
            if look not in ("plain", "quiet"):
                self.sheet.write_blank(row, column, None, self.book.format(look, "text"))
            return
        number = "text" if look in ("plain", "quiet", "edit", "given", "top") else "general"
        self.sheet.write_string(row, column, str(value), self.book.format(look, number))

    def painted(self, row: int, column: int, value: str, colour: str) -> None:
        """Text on a colour, which may be empty."""
        self.sheet.write_string(row, column, value, self.book.format("plain", "text", colour))

    def number(self, row: int, column: int, value: object, number: str = "general", look: str = "plain") -> None:
        """A number; an empty cell, with its colour, where it is missing."""
        style, known = self.book.format(look, number), _known(value)
        if known is None:
            if look != "plain":
                self.sheet.write_blank(row, column, None, style)
            return
        self.sheet.write_number(row, column, known, style)

    def formula(
        self, row: int, column: int, formula: str, value: object, number: str = "general", look: str = "plain"
    ) -> None:
        """A formula with the value it has now, for programs that show a file without computing it."""
        known: object = value if isinstance(value, str) else _known(value)
        if known is None:
            known = ""
        self.sheet.write_formula(row, column, "=" + formula, self.book.format(look, number), known)

    def link(self, row: int, column: int, page: str, text: str) -> None:
        """A jump to another sheet of the same file."""
        place = "internal:'" + page.replace("'", "''") + "'!A1"
        self.sheet.write_url(row, column, place, self.book.format("link"), text)

    def head(self, row: int, names: Sequence[str], left: int = 3, height: float = 62) -> None:
        """The head of a table from the first column on; the first `left` are aligned to the left."""
        self.sheet.set_row(row, height)
        for column, name in enumerate(names):
            self.sheet.write_string(row, column, name, self.book.format("head_left" if column < left else "head"))

    def close_up(self, used: Collection[int], head_row: int, first: int = 3) -> None:
        """Make the rows above a head that hold nothing as low as a line."""
        for row in range(first, head_row):
            if row not in used:
                self.sheet.set_row(row, 3)

    def tall(self, row: int, words: str, width: int) -> None:
        """Make a row high enough for its words in a column of so many characters."""
        self.sheet.set_row(row, 15.5 * max(1, -(-len(words) // width)))

    def widths(self, widths: Mapping[str, float]) -> None:
        """Widths by columns, as {"A": 10, "E:R": 14}."""
        for columns, width in widths.items():
            both = columns if ":" in columns else f"{columns}:{columns}"
            self.sheet.set_column(both, width)

    def finish(self, head_row: int, frozen: int, last_row: int, last_column: int) -> None:
        """Freeze head and first columns, offer filters, repeat the head on every printed page."""
        self.sheet.freeze_panes(head_row + 1, frozen)
        self.sheet.autofilter(head_row, 0, max(last_row, head_row), last_column)
        self.sheet.repeat_rows(head_row)

    def paint_levels(self, cells: str, k: int, measure: str) -> None:
        """The colours of the map on cells that hold levels 1 to k."""
        for level, colour in enumerate(level_colours(k, measure), start=1):
            style = self.book.rule(bg_color=colour, font_color=_on(colour))
            self.sheet.conditional_format(cells, {"type": "cell", "criteria": "==", "value": level, "format": style})

    def paint_scale(self, cells: str, low: str = "#FFFFFF", high: str = "#9F8FC4") -> None:
        """From pale to strong over 0–100."""
        rule = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}
        self.sheet.conditional_format(cells, rule | {"min_color": low, "max_color": high})

    def paint_difference(self, cells: str) -> None:
        """Below zero, about zero, above zero."""
        colours = {"min_color": "#7DBFB6", "mid_color": "#FFFFFF", "max_color": "#DDB877"}
        rule = {"type": "3_color_scale", "mid_type": "num", "mid_value": 0}
        self.sheet.conditional_format(cells, rule | colours)


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A range as conditional formats and validations take it."""
    return str(xl_range(first_row, first_column, last_row, last_column))


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names a spreadsheet accepts: at most 31 characters, none of []:*?/\\, no two alike."""
    taken: list[str] = []
    for name in wanted:
        plain = "".join("-" if c in "[]:*?/\\" else c for c in name).strip("' ")[:LONGEST_NAME] or "-"
        tried, number = plain, 2
        while tried.casefold() in {other.casefold() for other in taken}:
            ending = f" {number}"
            tried, number = plain[: LONGEST_NAME - len(ending)] + ending, number + 1
        taken.append(tried)
    return taken


def _known(value: Any) -> float | None:
    """A number, or None where it is missing or has no end."""
    if value is None or value is pd.NA:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _on(colour: str) -> str:
    """Ink or white, whichever reads on the colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#FFFFFF"
