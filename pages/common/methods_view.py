"""What the screen of two methods draws of one pair: levels against levels, the map and the list of disagreements.

Brown is the second run higher, green the first, as on every map of differences; dots mark a disagreement within error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from comparisons import methods_figure
from geodata.paint import LegendEntry
from pages.common import cached, paints, show, state, takeaway
from pages.common.looks import Look, keyed_look
from pages.common.mapview import page_is_dark, show_map
from pages.common.words import _, current, plural
from riskmodel.decisions.methods import MethodsAgreement
from riskmodel.outputs.methods_key import methods_key, within_error
from riskmodel.outputs.words import level_names, part_names
from riskmodel.results import Results
from riskmodel.study import Study

LISTED = 20
Pair = Mapping[str, Any]


def levels(pair: Pair) -> None:
    """Levels of one run against levels of the other, and how many areas are first in both."""
    t = current()
    st.subheader(_("Level by level"), anchor=False)
    ways = {"levels": _("Levels of the runs"), "thirds": _("Thirds of the areas")}
    offered = [way for way in ways if pair[way]]
    way = offered[0]
    if len(offered) > 1:
        way = st.segmented_control(
            _("Compare by"), offered, default=way, format_func=ways.__getitem__, key="side_by_side_levels"
        ) or way  # fmt: skip
    part = pair[way]
    names = level_names(len(part["table"]), t)
    first = _("Level in {run}", run=pair["first"])
    rows = [
        {
            first: name,
            **{f"{pair['second']}: {n}": t.number(v) for n, v in zip(names, row, strict=True)},
        }
        for name, row in zip(names, part["table"], strict=True)
    ]
    show.table(pd.DataFrame(rows), left=[first])
    third = pair["top_third"]
    st.markdown(
        _(
            "Of the {count} areas of the highest third in {first}, {hits} are in the highest third of {second}.",
            count=t.number(third["areas"]),
            first=pair["first"],
            hits=t.number(third["hits"]),
            second=pair["second"],
        )
    )
    if pair["rmsd"] is not None:
        st.markdown(
            _(
                "The risk in {second} less that in {first} is {mean} percentage points on average; in a single area the two are typically {rmsd} apart.",
                second=pair["second"],
                first=pair["first"],
                mean=t.points(pair["mean_difference"]),
                rmsd=t.number(pair["rmsd"] * 100, 1),
            )
        )


def where(found: MethodsAgreement, pair: Pair, results: Results, study_id: str, content: str) -> None:
    """Map and list; `content` names the runs, for the cache."""
    first, second = pair["first"], pair["second"]
    geometry = cached.geometry(study_id)
    if geometry is not None:
        theme, code = state.appearance().map_theme(page_is_dark()), state.area_code() or ""
        drawn = cached.drawn_other(
            study_id, f"{content}-{first}{second}", theme, lambda: look(found, results, first, second)
        )
        key = f"methods-{study_id}-{first}{second}"
        show_map(geometry, drawn.told, drawn.texts, key=key, selected=code, on_click=state.select_area, height=520)
        locator = cached.locator(study_id)
        if locator is not None:
            copied = state.appearance().photocopy
            figure = lambda: methods_figure(  # noqa: E731
                found, first, second, results, locator.base, state.language(), code, copied
            )
            takeaway.figure_downloads(figure, f"map_methods_{first}_{second}", geometry)
    rows = found.areas[(found.areas["first"] == first) & (found.areas["second"] == second)]
    chosen = rows[rows["area_code"] == show.area_picker(results, "side_by_side_area")]
    if len(chosen):
        table(chosen, pair)
        return
    strong = rows[rows["disagree"].astype(bool)]
    table((strong if len(strong) else rows).head(LISTED), pair)
    if len(strong):
        st.caption(plural("{count} area stands two levels or more apart, or its places differ by more than their errors; the widest disagreement stands first.", "{count} areas stand two levels or more apart, or their places differ by more than their errors; the widest disagreement stands first.", len(strong)))  # fmt: skip
    else:
        st.caption(_("No area disagrees by two levels or by more than the errors; these differ most."))


def look(found: MethodsAgreement, results: Results, first: str, second: str) -> Look:
    """The pair as a look of the map: the key of paper, dots, and the two figures of each area."""
    t = current()
    subject = paints.subject_of(Study.model_validate(results.manifest["study"]), results)
    key = methods_key(found.areas, first, second, results.areas["area_code"], t)
    rows = found.areas[(found.areas["first"] == first) & (found.areas["second"] == second)].set_index("area_code")
    drawn = keyed_look(subject, key, key.title, key.subtitle, "")
    held = within_error(found.areas, first, second)
    entries = drawn.legend.entries
    if held:
        words = plural("{count} area", "{count} areas", len(held))
        entries = (*entries, LegendEntry(_("May be chance: the intervals of the places meet"), kind="uncertain", note=words))  # fmt: skip
    lines = {
        _("Place in {run}", run=run): _places(rows, side).reindex(subject.areas.index).fillna("")
        for run, side in ((first, "first"), (second, "second"))
    }
    return replace(drawn, lines={**lines, **drawn.lines}, legend=replace(drawn.legend, entries=entries), uncertain=held)


def table(rows: pd.DataFrame, pair: Pair) -> None:
    """Areas with their level and place in both runs."""
    t = current()
    named = {_("Parent unit"): rows["parent_name"]} if rows["parent_name"].notna().any() else {}
    columns = {_("Area"): rows["area_name"], **named}
    for run, side in ((pair["first"], "first"), (pair["second"], "second")):
        name = "level" if pair["levels"] else "third"
        names = level_names(len((pair["levels"] or pair["thirds"])["table"]), t)
        levels_of = [("—" if pd.isna(v) else names[int(v) - 1]) for v in rows[f"{name}_{side}"]]
        columns[_("Level in {run}", run=run)] = levels_of
        columns[_("Place in {run}", run=run)] = _places(rows, side)
    wide = [_("Place in {run}", run=run) for run in (pair["first"], pair["second"])]  # a place with its interval
    beyond = {True: _("yes"), False: _("no")}
    columns[_("More than the errors")] = ["—" if pd.isna(v) else beyond[bool(v)] for v in rows["beyond_error"]]
    show.table(pd.DataFrame(columns).reset_index(drop=True), left=[_("Area"), *named, *wide])


def factor(name: str) -> str:
    """A main factor as a person reads it."""
    return show.escape(part_names(current()).get(name, name))


def _places(rows: pd.DataFrame, side: str) -> pd.Series:
    """Place with its interval."""
    t = current()
    said = [
        t.number(int(rank))
        if pd.isna(lower)
        else _(
            "{rank} ({lower} to {upper})",
            rank=t.number(int(rank)),
            lower=t.number(int(lower)),
            upper=t.number(int(upper)),
        )
        for rank, lower, upper in zip(
            rows[f"rank_{side}"], rows[f"rank_{side}_lower"], rows[f"rank_{side}_upper"], strict=True
        )
    ]
    return pd.Series(said, rows.index, dtype="string")
