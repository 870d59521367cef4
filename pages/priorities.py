"""Priorities screen: where first? Criteria with weights, filters, the list and its download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import cached, show, state
from pages.common.words import _, current
from riskmodel.decisions.priorities import priority_list
from riskmodel.results import Results
from riskmodel.run import default_criteria
from riskmodel.study import Criterion, Study


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("Where first?"),
        _(
            "Areas in order of the criteria you choose. A rate and a number of children point to different places: weigh both."
        ),
    )
    study, results = show.need_results()
    criteria = ask_criteria(study, results)
    if not criteria:
        st.info(_("Give at least one criterion a weight."))
        return
    table = (
        results.areas.merge(results.indicators, on="area_code", how="left")
        if len(results.indicators)
        else results.areas
    )
    ordered = (
        results.priorities
        if criteria == (study.criterion or default_criteria(study))
        else priority_list(table, criteria, study.study.seed)
    )
    listed(study, results, ordered, criteria)
    show.sources(study, results)


def criterion_names(study: Study, results: Results) -> dict[str, str]:
    """Everything the list can be ordered by."""
    names = {"index": _("Vulnerability index")} if results.measure == "index" else {"area_risk": _("Risk")}
    if results.areas["expected_count"].notna().any():
        names["expected_count"] = _("Expected number of children")
    elif results.areas["children"].notna().any():
        names["children"] = _("Children living there")
    return names | {i.name: i.label or i.name for i in study.indicator}


def ask_criteria(study: Study, results: Results) -> tuple[Criterion, ...]:
    """Weights of the chosen criteria; they can be kept in the study."""
    names = criterion_names(study, results)
    start = {c.column: c for c in (study.criterion or default_criteria(study))}
    with st.expander(_("Criteria and weights"), expanded=True):
        chosen = st.multiselect(
            _("Criteria"), list(names), [c for c in start if c in names], format_func=names.__getitem__, key="criteria"
        )
        made = []
        for column, place in zip(chosen, st.columns(min(4, max(1, len(chosen)))) * len(chosen), strict=False):
            before = start.get(column)
            share = round(100 * before.weight / sum(c.weight for c in start.values())) if before else 30
            weight = place.slider(names[column], 0, 100, share, key=f"weight_{column}")
            direction = before.direction if before else _direction(study, column)
            if weight:
                made.append(Criterion(column=column, weight=float(weight), direction=direction, label=names[column]))
    return _as_before(tuple(made), study.criterion or default_criteria(study))


def _as_before(made: tuple[Criterion, ...], before: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The study's own criteria where the sliders say the same proportions."""
    if [c.column for c in made] != [c.column for c in before] or not made:
        return made
    ratio = [m.weight / b.weight for m, b in zip(made, before, strict=True)]
    return before if max(ratio) - min(ratio) < 0.02 * max(ratio) else made


def _direction(study: Study, column: str) -> int:
    return next((i.direction for i in study.indicator if i.name == column), 1)


def listed(study: Study, results: Results, ordered: pd.DataFrame, criteria: tuple[Criterion, ...]) -> None:
    """Filters and the list."""
    t = current()
    k = int(results.manifest["k"])
    names = criterion_names(study, results)
    areas = results.areas.set_index("area_code")
    left, middle, right = st.columns([2, 2, 1])
    parents = areas[["parent_code", "parent_name"]].dropna().drop_duplicates().set_index("parent_code")["parent_name"]
    parent = left.multiselect(
        _("Parent unit"),
        list(parents.sort_values().index),
        format_func=parents.get,
        key="filter_parent",
        placeholder=_("All"),
    )
    level = middle.multiselect(
        _("Level"),
        list(range(k, 0, -1)),
        format_func=lambda v: show.level_name(v, k),
        key="filter_level",
        placeholder=_("All"),
    )
    most = right.number_input(_("Show the first"), 5, 10_000, 25, step=5, key="filter_most")
    joined = ordered.join(areas[["parent_code", "parent_name", "level"]], on="area_code")
    if parent:
        joined = joined[joined["parent_code"].isin(parent)]
    if level:
        joined = joined[joined["level"].isin(level)]
    if joined.empty:
        st.info(_("No area meets the filters. Choose more parent units or levels."))
        return
    st.caption(t.plural("{count} area meets the filters.", "{count} areas meet the filters.", len(joined)))
    shown = joined.head(int(most))
    columns: dict[str, object] = {
        _("Order"): shown["rank"].astype("Int64"),
        _("Area"): shown["area_name"],
        _("Parent unit"): shown["parent_name"],
        _("Level"): [show.level_name(v, k) for v in shown["level"]],
    }
    if len(criteria) > 1:  # one criterion has no weights to vary
        columns[_("Order, weights ±25%")] = [
            "—" if pd.isna(lo) else f"{t.number(lo)} – {t.number(hi)}"
            for lo, hi in zip(shown["rank_lower"], shown["rank_upper"], strict=True)
        ]
    columns[_("Score")] = [t.number(v, 3) for v in shown["score"]]
    for criterion in criteria:
        columns[names.get(criterion.column, criterion.column)] = [
            _value(v, criterion.column, t) for v in shown[criterion.column]
        ]
    rows = show.table(
        pd.DataFrame(columns),
        left=[_("Area"), _("Parent unit"), _("Level")],
        key="priority_table",
        select=True,
        helps={
            _("Order, weights ±25%"): show.meaning("stability"),
            _("Score"): show.meaning("score"),
            _("Level"): show.meaning("level"),
            names.get("area_risk", ""): show.meaning("risk"),
            names.get("expected_count", ""): show.meaning("expected_number"),
        },
    )
    st.caption(_("Tick a row to open the fact sheet of its area."))
    if rows:
        code = str(shown["area_code"].iloc[rows[0]])
        state.select_area(code)
        st.page_link(
            "pages/sheets.py",
            label=_("Fact sheet of {name}", name=areas.loc[code, "area_name"]),
            icon=":material/description:",
        )
    show.download_table(joined.drop(columns=["parent_code"]), "priorities", _("Download the priority list (CSV)"))
    keep(study, criteria)


def _value(value: float, column: str, t) -> str:
    if column == "area_risk":
        return t.percent(value)
    return t.number(value, 0 if column in ("expected_count", "children") else 1)


def keep(study: Study, criteria: tuple[Criterion, ...]) -> None:
    """Store the criteria in the study, so that the command line makes the same list."""
    study_id = state.study_id()
    if study_id is None or criteria == (study.criterion or default_criteria(study)):
        return
    if st.button(_("Keep these criteria in the study")):
        draft = cached.workspace().study(study_id, complete=False)
        cached.workspace().save_study(study_id, draft.model_copy(update={"criterion": criteria}))
        st.success(_("Kept. The next run uses them."))


main()
