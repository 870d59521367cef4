"""Draw the fact sheet of one place, with the map of where it lies: what a screen shows, a batch and a book repeat.

Neighbours share a map: that of their parent unit is drawn once and kept while its areas are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.palette import Palette, Theme, palette
from geodata.pictures import PictureBase, choropleth_png, locator_png, picture_base, unit_png
from geodata.shared_map import SharedMap, shared_map
from geodata.simplify import simplify_areas
from riskmodel.i18n import translator
from riskmodel.outputs.sheet import created_at, draw_both
from riskmodel.outputs.sheet_style import PLAIN, SheetStyle, area_sheet, national_sheet, unit_sheet
from riskmodel.results import Results

MAP_SIZE = (96.0, 54.0)  # millimetres, of the map on a sheet
MAPS_KEPT = 8  # of parent units: sheets are drawn in their order
COUNTRY_SIZE = (105.0, 92.0)  # of the map on the sheet of the country


@dataclass(frozen=True)
class Locator:
    """Draws where an area is, for the sheets of one run; make it once, with `locator_of`."""

    base: PictureBase
    levels: pd.Series  # by area_code
    colours: Palette
    codes: frozenset[str]  # of the areas that have a shape
    drawn: dict[str, SharedMap] = field(default_factory=dict)  # maps at hand, by parent unit

    def country_png(self) -> bytes:
        """All territories by level."""
        return choropleth_png(self.base, self.levels, None, self.colours, COUNTRY_SIZE)

    def unit_png(self, parent_code: str) -> bytes:
        """A parent unit with its areas by level, 16:9."""
        return unit_png(self.base, self.levels, parent_code, self.colours, size_mm=MAP_SIZE)

    def of(self, area_code: str) -> tuple[bytes, dict[str, Any] | None]:
        """Country and parent unit, 16:9, as all areas of the parent unit share it, and what lays the area over it.

        Nothing is laid over the map of an area without shape or parent unit: it is drawn for this area alone.
        """
        parent = self.base.parents.get(area_code)
        if parent is None or pd.isna(parent) or area_code not in self.codes:
            return locator_png(self.base, self.levels, None, area_code, self.colours, size_mm=MAP_SIZE), None
        if parent not in self.drawn:
            if len(self.drawn) >= MAPS_KEPT:
                self.drawn.pop(next(iter(self.drawn)))
            self.drawn[parent] = shared_map(self.base, self.levels, parent, self.colours, MAP_SIZE)
        return self.drawn[parent].png, self.drawn[parent].marks(area_code)


def locator_of(
    folder: Path, results: Results, shapes: gpd.GeoDataFrame | None = None, photocopy: bool = False
) -> Locator | None:
    """What draws the locator maps of a run, or None where it has no geometry.

    shapes : simplified shapes of the run, where they are at hand; read from its `map.gpkg` otherwise.
    """
    source = folder / "map.gpkg"
    if shapes is None:
        if not source.exists():
            return None
        read = gpd.read_file(source, columns=["area_code"])
        shapes = simplify_areas(read[read.geometry.notna()].reset_index(drop=True))
    areas = results.areas.set_index("area_code")
    parents = areas["parent_code"] if areas["parent_code"].notna().any() else None
    theme: Theme = "photocopy" if photocopy else "light"
    colours = palette(int(results.manifest["k"]), results.measure, theme)  # type: ignore[arg-type]
    base = picture_base(shapes, parents)
    return Locator(base, areas["level"], colours, frozenset(base.areas["area_code"]))


def sheet_of(
    results: Results, area_code: str, language: str, locator: Locator | None, style: SheetStyle = PLAIN
) -> tuple[bytes, bytes]:
    """The fact sheet of one area as PDF, and its first page as a picture (PNG) for the screen."""
    content = area_sheet(results, area_code, translator(language), style)
    picture, marks = locator.of(area_code) if locator else (None, None)
    return _drawn(results, content | {"marks": marks}, picture)


def unit_sheet_of(
    results: Results, parent_code: str, language: str, locator: Locator | None, style: SheetStyle = PLAIN
) -> tuple[bytes, bytes]:
    """The sheet of one parent unit as PDF, and its first page as a picture (PNG) for the screen."""
    content = unit_sheet(results, parent_code, translator(language), style)
    return _drawn(results, content, locator.unit_png(parent_code) if locator else None)


def national_sheet_of(
    results: Results, language: str, locator: Locator | None, style: SheetStyle = PLAIN
) -> tuple[bytes, bytes]:
    """The sheet of the country as PDF, and its first page as a picture (PNG) for the screen."""
    content = national_sheet(results, translator(language), style)
    return _drawn(results, content, locator.country_png() if locator else None)


def _drawn(results: Results, content: dict[str, Any], picture: bytes | None) -> tuple[bytes, bytes]:
    return draw_both(content, picture, created_at(results))
