"""Draw contents of sheets with Typst: a folder with the templates and the pictures, used for one sheet or thousands.

Many sheets in one document share its fonts and maps and take a tenth of the time and size of as many documents. PDF/UA-1
and PDF/A-2a, for names in any script.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib
import typst

from riskmodel.outputs.office_content import place_logo

TEMPLATES = Path(__file__).parent / "templates"
# Pictures among the letters of a name, with what joins them and the blank before them: no font of a sheet has them.
EMOJI = re.compile(" ?[\U0001f000-\U0001faff][\U0001f000-\U0001faff\u200d\ufe0e\ufe0f]*")


@dataclass(frozen=True)
class Drawn:
    """A PDF and Typst's warnings."""

    pdf: bytes
    warnings: list[str]


class Desk:
    """A folder in which sheets are drawn; use it in a `with`. Threads may share one."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        for template in TEMPLATES.glob("*.typ"):
            shutil.copy(template, self.folder)
        self._office: tuple[Any, Any] = (None, None)  # as given, and with its logo as a file

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def placed(self, content: dict[str, Any], picture: bytes | None) -> dict[str, Any]:
        """The content with its map and the logo as files of the folder."""
        name = f"{hashlib.sha1(picture, usedforsecurity=False).hexdigest()}.png" if picture else None
        if picture and name and not (self.folder / name).exists():
            (self.folder / name).write_bytes(picture)
        given, placed = self._office
        if content.get("office") != given:
            given, placed = self._office = content["office"], place_logo(content, self.folder)["office"]
        return content | {"map": name, "office": placed}

    def draw(self, contents: Sequence[dict[str, Any]], created: dt.datetime) -> Drawn:
        """One PDF of contents with one template. `created` is stamped: equal contents give equal bytes."""
        pdf, warnings = self._compiler(contents).compile_with_warnings(
            format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(created.timestamp())
        )
        assert isinstance(pdf, bytes)  # one file, not one per page
        return Drawn(pdf, [str(warning) for warning in warnings])

    def picture(self, content: dict[str, Any], pixels_per_inch: float) -> bytes:
        """The first page as PNG."""
        pages = self._compiler([content]).compile(format="png", ppi=pixels_per_inch)
        return pages[0] if isinstance(pages, list) else pages  # type: ignore[return-value]

    def fits(self, contents: Sequence[dict[str, Any]]) -> list[int]:
        """The loosest fit of each sheet of an area, found by laying out its page."""
        return list(json.loads(self._compiler(contents).query("<fit>", field="value")))

    def _compiler(self, contents: Sequence[dict[str, Any]]) -> typst.Compiler:
        """Only the sheet of an area is drawn many at a time."""
        given = contents[0] if len(contents) == 1 else list(contents)
        return typst.Compiler(
            str(self.folder / f"{contents[0].get('template', 'sheet')}.typ"),
            root=self.folder,
            font_paths=fonts(),
            sys_inputs={"sheet": EMOJI.sub("", json.dumps(given, ensure_ascii=False))},
        )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of the sheet only: system fonts would make the page differ between machines.

    Beside the sheet's own, DejaVu Sans for names in Arabic, Hebrew, Greek or Cyrillic letters, and a last resort that
    prints a frame for the letters of any other script, which can still be searched and read aloud.
    """
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_source_sans_pro.font_directory, Path(matplotlib.get_data_path()) / "fonts" / "ttf"],
    )
