"""Map screen: where? One mode of the map or two side by side; a click, a name or a row of the table selects an area.

The screen is a fragment: a click draws the map, the card and the table again and nothing else.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geodata.mapdata import MapGeometry
from geodata.palette import Theme
from pages.common import cached, clusters_view, estimator_view, map_downloads, modes, paints, show, state
from pages.common.mapview import HEIGHT, MANY, page_is_dark, show_map
from pages.common.words import _, current
from riskmodel.results import Results
from riskmodel.study import Study

PAIR_HEIGHT = 480


def main() -> None:
    """Draw the screen."""
    question = (
        _("Where are children most vulnerable?")
        if state.method() == "vulnerability_index"
        else _("Where are children at risk?")
    )
    show.heading(
        question,
        _("Touch an area for its figures, or find it by name. Hatched areas have no data."),
    )
    study, results = show.need_results()
    with st.spinner(_("Preparing the shapes of the map")):
        geometry = cached.geometry(state.study_id())
    screen(study, results, geometry)
    show.sources(study, results)


@st.fragment
def screen(study: Study, results: Results, geometry: MapGeometry | None) -> None:
    """What changes with a click: the choice of mode, the map, the card, the table."""
    code = state.area_code() if state.area_code() in set(results.areas["area_code"]) else None
    shown = ["level"]
    if geometry is None:
        code = show.area_picker(results, "map_area")
        st.info(_("This study has no boundaries, so there is no map. The table below is complete."))
        st.page_link("pages/data.py", label=_("Add boundaries on the Data screen"), icon=":material/arrow_forward:")
        card(results, code)
    elif state.keep("map_pair", False):
        view_settings()
        shown = two_maps(study, results, geometry, code)
        card(results, code)
    else:
        shown = [one_mode(study, results)]
        drawn, beside = st.columns([5, 2])
        with drawn:
            one_map(geometry, shown[0], "map", code)
            told_of(geometry, results)
        with beside:
            card(results, code)
            view_settings()
    if "clusters" in shown:
        with st.container(border=True):
            clusters_view.cluster_list(results)
    if geometry is not None:
        map_downloads.offer(study, results, geometry, shown[0], theme())
    table(results, shown[0], alone=geometry is None)


def theme() -> Theme:
    """How the maps of this screen are drawn."""
    return state.appearance().map_theme(page_is_dark())


def view_settings() -> None:
    """Two maps or one, and what lies behind them."""

    def kept(name: str) -> None:
        state.put(name, st.session_state[f"{name}_switch"])

    def switch(name: str, label: str, described: str = "") -> None:
        st.toggle(
            label,
            value=bool(state.keep(name, False)),
            key=f"{name}_switch",
            on_change=kept,
            args=(name,),
            help=described or None,
        )

    with st.container(horizontal=True, vertical_alignment="center"):
        switch("map_pair", _("Two maps side by side"))
        switch(
            "map_tiles",
            _("Street map (needs internet)"),
            _(
                "Pictures of streets come from openstreetmap.org, which then sees which part of the world you look at. Nothing of the study is sent."
            ),
        )


def one_mode(study: Study, results: Results) -> str:
    """The mode of the single map: a row of names, and which indicator."""
    names = paints.modes(study, results)
    indicators = paints.indicators(study, results)
    shown = {**names, **({paints.INDICATOR: _("Indicator")} if indicators else {})}
    kept = state.keep("map_mode", next(iter(shown)))
    mode = st.pills(
        _("Show"),
        list(shown),
        default=kept if kept in shown else next(iter(shown)),
        format_func=shown.__getitem__,
        key="map_mode",
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    mode = mode or next(iter(shown))
    state.put("map_mode", mode)
    if mode != paints.INDICATOR:
        return mode
    kept = state.keep("map_indicator", next(iter(indicators)))
    chosen = st.selectbox(
        _("Indicator"),
        list(indicators),
        index=list(indicators).index(kept) if kept in indicators else 0,
        format_func=indicators.__getitem__,
        key="map_indicator",
        label_visibility="collapsed",
    )
    state.put("map_indicator", chosen)
    return chosen


def two_maps(study: Study, results: Results, geometry: MapGeometry, code: str | None) -> list[str]:
    """Two modes that move together; gives both."""
    names = {**paints.modes(study, results), **paints.indicators(study, results)}
    chosen = []
    for place, column in enumerate(st.columns(2)):
        with column:
            kept = state.keep(f"map_mode_{place}", list(names)[min(place + 1, len(names) - 1) if place else 0])
            mode = st.selectbox(
                _("Map on the left") if place == 0 else _("Map on the right"),
                list(names),
                index=list(names).index(kept) if kept in names else 0,
                format_func=names.__getitem__,
                key=f"map_mode_{place}",
            )
            state.put(f"map_mode_{place}", mode)
            one_map(geometry, mode, f"map-{place}", code, link="pair", height=PAIR_HEIGHT, bar=place == 0)
            chosen.append(mode)
    told_of(geometry, results)
    return chosen


def one_map(
    geometry: MapGeometry,
    mode: str,
    key: str,
    code: str | None,
    link: str = "",
    height: int = HEIGHT,
    bar: bool = True,
) -> None:
    """One map of the last run in one mode."""
    study_id = state.study_id() or ""
    drawn = cached.drawn(study_id, mode, theme())
    show_map(
        geometry,
        drawn.told,
        drawn.texts,
        key=f"{key}-{study_id}",
        selected=code or "",
        on_click=state.select_area,
        link=link,
        tiles=paints.TILES if state.keep("map_tiles", False) else None,
        height=height,
        bar=bar,
    )


def told_of(geometry: MapGeometry, results: Results) -> None:
    """What the map leaves out, and what makes it slow."""
    t = current()
    if geometry.missing:
        named = (
            results.areas.set_index("area_code")["area_name"]
            .reindex(geometry.missing)
            .fillna(pd.Series(geometry.missing, index=geometry.missing))
        )
        st.caption(
            t.plural(
                "{count} area has no shape on the map and is in the table: {names}.",
                "{count} areas have no shape on the map and are in the table: {names}.",
                len(named),
                names=show.escape(", ".join(named.head(8))),
            )
        )
    without = len(set(geometry.codes) - set(results.areas["area_code"]))
    if without:
        st.caption(
            t.plural(
                "{count} shape of the map is in no table and has no figures.",
                "{count} shapes of the map are in no table and have no figures.",
                without,
            )
        )
    if len(geometry.codes) > MANY:
        st.caption(
            _(
                "This map has {areas} areas: their shapes are simplified more than usual, and drawing them can take some seconds.",
                areas=t.number(len(geometry.codes)),
            )
        )


def card(results: Results, code: str | None) -> None:
    """The selected area, or the country."""
    if code:
        area_card(results, code)
    else:
        country_card(results)


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
        if pd.isna(row[results.measure]):
            st.caption(
                _("{areas} areas. Their mean needs the number of children of each, which is not known.", areas=areas)
            )
        elif results.measure == "area_risk" or (results.areas["children"] > 0).all():
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
        estimator_view.of_area(results, code)
        level = show.level_name(row["level"], k)
        index = results.measure == "index"
        doubt = _("not firm under other choices of the index") if index else _("not firm")
        firm = "" if pd.isna(row["level_probability"]) or row["level_probability"] >= 0.8 else " · " + doubt
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
                else " " + modes.place_between(row["rank_lower"], row["rank_upper"], results.measure)
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
        if "outside_model" in str(row["notes"]):
            st.caption(_("An indicator of this area lies far outside what the model saw: read it with care."))
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
        if results.manifest["interval"] == "coefficients":
            st.caption(
                ":material/warning: "
                + _(
                    "Too narrow: it leaves out what the determinants do not explain about an area. In simulated countries such intervals held the truth in only 4 of 10 areas; levels and places are less firm than they look."
                )
            )


def table(results: Results, mode: str, alone: bool = False) -> None:
    """The same as the map, for reading, sorting and those who do not see it; sent only while it is open.

    alone : there is no map, so the table is open from the start.
    """
    key = "map_table_open_alone" if alone else "map_table_open"
    with st.expander(_("The map as a table"), expanded=alone, key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        k = int(results.manifest["k"])
        areas = results.areas
        shown = pd.DataFrame(
            {_("Code"): areas["area_code"], _("Area"): areas["area_name"], _("Parent unit"): areas["parent_name"]}
        )
        parents = shown[_("Parent unit")]
        shown = shown.drop(columns=parents.name) if parents.isna().all() else shown.fillna({parents.name: ""})
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
        own = cached.look(state.study_id() or "", mode).table.reindex(areas["area_code"])
        for title in own.columns.difference(shown.columns, sort=False):
            shown[title] = own[title].to_numpy()
            if pd.api.types.is_float_dtype(own[title]):
                numbers[title] = st.column_config.NumberColumn(format="%.1f")
        shown = shown.sort_values(_("Place"))
        chosen = st.dataframe(
            shown,
            hide_index=True,
            width="stretch",
            column_config=numbers,
            on_select="rerun",
            selection_mode="single-row",
            key="map_table",
        )
        rows = chosen["selection"]["rows"]
        picked = shown[_("Code")].iloc[rows[0]] if rows else None
        if picked and picked != state.keep("map_table_row", None):
            state.put("map_table_row", picked)
            state.select_area(str(picked))
            st.rerun(scope="fragment")
        show.download_table(shown, f"map_{mode.replace(':', '_')}", _("Download this table (CSV)"))
        show.download_table(areas, "areas", _("Download the areas (CSV)"))


main()
