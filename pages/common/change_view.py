"""What the screen on change draws: the map, the chart of two years, the tables; and the runs there are to choose from.

A finished run never changes, so two ids, the codes and the limits name a comparison.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geodata.export import write_layer
from geodata.mapdata import MapGeometry, serve_texts
from geodata.paint import LegendEntry, paint_data, texts_data
from geodata.palette import Theme
from pages.common import cached, charts, paints, state
from pages.common.looks import Look, Subject, keyed_look
from pages.common.words import _, current, plural
from riskmodel.decisions.change import Change, compare_runs
from riskmodel.decisions.change_codes import read_correspondences
from riskmodel.decisions.comparable import check_outcome, year_pair, years_of
from riskmodel.outputs.change_key import by_area, change_key, within_chance
from riskmodel.outputs.change_words import points, value
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.workspace import safe_name

Key = tuple[str, str]  # ids of study and run

MOST_ROWS = 20
FIRST_COLOUR, SECOND_COLOUR = "#6B7780", charts.ACCENT


@dataclass(frozen=True)
class Run:
    """A finished run of the workspace, as a list shows it."""

    study_id: str
    run_id: str
    manifest: dict[str, Any]

    @property
    def key(self) -> Key:
        return self.study_id, self.run_id

    @property
    def newest_year(self) -> int:
        return max(years_of(self.manifest).values(), default=0)

    def label(self) -> str:
        """Years, study, day and fingerprint of the run."""
        known = sorted(set(years_of(self.manifest).values()))
        years = "/".join(map(str, known)) if known else _("no year declared")
        name = self.manifest["study"]["study"]["name"]
        return f"{years} · {name} · {self.manifest['created'][:10]} · {self.manifest['fingerprint'][:6]}"


@st.cache_resource(max_entries=256, show_spinner=False)
def _manifest(study_id: str, run_id: str) -> dict[str, Any]:
    path = cached.workspace().folder(study_id) / "runs" / run_id / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))


def runs() -> list[Run]:
    """Every finished run of every study, the newest year first; of runs alike only the last."""
    workspace, found = cached.workspace(), {}
    for record in workspace.studies():
        for run_id in workspace.runs(record.study_id):
            run = Run(record.study_id, run_id, _manifest(record.study_id, run_id))
            found.setdefault((record.study_id, run.manifest["fingerprint"]), run)
    return sorted(found.values(), key=lambda run: (-run.newest_year, run.label()))


def likely_earlier(later: Run, among: list[Run]) -> Run | None:
    """The run that is most likely meant: of those of the same method and country, the newest of an earlier year.

    One with the same definition comes before one with another; None where there is none.
    """
    mine = later.manifest

    def fits(run: Run) -> bool:
        theirs = run.manifest
        if mine["method"] != theirs["method"] or mine["synthetic"] != theirs["synthetic"]:
            return False
        country = {m["study"]["study"].get("country", "") for m in (mine, theirs)} - {""}
        pair = year_pair(theirs, mine)
        return len(country) < 2 and pair is not None and pair[1] < pair[2]

    def apart(run: Run) -> bool:
        return bool(check_outcome(run.manifest["study"]["outcome"], mine["study"]["outcome"]))

    return next(iter(sorted(filter(fits, among), key=apart)), None)


@st.cache_resource(max_entries=16, show_spinner=False)
def _compared(earlier: Key, later: Key, pairs: tuple[tuple[str, str], ...], cuts: tuple[float, ...]) -> Change:
    table = pd.DataFrame(pairs, columns=["earlier_code", "later_code"]) if pairs else None
    return compare_runs(cached.run_results(*earlier), cached.run_results(*later), table, cuts)


def compared(earlier: Run, later: Run, pairs: pd.DataFrame | None, cuts: tuple[float, ...]) -> Change:
    """The comparison; raises `InputProblems` with every reason against it."""
    given = () if pairs is None else tuple(pairs.itertuples(index=False, name=None))
    return _compared(earlier.key, later.key, given, cuts)


def change_look(later: Results, change: Change) -> Look:
    """The mode of the map: change in five classes, dots where it is within chance."""
    subject = paints.subject_of(Study.model_validate(later.manifest["study"]), later)
    key = change_key(change, current())
    look = keyed_look(subject, key, key.title, key.subtitle, "")
    dotted = within_chance(change)
    look = replace(
        look, lines={key.title: key.value.where(key.value != "", _("Not compared")), **_two_years(subject, change)}
    )
    if not dotted:
        return look
    note = plural("{count} area", "{count} areas", len(dotted))
    entry = LegendEntry(_("Within chance"), kind="uncertain", note=note)
    return replace(look, uncertain=dotted, legend=replace(look.legend, entries=(*look.legend.entries, entry)))


def _two_years(subject: Subject, change: Change) -> dict[str, pd.Series]:
    """Lines of the card: the value of each year."""
    t, table, summary = current(), by_area(change).reindex(subject.areas.index), change.summary
    lines = {}
    for name in ("earlier", "later"):
        said = [_("No data") if pd.isna(v) else value(summary, v, t) for v in table[name]]
        lines[str(summary[name]["year"])] = pd.Series(said, table.index, dtype="string")
    return lines


@dataclass(frozen=True)
class DrawnChange:
    """The map of change, ready to send."""

    told: dict[str, Any]
    texts: tuple[str, ...]
    geometry: MapGeometry


@st.cache_resource(max_entries=8, show_spinner=False)
def _drawn(later: Key, _change: Change, named: str, language: str, theme: Theme) -> DrawnChange | None:
    shapes = cached.run_geometry(*later)
    if shapes is None:
        return None
    results = cached.run_results(*later)
    look = change_look(results, _change)
    paint = paints.paint(results, look, theme, paints.emptier_side(shapes), texts=False)
    areas = results.areas.set_index("area_code")
    units = {} if paints.units(areas) is None else {_("Parent unit"): areas["parent_name"]}
    lines = {**units, **look.lines}
    texts = (serve_texts(shapes, texts_data(shapes, lines, areas["area_name"], paints.units(areas))),)
    return DrawnChange(paint_data(paint, shapes, texts=False), texts, shapes)


def drawn(earlier: Run, later: Run, change: Change, more: str, theme: Theme) -> DrawnChange | None:
    """The map of change on the shapes of the later run; None without boundaries. `more` names codes and limits."""
    named = f"{earlier.key} {more}"
    return _drawn(later.key, change, named, state.language(), theme)


def dumbbells(rows: pd.DataFrame, summary: dict[str, Any]) -> go.Figure:
    """Both years of each area on one line, with their 95 % intervals; the largest change first."""
    t, scale = current(), 1 if summary["measure"] == "index" else 100
    labels = [charts.wrapped(str(name), 30) for name in _told_apart(rows)]
    figure = go.Figure()
    gap = [(x, y) for x, y in zip(rows["earlier"] * scale, rows["later"] * scale, strict=True)]
    for label, (x, y) in zip(labels, gap, strict=True):
        figure.add_trace(go.Scatter(x=[x, y], y=[label, label], mode="lines", line={"width": 7, "color": "#B9C2C4"}, hoverinfo="skip", showlegend=False))  # fmt: skip
    for name, colour, symbol in (("earlier", FIRST_COLOUR, "circle-open"), ("later", SECOND_COLOUR, "circle")):
        year = str(summary[name]["year"])
        hover = [
            _("{name}, {year}: {value}", name=r.area_name, year=year, value=value(summary, getattr(r, name), t))
            for r in rows.itertuples()
        ]
        trace = go.Scatter(x=rows[name] * scale, y=labels, mode="markers", name=year, hovertext=hover, hoverinfo="text",
                           marker={"size": 11, "color": colour, "symbol": symbol, "line": {"width": 2, "color": colour}})  # fmt: skip
        if rows[f"{name}_lower"].notna().any():
            trace.error_x = {"type": "data", "symmetric": False, "thickness": 1.1, "width": 4, "color": colour,
                             "array": (rows[f"{name}_upper"] - rows[name]) * scale,
                             "arrayminus": (rows[name] - rows[f"{name}_lower"]) * scale}  # fmt: skip
        figure.add_trace(trace)
    title = _("Index, points of 100") if scale == 1 else _("Risk, % of children")
    figure.update_xaxes(title=title, rangemode="tozero")
    figure.update_yaxes(autorange="reversed", title=None)
    figure = charts.styled(figure, height=130 + 34 * len(rows), left=200)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    return figure


def _told_apart(rows: pd.DataFrame) -> list[str]:
    """Names of areas, with the parent unit where two are alike."""
    twice = rows["area_name"].duplicated(keep=False)
    return [
        f"{r.area_name} ({r.parent_name if pd.notna(r.parent_name) else r.area_code})" if double else str(r.area_name)
        for r, double in zip(rows.itertuples(), twice, strict=True)
    ]


def listed(rows: pd.DataFrame, summary: dict[str, Any], title: str = "") -> pd.DataFrame:
    """Areas (or what `title` says) with both years, the change and whether it is more than chance, as texts."""
    t = current()
    said = {True: _("yes"), False: _("no")}
    told = partial(value, summary, t=t)
    named = {_("Parent unit"): rows["parent_name"]} if rows["parent_name"].notna().any() else {}
    first, second = summary["earlier"]["year"], summary["later"]["year"]
    table = {
        title or _("Area"): rows["area_name"],
        **named,
        str(first): [told(v) for v in rows["earlier"]],
        str(second): [told(v) for v in rows["later"]],
        _("Change, points"): [points(summary, v, t) for v in rows["change"]],
    }
    if rows["ci_lower"].notna().any():
        table[_("95% interval")] = [
            "" if pd.isna(lo) else _("{lower} to {upper}", lower=points(summary, lo, t), upper=points(summary, hi, t))
            for lo, hi in zip(rows["ci_lower"], rows["ci_upper"], strict=True)
        ]
        table[_("More than chance")] = ["" if pd.isna(v) else said[bool(v)] for v in rows["beyond_chance"]]
    return pd.DataFrame(table).reset_index(drop=True)


def pairs_of(name: str, content: bytes) -> pd.DataFrame:
    """An uploaded table of earlier and later codes; raises `InputProblems`."""
    with tempfile.TemporaryDirectory(prefix=".part-") as scratch:
        path = Path(scratch) / safe_name(name)
        path.write_bytes(content)
        return read_correspondences(path)


def geopackage(table: pd.DataFrame, geometry: MapGeometry) -> bytes:
    """A table by area with its shapes."""
    with tempfile.TemporaryDirectory(prefix=".part-") as scratch:
        return write_layer(table, geometry.shapes(), Path(scratch) / "change.gpkg").read_bytes()


def limits_of(typed: str, index: bool) -> tuple[float, ...]:
    """Limits as a person types them, in the unit of the library; empty where one is no number."""
    parts = [part for part in re.split(r"[;\s]+", typed.strip()) if part]
    try:
        numbers = [float(part.replace(",", ".").rstrip("%")) for part in parts]
    except ValueError:
        return ()
    return tuple(number if index else number / 100 for number in numbers)
