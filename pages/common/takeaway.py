"""What may be taken from a figure: PNG of 300 dpi, SVG and CSV of a chart; these and a GeoPackage of a map.

Nothing is drawn before a button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from figures import MapFigure, map_figure
from geodata.mapdata import MapGeometry
from pages.common import cached, chart_files, state
from pages.common.words import _, current
from riskmodel.outputs.chart_drawing import Chart, chart_png, chart_svg
from riskmodel.outputs.map_key import kinds_of
from riskmodel.outputs.picture_sources import picture_sources
from riskmodel.results import Results, spreadsheet_safe
from riskmodel.study import Study


def chart_downloads(figure: go.Figure, key: str, title: str, data: pd.DataFrame | None) -> None:
    """A small menu under a chart. `data`: its table; read from the figure where none is given."""

    def table() -> bytes:
        numbers = chart_files.chart_table(figure) if data is None else data
        return spreadsheet_safe(numbers).to_csv(index=False).encode("utf-8-sig")

    def drawn() -> Chart:
        return chart_files.chart_of(figure, title, _note())

    with st.popover(_("Download this chart"), icon=":material/download:", type="tertiary"):
        if chart_files.drawable(figure):
            _button(_("Picture for a document (PNG, 300 dpi)"), lambda: chart_png(drawn()), f"{key}.png", "image/png")
            _button(_("Picture for print (SVG)"), lambda: chart_svg(drawn()), f"{key}.svg", "image/svg+xml")
        _button(
            _("Its numbers (CSV)"),
            table,
            f"{key}.csv",
            "text/csv",
        )


def kinds(results: Results) -> dict[str, str]:
    """The looks of the map that can be taken, with their names; none without boundaries."""
    study_id = state.study_id()
    if study_id is None or cached.locator(study_id) is None:
        return {}
    names = {
        "level": _("Level in the country"),
        "main_factor": _("What raises each area most above the country"),
        "clusters": _("Clusters of neighbouring areas"),
        "difference": _("Results against the measured rate"),
    }
    return {kind: names[kind] for kind in kinds_of(results)}


def map_downloads(
    results: Results, kind: str, selected: str | None = None, page: tuple[str, Callable[[], bytes]] | None = None
) -> None:
    """A small menu under a map.

    kind : a look that `riskmodel.outputs.map_key.kinds_of` names, or "" where there is none for paper.
    page : name and bytes of the same map as a file that opens without internet.
    """
    study_id = state.study_id()
    locator = cached.locator(study_id) if study_id else None
    if locator is None or study_id is None:
        return
    language = state.language()

    def figure() -> MapFigure:
        return map_figure(results, locator.base, kind, language, selected or "", state.appearance().photocopy)

    def package() -> bytes:
        geometry = cached.geometry(study_id)
        assert geometry is not None
        return figure().geopackage(geometry.shapes())

    with st.popover(_("Download this map"), icon=":material/download:", type="tertiary"):
        if page is not None:
            _button(_("Map to open without internet (HTML)"), page[1], page[0], "text/html")
        if not kind:
            return
        _map_buttons(figure, package, f"map_{kind}")


def figure_downloads(figure: Callable[[], MapFigure], name: str, geometry: MapGeometry) -> None:
    """A small menu under a map that is no look of one run."""
    with st.popover(_("Download this map"), icon=":material/download:", type="tertiary"):
        _map_buttons(figure, lambda: figure().geopackage(geometry.shapes()), name)


def _map_buttons(figure: Callable[[], MapFigure], package: Callable[[], bytes], name: str) -> None:
    _button(_("Picture for a document (PNG, 300 dpi)"), lambda: figure().png(), f"{name}.png", "image/png")
    _button(_("Picture for print (SVG)"), lambda: figure().svg(), f"{name}.svg", "image/svg+xml")
    _button(_("Map file (GeoPackage)"), package, f"{name}.gpkg", "application/geopackage+sqlite3")
    _button(_("Its numbers (CSV)"), lambda: figure().csv(), f"{name}.csv", "text/csv")


def _note() -> str:
    """Sources of the open study, where it has results."""
    study_id = state.study_id()
    results = cached.results(study_id) if study_id else None
    if results is None:
        return ""
    return picture_sources(Study.model_validate(results.manifest["study"]), results, current())


def _button(label: str, data: object, name: str, mime: str) -> None:
    st.download_button(
        label, data=data, file_name=name, mime=mime, key=f"take_{name}", on_click="ignore", type="tertiary"
    )  # type: ignore[arg-type]
