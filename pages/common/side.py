"""The foot of the side panel: the open study, language, appearance, help and words; the same on every screen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.common import cached, guide, show, state
from pages.common.words import _, current
from riskmodel.glossary import glossary
from riskmodel.i18n import LANGUAGES

COMMON = Path(__file__).parent


def styles() -> None:
    """The look of the screens, with what the visitor switched on."""
    look = state.appearance()
    st.html(COMMON / "style.css")
    if look.projector:
        st.html(COMMON / "projector.css")


def panel() -> None:
    """Draw the foot of the side panel."""
    with st.sidebar:
        study_id = state.study_id()
        records = {r.study_id: r for r in cached.workspace().studies()}
        if study_id in records:
            st.caption(_("Study open now"))
            st.markdown(f"**{show.escape(records[study_id].name)}**")
            state.set_synthetic(records[study_id].synthetic)
        else:
            state.set_synthetic(False)
        language()
        with st.popover(_("Appearance"), icon=":material/contrast:", width="stretch", key="appearance_menu"):
            appearance()
        with st.popover(_("Help and words"), icon=":material/help:", width="stretch", key="help_menu"):
            words()
        st.caption(_("Nothing leaves this machine."))


def language() -> None:
    """The language of the screens."""
    chosen = st.segmented_control(
        "Idioma · Language · Langue",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        default=state.language(),
        key="language_switch",
    )
    if chosen and chosen != state.language():
        state.set_language(chosen)
        st.rerun()


def appearance() -> None:
    """The two switches; they hold on every screen and for later visits."""
    look = state.appearance()

    def changed(name: str) -> None:
        state.set_appearance(**{name: st.session_state[f"look_{name}"]})

    st.session_state["look_projector"] = look.projector
    st.session_state["look_photocopy"] = look.photocopy
    st.toggle(_("For a photocopier"), key="look_photocopy", on_change=changed, args=("photocopy",))
    st.caption(_("Greys and patterns in place of colours, on maps, charts and sheets."))
    st.toggle(_("For a projector"), key="look_projector", on_change=changed, args=("projector",))
    st.caption(_("Larger letters and a wider page, to be read from the back of the room."))
    st.caption(_("Light or dark follows the setting of this computer."))


def words() -> None:
    """The glossary at hand, and the guide again."""
    terms = {term.key: term for term in glossary(current())}
    chosen = st.selectbox(
        _("What does this word mean?"),
        sorted(terms, key=lambda key: terms[key].name.casefold()),
        format_func=lambda key: terms[key].name,
        index=None,
        placeholder=_("Type part of a word"),
        key=f"word_at_hand_{state.language()}",
    )
    if chosen:
        st.markdown(f"**{terms[chosen].name}**  \n{terms[chosen].meaning}")
    st.page_link("pages/glossary.py", label=_("All words"), icon=":material/dictionary:")
    guide.restart()
