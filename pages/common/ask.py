"""Widgets that end in one frozen part of the study.

Each function draws its fields filled with what the study says now and gives the part as asked; it saves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.common import ask_outcome, cached
from pages.common.words import _, current
from riskmodel.i18n import Translator
from riskmodel.study import (
    AgeRange,
    Areas,
    GivenRisk,
    Levels,
    Outcome,
    Population,
    Study,
    StudyInfo,
)


def method_names() -> dict[str, str]:
    """The routes, as a person chooses between them."""
    return {
        "risk_model": _("Risk model: a survey applied to a census or register"),
        "area_model": _("Area model: measured rates of some areas and a table of indicators"),
        "vulnerability_index": _("Vulnerability index: a table of indicators"),
        "given_risk": _("Given risk: a table that already holds a risk"),
    }


def empty_study(name: str, method: str, language: str) -> Study:
    """A study to begin with; its definition is to be written by the person."""
    info = StudyInfo(name=name, method=method, language=language)
    return Study(study=info, outcome=empty_outcome(current()))


def empty_outcome(t: Translator) -> Outcome:
    """What is measured, before anybody has said it."""
    definition = t("To be declared: ages, activities and hours that count as child labour.")
    return Outcome(name=t("Child labour"), definition=definition)


def column(
    label: str, columns: Sequence[str], value: str, key: str, optional: bool = True, help_text: str | None = None
) -> str:
    """Choose a column; the one named now stays in the list even if the file lost it."""
    none = _("(none)")
    options = ([""] if optional else []) + list(columns)
    if value and value not in options:
        options.append(value)
    position = options.index(value) if value in options else 0
    chosen = st.selectbox(
        label,
        options,
        index=position if options else None,
        key=key,
        help=help_text,
        format_func=lambda c: c or none,
    )
    return chosen or ""


def file(label: str, files: Sequence[str], value: str, key: str) -> str:
    """Choose one of the study's files."""
    none = _("(none)")
    options = ["", *files] if value in ("", *files) else ["", *files, value]
    return st.selectbox(label, options, index=options.index(value), key=key, format_func=lambda f: f or none) or ""


def outcome(
    now: Outcome, survey_columns: Sequence[str], population_columns: Sequence[str], with_survey: bool
) -> Outcome:
    """The declared definition."""
    name = st.text_input(_("What is measured"), now.name, key="outcome_name")
    definition = st.text_area(
        _("Definition, as it is printed on every map and sheet"), now.definition, key="outcome_definition", height=80
    )
    left, right = st.columns(2)
    source = left.text_input(_("Source"), now.source, key="outcome_source")
    year = right.number_input(_("Year"), 1950, 2100, now.year, key="outcome_year", step=1)
    if not with_survey:
        return now.model_copy(
            update={
                "name": name or now.name,
                "definition": definition or now.definition,
                "source": source,
                "year": year,
            }
        )
    way = ask_outcome.way_of(now, survey_columns)
    limited = st.checkbox(_("Only children of certain ages"), now.age is not None, key="outcome_limited")
    age = now.age or AgeRange(min=5, max=17)
    low, high = st.slider(_("Ages"), 0, 24, (age.min, age.max), key="outcome_ages")
    left, right = st.columns(2)
    with left:
        survey_age = column(_("Column of age in the survey"), survey_columns, age.column, "outcome_age_survey")
    with right:
        population_age = column(
            _("Column of age in the population"), population_columns, age.population_column, "outcome_age_population"
        )
    kept = AgeRange(column=survey_age, population_column=population_age, min=low, max=high) if limited else None
    return Outcome(
        name=name or now.name,
        definition=definition or now.definition,
        source=source,
        year=year,
        age=kept,
        **way,
    )


def population(
    now: Population | None, files: Sequence[str], folder: Path, determinants: Sequence[str]
) -> Population | None:
    """The census, register or sample the model is applied to."""
    chosen = file(_("File of the population"), files, now.file if now else "", "population_file")
    if not chosen:
        return None
    columns = cached.columns(folder / chosen)
    base = now or Population(file=chosen, year=2020, area_code=columns[0] if columns else "?")
    kinds = population_kinds()
    kind = st.radio(
        _("What a row is"),
        list(kinds),
        list(kinds).index(base.kind),
        key="population_kind",
        format_func=kinds.__getitem__,
    )
    left, right = st.columns(2)
    with left:
        area_code = column(_("Code of the area"), columns, base.area_code, "population_area", optional=False)
        named = _population_columns(kind, base, columns)
    with right:
        year = st.number_input(_("Year of the population"), 1950, 2100, base.year, key="population_year", step=1)
        source = st.text_input(_("Source"), base.source, key="population_source")
        covered = st.number_input(
            _("Children it covers, %"),
            0.1,
            100.0,
            100 * base.coverage,
            key="population_coverage",
            help=_(
                "Less than 100 for a register that does not hold every child. It is stated everywhere; nothing is scaled up."
            ),
        )
        tolerance = st.number_input(
            _("Difference with the survey that is still tolerated, points"),
            0.0,
            100.0,
            100 * base.tolerance,
            key="population_tolerance",
            help=_("Shares of survey and population that differ by more are named in a warning."),
        )
    if named is None:
        return now
    options = [*determinants, *(c for c in columns if c not in determinants and kind != "margins")]
    groups = st.multiselect(
        _("Groups to report beside the total"),
        options,
        [g for g in base.groups if g in options],
        key="population_groups",
    )
    return base.model_copy(
        update={
            "file": chosen,
            "kind": kind,
            "year": int(year),
            "source": source,
            "area_code": area_code or base.area_code,
            "groups": tuple(groups),
            "coverage": round(covered / 100, 6),
            "tolerance": round(tolerance / 100, 6),
            **named,
        }
    )


