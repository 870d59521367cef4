"""The first-time guide: five steps on the demonstration country, in a panel that never stands in the way.

A step is a sentence and a button; nobody is forced through. Where the visitor is, and that the guide was closed, is
remembered in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.common import state
from pages.common.words import _


@dataclass(frozen=True)
class Step:
    """One step: where it is done, and what to do there."""

    page: str
    title: str
    told: str
    done: Callable[[], bool] | None = None  # known to be done by what is open
    done_told: str = ""


def steps() -> tuple[Step, ...]:
    """The five steps, in the visitor's language."""
    return (
        Step(
            "studies", _("Open the demonstration country"),
            _("Its people and figures are invented, so you can try everything. It is made by itself; open it here if another study is open."),
            state.synthetic, _("It is open."),
        ),
        Step(
            "map", _("Read the map"),
            _("Darker areas have a higher risk. The legend gives the range of each level; dots say that a level is not firm, hatching that there are no data."),
        ),
        Step(
            "map", _("Choose an area and read its card"),
            _("Click one on the map, or type its name in “Find an area”. The card gives its risk with the interval, and about how many children that is."),
            lambda: state.area_code() is not None, _("An area is chosen."),
        ),
        Step(
            "determinants", _("See why there"),
            _("Each bar is a characteristic that sets the area apart from the country: to the right it raises the risk, to the left it lowers it."),
        ),
        Step(
            "sheets", _("Decide who comes first, and print the sheet"),
            _("“Priorities” puts areas in the order of the criteria you weigh. The fact sheet says all this about one area on a page to print."),
        ),
    )  # fmt: skip


def panel() -> None:
    """The step that comes next, while the demonstration is open and the guide was not closed."""
    known = steps()
    at = min(state.guide_step(), len(known))
    with st.container(key="guide"):  # always there, so that nothing below shifts
        wanted = state.synthetic() or state.study_id() is None or state.keep("guide_asked", False)
        if not at or not wanted:
            return
        if at == 1 and state.synthetic() and state.page() == known[1].page:
            at = 2  # the demonstration opens by itself, on its map
            state.set_guide_step(at)
        step = known[at - 1]
        here = step.page == state.page()
        said = f" · **{step.title}**"
        if here:
            said += f"  \n{step.told}"
            if step.done is not None and step.done():
                said += f" **{step.done_told}**"
        with st.container(border=True, key="guide_panel"):
            words, away = st.columns([3, 2], vertical_alignment="center")
            words.markdown(_("First steps, {number} of {count}", number=at, count=len(known)) + said)
            with away:
                buttons(at, known, here)


def buttons(at: int, known: tuple[Step, ...], here: bool) -> None:
    """On, back, and away."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if st.button(_("Close the guide"), key="guide_close", type="tertiary"):
            close()
        if not here and st.button(_("Go there"), type="primary", key="guide_here"):
            go(at, known)
        if here and at > 1 and st.button(_("Back"), key="guide_back"):
            go(at - 1, known)
        if here and at < len(known) and st.button(_("Next"), type="primary", key="guide_next"):
            go(at + 1, known)
        if here and at == len(known) and st.button(_("Finish"), type="primary", key="guide_finish"):
            close()


def close() -> None:
    """Away with the guide; it can be started again from the side panel."""
    state.set_guide_step(0)
    state.put("guide_asked", False)
    state.flash(_("The first steps can be started again in the side panel, under “Help and words”."))
    st.rerun()


def go(step: int, known: tuple[Step, ...]) -> None:
    """Move to a step and to its screen."""
    state.set_guide_step(step)
    st.switch_page(f"pages/{known[step - 1].page}.py")


def restart() -> None:
    """Begin the guide again."""
    if st.button(_("Start the first steps"), key="guide_restart", icon=":material/explore:", width="stretch"):
        state.put("guide_asked", True)
        go(1, steps())
