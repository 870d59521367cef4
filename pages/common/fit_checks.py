"""Draw the figures that judge a survey model: ROC curve, classification, cross-validation, influential sampling units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import charts, show
from pages.common.words import _, current
from riskmodel.outputs import fit_words


def discrimination(diagnostics: Mapping[str, Any]) -> None:
    """ROC curve, and what a cut-off gets right."""
    points = pd.DataFrame(diagnostics["roc"])
    left, right = st.columns([3, 2])
    with left:
        show.chart(
            charts.roc(points),
            "roc",
            _(
                "The ROC curve: for every cut-off, the share of children in child labour that are called and the share of the others that are called by mistake. On the dotted line the model knows nothing."
            ),
        )
    with right:
        classification(points, diagnostics["prevalence"])


def classification(points: pd.DataFrame, prevalence: float) -> None:
    """The table of right and wrong at a cut-off the reader chooses; it opens at the prevalence."""
    t = current()
    inner = points[(points["cut_off"] > 0) & (points["cut_off"] < 1)]
    if inner.empty:
        return
    cuts = inner["cut_off"].tolist()
    chosen = st.select_slider(
        _("Call a child at risk above this cut-off"),
        cuts,
        value=min(cuts, key=lambda c: abs(c - prevalence)),
        format_func=lambda c: t.percent(c),
        key="cut_off",
    )
    row = inner[inner["cut_off"] == chosen].iloc[0]
    sensitivity, specificity, called = float(row["sensitivity"]), float(row["specificity"]), float(row["called"])
    found, right_out = sensitivity * prevalence, specificity * (1 - prevalence)
    shares = {
        _("Found, of the children in child labour"): sensitivity,
        _("Rightly not called, of the others"): specificity,
        _("In child labour, of those called"): found / called if called else None,
        _("Not in child labour, of those not called"): right_out / (1 - called) if called < 1 else None,
        _("Called, of all children"): called,
        _("Right, of all children"): found + right_out,
    }
    printed = ["—" if v is None else t.number(v * 100, 1) for v in shares.values()]
    told = pd.DataFrame({_("At this cut-off"): list(shares), _("Share, %"): printed})
    st.table(told.set_index(told.columns[0]), border="horizontal")  # sentences need more than one line
    st.caption(_("What would be right and wrong if children above the cut-off were called at risk. It opens at the share in child labour."))  # fmt: skip


def cross_validation(diagnostics: Mapping[str, Any]) -> None:
    """Figures on sampling units that were left out, in words."""
    t, found = current(), diagnostics["cross_validation"]
    st.subheader(_("Does it hold for places it has not seen?"), anchor=False)
    if found["auc"] is None:
        st.write(fit_words.out_of_sample_sentence(diagnostics, t))
        return
    first, second, third = st.columns(3)
    first.metric(_("AUC out of sample"), t.number(found["auc"], 3))
    first.caption(fit_words.out_of_sample_sentence(diagnostics, t))
    second.metric(_("Brier score out of sample"), t.number(found["brier"], 4))
    second.caption(_("In the sample it is {brier}; lower is better.", brier=t.number(diagnostics["brier"], 4)))
    slope = found["calibration_slope"]
    third.metric(_("Calibration slope"), "—" if slope is None else t.number(slope, 2))
    third.caption(
        _("1 is perfect. Under 1, high risks are predicted too high and low ones too low: use fewer determinants.")
    )
    st.caption(_("These three have no interval: the parts share most of their children, so no unbiased error is known. Look at how far they fall, not at the third digit."))  # fmt: skip
    lost = found["folds"] - found["folds_fitted"]
    if lost:
        st.caption(
            t.plural(
                "{count} part could not be predicted, because the others have no child in child labour in some category.",
                "{count} parts could not be predicted, because the others have no child in child labour in some category.",
                lost,
            )
        )


def influential(diagnostics: Mapping[str, Any], label_of: Callable[[str], str]) -> None:
    """The sampling units the model hangs on. label_of : name of a term → words."""
    rows: Sequence[Mapping[str, Any]] = diagnostics["influential_psus"]
    if not rows:
        return
    t, first = current(), rows[0]
    st.subheader(_("Does it hang on single places?"), anchor=False)
    say = fit_words.without_one_unit(first["change"], t)
    if abs(first["change"]) > 1:
        say = _(
            "It does in part: without the sampling unit {psu}, the coefficient of “{term}” would move by {size} standard errors. Look at its interviews before you use the model.",
            psu=show.escape(str(first["psu"])),
            term=show.escape(label_of(first["term"])),
            size=t.number(abs(first["change"]), 2),
        )
    st.write(say)
    table = pd.DataFrame(
        {
            _("Sampling unit"): [r["psu"] for r in rows],
            _("Stratum"): [r["stratum"] for r in rows],
            _("Coefficient that moves most"): [label_of(r["term"]) for r in rows],
            _("Change without it, standard errors"): [t.number(r["change"], 2) for r in rows],
        }
    )
    with st.expander(_("The ten most influential sampling units")):
        show.table(table, left=[_("Sampling unit"), _("Stratum"), _("Coefficient that moves most")])
