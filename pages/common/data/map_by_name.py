"""A map that has only names: where its codes can come from, and what a person confirms.

Nothing is asked of a map whose codes meet those of a table; names that are in doubt are proposed, never joined by themselves.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from geodata.attributes import read_attributes
from pages.common import show, state
from pages.common.data import recognised
from pages.common.data.desk import Desk
from pages.common.data.file_names import matches_of, names_of
from pages.common.data.recognised import Seen, changed
from pages.common.words import _, current, plural
from riskmodel.inputs.recognise.map_names import INTO, MapNames, has_only_names, name_columns, with_table
from riskmodel.inputs.recognise.meet import ENOUGH, best_meeting
from riskmodel.inputs.recognise.sources import MapSource, TableSource, code_columns
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study import Boundaries
from riskmodel.study_reading import Reading

# Problems of a map whose names stand for codes; they say nothing once its codes are found by name.
OF_NAMES = ("boundaries_no_code_found", "boundaries_codes_joined")


def takes_names(desk: Desk, name: str, now: Seen) -> bool:
    """Whether the codes of this map are, or must be, taken by name."""
    if now.reading is not None and now.reading.names:
        return True
    other_map = desk.study.boundaries is not None and desk.study.boundaries.file != name
    return isinstance(now.source, MapSource) and not other_map and _needed(desk, name, now.source)[0]


def waits(desk: Desk, name: str) -> bool:
    """Whether names of a map have found no code and may still find one: the list has areas left."""
    now = recognised.seen(desk, name)
    if now.reading is None or not now.reading.names:
        return False
    try:
        found = matches_of(desk, name, now.reading, 0, _table_of(desk, name))[1]
    except InputProblems:
        return True
    open_ones = found.unmatched["why"] != "confirmed_none"
    return bool(len(found.proposed)) or bool(len(found.unused) and open_ones.any())


def by_name_part(desk: Desk, name: str, now: Seen) -> None:
    """The matches of a map that takes its codes by name; otherwise the table they could be taken from, or what is needed."""
    assert isinstance(now.source, MapSource)
    if now.reading is not None and now.reading.names:
        _matches(desk, name, now.reading)
        return
    options = _needed(desk, name, now.source)[1]
    if not options:
        show.problems([Problem("map_names_only", Where(name), {"count": len(now.source.table)}, "warning")])
        return
    _offer(desk, name, now.source, options)


def _needed(desk: Desk, name: str, source: MapSource) -> tuple[bool, list[MapNames]]:
    """Whether a map has no codes, or none that a table knows while it knows the names; and the tables that know names."""
    tables = _tables(desk)
    readings = tuple((t.file, t.reading.model_dump_json() if t.reading else "") for t in tables)
    stamps = tuple(changed(desk.folder / t.file) for t in tables)
    return _options(str(desk.folder / name), changed(desk.folder / name), (readings, stamps), source, tables)


@st.cache_resource(max_entries=12, show_spinner=False, scope="session")
def _options(
    path: str, changed: tuple[float, int], key: object, _source: MapSource, _tables: list[TableSource]
) -> tuple[bool, list[MapNames]]:
    only_names = has_only_names(_source)
    if not only_names and any(best_meeting(code_columns(t), code_columns(_source)) for t in _tables):
        return False, []
    found = [m for t in _tables if (m := with_table(_source, t, 0.0 if only_names else ENOUGH)) is not None]
    return only_names or bool(found), sorted(found, key=lambda m: -m.same)


def _tables(desk: Desk) -> list[TableSource]:
    """Tables of the study with codes and names of areas."""
    found = [recognised.seen(desk, name).source for name in desk.tables()]
    return [
        s for s in found
        if isinstance(s, TableSource) and s.columns.column("area_code") and s.columns.column("area_name")
    ]  # fmt: skip


def _offer(desk: Desk, name: str, source: MapSource, options: list[MapNames]) -> None:
    """The table, the columns of the map, and the button that takes the codes from it."""
    st.markdown(
        f":material/help: **{_('This map has names and no official codes. From which table should the codes be taken?')}**"
    )
    files = [m.rule.official.file for m in options]
    left, middle, right = st.columns(3)
    chosen = options[left.selectbox(
        _("Table with codes and names"), range(len(files)), format_func=files.__getitem__, key=f"map_table_{name}"
    )]  # fmt: skip
    rule = chosen.rule
    names = name_columns(source)
    column = middle.selectbox(
        _("Names of the areas on the map"), names, names.index(rule.column), key=f"map_names_{name}_{files}"
    )
    none = _("(none)")
    above = ["", *(n for n in source.table.columns if n != column)]
    parent = right.selectbox(
        _("Parent unit on the map"), above, above.index(rule.parent) if rule.parent in above else 0,
        format_func=lambda c: c or none, key=f"map_parent_{name}_{files}_{column}",
        help=_("It tells areas of the same name apart."),
    )  # fmt: skip
    same = plural(
        "{same} of the {count} name of the map is the same in the table.",
        "{same} of the {count} names of the map are the same in the table.",
        chosen.count,
        same=current().number(chosen.same),
    )
    st.caption(
        f"{same} {_('The others are proposed to you one by one; nothing in doubt is joined by itself.')}"
        if column == rule.column
        else _("Names in doubt are proposed to you one by one; none is joined by itself.")
    )
    kind = "primary" if desk.study.areas else "secondary"  # while nothing is set up, the proposal below does the same
    if st.button(_("Take the codes by name"), type=kind, icon=":material/link:", key=f"take_names_{name}"):
        official = rule.official if parent else rule.official.model_copy(update={"parent": ""})
        rule = rule.model_copy(update={"column": column, "parent": parent, "official": official})
        _store(desk, name, source.layer, Reading(file=name, names=(rule,)), rule.into)


def _store(desk: Desk, name: str, layer: str, reading: Reading, code: str) -> None:
    """Declare how the codes are found, and the map as that of the study."""
    now = desk.study.boundaries
    drawn = Boundaries(**(now.model_dump() if now else {"layer": layer}) | {"file": name, "area_code": code})
    others = tuple(r for r in desk.study.reading if r.file != name)
    state.put(f"open_{desk.study_id}", name)
    desk.save(desk.study.model_copy(update={"boundaries": drawn, "reading": (*others, reading)}))


def _matches(desk: Desk, name: str, reading: Reading) -> None:
    """What met, what is proposed, what is left on both sides; and the way back."""
    table = _table_of(desk, name)
    official = reading.names[0].official.file
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/link: {_('The codes of this map are taken by name from “{table}”.', table=show.escape(official))}"
        )
        if st.button(_("Undo"), key=f"undo_names_{name}", type="tertiary"):
            _undo(desk, name)
    st.caption(_("Below, “the table” is that of the map, and “the list” is “{table}”.", table=show.escape(official)))
    if not reading.names[0].parent:
        _same_names(table[reading.names[0].column])
    names_of(desk, name, reading, table)


def _same_names(names: pd.Series) -> None:
    """Say that equal names cannot be told apart on a map without parent units."""
    twice = int(names.dropna()[names.dropna().duplicated(keep=False)].nunique())
    if twice:
        st.caption(
            plural(
                "{count} name stands on several shapes, and the map does not say in which parent unit each lies. Unless they are parts of one area, leave it without a code: those shapes are then not drawn.",
                "{count} names stand on several shapes each, and the map does not say in which parent unit each lies. Unless they are parts of one area, leave them without a code: those shapes are then not drawn.",
                twice,
            )
        )


def _undo(desk: Desk, name: str) -> None:
    """Take the names back; a map that was in use only by them is in use no more."""
    others = tuple(r for r in desk.study.reading if r.file != name)
    now = desk.study.boundaries
    made = now is not None and now.file == name and str(now.area_code).startswith(INTO)
    desk.save(desk.study.model_copy(update={"reading": others} | ({"boundaries": None} if made else {})))


def _table_of(desk: Desk, name: str) -> pd.DataFrame:
    now = desk.study.boundaries
    said = (now.layer, now.encoding) if now and now.file == name else ("", "")
    return _read(str(desk.folder / name), changed(desk.folder / name), *said)


@st.cache_resource(max_entries=12, show_spinner=False, scope="session")
def _read(path: str, changed: tuple[float, int], layer: str, encoding: str) -> pd.DataFrame:
    table, _layer, problems = read_attributes(Path(path), layer, encoding)
    if problems:
        raise InputProblems(problems)
    return table
