"""The survey model in the report: design, terms, figures of fit with their sentences, harmonisation, agreement by region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs import fit_words
from riskmodel.outputs.report.blocks import Block, rows_of, section, table, text
from riskmodel.outputs.term_words import term_label
from riskmodel.outputs.words import category_name
from riskmodel.results import Results
from riskmodel.study import Study


def harmonisation_section(results: Results, study: Study, t: Translator) -> Block | None:
    """Share of every category in survey and population."""
    if results.harmonisation.empty:
        return None
    labels = {d.name: d.label or d.name for d in study.determinant}
    rows, before = [], ""
    for row in rows_of(results.harmonisation):
        shares = (t.number(100 * share, 1) for share in (row.survey_share, row.population_share))
        name = labels.get(str(row.determinant), str(row.determinant))
        rows.append(["" if name == before else name, category_name(str(row.category), t), *shares, t.points(row.difference)])  # fmt: skip
        before = name
    columns = [t("Determinant"), t("Category"), t("Survey, %"), t("Population, %"), t("Difference, points")]
    tolerance = study.population.tolerance if study.population else 0.05
    return section(
        t("Survey compared with population"),
        [
            text(t("The model learns from the survey and is applied to the population, so both must mean the same by each category. A difference of more than {points} percentage points is a warning; years and coverage may explain it.", points=t.number(100 * tolerance, 0))),
            table(t("Survey compared with population"), columns, rows, left=2, wide=2),
        ],
    )  # fmt: skip


def model_section(results: Results, study: Study, t: Translator) -> Block | None:
    """Design and terms of the model."""
    d = results.diagnostics
    if study.study.method != "risk_model" or results.coefficients.empty:
        return None
    found = results.coefficients[results.coefficients["term"] != "(intercept)"]
    rows = [
        [
            term_label(study, row, d["references"], t),
            t.number(row.odds_ratio, 2),
            f"{t.number(row.ci_lower, 2)} – {t.number(row.ci_upper, 2)}",
            t.points(row.ame),
            fit_words.p_value(row.p_value, t),
        ]
        for row in rows_of(found)
    ]
    labels = {x.name: x.label or x.name for x in study.determinant}
    references = [[labels.get(name, name), category_name(kept, t)] for name, kept in d["references"].items()]
    columns = [t("Term"), t("Odds ratio"), t("95% interval"), t("Average effect, percentage points"), t("p value")]
    return section(
        t("The model as a table"),
        [
            text(t("Fitted with Firth's penalty, which keeps estimates sober where few children are in child labour. Intervals are on the side of caution.")) if d.get("estimation") == "firth" else None,
            table(t("Survey and design"), [t("What"), t("Value")], _design(d, t)),
            table(t("The model as a table"), columns, rows, note=t("Odds ratio: the odds of child labour against those of the reference, the other determinants equal; 1 is no difference. Average effect: how the mean risk would differ, in percentage points of risk, if all children had the category instead of the reference. p value: how often chance alone would give a coefficient this far from zero. All errors are those of the survey's design.")),
            table(t("Reference categories"), [t("Determinant"), t("Reference")], references, left=2, wide=1),
        ],
    )  # fmt: skip


def _design(d: Mapping[str, Any], t: Translator) -> list[list[str]]:
    """Size of the survey and how its errors were made."""
    design = d.get("design") or {}
    if design.get("variance") == "linearisation":
        way = t("Taylor linearisation over primary sampling units")
    else:
        way = t("replicate weights ({kind})", kind=design["variance"]) if design.get("variance") else ""
    rows = [
        (t("Children in the model"), t.number(d["n_obs"])),
        (t("Of them in child labour"), t.number(d["n_positive"])),
        (t("Primary sampling units"), t.number(d["n_psu"]) if d.get("n_psu") else ""),
        (t("Strata"), t.number(d["n_strata"]) if d.get("n_strata") else ""),
        (t("Degrees of freedom"), t.number(d["df"]) if d.get("df") is not None else ""),
        (t("Errors by"), way),
    ]
    return [[what, value] for what, value in rows if value]


def fit_section(results: Results, study: Study, t: Translator) -> Block | None:
    """Figures of fit, each with its interval and what it means."""
    d = results.diagnostics
    if study.study.method != "risk_model" or "auc" not in d:
        return None
    known, base = d.get("fit_intervals") or {}, d["prevalence"] * (1 - d["prevalence"])
    rows = [
        [t("In child labour, in the survey"), t("{positive} of {n} children in the model.", positive=t.number(d["n_positive"]), n=t.number(d["n_obs"])),
         t.percent(d["prevalence"]), _limits(known.get("prevalence"), 1, t, 100)],
        [t("Discrimination (AUC)"), t("The right order in {times} of 100 pairs.", times=t.number(d["auc"] * 100)),
         t.number(d["auc"], 3), _limits(d.get("auc_interval"), 3, t)],
        [t("Brier score"), t("Without any determinant it would be {base}.", base=t.number(base, 4)),
         t.number(d["brier"], 4), _limits(known.get("brier"), 4, t)],
        [t("Separation (Tjur's R²)"), t("{points} points between the two groups.", points=t.points(d["tjur_r2"])),
         t.number(d["tjur_r2"], 3), _limits(known.get("tjur_r2"), 3, t)],
    ]  # fmt: skip
    columns = [t("Figure"), t("What it means"), t("Value"), t("95% interval")]
    test = d.get("archer_lemeshow") or {}
    return section(
        t("How well does the model tell?"),
        [
            table(t("Quality of the model"), columns, rows, left=2, wide=2),
            _calibration(d, t),
            text(fit_words.fit_sentence(test["p_value"], t)) if test.get("p_value") is not None else None,
            *_unseen(d, t),
        ],
    )


def _calibration(d: Mapping[str, Any], t: Translator) -> Block | None:
    """Predicted and observed share by tenths of the risk."""
    rows = [
        [t.number(r["group"]), t.number(r["n"]), t.number(100 * r["predicted"], 1), t.number(100 * r["observed"], 1)]
        for r in d.get("calibration") or ()
    ]
    columns = [t("Tenth of the children, by predicted risk"), t("Children in the survey"), t("Predicted, %"), t("Observed, %")]  # fmt: skip
    return table(t("Predicted and observed share"), columns, rows)


def _unseen(d: Mapping[str, Any], t: Translator) -> list[Block | None]:
    """Cross-validation, and whether the model hangs on one place."""
    if "cross_validation" not in d:
        return []
    found = d["cross_validation"]
    rows = []
    if found.get("auc") is not None:
        slope = found["calibration_slope"]
        rows = [
            [t("AUC out of sample"), t.number(found["auc"], 3)],
            [t("Brier score out of sample"), t.number(found["brier"], 4)],
            [t("Calibration slope"), "—" if slope is None else t.number(slope, 2)],
        ]
    units = d.get("influential_psus") or []
    small = bool(units) and abs(units[0]["change"]) <= 1
    return [
        text(fit_words.out_of_sample_sentence(d, t)) if found else None,
        table(t("Does it hold for places it has not seen?"), [t("Figure"), t("Value")], rows),
        text(t("Does it hang on single places?") + " " + fit_words.without_one_unit(units[0]["change"], t))
        if small
        else None,
        text(t("One sampling unit moves a coefficient by {size} of its standard errors: the model hangs on it in part.", size=t.number(abs(units[0]["change"]), 2)))
        if units and not small
        else None,
    ]  # fmt: skip


def benchmark_section(results: Results, t: Translator) -> Block | None:
    """The survey's own figure of each region beside the model's."""
    rows = results.diagnostics.get("benchmark")
    if not rows:
        return None
    names = dict(zip(results.parents["area_code"], results.parents["area_name"], strict=True))
    listed = [
        [
            str(names.get(r["domain"], r["domain"])),
            t.number(r["n_positive"]),
            t.number(r["direct"] * 100, 1),
            t.number(r["se"] * 100, 1),
            "—" if r["model"] is None else t.number(r["model"] * 100, 1),
            "—" if r["shift"] is None else t.number(r["shift"], 2),
        ]
        for r in rows
    ]
    columns = [t("Region"), t("Children in child labour in the survey"), t("Survey, %"), t("Standard error, points"), t("Model, %"), t("Shift")]  # fmt: skip
    note = ""
    if not all(r["reliable"] for r in rows):
        note = t("Without a shift: fewer than 50 children in child labour in the survey, or an error above 20% of the figure.")  # fmt: skip
    return section(
        t("Do model and survey agree by region?"),
        [
            text(t("Where the survey's own figure is reliable, the risks of the region are shifted until their mean is that figure. A shift beyond 0.5 on the logit scale means that the model lacks something there.")),
            table(t("Do model and survey agree by region?"), columns, listed, note=note),
        ],
    )  # fmt: skip


def _limits(known: Mapping[str, float | None] | None, decimals: int, t: Translator, scale: float = 1) -> str:
    if not known or known["ci_lower"] is None or known["ci_upper"] is None:
        return "—"
    return f"{t.number(known['ci_lower'] * scale, decimals)} – {t.number(known['ci_upper'] * scale, decimals)}"
