"""Draw fact sheets as PDF.

The content comes from `sheet_content`, the design from `templates/sheet.typ`, which a designer edits without Python.
PDF/UA-1 and PDF/A-2a: tagged, searchable, fonts embedded; a Typst warning is an error in the tests.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.sheet_desk import Desk
from riskmodel.outputs.sheet_style import SheetStyle, area_sheet, national_sheet, unit_sheet
from riskmodel.results import Results


def make_sheet(
    results: Results,
    area_code: str,
    t: Translator,
    locator: bytes | None = None,
    photocopy: bool = False,
    large_print: bool = False,
    second_page: bool = False,
) -> bytes:
    """The fact sheet of one area as PDF: one A4 page, and a second where it is asked for and has something to say.

    Parameters
    ----------
    results : Results
    area_code : str
    t : Translator
        Language of the sheet.
    locator : bytes or None
        Map as PNG, about 16:9; left out when None.
    photocopy, large_print, second_page : bool
        As in `SheetStyle`.

    Raises
    ------
    InputProblems
        `area_unknown`: no area has this code.
    """
    style = SheetStyle(photocopy, large_print, second_page)
    return draw_content(area_sheet(results, area_code, t, style), locator, created_at(results))[0]


def make_unit_sheet(
    results: Results,
    parent_code: str,
    t: Translator,
    picture: bytes | None = None,
    photocopy: bool = False,
    large_print: bool = False,
) -> bytes:
    """The sheet of one parent unit as PDF: a first page, then its territories by level; arguments as in `make_sheet`.

    Raises
    ------
    InputProblems
        `parent_unknown`: no parent unit has this code.
    """
    content = unit_sheet(results, parent_code, t, SheetStyle(photocopy, large_print))
    return draw_content(content, picture, created_at(results))[0]


def make_national_sheet(
    results: Results,
    t: Translator,
    picture: bytes | None = None,
    photocopy: bool = False,
    large_print: bool = False,
) -> bytes:
    """The sheet of the country as PDF; arguments as in `make_sheet`."""
    content = national_sheet(results, t, SheetStyle(photocopy, large_print))
    return draw_content(content, picture, created_at(results))[0]


def created_at(results: Results) -> dt.datetime:
    """When the run was made: stamped into its sheets."""
    return dt.datetime.fromisoformat(str(results.manifest["created"]))


def draw_content(content: dict[str, Any], locator: bytes | None, created: dt.datetime) -> tuple[bytes, list[str]]:
    """PDF of one content with its map, and Typst's warnings. `created` is stamped: equal contents give equal bytes.

    Where the map is one that many sheets share, `content["marks"]` lays the outline of the area over it.
    """
    with Desk() as desk:
        drawn = desk.draw([desk.placed(content, locator)], created)
    return drawn.pdf, drawn.warnings


def draw_both(
    content: dict[str, Any], locator: bytes | None, created: dt.datetime, pixels_per_inch: float = 150
) -> tuple[bytes, bytes]:
    """PDF of one content, and its first page as PNG to be looked at on a screen."""
    with Desk() as desk:
        placed = desk.placed(content, locator)
        return desk.draw([placed], created).pdf, desk.picture(placed, pixels_per_inch)
