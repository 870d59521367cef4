"""Edit the groups of a study: a determinant, a column with its categories, or two groups crossed.

Categories are written as a person would: ages as `5-11; 12-14; 15-17`, codes as `H = boys; M = girls`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common.ask_determinants import slug
from pages.common.words import _
from riskmodel.study import Group, Rule, Study

NUMBER = r"(\d+(?:[.,]\d+)?)"
RANGE = re.compile(rf"^{NUMBER}\s*(?:-|–|—)\s*{NUMBER}$")


def groups(study: Study, columns: Sequence[str]) -> tuple[Group, ...]:
    """The table of groups; rows that say nothing are left out."""
    now = study.group
    st.caption(
        _(
            "A group is a determinant of the model, or a column of the population with its categories: ages as “5-11; 12-14; 15-17”, codes as “H = boys; M = girls”, blank for the values as they are. To cross two groups, as for the SDG 8.7.1 table, name one in the second column and the other in the last."
        )
    )
    listed = study.population.groups if study.population else ()
    plain = list(dict.fromkeys([*listed, *(g.name for g in now if not g.cross)]))
    determinants = [d.name for d in study.determinant]
    rows = [
        {
            "label": g.label or g.name,
            "source": g.cross[0] if g.cross else g.population.column if g.population else g.name,
            "categories": categories_text(g.population),
            "cross": g.cross[1] if g.cross else None,
            "name": g.name,
        }
        for g in now
    ]
    names = ["label", "source", "categories", "cross", "name"]
    margins = study.population is not None and study.population.kind == "margins"
    sources = [*determinants, *(() if margins else columns), *plain, *(r["source"] for r in rows)]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=names, dtype="object"),
        key="groups_editor",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=names[:-1],
        column_config={
            "label": st.column_config.TextColumn(_("Name")),
            "source": st.column_config.SelectboxColumn(
                _("Determinant, column or group"), options=list(dict.fromkeys(map(str, sources))), required=True
            ),
            "categories": st.column_config.TextColumn(_("Categories")),
            "cross": st.column_config.SelectboxColumn(_("Crossed with"), options=plain),
        },
    )
    return made(edited.to_dict("records"), now, set(determinants), listed)


def made(
    rows: Sequence[dict[Any, Any]], now: Sequence[Group], determinants: set[str], listed: Sequence[str]
) -> tuple[Group, ...]:
    """Groups from the rows of the table; one that did not change is the one that was."""
    before = {g.name: g for g in now}
    taken = set(listed)
    found: list[Group] = []
    for row in rows:
        label, source, cross = _text(row["label"]), _text(row["source"]), _text(row["cross"])
        if not source:
            continue
        old = before.get(_text(row["name"]))
        rule = read_categories(source, _text(row["categories"]))
        is_determinant = not cross and source in determinants and rule.map is None and rule.bands is None
        if old is not None and old.name not in taken:
            name = old.name
        elif is_determinant and source not in taken:
            name = source
        else:
            name = slug(label or source, taken)
        if is_determinant and name != source:
            name = source
        taken.add(name)
        own = None if cross or is_determinant else rule
        if own is not None and own.map is None and own.bands is None and own.column == name:
            own = None  # a column by its own name needs no rule
        shown = label if label != name else (old.label if old else "")
        found.append(Group(name=name, label=shown, population=own, cross=_two(source, cross)))
    return tuple(found)


def categories_text(rule: Rule | None) -> str:
    """The categories of a rule as they are written in the table."""
    if rule is None:
        return ""
    if rule.bands is not None:
        spans = {name: f"{low:g}-{high:g}" for name, (low, high) in rule.bands.items()}
        return "; ".join(span if span == name else f"{name} = {span}" for name, span in spans.items())
    return "; ".join(f"{code} = {name}" for code, name in (rule.map or {}).items())


def read_categories(column: str, text: str) -> Rule:
    """The rule a text of categories means; what is neither a span nor `code = name` stands for itself."""
    items = [tuple(part.strip() for part in item.rpartition("=")) for item in text.split(";") if item.strip()]
    spans = [(name or span, RANGE.match(span)) for name, _equals, span in items]
    if items and all(match for _name, match in spans):
        return Rule(column=column, bands={name: _span(match) for name, match in spans if match})
    pairs = {code or name: name for code, _equals, name in items if name}
    return Rule(column=column, map=pairs or None)


def _span(match: re.Match[str]) -> tuple[float, float]:
    low, high = (float(part.replace(",", ".")) for part in match.groups())
    return low, high


def _two(source: str, cross: str) -> tuple[str, ...]:
    return (source, cross) if cross and cross != source else ()


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()
