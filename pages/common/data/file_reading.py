"""What was done to read a file, beside the file itself; every step can be taken back, and all can be said by hand.

A change of the reading is saved with the study at once: the file itself is never touched, so nothing is lost by trying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import streamlit as st

from pages.common import ask_reading, show
from pages.common.data.desk import Desk
from pages.common.data.preview_view import side_by_side
from pages.common.data.recognised import Seen
from pages.common.words import _, current
from riskmodel.inputs.changes import Change
from riskmodel.inputs.letter_choices import letter_choices, stored_cells
from riskmodel.inputs.say_columns import made_columns, say_made
from riskmodel.inputs.say_reading import say_change, say_examples, say_guess
from riskmodel.inputs.undo_reading import without
from riskmodel.study import Study
from riskmodel.study_reading import Reading

SHOWN = 6  # columns named on a line
EXAMPLES = 3

# How a file is stored: told where it can be changed, for those who know the words.
QUIET = ("container", "encoding", "delimiter", "header_first")


def what_was_done(desk: Desk, name: str, now: Seen, may_see: bool) -> None:
    """Rows of the file beside the table, and the list of changes with what takes each back."""
    assert now.under is not None
    under = now.under
    if may_see:
        side_by_side(under.preview)
    else:
        st.caption(_("Rows of persons are shown only to who brought the file, in the same visit."))
    if not under.applied.changes:
        st.caption(_("The file is read as it is."))
        return
    if under.sampled:
        t = current()
        st.caption(
            _(
                "The file is long: what was done is counted on {looked} of its {rows} rows. A run reads all of them.",
                looked=t.number(len(under.grid.cells)),
                rows=t.number(under.grid.rows),
            )
        )
    _changes(desk, name, now)


def _changes(desk: Desk, name: str, now: Seen) -> None:
    """What was done, a line for each kind, and what takes it back."""
    assert now.under is not None
    reading, t = now.reading or Reading(file=name), current()
    made = made_columns(now.reading)
    for position, group in enumerate(grouped(now.under.applied.changes)):
        together = one_of(group)
        named = [say_made(c.column, t) if c.column in made else c.column for c in group[:SHOWN] if c.column]
        columns = ", ".join(named) + (", …" if len(group) > SHOWN else "")
        examples = say_examples(together, t)
        taken_back = reading
        for change in group:
            taken_back = without(taken_back, change)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            st.markdown(
                f":material/check: {show.escape(say_change(together, t))}"
                + (f" **{show.escape(columns)}**" if columns else "")
                + (f"  \n{show.escape(examples)}" if examples else ""),
                width="content",
            )
            if taken_back != reading and st.button(
                _("Undo"), key=f"undo_{name}_{position}", type="tertiary", icon=":material/undo:"
            ):
                declare(desk, name, taken_back)
    as_it_is(desk, name)


def grouped(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes of one kind that follow each other, together: a table may have a hundred columns with decimal commas."""
    return [list(same) for _kind, same in groupby(changes, key=lambda change: change.kind)]


def one_of(group: Sequence[Change]) -> Change:
    """One change that counts all of a group, with the first examples."""
    examples = tuple(example for change in group for example in change.examples)[:EXAMPLES]
    return replace(group[0], column="", count=sum(change.count for change in group), examples=examples)


def otherwise(desk: Desk, name: str, now: Seen) -> None:
    """The reading by hand."""
    assert now.under is not None
    grid = now.under.grid
    stored = [say_guess(g, current()).what for g in now.found.guesses if g.code.startswith(QUIET)] if now.found else []
    st.caption(show.escape(" ".join(stored)))
    reading = now.reading or Reading(file=name, sheet=grid.sheet if len(grid.sheets) > 1 else "")
    if len(grid.sheets) > 1:
        sheet = st.selectbox(_("Sheet"), grid.sheets, grid.sheets.index(grid.sheet), key=f"sheet_{name}")
        if sheet != grid.sheet:
            if st.button(_("Read this sheet"), key=f"read_sheet_{name}", type="primary"):
                declare(desk, name, Reading(file=name, sheet=sheet))
            return
    text = grid.container == "text" and not now.under.persons  # words of persons are not shown
    letters = letter_choices(stored_cells(desk.folder / name)) if text else ()
    asked = ask_reading.reading(reading, grid, list(map(str, now.under.applied.table.columns)), name, letters)
    same = asked is None or asked == reading
    if st.button(_("Read it so"), key=f"read_so_{name}", type="primary", disabled=same) and asked:
        declare(desk, name, asked)


def as_it_is(desk: Desk, name: str) -> None:
    """Takes back everything."""
    asked = st.button(
        _("Read it as it is"), key=f"plain_{name}", icon=":material/undo:", help=_("Takes back everything above.")
    )
    if asked:
        declare(desk, name, Reading(file=name))


def declare(desk: Desk, name: str, reading: Reading) -> None:
    """Store how a file is read, in place of what was declared for it; one that declares nothing says: as it is."""
    others = tuple(r for r in desk.study.reading if r.file != name)
    desk.save(desk.study.model_copy(update={"reading": (*others, reading)}))


def with_readings(study: Study, readings: Iterable[Reading]) -> Study:
    """The study with the readings of new files; what it declares already stays."""
    known = {r.file for r in study.reading}
    return study.model_copy(update={"reading": (*study.reading, *(r for r in readings if r.file not in known))})
