"""Ask how an area model from a file is applied: its file, what its parent units are here, where its indicators stand.

What was estimated is not asked: outcome, indicators and their units are the model's.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.common import ask, ask_model, show
from pages.common.words import _, current
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.study import AppliedModel, Indicator, Study


def model_file(now: AppliedModel | None, files: Sequence[str]) -> AppliedModel | None:
    """The file of the model, and whether its parent units are those of this table."""
    chosen = ask_model.model_file(now, files)
    parents = st.checkbox(
        _("Parent units with the same code and name are the same units"),
        now.parents if now else True,
        key="model_parents",
        help=_("For another year of the same country. What the areas of a unit had in common is then taken from the model. Units of another country are never taken for the model's."),
    )  # fmt: skip
    return chosen and chosen.model_copy(update={"parents": parents})


def describe(model: PortableAreaModel) -> None:
    """What the model is, before it is trusted."""
    t = current()
    st.markdown(show.escape(f"{model.outcome.name}: {model.outcome.definition}"))
    told = [
        _(
            "Fitted in the study “{study}” to the measured rates of {areas} areas, {rate} on average. Fingerprint {fingerprint}.",
            study=model.study,
            areas=t.number(model.n_areas),
            rate=t.percent(model.measured_rate),
            fingerprint=model.fingerprint,
        )
    ]
    if model.measured.year:
        told.append(_("The rates were measured in {year}.", year=str(model.measured.year)))
    if model.measured.source:
        told.append(_("Sources: {sources}.", sources=model.measured.source))
    st.caption(show.escape(" ".join(told)))


def indicator_columns(study: Study, model: PortableAreaModel, columns: Sequence[str]) -> dict[str, object]:
    """A column of this table for each indicator of the model; those that are as in the model are left to it."""
    t = current()
    own = {i.name: i for i in study.indicator}
    st.caption(_("Each must be the same indicator, in the same unit, as where the model was fitted."))
    saw = pd.DataFrame(
        {
            _("Indicator"): [i.label or i.name for i in model.indicators],
            _("Unit"): [i.unit or "—" for i in model.indicators],
            _("Lowest the model saw"): [t.number(i.lowest, 2) for i in model.indicators],
            _("Highest the model saw"): [t.number(i.highest, 2) for i in model.indicators],
        }
    )
    show.table(saw, left=[_("Indicator"), _("Unit")])
    made: list[Indicator] = []
    places = st.columns(2)
    for position, one in enumerate(model.indicators):
        now = own[one.name].source_column if one.name in own else one.column
        with places[position % 2]:
            column = ask.column(one.label or one.name, columns, now, f"applied_indicator_{one.name}", optional=False)
        if one.name in own:
            made.append(own[one.name].model_copy(update={"column": column or now}))
        elif column and column != one.column:
            made.append(Indicator(name=one.name, column=column))
    named = {i.name for i in model.indicators}
    return {"indicator": (*made, *(i for i in study.indicator if i.name not in named))}
