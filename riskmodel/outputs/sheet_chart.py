"""The numbers behind the sheet's picture of one area among all: scale, interval, distribution, steps of the levels.

Positions are shares of the axis (0 left, 1 right). The axis is the same on every sheet of a study, so two sheets on a
table can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.colours import level_colours
from riskmodel.i18n import Translator
from riskmodel.outputs.words import interval_words, level_names, present
from riskmodel.results import Results

BINS = 40
INDEX_TOP = 100.0
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """What the charts of one run share: top of the axis, distance of its marks, heights of the distribution."""

    top: float
    step: float
    bars: list[float]


def scale_of(results: Results) -> Scale:
    """The scale of a run in which an area has an estimate."""
    top, step = _axis(results)
    return Scale(top, step, _histogram(results.areas[results.measure], top))


def interval_chart(
    results: Results, area: pd.Series, country: float | None, t: Translator, scale: Scale | None = None
) -> dict[str, Any] | None:
    """Dot, interval, country's rule and distribution of all areas; None without an estimate.

    scale : `scale_of(results)`, for many charts.
    """
    measure = results.measure
    value = present(area[measure])
    if value is None:
        return None
    scaled = scale or scale_of(results)
    top, step = scaled.top, scaled.step
    lower, upper = (present(area[c]) if measure == "area_risk" else None for c in ("ci_lower", "ci_upper"))
    hundred = 100.0 if measure == "area_risk" else 1.0
    ticks = np.arange(0, top + step / 2, step)
    decimals = next(d for d in range(6) if abs(round(step * hundred, d) - step * hundred) < 1e-9)
    return {
        "value": value / top,
        "interval": None if lower is None or upper is None else [lower / top, min(upper / top, 1.0)],
        "country": None if country is None else country / top,
        "country_label": t("Country {value}", value=_shown(country, measure, t)),
        "ticks": [{"at": tick / top, "label": t.number(tick * hundred, decimals)} for tick in ticks],
        "unit": t("index, 0 to 100") if measure == "index" else t("% of children"),
        "bars": scaled.bars,
        "bars_label": t("Grey: all the territories of the study"),
        "alt": _described(area, value, lower, upper, country, measure, t),
    }


def level_steps(results: Results, area: pd.Series, t: Translator, photocopy: bool = False) -> list[dict[str, Any]]:
    """One step per level, lowest first: name, printed range, colour, and whether the area is there."""
    levels = {entry["level"]: entry for entry in results.manifest["levels"]}
    k = max([int(results.manifest["k"]), *levels])
    here = present(area["level"])
    steps = []
    colours = level_colours(k, results.measure, photocopy)
    for level, name, colour in zip(range(1, k + 1), level_names(k, t), colours, strict=True):
        entry = levels.get(level)
        steps.append(
            {
                "name": name,
                "range": _range(entry, t) if entry else "",
                "colour": colour,
                "here": here == level,
            }
        )
    return steps


def _axis(results: Results) -> tuple[float, float]:
    """Top of the axis and distance of its marks."""
    if results.measure == "index":
        return INDEX_TOP, 25.0
    highest = float(np.nanmax(results.areas[["area_risk", "ci_upper"]].to_numpy(float)))
    rough = max(highest, 1e-4) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(s * size for s in STEPS if s * size >= rough * (1 - 1e-9))
    return step * math.ceil(highest / step - 1e-9), step


def _histogram(values: pd.Series, top: float) -> list[float]:
    """(BINS,) heights, highest 1."""
    counts, _ = np.histogram(values.dropna().to_numpy(float), bins=BINS, range=(0.0, top))
    return [round(float(c), 3) for c in counts / max(counts.max(), 1)]


def _range(entry: dict[str, Any], t: Translator) -> str:
    lower, upper = t.number(entry["printed_lower"], 1), t.number(entry["printed_upper"], 1)
    return lower if lower == upper else f"{lower}–{upper}"


def _shown(value: float | None, measure: str, t: Translator) -> str:
    return t.number(value, 1) if measure == "index" else t.percent(value)


def _described(
    area: pd.Series,
    value: float,
    lower: float | None,
    upper: float | None,
    country: float | None,
    measure: str,
    t: Translator,
) -> str:
    """The picture for a reader who does not see it."""
    parts = [t("{place}: {value}.", place=area["area_name"], value=_shown(value, measure, t))]
    if lower is not None and upper is not None:
        parts.append(interval_words(lower, upper, t) + ".")
    if country is not None:
        parts.append(t("Country {value}", value=_shown(country, measure, t)) + ".")
    return " ".join(parts)
