"""Draw what every screen shows: heading, problems, tables, downloads, the synthetic label."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.common import cached, chart_looks, charts, guide, state, takeaway
from pages.common.words import _, current
from riskmodel.declaration import declaration, what_counts
from riskmodel.glossary import Term, glossary
from riskmodel.i18n import say
from riskmodel.outputs.words import category_name, level_names
from riskmodel.problems import InputProblems, Problem
from riskmodel.results import Results, spreadsheet_safe
from riskmodel.study import Study


def heading(question: str, answers: str) -> None:
    """The question a screen answers, and one sentence on how."""
    if not state.begun():
        st.switch_page("app.py")
    st.title(question, anchor=False)
    st.caption(answers)
    if text := state.take_flash():
        st.success(text)
    guide.panel()


def need_study() -> str:
    """Id of the open study; says what to do first, and stops, when there is none."""
    study_id = state.study_id()
    if study_id is None:
        st.info(_("No study is open. Open one, or look at the demonstration country."))
        st.page_link("pages/studies.py", label=_("Go to the studies"), icon=":material/folder_open:")
        st.stop()
    return study_id


def need_results() -> tuple[Study, Results]:
    """The last results of the open study and the settings they were made with; stops when it has not run."""
    study_id = need_study()
    results = cached.results(study_id)
    if results is None:
        st.info(_("This study has no results yet. Check its data and run it."))
        st.page_link("pages/data.py", label=_("Go to the data"), icon=":material/database:")
        st.stop()
    study = Study.model_validate(results.manifest["study"])
    synthetic(study)
    return study, results


def synthetic(study: Study) -> None:
    """The label that no invented number may lack."""
    if study.study.synthetic:
        st.warning(
            _("Synthetic data: this country, its people and its figures are invented."), icon=":material/science:"
        )


def problems(found: Sequence[Problem]) -> None:
    """Problems in words, errors first: what, where, mend."""
    draw = {"error": st.error, "warning": st.warning, "note": st.info}
    order = {"error": 0, "warning": 1, "note": 2}
    for problem in sorted(found, key=lambda p: order[p.severity]):
        said = say(problem, current())
        lines = [f"**{escape(said.what)}**", escape(said.where), escape(said.mend)]
        draw[problem.severity]("  \n".join(line for line in lines if line))


def escape(text: str) -> str:
    """Text of a person's file, so that it is shown and not read as markup."""
    for mark in "\\`*_{}[]<>#$|~:":
        text = (
            text.replace(mark, "\\" + mark)
            if mark not in "<:"
            else text.replace(mark, {"<": "&lt;", ":": "&#58;"}[mark])
        )
    return text


def chart(
    figure: go.Figure,
    key: str,
    described: str,
    title: str = "",
    data: pd.DataFrame | None = None,
    figures: bool = True,
) -> None:
    """A plotly figure as the visitor wants it drawn, a sentence on what it shows, its figures as a table, and files of it.

    title : stands over the picture that is downloaded.
    data : the table that is downloaded; read from the figure where none is given.
    figures : False where the page shows the same figures in a table already.
    """
    look = state.appearance()
    looks = chart_looks.photocopied(figure) if look.photocopy else figure
    looks = chart_looks.enlarged(looks) if look.projector else go.Figure(looks)
    ink = charts.INK["dark" if st.context.theme.type == "dark" else "light"]
    paper = "#FFFFFF" if look.photocopy else "rgba(0,0,0,0)"
    looks.update_layout(
        font_color="#000000" if look.photocopy else ink, paper_bgcolor=paper, plot_bgcolor="rgba(0,0,0,0)"
    )
    with st.container(key=f"figure_{key}"):
        st.plotly_chart(looks, width="stretch", key=key, config=charts.CONFIG, theme=None)
        st.caption(described)
        takeaway.chart_downloads(figure, key, title, data)
        if figures and len(rows := chart_looks.table_of(figure)):
            with st.expander(_("The figures of this chart as a table")):
                st.table(rows.set_index(rows.columns[0]).map(escape))


