"""What the map of clusters shows: groups of high and of low areas that chance would not put together.

Colours are those of differences (above brown, below green), since a cluster is told against the country's mean; areas
in no cluster are plain land, not "no data".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas as pd

from geodata.paint import Legend, LegendEntry, MapPaint
from geodata.palette import palette
from pages.common.words import _, current, plural
from riskmodel.colours import CLUSTER_COLOURS
from riskmodel.outputs.cluster_words import group_sentences, kind_names
from riskmodel.results import Results
from riskmodel.study import Study

# Position on the map, 1 lowest.
ORDER = ("low-low", "low-high", "", "high-low", "high-high")
MOST_LABELS = 5


def can_paint(results: Results) -> bool:
    """Whether this run looked for clusters."""
    return len(results.clusters) > 0


def paint_clusters(
    study: Study, results: Results, selected: str | None, dark: bool, side: Literal["left", "right"] = "left"
) -> MapPaint:
    """The paint of the clusters; the largest groups of high areas are named."""
    t, names = current(), kind_names(current())
    clusters = results.clusters.set_index("area_code")
    areas = results.areas.set_index("area_code")
    tested = clusters["q_value"].notna()
    kind = clusters["kind"].fillna("")
    levels = kind.map({name: i + 1 for i, name in enumerate(ORDER)}).where(tested).astype("Int8")
    base = palette(3, results.measure, "dark" if dark else "light")  # type: ignore[arg-type]
    colours = replace(base, levels=tuple(CLUSTER_COLOURS.get(name, base.land) for name in ORDER), hatches=())
    entries = [
        LegendEntry(names[name], ORDER.index(name) + 1, "level", note=plural("{count} area", "{count} areas", int((kind[tested] == name).sum())))
        for name in ("high-high", "high-low", "", "low-high", "low-low")
        if name in ("", "high-high", "low-low") or (kind == name).any()
    ]  # fmt: skip
    without = int((~tested).sum())
    if without:
        entries.append(LegendEntry(_("No data"), kind="no_data", note=plural("{count} area", "{count} areas", without)))
    groups = group_sentences(results, t)
    high = groups[groups["kind"] == "high-high"].head(MOST_LABELS)
    return MapPaint(
        levels=levels,
        names=areas["area_name"],
        palette=colours,
        legend=Legend(
            title=_("Clusters of neighbouring areas"),
            entries=tuple(entries),
            subtitle=study.outcome.name if results.measure == "area_risk" else study.index.name or _("Vulnerability index"),
            note=_("Local Moran test, 5% false discoveries."),
            side=side,
        ),
        tooltip=_tooltip(results, areas, kind, names),
        selected=selected or "",
        labels=(selected,) if selected else tuple(high["main_code"]),
    )  # fmt: skip


def _tooltip(results: Results, areas: pd.DataFrame, kind: pd.Series, names: dict[str, str]) -> dict[str, pd.Series]:
    """Value, kind and group of an area under the pointer."""
    t = current()
    rows = {}
    if areas["parent_name"].notna().any():
        rows[_("Parent unit")] = areas["parent_name"]
    if results.measure == "index":
        rows[_("Index")] = areas["index"].map(lambda v: _("No data") if pd.isna(v) else t.number(v, 1))
    else:
        rows[_("Risk")] = areas["area_risk"].map(lambda v: _("No data") if pd.isna(v) else t.percent(v))
    rows[_("Cluster")] = kind.map(names)
    sizes = results.clusters.groupby(["kind", "cluster"])["area_code"].transform("size")
    group = [
        "" if pd.isna(number) else _("{number} ({areas} areas)", number=t.number(number), areas=t.number(size))
        for number, size in zip(results.clusters["cluster"], sizes, strict=True)
    ]
    rows[_("Group")] = pd.Series(group, results.clusters["area_code"].to_numpy())
    return rows
