"""Draw what curves and interactions mean, in risks; and name the terms of a model as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import charts, show
from pages.common.words import _, current
from riskmodel.outputs.words import category_name
from riskmodel.study import Study


def effect_labels(study: Study) -> dict[str, str]:
    """Words of determinants and, as "sex:age", of interactions."""
    words = {d.name: d.label or d.name for d in study.determinant}
    pairs = [i.determinants for i in study.interaction]
    return words | {":".join(pair): " × ".join(words.get(name, name) for name in pair) for pair in pairs}


def name_of(study: Study, row: Any) -> str:
    """Determinant and category of a term."""
    label = effect_labels(study).get(row.determinant, row.determinant)
    categories = " × ".join(category_name(part, current()) for part in row.category.split(" × "))
    return f"{label}: {categories}" if row.category else label


def term_label(study: Study, row: Any, references: Mapping[str, str]) -> str:
    """A term as a person reads it, with what its odds ratio is where a curve or an interaction changes that.

    references : reference category by determinant.
    """
    named = name_of(study, row)
    if ":" in row.determinant:
        return _("{term} (ratio of odds ratios)", term=named)
    if any(d.spline for d in study.determinant if d.name == row.determinant):
        part = row.term.rpartition(".s")[2] if row.term != row.determinant else "0"
        return _("{term} (part {number} of its curve)", term=named, number=str(int(part) + 1))
    pairs = [i.determinants for i in study.interaction if row.determinant in i.determinants]
    others = [next(n for n in pair if n != row.determinant) for pair in pairs]
    if others:
        words = effect_labels(study)
        held = "; ".join(f"{words.get(o, o)}: {references.get(o, '0')}" for o in others)
        return _("{term} (for {others})", term=named, others=held)
    return named


def plain(study: Study, coefficients: pd.DataFrame) -> pd.Series:
    """Which terms an odds ratio describes by itself: no curve, no interaction, and no number that it depends on."""
    numbers = {d.name for d in study.determinant if d.kind == "numeric"}
    apart = {d.name for d in study.determinant if d.spline}
    for pair in study.interaction:
        first, second = pair.determinants
        apart |= {a for a, b in ((first, second), (second, first)) if b in numbers}
    return ~(coefficients["determinant"].isin(apart) | coefficients["determinant"].str.contains(":", regex=False))


def curves(study: Study, diagnostics: Mapping[str, Any]) -> None:
    """Risk by each number that is followed in a curve or interacts."""
    t, words = current(), effect_labels(study)
    drawn: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for curve in diagnostics.get("curves", ()):
        drawn.setdefault((curve["determinant"], curve["by"]), []).append(curve)
    for (name, by), lines in drawn.items():
        label, other = words.get(name, name), words.get(by, by)
        title = _("Risk by: {name}", name=label)
        if by:
            title = _("Risk by: {name}, for each: {other}", name=label, other=other)
        st.markdown(f"**{show.escape(title)}**")
        numeric = any(d.name == by and d.kind == "numeric" for d in study.determinant)
        categories = [f"{other} {t.number(float(c['category']))}" if numeric else c["category"] for c in lines]
        show.chart(
            charts.curves([c["points"] for c in lines], categories, label),
            f"curve_{name}_{by}",
            _(
                "Mean risk had every child of the survey this value, the other determinants as they are. Bands are 95% intervals."
            ),
        )


def combinations(study: Study, diagnostics: Mapping[str, Any]) -> None:
    """Risk of every combination of two interacting categories."""
    words = effect_labels(study)
    for found in diagnostics.get("combinations", ()):
        first, second = (words.get(name, name) for name in found["determinants"])
        rows = pd.DataFrame(found["rows"]).rename(columns={"risk": "area_risk"})
        labels = [" × ".join(both) for both in rows["categories"]]
        st.markdown("**" + show.escape(_("Risk by: {first} and {second}", first=first, second=second)) + "**")
        values = rows[["area_risk", "ci_lower", "ci_upper"]].astype(float)
        show.chart(
            charts.intervals(values, labels, _("Risk, % of children")),
            "combination_" + "_".join(found["determinants"]),
            _(
                "Mean risk had every child of the survey this combination, the other determinants as they are. Lines are 95% intervals."
            ),
        )


def any_apart(shown: pd.Series) -> None:
    """Say where terms are that the forest leaves out."""
    if not shown.all():
        st.caption(
            _(
                "Determinants with a curve or an interaction have no single odds ratio; how risk goes with them is drawn below."
            )
        )


def largest(found: pd.DataFrame, most: int = 3) -> Sequence[int]:
    """Positions of the terms with the largest average effects; terms without one of their own are left out."""
    return [int(i) for i in found["ame"].abs().dropna().sort_values(ascending=False).index[:most]]
