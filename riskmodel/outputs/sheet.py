"""Draw fact sheets as PDF.

The content comes from `sheet_content`, the design from `templates/sheet.typ`, which a designer edits without Python.
PDF/UA-1 and PDF/A-2a: tagged, searchable, fonts embedded; a Typst warning is an error in the tests.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib
import typst

from riskmodel.i18n import Translator
from riskmodel.outputs.office_content import place_logo
from riskmodel.outputs.sheet_style import SheetStyle, area_sheet, national_sheet, unit_sheet
from riskmodel.results import Results

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("common.typ", "second.typ")  # what templates import
MAP = "map.png"
UNSHOWN = "could not be displayed with font"
JOINERS = "\u200d\ufe0e\ufe0f\u20e3"


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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if locator:
            (folder / MAP).write_bytes(locator)
        data = place_logo(content, folder) | {"map": MAP if locator else None}
        try:
            return _compile(folder, data, created, archive=True)
        except typst.TypstError as error:
            if UNSHOWN not in error.message:
                raise
        try:
            return _compile(folder, without_signs(data), created, archive=True)
        except typst.TypstError as error:
            if UNSHOWN not in error.message:
                raise
            # A name in a script the fonts lack: the archive standards refuse it, plain PDF prints a box for the sign.
            return _compile(folder, data, created, archive=False)


def without_signs(data: Any) -> Any:
    """The same words without pictures among the letters (emoji) and the signs that join them."""
    if isinstance(data, dict):
        return {key: without_signs(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_signs(value) for value in data]
    if not isinstance(data, str) or data.isascii():
        return data
    kept = "".join(c for c in data if not (unicodedata.category(c) in ("So", "Sk") or c in JOINERS))
    return data if kept == data else " ".join(kept.split(" ")).strip()


def draw_picture(content: dict[str, Any], locator: bytes | None, pixels_per_inch: float = 150) -> bytes:
    """The first page as PNG, to be looked at on a screen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if locator:
            (folder / MAP).write_bytes(locator)
        data = place_logo(content, folder) | {"map": MAP if locator else None}
        picture = _compiler(folder, data).compile(format="png", ppi=pixels_per_inch)
    return picture[0] if isinstance(picture, list) else picture  # type: ignore[return-value]


def _compile(folder: Path, data: dict[str, Any], created: dt.datetime, archive: bool) -> tuple[bytes, list[str]]:
    pdf, warnings = _compiler(folder, data).compile_with_warnings(
        format="pdf", pdf_standards=["a-2a", "ua-1"] if archive else [], timestamp=int(created.timestamp())
    )
    assert isinstance(pdf, bytes)  # one file, not one per page
    return pdf, [str(warning) for warning in warnings]


def _compiler(folder: Path, data: dict[str, Any]) -> typst.Compiler:
    for part in PARTS:
        shutil.copy(TEMPLATES / part, folder)
    return typst.Compiler(
        (TEMPLATES / f"{data.get('template', 'sheet')}.typ").read_bytes(),
        root=folder,
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
    )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of the sheet only: system fonts would make the page differ between machines.

    Beside the sheet's own, DejaVu Sans for names in Arabic, Hebrew, Greek or Cyrillic letters.
    """
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_source_sans_pro.font_directory, Path(matplotlib.get_data_path()) / "fonts" / "ttf"],
    )
