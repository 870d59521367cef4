"""The tables of the sheet of the country: levels, parent units with intervals, high rate and high number.

Lists are ordered by the value, then by code, so that the same run prints the same page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from riskmodel.colours import level_colours
from riskmodel.i18n import Translator
from riskmodel.outputs import words
from riskmodel.outputs.words import present
from riskmodel.results import Results

TOP = 8


def levels_table(results: Results, steps: list[dict[str, Any]], t: Translator, photocopy: bool) -> dict[str, Any]:
    """How many territories and children each level has, the highest first, and those without an estimate."""
    areas = results.areas
    colours = level_colours(len(steps), results.measure, photocopy)
    counts = {
        name: head
        for name, head in (("children", t("Children and adolescents")), ("expected_count", t("Expected number")))
        if areas[name].notna().any()
    }

    def row(name: str, span: str, colour: str, inside: pd.Series) -> dict[str, Any]:
        mine = areas[inside.to_numpy(dtype=bool)]
        cells = [span, t.number(len(mine))]
        for column in counts:
            part = mine[column].sum(min_count=1)
            cells += [t.number(present(part)), _share(part, areas[column].sum(), t)]
        return {"name": name, "colour": colour, "cells": cells}

    rows = [
        row(step["name"], step["range"], colours[level - 1], areas["level"].eq(level).fillna(False))
        for level, step in reversed(list(enumerate(steps, start=1)))
    ]
    if areas["level"].isna().any():
        rows.append(row(t("No data"), "", "", areas["level"].isna()))
    return {
        "title": t("How many in each level"),
        "columns": [
            t("Level"),
            t("Index") if results.measure == "index" else t("Risk, %"),
            t("Territories"),
            *(head for count in counts.values() for head in (count, t("Share, %"))),
        ],
        "rows": rows,
    }


def _share(part: float, whole: float, t: Translator) -> str:
    if pd.isna(part) or pd.isna(whole) or whole <= 0:
        return t.number(None)
    return t.number(float(part) / float(whole) * 100, 1)


def units(results: Results, country: pd.Series, t: Translator) -> dict[str, Any] | None:
    """Parent units from the highest down, each with dot and interval on one axis that begins at zero."""
    measure = results.measure
    units = results.parents
    if units.empty or units[measure].notna().sum() < 2:
        return None
    ordered = units.sort_values([measure, "area_name"], ascending=[False, True], kind="stable")
    known = ordered[ordered[measure].notna()]
    with_interval = measure == "area_risk" and bool(known["ci_lower"].notna().any())
    bounds = [measure, "ci_upper"] if with_interval else [measure]
    top = float(np.nanmax(known[bounds].to_numpy(float))) * 1.02
    inside = results.areas.groupby(results.areas["parent_code"].astype(object)).size()
    with_count = bool(known["expected_count"].notna().any())
    average = present(country[measure])
    rows = []
    for place, (_, row) in enumerate(ordered.iterrows(), start=1):
        value = present(row[measure])
        lower, upper = (present(row[c]) if with_interval else None for c in ("ci_lower", "ci_upper"))
        known_interval = lower is not None and upper is not None
        rows.append(
            {
                "name": str(row["area_name"]),
                "place": t.number(place) if value is not None else "",
                "at": None if value is None else value / top,
                "interval": [lower / top, upper / top] if known_interval else None,  # type: ignore[operator]
                "cells": [
                    _value(value, measure, t),
                    *([f"{_value(lower, measure, t)}–{_value(upper, measure, t)}" if known_interval else ""] if with_interval else []),
                    *([t.number(present(row["expected_count"]))] if with_count else []),
                    t.number(int(inside.get(row["area_code"], 0))),
                ],
            }
        )  # fmt: skip
    index = measure == "index"
    return {
        "title": t("Parent units, from the highest down"),
        "columns": [
            "",
            t("Unit"),
            "",
            t("Index") if index else t("Risk, %"),
            *([t("95% interval")] if with_interval else []),
            *([t("Expected number")] if with_count else []),
            t("Territories"),
        ],
        "rows": rows,
        "country": None if average is None else average / top,
        "note": " ".join(
            filter(
                None,
                (
                    t("Dot: the value; line: its 95% interval.") if with_interval else t("Dot: the value."),
                    t("Dashed: the country, {value}.", value=_shown(average, measure, t))
                    if average is not None
                    else "",
                    t("Where two intervals overlap, which unit comes first is not certain.") if with_interval else "",
                ),
            )
        ),
    }


def tops(results: Results, t: Translator) -> dict[str, Any]:
    """Where the rate is highest, and where most children are: not the same places."""
    measure, areas = results.measure, results.areas
    first = areas[areas[measure].notna()].sort_values([measure, "area_code"], ascending=[False, True]).head(TOP)
    counted = areas[areas["expected_count"].notna()]
    index = measure == "index"
    lists: list[dict[str, Any]] = [
        {
            "title": t("Where the index is highest") if index else t("Where the risk is highest"),
            "columns": [t("Territory"), t("Index") if index else t("Risk, %"), *([] if index else [t("95% interval")])],
            "rows": [
                {"name": _named(row), "cells": [_value(present(row[measure]), measure, t), *([] if index else [_span(row, "ci_lower", "ci_upper", measure, t)])]}
                for _, row in first.iterrows()
            ],
        }
    ]  # fmt: skip
    note = ""
    if len(counted) >= 2:
        most = counted.sort_values(["expected_count", "area_code"], ascending=[False, True]).head(TOP)
        lists.append(
            {
                "title": t("Where most of the children are"),
                "columns": [t("Territory"), t("Expected number"), t("95% interval")],
                "rows": [
                    {"name": _named(row), "cells": [t.number(row["expected_count"]), _counts(row, t)]}
                    for _, row in most.iterrows()
                ],
            }
        )
        both = len(set(first["area_code"]) & set(most["area_code"]))
        share = float(most["expected_count"].sum() / counted["expected_count"].sum())
        note = " ".join(
            (
                t("The second list holds {share} of the expected number.", share=t.percent(share)),
                t("No territory is on both lists.")
                if both == 0
                else t.plural("{count} territory is on both lists.", "{count} territories are on both lists.", both),
            )
        )
    elif index and areas["children"].notna().any():
        lists.append(_many_children(results, t))
    for entry in lists:  # an interval that no row has is no column
        if entry["rows"] and not any(row["cells"][-1] for row in entry["rows"]):
            entry["columns"].pop()
            for row in entry["rows"]:
                row["cells"].pop()
    both_told = t("High index and many children") if index else t("High rate and high number")
    return {
        "title": both_told if len(lists) > 1 else lists[0].pop("title"),
        "lists": lists,
        "note": note,
    }


def _many_children(results: Results, t: Translator) -> dict[str, Any]:
    """Of the territories of the highest level, those with most children."""
    k = int(results.manifest["k"])
    inside = results.areas[results.areas["level"].eq(k).fillna(False).to_numpy(dtype=bool)]
    most = inside.sort_values(["children", "area_code"], ascending=[False, True]).head(TOP)
    return {
        "title": t("Most children, in the level “{level}”", level=words.level_names(k, t)[-1]),
        "columns": [t("Territory"), t("Children and adolescents")],
        "rows": [{"name": _named(row), "cells": [t.number(present(row["children"]))]} for _, row in most.iterrows()],
    }


def _named(row: pd.Series) -> str:
    return str(row["area_name"]) if pd.isna(row["parent_name"]) else f"{row['area_name']} · {row['parent_name']}"


def _value(value: float | None, measure: str, t: Translator) -> str:
    return t.number(value, 1) if measure == "index" or value is None else t.number(value * 100, 1)


def _shown(value: float, measure: str, t: Translator) -> str:
    return t.number(value, 1) if measure == "index" else t.percent(value)


def _span(row: pd.Series, lower: str, upper: str, measure: str, t: Translator) -> str:
    low, high = present(row[lower]), present(row[upper])
    return "" if low is None or high is None else f"{_value(low, measure, t)}–{_value(high, measure, t)}"


def _counts(row: pd.Series, t: Translator) -> str:
    low, high = present(row["expected_count_lower"]), present(row["expected_count_upper"])
    return "" if low is None or high is None else f"{t.number(low)}–{t.number(high)}"
