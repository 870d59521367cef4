"""What a file of boundaries is, before anybody has said anything about it.

Everything found is a proposal with its certainty and reason. Values are shown of areas only: a file of points may hold
people, so nothing of its table is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries import read_features, shapes_of
from geodata.columns import ColumnFacts, ColumnGuess, code_guesses, column_facts, name_guesses, unofficial_codes
from geodata.coordinates import guesses
from geodata.mend import AREAS
from geodata.source import Source, open_source
from geodata.systems import Candidate
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where

_DOUBTFUL = ("boundaries_crs_which", "boundaries_crs_lies", "boundaries_no_crs")


@dataclass(frozen=True)
class BoundaryFacts:
    """A file of boundaries as found. `problems` are those reading it with the first code would give."""

    file: str
    kind: str = ""  # "geojson", "topojson", "gpkg", "shp", "kml", "fgb", "gdb"; empty where it is no map
    layers: tuple[str, ...] = ()  # to choose from; `layer` is the one described
    layer: str = ""
    crs: str = ""  # as the file says: "EPSG:9377", a name, or empty
    crs_name: str = ""  # as people who work with maps call it: "MAGNA-SIRGAS 2018 / Origen-Nacional"
    projected: bool = False  # whether it measures on a plane, in metres or feet, and not in degrees
    crs_candidates: tuple[Candidate, ...] = ()  # filled where the system must be asked
    encoding: str = ""  # of the table of a shapefile
    count: int = 0  # shapes in the file
    shapes: tuple[tuple[str, int], ...] = ()  # kind of shape ("Polygon", "Point", "none") and how many
    columns: tuple[ColumnFacts, ...] = ()
    codes: tuple[ColumnGuess, ...] = ()  # the likeliest first
    names: tuple[ColumnGuess, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the file can be read as boundaries as it stands, with the first code."""
        return bool(self.codes) and not any(p.is_error for p in self.problems)

    @property
    def question(self) -> Problem | None:
        """The first thing a person must answer or mend, if any."""
        return next((p for p in self.problems if p.is_error), None)


def describe_boundaries(
    path: Path,
    layer: str = "",
    known_codes: Collection[str] = (),
    code_system: Callable[[pd.Series], str] | None = None,
    country: str = "",
    crs: str = "",
    encoding: str = "",
    axes: str = "",
) -> BoundaryFacts:
    """Describe a file of boundaries; never raises for what a person may upload.

    known_codes : codes of the table of areas, to find the column that matches them.
    code_system : gives the name of the code system a column follows, or empty.
    Other arguments as of `read_boundaries`.
    """
    where = Where(file=path.name)
    try:
        with open_source(path, layer, encoding, where) as source:
            frame = read_features(source, where)
    except NotUsableError as stop:
        layers = stop.problem.values.get("layers")
        named = tuple(str(name) for name in layers) if isinstance(layers, (list, tuple)) else ()
        return BoundaryFacts(path.name, layers=named, problems=(stop.problem,))
    kinds = frame.geom_type.fillna("none").value_counts()
    areas = frame[frame.geom_type.isin([*AREAS, "GeometryCollection"]) & ~frame.geometry.is_empty]
    told = pd.DataFrame(areas.drop(columns="geometry"))
    if source.kind in ("topojson", "kml"):  # GDAL adds columns of its own, empty unless the file fills them
        told = told.dropna(axis=1, how="all")
    codes = code_guesses(told, known_codes, code_system) if len(areas) else ()
    names = name_guesses(told) if len(areas) else ()
    problems = _problems(frame, codes or names, source, where, (crs, axes, country))
    if not any(g.certainty != "ask" for g in codes):
        problems += [
            Problem("boundaries_code_not_official", replace(where, column=c), {"column": c, "source": of}, "warning")
            for c, of in unofficial_codes(told)[:1]
        ]
    asks_crs = any(p.code in _DOUBTFUL for p in problems)
    return BoundaryFacts(
        file=path.name,
        kind=source.kind,
        layers=tuple(name for name, _ in source.layers),
        layer=source.layer,
        crs=_crs(frame),
        crs_name="" if frame.crs is None else str(frame.crs.name),
        projected=frame.crs is not None and frame.crs.is_projected,
        crs_candidates=guesses(frame[frame.geometry.notna()], country) if asks_crs else (),
        encoding=source.encoding.name if source.encoding else "",
        count=len(frame),
        shapes=tuple((str(kind), int(count)) for kind, count in kinds.items()),
        columns=column_facts(told) if len(areas) else (),
        codes=codes,
        names=names,
        problems=tuple(problems),
    )


def _problems(
    frame: gpd.GeoDataFrame,
    codes: tuple[ColumnGuess, ...],
    source: Source,
    where: Where,
    said: tuple[str, str, str],
) -> list[Problem]:
    """What reading the file with its likeliest code would tell."""
    try:
        if not codes:
            numbered = gpd.GeoDataFrame({"n": range(1, len(frame) + 1)}, geometry=frame.geometry, crs=frame.crs)
            found = shapes_of(numbered, ["n"], source, where, *said)[1]
            return [*found, Problem("boundaries_no_code_found", where)]
        return shapes_of(frame, list(codes[0].columns), source, where, *said)[1]
    except NotUsableError as stop:
        return [stop.problem]


def _crs(frame: gpd.GeoDataFrame) -> str:
    if frame.crs is None:
        return ""
    code = frame.crs.to_epsg()
    return f"EPSG:{code}" if code else str(frame.crs.name)
