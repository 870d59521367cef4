"""Arguments and work of the command that gives points the code of the area they lie in.

The table is written again with two columns more; nothing of it is shown or changed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from riskmodel.i18n import Translator
from riskmodel.problems import Problem, Where, raise_errors


@dataclass(frozen=True)
class LocatedFile:
    """What came of a table of points."""

    out: Path
    written: tuple[Path, ...]
    counts: dict[str, int]  # points by place: inside, near_border, outside, no_coordinates
    problems: tuple[Problem, ...]


def add_locate(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `locate`."""
    column = t("COLUMN")
    sub.add_argument(
        "points", type=Path, metavar=t("POINTS"), help=t("table with a latitude and a longitude in each row")
    )
    sub.add_argument("--boundaries", type=Path, required=True, metavar=t("FILE"), help=t("file of the areas"))
    sub.add_argument(
        "--area-code", nargs="+", required=True, metavar=column, help=t("column of the map with the codes of the areas")
    )
    sub.add_argument("--out", type=Path, required=True, metavar="OUT.csv", help=t("table to write"))
    sub.add_argument("--latitude", default="", metavar=column, help=t("found by its name when left out"))
    sub.add_argument("--longitude", default="", metavar=column, help=t("found by its name when left out"))
    sub.add_argument("--exchanged", action="store_true", help=t("the two columns are exchanged"))
    sub.add_argument("--signs-lost", action="store_true", help=t("minus signs are missing"))
    sub.add_argument(
        "--count", type=Path, metavar="COUNT.csv", help=t("table to write with the number of points in each area")
    )
    sub.add_argument(
        "--near", type=float, default=250.0, metavar=t("METRES"), help=t("distance at which a border is near")
    )
    sub.add_argument("--sheet", default="", help=t("sheet of a workbook"))
    sub.add_argument("--layer", default="", help=t("layer of the map, where it has several"))
    sub.add_argument(
        "--crs", default="", metavar="EPSG:4326", help=t("system of the map's coordinates, where it is asked")
    )


def locate_file(asked: argparse.Namespace) -> LocatedFile:
    """Read, locate and write; raises `InputProblems`, and then nothing is written."""
    from geodata.boundaries import read_boundaries
    from geodata.point_tables import points_by_area, with_codes
    from geodata.points import coordinate_columns, locate_points
    from riskmodel.inputs.read import read_noted

    table, problems = read_noted(asked.points, asked.sheet)
    where = Where(asked.points.name, asked.sheet)
    found = coordinate_columns([str(name) for name in table.columns])
    latitude, longitude = asked.latitude or found[0], asked.longitude or found[1]
    if latitude not in table or longitude not in table:
        raise_errors([Problem("points_no_columns", where, {"columns": list(table.columns)})])
    areas, told = read_boundaries(asked.boundaries, asked.area_code, asked.layer, asked.crs)
    raise_errors(told)
    located = locate_points(
        table[latitude], table[longitude], areas, where, asked.exchanged, asked.near, asked.signs_lost
    )
    raise_errors(located.problems)
    tables = {asked.out: with_codes(table, located)}
    if asked.count:
        tables[asked.count] = points_by_area(located, areas["area_code"].tolist(), "points")
    for path, written in tables.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        written.to_csv(path, index=False, encoding="utf-8-sig")
    return LocatedFile(asked.out, tuple(tables), located.counts, (*problems, *told, *located.problems))


def located_words(found: LocatedFile, t: Translator) -> str:
    """What is printed of points that were located."""
    inside = found.counts["inside"] + found.counts["near_border"]
    said = t.plural("{count} point lies in an area.", "{count} points lie in an area.", inside)
    return f"{said} " + t("Written: {files}.", files=", ".join(map(str, found.written)))
