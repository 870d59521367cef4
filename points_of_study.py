"""Tables that a study makes of points and its boundaries: each point with the code of its area, and points per area.

Where statistics and geometry meet for points. The table of points is never changed; what is made of it is written beside it,
and a file that was not made here is never overwritten.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries import read_boundaries
from geodata.point_tables import points_by_area, with_codes
from geodata.points import Located, locate_points
from riskmodel.inputs.boundary_reading import boundary_maker
from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.study_table import read_study_table
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study import Study
from riskmodel.study_points import Points

PART = ".part-"


@dataclass(frozen=True)
class PointsMade:
    """What came of one table of points: how many lie where, the files written, warnings."""

    points: Points
    counts: dict[str, int]  # points by place: inside, near_border, outside, no_coordinates
    written: tuple[Path, ...]
    problems: tuple[Problem, ...]


def boundaries_of(study: Study, folder: Path) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Boundaries of a study and what was mended in them; raises `InputProblems` when they cannot be used."""
    assert study.boundaries is not None
    told = study.boundaries
    shapes, problems = read_boundaries(
        folder / told.file, told.area_code, told.layer, told.crs, told.encoding, told.axes or "", study.study.country,
        boundary_maker(study, folder),
    )  # fmt: skip
    raise_errors(problems)
    return shapes, problems


def make_points(study: Study, folder: Path) -> list[PointsMade]:
    """Write the tables of all points the study declares; raises `InputProblems` with all that is wrong, and writes nothing then."""
    if not study.points:
        return []
    if study.boundaries is None:
        raise InputProblems([Problem("points_no_map", Where(p.file, key="boundaries")) for p in study.points])
    areas = boundaries_of(study, folder)[0]
    ready, problems = [], []
    for points in study.points:
        try:
            _check_targets(points, study, folder)
            table, located = locate_table(points, study, folder, areas)
            raise_errors(located.problems)
            ready.append((points, table, located))
        except InputProblems as error:
            problems += error.problems
    raise_errors(problems)
    return [_write(points, table, located, areas, folder) for points, table, located in ready]


def locate_table(points: Points, study: Study, folder: Path, areas: gpd.GeoDataFrame) -> tuple[pd.DataFrame, Located]:
    """The table of points as the study reads it, and where each point lies; raises `InputProblems`."""
    table, _notes = read_study_table(study, folder, points.file, points.sheet)
    where = Where(points.file, points.sheet)
    raise_errors(missing_columns([points.latitude, points.longitude], table.columns, where))
    latitude, longitude = table[points.latitude], table[points.longitude]
    return table, locate_points(latitude, longitude, areas, where, points.exchanged, points.near, points.signs_lost)


def _check_targets(points: Points, study: Study, folder: Path) -> None:
    """Refuse to write over a file that was not made here."""
    others = {p.file for p in study.points} | ({study.boundaries.file} if study.boundaries else set())
    others |= {name for p in study.points if p is not points for name in p.written}
    for name, mark in ((points.table, "place"), (points.count, points.column)):
        if name and (name in others or not _is_ours(folder / name, mark)):
            raise InputProblems([Problem("points_target_taken", Where(name))])


def _is_ours(path: Path, mark: str) -> bool:
    """Whether a file may be written: it is absent, or has the columns of one made here."""
    if not path.exists():
        return True
    with path.open("rb") as file:
        head = file.readline(1_000_000).decode("utf-8-sig", "replace")
    return "area_code" in head and mark in head


def _write(points: Points, table: pd.DataFrame, located: Located, areas: gpd.GeoDataFrame, folder: Path) -> PointsMade:
    made = {
        points.table: with_codes(table, located) if points.table else None,
        points.count: points_by_area(located, areas["area_code"].tolist(), points.column) if points.count else None,
    }
    written = []
    for name, frame in made.items():
        if frame is not None:
            written.append(_save(frame, folder / name))
    return PointsMade(points, located.counts, tuple(written), located.problems)


def _save(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table whole or not at all; a file that holds the same already stays untouched."""
    content = frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    if not path.exists() or path.read_bytes() != content:
        part = path.with_name(PART + path.name)
        part.write_bytes(content)
        os.replace(part, path)
    return path
