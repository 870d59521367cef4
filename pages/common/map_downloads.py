"""Offer the map of one mode as a single HTML file that opens without internet, from a USB stick."""

from __future__ import annotations

import json
import re

import streamlit as st

from geodata.mapdata import MapGeometry
from geodata.maps import standalone_page
from pages.common import cached, show, state
from pages.common.words import _
from riskmodel.results import Results
from riskmodel.study import Study


def offer(study: Study, results: Results, geometry: MapGeometry, mode: str, dark: bool) -> None:
    """The button; the file is written when it is pressed, outside the page's session."""
    drawn = cached.drawn(state.study_id() or "", mode, dark)
    language, selected, title = state.language(), state.area_code() or "", study.study.name
    sources = show.sources_text(study, results)
    intro = _("Synthetic data: this country, its people and its figures are invented.") if study.study.synthetic else ""

    def content() -> bytes:
        files = [json.loads((geometry.folder / name).read_text(encoding="utf-8")) for name in drawn.texts]
        rows = [row for file in files for row in file["rows"]]
        told = {**drawn.told, **files[-1], "rows": rows, "selected": selected}
        return standalone_page(geometry, told, title, language, intro, sources)

    st.download_button(
        _("Download this map (HTML, opens without internet)"),
        data=content,
        file_name=f"{re.sub('[^a-z0-9]+', '_', mode)}.html",
        mime="text/html",
        icon=":material/download:",
        key="download_map_html",
        on_click="ignore",
    )
