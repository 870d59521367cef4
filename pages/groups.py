"""Groups screen: who? Risk by sex, age, area of residence and other groups, their differences, the SDG 8.7.1 table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import group_charts, sdg_view, show, state
from pages.common.words import _, current
from riskmodel.outputs.sdg_table import Unit, cells_of, total_of
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_groups import crossings, group_label, in_order

LISTED = 10


def main() -> None:
    """Draw the screen."""
    show.heading(_("Who?"), _("Risk by sex, age and other groups, and how far they are apart. Differences are associations, not causes."))  # fmt: skip
    study, results = show.need_results()
    if results.groups.empty:
        nothing_yet(study)
        return
    unit = the_unit(results)
    place = name_of(study, results, unit)
    cells = cells_of(results, unit)
    cells = cells[~cells["group"].isin(list(crossings(study)))]
    if cells.empty or cells["area_risk"].isna().all():
        st.info(_("{name} has no estimate by group.", name=show.escape(place)))
    else:
        st.markdown(sentence(study, results, unit, place))
        the_groups(study, results, unit, cells, place)
        differences(study, results, unit, place)
    widest(study, results)
    sdg_view.table(study, results, unit, place)
    show.sources(study, results)


def nothing_yet(study: Study) -> None:
    """What to do where there are no groups, by method."""
    if study.study.method != "risk_model":
        st.info(_("Not available with this method: groups need a survey model applied to a population of children."))
        return
    st.info(_("This study reports no groups. In the Data screen, under “Groups”, choose for instance sex, age, area of residence and ethnicity; then run the study again."))  # fmt: skip
    st.page_link("pages/data.py", label=_("Go to the data"), icon=":material/database:")


def the_unit(results: Results) -> Unit:
    """The country, a parent unit or the selected area."""
    left, right = st.columns(2)
    with left:
        code = show.area_picker(results, "groups_area")
    parents = dict(zip(results.parents["area_code"], results.parents["area_name"], strict=True)) if len(results.parents) else {}  # fmt: skip
    country = _("Country")
    if code is None and not parents:
        return Unit("country", "")
    if code is None:
        kept = state.keep("groups_parent", "")
        options = ["", *sorted(parents, key=lambda c: str(parents[c]).casefold())]
        chosen = right.selectbox(
            _("Country or parent unit"),
            options,
            options.index(kept) if kept in options else 0,
            format_func=lambda c: parents[c] if c else country,
            key="groups_parent_now",
        )
        state.put("groups_parent", chosen)
        return Unit("parent", str(chosen)) if chosen else Unit("country", "")
    row = results.areas.set_index("area_code").loc[code]
    names = {"area": str(row["area_name"])}
    if row["parent_code"] in parents and len(results.parent_groups):
        names["parent"] = parents[row["parent_code"]]
    names["country"] = country
    kept = state.keep("groups_scope", "area")
    scope = right.segmented_control(
        _("Look at"),
        list(names),
        default=kept if kept in names else "area",
        format_func=names.__getitem__,
        key=f"groups_scope_now_{code}",
    )
    state.put("groups_scope", scope or "area")
    return {"parent": Unit("parent", str(row["parent_code"])), "country": Unit("country", "")}.get(
        scope or "area", Unit("area", code)
    )


def name_of(study: Study, results: Results, unit: Unit) -> str:
    """What the unit is called."""
    return (
        (study.study.country or _("The whole country"))
        if unit.kind == "country"
        else str(total_of(results, unit)["area_name"])
    )


def of_unit(results: Results, unit: Unit) -> pd.DataFrame:
    """Gaps of a unit, each turned so that the category with more risk comes first."""
    gaps = results.gaps
    if gaps.empty:
        return gaps
    own = gaps[(gaps["unit"] == unit.kind) & (gaps["area_code"] == unit.code) & gaps["gap"].notna()].copy()
    own = turned(own, own["gap"] < 0)
    place = {name: i for i, name in enumerate(dict.fromkeys(own["group"]))}
    return own.assign(place=own["group"].map(place)).sort_values(["place", "gap"], ascending=[True, False]).drop(columns="place")  # fmt: skip


def turned(gaps: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """The gaps with the categories of these rows exchanged."""
    out = gaps.copy()
    out.loc[rows, ["category", "against"]] = gaps.loc[rows, ["against", "category"]].to_numpy()
    out.loc[rows, "gap"] = -gaps.loc[rows, "gap"]
    out.loc[rows, ["ci_lower", "ci_upper"]] = -gaps.loc[rows, ["ci_upper", "ci_lower"]].to_numpy()
    return out


def sentence(study: Study, results: Results, unit: Unit, place: str) -> str:
    """The answer for the selection: the largest difference that chance does not explain."""
    t = current()
    gaps = of_unit(results, unit)
    clear = gaps[gaps["ci_lower"] > 0] if len(gaps) else gaps
    if clear.empty:
        return _("**{place}**: no difference between the groups is larger than its uncertainty.", place=show.escape(place))  # fmt: skip
    top = clear.loc[clear["gap"].idxmax()]
    risk = cells_of(results, unit).set_index(["group", "category"])["area_risk"]
    return _(
        "**{place}**: the widest difference is by {group}. Of every 100 children, {first} would be in child labour in “{category}” and {second} in “{against}”, a difference of {gap} percentage points (95% interval {lower} to {upper}).",
        place=show.escape(place),
        group=show.escape(_lower(group_label(study, top["group"]))),
        category=show.escape(top["category"]),
        against=show.escape(top["against"]),
        first=t.number(risk[(top["group"], top["category"])] * 100, 1),
        second=t.number(risk[(top["group"], top["against"])] * 100, 1),
        gap=t.number(top["gap"] * 100, 1),
        lower=t.number(top["ci_lower"] * 100, 1),
        upper=t.number(top["ci_upper"] * 100, 1),
    )


def the_groups(study: Study, results: Results, unit: Unit, cells: pd.DataFrame, place: str) -> None:
    """Dot plot and table of the groups."""
    t, not_stated = current(), _("not stated")
    ordered = []
    for group, part in cells.groupby("group", sort=False):
        order = in_order(study, str(group), part["category"].astype(str).tolist())
        ordered.append(part.set_index(part["category"].astype(str)).loc[order])
    rows = pd.concat(ordered, ignore_index=True)
    rows["group"] = [group_label(study, g) for g in rows["group"]]
    rows["label"] = [str(c) or not_stated for c in rows["category"]]
    drawn = rows[rows["category"].astype(str) != ""]
    st.subheader(_("Risk by group"), anchor=False)
    country = float(results.national["area_risk"].iloc[0])
    label = _("Country: {value}", value=t.percent(country))
    show.chart(
        group_charts.dots(drawn, country, label),
        "groups",
        _("Points are the mean risk of the children of each group in {place}; lines are 95% intervals. The upright line is the whole country.", place=show.escape(place)),
    )  # fmt: skip
    small = _("< {count}", count=t.number(study.privacy.min_count))
    with st.expander(_("The groups as a table")):
        show.table(
            pd.DataFrame(
                {
                    _("Group"): rows["group"],
                    _("Category"): rows["label"],
                    _("Children"): [t.number(v) for v in rows["children"]],
                    _("Risk, %"): [t.number(v * 100, 1) for v in rows["area_risk"]],
                    _("95% interval"): _ranges(rows, 1),
                    _("Expected number"): [
                        small if w == "count" else t.number(v)
                        for v, w in zip(rows["expected_count"], rows["withheld"], strict=True)
                    ],
                }
            ),
            left=[_("Group"), _("Category")],
        )
        st.caption(_("“—”: fewer than {children} children, or withheld so that such a group does not follow by subtraction.", children=t.number(study.privacy.min_children)))  # fmt: skip
        show.download_table(cells, "groups")


def differences(study: Study, results: Results, unit: Unit, place: str) -> None:
    """Gap plot and table."""
    gaps = of_unit(results, unit)
    if gaps.empty:
        st.caption(_("Differences are shown for groups of two to six categories. Make bands of ages to see theirs."))
        return
    t = current()
    rows = gaps.assign(
        group=[group_label(study, g) for g in gaps["group"]],
        label=[_("{category} against {against}", category=r.category, against=r.against) for r in gaps.itertuples()],
    )
    st.subheader(_("How far apart are they?"), anchor=False)
    show.chart(
        group_charts.gaps(rows),
        "gaps",
        _("Differences in percentage points with their 95% intervals. A hollow point: the interval holds zero, so chance could explain it. Two groups share the same model: their intervals above may overlap and the difference still be clear."),
    )  # fmt: skip
    with st.expander(_("The differences as a table")):
        show.table(
            pd.DataFrame(
                {
                    _("Group"): rows["group"],
                    _("Difference"): rows["label"],
                    _("Percentage points"): [t.points(v) for v in rows["gap"]],
                    _("95% interval"): _ranges(rows, 1),
                }
            ),
            left=[_("Group"), _("Difference")],
        )
        show.download_table(gaps, "gaps")


def widest(study: Study, results: Results) -> None:
    """The areas where two categories are furthest apart."""
    country = of_unit(results, Unit("country", ""))
    if country.empty:
        return
    t = current()
    st.subheader(_("Where is the difference largest?"), anchor=False)
    pairs = [
        _("{group}: {category} against {against}", group=group_label(study, r.group), category=r.category, against=r.against)
        for r in country.itertuples()
    ]  # fmt: skip
    chosen = st.selectbox(_("Difference"), pairs, key="groups_pair")
    pair = country.iloc[pairs.index(chosen)]
    local = results.gaps[(results.gaps["unit"] == "area") & (results.gaps["group"] == pair["group"])]
    local = turned(local, (local["category"] == pair["against"]) & (local["against"] == pair["category"]))
    local = local[(local["category"] == pair["category"]) & (local["against"] == pair["against"])].dropna(subset="gap")
    if local.empty:
        st.caption(_("No area has enough children in both categories."))
        return
    named = local.merge(results.areas[["area_code", "area_name", "parent_name"]], on="area_code")
    top = named.sort_values(["gap", "area_code"], ascending=[False, True]).head(LISTED)
    named_in = {_("Parent unit"): top["parent_name"]} if top["parent_name"].notna().any() else {}
    chosen_rows = show.table(
        pd.DataFrame(
            {
                _("Area"): top["area_name"],
                **named_in,
                _("Percentage points"): [t.points(v) for v in top["gap"]],
                _("95% interval"): _ranges(top, 1),
            }
        ).reset_index(drop=True),
        left=[_("Area"), *named_in],
        key="widest_areas",
        select=True,
    )
    st.caption(
        _(
            "The ten widest, of {areas} areas with enough children in both categories. In the country: {gap} points. Choose a row to see that area above.",
            areas=t.number(len(named)),
            gap=t.points(pair["gap"]),
        )
    )
    show.download_table(named, "gaps_by_area", _("Download all areas (CSV)"))
    if chosen_rows and top["area_code"].iloc[chosen_rows[0]] != state.area_code():
        state.select_area(str(top["area_code"].iloc[chosen_rows[0]]))
        st.rerun()


def _ranges(rows: pd.DataFrame, decimals: int) -> list[str]:
    t = current()
    return [
        "—" if pd.isna(lower) else f"{t.number(lower * 100, decimals)} – {t.number(upper * 100, decimals)}"
        for lower, upper in zip(rows["ci_lower"], rows["ci_upper"], strict=True)
    ]


def _lower(label: str) -> str:
    """A label inside a sentence, without the capital of its beginning."""
    return label[:1].lower() + label[1:]


main()
