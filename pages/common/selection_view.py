"""Draw the proposal of determinants to keep. It is advice: determinants are taken out in the Data screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.words import _, current


def flag_names() -> dict[str, str]:
    """What each flag says of a determinant."""
    return {
        "near_constant": _("nearly the same for all"),
        "few_positive": _("few children in child labour"),
        "rare_category": _("a category with fewer than 5 in child labour"),
        "collinear": _("repeats the others"),
    }


def proposal(diagnostics: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Table and sentence of the proposal; how to ask for it where there is none. labels : determinant → words."""
    st.subheader(_("Which determinants could go?"), anchor=False)
    found = diagnostics.get("selection")
    if not found:
        st.caption(_("For a proposal, tick “Propose which determinants to keep” in the Data screen and run the study."))
        return
    st.write(_("This is a proposal; you decide. Untick a determinant in the Data screen to take it out of the model, and run the study again."))  # fmt: skip
    if found["backward"] is None:
        st.warning(_("Backward elimination could not be done: the model with all candidates cannot be fitted."))
    else:
        _sentence([n for n in found["taken"] if n not in found["backward"]], labels)
    frame = table(found["table"], labels)
    shown = frame if frame[_("Look at")].any() else frame.drop(columns=[_("Look at")])
    words = (_("Determinant"), _("Backward"), _("L1"), _("In the model"), _("Look at"))
    show.table(shown, left=[name for name in words if name in shown])
    st.caption(
        _(
            "VIF (variance inflation) above 10: the others already tell what it tells. Small p: an association with child labour beyond the others; the test uses the survey's design. Backward: kept when determinants with p above {alpha} go one by one. L1: kept by a penalised model checked on sampling units left out.",
            alpha=current().number(found["alpha"], 2),
        )
    )
    show.download_table(frame, "selection")


def table(rows: list[Mapping[str, Any]], labels: Mapping[str, str]) -> pd.DataFrame:
    """The proposal in words and numbers of the reader's language."""
    t, flags = current(), flag_names()
    answer = {True: _("yes"), False: _("no"), None: "—"}

    def number(value: float | None, decimals: int) -> str:
        return "—" if value is None else t.number(value, decimals)

    def p_value(value: float | None) -> str:
        return "< " + t.number(0.001, 3) if value is not None and value < 0.001 else number(value, 3)

    return pd.DataFrame(
        {
            _("Determinant"): [labels.get(r["determinant"], r["determinant"]) for r in rows],
            _("VIF"): [number(None if r["gvif"] is None else r["gvif"] ** (1 / (r["df"] or 1)), 1) for r in rows],
            _("Wald F"): [number(r["wald_f"], 2) for r in rows],
            _("p value"): [p_value(r["p_value"]) for r in rows],
            _("Backward"): [answer[r["kept_by_backward"]] for r in rows],
            _("L1"): [answer[r["kept_by_l1"]] for r in rows],
            _("In the model"): [answer[r["taken"]] for r in rows],
            _("Look at"): ["; ".join(flags[f] for f in r["flags"]) for r in rows],
        }
    )


def _sentence(could_go: list[str], labels: Mapping[str, str]) -> None:
    if not could_go:
        st.write(_("Backward elimination would keep every determinant of the model."))
        return
    named = "; ".join(show.escape(labels.get(n, n)) for n in could_go)
    st.write(_("Backward elimination would take out: {named}.", named=named))