def population_kinds() -> dict[str, str]:
    """What a row of the population may be."""
    return {
        "microdata": _("One child"),
        "cells": _("A combination of characteristics in an area, with the number of children"),
        "margins": _("One characteristic of an area alone, with the number of children"),
    }


def _population_columns(kind: str, base: Population, columns: Sequence[str]) -> dict[str, str] | None:
    """The columns a kind of population has; None, with a word of why, while one that is needed is lacking."""
    named = dict.fromkeys(("weight", "count", "determinant", "category"), "")
    if kind == "microdata":
        named["weight"] = column(_("Weight, if it is a sample"), columns, base.weight, "population_weight")
        return named
    if kind == "margins":
        label = _("Column that names the determinant")
        help_text = _("Leave the three columns out where the table has columns such as “sex=boy”.")
        named["determinant"] = column(label, columns, base.determinant, "population_determinant", help_text=help_text)
        named["category"] = column(_("Column of the category"), columns, base.category, "population_category")
    named["count"] = column(_("Number of children"), columns, base.count, "population_count")
    given = [bool(named[key]) for key in (("count",) if kind == "cells" else ("count", "determinant", "category"))]
    if (kind == "cells" and not all(given)) or (any(given) and not all(given)):
        st.info(
            _(
                "Choose the column of the number of children, and for one characteristic alone all three columns or none."
            )
        )
        return None
    return named


def areas(now: Areas | None, files: Sequence[str], folder: Path) -> Areas | None:
    """Names, parents and any municipal table."""
    chosen = file(_("File of areas (one row per municipality)"), files, now.file if now else "", "areas_file")
    if not chosen:
        return None
    columns = cached.columns(folder / chosen)
    base = now or Areas(file=chosen, area_code=columns[0] if columns else "?")
    left, right = st.columns(2)
    with left:
        area_code = column(_("Code of the area"), columns, base.area_code, "areas_code", optional=False)
        area_name = column(_("Name of the area"), columns, base.area_name, "areas_name")
        children = column(
            _("Number of children"),
            columns,
            base.children,
            "areas_children",
            help_text=_("Weights of departments and country, and expected numbers."),
        )
        year = st.number_input(_("Year of the table"), 1950, 2100, base.year, key="areas_year", step=1)
    with right:
        parent_code = column(_("Code of the parent unit"), columns, base.parent_code, "areas_parent")
        parent_name = column(_("Name of the parent unit"), columns, base.parent_name, "areas_parent_name")
        source = st.text_input(_("Source"), base.source, key="areas_source")
    return base.model_copy(update={
        "file": chosen, "area_code": area_code or base.area_code, "area_name": area_name, "children": children,
        "parent_code": parent_code, "parent_name": parent_name, "year": year, "source": source,
    })  # fmt: skip


def given_risk(now: GivenRisk | None, columns: Sequence[str]) -> GivenRisk | None:
    """Columns of a risk that is known already."""
    left, right = st.columns(2)
    with left:
        risk = column(_("Column of the risk"), columns, now.risk if now else "", "given_risk")
        se = column(_("Column of its standard error"), columns, now.se if now else "", "given_se")
    scales = {"proportion": _("Proportion, 0 to 1"), "percent": _("Percent, 0 to 100")}
    scale = right.radio(
        _("The risk is written as"),
        list(scales),
        list(scales).index(now.scale if now else "percent"),
        format_func=scales.__getitem__,
        key="given_scale",
    )
    return GivenRisk(risk=risk, se=se, scale=scale) if risk else None


def levels(now: Levels, points: bool = False) -> Levels:
    """Rule and number of levels. points: cut-offs are points of an index, not proportions."""
    unit = 1.0 if points else 100.0
    rules = rule_names()
    left, middle, right = st.columns(3)
    rule = left.selectbox(
        _("How levels are cut"),
        list(rules),
        list(rules).index(now.rule),
        format_func=rules.__getitem__,
        key="levels_rule",
    )
    k = middle.segmented_control(_("Number of levels"), [3, 4, 5], default=now.k, key="levels_k") or now.k
    scopes = {"national": _("Within the country"), "parent": _("Within each parent unit")}
    scope = right.selectbox(
        _("Compared with"),
        list(scopes),
        list(scopes).index(now.scope),
        format_func=scopes.__getitem__,
        key="levels_scope",
    )
    cuts: tuple[float, ...] = ()
    if rule == "fixed":
        shown = [
            st.number_input(
                _("Cut-off {n}, in points", n=i + 1) if points else _("Cut-off {n}, in %", n=i + 1),
                0.0,
                100.0,
                (now.cuts[i] * unit if i < len(now.cuts) else 10.0 * (i + 1)),
                key=f"levels_cut_{i}",
            )
            for i in range(k - 1)
        ]
        cuts = tuple(sorted(c / unit for c in set(shown)))
        if len(cuts) < k - 1:
            st.error(_("The cut-offs must differ."))
            return now
    bins = now.bins
    if rule == "dalenius_hodges":
        bins = st.number_input(
            _("Number of bins"),
            10,
            10_000,
            now.bins,
            key="levels_bins",
            help=_("Areas are counted in so many steps before the limits are drawn. Another number can move limits, so it is shown with the levels."),
        )  # fmt: skip
    return Levels(rule=rule, k=k, scope=scope, cuts=cuts, bins=bins)


def rule_names() -> dict[str, str]:
    """Rules of levels."""
    return {
        "natural_breaks": _("Natural breaks (alike areas together)"),
        "quantile": _("Equal numbers of areas"),
        "equal_width": _("Equal steps"),
        "dalenius_hodges": _("Dalenius and Hodges (as in Mexico's marginalisation grades)"),
        "fixed": _("Cut-offs of my own"),
    }
