"""The steps from the country's value to an area's, ready to draw or to write.

The largest steps are shown one by one and the rest together; all together they are exactly the difference.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.colours import DIFFERENCE_COLOURS
from riskmodel.i18n import Translator
from riskmodel.outputs.chart_drawing import Bar, Chart, Rule
from riskmodel.outputs.map_key import factor_labels
from riskmodel.outputs.picture_sources import picture_sources
from riskmodel.outputs.words import part_names
from riskmodel.results import Results
from riskmodel.study import Study

SHOWN = 8
RAISING, LOWERING, TOTAL = DIFFERENCE_COLOURS[-1], DIFFERENCE_COLOURS[0], "#5B676E"


def steps_of(study: Study, results: Results, area_code: str, t: Translator, shown: int = SHOWN) -> pd.DataFrame:
    """The steps of an area: determinant ("" for the rest), label, contribution; largest first, the rest last."""
    labels = factor_labels(study) | part_names(t)
    parts = results.contributions[results.contributions["area_code"] == area_code]
    parts = parts.reindex(parts["contribution"].abs().sort_values(ascending=False, kind="stable").index)
    steps = parts.assign(label=parts["determinant"].map(labels).fillna(parts["determinant"]))
    if len(steps) > shown:
        rest = float(steps["contribution"].iloc[shown:].sum())
        last = pd.DataFrame([{"determinant": "", "label": t("All others"), "contribution": rest}])
        steps = pd.concat([steps.head(shown), last])
    return steps[["determinant", "label", "contribution"]].reset_index(drop=True)


def waterfall_chart(study: Study, results: Results, area_code: str, t: Translator) -> Chart | None:
    """The waterfall of an area for paper; None where the area has no estimate or the method no determinants."""
    area = results.areas.set_index("area_code").loc[area_code]
    steps = steps_of(study, results, area_code, t)
    if pd.isna(area[results.measure]) or steps.empty:
        return None
    risk = results.measure == "area_risk"
    scale = 100.0 if risk else 1.0
    start = float(results.national[results.measure].iloc[0]) * scale
    at, bars = start, [Bar(0, 0.0, start, TOTAL, t.number(start, 1))]
    for place, part in enumerate(steps["contribution"] * scale, start=1):
        signed = t.points(part / 100)
        bars.append(Bar(place, at, at + part, RAISING if part > 0 else LOWERING, signed))
        at += part
    end = float(area[results.measure]) * scale
    bars.append(Bar(len(bars), 0.0, end, TOTAL, t.number(end, 1)))
    name = str(area["area_name"])
    return Chart(
        bars=tuple(bars),
        names=(t("Country"), *(_wrapped(label) for label in steps["label"]), _wrapped(name)),
        rules=(Rule(start),),
        x_title=t("Risk, % of children") if risk else t("Index, points of 100"),
        title=t("{name}: what sets it apart from the country", name=name),
        note=picture_sources(study, results, t),
        decimal_mark=t.locale.number_symbols["latn"]["decimal"],
    )


def _wrapped(label: str, width: int = 38) -> str:
    words, lines = label.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
