"""Determinants screen: why here? From the country's value to the area's, one determinant after the other."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import charts, show
from pages.common.words import _, current
from riskmodel.decisions.contributions import NOT_DETERMINANTS
from riskmodel.outputs.words import part_names
from riskmodel.results import Results
from riskmodel.study import Study

SHOWN = 8


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("Why here?"),
        _("How each determinant moves an area away from the country as a whole. These are associations, not causes."),
    )
    study, results = show.need_results()
    code = show.area_picker(results, "determinants_area")
    if results.contributions.empty:
        st.info(_("With a given risk nothing is known about its determinants: not available with this method."))
    elif code is None:
        st.info(_("Choose an area above, or click one on the map."))
        main_factors(study, results)
    else:
        one_area(study, results, code)
    profile(study, results, code)
    show.sources(study, results)


def labels_of(study: Study) -> dict[str, str]:
    """Names of determinants and indicators as they are shown."""
    named = {d.name: d.label or d.name for d in (*study.determinant, *study.indicator)}
    return named | part_names(current())


def one_area(study: Study, results: Results, code: str) -> None:
    """The waterfall and a sentence."""
    risk = results.measure == "area_risk"
    row = results.areas.set_index("area_code").loc[code]
    start, end = float(results.national[results.measure].iloc[0]), row[results.measure]
    if pd.isna(end):
        st.info(_("{name} has no estimate, so its determinants cannot be told.", name=show.escape(row["area_name"])))
        return
    parts = results.contributions[results.contributions["area_code"] == code].copy()
    parts["label"] = parts["determinant"].map(labels_of(study)).fillna(parts["determinant"])
    parts = parts.reindex(parts["contribution"].abs().sort_values(ascending=False).index)
    if not study.determinant and len(results.indicators):
        parts["label"] = with_values(study, results, code, parts)
    st.markdown(sentence(row["area_name"], parts, start, float(end), risk))
    shown = parts.head(SHOWN)
    rest = parts["contribution"].iloc[SHOWN:].sum()
    if len(parts) > SHOWN:
        shown = pd.concat([shown, pd.DataFrame([{"label": _("All others"), "contribution": rest}])])
    figure = charts.waterfall(shown, start, float(end), _("Country"), row["area_name"], risk)
    show.chart(
        figure,
        "waterfall",
        _(
            "Brown steps raise the value above the country's, green ones lower it. The steps add up exactly to the difference."
        ),
    )
    show.download_table(parts[["area_code", "determinant", "label", "contribution", "role"]], f"contributions_{code}")


def with_values(study: Study, results: Results, code: str, parts: pd.DataFrame) -> list[str]:
    """Indicators with the area's value and the country's: a low attendance raises an index, and its name alone misleads."""
    t = current()
    joined = results.indicators.merge(results.areas[["area_code", "children"]], on="area_code").set_index("area_code")
    found = []
    for name, label in zip(parts["determinant"], parts["label"], strict=True):
        if name not in joined:
            found.append(label)
            continue
        own, country = t.number(joined.loc[code, name], 1), t.number(_mean(joined, name), 1)
        found.append(_("{label} ({own}; country {country})", label=label, own=own, country=country))
    return found


def sentence(name: str, parts: pd.DataFrame, start: float, end: float, risk: bool) -> str:
    """Where the area stands and what goes with it most, in words."""
    t = current()
    gap = t.points(end - start) if risk else f"{'+' if end >= start else '−'}{t.number(abs(end - start), 1)}"
    place = (
        _(
            "**{name}**: {value} against {country} in the country, a difference of {gap} percentage points.",
            name=show.escape(name),
            value=t.percent(end),
            country=t.percent(start),
            gap=gap,
        )
        if risk
        else _(
            "**{name}**: {value} against {country} in the country, a difference of {gap} points.",
            name=show.escape(name),
            value=t.number(end, 1),
            country=t.number(start, 1),
            gap=gap,
        )
    )
    parts = parts[~parts["determinant"].isin(NOT_DETERMINANTS)]
    up = [show.escape(label) for label in parts[parts["contribution"] > 0]["label"].head(3)]
    down = [show.escape(label) for label in parts[parts["contribution"] < 0]["label"].head(3)]
    if up:
        place += " " + _("Associated with more: {factors}.", factors=", ".join(up))
    if down:
        place += " " + _("Associated with less: {factors}.", factors=", ".join(down))
    return place


def main_factors(study: Study, results: Results) -> None:
    """In how many areas each determinant is the first that raises the value."""
    raised = results.contributions[results.contributions["contribution"] > 0]
    raised = raised[~raised["determinant"].isin(NOT_DETERMINANTS)]
    if raised.empty:
        return
    first = raised.loc[raised.groupby("area_code")["contribution"].idxmax(), "determinant"].value_counts()
    labels = labels_of(study)
    figure = charts.bars(
        first.to_list(), [labels.get(name, name) for name in first.index], _("Number of areas"), decimals=0
    )
    show.chart(
        figure,
        "main_factors",
        _("The determinant that raises each area most above the country, and in how many areas it is the first."),
    )


def profile(study: Study, results: Results, code: str | None) -> None:
    """Means of the indicators by level, and the area's own values."""
    if results.indicators.empty:
        return
    t = current()
    st.subheader(_("Profile by level"), anchor=False)
    joined = results.indicators.merge(results.areas[["area_code", "level", "children"]], on="area_code")
    k = int(results.manifest["k"])
    rows = []
    for indicator in study.indicator:
        row = {_("Indicator"): indicator.label or indicator.name, _("Unit"): indicator.unit}
        if code:
            own = joined.loc[joined["area_code"] == code, indicator.name]
            row[_("This area")] = t.number(own.iloc[0] if len(own) else None, 1)
        row[_("Country")] = t.number(_mean(joined, indicator.name), 1)
        for level in range(1, k + 1):
            row[show.level_name(level, k)] = t.number(_mean(joined[joined["level"] == level], indicator.name), 1)
        rows.append(row)
    show.table(pd.DataFrame(rows), left=[_("Indicator"), _("Unit")])
    st.caption(_("Means of the areas of each level, weighted by their children where the number is known."))


def _mean(part: pd.DataFrame, name: str) -> float:
    """Mean of an indicator, weighted by children where every area has a count."""
    known = part[part[name].notna()]
    if known.empty:
        return float("nan")
    weight = known["children"]
    if weight.isna().any() or weight.sum() <= 0:
        return float(known[name].mean())
    return float((known[name] * weight).sum() / weight.sum())


main()
