"""Ask how the outcome is known: a ready column of the survey, or hours, hazardous work and chores with their thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from pages.common.words import _
from riskmodel.study import BlankHours, ComputedOutcome, Outcome, OutcomeBand

READY, COMPUTED = "ready", "computed"


def way_of(now: Outcome, columns: Sequence[str]) -> dict[str, Any]:
    """Boundary and column, or boundary and computation, as changes to the outcome."""
    boundaries = {
        "sna": _("Economic activity only (SNA)"),
        "general": _("Household chores too (general boundary)"),
    }
    boundary = st.radio(
        _("What counts as work"),
        list(boundaries),
        list(boundaries).index(now.boundary),
        key="outcome_boundary",
        format_func=boundaries.__getitem__,
        horizontal=True,
    )
    ways = {
        READY: _("A column of the survey says it, 1 or 0"),
        COMPUTED: _("Compute it from hours, hazardous work and chores"),
    }
    way = st.radio(
        _("How it is known who is in child labour"),
        list(ways),
        1 if now.computed else 0,
        key="outcome_way",
        format_func=ways.__getitem__,
        horizontal=True,
    )
    if way == READY:
        chosen = _column(
            _("Column of the survey that is 1 for a child in child labour and 0 otherwise"),
            columns,
            now.column,
            "outcome_column",
        )
        return {"boundary": boundary, "column": chosen, "computed": None}
    made = _computed(now.computed, columns, boundary == "general")
    if made is None:
        return {"boundary": boundary, "column": now.column, "computed": now.computed}
    return {"boundary": boundary, "column": "", "computed": made}


def _computed(now: ComputedOutcome | None, columns: Sequence[str], general: bool) -> ComputedOutcome | None:
    """The computation; None while its hours are not chosen or its thresholds do not fit."""
    hours = _columns(_("Hours of work in the week"), columns, now.hours if now else (), "outcome_hours")
    hours_blank = _blank(
        _("A blank in the hours of work means"), now.hours_blank if now else "unknown", "outcome_blank"
    )
    left, right = st.columns(2)
    with left:
        worked = _column(
            _("Worked at least one hour (optional)"),
            columns,
            now.worked if now else "",
            "outcome_worked",
            _("With it, a child who did not work has 0 hours where the hours are blank."),
        )
        hazardous = _column(
            _("Hazardous work (optional)"),
            columns,
            now.hazardous if now else "",
            "outcome_hazardous",
            _("A column of 1 and 0, or of occupations or conditions; it counts at every age."),
        )
    with right:
        worked_values = _values(_("Codes that mean yes"), now.worked_values if now else (), "outcome_worked_values")
        hazardous_values = _values(
            _("Codes that are hazardous"), now.hazardous_values if now else (), "outcome_hazardous_values"
        )
    chores: tuple[str, ...] = now.chores if now else ()
    chores_blank: BlankHours = now.chores_blank if now else "unknown"
    if general:
        chores = _columns(_("Hours of household chores in the week"), columns, chores, "outcome_chores")
        chores_blank = _blank(_("A blank in the hours of chores means"), chores_blank, "outcome_chores_blank")
    else:
        chores = ()
    bands = _bands((now or ComputedOutcome(hours=("?",))).band, general)
    if not hours:
        st.info(_("Choose the column, or columns, of hours of work. Hours of several columns are added."))
        return None
    try:
        return ComputedOutcome(
            hours=hours,
            hours_blank=hours_blank,
            worked=worked,
            worked_values=worked_values if worked else (),
            hazardous=hazardous,
            hazardous_values=hazardous_values if hazardous else (),
            chores=chores,
            chores_blank=chores_blank,
            band=tuple(OutcomeBand(**band) for band in bands),
        )
    except ValidationError:
        st.error(_("The age bands must not overlap, and hours lie above 0 and up to 168."))
        return None


def _bands(now: Sequence[OutcomeBand], general: bool) -> list[dict[str, Any]]:
    """The thresholds by age, editable; those of SDG indicator 8.7.1 to begin with."""
    st.caption(
        _("A child is in child labour from these hours a week on. The figures of SDG indicator 8.7.1 to begin with.")
    )
    rows = pd.DataFrame([band.model_dump() for band in now], columns=["min", "max", "hours", "chores"])
    number = st.column_config.NumberColumn
    shown = ["min", "max", "hours", *(["chores"] if general else [])]
    edited = st.data_editor(
        rows.astype({"min": "Int64", "max": "Int64", "hours": "float64", "chores": "float64"}),
        key="outcome_bands",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=shown,
        column_config={
            "min": number(_("From age"), min_value=0, max_value=120, step=1, required=True),
            "max": number(_("To age"), min_value=0, max_value=120, step=1, required=True),
            "hours": number(_("Hours of work or more"), min_value=0.5, max_value=168.0),
            "chores": number(_("Hours of chores or more"), min_value=0.5, max_value=168.0),
        },
    )
    whole = edited.dropna(subset=["min", "max"]).to_dict("records")
    return [
        {"min": int(r["min"]), "max": int(r["max"]), "hours": _or_none(r["hours"]), "chores": _or_none(r["chores"])}
        for r in whole
    ]


def _or_none(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _column(label: str, columns: Sequence[str], value: str, key: str, help_text: str | None = None) -> str:
    none = _("(none)")
    options = list(dict.fromkeys(["", *columns, value]))
    chosen = st.selectbox(
        label, options, options.index(value), key=key, help=help_text, format_func=lambda c: c or none
    )
    return chosen or ""


def _columns(label: str, columns: Sequence[str], value: Sequence[str], key: str) -> tuple[str, ...]:
    return tuple(st.multiselect(label, list(dict.fromkeys([*columns, *value])), list(value), key=key))


def _blank(label: str, now: BlankHours, key: str) -> BlankHours:
    words = {
        "unknown": _("unknown: the child may be left out"),
        "zero": _("no hours: the question was skipped"),
    }
    return st.radio(label, list(words), list(words).index(now), key=key, format_func=words.__getitem__, horizontal=True)


def _values(label: str, now: Sequence[str], key: str) -> tuple[str, ...]:
    """Codes separated by commas."""
    text = st.text_input(label, ", ".join(now), key=key, help=_("Separated by commas; blank for a column of 1 and 0."))
    return tuple(code.strip() for code in text.split(",") if code.strip())
