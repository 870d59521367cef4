"""Propose the tables of areas of a study: which is the main one, which are joined, which boundaries go with them.

The level is set by the boundaries, else by the population, else by the table with most areas; a table of another level is
kept aside and said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskmodel.inputs.recognise.beside import AsRead, side_by_side
from riskmodel.inputs.recognise.draft import Draft
from riskmodel.inputs.recognise.map_codes import map_meeting
from riskmodel.inputs.recognise.meet import ENOUGH, Meeting, best_meeting
from riskmodel.inputs.recognise.propose_map import map_by_name, propose_boundaries
from riskmodel.inputs.recognise.sources import MapSource, TableSource, code_columns, codes_of
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Codes, CodesByName, Register

# Columns that a name with its parent in brackets is cut into.
NAME, PARENT = "area_name", "parent"

AREA_KINDS = ("areas", "areas_by_year", "register")


def propose_places(
    draft: Draft, tables: Sequence[TableSource], maps: Sequence[MapSource], population: TableSource | None
) -> list[TableSource]:
    """Settings of `areas` and `boundaries`; gives the tables of areas used, the main one first."""
    candidates = [s for s in tables if s.kind.kind in AREA_KINDS and s.columns.places.key]
    chosen_map = _best_map(maps, [*candidates, *([population] if population else [])])
    reference = _reference(draft, chosen_map, population, candidates)
    coded = [s for s in candidates if code_columns(s)]
    meetings = {id(s): best_meeting(code_columns(s), reference) for s in coded} if reference else {}
    level = [s for s in coded if not reference or meetings[id(s)] is not None]
    used: list[TableSource] = []
    keys: dict[str, frozenset[str]] = {}
    nameless = [s for s in candidates if not code_columns(s)]
    figures = [s for s in level if _adds(s)] or [s for s in nameless if _adds(s)]
    main = max(figures or level or nameless, key=_worth, default=None)
    if main is not None:
        keys = _main(draft, main, meetings.get(id(main)), [s for s in level if s is not main])
        used.append(main)
        draft.area_codes = next(iter(keys.values()))
        own = AsRead(main, next(iter(keys)), _read_as(meetings.get(id(main)))) if code_columns(main) else None
        keys = _beside_map(draft, own, keys, chosen_map)
        draft.area_codes = next(iter(keys.values()))
        for other in (s for s in level if s is not main):
            if _adds(other) and _join(draft, other, keys, own):
                used.append(other)
            elif not _adds(other):
                _beside_register(draft, own, keys, other)
        _children(draft, used)
    for source in candidates:
        if source not in used:
            if not _adds(source) and main is not None and source in level:
                serves = any(n.official.file == source.file for n in draft.reading(main).names)
                draft.use(
                    source.file, "register" if serves else "kept", "register" if serves else "register_not_needed"
                )
            else:
                draft.use(source.file, "kept", "other_level" if code_columns(source) else "without_codes")
    if not keys and population is not None and population.columns.column("area_code"):
        keys = {population.columns.column("area_code"): codes_of(population, population.columns.column("area_code"))}
    met = propose_boundaries(draft, maps, chosen_map, keys, by_name=main is not None and not code_columns(main))
    if chosen_map is not None and not met:
        map_by_name(draft, chosen_map, [*used, *(s for s in level if s not in used)])
    return used


def _worth(source: TableSource) -> tuple[bool, bool, bool, int, int]:
    """What makes a table the main one: names, the unit above, something measured, indicators, many areas."""
    columns = source.columns
    named, above = (
        bool(columns.places.column("area_name")),
        bool(columns.column("parent_code") or columns.column("parent_name")),
    )
    return named, above, is_measured(source), len(columns.columns("indicator")), source.rows


def is_measured(source: TableSource) -> bool:
    """Whether a table holds a measured or estimated rate of child labour."""
    columns = source.columns
    return bool(
        (columns.column("cases") and columns.column("total")) or columns.column("rate") or columns.column("risk")
    )


def _adds(source: TableSource) -> bool:
    """Whether a table has anything to add to another one: figures, not only names and codes."""
    return source.kind.kind != "register" or is_measured(source)


def _best_map(maps: Sequence[MapSource], others: Sequence[TableSource]) -> MapSource | None:
    """The boundaries whose codes meet those of the tables best; the only ones where there is nothing to meet."""
    if len(maps) < 2:
        return maps[0] if maps else None

    def met(source: MapSource) -> float:
        meetings = (best_meeting(code_columns(t), code_columns(source)) for t in others)
        return sum(m.share for m in meetings if m)

    return max(maps, key=lambda source: (met(source), len(code_columns(source)) > 0))


def _reference(
    draft: Draft, chosen: MapSource | None, population: TableSource | None, candidates: Sequence[TableSource]
) -> dict[str, frozenset[str]]:
    """The codes that say which level is meant; none where only one table has codes."""
    if chosen is not None and code_columns(chosen):
        mapped = code_columns(chosen)
        meets = [best_meeting(code_columns(s), mapped) for s in candidates if code_columns(s)]
        if any(meets) or not meets:
            return mapped
    if population is not None and population.columns.column("area_code"):
        return {population.columns.column("area_code"): codes_of(population, population.columns.column("area_code"))}
    coded = [s for s in candidates if code_columns(s)]
    if len(coded) < 2:
        return {}
    first = max(coded, key=_worth)
    # the main table may have lost its zeros: codes that are written whole show them
    whole = [s for s in coded if best_meeting(code_columns(s), code_columns(first)) or s is first]
    longest = max(whole, key=lambda s: max((len(c) for codes in code_columns(s).values() for c in codes), default=0))
    return code_columns(longest)


def _main(
    draft: Draft, source: TableSource, meeting: Meeting | None, others: Sequence[TableSource]
) -> dict[str, frozenset[str]]:
    """Settings of the main table; gives its codes as they will be read, for the joined tables to meet."""
    columns = source.columns
    where = Where(source.file, source.sheet)
    code = meeting.here if meeting else columns.column("area_code")
    areas: dict[str, object] = {"file": source.file}
    if source.sheet:
        areas["sheet"] = source.sheet
    if code:
        guess = columns.guess("area_code")
        options = list(code_columns(source))
        if (len(options) > 1 and meeting is None) or (
            guess is not None and guess.certainty == "ask" and meeting is None
        ):
            code = draft.ask("areas.area_code", "area_code", code, options, "likely", where)
        codes = _read(draft, source, code, meeting)
    else:
        code, codes = _by_name(draft, source, others)
    areas["area_code"] = code
    name = columns.column("area_name") or columns.column("area_label")
    if name and name != code:
        areas["area_name"] = name
    parent, parent_name = columns.column("parent_code"), columns.column("parent_name")
    if parent or parent_name:
        areas["parent_code"] = parent or parent_name
        if parent_name and parent:
            areas["parent_name"] = parent_name
    if source.kind.kind == "areas_by_year":
        areas["year"] = _one_year(draft, source)
    elif (year := draft.year(source, "areas.year")) is not None:
        areas["year"] = year
    draft.settings["areas"] = {k: v for k, v in areas.items() if v is not None}
    draft.use(source.file, "areas", "areas_main", source.kind.certainty, count=source.rows)
    return {code: codes}


def _children(draft: Draft, used: Sequence[TableSource]) -> None:
    """The number of children of each area: those a measured rate was counted among, else a column of children."""
    counted = [s.columns.column("total") for s in used if s.columns.column("cases") and s.columns.column("total")]
    found = [*counted, *(s.columns.column("children") for s in used if s.columns.column("children"))]
    areas = draft.settings.get("areas")
    if found and isinstance(areas, dict):
        areas["children"] = found[0]


def _read(draft: Draft, source: TableSource, code: str, meeting: Meeting | None) -> frozenset[str]:
    """Declare how the codes are read; gives them as they will be."""
    codes = codes_of(source, code)
    if meeting is None or meeting.here != code or meeting.how == "same":
        return codes
    draft.read_codes(source, meeting.codes())
    return frozenset(map(meeting.read, codes))


def _by_name(draft: Draft, source: TableSource, others: Sequence[TableSource]) -> tuple[str, frozenset[str]]:
    """A table without codes takes them by name from one that has them; else its names stand for the codes."""
    label = source.columns.column("area_name") or source.columns.column("area_label")
    register = next((s for s in others if s.columns.column("area_code") and s.columns.column("area_name")), None)
    where = Where(source.file, source.sheet, label)
    if register is None:
        draft.problems.append(Problem("intake_names_as_codes", where, severity="warning"))
        return label, codes_of(source, label)
    cut = bool(source.columns.column("area_label"))
    if cut:
        draft.cut_names(source, label)
    draft.read_names(source, names_part(source, NAME if cut else label, register))
    return "area_code", codes_of(register, register.columns.column("area_code"))


def register_part(register: TableSource) -> Register:
    """A table of codes and names as a reading names it."""
    columns = register.columns
    parent = columns.column("parent_name") or columns.column("parent_code")
    return Register(
        file=register.file, sheet=register.sheet, area_code=columns.column("area_code"),
        area_name=columns.column("area_name"), parent=parent,
    )  # fmt: skip


def names_part(source: TableSource, name: str, register: TableSource) -> CodesByName:
    """Codes of a table taken by name; within the parent where both files name it alike."""
    columns = source.columns
    parent = columns.column("parent_name") or columns.column("parent_code") or _cut_parent(source, name)
    official = register_part(register)
    if parent and official.parent:
        mine, theirs = (
            {str(v).casefold() for v in s.table[c].dropna()} for s, c in ((source, parent), (register, official.parent))
        )
        known = sum(v in theirs or any(_abbreviates(v, full) for full in theirs) for v in mine)
        if known < ENOUGH * len(mine):
            parent, official = "", official.model_copy(update={"parent": ""})
    return CodesByName(column=name, parent=parent if official.parent else "", official=official)


def _cut_parent(source: TableSource, name: str) -> str:
    """The parent cut from the column that held the name too; it may be the same in every row, and so be no guess."""
    splits = source.reading.split if source.reading else ()
    return next((s.into[1] for s in splits if s.into[0] == name and s.form.startswith("name")), "")


def _abbreviates(short: str, full: str) -> bool:
    """Whether a few letters stand for a name: "mg" for "minas gerais", in order and with the same first letter."""
    letters = iter(full)
    return 2 <= len(short) <= 4 and short.isalpha() and full.startswith(short[0]) and all(c in letters for c in short)


def _one_year(draft: Draft, source: TableSource) -> int | None:
    """The year kept of a table that repeats its areas: the last one, to be confirmed."""
    column = source.columns.column("year")
    kept = [k for k in draft.reading(source).keep if k.column == column]
    years = sorted(
        {str(int(float(v))) for v in source.table[column].dropna().unique() if str(v).replace(".", "").isdecimal()}
    )
    if kept or not years:
        return int(kept[0].values[0]) if kept and kept[0].values[0].isdecimal() else None
    where = Where(source.file, source.sheet, column)
    chosen = draft.ask(
        f"reading.{source.file}.keep", "which_year", years[-1], years[::-1], "likely", where, count=len(years)
    )
    draft.keep_rows(source, column, chosen)
    return int(chosen) if chosen.isdecimal() else None


def _beside_map(
    draft: Draft, own: AsRead | None, keys: dict[str, frozenset[str]], chosen: MapSource | None
) -> dict[str, frozenset[str]]:
    """Put the main table beside the map; gives its codes after the changes that were answered."""
    if own is None or chosen is None:
        return keys
    meeting, read = map_meeting(keys, code_columns(chosen), chosen.codes.running)
    column = draft.answers.get("boundaries.area_code", meeting.there) if meeting else ""
    if column not in chosen.table:
        return keys
    return {own.code: side_by_side(draft, own, AsRead(chosen, column, read))}


def _read_as(meeting: Meeting | None) -> Codes | None:
    return meeting.codes() if meeting else None


def _beside_register(draft: Draft, own: AsRead | None, keys: dict[str, frozenset[str]], register: TableSource) -> None:
    """Put the main table beside a list of areas that adds no figures: of another year it tells which areas changed."""
    meeting = best_meeting(code_columns(register), keys)
    if own is not None and meeting is not None:
        side_by_side(draft, own, AsRead(register, meeting.here, meeting.codes()))


def _join(draft: Draft, source: TableSource, keys: dict[str, frozenset[str]], own: AsRead | None) -> bool:
    """Join a table to the main one, if its codes meet."""
    meeting = best_meeting(code_columns(source), keys)
    if meeting is None:
        return False
    _read(draft, source, meeting.here, meeting)
    if source.kind.kind == "areas_by_year":
        _one_year(draft, source)
    if own is not None:
        side_by_side(draft, AsRead(source, meeting.here, meeting.codes()), own)
    areas = draft.settings["areas"]
    assert isinstance(areas, dict)
    joined = {"file": source.file, "area_code": meeting.here} | ({"sheet": source.sheet} if source.sheet else {})
    areas["join"] = [*areas.get("join", []), joined]
    draft.use(
        source.file,
        "join",
        "areas_joined",
        "sure" if meeting.share > 0.9 else "likely",
        both=meeting.both,
        only_here=meeting.only_here,
    )
    return True
