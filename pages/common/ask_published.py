"""Declare a published total that the files are held against: a table by parent unit, or the total of the country.

The screen edits the first published total of a study; others are kept as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.common import cached
from pages.common.ask import column
from pages.common.words import _
from riskmodel.study import PublishedTotal, Study


def published(study: Study, columns: Sequence[str], tables: Sequence[str], folder: Path) -> tuple[PublishedTotal, ...]:
    """The published totals of a study; without the first until it is whole."""
    st.caption(
        _(
            "If a yearbook or the statistical office publishes totals by parent unit or for the country, name them here: every run says how far the files are from them. Nothing is changed to make them agree."
        )
    )
    now = study.published_total[0] if study.published_total else None
    base = now or PublishedTotal.model_construct()
    named: dict[str, object] = now.model_dump(include={"totals", "sheet"}) if now else {}
    offered = {"children": _("Children of the study"), "column": _("A column of the areas")}
    if study.survey is not None:
        offered["survey"] = _("Children by the weights of the survey")
    left, right = st.columns(2)
    with left:
        named["of"] = st.radio(
            _("What was published?"),
            list(offered),
            list(offered).index(base.of) if base.of in offered else 0,
            format_func=offered.__getitem__,
            key="published_of",
        )
        if named["of"] == "column":
            named["column"] = column(_("Column of the areas"), columns, base.column, "published_column")
        named["label"] = st.text_input(_("Name of the total"), base.label, key="published_label")
        named["source"] = st.text_input(_("Who published it"), base.source, key="published_source")
        named["year"] = st.number_input(_("Year of the total"), 1900, 2100, base.year, key="published_year", step=1)
    with right:
        files = ["", *tables]
        chosen = st.selectbox(
            _("Table by parent unit"),
            files,
            files.index(base.file) if base.file in files else 0,
            format_func=lambda name: name or "—",
            key="published_file",
        )
        named["file"] = chosen
        if chosen:
            found = cached.columns(folder / chosen)
            named["parent_code"] = column(_("Column of the parent units"), found, base.parent_code, "published_parent")
            named["total"] = column(_("Column of the totals"), found, base.total, "published_total_column")
            named["country_code"] = st.text_input(_("Code of the row of the country, if it has one"), base.country_code, key="published_country_code")  # fmt: skip
        named["country"] = st.number_input(_("Total of the country, if it is published"), 0.0, None, base.country, key="published_country", step=1.0)  # fmt: skip
        named["times"] = 1000.0 if st.checkbox(_("The totals are in thousands"), base.times == 1000, key="published_times") else (base.times if base.times != 1000 else 1.0)  # fmt: skip
        percent = st.number_input(_("Difference that is accepted, %"), 0.0, 100.0, round(100 * base.tolerance, 2), key="published_tolerance", step=0.5)  # fmt: skip
        named["tolerance"] = round(percent / 100, 6)
    whole = bool((chosen and named.get("parent_code") and named.get("total")) or named.get("totals") or named["country"])  # fmt: skip
    if not whole or (named["of"] == "column" and not named.get("column")):
        return study.published_total[1:]
    return (PublishedTotal.model_validate(named), *study.published_total[1:])
