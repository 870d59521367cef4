"""The page of the report on agreement with an observed rate: what was compared, three sentences, figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs import agreement_words as words
from riskmodel.outputs.report.blocks import Block, picture, points, section, table, text
from riskmodel.outputs.words import level_names
from riskmodel.results import Results


def compared_section(results: Results, t: Translator, drawn: str) -> Block | None:
    """None without an observed rate. drawn : name of the picture of estimate against measure, "" for none."""
    found = results.agreement
    if not found:
        return None
    return section(
        t("Against a measured rate"),
        [
            text(words.plain(words.compared_sentence(found, t))),
            points(words.plain(sentence) for sentence in words.said(found, t)),
            picture(drawn, t("Chart: estimate by measured rate, a point for every territory."), t("Each point is a territory. On the line the estimate equals the measured rate.") if found["bias"] is not None else t("Each point is a territory.")) if drawn else None,
            table(t("Figures of the agreement"), [t("Figure"), t("Value")], _figures(found, t)),
            *_levels(found, t),
            text(words.caution_sentence(t)),
        ],
    )  # fmt: skip


def _figures(found: Mapping[str, Any], t: Translator) -> list[list[str]]:
    """Every figure the run knows."""
    rows = [
        [t("Territories compared"), t.number(found["areas"])],
        [t("Rank correlation (Spearman)"), t.number(found["spearman"], 3)],
        [t("Correlation (Pearson)"), t.number(found["pearson"], 3)],
    ]
    if found["bias"] is not None:
        rows += [
            [t("Mean difference, percentage points"), t.points(found["bias"])],
            [t("Typical difference (root mean square), percentage points"), t.number(found["rmse"] * 100, 1)],
        ]
    for name, title in (
        ("coverage", t("Intervals that hold the measured rate")),
        ("coverage_with_error", t("The same, its own chance allowed for")),
    ):
        if found.get(name) is not None:
            rows.append([title, t.percent(found[name])])
    for name, title in (("top_tenth", t("Hits in the highest tenth")), ("top_third", t("Hits in the highest third"))):
        top = found.get(name)
        if top:
            rows.append([title, t("{rank} of {count}", rank=t.number(top["hits"]), count=t.number(top["areas"]))])
    return rows  # fmt: skip


def _levels(found: Mapping[str, Any], t: Translator) -> list[Block | None]:
    """Levels of the measure against levels of the results, by the rule of the study and by thirds."""
    out: list[Block | None] = []
    for way, title in (("levels", t("Levels of this study")), ("thirds", t("Thirds of the areas"))):
        part = found.get(way)
        if not part:
            continue
        names = level_names(len(part["table"]), t)
        columns = [t("Measured"), *(t("Results: {level}", level=name) for name in names)]
        rows = [[name, *map(t.number, counts)] for name, counts in zip(names, part["table"], strict=True)]
        kappa = t.number(part["kappa"], 2) if part["kappa"] is not None else "—"
        note = t("{same} in the same level; weighted kappa {kappa}.", same=t.percent(part["same"], 0), kappa=kappa)
        out.append(table(title, columns, rows, note=note))
    return out