def table(
    frame: pd.DataFrame,
    left: Sequence[str],
    key: str | None = None,
    select: bool = False,
    helps: Mapping[str, str] | None = None,
) -> list[int]:
    """A table of texts; all columns but those of `left` are figures and stand at the right. Gives the rows selected.

    helps : what a column means, by its title.
    """
    config = {
        name: st.column_config.TextColumn(
            alignment="left" if name in left else "right",
            width=None if name in left else _width(str(name)),
            help=(helps or {}).get(str(name)),
        )
        for name in frame.columns
    }
    shown = frame.astype("string").fillna("—")
    height = min(38 + 35 * max(1, len(shown)), 920)
    if not select:
        st.dataframe(shown, hide_index=True, width="stretch", height=height, column_config=config)
        return []
    chosen = st.dataframe(
        shown, hide_index=True, width="stretch", height=height, column_config=config, key=key, on_select="rerun", selection_mode="single-row"
    )  # fmt: skip
    return list(chosen["selection"]["rows"])  # type: ignore[index]


def _width(title: str) -> int:
    """Pixels of a column of figures: room for its title, within reason."""
    return min(140, max(76, round(7.2 * len(title)) + 26))


def terms(explained: Sequence[Term]) -> None:
    """Words with their meaning."""
    st.markdown("  \n\n".join(f"**{escape(term.name)}** · {escape(term.meaning)}" for term in explained))


def meaning(key: str) -> str:
    """What a word of the glossary means: for the `help` of a widget that uses it."""
    return next(term.meaning for term in glossary(current()) if term.key == key)


def download_table(table: pd.DataFrame, name: str, label: str | None = None) -> None:
    """A table as CSV a spreadsheet opens with its accents."""
    st.download_button(
        label or _("Download this table (CSV)"),
        data=lambda: spreadsheet_safe(table).to_csv(index=False).encode("utf-8-sig"),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"download_{name}",
        on_click="ignore",
    )


def download_record(record: Mapping[str, object], name: str, label: str) -> None:
    """Figures that are no table, as JSON."""
    st.download_button(
        label,
        data=lambda: json.dumps(dict(record), ensure_ascii=False, indent=1),
        file_name=f"{name}.json",
        mime="application/json",
        icon=":material/download:",
        key=f"download_{name}_json",
        on_click="ignore",
    )


def size(path: Path) -> str:
    """Size of a file as a person reads it."""
    t, n = current(), path.stat().st_size
    if n >= 1e5:
        return _("{size} MB", size=t.number(n / 1e6, 1))
    return _("{size} kB", size=t.number(max(1, round(n / 1e3))))


def level_name(level: object, k: int) -> str:
    """Name of a level, or "No data"."""
    return _("No data") if pd.isna(level) else level_names(k, current())[int(level) - 1]  # type: ignore[call-overload, arg-type]


def measure_text(row: pd.Series, results: Results) -> str:
    """The mapped value of an area with its interval, in words."""
    t = current()
    if results.measure == "index":
        return t.number(row["index"], 1)
    if pd.isna(row["area_risk"]):
        return _("No data")
    if pd.isna(row["ci_lower"]):
        return t.percent(row["area_risk"])
    return _(
        "{risk} (95% interval {lower} to {upper})",
        risk=t.percent(row["area_risk"]),
        lower=t.percent(row["ci_lower"]),
        upper=t.percent(row["ci_upper"]),
    )


def area_picker(results: Results, key: str) -> str | None:
    """Find an area by name; the selection is one for all screens."""
    areas = results.areas
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    parents = dict(zip(areas["area_code"], areas["parent_name"], strict=True))
    codes = sorted(names, key=lambda c: (str(names[c]).casefold(), c))
    current_code = state.area_code() if state.area_code() in names else None

    def chosen() -> None:
        state.select_area(st.session_state[key])

    st.session_state[key] = current_code
    st.selectbox(
        _("Find an area"),
        codes,
        format_func=lambda c: names[c] if pd.isna(parents[c]) else f"{names[c]} · {parents[c]}",
        placeholder=_("Type a name"),
        key=key,
        on_change=chosen,
    )
    return current_code


def choose_area(results: Results) -> None:
    """What to do on a screen about one area while none is chosen: the picker, the map, or the first of the list."""
    st.info(_("Choose an area above, or click one on the map."))
    first = results.priorities.dropna(subset=["score"]).head(3)
    if len(first):
        st.caption(_("Or begin with the first of the priority list:"))
        with st.container(horizontal=True):
            for code, name in zip(first["area_code"], first["area_name"], strict=True):
                st.button(str(name), key=f"first_{code}", on_click=state.select_area, args=(code,))
    st.page_link("pages/map.py", label=_("Go to the map"), icon=":material/map:")


