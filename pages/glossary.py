"""Glossary screen: the words of the screens, each in a plain sentence; found by any part of a word."""

from __future__ import annotations

import itertools

import streamlit as st

from pages.common import show
from pages.common.words import _, current, plural
from riskmodel.glossary import found_in, glossary


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("What does this word mean?"), _("The words of the screens and the sheets, each in a plain sentence or two.")
    )
    terms = glossary(current())
    asked = st.text_input(_("Find a word"), placeholder=_("Type part of a word"), key="glossary_search", width=420)
    found = found_in(terms, asked)
    if not found:
        st.info(_("No word matches “{asked}”. Try a shorter part of it.", asked=show.escape(asked)))
        return
    if asked:
        st.caption(plural("{count} word found.", "{count} words found.", len(found)))
        show.terms(found)
        return
    for group, members in itertools.groupby(found, key=lambda term: term.group):
        st.subheader(group, anchor=False)
        show.terms(tuple(members))


main()
