"""Which properties of a map may hold the codes of its areas, and how they meet the codes of the table of areas.

What `geodata` found in the map counts more than the names of its columns. A property that only numbers the shapes is never
a code unless every one of its numbers is a code of the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from riskmodel.inputs.recognise.columns import TableColumns
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.meet import How, Meeting, best_meeting
from riskmodel.inputs.recognise.roles import ColumnGuess
from riskmodel.study_reading import Codes

# Between the names of columns that are joined.
AND = " + "
# Letters of a country or of an office before a code: "CO05001", "MX-01001".
LETTERS = re.compile(r"^([A-Za-z]{1,3}[-_.]?)\d+$")
# Names programs of maps give to the number of a shape; such a number is never a code, even where codes count from 1 too.
COUNTER = re.compile(r"^(object_?id|f?gid|fid|ogc_fid|oid|id|id_?\d|row|index|n|nro|num)(_\d+)?$", re.IGNORECASE)
# The codes of the areas are taken as they will be read: nothing more is done to them.
AS_READ: tuple[How, ...] = ("zeros", "check_digit", "check_digit_added")
# So many of the codes must meet before a running number, or a code that is cut, counts.
NEARLY_ALL, MOST = 0.98, 0.9


@dataclass(frozen=True)
class MapCode:
    """Properties of a map that may hold the code, joined in their order, as found in its shapes."""

    columns: tuple[str, ...]
    certainty: Certainty
    running: bool = False


@dataclass(frozen=True)
class MapCodes:
    """Properties with codes, as `MapSource` keeps them.

    joined : columns by the name under which the table holds them together.
    made : how a property is read so that it is a code: letters taken off its front.
    running : properties that only number the shapes.
    """

    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: Mapping[str, Codes] = field(default_factory=dict)
    running: frozenset[str] = frozenset()


def with_map_codes(
    table: pd.DataFrame, columns: TableColumns, found: Sequence[MapCode]
) -> tuple[pd.DataFrame, TableColumns, MapCodes]:
    """The table of a map with its codes as they may be read, what its columns are, and how the codes were made.

    table : properties as text, one row per shape.
    found : the likeliest first, of `geodata.columns`; none where only names of columns can tell.
    """
    counters = {c for f in found if f.running for c in f.columns if COUNTER.match(c)}
    found = [f for f in found if all(c in table and c not in counters for c in f.columns)]
    if not found:
        return table, _without(columns, counters), MapCodes()
    joined: dict[str, tuple[str, ...]] = {}
    made: dict[str, Codes] = {}
    for code in found:
        name = AND.join(code.columns)
        if len(code.columns) > 1:
            joined[name] = code.columns
            table = table.assign(**{name: _joined(table[list(code.columns)])})
        elif letters := letters_before(table[name]):
            made[name] = Codes(into=name, columns=(name,), drop_first=letters)
            table = table.assign(**{name: table[name].str[letters:]})
    running = frozenset(AND.join(f.columns) for f in found if f.running)
    ordered = sorted(found, key=lambda f: f.running)
    return table, _with_guesses(columns, ordered), MapCodes(joined, made, running)


def letters_before(codes: pd.Series) -> int:
    """How many letters stand before the digits of every code, the same ones; 0 for none."""
    present = codes.dropna().astype(str).unique()
    marks = {m[1] for code in present if (m := LETTERS.match(code))}
    return len(marks.pop()) if len(marks) == 1 and all(LETTERS.match(c) for c in present) else 0


def map_meeting(
    areas: Mapping[str, frozenset[str]], mapped: Mapping[str, frozenset[str]], running: frozenset[str] = frozenset()
) -> tuple[Meeting | None, Codes | None]:
    """How the codes of areas (as they will be read) meet those of the map, and what must be done to the map's first.

    Zeros that the map lost are given back, check digits dropped, and codes of smaller units (census tracts) are cut to
    those of the areas.
    """
    coded = {name: codes for name, codes in mapped.items() if name not in running}
    meeting = best_meeting(areas, coded, AS_READ) if coded else None
    if meeting is not None:
        return meeting, None
    for way in (_mended(areas, coded), _cut(areas, coded)):
        if way is not None:
            return way
    counted = {name: codes for name, codes in mapped.items() if name in running}
    meeting = best_meeting(areas, counted, AS_READ) if counted else None
    if meeting is not None and meeting.share >= NEARLY_ALL:
        return meeting, None
    again = _mended(areas, counted)
    return again if again is not None and again[0].share >= NEARLY_ALL else (None, None)


def _mended(
    areas: Mapping[str, frozenset[str]], mapped: Mapping[str, frozenset[str]]
) -> tuple[Meeting, Codes | None] | None:
    """The map's codes with their zeros, or without their check digit."""
    meeting = best_meeting(mapped, areas) if mapped and areas else None
    if meeting is None or meeting.how == "same":
        return None
    return meeting.turned, meeting.codes()


def _cut(
    areas: Mapping[str, frozenset[str]], mapped: Mapping[str, frozenset[str]]
) -> tuple[Meeting, Codes | None] | None:
    """The map's codes cut to the length of those of the areas, where that makes nearly all of them codes of areas."""
    for one, codes in areas.items():
        lengths = {len(c) for c in codes if c.isdecimal()}
        if len(lengths) != 1:
            continue
        width = lengths.pop()
        for other, finer in mapped.items():
            if not finer or any(len(c) <= width or not c.isdecimal() for c in finer):
                continue
            cut = frozenset(c[:width] for c in finer)
            both = len(cut & codes)
            if len(cut) > 1 and both >= MOST * len(cut) and len(finer) > len(cut):
                meeting = Meeting(one, other, "same", both, len(codes - cut), len(cut - codes), width)
                return meeting, Codes(into=other, columns=(other,), keep_first=width)
    return None


def _joined(parts: pd.DataFrame) -> pd.Series:
    """Parts of a code, each with the zeros of the longest of its column, as `geodata.codes` joins them."""
    joined: pd.Series | None = None
    for name in parts.columns:
        part = parts[name].astype("string")
        longest = int(part.str.len().max()) if part.notna().any() else 0
        part = part.str.zfill(longest)
        joined = part if joined is None else joined + part
    assert joined is not None
    return joined


def _without(columns: TableColumns, counters: set[str]) -> TableColumns:
    """Guesses without the columns that only number the shapes."""
    if not counters:
        return columns
    left = tuple(
        g for g in columns.guesses if not (g.column in counters and g.role in ("area_code", "area_code_other"))
    )
    places = tuple(g for g in columns.places.guesses if g.column not in counters)
    return replace(columns, guesses=left, places=replace(columns.places, guesses=places))


def _with_guesses(columns: TableColumns, found: Sequence[MapCode]) -> TableColumns:
    """Guesses in which the codes are those found in the shapes; what else names of columns told is kept."""
    named = [AND.join(f.columns) for f in found]
    first = named[0] if not found[0].running else ""
    codes = [ColumnGuess(first, "area_code", found[0].certainty, "unique", tuple(named[1:]))] if first else []
    others = [ColumnGuess(n, "area_code_other", "likely", "name_and_values") for n in named if n != first]
    kept = [g for g in columns.guesses if g.role not in ("area_code", "area_code_other") and g.column not in named]
    places = [g for g in columns.places.guesses if g in kept]
    guesses = (*codes, *others, *kept)
    return replace(columns, guesses=guesses, places=replace(columns.places, guesses=(*codes, *others, *places)))
