"""What columns mean where children are scored: survey, population, definition, determinants, groups.

A model from a file takes the place of the survey and of the determinants; then only its columns are asked.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.common import ask, ask_area_file, ask_determinants, ask_groups, ask_model, ask_survey, ask_terms, show
from pages.common.data.desk import Desk
from pages.common.words import _
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.population.margins_table import margin_codes
from riskmodel.problems import InputProblems
from riskmodel.run import set_up_model
from riskmodel.study import Determinant, Study
from riskmodel.survey.model_schema import PortableModel
from workflow import codes_of

GivenModel = PortableModel | PortableAreaModel | None


def survey(desk: Desk) -> None:
    """The survey a model is fitted to."""
    desk.part(
        _("Survey"),
        "survey",
        lambda: instead_of("model", {"survey": ask_survey.survey(desk.study.survey, desk.tables(), desk.folder)}),
    )


def population(desk: Desk, model: GivenModel) -> None:
    """The census or register a model is applied to."""
    named = model.determinants if isinstance(model, PortableModel) else desk.study.determinant
    names = [d.name for d in named]
    desk.part(
        _("Population"),
        "population",
        lambda: {"population": ask.population(desk.study.population, desk.tables(), desk.folder, names)},
    )


def definition(desk: Desk) -> None:
    """What is measured, of whom."""
    with_survey = desk.study.study.method == "risk_model"
    desk.part(
        _("Definition"),
        "outcome",
        lambda: {
            "outcome": ask.outcome(desk.study.outcome, desk.columns("survey"), desk.columns("population"), with_survey)
        },
    )


def determinants(desk: Desk) -> None:
    """What may be associated with the outcome, meanings of codes, curves and interactions."""
    study = desk.study
    desk.part(
        _("Determinants"),
        "determinant",
        lambda: with_interactions(
            study,
            ask_determinants.determinants(
                study.determinant if of_children(study) else study.with_population_rules(),
                desk.columns("survey"),
                list(margins(study, desk.folder)) or desk.columns("population"),
                implied=of_children(study),
            ),
        ),
    )
    code_meanings(desk)
    if study.determinant:
        desk.part(
            _("Curves and interactions"), "interaction", lambda: ask_terms.terms(study.determinant, study.interaction)
        )


def groups(desk: Desk) -> None:
    """Breakdowns beside the total, once there is a population."""
    if desk.study.population is not None:
        desk.part(_("Groups"), "group", lambda: {"group": ask_groups.groups(desk.study, desk.columns("population"))})


def model_from_file(desk: Desk) -> GivenModel:
    """The file of the model, and what it is; None until there is one that can be read."""
    study = desk.study
    offered = [
        f
        for f in desk.files()
        if f.lower().endswith(".json") and (study.boundaries is None or f != study.boundaries.file)
    ]
    of_areas = study.study.method == "area_model"
    asked = ask_area_file.model_file if of_areas else ask_model.model_file
    desk.part(
        _("Model from a file"),
        "model",
        lambda: instead_of("area_model" if of_areas else "survey", {"model": asked(study.model, offered)}),
    )
    if study.model is None:
        return None
    try:
        model = set_up_model(study, desk.folder)[1]
    except InputProblems as error:
        show.problems(error.problems)
        return None
    if isinstance(model, PortableAreaModel):
        ask_area_file.describe(model)
    elif model is not None:
        ask_model.describe(model)
    return model


def model_columns(desk: Desk, model: PortableModel) -> None:
    """Columns and codes of this population for what the model needs."""
    study = desk.study
    found = desk.columns("population")
    desk.part(
        _("What the model needs, in this population"),
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
        changes = ask_model.codes(
            study, model, of_model.name, codes_of(desk.folder / study.population.file, column, study)
        )
        if st.button(_("Save"), key="save_applied_codes", disabled=changes["determinant"] == study.determinant):
            desk.save(study.model_copy(update=changes))


def code_meanings(desk: Desk) -> None:
    """What codes mean, for the categorical determinants."""
    study = desk.study
    chosen = [d for d in study.determinant if d.kind == "categorical"]
    if not chosen or study.survey is None or study.population is None:
        return
    with st.expander(_("Meaning of the codes"), expanded=False):
        label = st.selectbox(_("Determinant"), [d.label or d.name for d in chosen], key="meaning_of")
        now = next(d for d in chosen if (d.label or d.name) == label)
        if not of_children(study):
            now = now.model_copy(update={"population": study.population_rule(now)})
        codes_in_margins = margins(study, desk.folder).get(now.population_rule.column)
        seen = {
            "survey": codes_of(desk.folder / study.survey.file, now.survey.column, study),
            "population": codes_in_margins
            or codes_of(desk.folder / study.population.file, now.population_rule.column, study),
        }
        made = ask_determinants.meanings(now, seen)
        if st.button(_("Save"), key="save_meanings", disabled=made == now):
            changed = tuple(made if d.name == now.name else d for d in study.determinant)
            desk.save(study.model_copy(update={"determinant": changed}))


def instead_of(other: str, chosen: dict[str, object]) -> dict[str, object]:
    """A model from a file and a survey exclude each other; the one is given up only for the other."""
    return chosen | {other: None} if any(chosen.values()) else chosen


def with_interactions(study: Study, chosen: tuple[Determinant, ...]) -> dict[str, object]:
    """The determinants, and the interactions that are still of determinants in the model."""
    return {"determinant": chosen, "interaction": ask_terms.still_there(study.interaction, chosen)}


def of_children(study: Study) -> bool:
    """Whether a row of the population is a child, or not yet declared."""
    return study.population is None or study.population.kind == "microdata"


def margins(study: Study, folder: Path) -> dict[str, list[str]]:
    """Determinants and codes of a population of margins; empty for other kinds."""
    if study.population is None or study.population.kind != "margins":
        return {}
    return margin_codes(study.population, folder, study.reading_of(study.population.file))
