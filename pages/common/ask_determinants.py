"""Edit the determinants: which columns, in both sources, and what their codes mean.

Survey and population code the same thing differently; a code belongs to a category only because a person said so here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common.words import _
from riskmodel.study import Determinant, Rule

SURVEY, POPULATION = "survey", "population"

# Of the table; the last is not shown.
COLUMNS = ["label", "group", "kind", "survey", "population", "reference", "missing", "in_model", "name"]


def group_names() -> dict[str, str]:
    """Whom or what a determinant describes."""
    return {
        "child": _("Child"),
        "head": _("Head of household"),
        "household": _("Household"),
        "dwelling": _("Dwelling"),
        "territory": _("Territory"),
    }


def kind_names() -> dict[str, str]:
    """What the answers of a determinant are."""
    return {"categorical": _("Categories"), "numeric": _("Number")}


def missing_names() -> dict[str, str]:
    """What is done with children for whom a determinant is missing."""
    return {
        "auto": _("A category if over 5 %"),
        "drop": _("Leave them out"),
        "category": _("A category of their own"),
    }


def determinants(
    now: Sequence[Determinant], survey_columns: Sequence[str], population_columns: Sequence[str], implied: bool = True
) -> tuple[Determinant, ...]:
    """The table of determinants; gives them with the maps they already had.

    implied : a rule for the population equal to the survey's is left out; not for cells and margins, where none means
        that the determinant's own name and categories are used.
    """
    edited = st.data_editor(
        _rows(now),
        key="determinants_editor",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=COLUMNS[:-1],
        column_config=_columns(
            _with(survey_columns, [d.survey.column for d in now]),
            _with(population_columns, [d.population_rule.column for d in now]),
        ),
    )
    before = {d.name: d for d in now}
    taken: set[str] = set()
    kept = []
    for row in edited.to_dict("records"):
        if not _text(row["label"]) or not _text(row["survey"]):
            continue
        old = before.get(_text(row["name"]))
        name = old.name if old and old.name not in taken else slug(_text(row["label"]), taken)
        taken.add(name)
        kept.append(_determinant(row, name, old, implied))
    return tuple(kept)


def _rows(now: Sequence[Determinant]) -> pd.DataFrame:
    """The determinants as their table shows them, in the reader's words."""
    groups, kinds, missing = group_names(), kind_names(), missing_names()
    rows = [
        {
            "label": d.label or d.name,
            "group": groups[d.group],
            "kind": kinds[d.kind],
            "survey": d.survey.column,
            "population": d.population_rule.column,
            "reference": d.reference,
            "missing": missing[d.missing],
            "in_model": d.in_model,
            "name": d.name,
        }
        for d in now
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _columns(survey: list[str], population: list[str]) -> dict[str, Any]:
    """How each column of the table is edited; `survey` and `population` are the columns to choose from."""
    groups, kinds, missing = group_names(), kind_names(), missing_names()
    column = st.column_config
    return {
        "label": column.TextColumn(_("Name"), required=True),
        "group": column.SelectboxColumn(_("Describes"), options=list(groups.values()), default=groups["child"]),
        "kind": column.SelectboxColumn(_("Kind"), options=list(kinds.values()), default=kinds["categorical"]),
        "survey": column.SelectboxColumn(_("Column in the survey"), options=survey, required=True),
        "population": column.SelectboxColumn(_("Column in the population"), options=population),
        "reference": column.TextColumn(
            _("Reference category"), help=_("The others are compared with it; the most frequent one when left blank.")
        ),
        "missing": column.SelectboxColumn(
            _("Without an answer"),
            options=list(missing.values()),
            default=missing["auto"],
            help=_("Children for whom it is missing. A number cannot have a category: they are left out."),
        ),
        "in_model": column.CheckboxColumn(
            _("In the model"),
            help=_("Unticked, it stays declared and a candidate of the proposal, but out of the model."),
            default=True,
        ),
    }


def _determinant(row: Mapping[Any, Any], name: str, old: Determinant | None, implied: bool) -> Determinant:
    """A row of the table as a determinant, with the map and the spline it already had."""
    kind = _key(kind_names(), row["kind"], "categorical")
    lacking = _key(missing_names(), row["missing"], "auto")
    survey = _rule(old.survey if old else None, _text(row["survey"]))
    population = _rule(old.population_rule if old else None, _text(row["population"]) or _text(row["survey"]))
    return Determinant(
        name=name,
        label=_text(row["label"]),
        group=_key(group_names(), row["group"], "child"),  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        survey=survey,
        population=None if population == survey and implied else population,
        reference=_text(row["reference"]),
        missing="auto" if (kind, lacking) == ("numeric", "category") else lacking,  # type: ignore[arg-type]
        in_model=row["in_model"] is not False,
        spline=old.spline if old and kind == "numeric" else None,
    )


def meanings(determinant: Determinant, codes: Mapping[str, Sequence[str]]) -> Determinant:
    """What each code of a determinant means, in both sources; blank leaves a code out.

    codes : {"survey": codes seen there, "population": codes seen there}
    """
    rules = {SURVEY: determinant.survey, POPULATION: determinant.population_rule}
    if any(rule.bands for rule in rules.values()):
        st.caption(_("This determinant cuts a number into bands; edit them in the study file below."))
        return determinant
    titles = {SURVEY: _("Survey"), POPULATION: _("Population")}
    sides = st.columns(2)
    made: dict[str, Rule] = {}
    for (side, rule), place in zip(rules.items(), sides, strict=True):
        mapped = rule.map or {}
        seen = list(dict.fromkeys([*mapped, *codes.get(side, [])]))
        rows = pd.DataFrame({"code": seen, "category": [mapped.get(c, "" if rule.map else c) for c in seen]})
        with place:
            st.markdown(f"**{titles[side]}** · {rule.column}")
            edited = st.data_editor(
                rows, key=f"codes_{determinant.name}_{side}", hide_index=True, width="stretch", num_rows="dynamic",
                column_config={"code": st.column_config.TextColumn(_("Code")), "category": st.column_config.TextColumn(_("Category"))},
            )  # fmt: skip
        pairs = {
            _text(r["code"]): _text(r["category"])
            for r in edited.to_dict("records")
            if _text(r["code"]) and _text(r["category"])
        }
        same = all(code == category for code, category in pairs.items()) and len(pairs) == len(seen)
        made[side] = Rule(column=rule.column, map=None if same else pairs)
    return determinant.model_copy(update=made)


def slug(label: str, taken: set[str]) -> str:
    """A name in code for a label on screen, not among `taken`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40]
    base = base if base[:1].isalpha() else f"d_{base}".rstrip("_")
    name, n = base, 2
    while name in taken:
        name, n = f"{base}_{n}", n + 1
    return name


def _rule(old: Rule | None, column: str) -> Rule:
    return old if old and old.column == column else Rule(column=column)


def _with(columns: Sequence[str], values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*columns, *(v for v in values if v)]))


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()


def _key(names: Mapping[str, str], shown: object, default: str) -> str:
    return next((key for key, name in names.items() if name == shown), default)
