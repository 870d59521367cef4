"""The Model screen of an area model from a file: whose it is, and whether this table is like the one it was fitted on."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.words import _, current, plural
from riskmodel.results import Results
from riskmodel.study import Study


def applied_words(results: Results) -> str:
    """Where the model comes from and what it can say here, in three sentences."""
    t, d = current(), results.diagnostics
    fitted = d["fitted"]
    told = [
        _(
            "This model was fitted elsewhere, to the measured rates of {areas} areas, and is applied here to the indicators of {here} areas.",
            areas=t.number(fitted["areas"]),
            here=t.number(d["areas_without_direct"]),
        ),
        _("No rate was measured here, so whether the model holds here cannot be tested with these files."),
    ]
    known, here = d["parents_known"], d["parents_here"]
    if d["parent_variance"] is not None and here:
        none = _(
            "None of the {here} parent units is one the model was fitted on: it is not known what their areas have in common, and the intervals are wider for it.",
            here=t.number(here),
        )
        every = _(
            "All {here} parent units are those the model was fitted on: what their areas have in common was taken from it.",
            here=t.number(here),
        )
        told.append(
            none
            if not known
            else every
            if known == here
            else _(
                "{known} of {here} parent units are those the model was fitted on; of the others it is not known what their areas have in common, and their intervals are wider.",
                known=t.number(known),
                here=t.number(here),
            )
        )
    return " ".join(told)


def ranges(study: Study, results: Results) -> None:
    """Each indicator here beside what the model saw."""
    t = current()
    rows = results.diagnostics["ranges"]
    labels = {i.name: i.label or i.name for i in study.indicator}
    units = {i.name: i.unit for i in study.indicator}
    st.subheader(_("Are these areas like those the model was fitted on?"), anchor=False)
    outside = int(results.areas["notes"].astype(str).str.contains("outside_model").sum())
    if outside:
        st.warning(
            plural(
                "One area has an indicator far outside what the model saw. Its estimate is a guess beyond the data: read it with care.",
                "{count} areas have an indicator far outside what the model saw. Their estimates are guesses beyond the data: read them with care.",
                outside,
            ),
            icon=":material/warning:",
        )
    else:
        st.markdown(_("Yes: no indicator of any area lies far outside what the model saw."))

    def both(low: float, high: float) -> str:
        return _("{low} to {high}", low=t.number(low, 2), high=t.number(high, 2))

    table = pd.DataFrame(
        {
            _("Indicator"): [labels.get(r["indicator"], r["indicator"]) for r in rows],
            _("Unit"): [units.get(r["indicator"], "") or "—" for r in rows],
            _("What the model saw"): [both(r["lowest"], r["highest"]) for r in rows],
            _("Here"): [both(r["lowest_here"], r["highest_here"]) for r in rows],
            _("Areas far outside"): [t.number(r["areas_outside"]) for r in rows],
        }
    )
    show.table(table, left=[_("Indicator"), _("Unit")])
    st.caption(_("Far outside: more than one standard deviation beyond the lowest or highest value the model saw."))
