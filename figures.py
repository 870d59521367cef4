"""Pictures of a run for paper: maps and charts as PNG, SVG, CSV and GeoPackage, for both doors.

Like `workflow.py` a place where statistics and geometry meet: what a picture says comes from `riskmodel`, how it is drawn
from `geodata`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.export import write_layer
from geodata.palette import Palette, Theme, painted, palette
from geodata.pictures import PictureBase
from geodata.printed import PrintedMap, PrintedRow, printed_png, printed_svg
from riskmodel.i18n import N_, Translator, translator
from riskmodel.outputs.chart_drawing import chart_png, chart_svg
from riskmodel.outputs.map_key import MapKey, kinds_of, map_key
from riskmodel.outputs.picture_sources import picture_sources
from riskmodel.outputs.waterfall import steps_of, waterfall_chart
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results, spreadsheet_safe
from riskmodel.study import Study
from sheet_drawing import locator_of


@dataclass(frozen=True)
class MapFigure:
    """One look of the map of a run, to be had as a picture or as data."""

    study: Study
    results: Results
    base: PictureBase
    key: MapKey
    t: Translator
    selected: str = ""
    theme: Theme = "light"

    def png(self) -> bytes:
        """300 dpi, 180 mm wide."""
        return printed_png(self.base, self._printed(), self._palette())

    def svg(self) -> bytes:
        return printed_svg(self.base, self._printed(), self._palette())

    def table(self) -> pd.DataFrame:
        """One row per area: what the map shows, beside the mapped value."""
        areas = self.results.areas
        columns = ["area_code", "area_name", "parent_code", "parent_name", self.results.measure]
        shown = areas[columns].copy()
        shown["position"] = areas["area_code"].map(self.key.position)
        shown["shown_as"] = areas["area_code"].map(self.key.value)
        return shown

    def csv(self) -> bytes:
        return spreadsheet_safe(self.table()).to_csv(index=False).encode("utf-8-sig")

    def geopackage(self, shapes: gpd.GeoDataFrame) -> bytes:
        """The table with the given shapes (area_code, geometry)."""
        with tempfile.TemporaryDirectory() as scratch:
            return write_layer(self.table(), shapes, Path(scratch) / "map.gpkg").read_bytes()

    def _palette(self) -> Palette:
        return painted(palette(3, self.results.measure, self.theme), self.key.colours)  # type: ignore[arg-type]

    def _printed(self) -> PrintedMap:
        rows = tuple(
            PrintedRow(
                row.position, row.label,
                self.t.plural("{range} · {count} area", "{range} · {count} areas", row.areas, range=row.note)
                if row.note
                else self.t.plural("{count} area", "{count} areas", row.areas),
            )
            for row in self.key.rows
        )  # fmt: skip
        names = self.results.areas.set_index("area_code")["area_name"]
        return PrintedMap(
            title=self.key.title,
            subtitle=self.key.subtitle,
            rows=rows,
            colours=self._palette().levels,
            position=self.key.position,
            sources=picture_sources(self.study, self.results, self.t),
            north=self.t("N"),
            selected=self.selected,
            selected_name=str(names.get(self.selected, "")),
        )


def map_figure(
    results: Results, base: PictureBase, kind: str, language: str, selected: str = "", photocopy: bool = False
) -> MapFigure:
    """One look of the map; `kind` is one of `kinds_of(results)`."""
    study, t = Study.model_validate(results.manifest["study"]), translator(language)
    return MapFigure(
        study, results, base, map_key(study, results, kind, t), t, selected, "photocopy" if photocopy else "light"
    )


def write_figures(
    folder: Path,
    language: str,
    out: Path,
    codes: Iterable[str] = (),
    progress: Progress = quiet,
    photocopy: bool = False,
) -> list[Path]:
    """Maps of a finished run, and the waterfall of each area of `codes`; gives the files written.

    photocopy : maps in greys and marks.

    Raises `InputProblems` when the folder holds no run or a code is not in it.
    """
    if not (folder / "manifest.json").exists():
        raise_errors([Problem("results_absent", Where(folder.name))])
    results = read_results(folder)
    wanted, known = list(codes), set(results.areas["area_code"])
    raise_errors(Problem("area_unknown", values={"area_code": code}) for code in wanted if code not in known)
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def write(name: str, data: bytes) -> None:
        (out / name).write_bytes(data)
        written.append(out / name)

    locator = locator_of(folder, results)
    kinds = kinds_of(results) if locator else []
    shapes = gpd.read_file(folder / "map.gpkg", columns=["area_code"]) if locator else None
    for done, kind in enumerate(kinds):
        assert locator is not None
        assert shapes is not None
        progress(N_("Drawing the maps"), done / (len(kinds) + 1))
        figure = map_figure(results, locator.base, kind, language, photocopy=photocopy)
        write(f"map_{kind}.png", figure.png())
        write(f"map_{kind}.svg", figure.svg())
        write(f"map_{kind}.csv", figure.csv())
        write(f"map_{kind}.gpkg", figure.geopackage(shapes))
    study, t = Study.model_validate(results.manifest["study"]), translator(language)
    for done, code in enumerate(wanted):
        progress(N_("Drawing the charts"), (len(kinds) + done / len(wanted)) / (len(kinds) + 1))
        chart = waterfall_chart(study, results, code, t)
        if chart is not None:
            write(f"why_{code}.png", chart_png(chart))
            write(f"why_{code}.svg", chart_svg(chart))
            steps = steps_of(study, results, code, t, shown=len(results.contributions))
            write(f"why_{code}.csv", spreadsheet_safe(steps).to_csv(index=False).encode("utf-8-sig"))
    return written
