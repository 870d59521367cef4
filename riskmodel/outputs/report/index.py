"""The recipe of an index in the report: choices, indicators with direction and weight, treatment, robustness, coherence."""

from __future__ import annotations

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.outputs import index_words
from riskmodel.outputs.report.blocks import Block, points, rows_of, section, table, text
from riskmodel.outputs.words import STABLE
from riskmodel.results import Results
from riskmodel.study import Study


def index_sections(results: Results, study: Study, t: Translator) -> list[Block | None]:
    """Recipe and robustness; none for the other routes."""
    if results.measure != "index":
        return []
    return [
        section(t("The recipe of the index"), [points(_choices(study, t)), _weights(results, study, t), _treated(results, study, t)]),
        section(t("How much hangs on the choices"), [text(_robust(results, t)), _sensitivity(results, t), _removed(results, study, t), _importance(results, study, t)]),
    ]  # fmt: skip


def _choices(study: Study, t: Translator) -> list[str]:
    """One line for each choice: its name and its sentence."""
    settings = study.index
    lines = [index_words.methods(t)[settings.method]]
    if settings.method == "mean":
        lines += [
            index_words.normalisations(t)[settings.normalisation],
            index_words.treatments(t)[settings.treatment],
            index_words.weightings(t)[settings.weights],
            (t("Mean within a dimension"), index_words.means(t)[settings.within][1]),
            (t("Mean of the dimensions"), index_words.means(t)[settings.between][1]),
        ]
    return [f"{title}. {sentence}" for title, sentence in lines]


def _weights(results: Results, study: Study, t: Translator) -> Block | None:
    """Every indicator with dimension, direction, weight in the index."""
    weights = results.diagnostics.get("effective_weights") or {}
    up, down = t("more is more vulnerable"), t("more is less vulnerable")
    rows = [
        [i.dimension or "—", i.shown, up if i.direction > 0 else down, t.number(100 * weights[i.name], 1)]
        for i in study.indicator
        if i.name in weights
    ]
    columns = [t("Dimension"), t("Indicator"), t("Direction"), t("Weight, %")]
    return table(t("Indicators and weights"), columns, rows, left=3, wide=2)


def _treated(results: Results, study: Study, t: Translator) -> Block | None:
    """Which indicators had a long tail, and what was done."""
    found = pd.DataFrame(results.diagnostics.get("index_treatment") or [])
    if found.empty or study.index.method != "mean" or study.index.treatment == "none":
        return None
    done = found[found["treatment"] != "none"]
    if done.empty:
        return text(t("No indicator has a tail long enough to be treated."))
    names = {i.name: i.shown for i in study.indicator}
    what = {"winsorise": t("Pulled in"), "log": t("Logarithm")}
    rows = [
        [names.get(r.indicator, r.indicator), what[r.treatment], t.number(int(r.pulled)) if r.pulled else "—",
         t.number(r.skewness, 1), t.number(r.skewness_after, 1)]
        for r in rows_of(done)
    ]  # fmt: skip
    columns = [t("Indicator"), t("What was done"), t("Areas pulled in"), t("Skewness before"), t("Skewness after")]
    return table(t("What was done with extreme values?"), columns, rows, left=2)


def _robust(results: Results, t: Translator) -> str:
    found, said = results.index_robustness, results.diagnostics.get("robustness")
    if found.empty or not said:
        return t("How far places hang on the choices made was not tried in this run.")
    return t(
        "The index was built {draws} times with other choices that could be defended as well: another treatment of extreme values, another scale, weights up to a quarter larger or smaller, other means. **{firm} of {areas} areas** keep their level in at least {share} of them. On average an area moves {shift} places.",
        draws=t.number(said["draws"]),
        firm=t.number(int((found["level_stability"] >= STABLE).sum())),
        areas=t.number(len(found)),
        share=t.percent(STABLE, 0),
        shift=t.number(said["mean_shift"], 1),
    ).replace("**", "")


def _sensitivity(results: Results, t: Translator) -> Block | None:
    """Which choice moves places."""
    found = results.index_sensitivity
    if found.empty or not (found["total"] > 0).any():
        return None
    names = index_words.choices(t)
    found = found.sort_values("total", ascending=False)
    rows = [[names[r.choice], t.percent(r.first_order, 0), t.percent(r.total, 0)] for r in rows_of(found)]
    note = t("How much of the movement of places goes with each choice (Sobol indices). Shares with others are counted for each of them, so they may add up to more than 100.")  # fmt: skip
    return table(t("Which choice matters most?"), [t("Choice"), t("Alone"), t("With others")], rows, note=note)


def _removed(results: Results, study: Study, t: Translator) -> Block | None:
    """The index without each part."""
    if results.index_removed.empty:
        return None
    names = {i.name: i.shown for i in study.indicator}
    found = results.index_removed.sort_values(["part", "mean_shift"], ascending=[True, False])
    kinds = {"indicator": t("Indicator"), "dimension": t("Dimension")}
    rows = [
        [
            names.get(r.name, r.name) if r.part == "indicator" else r.name,
            kinds[r.part],
            t.number(r.areas_other_level),
            t.number(r.mean_shift, 1),
            t.number(r.rank_correlation, 3),
        ]
        for r in rows_of(found)
    ]
    columns = [t("Left out"), t("Kind"), t("Areas with another level"), t("Mean shift of place"), t("Rank correlation")]
    note = t("The other weights keep their proportions. A rank correlation of 1 means that the order stays the same. A part that moves nobody could be spared; one that moves many must be well measured.")  # fmt: skip
    return table(t("What if one part were left out?"), columns, rows, left=2, note=note)


def _importance(results: Results, study: Study, t: Translator) -> Block | None:
    """Weight of each indicator beside the share of the index that goes with it."""
    rows = results.index_importance
    if rows.empty:
        return None
    rows = rows[(rows["part"] == "indicator") & rows["share"].notna()].sort_values("share", ascending=False)
    names = {i.name: i.shown for i in study.indicator}
    listed = [[names.get(r.name, r.name), t.percent(r.weight), t.percent(r.share)] for r in rows_of(rows)]
    return table(
        t("Does each indicator count for its weight?"), [t("Indicator"), t("Weight"), t("What it comes to")], listed
    )
