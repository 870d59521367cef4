"""Ask for the survey of a study: its file, its design, and how the model is fitted to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.common import ask, ask_design, cached
from pages.common.words import _
from riskmodel.study import Survey


def survey(now: Survey | None, files: Sequence[str], folder: Path) -> Survey | None:
    """The survey and its design."""
    chosen = ask.file(_("File of the survey"), files, now.file if now else "", "survey_file")
    if not chosen:
        return None
    columns = cached.columns(folder / chosen)
    base = now or Survey(file=chosen, year=2024)
    left, right = st.columns(2)
    with left:
        drawn = _drawn(base, columns)
    with right:
        year = st.number_input(_("Year of the survey"), 1950, 2100, base.year, key="survey_year", step=1)
        source = st.text_input(_("Source"), base.source, key="survey_source")
        fitted = _fitted(base)
    selection = st.checkbox(
        _("Propose which determinants to keep"),
        base.selection,
        key="survey_selection",
        help=_(
            "The Model screen then shows a proposal. The run takes some seconds more; nothing is left out by itself."
        ),
    )
    further = ask_design.further_design(base, columns, ask.column)
    about = {"file": chosen, "year": int(year), "source": source, "selection": selection}
    return base.model_copy(update={**further, **about, **drawn, **fitted})


def _drawn(base: Survey, columns: Sequence[str]) -> dict[str, str]:
    """Columns that say how the children were drawn and where they live."""
    return {
        "weight": ask.column(_("Expansion factor (weight)"), columns, base.weight, "survey_weight"),
        "stratum": ask.column(_("Stratum"), columns, base.stratum, "survey_stratum"),
        "psu": ask.column(_("Primary sampling unit"), columns, base.psu, "survey_psu"),
        "area_code": ask.column(
            _("Code of the area"),
            columns,
            base.area_code,
            "survey_area",
            help_text=_(
                "Same codes as in the population. It tells how much areas differ beyond the determinants; without it the intervals are too narrow."
            ),
        ),
        "domain": ask.column(
            _("Code of the parent unit"),
            columns,
            base.domain,
            "survey_domain",
            help_text=_(
                "Same codes as the parent units of the areas. Where the survey's own figure for one is reliable, the risks of its areas are shifted to agree with it."
            ),
        ),
    }


def _fitted(base: Survey) -> dict[str, str]:
    """How the model is fitted."""
    return {
        "lonely_psu": _one_of(
            _("Strata with a single sampling unit"), lonely_psu_names(), base.lonely_psu, "survey_lonely"
        ),
        "estimation": _one_of(
            _("How coefficients are found"), estimation_names(), base.estimation, "survey_estimation"
        ),
        "area_estimate": _one_of(
            _("Estimate of an area"),
            area_estimate_names(),
            base.area_estimate,
            "survey_area_estimate",
            _(
                "With the survey's own children of an area, its estimate moves toward what they say, the more of them the further. Areas outside the survey keep the estimate from their determinants. It needs the code of the area, and the run takes about a minute more."
            ),
        ),
    }


def _one_of(label: str, names: dict[str, str], now: str, key: str, help_text: str | None = None) -> str:
    """One of some ways, by its words."""
    return str(
        st.selectbox(label, list(names), list(names).index(now), key=key, format_func=names.__getitem__, help=help_text)
    )


def lonely_psu_names() -> dict[str, str]:
    """Rules for strata with one sampling unit."""
    return {
        "adjust": _("Compare with the mean of all (cautious)"),
        "average": _("Give them the average of the others"),
        "certainty": _("Take them as certain: no variance"),
        "remove": _("Leave them out of the variance"),
        "fail": _("Stop and name them"),
    }


def area_estimate_names() -> dict[str, str]:
    """Words of the estimates of an area."""
    return {
        "synthetic": _("From its determinants alone (usual)"),
        "prediction": _("From its determinants and the survey's children who live there"),
    }


def estimation_names() -> dict[str, str]:
    """Words of the ways to estimate."""
    return {
        "ml": _("Maximum likelihood (usual)"),
        "firth": _("With Firth's penalty (rare outcomes, categories without cases)"),
    }
