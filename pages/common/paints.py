"""What the map of a study shows: classes, words and legend, from its results."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd

from geodata.mapdata import MapGeometry
from geodata.paint import Legend, LegendEntry, MapPaint, largest
from geodata.palette import palette
from pages.common.words import _, current, plural
from riskmodel.outputs.words import level_names
from riskmodel.results import Results
from riskmodel.study import Study

FIRM = 0.8
Side = Literal["left", "right"]

# Shape of the map on a desktop, and the part of it a legend takes.
FRAME, LEGEND_WIDTH, LEGEND_HEIGHT = 1.22, 0.48, 0.23


def modes(study: Study, results: Results) -> dict[str, str]:
    """The looks that this study can give, the study's own scope first."""
    found = {"level": _("Level in the country")}
    if results.areas["level_parent"].notna().any():
        found["level_parent"] = _("Level within the parent unit")
    if study.levels.scope == "parent":
        found = dict(reversed(found.items()))
    if results.areas["expected_count"].notna().any():
        found["expected_count"] = _("Expected number")
    return found


def paint(study: Study, results: Results, mode: str, selected: str | None, dark: bool, side: Side = "left") -> MapPaint:
    """The paint of one look."""
    areas = results.areas.set_index("area_code")
    k = int(results.manifest["k"])
    column = "level_parent" if mode == "level_parent" else "level"
    doubtful = areas.index[areas["level_probability"] < FIRM] if mode != "level_parent" else []
    return MapPaint(
        levels=areas[column],
        names=areas["area_name"],
        palette=palette(k, results.measure, "dark" if dark else "light"),  # type: ignore[arg-type]
        legend=_legend(study, results, mode, k, len(doubtful), side),
        tooltip=_tooltip(results, areas, k),
        uncertain=frozenset(doubtful),
        selected=selected or "",
        labels=(selected,) if selected else largest(areas["children"], 6),
        circles=areas["expected_count"] if mode == "expected_count" else None,
    )


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


def _tooltip(results: Results, areas: pd.DataFrame, k: int) -> dict[str, pd.Series]:
    """Figures of an area under the pointer."""
    t = current()
    names = [*level_names(k, t)]
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


def _legend(study: Study, results: Results, mode: str, k: int, doubtful: int, side: Side) -> Legend:
    """Title with unit and year; per class its range, areas and share of children."""
    t, areas = current(), results.areas
    names = level_names(k, t)
    year = (
        results.manifest["years"].get("population")
        or results.manifest["years"].get("outcome")
        or results.manifest["years"].get("areas")
    )
    unit = _("index, 0 to 100") if results.measure == "index" else _("% of children")
    entries = []
    for entry in reversed(results.manifest["levels"]):
        inside = areas[areas["level_parent" if mode == "level_parent" else "level"] == entry["level"]]
        share = inside["children"].sum() / areas["children"].sum() if areas["children"].notna().any() else None
        count = plural("{count} area", "{count} areas", len(inside))
        note = count if share is None else _("{areas} · {share} of children", areas=count, share=t.percent(share, 0))
        # within the parent unit every unit has its own limits, so there is no one range to print
        limits = (
            ""
            if mode == "level_parent"
            else f"{t.number(entry['printed_lower'], 1)} – {t.number(entry['printed_upper'], 1)}"
        )
        entries.append(LegendEntry(names[int(entry["level"]) - 1], int(entry["level"]), "level", limits, note))
    without = int(areas["level"].isna().sum())
    if without:
        entries.append(LegendEntry(_("No data"), kind="no_data", note=plural("{count} area", "{count} areas", without)))
    if doubtful and mode == "level":
        entries.append(
            LegendEntry(_("Level not firm"), kind="uncertain", note=plural("{count} area", "{count} areas", doubtful))
        )
    title = study.outcome.name if results.measure == "area_risk" else study.index.name or _("Vulnerability index")
    note = {
        "expected_count": _("Circle area: expected number of children."),
        "level_parent": _("Compared only with areas of the same parent unit."),
    }.get(mode, "")
    subtitle = f"{unit}, {year}" if year else unit
    return Legend(title=title, entries=tuple(entries), subtitle=subtitle, note=note, side=side)
