"""The figures that say how well a model tells, each with its error and what it means behind a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.common.words import _, current


def figures(diagnostics: Mapping[str, Any]) -> None:
    """Prevalence, discrimination, Brier score and Tjur's R² in a row; an error where one is known, else why not."""
    t, d = current(), diagnostics
    known = d.get("fit_intervals", {})
    first, second, third, fourth = st.columns(4)
    with first:
        _figure(_("In child labour, in the survey"), t.percent(d["prevalence"]), _percents(known.get("prevalence")))
        st.caption(_("{positive} of {n} children in the model.", positive=t.number(d["n_positive"]), n=t.number(d["n_obs"])))  # fmt: skip
        _meaning(
            _(
                "The weighted share of the children of the model who are in child labour. The interval is that of the survey's design: its weights, strata and sampling units."
            )
        )
    with second:
        _figure(_("Discrimination (AUC)"), t.number(d["auc"], 3), _numbers(d.get("auc_interval"), 3))
        st.caption(_("The right order in {times} of 100 pairs.", times=t.number(d["auc"] * 100)))
        _meaning(
            _(
                "Take a child in child labour and one who is not: it is the chance that the model gives the first the higher risk. 0.5 is a coin, 1 is perfect. The interval is that of the survey's design, with the coefficients as given."
            )
        )
    with third:
        _figure(_("Brier score"), t.number(d["brier"], 4), _numbers(known.get("brier"), 4))
        base = d["prevalence"] * (1 - d["prevalence"])
        st.caption(_("Without any determinant it would be {base}.", base=t.number(base, 4)))
        _meaning(
            _(
                "Mean squared distance between the predicted risk and what was observed (0 or 1); lower is better. It is judged against the score of giving every child the same risk. The interval is that of the survey's design, with the coefficients as given."
            )
        )
    with fourth:
        _figure(_("Separation (Tjur's R²)"), t.number(d["tjur_r2"], 3), _numbers(known.get("tjur_r2"), 3))
        st.caption(_("{points} points between the two groups.", points=t.points(d["tjur_r2"])))
        _meaning(
            _(
                "Mean risk of the children in child labour less mean risk of the others. 0 tells nothing, 1 is perfect; where few children are in child labour it is small even in a good model. The interval is that of the survey's design, with the coefficients as given."
            )
        )
    if not known:
        st.caption(_("Without an interval: the model came from a file, and the rows of its survey are not at hand."))


def _figure(name: str, value: str, interval: str) -> None:
    st.metric(name, value)
    if interval:
        st.caption(interval)


def _meaning(text: str) -> None:
    with st.popover(_("What does this mean?"), type="tertiary", icon=":material/help:"):
        st.write(text)


def _numbers(known: Mapping[str, float | None] | None, decimals: int) -> str:
    t = current()
    if not known or known["ci_lower"] is None or known["ci_upper"] is None:
        return ""
    return _("95% interval {lower} to {upper}", lower=t.number(known["ci_lower"], decimals), upper=t.number(known["ci_upper"], decimals))  # fmt: skip


def _percents(known: Mapping[str, float | None] | None) -> str:
    t = current()
    if not known or known["ci_lower"] is None or known["ci_upper"] is None:
        return ""
    return _("95% interval {lower} to {upper}", lower=t.percent(known["ci_lower"]), upper=t.percent(known["ci_upper"]))
