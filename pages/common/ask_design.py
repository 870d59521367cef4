"""Widgets for the survey design beyond weight, stratum and sampling unit.

Few surveys publish it, so it stands in an expander that is open only where the study has some of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

import streamlit as st

from pages.common.words import _
from riskmodel.study import Replicates, ReplicateType, Survey

Column = Callable[[str, Sequence[str], str, str], str]


def further_design(now: Survey, columns: Sequence[str], column: Column) -> dict[str, Any]:
    """Second stage, corrections and replicate weights, as changes to the survey. `column` draws the choice of one."""
    declared = bool(now.ssu or now.fpc or now.fpc2 or now.replicates)
    with st.expander(_("More of the design: second stage, corrections, replicate weights"), expanded=declared):
        left, right = st.columns(2)
        with left:
            fpc = column(_("Sampling units in the whole stratum, or share drawn"), columns, now.fpc, "survey_fpc")
            ssu = column(_("Second-stage unit"), columns, now.ssu, "survey_ssu")
            fpc2 = column(
                _("Second-stage units in the whole sampling unit, or share drawn"), columns, now.fpc2, "survey_fpc2"
            )
        with right:
            given = _replicates(now.replicates)
    return {"fpc": fpc, "ssu": ssu, "fpc2": fpc2, "replicates": given}


def _replicates(now: Replicates | None) -> Replicates | None:
    """What the columns of replicate weights are; None without any."""
    names = st.text_input(
        _("Columns of replicate weights"),
        ", ".join(now.columns) if now else "",
        key="survey_replicates",
        help=_("The beginning of their names and a star, such as repw*. Errors are then made from them."),
    )
    columns = tuple(name.strip() for name in names.split(",") if name.strip())
    if not columns:
        return None
    types = list(get_args(ReplicateType))
    kind = st.selectbox(_("How they were made"), types, types.index(now.type if now else "JK1"), key="survey_reps_type")
    kept = now if now and now.type == kind else None
    combined = not st.checkbox(
        _("The columns are factors that multiply the weight"), bool(now and not now.combined), key="survey_reps_factors"
    )
    mse = st.checkbox(
        _("Measure spread around the estimate of the whole sample"), bool(now and now.mse), key="survey_reps_mse"
    )
    rho, rscales = None, kept.rscales if kept else ()
    if kind == "Fay":
        rho = st.number_input(_("Fay's rho"), 0.0, 0.99, kept.rho if kept else 0.3, key="survey_reps_rho")
    elif kind == "JKn":
        text = st.text_input(
            _("Factor of each column (rscales), separated by spaces"), " ".join(map(str, rscales)), key="survey_rscales"
        )
        rscales = _numbers(text)
        if combined and not rscales:
            st.error(_("Write the factors as the office published them, for example 0.5 0.5 0.75."))
            return now
    return Replicates(
        columns=columns,
        type=kind,
        rho=rho,
        scale=kept.scale if kept else None,
        rscales=rscales,
        combined=combined,
        mse=mse,
    )


def _numbers(text: str) -> tuple[float, ...]:
    """Numbers of a line; none where one of them is not a number of zero or more."""
    try:
        found = tuple(float(part.replace(",", ".")) for part in text.split())
    except ValueError:
        return ()
    return found if all(0 <= value < float("inf") for value in found) else ()
