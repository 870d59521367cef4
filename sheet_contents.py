"""Contents of the sheets of a run with their maps on a desk, for all who draw many: one file each, or a book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.sheet import created_at
from riskmodel.outputs.sheet_desk import Desk
from riskmodel.outputs.sheet_fit import Fits
from riskmodel.outputs.sheet_style import SheetStyle, area_sheet, national_sheet, shared_of, unit_sheet
from riskmodel.results import Results
from sheet_drawing import locator_of


class SheetContents:
    """Contents of one run in one language and style, ready for `desk.draw`."""

    def __init__(self, folder: Path, results: Results, t: Translator, style: SheetStyle, desk: Desk) -> None:
        self.results, self.t, self.style, self.desk = results, t, style, desk
        self.created: dt.datetime = created_at(results)
        self.shared = shared_of(results, style)
        self.locator = locator_of(folder, results, photocopy=style.photocopy)
        self._fits = Fits(results, self.shared.own, desk, self._area)

    def area(self, code: str) -> dict[str, Any]:
        """The sheet of an area, with the fit its kind has; none in large print, which takes the pages it needs."""
        content = self._area(code)
        return content if self.style.large_print else content | {"fit": self._fits.of(code)}

    def unit(self, code: str) -> dict[str, Any]:
        """The sheet of a parent unit."""
        return self.desk.placed(unit_sheet(self.results, code, self.t, self.style), self.unit_map(code))

    def country(self) -> dict[str, Any]:
        """The sheet of the country."""
        return self.desk.placed(national_sheet(self.results, self.t, self.style), self.country_map())

    def country_map(self) -> bytes | None:
        """The country by level, PNG."""
        return self.locator.country_png() if self.locator else None

    def unit_map(self, code: str) -> bytes | None:
        """A parent unit with its areas by level, PNG."""
        return self.locator.unit_png(code) if self.locator else None

    def _area(self, code: str) -> dict[str, Any]:
        picture, marks = self.locator.of(code) if self.locator else (None, None)
        content = area_sheet(self.results, code, self.t, self.style, self.shared)
        return self.desk.placed(content, picture) | {"marks": marks}


@contextmanager
def sheet_contents(folder: Path, results: Results, t: Translator, style: SheetStyle) -> Iterator[SheetContents]:
    """Contents on a desk of their own, cleared at the end."""
    with Desk() as desk:
        yield SheetContents(folder, results, t, style, desk)
