"""Method screen: what the numbers are, how they are made, what they do not say."""

from __future__ import annotations

import streamlit as st

from pages.common import show
from pages.common.words import _

show.heading(_("How does it work?"), _("The method in short; docs/method.md has the formulas and references."))

st.subheader(_("Four ways to a map"), anchor=False)
st.markdown(
    "- **" + _("Risk model") + "** · "
    + _("A household survey tells which characteristics of children and households are associated with child labour. The model is applied to every child of a census or register; the risk of an area is the mean over its children. This is the risk model of the ILO and ECLAC (MIRTI).")
    + "\n- **" + _("Area model") + "** · "
    + _("Where only a table of areas is at hand and some of them have a measured rate, the rate and the indicators of each area are joined, each as far as it can be trusted. Areas without a measured rate are told from their indicators (Fay and Herriot).")
    + "\n- **" + _("Vulnerability index") + "** · "
    + _("Where no usable survey exists, indicators of each area are brought to one scale from 0 to 100 and averaged by dimension (IVTI).")
    + "\n- **" + _("Given risk") + "** · "
    + _("Where a ministry has published results, the local office plans with them.")
)  # fmt: skip

if text := show.declared():
    st.subheader(_("What this study counts"), anchor=False)
    st.markdown(show.escape(text))

st.subheader(_("How to read the numbers"), anchor=False)
st.markdown(
    "- " + _("A risk is an estimate about a territory: the share of children expected to be in child labour by the definition printed beside it. It says nothing about any one child or family.")
    + "\n- " + _("An interval says how far the estimate could be off for the reasons named with it. Areas whose intervals overlap cannot be told apart with confidence.")
    + "\n- " + _("Levels group areas that are alike. The limits between them are a convention, printed in the legend, and not a threshold of harm.")
    + "\n- " + _("A determinant is associated with risk. That does not show that changing it would change the risk.")
    + "\n- " + _("A high rate and a high number of children are different things. A city with a low rate may hold more children in child labour than a rural area with a high one.")
    + "\n- " + _("Missing is missing: an area without data has no level and is hatched on the map. It is not an area without risk.")
)  # fmt: skip

st.subheader(_("Care for children and places"), anchor=False)
st.markdown(
    "- " + _("Small numbers are withheld: expected counts under 10 and groups under 30 children are not shown.")
    + "\n- " + _("Uploaded files stay in the folder of this program on this machine and are removed when you delete the study.")
    + "\n- " + _("A map can brand a place. Show it together with what the place needs, and never to single out families.")
)  # fmt: skip

st.subheader(_("Words"), anchor=False)
WORDS = {
    _("Odds ratio"): _(
        "How many times the odds of child labour of one category are those of its reference, the other determinants held equal."
    ),
    _("Average effect, percentage points"): _(
        "How much the risk would differ, on average, if every child had one category instead of the reference."
    ),
    _("Natural breaks"): _("Limits chosen so that areas of one level are as alike as possible (Fisher–Jenks, exact)."),
    _("Expansion factor"): _("How many children of the population each interviewed child stands for."),
    _("Primary sampling unit"): _(
        "The first thing the survey drew: usually a block or a village. Children of one unit resemble each other, and the errors account for it."
    ),
}
for word, meaning in WORDS.items():
    st.markdown(f"**{word}** · {meaning}")
