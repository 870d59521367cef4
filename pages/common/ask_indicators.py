"""Edit the indicators: which columns count, in which dimension, in which direction, with what weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common.ask_determinants import _text, _with, slug
from pages.common.words import _
from riskmodel.study import Indicator


def indicators(now: Sequence[Indicator], columns: Sequence[str]) -> tuple[Indicator, ...]:
    """The table of indicators as edited."""
    directions = {1: _("More is more risk"), -1: _("More is less risk")}
    rows = [
        {
            "column": i.source_column, "label": i.label or i.name, "dimension": i.dimension, "direction": directions[i.direction],
            "weight": i.weight, "unit": i.unit, "source": i.source, "year": i.year,
            "best": i.best, "worst": i.worst, "reference": i.reference, "name": i.name,
        }
        for i in now
    ]  # fmt: skip
    order = [
        "column",
        "label",
        "dimension",
        "direction",
        "weight",
        "unit",
        "source",
        "year",
        "best",
        "worst",
        "reference",
    ]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=[*order, "name"]).astype(dict.fromkeys(("best", "worst", "reference"), float)),
        key="indicators_editor", num_rows="dynamic", hide_index=True, width="stretch", column_order=order,
        column_config={
            "column": st.column_config.SelectboxColumn(_("Column"), options=_with(columns, [r["column"] for r in rows]), required=True),
            "label": st.column_config.TextColumn(_("Name")),
            "dimension": st.column_config.TextColumn(_("Dimension")),
            "direction": st.column_config.SelectboxColumn(_("Direction"), options=list(directions.values()), default=directions[1]),
            "weight": st.column_config.NumberColumn(_("Weight"), min_value=0.01, default=1.0),
            "unit": st.column_config.TextColumn(_("Unit")),
            "source": st.column_config.TextColumn(_("Source")),
            "year": st.column_config.NumberColumn(_("Year"), min_value=1950, max_value=2100, step=1, format="%d"),
            "best": st.column_config.NumberColumn(_("Best value"), help=_("What an area without vulnerability has: 0 points with goalposts.")),
            "worst": st.column_config.NumberColumn(_("Worst value"), help=_("100 points with goalposts.")),
            "reference": st.column_config.NumberColumn(_("Reference value"), help=_("50 points around a reference; the worst value of the DP2 distance.")),
        },
    )  # fmt: skip
    taken: set[str] = set()
    known = {i.name: i for i in now}
    made = []
    for row in edited.to_dict("records"):
        column = _text(row["column"])
        if not column:
            continue
        old = _text(row["name"])
        name = old if old and old not in taken else slug(_text(row["label"]) or column, taken)
        taken.add(name)
        weight = 1.0 if pd.isna(row["weight"]) else float(row["weight"])
        before, label = known.get(name), _text(row["label"]) or column
        made.append(
            Indicator(
                name=name,
                # What was left out of the study file and is not changed stays left out.
                column=before.column if before and before.source_column == column else column,
                label=before.label if before and before.shown == label else label,
                dimension=_text(row["dimension"]), direction=-1 if row["direction"] == directions[-1] else 1, weight=weight,
                unit=_text(row["unit"]), source=_text(row["source"]), year=None if pd.isna(row["year"]) else int(row["year"]),
                best=_number(row["best"]), worst=_number(row["worst"]), reference=_number(row["reference"]),
            )
        )  # fmt: skip
    return tuple(made)


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
