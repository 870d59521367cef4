"""What the map of a study shows in each mode: the list of modes, and the paint and table of one.

A new mode is a function in `pages/common/modes.py` (or beside it) and one line in `_catalogue`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from geodata.mapdata import MapGeometry
from geodata.paint import MapPaint, Tiles, largest
from geodata.palette import Theme, painted, palette
from pages.common import modes as known
from pages.common.looks import Look, Subject
from pages.common.mode_clusters import clusters
from pages.common.mode_difference import difference
from pages.common.words import _, current
from riskmodel.outputs.words import level_names
from riskmodel.results import Results
from riskmodel.study import Study

Side = Literal["left", "right"]

# Shape of the map on a desktop, and the part of it a legend takes.
FRAME, LEGEND_WIDTH, LEGEND_HEIGHT = 1.22, 0.48, 0.23
INDICATOR = "indicator:"
# Asked only where the reader chooses a background from the internet.
TILES = Tiles("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors")


@dataclass(frozen=True)
class Mode:
    """One entry of the list of modes."""

    title: str
    available: bool
    look: Callable[[Subject], Look]


def subject_of(study: Study, results: Results) -> Subject:
    """What the modes are told of a study."""
    return Subject(study, results, results.areas.set_index("area_code"), int(results.manifest["k"]))


def modes(study: Study, results: Results) -> dict[str, str]:
    """Names of the modes that this study can give, by their key; the study's own scope first."""
    found = {name: mode.title for name, mode in _catalogue(subject_of(study, results)).items() if mode.available}
    if study.levels.scope == "parent" and "level_parent" in found:
        found = {"level_parent": found["level_parent"]} | found
    return found


def indicators(study: Study, results: Results) -> dict[str, str]:
    """Indicators that can be mapped: their modes and names."""
    columns = set(results.indicators.columns)
    return {f"{INDICATOR}{i.name}": i.label or i.name for i in study.indicator if i.name in columns}


def look(study: Study, results: Results, mode: str) -> Look:
    """One mode of a study, by its key; an indicator is "indicator:" and its name."""
    subject = subject_of(study, results)
    if mode.startswith(INDICATOR):
        return known.indicator(subject, mode.removeprefix(INDICATOR))
    return _catalogue(subject)[mode].look(subject)


def _catalogue(subject: Subject) -> dict[str, Mode]:
    areas, index = subject.areas, subject.results.measure == "index"
    counted = areas["expected_count"].notna().any()
    both = areas[subject.results.measure].notna() & (areas["expected_count"].notna() | areas["children"].notna())
    return {
        "level": Mode(_("Level"), True, known.level),
        "level_parent": Mode(_("Level in its parent unit"), areas["level_parent"].notna().any(), known.level_parent),
        "risk": Mode(_("Index") if index else _("Risk"), areas[subject.results.measure].nunique() > 1, known.risk),
        "expected_count": Mode(_("Number"), counted and areas["expected_count"].max() > 0, known.expected_count),
        "bivariate": Mode(_("Index and number") if index else _("Risk and number"), int(both.sum()) >= 9, known.bivariate),
        "certainty": Mode(_("Firmness of the level") if index else _("Certainty"), areas["level_probability"].notna().any(), known.certainty),
        "factor": Mode(_("Main factor"), not subject.results.contributions.empty, known.factor),
        "clusters": Mode(_("Clusters"), not subject.results.clusters.empty, clusters),
        "difference": Mode(_("Against the measure"), not subject.results.validation.empty, difference),
    }  # fmt: skip


def paint(
    results: Results, shown: Look, theme: Theme, side: Side = "left", texts: bool = True, tiles: bool = False
) -> MapPaint:
    """The paint of one look, nothing selected; without `texts` it has no lines for the card, which take long to write."""
    areas = results.areas.set_index("area_code")
    return MapPaint(
        levels=shown.marks,
        names=areas["area_name"],
        palette=painted(palette(3, results.measure, theme), shown.colours),  # type: ignore[arg-type]
        legend=replace(shown.legend, side=side),
        tooltip={**shown.lines, **card_lines(results, areas)} if texts else {},
        uncertain=shown.uncertain,
        labels=shown.labels or largest(areas["children"], 6),
        circles=shown.circles,
        units=units(areas),
        tiles=TILES if tiles else None,
    )


def units(areas: pd.DataFrame) -> pd.DataFrame | None:
    """Code and name of each area's parent unit; None where there is none."""
    if not areas["parent_code"].notna().any():
        return None
    return pd.DataFrame({"code": areas["parent_code"], "name": areas["parent_name"]})


def emptier_side(geometry: MapGeometry) -> Side:
    """The lower corner of the map with fewer areas under it: there the legend hides less."""
    west, south, east, north = geometry.bounds
    squeeze = math.cos(math.radians((south + north) / 2))  # a degree of longitude against one of latitude
    width, height = (east - west) * squeeze, north - south
    margin = max(0.0, FRAME * height - width) / 2  # paper at both sides of a country taller than the frame
    reach = LEGEND_WIDTH * (width + 2 * margin) - margin
    low = [(x - west) * squeeze for x, y in geometry.points if y < south + LEGEND_HEIGHT * height]
    at_left, at_right = sum(x < reach for x in low), sum(x > width - reach for x in low)
    return "right" if at_right < at_left else "left"


def card_lines(results: Results, areas: pd.DataFrame) -> dict[str, pd.Series]:
    """Figures of an area under the pointer, in every mode."""
    t = current()
    names = [*level_names(int(results.manifest["k"]), t)]
    rows: dict[str, pd.Series] = {}
    if areas["parent_name"].notna().any():
        rows[_("Parent unit")] = areas["parent_name"]
    if results.measure == "index":
        rows[_("Index")] = areas["index"].map(lambda v: _("No data") if pd.isna(v) else t.number(v, 1))
    else:
        rows[_("Risk")] = areas["area_risk"].map(lambda v: _("No data") if pd.isna(v) else t.percent(v))
        if areas["ci_lower"].notna().any():
            between = [
                ("" if pd.isna(lo) else f"{t.percent(lo)} – {t.percent(hi)}")
                for lo, hi in zip(areas["ci_lower"], areas["ci_upper"], strict=True)
            ]
            rows[_("95% interval")] = pd.Series(between, index=areas.index)
    rows[_("Level")] = areas["level"].map(lambda v: "" if pd.isna(v) else names[int(v) - 1])
    if areas["expected_count"].notna().any():
        rows[_("Expected number")] = areas["expected_count"].map(lambda v: "" if pd.isna(v) else t.number(v))
    return rows
