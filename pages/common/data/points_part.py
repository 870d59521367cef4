"""Points of a table (schools, centres, communities): how many lie in which area, and the tables kept of them with the study.

Coordinates are never shown: a point may be somebody's home. What seems to be a mistake in them is asked, not mended by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import streamlit as st

from geodata.point_tables import WrittenAs, written_as
from geodata.points import Located, coordinate_columns
from pages.common import show, state
from pages.common.ask import column as ask_column
from pages.common.data import map_findings
from pages.common.data.desk import Desk, made_files
from pages.common.data.recognised import Seen, changed
from pages.common.words import _, current, plural
from points_of_study import boundaries_of, locate_table, make_points
from riskmodel.inputs.recognise.draft import stem_of
from riskmodel.inputs.recognise.sources import TableSource
from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Boundaries, Study, TableJoin
from riskmodel.study_points import Points

MISTAKES = ("points_exchanged", "points_signs_lost")


@dataclass(frozen=True)
class Found:
    """Where the points of a table lie, or the problems that keep them from being located."""

    located: Located | None
    written: WrittenAs | None
    problems: tuple[Problem, ...]


def has_points(desk: Desk, name: str, now: Seen) -> bool:
    """Whether a table has coordinates and its areas are not known by their codes."""
    source = now.source
    if not isinstance(source, TableSource) or now.under is None or name in made_files(desk.study):
        return False
    if any(p.file == name for p in desk.study.points):
        return True
    return all(_columns(source)) and (source.kind.kind == "services" or not source.columns.column("area_code"))


def points_part(desk: Desk, name: str, now: Seen) -> None:
    """Where the points lie, and what is kept of it."""
    assert isinstance(now.source, TableSource)
    st.markdown(f":material/location_on: **{_('In which area does each point lie?')}**")
    if desk.study.boundaries is None or desk.study.boundaries.area_code == "?":
        _without_map(desk)
        return
    kept = next((p for p in desk.study.points if p.file == name), None)
    asked = kept or _asked(desk, name, now.source)
    if asked is None:
        return
    with st.spinner(_("Finding the area of each point")):
        found = _found(desk, name, asked)
    if found.located is None:
        show.problems(found.problems)
    else:
        asked = _told(desk, name, asked, found)
    if kept is not None:
        _kept(desk, kept)
    elif found.located is not None and not any(p.is_error for p in found.problems):
        _keep(desk, asked)


def _columns(source: TableSource) -> tuple[str, str]:
    named = coordinate_columns(list(map(str, source.table.columns)))
    return source.columns.column("latitude") or named[0], source.columns.column("longitude") or named[1]


def _without_map(desk: Desk) -> None:
    """What is needed first: the map of the study, at best one that is here already."""
    for name in desk.maps():
        facts = map_findings.facts_of(desk.folder / name, desk.study)
        if not facts.usable or facts.codes[0].certainty == "ask":
            continue
        columns = facts.codes[0].columns
        st.caption(_("The areas are those of the map of the study. It has none yet."))
        if st.button(_("Use “{name}” as the map", name=name), key=f"points_map_{name}", icon=":material/map:"):
            code = columns[0] if len(columns) == 1 else columns
            drawn = Boundaries(file=name, layer=facts.layer if len(facts.layers) > 1 else "", area_code=code)
            desk.save(desk.study.model_copy(update={"boundaries": drawn}))
        return
    st.caption(_("Bring the boundaries of the areas, with their codes: then each point gets the code of its area."))


def _asked(desk: Desk, name: str, source: TableSource) -> Points | None:
    """The columns of the coordinates; the names of what is written follow from that of the file."""
    latitude, longitude = _columns(source)
    columns = list(map(str, source.table.columns))
    left, right = st.columns(2)
    with left:
        latitude = ask_column(_("Latitude (north, south)"), columns, latitude, f"latitude_{name}", optional=False)
    with right:
        longitude = ask_column(_("Longitude (east, west)"), columns, longitude, f"longitude_{name}", optional=False)
    if latitude == longitude:
        st.caption(_("Latitude and longitude are two columns."))
        return None
    stem = Path(name).stem.removesuffix(".csv")
    taken = {i.column for i in desk.study.indicator} | {p.column for p in desk.study.points}
    return Points(
        file=name, sheet=source.sheet, latitude=latitude, longitude=longitude, column=stem_of(f"n_{stem}", taken),
        table=_free(desk, f"{stem}_area_code"), count=_free(desk, f"{stem}_by_area"),
    )  # fmt: skip


def _free(desk: Desk, stem: str) -> str:
    taken, name, number = {*desk.files(), *made_files(desk.study)}, f"{stem}.csv", 2
    while name in taken:
        name, number = f"{stem}_{number}.csv", number + 1
    return name


def _found(desk: Desk, name: str, points: Points) -> Found:
    study, folder = desk.study, desk.folder
    assert study.boundaries is not None
    files = {name, study.boundaries.file, *(n.official.file for r in study.reading for n in r.names)}
    stamps = tuple((f, changed(folder / f)) for f in sorted(files) if (folder / f).is_file())
    readings = "".join(r.model_dump_json() for r in study.reading if r.file in files)
    map_key = (str(folder), study.boundaries.model_dump_json(), readings, stamps)
    try:
        return _locate(map_key, points.model_dump_json(), study, folder)
    except InputProblems as error:
        return Found(None, None, error.problems)


@st.cache_resource(max_entries=2, show_spinner=False, scope="session")
def _areas(key: object, _study: Study, _folder: Path) -> gpd.GeoDataFrame:
    return boundaries_of(_study, _folder)[0]


@st.cache_resource(max_entries=12, show_spinner=False, scope="session")
def _locate(key: object, points: str, _study: Study, _folder: Path) -> Found:
    told = Points.model_validate_json(points)
    table, located = locate_table(told, _study, _folder, _areas(key, _study, _folder))
    return Found(located, written_as(table[told.latitude], table[told.longitude]), located.problems)


def _told(desk: Desk, name: str, points: Points, found: Found) -> Points:
    """How the coordinates are written, what seems wrong with them, and how many points lie where."""
    assert found.located is not None
    assert found.written is not None
    mistake = next((p for p in found.problems if p.code in MISTAKES), None)
    if mistake is not None:
        return _mistake(desk, name, points, mistake)
    counts, t = found.located.counts, current()
    near, outside, without = counts["near_border"], counts["outside"], counts["no_coordinates"]
    lines = [
        f"- **{plural('{count} point lies in an area.', '{count} points lie in an area.', counts['inside'] + near)}**"
    ]
    if near:
        metres = t.number(points.near, 0)
        said = plural("{count} point lies within {metres} metres of a border.", "{count} points lie within {metres} metres of a border.", near, metres=metres)  # fmt: skip
        lines.append(f"    - {said}")
    if outside:
        said = plural("{count} point lies outside all areas: in the sea, in another country, or its coordinates are wrong.", "{count} points lie outside all areas: in the sea, in another country, or their coordinates are wrong.", outside)  # fmt: skip
        lines.append(f"- {said}")
    if without:
        said = plural("{count} row has no readable coordinates.", "{count} rows have no readable coordinates.", without)
        lines.append(f"- {said}")
    st.markdown("\n".join(lines))
    _how_written(found.written)
    show.problems([p for p in found.problems if p.is_error])
    for problem in found.problems:
        if problem.code in ("points_outside", "points_without_coordinates"):
            rows = ", ".join(map(str, problem.where.rows[:12])) + (" …" if len(problem.where.rows) > 12 else "")
            kind = _("Rows outside all areas: {rows}", rows=rows) if problem.code == "points_outside" else _("Rows without coordinates: {rows}", rows=rows)  # fmt: skip
            st.caption(kind)
    return points


def _how_written(written: WrittenAs) -> None:
    """What was understood although it is written in another way, and what cannot be."""
    said = []
    if written.comma:
        said.append(plural("{count} row has a decimal comma, which is understood.", "{count} rows have a decimal comma, which is understood.", written.comma))  # fmt: skip
    if written.sixtieths:
        said.append(plural("{count} row is in degrees and minutes, and was turned into degrees.", "{count} rows are in degrees and minutes, and were turned into degrees.", written.sixtieths))  # fmt: skip
    if said:
        st.caption(" ".join(said))
    if written.large:
        st.caption(
            plural(
                "{count} row has numbers too large for degrees. They may be metres of another system, or degrees whose decimal mark was lost: ask the source for degrees.",
                "{count} rows have numbers too large for degrees. They may be metres of another system, or degrees whose decimal mark was lost: ask the source for degrees.",
                written.large,
            )
        )


def _mistake(desk: Desk, name: str, points: Points, mistake: Problem) -> Points:
    """Ask about coordinates that only make sense in another way; the answer is stored at once."""
    values = {"count": int(str(mistake.values["count"]))}
    if mistake.code == "points_exchanged":
        said = plural("Only with latitude and longitude exchanged, {count} point lies in an area. Are they exchanged?", "Only with latitude and longitude exchanged, {count} points lie in an area. Are they exchanged?", values["count"])  # fmt: skip
        change, label = {"exchanged": True}, _("Yes, exchange them")
    else:
        said = plural("Only with a minus sign before them, {count} point lies in an area. Are the minus signs missing?", "Only with a minus sign before them, {count} points lie in an area. Are the minus signs missing?", values["count"])  # fmt: skip
        change, label = {"signs_lost": True}, _("Yes, they are missing")
    st.markdown(f":material/help: **{said}**")
    st.caption(
        _(
            "The file stays as it is. If the answer is no, check the coordinates, or whether the map is of the same country."
        )
    )
    if st.button(label, key=f"{mistake.code}_{name}", type="primary"):
        _store(desk, points.model_copy(update=change))
    return points


def _keep(desk: Desk, points: Points) -> None:
    """What will be written, and the button that does it."""
    st.caption(
        _(
            "Two tables are made and kept beside the file, which stays as it is: “{table}” with the code of the area of each point, and “{count}” with the number of points in each area.",
            table=show.escape(points.table),
            count=show.escape(points.count),
        )
    )
    if st.button(_("Keep these tables"), type="primary", icon=":material/save:", key=f"keep_points_{points.file}"):
        _store(desk, points)


def _store(desk: Desk, points: Points) -> None:
    """Declare the points and make their tables; where a mistake is still to be asked about, only what was said is kept."""
    others = tuple(p for p in desk.study.points if p.file != points.file)
    study = desk.study.model_copy(update={"points": (*others, points)})
    try:
        make_points(study, desk.folder)
    except InputProblems as error:
        if not any(p.code in MISTAKES for p in error.problems):
            show.problems(error.problems)
            return
    state.put(f"open_{desk.study_id}", points.file)
    desk.save(study)


def _kept(desk: Desk, points: Points) -> None:
    """What is kept of the points, how to use it, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        files = ", ".join(f"“{show.escape(name)}”" for name in points.written)
        st.markdown(
            f":material/check: {_('Kept with the study: {files}. They are made anew at each run.', files=files)}"
        )
        if st.button(_("Undo"), key=f"undo_points_{points.file}", type="tertiary"):
            _undo(desk, points)
    _use(desk, points)


