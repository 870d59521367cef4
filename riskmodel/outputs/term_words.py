"""Name the terms of a survey model as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.words import category_name
from riskmodel.study import Study


def effect_labels(study: Study) -> dict[str, str]:
    """Words of determinants and, as "sex:age", of interactions."""
    words = {d.name: d.label or d.name for d in study.determinant}
    pairs = [i.determinants for i in study.interaction]
    return words | {":".join(pair): " × ".join(words.get(name, name) for name in pair) for pair in pairs}


def name_of(study: Study, row: Any, t: Translator) -> str:
    """Determinant and category of a term."""
    label = effect_labels(study).get(row.determinant, row.determinant)
    categories = " × ".join(category_name(part, t) for part in row.category.split(" × "))
    return f"{label}: {categories}" if row.category else label


def term_label(study: Study, row: Any, references: Mapping[str, str], t: Translator) -> str:
    """A term as a person reads it, with what its odds ratio is where a curve or an interaction changes that.

    references : reference category by determinant.
    """
    named = name_of(study, row, t)
    if ":" in row.determinant:
        return t("{term} (ratio of odds ratios)", term=named)
    if any(d.spline for d in study.determinant if d.name == row.determinant):
        part = row.term.rpartition(".s")[2] if row.term != row.determinant else "0"
        return t("{term} (part {number} of its curve)", term=named, number=str(int(part) + 1))
    pairs = [i.determinants for i in study.interaction if row.determinant in i.determinants]
    others = [next(n for n in pair if n != row.determinant) for pair in pairs]
    if others:
        words = effect_labels(study)
        held = "; ".join(f"{words.get(o, o)}: {references.get(o, '0')}" for o in others)
        return t("{term} (for {others})", term=named, others=held)
    return named
