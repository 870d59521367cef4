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
        weight = ask.column(_("Expansion factor (weight)"), columns, base.weight, "survey_weight")
        stratum = ask.column(_("Stratum"), columns, base.stratum, "survey_stratum")
        psu = ask.column(_("Primary sampling unit"), columns, base.psu, "survey_psu")
        area_code = ask.column(
            _("Code of the area"),
            columns,
            base.area_code,
            "survey_area",
            help_text=_(
                "Same codes as in the population. It tells how much areas differ beyond the determinants; without it the intervals are too narrow."
            ),
        )
        domain = ask.column(
            _("Code of the parent unit"),
            columns,
            base.domain,
            "survey_domain",
            help_text=_(
                "Same codes as the parent units of the areas. Where the survey's own figure for one is reliable, the risks of its areas are shifted to agree with it."
            ),
        )
    with right:
        year = st.number_input(_("Year of the survey"), 1950, 2100, base.year, key="survey_year", step=1)
        source = st.text_input(_("Source"), base.source, key="survey_source")
        rules = lonely_psu_names()
        lonely = st.selectbox(
            _("Strata with a single sampling unit"),
            list(rules),
            list(rules).index(base.lonely_psu),
            key="survey_lonely",
            format_func=rules.__getitem__,
        )
        estimations = estimation_names()
        estimation = st.selectbox(
            _("How coefficients are found"),
            list(estimations),
            list(estimations).index(base.estimation),
            key="survey_estimation",
            format_func=estimations.__getitem__,
        )
        estimates = area_estimate_names()
        area_estimate = st.selectbox(
            _("Estimate of an area"),
            list(estimates),
            list(estimates).index(base.area_estimate),
            key="survey_area_estimate",
            format_func=estimates.__getitem__,
            help=_(
                "With the survey's own children of an area, its estimate moves toward what they say, the more of them the further. Areas outside the survey keep the estimate from their determinants. It needs the code of the area, and the run takes about a minute more."
            ),
        )
    selection = st.checkbox(
        _("Propose which determinants to keep"),
        base.selection,
        key="survey_selection",
        help=_(
            "The Model screen then shows a proposal. The run takes some seconds more; nothing is left out by itself."
        ),
    )
    further = ask_design.further_design(base, columns, ask.column)
    return base.model_copy(
        update={
            **further,
            "file": chosen,
            "year": int(year),
            "source": source,
            "weight": weight,
            "stratum": stratum,
            "psu": psu,
            "lonely_psu": lonely,
            "area_code": area_code,
            "area_estimate": area_estimate,
            "domain": domain,
            "estimation": estimation,
            "selection": selection,
        }
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
