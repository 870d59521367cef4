"""One file of the study as a card: what it is, how sure that is, what was found in it, what only a person can say.

Rows of persons are shown only to the visitor who brought the file, and never what tells who somebody is.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.common import quality_view, show, state
from pages.common.data import file_findings, file_names, file_reading, map_findings, recognised
from pages.common.data.desk import Desk
from pages.common.data.map_by_name import OF_NAMES, by_name_part, takes_names
from pages.common.data.map_letters import letters_part
from pages.common.data.points_part import has_points, points_part
from pages.common.data.recognised import Seen
from pages.common.words import _, current, plural
from riskmodel.inputs.recognise import words
from riskmodel.inputs.recognise.map_names import has_only_names
from riskmodel.inputs.recognise.sources import MapSource, OtherSource, TableSource
from riskmodel.inputs.say_columns import made_columns, say_nameless

ICONS = {
    "survey": "ballot",
    "census": "groups",
    "dwellings": "home",
    "cells": "grid_on",
    "margins": "grid_on",
    "areas": "table_chart",
    "areas_by_year": "calendar_month",
    "register": "list_alt",
    "services": "location_on",
    "dictionary": "menu_book",
    "boundaries": "map",
    "model": "function",
    "study": "description",
    "archive": "folder_zip",
    "unknown": "help",
    "not_a_table": "block",
}

# Roles of columns that a card tells; the many others are below, where the study uses them.
TOLD = (
    "area_code",
    "area_name",
    "area_label",
    "parent_code",
    "parent_name",
    "year",
    "weight",
    "stratum",
    "psu",
    "age",
    "sex",
    "outcome",
    "cases",
    "total",
    "rate",
    "risk",
    "latitude",
    "longitude",
)


def card(desk: Desk, name: str) -> None:
    """What the file is; details where they are asked for."""
    with st.container(border=True, key=f"file_{name}"):
        with st.spinner(_("Looking at {name}: what it is, where its table begins, how it is written", name=name)):
            now = recognised.seen(desk, name)
        _head(desk, name, now)
        if now.fault:
            st.error(
                _(
                    "This file could not be looked at because of a fault in the program. Your other files and the study are as they were."
                )
            )
            return
        _found(now)
        file_findings.findings(now)
        own = (
            now.source.problems if isinstance(now.source, OtherSource) and now.source.kind.kind != "boundaries" else ()
        )
        show.problems([replace(p, where=replace(p.where, file="")) for p in (*now.problems, *own)])  # the card names it
        file_findings.questions(desk, name, now)
        if now.source.kind.kind == "boundaries":
            _map(desk, name, now)
        if has_points(desk, name, now):
            points_part(desk, name, now)
        _details(desk, name, now)


def _map(desk: Desk, name: str, now: Seen) -> None:
    """What is found in a map; where it has no codes of its own, how they are found by name."""
    by_name = takes_names(desk, name, now)
    if by_name:
        by_name_part(desk, name, now)
    map_findings.map_part(desk, name, OF_NAMES if by_name else ())
    letters_part(desk, name, now)


def _head(desk: Desk, name: str, now: Seen) -> None:
    kind = now.source.kind
    certainty = f" :gray-badge[{show.escape(current()(words.CERTAINTIES[kind.certainty]))}]"
    st.markdown(
        f":material/{ICONS[kind.kind]}: **{show.escape(name)}**  \n{show.escape(current()(words.KINDS[kind.kind]))}"
        + (certainty if kind.kind not in ("unknown", "not_a_table") else "")
    )
    size = [*_size(now), show.size(desk.folder / name)]
    used = name in desk.study.files()
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    row.caption(" · ".join([*size, *([_("in use")] if used else [])]), width="content")
    if not used and row.button(_("Remove"), key=f"remove_{name}", icon=":material/close:", type="tertiary"):
        (desk.folder / name).unlink(missing_ok=True)
        kept = tuple(r for r in desk.study.reading if r.file != name)
        desk.save(desk.study.model_copy(update={"reading": kept}))


def _size(now: Seen) -> list[str]:
    source = now.source
    if isinstance(source, MapSource):
        return [plural("{count} shape", "{count} shapes", len(source.table))]
    if not isinstance(source, TableSource):
        return []
    return [
        plural("{count} row", "{count} rows", source.rows),
        plural("{count} column", "{count} columns", len(source.columns.facts)),
    ]


def _found(now: Seen) -> None:
    """Why it is taken for what it is, and its main columns by what they hold."""
    source, t = now.source, current()
    if isinstance(source, OtherSource):
        if source.what in words.CONTENTS and source.kind.kind in ("unknown", "not_a_table") and not now.problems:
            st.markdown(t(words.CONTENTS[source.what]))
        return
    lines = [t(words.KIND_REASONS[source.kind.reason])]
    unsaid = ("area_code",) if isinstance(source, MapSource) and has_only_names(source) else ()
    told = [g for role in TOLD if role not in unsaid for g in source.columns.guesses if g.role == role]
    made = made_columns(now.reading)
    columns = [
        t(words.ROLES[g.role]) + ("" if g.column in made else f" **{show.escape(say_nameless(g.column, t))}**")
        for g in told[:8]
    ]
    st.markdown(
        show.escape(lines[0]) + ("  \n" + _("Columns: {columns}.", columns=" · ".join(columns)) if columns else "")
    )


def _details(desk: Desk, name: str, now: Seen) -> None:
    """What was done, its quality, another way of reading: one at a time."""
    if now.under is None:
        if now.reading is not None and not isinstance(now.source, MapSource):
            file_reading.as_it_is(desk, name)
        return
    done = len(file_reading.grouped(now.under.applied.changes))
    labels = {
        "done": plural("{count} thing was done to read it", "{count} things were done to read it", done)
        if done
        else _("First rows"),
        "names": _("Codes by name"),
        "quality": _("Quality"),
        "otherwise": _("Read it in another way"),
    }
    with_names = now.reading is not None and now.reading.names
    if not with_names:
        labels.pop("names")
    opened = st.pills(
        _("Details of the file"),
        list(labels),
        default="names" if with_names else "done" if done and len(desk.waiting()) <= 1 else None,
        format_func=labels.__getitem__,
        key=f"details_names_{name}" if with_names else f"details_{name}",
        label_visibility="collapsed",
    )
    match opened:
        case "done":
            file_reading.what_was_done(desk, name, now, _may_see(desk, name, now))
        case "names":
            file_names.names_part(desk, name, now)
        case "quality":
            quality_view.quality_part(desk.study, desk.folder, name, recognised.roles_for_quality(now))
        case "otherwise":
            file_reading.otherwise(desk, name, now)


def _may_see(desk: Desk, name: str, now: Seen) -> bool:
    """Rows of areas are for everybody who may open the study; rows of persons only for who brought them, in that visit."""
    assert now.under is not None
    return not now.under.persons or name in state.keep(f"brought_{desk.study_id}", [])
