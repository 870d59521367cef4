"""What was done to read a file, beside the file itself; every step can be taken back, and all can be said by hand.

A change of the reading is saved with the study at once: the file itself is never touched, so nothing is lost by trying.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.common import ask_reading, show
from pages.common.data.desk import Desk
from pages.common.data.preview_view import side_by_side
from pages.common.data.recognised import Seen
from pages.common.words import _, current
from riskmodel.i18n.say_reading import say_change
from riskmodel.inputs.undo_reading import without
from riskmodel.study import Study
from riskmodel.study_reading import Reading


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
    reading = now.reading or Reading(file=name)
    for position, change in enumerate(under.applied.changes):
        said, action = st.columns([5, 1], vertical_alignment="center")
        said.markdown(f"- {show.escape(say_change(change, current()))}")
        taken_back = without(reading, change)
        if taken_back != reading and action.button(_("Undo"), key=f"undo_{name}_{position}", type="tertiary"):
            declare(desk, name, taken_back)
    as_it_is(desk, name)


def otherwise(desk: Desk, name: str, now: Seen) -> None:
    """The reading by hand."""
    assert now.under is not None
    grid = now.under.grid
    reading = now.reading or Reading(file=name, sheet=grid.sheet if len(grid.sheets) > 1 else "")
    if len(grid.sheets) > 1:
        sheet = st.selectbox(_("Sheet"), grid.sheets, grid.sheets.index(grid.sheet), key=f"sheet_{name}")
        if sheet != grid.sheet:
            if st.button(_("Read this sheet"), key=f"read_sheet_{name}", type="primary"):
                declare(desk, name, Reading(file=name, sheet=sheet))
            return
    asked = ask_reading.reading(reading, grid, list(map(str, now.under.applied.table.columns)), name)
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
    """Store how a file is read, in place of what was declared for it."""
    others = tuple(r for r in desk.study.reading if r.file != name)
    said = () if reading == Reading(file=name) else (reading,)
    desk.save(desk.study.model_copy(update={"reading": (*others, *said)}))


def with_readings(study: Study, readings: Iterable[Reading]) -> Study:
    """The study with the readings of new files; what it declares already stays."""
    known = {r.file for r in study.reading}
    return study.model_copy(update={"reading": (*study.reading, *(r for r in readings if r.file not in known))})
