"""Declare the observed rate that results are held against: counts, or a rate, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.common.ask import column
from pages.common.words import _
from riskmodel.study import Observed


def observed(now: Observed | None, columns: Sequence[str]) -> Observed | None:
    """Columns of the table of areas, or of a table joined to it; None until they are enough."""
    st.caption(
        _(
            "A rate of child labour per area that was measured in some other way: a census, an earlier survey, inspection records. It never enters the estimates; the screen “Can we trust it?” sets the two side by side."
        )
    )
    base = now or Observed.model_construct()
    ways = {"counts": _("Cases and children counted"), "rate": _("A rate")}
    way = st.radio(
        _("The measure is given as"),
        list(ways),
        1 if base.rate else 0,
        format_func=ways.__getitem__,
        horizontal=True,
        key="observed_way",
    )
    left, right = st.columns(2)
    named: dict[str, object] = {}
    with left:
        if way == "counts":
            named["cases"] = column(_("Column of the cases"), columns, base.cases, "observed_cases")
            named["total"] = column(_("Column of the children counted"), columns, base.total, "observed_total")
        else:
            named["rate"] = column(_("Column of the rate"), columns, base.rate, "observed_rate")
            units = {"proportion": _("Proportion, 0 to 1"), "percent": _("Percent, 0 to 100")}
            named["unit"] = st.radio(
                _("The rate is written as"),
                list(units),
                list(units).index(base.unit),
                format_func=units.__getitem__,
                key="observed_unit",
            )
        named |= _error(base, columns)
    with right:
        named["label"] = st.text_input(_("Name of the measure"), base.label, key="observed_label")
        named["year"] = st.number_input(_("Year of the measure"), 1950, 2100, base.year, key="observed_year", step=1)
        named["source"] = st.text_input(_("Source"), base.source, key="observed_source")
    enough = named.get("rate") if way == "rate" else named.get("cases") and named.get("total")
    return Observed.model_validate(named) if enough else None


def _error(base: Observed, columns: Sequence[str]) -> dict[str, object]:
    """How sure the measure is: children behind each rate, or its standard error, or not known."""
    kinds = {"": _("Not known: taken as exact"), "n": _("Number of children asked"), "se": _("Standard error")}
    kind = st.radio(
        _("How sure is it?"),
        list(kinds),
        1 if base.n else 2 if base.se else 0,
        format_func=kinds.__getitem__,
        key="observed_error",
    )
    if kind == "se":
        return {"se": column(_("Column of its standard error"), columns, base.se, "observed_se")}
    if kind == "n":
        n = column(_("Column of the number of children asked"), columns, base.n, "observed_n")
        effect = st.number_input(
            _("Design effect"),
            0.1,
            50.0,
            base.design_effect,
            key="observed_effect",
            help=_("1 for a simple sample or a full count; household samples have 1.5 to 2."),
        )
        return {"n": n, "design_effect": effect}
    return {}
