"""What a picture of a map shows and how its key reads: levels, main factors, clusters, differences.

Every area has one position in the key, or none (no data). Colours belong to positions, so a colour means one thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from riskmodel.colours import (
    CATEGORY_COLOURS,
    CLUSTER_COLOURS,
    DIFFERENCE_COLOURS,
    OTHER_CATEGORY,
    PLAIN,
    level_colours,
)
from riskmodel.decisions.main_factor import main_factors
from riskmodel.i18n import Translator
from riskmodel.outputs.cluster_words import kind_names
from riskmodel.outputs.difference_classes import class_words, difference_classes
from riskmodel.outputs.words import level_names, part_names
from riskmodel.results import Results
from riskmodel.study import Study

KINDS = ("level", "main_factor", "clusters", "difference")
MOST_FACTORS = len(CATEGORY_COLOURS)


@dataclass(frozen=True)
class KeyRow:
    """One row of the key."""

    position: int  # 1..; 0 is "no data"
    label: str
    colour: str  # "" for "no data", whose look the map knows
    areas: int
    note: str = ""  # range of the class


@dataclass(frozen=True)
class MapKey:
    """A look of the map: title, key from the top, and the position of each area."""

    kind: str
    title: str
    subtitle: str
    rows: tuple[KeyRow, ...]
    position: pd.Series  # by area_code; missing is "no data"
    value: pd.Series  # what the area has, in words, by area_code; "" for no data

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours of the positions, the first of position 1."""
        return tuple(row.colour for row in sorted(self.rows, key=lambda row: row.position) if row.position)


def kinds_of(results: Results) -> list[str]:
    """The looks this run can give."""
    possible = {
        "level": True,
        "main_factor": len(results.contributions) > 0,
        "clusters": len(results.clusters) > 0,
        "difference": len(results.validation) > 0,
    }
    return [kind for kind in KINDS if possible[kind]]


def map_key(study: Study, results: Results, kind: str, t: Translator) -> MapKey:
    """The key of one look; raises `KeyError` for a look the run does not have."""
    known = {"level": _levels, "main_factor": _factors, "clusters": _clusters, "difference": _differences}
    return known[kind](study, results, t)


def measure_title(study: Study, results: Results, t: Translator) -> str:
    """What is mapped: the outcome, or the name of the index."""
    return study.outcome.name if results.measure == "area_risk" else study.index.name or t("Vulnerability index")


def measure_unit(results: Results, t: Translator) -> str:
    """Unit of the mapped measure, with its year where known."""
    unit = t("index, 0 to 100") if results.measure == "index" else t("% of children")
    years = results.manifest["years"]
    year = years.get("population") or years.get("outcome") or years.get("areas")
    return f"{unit}, {year}" if year else unit


def factor_labels(study: Study) -> dict[str, str]:
    """Names of determinants and indicators as they are shown."""
    named = {d.name: d.label or d.name for d in study.determinant}
    return named | {i.name: i.label or i.name for i in study.indicator}


def _levels(study: Study, results: Results, t: Translator) -> MapKey:
    k = int(results.manifest["k"])
    names, colours = level_names(k, t), level_colours(k, results.measure)
    position = results.areas.set_index("area_code")["level"]
    limits = {
        int(e["level"]): f"{t.number(e['printed_lower'], 1)} – {t.number(e['printed_upper'], 1)}"
        for e in results.manifest["levels"]
    }
    labels = [(j, names[j - 1], colours[j - 1], limits.get(j, "")) for j in range(k, 0, -1)]
    return _key("level", measure_title(study, results, t), measure_unit(results, t), labels, position, t)


def _factors(study: Study, results: Results, t: Translator) -> MapKey:
    first, labels = main_factors(results.contributions), part_names(t) | factor_labels(study)
    common = list(first.value_counts(sort=True).index[:MOST_FACTORS])
    place = {name: i + 1 for i, name in enumerate(common)}
    other = len(common) + 1  # positions have no gap, or colours would slip
    nothing = other + int((~first.isin(common)).any())
    known = results.contributions["area_code"].unique()  # of the others nothing is known, which is not "none"
    position = first.map(place).fillna(other).reindex(known).fillna(nothing).astype("Int16")
    rows = [(place[name], labels.get(name, name), CATEGORY_COLOURS[place[name] - 1], "") for name in common]
    if nothing > other:
        rows.append((other, t("Another one"), OTHER_CATEGORY, ""))
    if (position == nothing).any():
        rows.append((nothing, t("None raises it"), PLAIN, ""))
    position = position.reindex(results.areas["area_code"])
    title = t("What raises each area most above the country")
    return _key("main_factor", title, measure_title(study, results, t), rows, position, t)


def _clusters(study: Study, results: Results, t: Translator) -> MapKey:
    names = kind_names(t)
    order = ("high-high", "high-low", "", "low-high", "low-low")
    found = results.clusters.set_index("area_code")
    kind = found["kind"].fillna("")
    position = kind.map({name: 5 - i for i, name in enumerate(order)}).where(found["q_value"].notna()).astype("Int16")
    rows = [(5 - i, names[name], CLUSTER_COLOURS.get(name, PLAIN), "") for i, name in enumerate(order)]
    return _key("clusters", t("Clusters of neighbouring areas"), measure_title(study, results, t), rows, position, t)


def _differences(study: Study, results: Results, t: Translator) -> MapKey:
    risk = results.measure == "area_risk"
    classes = difference_classes(results.validation, risk)
    words = class_words(classes, risk, t)
    rows = [(j, words[j - 1], DIFFERENCE_COLOURS[j - 1], "") for j in range(5, 0, -1)]
    position = classes.marks.reindex(results.areas["area_code"])
    title = t("Results against the measured rate") if risk else t("Place by the index against place by the measure, of 100 places")  # fmt: skip
    return _key("difference", title, measure_title(study, results, t), rows, position, t)


def _key(
    kind: str, title: str, subtitle: str, labels: list[tuple[int, str, str, str]], position: pd.Series, t: Translator
) -> MapKey:
    counts = position.value_counts()
    rows = [KeyRow(at, label, colour, int(counts.get(at, 0)), note) for at, label, colour, note in labels]
    without = int(position.isna().sum())
    if without:
        rows.append(KeyRow(0, t("No data"), "", without))
    words = {row.position: row.label for row in rows}
    return MapKey(kind, title, subtitle, tuple(rows), position, position.map(words).fillna("").astype("string"))
