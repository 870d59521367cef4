"""Validation screen: can we trust it? The results beside a rate that was measured in some other way."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.common import (
    agreement_charts,
    ask_rate_file,
    cached,
    map_downloads,
    paints,
    show,
    state,
    takeaway,
    totals_view,
)
from pages.common.mapview import page_is_dark, show_map
from pages.common.words import _, current, plural
from riskmodel.outputs.agreement_words import (
    caution_sentence,
    lesson_sentence,
    measure_name,
    order_sentence,
    size_sentence,
    top_sentence,
)
from riskmodel.outputs.words import level_names
from riskmodel.results import Results
from riskmodel.study import Study

LISTED = 15


def main() -> None:
    """Draw the screen."""
    show.heading(_("Can we trust it?"), _("The results beside a rate of child labour that was measured in some other way."))  # fmt: skip
    study, results = show.need_results()
    study_id = show.need_study()
    other = ask_rate_file.compared(study_id)
    if other is not None:
        results = replace(results, validation=other.found.areas, agreement=other.found.summary)
        st.info(_("This comparison is with a table chosen here. The results of the study are as they were."))
        st.button(_("Back to what the run compared"), on_click=ask_rate_file.back, key="rate_back")
        show.problems(other.notes)
    if results.agreement:
        agreement(results, other is not None)
    else:
        nothing_yet(study)
    ask_rate_file.ask(study_id, results, opened=not results.agreement)
    totals_view.totals(results)
    show.sources(study, results)


def agreement(results: Results, own_table: bool) -> None:
    """Sentences, areas, levels, map, figures."""
    found, risk, t = results.agreement, results.measure == "area_risk", current()
    areas = plural("{count} area with both", "{count} areas with both", found["areas"])
    st.caption(_("Compared with: {measure}. {areas}.", measure=show.escape(measure_name(found, t)), areas=areas))
    if found["areas_left_out"]:
        st.caption(plural("{count} area is left out: its measured rate went into the results themselves.", "{count} areas are left out: their measured rates went into the results themselves.", found["areas_left_out"]))  # fmt: skip
    if found["used_in_the_estimate"]:
        st.warning(_("The results were made with this same rate, so the two agree by construction. To test the method, compare with a rate it has not seen."))  # fmt: skip
    st.markdown(
        "\n".join(f"1. {s}" for s in (order_sentence(found, t), top_sentence(found, t), size_sentence(found, t)))
    )
    if lesson := lesson_sentence(found, t):
        st.markdown(lesson)
    st.caption(caution_sentence(t))
    the_areas(results, risk)
    levels(results)
    where(results, risk, own_table)
    figures(results, risk)


def nothing_yet(study: Study) -> None:
    """What to declare."""
    if study.observed is None:
        st.info(_("This study names no observed rate. If a census, an earlier survey or inspection records measured child labour in the areas, choose its table below; or name its columns in the Data screen under “Observed rate”, and every run compares itself. Ten areas are enough to begin."))  # fmt: skip
    else:
        st.info(_("Too few areas have both a result and an observed rate: at least ten are needed. Check the columns of the observed rate in the Data screen."))  # fmt: skip
    st.page_link("pages/data.py", label=_("Go to the data"), icon=":material/database:")


def the_areas(results: Results, risk: bool) -> None:
    """Every area as a point, and the selected one in words."""
    st.subheader(_("Area by area"), anchor=False)
    code = show.area_picker(results, "validation_area")
    rows = results.validation
    chosen = rows[rows["area_code"] == code]
    if len(chosen):
        st.markdown(area_sentence(chosen.iloc[0], risk, len(rows)))
    elif code is not None:
        st.caption(_("This area has no observed rate, or no result."))
    title = _("Estimated, % of children") if risk else _("Index, points of 100")
    described = _("Each point is an area.")
    if risk:
        drawn = rows["ci_lower"].notna().sum()
        described = _("Each point is an area; on the dotted line estimate and measure are equal.")
        if drawn > agreement_charts.MOST_INTERVALS:
            described += " " + _("Upright lines are the 95% intervals that miss the measure.")
        elif drawn:
            described += " " + _("Upright lines are 95% intervals.")
    show.chart(agreement_charts.scatter(rows, risk, title, code or ""), "validation_scatter", described)


def area_sentence(row: pd.Series, risk: bool, areas: int) -> str:
    """Measure and estimate of one area."""
    t, name = current(), show.escape(row["area_name"])
    observed = t.percent(row["observed"])
    if not risk:
        said = {
            "name": name,
            "observed": observed,
            "index": t.number(row["estimate"], 1),
            "places": t.number(abs(row["rank_difference"]) * (areas - 1), 0),
            "areas": t.number(areas),
        }
        if row["rank_difference"] > 0:
            return _("**{name}**: measured {observed}; the index is {index} and puts the area {places} places (of {areas}) higher than the measure does.", **said)  # fmt: skip
        return _("**{name}**: measured {observed}; the index is {index} and puts the area {places} places (of {areas}) lower than the measure does.", **said)  # fmt: skip
    if pd.isna(row["ci_lower"]):
        return _("**{name}**: measured {observed}, estimated {estimate}.", name=name, observed=observed, estimate=t.percent(row["estimate"]))  # fmt: skip
    return _(
        "**{name}**: measured {observed}, estimated {estimate} (95% interval {lower} to {upper}).",
        name=name,
        observed=observed,
        estimate=t.percent(row["estimate"]),
        lower=t.percent(row["ci_lower"]),
        upper=t.percent(row["ci_upper"]),
    )


def levels(results: Results) -> None:
    """Levels of the measure against levels of the results."""
    t, found = current(), results.agreement
    st.subheader(_("Level by level"), anchor=False)
    ways = {"levels": _("Levels of this study"), "thirds": _("Thirds of the areas")}
    offered = [w for w in ways if found[w]]
    way = offered[0]
    if len(offered) > 1:
        way = st.segmented_control(
            _("Compare by"), offered, default=offered[0], format_func=ways.__getitem__, key="validation_levels"
        ) or offered[0]  # fmt: skip
    part = found[way]
    names = level_names(len(part["table"]), t)
    first = _("Measured")
    show.table(
        pd.DataFrame(
            [{first: name, **{_("Results: {level}", level=n): t.number(v) for n, v in zip(names, row, strict=True)}}
             for name, row in zip(names, part["table"], strict=True)]
        ),
        left=[first],
    )  # fmt: skip
    total = sum(map(sum, part["table"]))
    low_high = part["table"][0][-1] + part["table"][-1][0]
    st.markdown(
        _(
            "{same} of every 100 areas are in the same level; {far} of all {total} are low in one and high in the other. Agreement beyond chance (weighted kappa): {kappa}, where 1 is full and 0 is chance.",
            same=t.number(part["same"] * 100, 0),
            far=t.number(low_high),
            total=t.number(total),
            kappa="—" if part["kappa"] is None else t.number(part["kappa"], 2),
        )
    )
    third = found["top_third"]
    st.markdown(
        _(
            "Of the {count} areas of the highest third by the measure, {hits} are in the highest third of the results.",
            count=t.number(third["areas"]),
            hits=t.number(third["hits"]),
        )
    )
    st.caption(
        _("The measured rates were put into levels by the same rule as the results, each with its own limits.")
        if way == "levels"
        else _("A third of the areas in each level, by measure and by results.")
    )


def where(results: Results, risk: bool, own_table: bool) -> None:
    """Map and list of the differences."""
    t = current()
    rows = results.validation
    st.subheader(_("Where do they differ?"), anchor=False)
    the_map(results, own_table)
    value = rows["difference" if risk else "rank_difference"] * 100
    top = rows.assign(value=value).sort_values("value", key=abs, ascending=False, kind="stable").head(LISTED)
    named = {_("Parent unit"): top["parent_name"]} if top["parent_name"].notna().any() else {}
    unit = _("Difference, points") if risk else _("Places of 100")
    show.table(
        pd.DataFrame(
            {
                _("Area"): top["area_name"],
                **named,
                _("Measured, %"): [t.number(v * 100, 1) for v in top["observed"]],
                _("Estimated, %") if risk else _("Index"): [
                    t.number(v * (100 if risk else 1), 1) for v in top["estimate"]
                ],
                unit: [t.points(v / 100) for v in top["value"]],
            }
        ).reset_index(drop=True),
        left=[_("Area"), *named],
    )
    st.caption(plural("The {count} area furthest apart.", "The {count} areas furthest apart.", len(top)))
    left, right = st.columns(2)
    with left:
        show.download_table(rows, "validation", _("Download all areas (CSV)"))
    with right:
        show.download_record(results.agreement, "validation", _("Download the figures (JSON)"))


def the_map(results: Results, own_table: bool) -> None:
    """Results less measure on the map; a touch chooses an area, as everywhere."""
    study_id, theme = show.need_study(), state.appearance().map_theme(page_is_dark())
    geometry = cached.geometry(study_id)
    if geometry is None:
        return
    study, code = Study.model_validate(results.manifest["study"]), state.area_code()
    content = str(results.agreement.get("sha256", "")) + json.dumps(results.agreement.get("columns", {}))
    if own_table:
        drawn = cached.drawn_other(study_id, content, theme, lambda: paints.look(study, results, "difference"))
    else:
        drawn = cached.drawn(study_id, "difference", theme)
    show_map(
        geometry, drawn.told, drawn.texts, key=f"difference-{study_id}", selected=code or "",
        on_click=state.select_area, height=480,
    )  # fmt: skip
    st.caption(_("“Higher” means that the results are above the measure, “lower” that they are below it."))
    if own_table:
        takeaway.map_downloads(results, "difference", code)
    else:
        map_downloads.offer(study, results, geometry, "difference", theme)


def figures(results: Results, risk: bool) -> None:
    """The same in figures."""
    t, found = current(), results.agreement
    rows = [
        (_("Areas compared"), t.number(found["areas"])),
        (_("Rank correlation (Spearman)"), t.number(found["spearman"], 3)),
        (_("Correlation (Pearson)"), t.number(found["pearson"], 3)),
    ]
    if risk:
        rows += [
            (_("Mean difference, percentage points"), t.points(found["bias"])),
            (_("Root mean squared difference, percentage points"), t.number(found["rmse"] * 100, 2)),
        ]
    for key, words in (
        ("coverage", _("Intervals that hold the measured rate, %")),
        ("coverage_with_error", _("The same, with the chance in the measured rate, %")),
    ):
        if found[key] is not None:
            rows.append((words, t.number(found[key] * 100, 1)))
    for key, words in (("levels", _("Weighted kappa, levels of the study")), ("thirds", _("Weighted kappa, thirds"))):
        if found[key] and found[key]["kappa"] is not None:
            rows.append((words, t.number(found[key]["kappa"], 3)))
    for key, words in (("top_tenth", _("Hits in the top tenth, %")), ("top_third", _("Hits in the top third, %"))):
        rows.append((words, t.number(100 * found[key]["hits"] / found[key]["areas"], 1)))
    with st.expander(_("The figures")):
        show.table(pd.DataFrame(rows, columns=[_("Figure"), _("Value")]), left=[_("Figure")])


main()
