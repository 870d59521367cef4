"""Change screen: what changed between two years? Any two finished runs, of one study or of two."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geodata.palette import Theme
from geodata.printed import printed_png
from pages.common import cached, change_view, demo_earlier, show, state
from pages.common.change_view import Run
from pages.common.mapview import page_is_dark, show_map
from pages.common.words import _, current, plural
from riskmodel.decisions.change import Change
from riskmodel.outputs.change_words import caution, headline
from riskmodel.outputs.words import level_names
from riskmodel.problems import InputProblems
from riskmodel.results import Results
from riskmodel.study import Study
from two_years import change_map, change_record, map_table


def main() -> None:
    """Draw the screen."""
    show.heading(_("What changed?"), _("Two results of the same measure in two years, with the same levels."))
    study, _results = show.need_results()
    found = change_view.runs()
    demo_earlier.progress()
    if len(found) < 2:
        nothing_yet(study)
        return
    earlier, later = choose(found)
    pairs, cuts, more = finer(cached.run_results(*later.key))
    if earlier is None:
        st.info(_("No other result is of an earlier year. Choose one above, or run a study with the data of another year."))  # fmt: skip
        nothing_yet(study)
        return
    try:
        change = change_view.compared(earlier, later, pairs, cuts)
    except InputProblems as error:
        st.markdown("**" + _("These two results cannot be compared:") + "**")
        show.problems(error.problems)
        demo_earlier.offer(study)
        return
    shown(earlier, later, change, more)


def shown(earlier: Run, later: Run, change: Change, more: str) -> None:
    """Answer, map, levels, lists, chart."""
    results = cached.run_results(*later.key)
    t, summary = current(), change.summary
    st.markdown("\n".join(f"- {show.escape(s)}" for s in headline(summary, t)))
    show.problems(change.notes)
    without_partner(change)
    the_map(earlier, later, change, more)
    transition(change)
    moves(change)
    parents(change)
    largest(change)
    st.caption(show.escape(" ".join(caution(summary, t))))
    downloads(change, results, later)
    show.sources(Study.model_validate(results.manifest["study"]), results)


def nothing_yet(study: Study) -> None:
    """What is needed first."""
    st.info(_("A comparison needs two results: run a study with the data of one year, then the same study (or a copy of it) with the data of another year, and write the year of each. Definition, ages and method must be the same."))  # fmt: skip
    st.page_link("pages/data.py", label=_("Go to the data"), icon=":material/database:")
    demo_earlier.offer(study)


def choose(found: list[Run]) -> tuple[Run | None, Run]:
    """The two runs: the later one is at first that of the open study."""
    labels = {run.key: run.label() for run in found}
    by_key = {run.key: run for run in found}
    open_run = (state.study_id() or "", cached.run(state.study_id() or "") or "")
    first = next((run.key for run in found if run.study_id == open_run[0]), found[0].key)
    left, right = st.columns(2)
    with right:
        later = _select(_("Later result"), "change_later", labels, open_run if open_run in labels else first)
    others = {key: label for key, label in labels.items() if key != later}
    likely = change_view.likely_earlier(by_key[later], [by_key[key] for key in others])
    with left:
        earlier = _select(_("Earlier result"), "change_earlier", others, likely.key if likely else None)
    return (by_key[earlier] if earlier else None), by_key[later]


def _select(
    label: str, name: str, labels: dict[tuple[str, str], str], first: tuple[str, str] | None
) -> tuple[str, str]:
    """One list of runs; what was chosen is kept until the open study, or its last run, is another."""
    place = f"{name}_{state.study_id()}_{cached.run(state.study_id() or '')}"
    kept = state.keep(place, first)
    options = list(labels)
    chosen = st.selectbox(
        label,
        options,
        index=options.index(kept) if kept in labels else (options.index(first) if first in labels else None),  # type: ignore[arg-type]
        format_func=labels.__getitem__,
        placeholder=_("Choose a result"),
        key=f"{place}_box",
    )
    state.put(place, chosen)
    return chosen  # type: ignore[return-value]


def finer(later: Results) -> tuple[pd.DataFrame | None, tuple[float, ...], str]:
    """A table of codes and limits of levels, where the person gives them; and a name for the two together."""
    index = later.measure == "index"
    with st.expander(_("Areas split or merged; limits of the levels")):
        held = st.file_uploader(
            _("Table of codes: the earlier code in the first column, the later code in the second (CSV or XLSX)"),
            type=["csv", "xlsx", "parquet"],
            key="change_codes",
        )
        typed = st.text_input(
            _("Limits of the levels, in index points") if index else _("Limits of the levels, in %"),
            value=str(state.keep("change_limits", "")),
            placeholder=_("For example: 5; 10. Empty: those of the earlier result."),
            key="change_limits_box",
        )
        state.put("change_limits", typed)
        pairs = None
        if held is not None:
            try:
                pairs = change_view.pairs_of(held.name, held.getvalue())
                st.caption(plural("{count} pair of codes read.", "{count} pairs of codes read.", len(pairs)))
            except InputProblems as error:
                show.problems(error.problems)
        cuts = change_view.limits_of(typed, index)
        if typed.strip() and not cuts:
            st.warning(_("The limits are not numbers. Write them like this: 5; 10"))
    return pairs, cuts, f"{pd.util.hash_pandas_object(pairs).sum() if pairs is not None else ''} {cuts}"


def without_partner(change: Change) -> None:
    """Areas of one year only."""
    for presence in ("earlier_only", "later_only"):
        rows = change.areas[change.areas["presence"] == presence]
        if rows.empty:
            continue
        title = (
            plural(
                "{count} area is only in the earlier result.",
                "{count} areas are only in the earlier result.",
                len(rows),
            )
            if presence == "earlier_only"
            else plural(
                "{count} area is only in the later result.", "{count} areas are only in the later result.", len(rows)
            )
        )
        with st.expander(title):
            named = zip(rows["area_name"], rows["area_code"], strict=True)
            st.write(show.escape(", ".join(f"{name} ({code})" for name, code in named)))
            st.caption(_("If they were split, merged or renamed, give a table of codes above; they are then compared together."))  # fmt: skip
    joined = change.summary["areas"]["joined"]
    if joined:
        st.caption(plural("{count} territory is compared as a whole, since its areas were split, merged or renamed.", "{count} territories are compared as a whole, since their areas were split, merged or renamed.", joined))  # fmt: skip


@st.fragment
def the_map(earlier: Run, later: Run, change: Change, more: str) -> None:
    """Where it changed."""
    st.subheader(_("Where did it change?"), anchor=False)
    theme: Theme = state.appearance().map_theme(page_is_dark())
    drawn = change_view.drawn(earlier, later, change, more, theme)
    if drawn is None:
        st.info(_("The later result has no boundaries, so there is no map; the tables below are complete."))
        return
    show_map(drawn.geometry, drawn.told, drawn.texts, key=f"change-{later.study_id}", selected=state.area_code() or "", on_click=state.select_area)  # fmt: skip
    copied = state.appearance().photocopy
    said = _("Dark: rose. Light: fell.") if copied else _("Brown: rose. Green: fell.")
    if change.summary["beyond_chance"]["tested"]:
        said += " " + _("Dots: the change cannot be told from chance.")
    st.caption(said)
    code = state.area_code()
    rows = change.areas[change.areas["area_code"] == change.unit.get(code or "", "")]
    if len(rows):
        show.table(change_view.listed(rows, change.summary), left=[_("Area"), _("Parent unit")])


def transition(change: Change) -> None:
    """Levels before against levels after."""
    t, summary, k = current(), change.summary, int(change.summary["levels"]["k"])
    if change.transition.empty:
        return
    st.subheader(_("From level to level"), anchor=False)
    names, counted = level_names(k, t), change.transition.set_index(["level_earlier", "level_later"])
    first = str(summary["earlier"]["year"])
    rows = []
    for i in range(k, 0, -1):
        row = {first: names[i - 1]}
        for j in range(k, 0, -1):
            title = _("{year}: {level}", year=summary["later"]["year"], level=names[j - 1])
            if (i, j) not in counted.index:
                row[title] = "0"
                continue
            cell = counted.loc[(i, j)]
            children = "" if pd.isna(cell["children"]) else f" ({t.number(cell['children'])})"
            row[title] = t.number(cell["areas"]) + children
        rows.append(row)
    show.table(pd.DataFrame(rows), left=[first])
    st.caption(_("Number of areas; in brackets the children who live in them in {year}.", year=summary["later"]["year"]))  # fmt: skip


def moves(change: Change) -> None:
    """Who entered and who left the high level."""
    for name, title in (("entered", _("Entered the high level")), ("left", _("Left the high level"))):
        rows = change.areas[change.areas["move"] == name].sort_values("change", key=abs, ascending=False, kind="stable")
        st.subheader(title, anchor=False)
        if rows.empty:
            st.caption(_("None."))
            continue
        show.table(change_view.listed(rows, change.summary), left=[_("Area"), _("Parent unit")])


def parents(change: Change) -> None:
    """The same by parent unit, where there are few enough to read."""
    rows = change.parents
    if rows["change"].notna().sum() < 2:
        return
    with st.expander(_("The change of every parent unit")):
        ordered = rows.assign(area_name=rows["parent_name"], parent_name=pd.NA).sort_values("change", kind="stable")
        show.table(change_view.listed(ordered, change.summary, _("Parent unit")), left=[_("Parent unit")])
        show.download_table(rows, "change_parents", _("Parent units (CSV)"))


def largest(change: Change) -> None:
    """The chart of the largest changes: those more than chance first."""
    both = change.areas.dropna(subset=["change"])
    flagged = both["beyond_chance"].fillna(False).astype(bool)
    order = both.assign(first=flagged, size=both["change"].abs()).sort_values(["first", "size"], ascending=False, kind="stable")  # fmt: skip
    rows = order.head(change_view.MOST_ROWS)
    if rows.empty:
        return
    st.subheader(_("The largest changes"), anchor=False)
    described = _("Open circle: {first}. Full circle: {second}.", first=change.summary["earlier"]["year"], second=change.summary["later"]["year"])  # fmt: skip
    if rows["ci_lower"].notna().any():
        described += " " + _("Thin lines are 95% intervals. Changes that are more than chance come first.")
    show.chart(change_view.dumbbells(rows, change.summary), "change_dumbbells", described)


def downloads(change: Change, results: Results, later: Run) -> None:
    """Everything the command line writes."""
    with st.container(horizontal=True):
        show.download_table(change.areas, "change", _("All areas (CSV)"))
        show.download_table(change.transition, "transition", _("Levels (CSV)"))
        _file(_("Figures (JSON)"), "change.json", "application/json", lambda: change_record(change).encode())
        drawn = cached.run_locator(*later.key)
        if drawn is None:
            return
        _file(_("Map for a document (PNG)"), "change.png", "image/png", lambda: printed_png(drawn.base, *change_map(change, results, drawn.base, current())))  # fmt: skip
        geometry = cached.run_geometry(*later.key)
        assert geometry is not None
        _file(_("Map file (GeoPackage)"), "change.gpkg", "application/geopackage+sqlite3", lambda: change_view.geopackage(map_table(change), geometry))  # fmt: skip


def _file(label: str, name: str, kind: str, content: object) -> None:
    st.download_button(label, data=content, file_name=name, mime=kind, icon=":material/download:", key=f"download_{name}", on_click="ignore")  # type: ignore[arg-type] # fmt: skip


main()
