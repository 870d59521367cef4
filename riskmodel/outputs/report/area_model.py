"""The area model in the report: what it was fitted on, its terms, and what the measured rates gain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs import fit_words
from riskmodel.outputs.report.blocks import Block, rows_of, section, table, text
from riskmodel.results import Results
from riskmodel.study import Study

HALF = 1.96


def area_model_section(results: Results, study: Study, t: Translator) -> Block | None:
    """Everything of an area model; None for the other routes."""
    if study.study.method != "area_model" or results.coefficients.empty:
        return None
    d = results.diagnostics
    labels = {i.name: i.shown for i in study.indicator}
    found = results.coefficients[results.coefficients["determinant"] != ""]
    found = found.reindex(found["ame"].abs().sort_values(ascending=False).index)
    rows = [
        [
            labels.get(row.determinant, row.determinant),
            t.points(row.ame),
            f"{t.points(row.ame - HALF * row.ame_se)} – {t.points(row.ame + HALF * row.ame_se)}",
            fit_words.p_value(row.p_value, t),
        ]
        for row in rows_of(found)
    ]
    columns = [t("Indicator"), t("Effect of one standard deviation, percentage points"), t("95% interval of the effect"), t("p value")]  # fmt: skip
    return section(
        t("The model as a table"),
        [
            table(t("What the model rests on"), [t("What"), t("Value")], _rests_on(d, t)),
            table(t("The model as a table"), columns, rows, note=t("How much the rate differs, in percentage points, where the indicator is one standard deviation higher and the others are equal. These are associations, not causes.")),
            *_words(d, labels, study, t),
            *_gain(d, t),
        ],
    )  # fmt: skip


def _rests_on(d: Mapping[str, Any], t: Translator) -> list[list[str]]:
    """Areas behind the model, its scale and its variances."""
    scales = {"arcsine": t("arcsine of the square root"), "logit": t("logit")}
    rows = [
        (t("Areas with a measured rate"), t.number(d["areas_with_direct"]) if "areas_with_direct" in d else ""),
        (t("Areas without one"), t.number(d["areas_without_direct"]) if "areas_without_direct" in d else ""),
        (t("Scale of the model"), scales.get(str(d.get("scale")), "")),
        (t("Variance of each area's own part, on this scale"), _small(d.get("own_variance"), t)),
        (t("Variance of what areas of a parent unit share"), _small(d.get("parent_variance"), t)),
        (t("Shift to the measured figure of the country, on this scale"), _small(d.get("benchmark_shift"), t)),
    ]
    return [[what, value] for what, value in rows if value]


def _small(value: float | None, t: Translator) -> str:
    return "" if value is None else t.number(value, 5)


def _words(d: Mapping[str, Any], labels: Mapping[str, str], study: Study, t: Translator) -> list[Block | None]:
    """What was proposed, left out, or goes another way than declared, and how errors were made."""
    chosen, told = d.get("chosen"), []
    if chosen:
        better = 1 - chosen["error"] / chosen["error_without_indicators"]
        told.append(
            t(
                "Proposed by the program: {kept}. For areas of parent units left out of the fit, the error is {better} smaller than without any indicator. You decide: name the indicators in the Data screen.",
                kept=", ".join(labels.get(n, n) for n in chosen["indicators"]) or t("none"),
                better=t.percent(max(better, 0.0), 0),
            )
        )
    if d.get("collinear"):
        names = ", ".join(labels.get(n, n) for n in d["collinear"])
        told.append(t("Left out because others say the same: {names}.", names=names))
    if d.get("against_direction"):
        names = ", ".join(labels.get(n, n) for n in d["against_direction"])
        told.append(t("These indicators go with the measured rates the other way than the study declares: {names}.", names=names))  # fmt: skip
    drawn = study.area_model.bootstrap if study.area_model else 0
    if drawn:
        told.append(t("Errors from {count} drawn worlds.", count=t.number(drawn)))
    elif d.get("errors") == "analytic":
        told.append(t("Errors from the formula of Prasad and Rao."))
    return [text(sentence) for sentence in told]


def _gain(d: Mapping[str, Any], t: Translator) -> list[Block | None]:
    """Measured rates beside the estimates."""
    a = d.get("agreement")
    if not a:
        return []
    rows = [
        [t("Typical error of a measured rate"), t.percent(a["cv_direct_median"], 0)],
        [t("Typical error of an estimate"), t.percent(a["cv_model_median"], 0)],
    ]
    note = t("Half of the areas have a smaller one. Error as a share of the rate.")
    return [
        table(t("What do the measured rates gain?"), [t("What"), t("Value")], rows, note=note),
        text(fit_words.brown_sentence(a["p_value"], t)),
    ]
