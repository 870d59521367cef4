"""How the letters of a map are read: the same names under each encoding, for a person to pick by eye.

It is open by itself only where letters look wrong. Only a shapefile leaves a choice; other kinds of maps say how they are written.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geodata.letters import stored_words
from pages.common import show, state
from pages.common.ask_reading import encoding_words
from pages.common.data.desk import Desk
from pages.common.data.map_findings import answer, facts_of
from pages.common.data.recognised import Seen, changed
from pages.common.words import _
from riskmodel.inputs.letter_choices import LetterChoice, letter_choices, look_wrong
from riskmodel.inputs.recognise.sources import MapSource

SPOILED = 3  # words shown of letters that were spoiled before the map was made


def letters_part(desk: Desk, name: str, now: Seen) -> None:
    """The choice of the encoding, or a word on letters that no choice can mend."""
    drawn = desk.study.boundaries
    if not isinstance(now.source, MapSource) or (drawn is not None and drawn.file != name):
        return
    layer = drawn.layer if drawn else ""
    words, choices = _choices(str(desk.folder / name), changed(desk.folder / name), layer)
    read = facts_of(desk.folder / name, desk.study).encoding
    mine = next((i for i, c in enumerate(choices) if _same(words, c.encoding, read)), None)
    if choices:
        _ask(desk, name, choices, mine)
    wrong = _spoiled(now.source) if not choices else []
    if wrong:
        st.caption(
            _(
                "Some letters of the map were spoiled before it reached you: {words}. No choice here can mend them; ask its producer for the map again.",
                words=show.escape(" · ".join(wrong)),
            )
        )


def _ask(desk: Desk, name: str, choices: tuple[LetterChoice, ...], mine: int | None) -> None:
    """The names in each encoding; the one in use is chosen."""
    wrong = mine is None or look_wrong(choices[mine].examples) or mine > 0
    examples = " · ".join(choices[mine].examples) if mine is not None else "—"
    with st.expander(
        _("Letters of the map: {examples}", examples=show.escape(examples)),
        expanded=bool(wrong),
        icon=":material/text_fields:",
    ):
        said = encoding_words()
        chosen = st.radio(
            _("In which line are the names written rightly?"),
            range(len(choices)),
            mine,
            format_func=[" · ".join(map(show.escape, c.examples)) for c in choices].__getitem__,
            captions=[said.get(c.encoding, c.encoding) for c in choices],
            key=f"letters_{name}_{mine}",
        )
    if chosen is not None and chosen != mine:
        state.put(f"open_{desk.study_id}", name)
        answer(desk, name, "encoding", choices[chosen].encoding)


def _same(words: tuple[bytes, ...], one: str, other: str) -> bool:
    """Whether two encodings read the words alike."""
    try:
        return all(w.decode(one) == w.decode(other) for w in words)
    except (LookupError, UnicodeDecodeError):
        return False


def _spoiled(source: MapSource) -> list[str]:
    """Names whose letters are those of a wrong encoding."""
    found: dict[str, None] = {}
    for column in source.table.columns:
        for value in source.table[column].dropna().unique():
            if look_wrong([str(value)]):
                found[str(value)] = None
            if len(found) >= SPOILED:
                return list(found)
    return list(found)


@st.cache_resource(max_entries=12, show_spinner=False, scope="session")
def _choices(path: str, changed: tuple[float, int], layer: str) -> tuple[tuple[bytes, ...], tuple[LetterChoice, ...]]:
    words = stored_words(Path(path), layer)
    return words, letter_choices(words)
