"""Draw fact sheets as PDF.

The content comes from `sheet_content`, the design from `templates/sheet.typ`, which a designer edits without Python.
PDF/UA-1 and PDF/A-2a: tagged, searchable, fonts embedded; a Typst warning is an error in the tests.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from riskmodel.i18n import Translator
from riskmodel.outputs.sheet_content import sheet_content
from riskmodel.outputs.unit_content import unit_content
from riskmodel.results import Results

TEMPLATES = Path(__file__).parent / "templates"
COMMON = "common.typ"
MAP = "map.png"


def make_sheet(
    results: Results, area_code: str, t: Translator, locator: bytes | None = None, photocopy: bool = False
) -> bytes:
    """The fact sheet of one area: one A4 page as PDF.

    Parameters
    ----------
    results : Results
    area_code : str
    t : Translator
        Language of the sheet.
    locator : bytes or None
        Map as PNG, about 16:9; left out when None.
    photocopy : bool
        Greys in place of the colours of levels.

    Raises
    ------
    InputProblems
        `area_unknown`: no area has this code.
    """
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    pdf, _ = draw_content(sheet_content(results, area_code, t, photocopy), locator, created)
    return pdf


def make_unit_sheet(
    results: Results, parent_code: str, t: Translator, picture: bytes | None = None, photocopy: bool = False
) -> bytes:
    """The sheet of one parent unit as PDF: a first page, then its territories by level; arguments as in `make_sheet`.

    Raises
    ------
    InputProblems
        `parent_unknown`: no parent unit has this code.
    """
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    return draw_content(unit_content(results, parent_code, t, photocopy), picture, created)[0]


def draw_content(content: dict[str, Any], locator: bytes | None, created: dt.datetime) -> tuple[bytes, list[str]]:
    """PDF of one content with its map, and Typst's warnings. `created` is stamped: equal contents give equal bytes.

    Where the map is one that many sheets share, `content["marks"]` lays the outline of the area over it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if locator:
            (folder / MAP).write_bytes(locator)
        data = content | {"map": MAP if locator else None}
        try:
            return _compile(folder, data, created, archive=True)
        except typst.TypstError as error:
            if "could not be displayed with font" not in error.message:
                raise
            # A name in a script the font lacks: the archive standards refuse it, plain PDF prints a box for the sign.
            return _compile(folder, data, created, archive=False)


def draw_picture(content: dict[str, Any], locator: bytes | None, pixels_per_inch: float = 150) -> bytes:
    """The first page as PNG, to be looked at on a screen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if locator:
            (folder / MAP).write_bytes(locator)
        picture = _compiler(folder, content | {"map": MAP if locator else None}).compile(
            format="png", ppi=pixels_per_inch
        )
    return picture[0] if isinstance(picture, list) else picture  # type: ignore[return-value]


def _compile(folder: Path, data: dict[str, Any], created: dt.datetime, archive: bool) -> tuple[bytes, list[str]]:
    pdf, warnings = _compiler(folder, data).compile_with_warnings(
        format="pdf", pdf_standards=["a-2a", "ua-1"] if archive else [], timestamp=int(created.timestamp())
    )
    assert isinstance(pdf, bytes)  # one file, not one per page
    return pdf, [str(warning) for warning in warnings]


def _compiler(folder: Path, data: dict[str, Any]) -> typst.Compiler:
    shutil.copy(TEMPLATES / COMMON, folder)
    return typst.Compiler(
        (TEMPLATES / f"{data.get('template', 'sheet')}.typ").read_bytes(),
        root=folder,
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
    )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of the sheet only: system fonts would make the page differ between machines."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_source_sans_pro.font_directory]
    )
