"""What the tests of a fitted model mean, one plain sentence each, for screens and the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator

CHANCE = 0.05


def p_value(p: float, t: Translator) -> str:
    """A p value to three decimals, "< 0.001" below."""
    return "< " + t.number(0.001, 3) if p < 0.001 else t.number(p, 3)


def fit_sentence(p: float, t: Translator) -> str:
    """The Archer–Lemeshow test of a survey model."""
    shown = p_value(p, t) if p < 0.001 else "= " + t.number(p, 3)
    if p >= CHANCE:
        return t("No sign that predicted and observed risk differ (Archer–Lemeshow test, p {p}).", p=shown)
    return t(
        "Predicted and observed risk differ in some tenths more than chance explains (Archer–Lemeshow test, p {p}). Look where points leave the line.",
        p=shown,
    )


def brown_sentence(p: float, t: Translator) -> str:
    """Brown's test of an area model."""
    if p >= CHANCE:
        return t("The estimates lie as near the measured rates as chance allows (Brown's test).")
    return t(
        "The estimates lie further from the measured rates than chance allows (Brown's test): the model lacks something, or the measured rates are less sure than declared."
    )


def out_of_sample_sentence(diagnostics: Mapping[str, Any], t: Translator) -> str:
    """How far the discrimination falls on sampling units that were left out."""
    found = diagnostics["cross_validation"]
    if found["auc"] is None:
        return t("Cross-validation could not be done: with a part of the sampling units left out, a category has no child in child labour left.")  # fmt: skip
    return t(
        "The survey was split into {folds} parts by sampling unit, and each part predicted from the others. In the sample the AUC is {auc}; a large fall would mean that the model learnt its children by heart.",
        folds=t.number(found["folds"]),
        auc=t.number(diagnostics["auc"], 3),
    )


def without_one_unit(change: float, t: Translator) -> str:
    """How much the most influential sampling unit moves; `change` in standard errors, at most one."""
    return t(
        "No: leaving out any one sampling unit of five children or more moves no coefficient by more than {size} of its standard error.",
        size=t.number(abs(change), 2),
    )
