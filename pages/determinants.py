"""Determinants screen: why here? From the country's value to the area's, one determinant after the other."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import cached, charts, show, state, takeaway
from pages.common.compare_view import compare
from pages.common.folium_view import show_still
from pages.common.mapview import page_is_dark
from pages.common.peers_view import peers
from pages.common.profile_view import profile
from pages.common.words import _, current
from riskmodel.colours import OTHER_CATEGORY
from riskmodel.decisions.contributions import OTHER_PARTS
from riskmodel.decisions.main_factor import main_factors
from riskmodel.outputs.map_key import factor_labels, map_key
from riskmodel.outputs.waterfall import steps_of
from riskmodel.results import Results
from riskmodel.study import Study

MOST_BARS = 8


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
        st.info(_("Choose an area above, or touch one on the Map screen."))
        whole_country(study, results)
    else:
        one_area(study, results, code)
    names = {
        "peers": _("Areas like this one"),
        "compare": _("Two areas side by side"),
        "profile": _("Profile by level"),
    }
    if code and (not results.peers.empty or not results.contributions.empty):
        chosen = st.segmented_control(
            _("Look further"), list(names), default="peers", format_func=names.__getitem__, key="determinants_part"
        )
        if chosen == "peers":
            peers(study, results, code)
        elif chosen == "compare":
            compare(study, results, code)
        else:
            profile(study, results, code)
    else:
        profile(study, results, code)
    show.sources(study, results)


def one_area(study: Study, results: Results, code: str) -> None:
    """The waterfall and a sentence."""
    risk = results.measure == "area_risk"
    row = results.areas.set_index("area_code").loc[code]
    start, end = float(results.national[results.measure].iloc[0]), row[results.measure]
    if pd.isna(end):
        st.info(_("{name} has no estimate, so its determinants cannot be told.", name=show.escape(row["area_name"])))
        return
    everything = steps_of(study, results, code, current(), shown=len(results.contributions))
    shown = steps_of(study, results, code, current())
    if not study.determinant:
        shown["label"] = with_values(results, code, shown)
        everything["label"] = with_values(results, code, everything)
    st.markdown(sentence(row["area_name"], everything, start, float(end), risk))
    figure = charts.waterfall(shown, start, float(end), _("Country"), row["area_name"], risk)
    show.chart(
        figure,
        f"why_{code}",
        _(
            "Steps to the right raise the value above the country's, steps to the left lower it. They add up exactly to the difference."
        ),
        title=_("{name}: what sets it apart from the country", name=row["area_name"]),
        data=everything,
    )


def with_values(results: Results, code: str, parts: pd.DataFrame) -> list[str]:
    """Indicators with the area's value and the country's: a low attendance raises an index, and its name alone misleads."""
    t = current()
    if results.profile.empty:
        return parts["label"].tolist()
    own = results.indicators.set_index("area_code").loc[code]
    country = results.profile[results.profile["level"] == 0].set_index("name")["mean"]
    return [
        label
        if name not in own
        else _(
            "{label} ({own}; country {country})",
            label=label,
            own=t.number(own[name], 1),
            country=t.number(country[name], 1),
        )
        for name, label in zip(parts["determinant"], parts["label"], strict=True)
    ]


def sentence(name: str, parts: pd.DataFrame, start: float, end: float, risk: bool) -> str:
    """Where the area stands and what goes with it most, in words."""
    t = current()
    gap = t.points(end - start) if risk else t.points((end - start) / 100)
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
    parts = parts[~parts["determinant"].isin(["", *OTHER_PARTS])]  # an adjustment is no determinant
    up = [show.escape(label) for label in parts[parts["contribution"] > 0]["label"].head(3)]
    down = [show.escape(label) for label in parts[parts["contribution"] < 0]["label"].head(3)]
    if up:
        place += " " + _("Associated with more: {factors}.", factors=", ".join(up))
    if down:
        place += " " + _("Associated with less: {factors}.", factors=", ".join(down))
    return place


def whole_country(study: Study, results: Results) -> None:
    """Which determinant raises each area most: on a small map, and in how many areas."""
    first = main_factors(results.contributions)
    if first.empty:
        return
    counts = first.value_counts()
    labels, t = factor_labels(study), current()
    name, number = labels.get(counts.index[0], counts.index[0]), int(counts.iloc[0])
    st.markdown(
        t.plural(
            "**{factor}** is what raises the value most above the country in {count} of {areas} areas.",
            "**{factor}** is what raises the value most above the country in {count} of {areas} areas.",
            number,
            factor=show.escape(name),
            areas=t.number(len(results.areas)),
        )
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        factor_map(study, results)
    with right:
        key = map_key(study, results, "main_factor", t)
        colours = {row.label: row.colour for row in key.rows}
        counts = counts.head(MOST_BARS)
        shown = [labels.get(factor, factor) for factor in counts.index]
        figure = charts.bars(
            counts.to_list(), shown, _("Number of areas"), decimals=0,
            colours=[colours.get(label, OTHER_CATEGORY) for label in shown],
        )  # fmt: skip
        show.chart(
            figure,
            "main_factors",
            _("The determinant that raises each area most above the country, and in how many areas it is the first."),
            title=key.title,
        )


def factor_map(study: Study, results: Results) -> None:
    """The map of main factors, to point at and to zoom; the bars beside it have its colours."""
    study_id = state.study_id()
    assert study_id is not None
    geometry = cached.geometry(study_id)
    if geometry is None:
        st.caption(_("This study has no boundaries, so there is no map."))
        return
    show_still(geometry, cached.drawn(study_id, "factor", state.appearance().map_theme(page_is_dark())), "factors")
    takeaway.map_downloads(results, "main_factor")


main()