def _use(desk: Desk, points: Points) -> None:
    """Join the numbers to the areas, so that they can be an indicator."""
    areas = desk.study.areas
    if not points.count or not (desk.folder / points.count).is_file():
        return
    if areas is None:
        st.caption(_("Once the study has its table of areas, the number of points can be joined to it here."))
        return
    if areas.file == points.count or any(j.file == points.count for j in areas.join):
        st.caption(
            _("The number of points is joined to the areas as the column “{column}”: choose it under “Indicators”.", column=show.escape(points.column))
        )  # fmt: skip
        return
    st.caption(_("0 says that no point of this file lies in the area, not that there is none."))
    if st.button(
        _("Join the number of points to the areas"), key=f"join_points_{points.file}", icon=":material/add_link:"
    ):
        joined = TableJoin(file=points.count, area_code="area_code")
        update = {"areas": areas.model_copy(update={"join": (*areas.join, joined)})}
        desk.save(desk.study.model_copy(update=update))


def _undo(desk: Desk, points: Points) -> None:
    """Take the points out of the study, with the tables that nothing else uses."""
    study = desk.study
    if study.areas is not None:
        join = tuple(j for j in study.areas.join if j.file not in points.written)
        study = study.model_copy(update={"areas": study.areas.model_copy(update={"join": join})})
    study = study.model_copy(update={"points": tuple(p for p in study.points if p != points)})
    for name in set(points.written) - set(study.files()):
        (desk.folder / name).unlink(missing_ok=True)
    desk.save(study)
