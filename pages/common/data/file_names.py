"""Codes for a table that has only names: what met, what is near and must be confirmed, what is left on both sides.

What a person confirms goes into the reading of the file, and is remembered in the workspace for other tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.common import cached, match_view, show
from pages.common.data.desk import Desk
from pages.common.data.file_reading import declare
from pages.common.data.recognised import Seen, changed
from pages.common.words import plural
from riskmodel.inputs.match_names import Confirmed, NameMatches
from riskmodel.inputs.name_forms import plain
from riskmodel.inputs.reading_names import find_matches
from riskmodel.inputs.study_table import register_of
from riskmodel.problems import InputProblems, Where
from riskmodel.study import Study
from riskmodel.study_reading import CodesByName, Match, Reading
from riskmodel.workspace_matches import recall_matches, remember_matches


def names_part(desk: Desk, name: str, now: Seen) -> None:
    """Ask about the names of a file whose codes are taken from a list."""
    assert now.under is not None
    assert now.reading is not None
    names_of(desk, name, now.reading, now.under.applied.table)


def names_of(desk: Desk, name: str, reading: Reading, table: pd.DataFrame) -> None:
    """The same for the table of any file, such as that of a map."""
    for position, rule in enumerate(reading.names):
        try:
            register, found = matches_of(desk, name, reading, position, table)
        except InputProblems as error:
            show.problems(error.problems)
            continue
        confirmed = tuple(Confirmed(m.name, m.parent, m.code) for m in rule.confirmed)
        if earlier := _earlier(found, confirmed, register):
            _offer(desk, name, reading, position, confirmed, earlier)
        asked = match_view.ask_matches(found, confirmed, f"names_{name}_{position}")
        if asked != confirmed:
            remember_matches(cached.workspace().engine, asked, register)
            declare(desk, name, _with(reading, position, asked))


def matches_of(
    desk: Desk, name: str, reading: Reading, position: int, table: pd.DataFrame
) -> tuple[pd.DataFrame, NameMatches]:
    """Codes and names of the list, and how the names of the table meet them; raises `InputProblems`."""
    stamps = _stamps(desk, reading.names[position], name)
    return _matches(str(desk.folder / name), reading.model_dump_json(), position, stamps, desk.study, table)


def _stamps(desk: Desk, rule: CodesByName, name: str) -> tuple[object, ...]:
    return tuple(changed(desk.folder / file) for file in (name, rule.official.file))


@st.cache_resource(max_entries=12, show_spinner=False, scope="session")
def _matches(
    path: str, reading: str, position: int, stamps: object, _study: Study, _table: pd.DataFrame
) -> tuple[pd.DataFrame, NameMatches]:
    rule = Reading.model_validate_json(reading).names[position]
    register = register_of(_study, Path(path).parent)(rule.official)
    found = find_matches(_table, rule, register, Where(Path(path).name))
    named = {rule.official.area_code: "area_code", rule.official.area_name: "area_name"}
    return register[list(named)].rename(columns=named), found


def _earlier(found: NameMatches, confirmed: Sequence[Confirmed], register: pd.DataFrame) -> tuple[Confirmed, ...]:
    """Matches confirmed with another table that answer what is still open here."""
    open_ones = pd.concat([found.unmatched, found.proposed])
    names = {(plain(str(n)), plain(str(p))) for n, p in zip(open_ones["name"], open_ones["parent"], strict=True)}
    told = {(plain(c.name), plain(c.parent)) for c in confirmed}
    known = recall_matches(cached.workspace().engine, register)
    return tuple(c for c in known if (c.name, c.parent) in names - told)


def _offer(
    desk: Desk, name: str, reading: Reading, position: int, confirmed: Sequence[Confirmed], earlier: Sequence[Confirmed]
) -> None:
    label = plural(
        "Use {count} match that was confirmed here before", "Use {count} matches that were confirmed here before", len(earlier)
    )  # fmt: skip
    if st.button(label, key=f"earlier_{name}_{position}", icon=":material/history:"):
        declare(desk, name, _with(reading, position, (*confirmed, *earlier)))


def _with(reading: Reading, position: int, confirmed: Sequence[Confirmed]) -> Reading:
    """The reading with these matches confirmed."""
    matches = tuple(Match(name=c.name, parent=c.parent, code=c.area_code) for c in confirmed)
    rules = [
        rule.model_copy(update={"confirmed": matches}) if i == position else rule
        for i, rule in enumerate(reading.names)
    ]
    return reading.model_copy(update={"names": tuple(rules)})
