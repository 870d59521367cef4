"""What one mode of the map shows, as data: classes of areas, their colours, the legend, lines of the card, a table.

A mode is a function of a `Subject` that gives a `Look`; `pages/common/paints.py` lists the modes. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geodata.paint import Legend, LegendEntry
from pages.common.words import _, current, plural
from riskmodel.areas.levels import classify
from riskmodel.colours import PLAIN, level_colours
from riskmodel.outputs.map_key import MapKey, measure_title, measure_unit
from riskmodel.results import Results
from riskmodel.study import Study

# Values that are not a risk are never yellow to brown.
VALUES = level_colours(5, "index")


@dataclass(frozen=True)
class Subject:
    """What a mode is told: a study, its results, the areas by code, the number of levels."""

    study: Study
    results: Results
    areas: pd.DataFrame
    k: int

    @property
    def title(self) -> str:
        """Name of the mapped measure."""
        return measure_title(self.study, self.results, current())

    @property
    def unit(self) -> str:
        """Unit of the mapped measure, with its year where known."""
        return measure_unit(self.results, current())

    @property
    def measured(self) -> pd.Series:
        """The mapped measure as it is printed: percent of children or index points."""
        values = self.areas[self.results.measure].astype(float)
        return values if self.results.measure == "index" else values * 100

    @property
    def counted(self) -> pd.Series:
        """The number that goes with the measure: expected number, or children where there is none."""
        column = "expected_count" if self.areas["expected_count"].notna().any() else "children"
        return self.areas[column].astype(float)


@dataclass(frozen=True)
class Look:
    """One mode, before it meets the shapes. Series and tables are by area_code."""

    marks: pd.Series  # 1..number of colours, missing where there is no data
    colours: tuple[str, ...]
    legend: Legend
    lines: Mapping[str, pd.Series] = field(default_factory=dict)  # of the card, beside those of every mode
    table: pd.DataFrame = field(default_factory=pd.DataFrame)  # columns of this mode, as read by a person
    uncertain: frozenset[str] = frozenset()
    circles: pd.Series | None = None
    about: str = ""  # how to read it, in one sentence
    labels: tuple[str, ...] = ()  # areas to name on the map; the most populous where none are given


def areas_note(subject: Subject, inside: pd.Series) -> str:
    """Number of areas and share of children of those that are True."""
    count = plural("{count} area", "{count} areas", int(inside.sum()))
    children = subject.areas["children"]
    if not children.notna().any() or not children.sum() > 0:
        return count
    share = children[inside].sum() / children.sum()
    return _("{areas} · {share} of children", areas=count, share=current().percent(share, 0))


def no_data_entry(values: pd.Series) -> tuple[LegendEntry, ...]:
    """The row of areas without a class, where there are any."""
    without = int(values.isna().sum())
    if not without:
        return ()
    return (LegendEntry(_("No data"), kind="no_data", note=plural("{count} area", "{count} areas", without)),)


def decimals_of(values: pd.Series) -> int:
    """Decimals that tell values apart: none for large numbers, two for a share between 0 and 1."""
    present = values.dropna().abs()
    most = float(present.max()) if len(present) else 0.0
    if most >= 1000 or (len(present) and (present == present.round()).all()):
        return 0
    return 1 if most > 2 else 2


def classed_look(
    subject: Subject, values: pd.Series, title: str, unit: str, k: int = 5, colours: Sequence[str] = VALUES
) -> Look:
    """Any numbers in k natural breaks (Fisher–Jenks)."""
    values = values.reindex(subject.areas.index)
    t, decimals = current(), decimals_of(values)
    classes = classify(values, "natural_breaks", k)
    n = len(classes.breaks)
    spread = [colours[round(i * (len(colours) - 1) / max(1, n - 1))] for i in range(n)]
    entries = []
    for level in range(n, 0, -1):
        inside = (classes.label == level).fillna(False).astype(bool)
        found = values[inside]
        entries.append(
            LegendEntry(
                f"{t.number(found.min(), decimals)} – {t.number(found.max(), decimals)}",
                level,
                note=areas_note(subject, inside),
            )
        )
    said = values.map(lambda v: _("No data") if pd.isna(v) else t.number(v, decimals))
    return Look(
        marks=classes.label,
        colours=tuple(spread) or (PLAIN,),
        legend=Legend(title, (*entries, *no_data_entry(values)), unit),
        lines={title: said},
        table=pd.DataFrame({title: values}),
    )


def keyed_look(subject: Subject, key: MapKey, title: str, unit: str, note: str) -> Look:
    """What a key of `riskmodel.outputs.map_key` tells, in the colours it has on paper; rows without an area are left out.

    title : of the line on the card and of the column of the table.
    """
    position = key.position.reindex(subject.areas.index)
    entries = [
        LegendEntry(row.label, row.position, note=areas_note(subject, (position == row.position).fillna(False).astype(bool)))
        for row in key.rows
        if row.position and row.areas
    ]  # fmt: skip
    said = key.value.reindex(subject.areas.index).replace("", _("No data")).astype("string")
    return Look(
        marks=position.astype("Int8"),
        colours=key.colours,
        legend=Legend(title, (*entries, *no_data_entry(position)), unit, note),
        lines={title: said},
        table=pd.DataFrame({title: said}),
    )


def ramp_look(values: pd.Series, colours: Sequence[str], title: str, unit: str, steps: int = 24) -> Look:
    """Any numbers on a continuous scale, from the 1st to the 99th percentile so that one extreme area does not fade the rest."""
    t, decimals = current(), decimals_of(values)
    present = values.dropna()
    if present.empty:
        return Look(pd.Series(pd.NA, values.index, dtype="Int8"), (PLAIN,), Legend(title, no_data_entry(values), unit))
    low, high = (
        (float(x) for x in np.quantile(present, [0.01, 0.99]))
        if len(present) >= 100
        else (present.min(), present.max())
    )
    width = (high - low) or 1.0
    steps = 1 if high == low else steps
    place = ((values.astype(float) - low) / width * steps).clip(0, steps - 1)
    marks = pd.Series(np.floor(place) + 1, values.index).astype("Int8")
    ticks = [
        (0.0, t.number(low, decimals)),
        (0.5, t.number((low + high) / 2, decimals)),
        (1.0, t.number(high, decimals)),
    ]
    if low > present.min():
        ticks[0] = (0.0, f"≤ {ticks[0][1]}")
    if high < present.max():
        ticks[2] = (1.0, f"≥ {ticks[2][1]}")
    legend = Legend(title, no_data_entry(values), unit, ramp=tuple(ticks) if steps > 1 else ((0.0, ticks[0][1]),))
    return Look(marks, blended(colours, steps), legend, table=pd.DataFrame({title: values}))


def blended(colours: Sequence[str], steps: int) -> tuple[str, ...]:
    """So many colours evenly between those given."""
    known = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours], dtype=float)
    at = np.linspace(0, len(known) - 1, steps)
    mixed = np.column_stack([np.interp(at, range(len(known)), known[:, i]) for i in range(3)])
    return tuple("#" + "".join(f"{round(part):02X}" for part in row) for row in mixed)
