"""Ask what the area model needs: the direct rates, how sure they are, and how the model is made."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from pages.common.ask import column
from pages.common.words import _
from riskmodel.study import AreaModel, Indicator


def area_model(
    now: AreaModel | None, columns: Sequence[str], indicators: Sequence[Indicator], has_parent: bool
) -> AreaModel | None:
    """The settings as asked; what is stored stays until the measure is whole."""
    measure = _measure(now, columns)
    if measure is None:
        return now
    with st.container(border=True):
        st.markdown("**" + _("How the model is made") + "**")
        settings = measure | _model(now, indicators, has_parent)
    try:
        return AreaModel(**settings)
    except ValidationError:
        st.error(_("The choices contradict each other: give the share interviewed once."))
        return now


def _measure(now: AreaModel | None, columns: Sequence[str]) -> dict[str, object] | None:
    """Columns of the direct rate and what says how sure it is; None while something is lacking."""
    ways = {
        "counts": _("Children in child labour, and all children"),
        "error": _("A rate, and its standard error"),
        "number": _("A rate, and how many children it rests on"),
    }
    known = "counts" if now is None or now.cases else "error" if now.se else "number"
    way = st.radio(
        _("The measured rate of some or all areas is given as"),
        list(ways),
        list(ways).index(known),
        format_func=ways.__getitem__,
        key="area_model_way",
    )
    base = now or AreaModel(cases="-", total="-")
    left, right = st.columns(2)
    found: dict[str, object]
    if way == "counts":
        with left:
            cases = column(
                _("Column of children in child labour"), columns, now.cases if now else "", "area_model_cases"
            )
        with right:
            total = column(_("Column of all children"), columns, now.total if now else "", "area_model_total")
        found = {"cases": cases, "total": total} if cases and total else {}
    else:
        with left:
            rate = column(_("Column of the rate"), columns, base.rate, "area_model_rate")
            units = {"proportion": _("Proportion, 0 to 1"), "percent": _("Percent, 0 to 100")}
            unit = st.radio(
                _("The rate is written as"),
                list(units),
                list(units).index(base.unit),
                format_func=units.__getitem__,
                key="area_model_unit",
            )
        with right:
            se = column(_("Column of its standard error"), columns, base.se, "area_model_se") if way == "error" else ""
            n = column(_("Column of the children it rests on"), columns, base.n, "area_model_n")
        found = {"rate": rate, "se": se, "n": n, "unit": unit} if rate and (se if way == "error" else n) else {}
    if not found:
        return None
    return found | (_smoothing(base) if way == "error" else _sample(base, columns))


def _smoothing(base: AreaModel) -> dict[str, object]:
    smooth = st.checkbox(
        _("Smooth the errors over areas of like size"),
        base.errors == "smoothed",
        key="area_model_smoothed",
        help=_("An error that rests on few children is itself unsure. Rates of zero always take the smoothed one."),
    )
    return {"errors": "smoothed" if smooth else "given"}


def _sample(base: AreaModel, columns: Sequence[str]) -> dict[str, object]:
    left, middle, right = st.columns(3)
    effect = left.number_input(
        _("Design effect"),
        0.1,
        50.0,
        base.design_effect,
        key="area_model_design_effect",
        help=_("How much less a child of the sample tells than one drawn by lot: 1 for a full count, often 1.5 to 3."),
    )
    with middle:
        by_area = column(
            _("Column of the share interviewed"), columns, base.sampled_column, "area_model_sampled_column"
        )
    share = right.number_input(
        _("Or one share interviewed for all, %"),
        0.0,
        99.9,
        100 * base.sampled,
        key="area_model_sampled",
        disabled=bool(by_area),
        help=_(
            "For a long census form that every tenth household answered: 10. Zero where the totals are the sample itself."
        ),
    )
    return {
        "design_effect": effect,
        "sampled_column": by_area,
        "sampled": 0.0 if by_area else (base.sampled if share == 100 * base.sampled else share / 100),
    }


def _model(now: AreaModel | None, indicators: Sequence[Indicator], has_parent: bool) -> dict[str, object]:
    base = now or AreaModel(cases="-", total="-")
    labels = {i.name: i.label or i.name for i in indicators}
    chosen = st.multiselect(
        _("Indicators in the model"),
        list(labels),
        [n for n in base.indicators if n in labels],
        format_func=lambda n: labels[n],
        key="area_model_indicators",
        placeholder=_("All of them"),
    )
    left, right = st.columns(2)
    propose = left.checkbox(
        _("Let the program propose which of them to keep"),
        base.selection == "lasso",
        key="area_model_selection",
        help=_("It keeps those with which areas of parent units left out are told best. The Model screen lists them."),
    )
    parents = left.checkbox(
        _("Areas of one parent unit have something in common"),
        base.parent_effect,
        key="area_model_parent_effect",
        disabled=not has_parent,
    )
    smooth = left.checkbox(
        _("Follow curves and combinations of the indicators too"),
        base.smooth,
        key="area_model_smooth",
        help=_(
            "For a country of many areas: it told left-out states of Brazil better. It takes longer, and allows no drawn worlds."
        ),
    )
    bring = left.checkbox(
        _("Bring the estimates into line with the measured figure of the country"),
        base.benchmark,
        key="area_model_benchmark",
    )
    scales = {"arcsine": _("Arcsine (any rate, also zero)"), "logit": _("Logit")}
    scale = right.selectbox(
        _("Scale of the rates"),
        list(scales),
        list(scales).index(base.scale),
        format_func=scales.__getitem__,
        key="area_model_scale",
    )
    drawn = right.number_input(
        _("Worlds drawn for the errors"),
        0,
        2000,
        0 if smooth else base.bootstrap,
        step=50,
        disabled=smooth,
        key="area_model_bootstrap",
        help=_("Zero takes the formula. 200 worlds check it where few areas have a measured rate; it takes longer."),
    )
    return {
        "indicators": tuple(chosen),
        "selection": "lasso" if propose else "all",
        "parent_effect": parents,
        "smooth": smooth,
        "benchmark": bring,
        "scale": scale,
        "bootstrap": 0 if smooth else int(drawn),
    }
