"""What columns mean where a row is an area: areas, given risk, indicators, measured rates, boundaries, levels."""

from __future__ import annotations

import streamlit as st

from pages.common import (
    ask,
    ask_area_file,
    ask_area_model,
    ask_boundaries,
    ask_index,
    ask_indicators,
    ask_observed,
    ask_published,
    ask_robustness,
    ask_template,
)
from pages.common.data.desk import Desk
from pages.common.words import _
from riskmodel.areamodel.portable_schema import PortableAreaModel


def areas(desk: Desk) -> None:
    """Names, parents and any municipal table."""
    desk.part(_("Areas"), "areas", lambda: {"areas": ask.areas(desk.study.areas, desk.tables(), desk.folder)})


def given_risk(desk: Desk) -> None:
    """A risk that somebody else estimated."""
    desk.part(
        _("Given risk"),
        "given_risk",
        lambda: {"given_risk": ask.given_risk(desk.study.given_risk, desk.columns("areas"))},
    )


def model_indicators(desk: Desk, model: PortableAreaModel) -> None:
    """Columns of this table for what a model from a file needs."""
    desk.part(
        _("What the model needs, in this table"),
        "indicator",
        lambda: ask_area_file.indicator_columns(desk.study, model, desk.columns("areas")),
    )


def indicators(desk: Desk) -> None:
    """Indicators, and for the index how they are weighted."""
    desk.part(_("Indicators"), "indicator", lambda: _indicators(desk))


def _indicators(desk: Desk) -> dict[str, object]:
    study = desk.study
    st.caption(
        _(
            "For the index these make the score, for the area model they are what areas without a measured rate are told by; with the other methods they describe each area on its sheet and can order the priorities."
        )
    )
    if study.study.method == "vulnerability_index":
        ask_template.offer(study, desk.save)
    changes: dict[str, object] = {"indicator": ask_indicators.indicators(study.indicator, desk.columns("areas"))}
    ask_template.exchange(study, desk.save)
    if study.study.method == "vulnerability_index":
        dimensions = list(dict.fromkeys(i.dimension for i in study.indicator))
        tables = [p.name for p in sorted(desk.folder.iterdir()) if p.suffix in (".csv", ".xlsx", ".parquet")]
        settings = ask_index.index_settings(
            study.index, dimensions, desk.columns("areas"), tables, desk.folder, study.observed is not None
        )
        changes["index"] = ask_robustness.draws(settings, study.index.robustness)
    return changes


def area_model(desk: Desk) -> None:
    """Measured rates of some areas."""
    study = desk.study
    desk.part(
        _("Measured rates and area model"),
        "area_model",
        lambda: {
            "area_model": ask_area_model.area_model(
                study.area_model,
                desk.columns("areas"),
                study.indicator,
                bool(study.areas and study.areas.parent_code),
            )
        },
    )


def observed(desk: Desk) -> None:
    """A direct measure to validate against."""
    desk.part(
        _("Observed rate"),
        "observed",
        lambda: {"observed": ask_observed.observed(desk.study.observed, desk.columns("areas"))},
    )


def published(desk: Desk) -> None:
    """Totals somebody else published."""
    desk.part(
        _("Published totals"),
        "published_total",
        lambda: {
            "published_total": ask_published.published(desk.study, desk.columns("areas"), desk.tables(), desk.folder)
        },
    )


def boundaries(desk: Desk) -> None:
    """The boundaries, with what the map leaves open."""
    maps = desk.maps()
    desk.part(
        _("Boundaries"),
        "boundaries",
        lambda: {
            "boundaries": ask_boundaries.boundaries(desk.study.boundaries, maps, desk.folder, desk.study.study.country)
        },
    )


def levels(desk: Desk) -> None:
    """How areas are put into levels."""
    points = desk.study.study.method == "vulnerability_index"
    desk.part(_("Levels"), "levels", lambda: {"levels": ask.levels(desk.study.levels, points)})
