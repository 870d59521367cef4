"""What recognition found in a file, as sentences with their certainty, and the questions only a person can answer.

A question that is answered stays where it is, so that the answer can be changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from pages.common import show, state
from pages.common.data import recognised
from pages.common.data.desk import Desk
from pages.common.data.file_reading import QUIET, declare
from pages.common.data.recognised import Seen
from pages.common.words import current
from riskmodel.i18n import Translator
from riskmodel.inputs.recognise.answers import answer_in, answered, options_of
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.recognise.words import CERTAINTIES
from riskmodel.inputs.say_columns import made_columns, say_made
from riskmodel.inputs.say_reading import say_choice, say_guess
from riskmodel.study_reading import Reading

ICONS = {"sure": "check", "likely": "line_start_circle", "ask": "help"}


def findings(now: Seen) -> None:
    """Every finding that changes how the file is read, the sure ones first as they were made."""
    if now.found is None:
        return
    t = current()
    told = [g for g in now.found.guesses if g.certainty != "ask"]
    loud = [g for g in told if not g.code.startswith(QUIET)]
    made = made_columns(now.found.reading)
    lines = []
    for guess in loud:
        words = say_guess(_named(guess, made, t), t)
        said = show.escape(f"{words.what} {words.where}".strip() if guess.where.column else words.what)
        doubt = f" :gray-badge[{t(CERTAINTIES['likely'])}]" if guess.certainty == "likely" else ""
        lines.append(f"- :material/{ICONS[guess.certainty]}: {said}{doubt}")
    if lines:
        with st.container(key=f"findings_{now.source.file}"):
            st.markdown("\n".join(lines))


def _named(guess: Guess, made: Collection[str], t: Translator) -> Guess:
    """The finding, its column in words where the reading made it."""
    column = guess.where.column
    return replace(guess, where=replace(guess.where, column=say_made(column, t))) if column in made else guess


def questions(desk: Desk, name: str, now: Seen) -> None:
    """Ask what only a person can say; an answer is stored with the study at once."""
    if now.found is None:
        return
    for position, guess in enumerate(now.found.questions):
        _ask(desk, name, now, guess, f"{name}_{position}")


def _ask(desk: Desk, name: str, now: Seen, guess: Guess, key: str) -> None:
    t = current()
    said = say_guess(guess, t)
    options = options_of(guess)
    if not options:
        lines = [f"**{show.escape(said.what)}**", *(show.escape(part) for part in (said.where, said.question) if part)]
        st.warning("  \n".join(lines), icon=":material/help:")
        return
    kept = f"answer_{desk.study_id}_{key}"
    held = answer_in(now.reading, guess)
    answer = options.index(held) if held is not None else state.keep(kept, None)
    with st.container(border=False, key=f"question_{key}"):
        st.markdown(f":material/{ICONS['ask']}: **{show.escape(said.question or said.what)}**")
        st.caption(show.escape(" ".join(p for p in (said.what if said.question else "", said.reason) if p)))
        words = {i: say_choice(guess, option, t) for i, option in enumerate(options)}
        draw = st.radio if len(options) <= 4 else st.selectbox
        chosen = draw(
            said.question or said.what,
            list(words),
            answer,
            format_func=words.__getitem__,
            key=f"ask_{key}",
            label_visibility="collapsed",
        )
    if chosen is None or chosen == answer:
        return
    state.put(kept, chosen)
    _answer(desk, name, now, guess, options[chosen])


def _answer(desk: Desk, name: str, now: Seen, guess: Guess, value: object) -> None:
    """Store the answer in the reading; another sheet is recognised anew."""
    base = now.reading or (now.found.reading if now.found else None) or Reading(file=name)
    if guess.key == "sheet":
        found = recognised.recognition(desk, name, str(value))
        declare(desk, name, (found.reading if found else None) or Reading(file=name, sheet=str(value)))
    elif guess.key:
        declare(desk, name, answered(base, guess, value))
