"""The table of what areas of each level are like, with the selected area beside them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.words import _, current
from riskmodel.outputs.map_key import factor_labels
from riskmodel.results import Results
from riskmodel.study import Study


def profile(study: Study, results: Results, code: str | None) -> None:
    """Means of determinants and indicators by level, and how many times the lowest level's they are."""
    if results.profile.empty:
        return
    t, k = current(), int(results.manifest["k"])
    st.subheader(_("Profile by level"), anchor=False)
    found = results.profile
    highest = int(found["level"].max())
    units = {i.name: i.unit for i in study.indicator}
    labels = factor_labels(study)
    own = results.indicators.set_index("area_code").loc[code] if code and len(results.indicators) else None
    first, second, ratio_title = _("Characteristic"), _("Category"), _("High against low")
    rows = []
    for (source, name, category), part in found.groupby(["source", "name", "category"], sort=False, dropna=False):
        means = part.set_index("level")["mean"]
        share = source == "determinant" and category != ""
        row = {first: labels.get(name, name), second: category, _("Unit"): "%" if share else units.get(name, "")}

        def shown(value: float, share: bool = share) -> str:
            return t.number(value * 100 if share else value, 1)

        if own is not None:
            row[_("This area")] = shown(own[name]) if source == "indicator" else ""
        row[_("Country")] = shown(means.get(0))
        for level in range(1, k + 1):
            row[show.level_name(level, k)] = shown(means.get(level))
        ratio = part.set_index("level")["ratio"].get(highest)
        row[ratio_title] = "" if pd.isna(ratio) else _("{ratio} times", ratio=t.number(ratio, 1))
        rows.append(row)
    table = pd.DataFrame(rows)
    if (found["category"] == "").all():
        table = table.drop(columns=second)
    show.table(table, left=[first, second, _("Unit")])
    st.caption(
        _(
            "Means of the areas of each level, weighted by their children where the number is known. The last column says how many times the mean of the lowest level the highest one has."
        )
    )
    if own is not None and (found["source"] == "determinant").any():
        st.caption(
            _("Shares of children by determinant are not shown for a single area, where they would be small numbers.")
        )
    show.download_table(found, "profile")
