"""Draw what curves and interactions mean, in risks; and name the terms of a model as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import charts, show
from pages.common.words import _, current
from riskmodel.outputs import term_words
from riskmodel.outputs.term_words import effect_labels
from riskmodel.study import Study


def name_of(study: Study, row: Any) -> str:
    """Determinant and category of a term."""
    return term_words.name_of(study, row, current())


def term_label(study: Study, row: Any, references: Mapping[str, str]) -> str:
    """A term as a person reads it; references : reference category by determinant."""
    return term_words.term_label(study, row, references, current())


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
