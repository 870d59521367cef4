"""Data screen: bring files, say what their columns mean, check, run."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.common import (
    ask,
    ask_area_file,
    ask_area_model,
    ask_determinants,
    ask_groups,
    ask_index,
    ask_indicators,
    ask_model,
    ask_observed,
    ask_office,
    ask_robustness,
    ask_survey,
    ask_template,
    ask_terms,
    cached,
    jobs,
    show,
    state,
)
from pages.common.words import _, current, plural
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.population.margins_table import margin_codes
from riskmodel.problems import InputProblems, problems_of
from riskmodel.run import set_up_model
from riskmodel.study import Determinant, Study
from riskmodel.study_file import FILE_NAME, check_study, parse_study, study_text
from riskmodel.survey.model_schema import PortableModel
from workflow import boundary_columns_of, check_inputs, codes_of, run_in_workspace

show.heading(_("Are my files right?"), _("Bring the files, say what their columns mean, check them and run the study."))
study_id = show.need_study()
workspace = cached.workspace()
folder = workspace.folder(study_id)


def main() -> None:
    """Draw the screen, top to bottom in the order of the work."""
    study = the_study()
    show.synthetic(study)
    with st.container():  # its own place: what it shows must not shift, and so close, the parts below
        run_bar(study)
    with st.container():
        files = the_files(study)
    tables = [f for f in files if not f.lower().endswith((".geojson", ".topojson", ".gpkg", ".zip", ".json"))]
    method = study.study.method
    st.subheader(_("What the columns mean"), anchor=False)
    from_file = method in ("risk_model", "area_model") and ask_model.from_file(study)
    model = the_model(study, files) if from_file else None
    if method == "risk_model":
        if not from_file:
            part(
                _("Survey"),
                study,
                "survey",
                lambda: instead_of("model", {"survey": ask_survey.survey(study.survey, tables, folder)}),
            )
        names = [d.name for d in (model.determinants if isinstance(model, PortableModel) else study.determinant)]
        part(
            _("Population"),
            study,
            "population",
            lambda: {"population": ask.population(study.population, tables, folder, names)},
        )
    if isinstance(model, PortableModel):
        model_columns(study, model)
    if not from_file:
        part(
            _("Definition"),
            study,
            "outcome",
            lambda: {
                "outcome": ask.outcome(
                    study.outcome, columns(study, "survey"), columns(study, "population"), method == "risk_model"
                )
            },
        )
    if method == "risk_model" and not from_file:
        part(
            _("Determinants"),
            study,
            "determinant",
            lambda: with_interactions(
                study,
                ask_determinants.determinants(
                    study.determinant if of_children(study) else study.with_population_rules(),
                    columns(study, "survey"),
                    list(margins(study)) or columns(study, "population"),
                    implied=of_children(study),
                ),
            ),
        )
        code_meanings(study)
        if study.determinant:
            part(
                _("Curves and interactions"),
                study,
                "interaction",
                lambda: ask_terms.terms(study.determinant, study.interaction),
            )
    if method == "risk_model" and study.population is not None:
        part(_("Groups"), study, "group", lambda: {"group": ask_groups.groups(study, columns(study, "population"))})
    part(_("Areas"), study, "areas", lambda: {"areas": ask.areas(study.areas, tables, folder)})
    if method == "given_risk":
        part(
            _("Given risk"),
            study,
            "given_risk",
            lambda: {"given_risk": ask.given_risk(study.given_risk, columns(study, "areas"))},
        )
    if isinstance(model, PortableAreaModel):
        part(
            _("What the model needs, in this table"),
            study,
            "indicator",
            lambda: ask_area_file.indicator_columns(study, model, columns(study, "areas")),
        )
    else:
        part(_("Indicators"), study, "indicator", lambda: indicator_parts(study))
    if method == "area_model" and not from_file:
        part(
            _("Measured rates and area model"),
            study,
            "area_model",
            lambda: {
                "area_model": ask_area_model.area_model(
                    study.area_model,
                    columns(study, "areas"),
                    study.indicator,
                    bool(study.areas and study.areas.parent_code),
                )
            },
        )
    part(
        _("Observed rate"),
        study,
        "observed",
        lambda: {"observed": ask_observed.observed(study.observed, columns(study, "areas"))},
    )
    part(_("Boundaries"), study, "boundaries", lambda: {"boundaries": boundary_part(study, files)})
    points = method == "vulnerability_index"
    part(_("Levels"), study, "levels", lambda: {"levels": ask.levels(study.levels, points)})
    ask_office.office_part(study, study_id)
    study_as_text(study)


def with_interactions(study: Study, chosen: tuple[Determinant, ...]) -> dict[str, object]:
    """The determinants, and the interactions that are still of determinants in the model."""
    return {"determinant": chosen, "interaction": ask_terms.still_there(study.interaction, chosen)}


def the_study() -> Study:
    """The study being prepared; a broken file can still be mended as text."""
    try:
        return workspace.study(study_id, complete=False)
    except InputProblems as error:
        show.problems(error.problems)
        edit_text((folder / FILE_NAME).read_text(encoding="utf-8", errors="replace"))
        st.stop()


def run_bar(study: Study) -> None:
    """Check and run, what they found, and progress."""
    job = jobs.get(study_id)
    if job and not job.finished:
        st.markdown("**" + _("The study is running. You may close this page; it goes on.") + "**")
        jobs.show(study_id)
        return
    done = jobs.take(study_id)
    if done:
        after_run(done)
    missing = check_study(study)
    with st.container(horizontal=True):
        check = st.button(_("Check the files"), icon=":material/fact_check:", key="check_files")
        run = st.button(
            _("Run the study"), type="primary", icon=":material/play_arrow:", disabled=bool(missing), key="run_study"
        )
    if run:
        jobs.start(study_id, lambda progress: run_in_workspace(workspace, study_id, progress))
        st.rerun()
    if check:
        checked(study)
    if missing:
        st.caption(
            _("Before it can run, the study still needs:")
            + " "
            + ", ".join(part_name(p.where.key) for p in missing)
            + "."
        )


def after_run(done: jobs.Job) -> None:
    """What a finished run has to say; earlier results stay whatever happened."""
    if done.was_cancelled:
        st.info(_("The run was cancelled. Earlier results are as they were."))
    elif done.failed:
        st.error(
            _(
                "The run stopped because of a fault in the program, not in your files. Earlier results are as they were; the terminal says more."
            )
        )
    elif done.problems:
        st.error(_("The study could not run. Earlier results are as they were."))
        show.problems(done.problems)
    else:
        st.success(_("The results are ready."))
        results = cached.results(study_id)
        found = () if results is None else problems_of(results.problems)
        show.problems([p for p in found if p.severity == "warning"])
        st.page_link("pages/map.py", label=_("See the map"), icon=":material/map:")


def checked(study: Study) -> None:
    """Problems of the files, and what was read."""
    t = current()
    with st.spinner(_("Reading the files")):
        report = check_inputs(study, folder)
    missing = check_study(study)
    show.problems([*missing, *report.problems])
    read = [f"{part_name(name)}: {t.plural('{count} row', '{count} rows', rows)}" for name, rows in report.rows.items()]
    if read:
        st.caption(" · ".join(read))
    if report.ok and not missing:
        st.success(_("The inputs are ready."))
    if len(report.harmonisation):
        with st.expander(_("Survey compared with population")):
            show.harmonisation(report.harmonisation, study)


def part_name(key: str) -> str:
    """Name on screen of a part of the study file."""
    names = {
        "survey": _("Survey"), "population": _("Population"), "determinant": _("Determinants"), "areas": _("Areas"),
        "model": _("Model from a file"), "area_model": _("Measured rates and area model"),
        "indicator": _("Indicators"), "given_risk": _("Given risk"), "boundaries": _("Boundaries"),
        "observed": _("Observed rate"),
        "outcome.column": _("the column of the outcome"), "outcome.age": _("the age of each child"),
        "outcome.computed.band": _("hours for every age"), "levels.scope": _("the parent of each area"),
    }  # fmt: skip
    return names.get(key, key)


def the_files(study: Study) -> list[str]:
    """Upload and list the files of the study."""
    st.subheader(_("Files"), anchor=False)
    uploaded = st.file_uploader(
        _(
            "Drop your files here: survey, census, municipal table, boundaries (CSV, XLSX, Parquet, GeoJSON, GeoPackage, zipped shapefile)"
        ),
        accept_multiple_files=True,
        key=f"upload_{study_id}",
    )
    stored = state.keep(f"stored_{study_id}", [])
    for new in (u for u in uploaded if u.file_id not in stored):
        name = workspace.add_file(study_id, new.name, new.getbuffer())
        state.put(f"stored_{study_id}", [*state.keep(f"stored_{study_id}", []), new.file_id])
        st.toast(_("Stored: {name}", name=name))
    files = sorted(
        p.name for p in folder.iterdir() if p.is_file() and p.name != FILE_NAME and not p.name.startswith(".")
    )
    used = set(study.files())
    for name in files:
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.markdown(
            f"{show.escape(name)} · {show.size(folder / name)}" + (f" · {_('in use')}" if name in used else "")
        )
        if name not in used and action.button(_("Remove"), key=f"remove_{name}"):
            (folder / name).unlink()
            st.rerun()
    if not files:
        st.caption(_("No files yet."))
    return files


def part(title: str, study: Study, key: str, asked) -> None:
    """One part of the study in an expander, with its own save."""
    now = getattr(study, key)
    with st.expander(
        title,
        expanded=not now and key not in ("boundaries", "indicator", "interaction", "group", "observed"),
        icon=":material/check:" if now else None,
    ):
        changes = asked()
        changed = any(getattr(study, name) != value for name, value in changes.items())
        if st.button(_("Save"), key=f"save_{key}", type="primary" if changed else "secondary", disabled=not changed):
            save(study.model_copy(update=changes))


def save(study: Study) -> None:
    """Store the study; a file outside its folder is refused in words."""
    try:
        workspace.save_study(study_id, study)
    except InputProblems as error:
        show.problems(error.problems)
        return
    state.flash(_("Saved."))
    st.rerun()


def columns(study: Study, name: str) -> list[str]:
    """Columns of a file of the study, with those of tables joined to it."""
    source = getattr(study, name)
    if source is None:
        return []
    found = cached.columns(folder / source.file)
    for joined in getattr(source, "join", ()):
        found = [*found, *(c for c in cached.columns(folder / joined.file) if c not in found)]
    return found


def the_model(study: Study, files: list[str]) -> PortableModel | PortableAreaModel | None:
    """The file of the model, and what it is; None until there is one that can be read."""
    offered = [
        f for f in files if f.lower().endswith(".json") and (study.boundaries is None or f != study.boundaries.file)
    ]
    of_areas = study.study.method == "area_model"
    asked = ask_area_file.model_file if of_areas else ask_model.model_file
    part(
        _("Model from a file"),
        study,
        "model",
        lambda: instead_of("area_model" if of_areas else "survey", {"model": asked(study.model, offered)}),
    )
    if study.model is None:
        return None
    try:
        model = set_up_model(study, folder)[1]
    except InputProblems as error:
        show.problems(error.problems)
        return None
    if isinstance(model, PortableAreaModel):
        ask_area_file.describe(model)
    elif model is not None:
        ask_model.describe(model)
    return model


def instead_of(other: str, chosen: dict[str, object]) -> dict[str, object]:
    """A model from a file and a survey exclude each other; the one is given up only for the other."""
    return chosen | {other: None} if any(chosen.values()) else chosen


def model_columns(study: Study, model: PortableModel) -> None:
    """Columns and codes of this population for what the model needs."""
    found = columns(study, "population")
    part(
        _("What the model needs, in this population"),
        study,
        "determinant",
        lambda: ask_model.population_columns(study, model, found),
    )
    named = {d.label or d.name: d for d in model.determinants if d.kind == "categorical"}
    if study.population is None or not named:
        return
    with st.expander(_("Meaning of the codes"), expanded=False):
        of_model = named[st.selectbox(_("Determinant"), list(named), key="applied_meaning_of")]
        given = next((d for d in study.determinant if d.name == of_model.name), None)
        column = ask_model.population_rule(of_model, given).column
        changes = ask_model.codes(study, model, of_model.name, codes_of(folder / study.population.file, column))
        if st.button(_("Save"), key="save_applied_codes", disabled=changes["determinant"] == study.determinant):
            save(study.model_copy(update=changes))


def of_children(study: Study) -> bool:
    """Whether a row of the population is a child, or not yet declared."""
    return study.population is None or study.population.kind == "microdata"


def margins(study: Study) -> dict[str, list[str]]:
    """Determinants and codes of a population of margins; empty for other kinds."""
    if study.population is None or study.population.kind != "margins":
        return {}
    return margin_codes(study.population, folder)


def code_meanings(study: Study) -> None:
    """What codes mean, for the categorical determinants."""
    chosen = [d for d in study.determinant if d.kind == "categorical"]
    if not chosen or study.survey is None or study.population is None:
        return
    with st.expander(_("Meaning of the codes"), expanded=False):
        label = st.selectbox(_("Determinant"), [d.label or d.name for d in chosen], key="meaning_of")
        now = next(d for d in chosen if (d.label or d.name) == label)
        if not of_children(study):
            now = now.model_copy(update={"population": study.population_rule(now)})
        codes_in_margins = margins(study).get(now.population_rule.column)
        seen = {
            "survey": codes_of(folder / study.survey.file, now.survey.column),
            "population": codes_in_margins or codes_of(folder / study.population.file, now.population_rule.column),
        }
        made = ask_determinants.meanings(now, seen)
        if st.button(_("Save"), key="save_meanings", disabled=made == now):
            save(
                study.model_copy(
                    update={"determinant": tuple(made if d.name == now.name else d for d in study.determinant)}
                )
            )


def indicator_parts(study: Study) -> dict[str, object]:
    """Indicators, and for the index how they are weighted."""
    st.caption(
        _(
            "For the index these make the score, for the area model they are what areas without a measured rate are told by; with the other methods they describe each area on its sheet and can order the priorities."
        )
    )
    if study.study.method == "vulnerability_index":
        ask_template.offer(study, save)
    changes: dict[str, object] = {"indicator": ask_indicators.indicators(study.indicator, columns(study, "areas"))}
    ask_template.exchange(study, save)
    if study.study.method == "vulnerability_index":
        dimensions = list(dict.fromkeys(i.dimension for i in study.indicator))
        tables = [p.name for p in sorted(folder.iterdir()) if p.suffix in (".csv", ".xlsx", ".parquet")]
        settings = ask_index.index_settings(
            study.index, dimensions, columns(study, "areas"), tables, folder, study.observed is not None
        )
        changes["index"] = ask_robustness.draws(settings, study.index.robustness)
    return changes


def boundary_part(study: Study, files: list[str]) -> object:
    """The boundaries, with the columns of each file that may hold them."""
    maps = [f for f in files if f.lower().endswith((".geojson", ".topojson", ".gpkg", ".zip", ".json"))]
    return ask.boundaries(study.boundaries, maps, {f: boundary_columns_of(Path(folder / f)) for f in maps})


def study_as_text(study: Study) -> None:
    """The study file itself, for those who prefer to write."""
    with st.expander(_("The study file (study.toml)")):
        st.caption(
            plural(
                "{count} file is named in it. Every key is explained in docs/study-file.md.",
                "{count} files are named in it. Every key is explained in docs/study-file.md.",
                len(study.files()),
            )
        )
        edit_text(study_text(study))


def edit_text(text: str) -> None:
    """Edit the study as text; it is stored only when it can be read."""
    edited = st.text_area("study.toml", text, height=420, label_visibility="collapsed", key="study_text")
    if st.button(_("Save the text"), disabled=edited == text):
        try:
            save(parse_study(edited, complete=False))
        except InputProblems as error:
            show.problems(error.problems)


main()
