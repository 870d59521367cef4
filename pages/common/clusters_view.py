"""The clusters of a run as a list in words, for beside or under their map.

A list says what a map cannot: how many areas, where, how high; and what the test does not say.
"""

from __future__ import annotations

import streamlit as st

from pages.common import show
from pages.common.words import _, current
from riskmodel.outputs.cluster_words import caution, group_sentences, none_found
from riskmodel.results import Results

FIRST = 5


def cluster_list(results: Results) -> None:
    """Groups of high areas, then of low ones, the largest first; the rest of a long list is folded."""
    t = current()
    if why := none_found(results, t):
        st.info(why)
    groups = group_sentences(results, t)
    titles = {"high-high": _("High among neighbours"), "low-low": _("Low among neighbours")}
    for kind, title in titles.items():
        said = groups.loc[groups["kind"] == kind, "sentence"].tolist()
        if not said:
            continue
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"1. {show.escape(text)}" for text in said[:FIRST]))
        if len(said) > FIRST:
            with st.expander(t.plural("{count} more group", "{count} more groups", len(said) - FIRST)):
                lines = "\n".join(f"{i}. {show.escape(text)}" for i, text in enumerate(said[FIRST:], FIRST + 1))
                st.markdown(lines)
    if len(results.clusters):
        st.caption(" ".join(caution(results, t)))
        show.download_table(results.clusters, "clusters")