def interval_covers(results: Results) -> str:
    """What the interval covers, in one sentence."""
    match results.manifest["interval"]:
        case "coefficients_and_areas":
            between = results.diagnostics.get("area_prediction") or results.diagnostics["area_variance"]
            t = current()
            return _(
                "The interval covers the sampling error of the survey model and what the determinants leave unexplained about an area (standard deviation {sd} on the logit scale, estimated from {areas} areas of the survey).",
                sd=t.number(between["sd"], 2),
                areas=t.number(between["areas"]),
            )
        case "coefficients":
            return _(
                "The interval covers the sampling error of the survey model, not what the determinants leave unexplained about an area: the true uncertainty is larger."
            )
        case "area_model":
            return _(
                "The interval covers chance in the measured rates, what the indicators leave unexplained about an area, and the error of the model's coefficients; not change since the years of the sources."
            )
        case "given":
            return _("The interval comes from the error given with the risk.")
        case _ if len(results.index_robustness):
            return _(
                "An index is not estimated from a sample, so it has no interval of error. How far levels and places hang on the choices made in building it stands on the Index screen."
            )
        case _:
            return _("No interval is available with this method.")


def coverage(study: Study) -> str:
    """What the population source leaves out; "" where it holds every child."""
    if study.population is None or study.population.coverage == 1:
        return ""
    return _(
        "The population source covers about {percent} of the children: all numbers are of those it covers, none is scaled up.",
        percent=current().percent(study.population.coverage, 1),
    )


def harmonisation(shares: pd.DataFrame, study: Study) -> None:
    """Shares of every category in both sources, as a table; with a column `apart`, whether each is within the tolerance."""
    t = current()
    percent = [
        ["—" if pd.isna(v) else t.number(v * 100, 1) for v in shares[f"{side}_share"]]
        for side in ("survey", "population")
    ]
    labels = {d.name: d.label or d.name for d in study.determinant}
    shown = pd.DataFrame(
        {
            _("Determinant"): [labels.get(d, d) for d in shares["determinant"]],
            _("Category"): [category_name(c, t) for c in shares["category"]],
            _("Survey, %"): percent[0],
            _("Population, %"): percent[1],
            _("Difference, points"): [t.points(v) for v in shares["difference"]],
        }
    )
    if "apart" in shares:
        shown[_("Within tolerance")] = [_("no") if apart else _("yes") for apart in shares["apart"]]
    table(shown, left=[_("Determinant"), _("Category")])


def declared() -> str:
    """What the open study counts as child labour, as its last results have it, else its file; "" without a study."""
    study_id = state.study_id()
    if study_id is None:
        return ""
    results = cached.results(study_id)
    if results is not None:
        return declaration(Study.model_validate(results.manifest["study"]), current())
    try:
        return declaration(cached.workspace().study(study_id, complete=False), current())
    except InputProblems:  # a file that cannot be read is told on the Data screen
        return ""


def sources(study: Study, results: Results) -> None:
    """Definition, years, sources and what the interval covers: beneath every map, chart and list."""
    st.caption(escape(sources_text(study, results)))


def sources_text(study: Study, results: Results) -> str:
    """The same as text, for a file."""
    covers = interval_covers(results)
    years = results.manifest["years"]
    named = [
        _("survey {year}", year=years["survey"]) if "survey" in years else "",
        _("population {year}", year=years["population"]) if "population" in years else "",
        _("outcome {year}", year=years["outcome"]) if "outcome" in years and "survey" not in years else "",
        _("municipal table {year}", year=years["areas"]) if "areas" in years else "",
    ]
    from_sources = [
        part.source for part in (study.survey, study.population, study.areas, study.boundaries) if part and part.source
    ]
    origin = results.manifest.get("model") or {}
    from_sources = [*([origin["source"]] if origin.get("source") else []), *from_sources]
    parts = [
        what_counts(study, current()),
        _("Years: {years}.", years=", ".join(n for n in named if n)) if any(named) else "",
        _(
            "Sources: {sources}.",
            sources="; ".join(dict.fromkeys([s for s in [study.outcome.source, *from_sources] if s])),
        )
        if any([study.outcome.source, *from_sources])
        else _("Sources: not declared."),
        _(
            "The model was fitted in the study “{study}” ({fingerprint}) and is applied here as it stands; the interval does not cover whether it holds here.",
            study=origin["study"],
            fingerprint=origin["fingerprint"],
        )
        if origin
        else "",
        covers,
        coverage(study),
        _(
            "Which characteristics go together within an area is taken from the survey, fitted to the totals of each area; the interval does not cover that."
        )
        if study.population and study.population.kind == "margins"
        else "",
        _("Fingerprint {fingerprint}.", fingerprint=results.manifest["fingerprint"]),
    ]
    return " ".join(p for p in parts if p)
