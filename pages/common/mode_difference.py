"""The mode of the map that shows where results and a measured rate differ, and by how much.

Brown is above the measure, green below; dots mark areas whose interval holds the measured rate: their difference may be
chance.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from geodata.paint import LegendEntry
from pages.common.looks import Look, Subject, keyed_look
from pages.common.words import _, current, plural
from riskmodel.outputs.difference_classes import within_error
from riskmodel.outputs.map_key import map_key


def difference(subject: Subject) -> Look:
    """Results less the measured rate; for an index the difference in place."""
    t, results = current(), subject.results
    rows, risk = results.validation.set_index("area_code"), results.measure == "area_risk"
    key = map_key(subject.study, results, "difference", t)
    held = within_error(results.validation)
    look = keyed_look(subject, key, key.title, key.subtitle, "")
    measured = rows["observed"].reindex(subject.areas.index)
    value = rows["difference" if risk else "rank_difference"].reindex(subject.areas.index) * 100
    told = {
        _("Measured"): measured.map(lambda v: _("No data") if pd.isna(v) else t.percent(v)),
        _("Difference, points") if risk else _("Difference, places of 100"): value.map(
            lambda v: "" if pd.isna(v) else t.points(v / 100)
        ),
    }
    entries = look.legend.entries
    if held:
        words = plural("{count} area", "{count} areas", len(held))
        entries = (*entries, LegendEntry(_("Its interval holds the measured rate"), kind="uncertain", note=words))
    return replace(
        look,
        lines=told,
        legend=replace(look.legend, entries=entries),
        table=pd.DataFrame({_("Measured, %"): measured * 100, list(told)[1]: value}),
        uncertain=held,
    )
