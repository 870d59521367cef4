"""Ask how the model follows numbers, in a line or a curve, and which determinants depend on each other.

Nothing is asked about a determinant that is out of the model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import streamlit as st
from pydantic import ValidationError

from pages.common.words import _
from riskmodel.study import Determinant, Interaction, Spline

LINE, FOUND, GIVEN = "line", "found", "given"


def terms(now: Sequence[Determinant], pairs: Sequence[Interaction]) -> dict[str, object]:
    """Determinants with their curves, and the interactions."""
    st.caption(
        _(
            "By default risk follows a number in a straight line, and each determinant counts the same whatever the others are. Where the survey says otherwise, and has enough children, a curve or an interaction describes it better."
        )
    )
    curved = {d.name: curve(d) for d in now if d.kind == "numeric" and d.in_model}
    determinants = tuple(d.model_copy(update={"spline": curved[d.name]}) if d.name in curved else d for d in now)
    return {"determinant": determinants, "interaction": interactions(now, pairs)}


def curve(determinant: Determinant) -> Spline | None:
    """Line or curve of one number."""
    spline = determinant.spline
    label = determinant.label or determinant.name
    ways = {
        LINE: _("In a straight line"),
        FOUND: _("In a curve, its knots found in the survey"),
        GIVEN: _("In a curve, with knots you give"),
    }
    first = LINE if spline is None else GIVEN if spline.knots else FOUND
    left, right = st.columns(2)
    way = left.selectbox(
        _("How does risk follow “{label}”?", label=label),
        list(ways),
        index=list(ways).index(first),
        format_func=ways.__getitem__,
        key=f"curve_{determinant.name}",
    )
    if way == LINE:
        return None
    boundary = spline.boundary if spline else None
    if way == FOUND:
        df = right.number_input(
            _("Coefficients of the curve"),
            min_value=2,
            max_value=6,
            value=spline.df if spline and spline.df else 3,
            key=f"curve_df_{determinant.name}",
            help=_("More bend more and need more children. 3 is enough for most."),
        )
        return Spline(df=int(df), boundary=boundary)
    text = right.text_input(
        _("Knots, from the smallest to the largest"),
        "; ".join(f"{k:g}" for k in spline.knots) if spline else "",
        key=f"curve_knots_{determinant.name}",
        help=_("Up to five values where the curve may bend, for example 8; 11; 14."),
    )
    try:
        knots = tuple(float(part.replace(",", ".")) for part in re.split(r"[;\s]+", text) if part)
        return Spline(knots=knots, boundary=boundary)
    except (ValueError, ValidationError):
        right.warning(_("Write one to five numbers in rising order, with a semicolon between them."))
        return spline


def interactions(now: Sequence[Determinant], pairs: Sequence[Interaction]) -> tuple[Interaction, ...]:
    """The pairs of determinants that interact."""
    labels = {d.name: d.label or d.name for d in now if d.in_model}
    declared = {frozenset(pair.determinants): pair.determinants for pair in pairs}
    offered = [declared.get(frozenset(pair), pair) for pair in combinations(labels, 2)]
    named = {pair: " × ".join(labels[name] for name in pair) for pair in offered}
    chosen = st.multiselect(
        _("Which determinants depend on each other?"),
        offered,
        default=[pair for pair in offered if frozenset(pair) in declared],
        format_func=named.__getitem__,
        key="interactions",
        placeholder=_("None"),
        help=_(
            "For example sex × age: the difference between boys and girls may grow with age. Choose few: each needs children in child labour in every combination."
        ),
    )
    kept = [pair for pair in pairs if pair.determinants in chosen]  # in the order they were declared
    added = [Interaction(determinants=pair) for pair in chosen if frozenset(pair) not in declared]
    return (*kept, *added)


def still_there(pairs: Sequence[Interaction], now: Sequence[Determinant]) -> tuple[Interaction, ...]:
    """The interactions whose determinants are still in the model."""
    names = {d.name for d in now if d.in_model}
    return tuple(pair for pair in pairs if set(pair.determinants) <= names)
