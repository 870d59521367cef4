"""Offer the map of one mode as files: one HTML page that opens without internet, and what the mode has for paper."""

from __future__ import annotations

import json
import re

from geodata.mapdata import MapGeometry
from geodata.maps import standalone_page
from geodata.palette import Theme
from pages.common import cached, show, state, takeaway
from pages.common.words import _
from riskmodel.outputs.map_key import kinds_of
from riskmodel.results import Results
from riskmodel.study import Study

# Modes of the screen that `riskmodel.outputs.map_key` draws for paper too.
ON_PAPER = {"level": "level", "factor": "main_factor", "clusters": "clusters", "difference": "difference"}


def offer(study: Study, results: Results, geometry: MapGeometry, mode: str, theme: Theme) -> None:
    """The menu; a file is written when its button is pressed, outside the page's session."""
    drawn = cached.drawn(state.study_id() or "", mode, theme)
    language, selected, title = state.language(), state.area_code() or "", study.study.name
    sources = show.sources_text(study, results)
    intro = _("Synthetic data: this country, its people and its figures are invented.") if study.study.synthetic else ""

    def content() -> bytes:
        files = [json.loads((geometry.folder / name).read_text(encoding="utf-8")) for name in drawn.texts]
        rows = [row for file in files for row in file["rows"]]
        told = {**drawn.told, **files[-1], "rows": rows, "selected": selected}
        return standalone_page(geometry, told, title, language, intro, sources)

    kind = ON_PAPER.get(mode, "")
    page = (f"{re.sub('[^a-z0-9]+', '_', mode)}.html", content)
    takeaway.map_downloads(results, kind if kind in kinds_of(results) else "", selected, page)
