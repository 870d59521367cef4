"""Map screen: where? Levels or number of children; a click, a name or a row of the table selects an area."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import cached, paints, show, state
from pages.common.mapview import page_is_dark, show_map
from pages.common.words import _, current
from riskmodel.results import Results


def main() -> None:
    """Draw the screen."""
    question = (
        _("Where are children most vulnerable?")
        if state.method() == "vulnerability_index"
        else _("Where are children at risk?")
    )
    show.heading(
        question,
        _("Each area by its level; touch one for its figures. Hatched areas have no data."),
    )
    study, results = show.need_results()
    modes = paints.modes(study, results)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        mode = st.pills(
            _("Show"), list(modes), default=next(iter(modes)), format_func=modes.__getitem__, key="map_mode"
        ) or next(iter(modes))
    with right:
        code = show.area_picker(results, "map_area")
    with st.spinner(_("Preparing the shapes of the map")):
        geometry = cached.geometry(state.study_id())
    drawn, card = st.columns([5, 2])
    with drawn:
        if geometry is None:
            st.info(
                _(
                    "This study has no boundaries, so there is no map. Add them on the Data screen; the table below is complete."
                )
            )
        else:
            paint = paints.paint(study, results, mode, code, page_is_dark(), paints.emptier_side(geometry))
            show_map(geometry, paint, key=f"main-{state.study_id()}", on_click=state.select_area)
            if geometry.missing:
                named = (
                    results.areas.set_index("area_code")["area_name"]
                    .reindex(geometry.missing)
                    .fillna(pd.Series(geometry.missing, index=geometry.missing))
                )
                st.caption(
                    current().plural(
                        "{count} area has no shape on the map and is in the table: {names}.",
                        "{count} areas have no shape on the map and are in the table: {names}.",
                        len(named),
                        names=show.escape(", ".join(named.head(8))),
                    )
                )
    with card:
        if code:
            area_card(results, code)
        else:
            country_card(results)
    show.sources(study, results)
    table(results)


def country_card(results: Results) -> None:
    """The country in a few figures."""
    t = current()
    row = results.national.iloc[0]
    with st.container(border=True):
        st.markdown("**" + _("The whole country") + "**")
        headline(results, row)
        if pd.notna(row["expected_count"]):
            st.metric(_("Expected number of children"), t.number(row["expected_count"]))
        areas = t.number(len(results.areas))
        if results.measure == "area_risk" or (results.areas["children"] > 0).all():
            st.caption(_("{areas} areas. Weighted by children, not a mean of areas.", areas=areas))
        else:
            st.caption(_("{areas} areas. A simple mean: the number of children is not known.", areas=areas))
        st.caption(_("Touch an area on the map or find it by name."))


def area_card(results: Results, code: str) -> None:
    """The selected area in a few figures, with where to go next."""
    t, k = current(), int(results.manifest["k"])
    row = results.areas.set_index("area_code").loc[code]
    with st.container(border=True):
        st.markdown(
            f"**{show.escape(str(row['area_name']))}**"
            + ("" if pd.isna(row["parent_name"]) else f"  \n{show.escape(str(row['parent_name']))}")
        )
        headline(results, row)
        level = show.level_name(row["level"], k)
        firm = "" if pd.isna(row["level_probability"]) or row["level_probability"] >= 0.8 else " · " + _("not firm")
        st.markdown(_("Level in the country: **{level}**", level=level) + firm)
        if pd.notna(row["level_parent"]):
            st.markdown(_("Level within its parent unit: **{level}**", level=show.level_name(row["level_parent"], k)))
        if pd.notna(row["rank"]):
            place = _(
                "Place {rank} of {areas}",
                rank=t.number(row["rank"]),
                areas=t.number(int(results.areas["rank"].notna().sum())),
            )
            between = (
                ""
                if pd.isna(row["rank_lower"])
                else " "
                + _(
                    "(between {lower} and {upper})",
                    lower=t.number(row["rank_lower"]),
                    upper=t.number(row["rank_upper"]),
                )
            )
            st.markdown(place + between)
        if pd.notna(row["expected_count"]):
            st.markdown(
                _(
                    "About **{count}** of its {children} children.",
                    count=t.number(row["expected_count"]),
                    children=t.number(row["children"]),
                )
            )
        elif "count_withheld" in str(row["notes"]):
            st.caption(_("The expected number is small and is not shown."))
        if "synthetic_only" in str(row["notes"]):
            st.caption(_("No rate was measured here: it is estimated from the indicators of the area."))
        st.page_link("pages/determinants.py", label=_("Why here?"), icon=":material/stacked_bar_chart:")
        st.page_link("pages/sheets.py", label=_("Fact sheet"), icon=":material/description:")
        st.button(_("Back to the whole country"), on_click=state.select_area, args=(None,), key="clear_area")


def headline(results: Results, row: pd.Series) -> None:
    """The mapped value, large, with its interval below."""
    t = current()
    if results.measure == "index":
        st.metric(_("Vulnerability index, 0 to 100"), t.number(row["index"], 1))
        return
    st.metric(_("Risk, % of children"), t.percent(row["area_risk"]) if pd.notna(row["area_risk"]) else _("No data"))
    if pd.notna(row["ci_lower"]):
        st.caption(
            _("95% interval: {lower} to {upper}", lower=t.percent(row["ci_lower"]), upper=t.percent(row["ci_upper"]))
        )


def table(results: Results) -> None:
    """The same as the map, for reading, sorting and those who do not see it."""
    with st.expander(_("The map as a table")):
        k = int(results.manifest["k"])
        areas = results.areas
        shown = pd.DataFrame(
            {_("Code"): areas["area_code"], _("Area"): areas["area_name"], _("Parent unit"): areas["parent_name"]}
        )
        numbers: dict[str, object] = {}
        if results.measure == "index":
            shown[_("Index")] = areas["index"]
            numbers[_("Index")] = st.column_config.NumberColumn(format="%.1f")
        else:
            for title, column in ((_("Risk, %"), "area_risk"), (_("From, %"), "ci_lower"), (_("To, %"), "ci_upper")):
                if areas[column].notna().any():
                    shown[title] = areas[column] * 100
                    numbers[title] = st.column_config.NumberColumn(format="%.1f")
        shown[_("Level")] = [show.level_name(v, k) for v in areas["level"]]
        shown[_("Place")] = areas["rank"]
        if areas["children"].notna().any():
            shown[_("Children")] = areas["children"].round()
        if areas["expected_count"].notna().any():
            shown[_("Expected number")] = areas["expected_count"].round()
        chosen = st.dataframe(
            shown.sort_values(_("Place")),
            hide_index=True,
            width="stretch",
            column_config=numbers,
            on_select="rerun",
            selection_mode="single-row",
            key="map_table",
        )
        rows = chosen["selection"]["rows"]
        picked = shown.sort_values(_("Place"))[_("Code")].iloc[rows[0]] if rows else None
        if picked and picked != state.keep("map_table_row", None):
            state.put("map_table_row", picked)
            state.select_area(str(picked))
            st.rerun()
        show.download_table(areas, "areas", _("Download the areas (CSV)"))


main()
