"""Propose the map of a study: the property whose codes meet those of the areas, how it is read, or codes taken by name.

Codes of areas come here as they will be read; nothing more is done to them for the sake of the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskmodel.inputs.recognise.draft import Draft
from riskmodel.inputs.recognise.map_codes import map_meeting
from riskmodel.inputs.recognise.map_names import has_only_names, names_of_map
from riskmodel.inputs.recognise.sources import MapSource, TableSource, code_columns
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Codes, Reading


def propose_boundaries(
    draft: Draft,
    maps: Sequence[MapSource],
    chosen: MapSource | None,
    areas: Mapping[str, frozenset[str]],
    by_name: bool,
) -> bool:
    """Settings of `boundaries`: the property whose codes meet those of the areas (codes by column, as they will be read).

    Gives whether any do.
    """
    for source in maps:
        if source is not chosen:
            draft.use(source.file, "kept", "map_not_needed")
    if chosen is None:
        return False
    where = Where(chosen.file, chosen.layer)
    meeting, read = map_meeting(areas, code_columns(chosen), chosen.codes.running)
    guessed = meeting.there if meeting else chosen.columns.column("area_code") or chosen.columns.places.key
    if meeting is not None:
        values = {"both": meeting.both, "only_table": meeting.only_here, "only_map": meeting.only_there}
        mended = read or chosen.codes.made.get(meeting.there)
        written = "map_cut" if read and read.keep_first else "map_mended" if mended else "map_meets"
        reason = "map_alone" if by_name else written  # codes by name: all of the register, not those of the table
        draft.use(chosen.file, "boundaries", reason, "sure" if meeting.share > 0.9 else "likely", **values)
        property_name = draft.answers.get("boundaries.area_code", guessed)
    elif areas:
        property_name = draft.ask("boundaries.area_code", "map_code", guessed, list(chosen.table.columns), "ask", where)
        draft.use(chosen.file, "boundaries", "map_meets_none", "ask")
    else:
        property_name = draft.answers.get("boundaries.area_code", guessed)
        draft.use(chosen.file, "boundaries", "map_alone")
    if property_name:
        column = chosen.codes.joined.get(property_name, property_name)
        part: dict[str, object] = {"file": chosen.file, "area_code": column}
        draft.settings["boundaries"] = part | ({"layer": chosen.layer} if chosen.layer else {})
        _read_map_codes(draft, chosen, property_name, read if meeting and meeting.there == property_name else None)
    return meeting is not None


def map_by_name(draft: Draft, chosen: MapSource, tables: Sequence[TableSource]) -> None:
    """A map whose codes are not those of the areas takes them by name, where a table has its names and the codes."""
    found = names_of_map(chosen, tables) if "boundaries.area_code" not in draft.answers else None
    if found is None:
        if has_only_names(chosen) and not any(code_columns(s) for s in tables):
            where = Where(chosen.file, chosen.layer)
            draft.problems.append(Problem("map_names_only", where, {"count": len(chosen.table)}, "warning"))
        return
    draft.readings[chosen.file, ""] = found.reading(chosen.file)
    part: dict[str, object] = {"file": chosen.file, "area_code": found.rule.into}
    draft.settings["boundaries"] = part | ({"layer": chosen.layer} if chosen.layer else {})
    draft.questions = [q for q in draft.questions if q.key != "boundaries.area_code"]
    draft.uses = [u for u in draft.uses if u.file != chosen.file]
    table = found.rule.official.file
    draft.use(chosen.file, "boundaries", "map_by_name", same=found.same, count=found.count, table=table)


def _read_map_codes(draft: Draft, chosen: MapSource, name: str, read: Codes | None) -> None:
    """Declare how the codes of the map are read, where they are not codes of the areas as they stand."""
    made = chosen.codes.made.get(name)
    if made is None and read is None:
        return
    columns = chosen.codes.joined.get(name, (name,))
    told = (made or Codes(into=name, columns=columns)).model_dump(exclude_defaults=True)
    told |= read.model_dump(exclude_defaults=True, exclude={"columns", "into"}) if read else {}
    if len(columns) > 1:
        told = {"into": "area_code", "columns": columns, "widths": told.get("widths", ())}
        draft.settings["boundaries"] = dict(_part(draft, "boundaries"), area_code="area_code")
    codes = Codes(**told)
    draft.readings[chosen.file, ""] = Reading(file=chosen.file, codes=(codes,))


def _part(draft: Draft, name: str) -> Mapping[str, object]:
    part = draft.settings[name]
    assert isinstance(part, dict)
    return part
