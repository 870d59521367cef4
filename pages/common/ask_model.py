"""Ask for a model from a file, and how this population codes what the model needs.

What was estimated is not asked: outcome, ages and categories are the model's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.common import ask, show
from pages.common.words import _, current
from riskmodel.study import AgeRange, AppliedModel, Determinant, Rule, Study
from riskmodel.survey.model_schema import ModelDeterminant, PortableModel


def from_file(study: Study) -> bool:
    """Whether the model is to come from a file."""
    fit = _("Fit it to a survey") if study.study.method == "risk_model" else _("Fit it to measured rates")
    choices = {False: fit, True: _("Apply a model from a file (model.json)")}
    chosen = st.radio(
        _("Where does the model come from?"),
        list(choices),
        index=int(study.model is not None),
        format_func=choices.__getitem__,
        key="model_origin",
        help=_("For an office without the survey or the measured rates: another office fits the model and hands on the file, which holds no person's data."),
    )  # fmt: skip
    return bool(chosen)


def model_file(now: AppliedModel | None, files: Sequence[str]) -> AppliedModel | None:
    """The file of the model."""
    chosen = ask.file(_("File of the model"), files, now.file if now else "", "model_file")
    return AppliedModel(file=chosen) if chosen else None


def describe(model: PortableModel) -> None:
    """What the model is, before it is trusted."""
    t = current()
    st.markdown(show.escape(f"{model.outcome.name}: {model.outcome.definition}"))
    told = [
        _(
            "Fitted in the study “{study}” to {children} children of a survey of {year}. Fingerprint {fingerprint}.",
            study=model.study,
            children=t.number(model.n_obs),
            year=str(model.survey.year),
            fingerprint=model.fingerprint,
        )
    ]
    if model.survey.source:
        told.append(_("Sources: {sources}.", sources=model.survey.source))
    st.caption(show.escape(" ".join(told)))


def population_columns(study: Study, model: PortableModel, columns: Sequence[str]) -> dict[str, object]:
    """Age and determinants in this population: a column for each."""
    changes: dict[str, object] = {}
    if model.outcome.age is not None:
        age, asked = model.outcome.age, study.outcome.age
        now = (asked.population_column or asked.column) if asked else age.population_column
        limits = {"min": asked.min, "max": asked.max} if asked else {"min": age.min, "max": age.max}
        column = ask.column(_("Column of age in the population"), columns, now, "applied_age")
        made = AgeRange(population_column=column, **limits) if column else None
        changes["outcome"] = study.outcome.model_copy(update={"age": made if asked or column != now else None})
    given = {d.name: d for d in study.determinant}
    rules = {}
    for d in model.determinants:
        rule = population_rule(d, given.get(d.name))
        column = ask.column(d.label or d.name, columns, rule.column, f"applied_{d.name}", optional=False)
        rules[d.name] = rule if column in ("", rule.column) else rule.model_copy(update={"column": column})
    changes["determinant"] = with_rules(study, model, rules)
    return changes


def codes(study: Study, model: PortableModel, name: str, seen: Sequence[str]) -> dict[str, object]:
    """Which code of this population is which category of the model; blank leaves a code out."""
    of_model = next(d for d in model.determinants if d.name == name)
    rule = population_rule(of_model, next((d for d in study.determinant if d.name == name), None))
    if rule.bands:
        st.caption(_("This determinant cuts a number into bands; edit them in the study file below."))
        return {"determinant": study.determinant}
    mapped = rule.map or {c: c for c in of_model.categories}
    all_codes = list(dict.fromkeys([*(rule.map or {}), *seen]))
    rows = pd.DataFrame({"code": all_codes, "category": [mapped.get(code, "") for code in all_codes]})
    edited = st.data_editor(
        rows, key=f"applied_codes_{name}", hide_index=True, width="stretch", num_rows="dynamic",
        column_config={
            "code": st.column_config.TextColumn(_("Code")),
            "category": st.column_config.SelectboxColumn(_("Category of the model"), options=["", *of_model.categories]),
        },
    )  # fmt: skip
    pairs = {
        str(r["code"]).strip(): str(r["category"]) for r in edited.to_dict("records") if r["code"] and r["category"]
    }
    plain = rule.map is None and all(code == category for code, category in pairs.items())
    made = rule if plain or not pairs else rule.model_copy(update={"map": pairs})
    return {"determinant": with_rules(study, model, {name: made})}


def population_rule(of_model: ModelDeterminant, given: Determinant | None) -> Rule:
    """How a determinant is read here: as the study says, else as the model does."""
    return given.population_rule if given else of_model.population


def with_rules(study: Study, model: PortableModel, rules: Mapping[str, Rule]) -> tuple[Determinant, ...]:
    """The study's own determinants with these rules; those that are as in the model are left to it."""
    given = {d.name: d for d in study.determinant}
    made = []
    for d in model.determinants:
        rule = rules.get(d.name, population_rule(d, given.get(d.name)))
        if d.name in given and rule == given[d.name].population_rule:
            made.append(given[d.name])
        elif rule != d.population:
            made.append(Determinant(name=d.name, survey=rule))
    return tuple(made)
