"""Totals of the files beside published ones: sentences first, then every unit, then the table to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.words import _, current
from riskmodel.outputs.reconciliation_words import heads, rows_in_words, sources, summary_sentences
from riskmodel.results import Results


def totals(results: Results) -> None:
    """Nothing where the study names no published total."""
    found = results.reconciliation
    if found.empty:
        return
    t = current()
    st.subheader(_("Do the files add up to what was published?"), anchor=False)
    st.markdown("\n".join(f"- {show.escape(sentence)}" for sentence in summary_sentences(found, t)))
    names = heads(t)
    shown = pd.DataFrame(rows_in_words(found, t), columns=names)
    several = found[["measure", "label"]].drop_duplicates().shape[0] > 1
    show.table(shown[[names[0], *names[2:], *([names[1]] if several else [])]], left=names[:2])
    if source := sources(found):
        st.caption(show.escape(_("Published by: {source}.", source=source)))
    st.caption(_("Nothing was changed to make the totals agree."))
    show.download_table(found, "reconciliation")
