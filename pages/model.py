"""Model or Index screen: what is associated with child labour, how well the model tells, or how the index is made."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import (
    area_model_view,
    charts,
    estimator_view,
    fit_checks,
    harmonised,
    index_made,
    index_view,
    model_numbers,
    selection_view,
    show,
    state,
    terms_view,
)
from pages.common.words import _, current
from riskmodel.outputs import fit_words
from riskmodel.results import Results
from riskmodel.study import Study


def main() -> None:
    """Draw the screen of the study's method."""
    if state.method() == "vulnerability_index":
        show.heading(
            _("What makes an area vulnerable?"),
            _("The index brings indicators to one scale from 0 to 100 and joins them by dimension."),
        )
        study, results = show.need_results()
        index(study, results)
    elif state.method() == "area_model":
        show.heading(
            _("What is associated with child labour?"),
            _("Measured rates are joined with the indicators of each area, each as far as it can be trusted."),
        )
        study, results = show.need_results()
        area_model_view.screen(study, results)
    else:
        show.heading(
            _("What is associated with child labour?"),
            _("Each determinant is compared with its reference, the others held equal. An association is not a cause."),
        )
        study, results = show.need_results()
        if results.coefficients.empty:
            st.info(
                _(
                    "This study starts from a risk that is given, so there is no model to show. What is known of it is on the map and in the downloads."
                )
            )
        else:
            model(study, results)
    show.sources(study, results)


def model(study: Study, results: Results) -> None:
    """Odds ratios, what stands out, quality in words, harmonisation."""
    t = current()
    found = results.coefficients[results.coefficients["term"] != "(intercept)"].reset_index(drop=True)
    labels = [terms_view.term_label(study, r, results.diagnostics["references"]) for r in found.itertuples()]
    plain = terms_view.plain(study, found)
    st.markdown(strongest(found, [terms_view.name_of(study, row) for row in found.itertuples()]))
    if plain.any():
        show.chart(
            charts.forest(found[plain], [label for label, kept in zip(labels, plain, strict=True) if kept]),
            "forest",
            _(
                "Points to the right of 1: more child labour than the reference; to the left: less. Lines are 95% intervals."
            ),
        )
    terms_view.any_apart(plain)
    terms_view.curves(study, results.diagnostics)
    terms_view.combinations(study, results.diagnostics)
    table = pd.DataFrame(
        {
            _("Term"): labels,
            _("Odds ratio"): [t.number(v, 2) for v in found["odds_ratio"]],
            _("95% interval"): [
                f"{t.number(lo, 2)} – {t.number(hi, 2)}"
                for lo, hi in zip(found["ci_lower"], found["ci_upper"], strict=True)
            ],
            _("Average effect, percentage points"): [t.points(v) for v in found["ame"]],
            _("95% interval of the effect"): [
                f"{t.points(v - 1.96 * e)} – {t.points(v + 1.96 * e)}"
                for v, e in zip(found["ame"], found["ame_se"], strict=True)
            ],
            _("p value"): [fit_words.p_value(p, t) for p in found["p_value"]],
        }
    )
    with st.expander(_("The model as a table")):
        show.table(table, left=[_("Term")])
        st.caption(
            _(
                "Odds ratio: the odds of child labour against those of the reference, the other determinants equal; 1 is no difference. Average effect: how the mean risk would differ, in percentage points of risk, if all children had the category instead of the reference. p value: how often chance alone would give a coefficient this far from zero. All errors are those of the survey's design."
            )
        )
        show.download_table(results.coefficients, "coefficients")
    quality(results)
    agreement(results)
    estimator_view.beside_each_other(results)
    if "roc" in results.diagnostics:  # not with a model from a file
        fit_checks.discrimination(results.diagnostics)
        fit_checks.cross_validation(results.diagnostics)
        named = dict(zip(found["term"], labels, strict=True))
        fit_checks.influential(results.diagnostics, lambda term: named.get(term, _("constant")))
    selection_view.proposal(results.diagnostics, terms_view.effect_labels(study))
    harmonised.section(study, results)


def strongest(found: pd.DataFrame, labels: list[str]) -> str:
    """The terms with the largest average marginal effects, in one sentence."""
    t = current()
    order = terms_view.largest(found)
    named = "; ".join(
        _("{label} ({points} percentage points)", label=show.escape(labels[i]), points=t.points(found["ame"][i]))
        for i in order
    )
    return _("The largest differences, the other determinants held equal: {named}.", named=named)


def quality(results: Results) -> None:
    """Diagnostics, each with a plain sentence."""
    t, d = current(), results.diagnostics
    st.subheader(_("How well does the model tell?"), anchor=False)
    model_numbers.figures(d)
    if d.get("estimation") == "firth":
        st.caption(
            _(
                "Fitted with Firth's penalty, which keeps estimates sober where few children are in child labour. Intervals are on the side of caution."
            )
        )
    tenths = pd.DataFrame(d["calibration"])
    left, right = st.columns([3, 2])
    with left:
        show.chart(
            charts.calibration(tenths),
            "calibration",
            _("Ten groups of children by predicted risk. On the dotted line, prediction and survey agree."),
        )
    with right:
        st.write(fit_words.fit_sentence(d["archer_lemeshow"]["p_value"], t))


def agreement(results: Results) -> None:
    """The survey's own figure of each domain beside the model's, and the shift between them."""
    rows = results.diagnostics.get("benchmark")
    if not rows:
        return
    t = current()
    names = dict(zip(results.parents["area_code"], results.parents["area_name"], strict=True))
    none = "—"
    st.subheader(_("Do model and survey agree by region?"), anchor=False)
    st.write(
        _(
            "Where the survey's own figure is reliable, the risks of the region are shifted until their mean is that figure. A shift beyond 0.5 on the logit scale means that the model lacks something there."
        )
    )
    table = pd.DataFrame(
        {
            _("Region"): [names.get(r["domain"], r["domain"]) for r in rows],
            _("Children in child labour in the survey"): [t.number(r["n_positive"]) for r in rows],
            _("Survey, %"): [t.number(r["direct"] * 100, 1) for r in rows],
            _("Standard error, points"): [t.number(r["se"] * 100, 1) for r in rows],
            _("Model, %"): [none if r["model"] is None else t.number(r["model"] * 100, 1) for r in rows],
            _("Shift"): [none if r["shift"] is None else t.number(r["shift"], 2) for r in rows],
        }
    )
    show.table(table, left=[_("Region")])
    if not all(r["reliable"] for r in rows):
        st.caption(
            _(
                "Without a shift: fewer than 50 children in child labour in the survey, or an error above 20% of the figure."
            )
        )


def index(study: Study, results: Results) -> None:
    """Indicators with direction and effective weight; dimension scores of the country."""
    t = current()
    weights = results.diagnostics["effective_weights"]
    rows = study.indicator
    index_made.made(study, results)
    show.chart(
        charts.bars(
            [weights.get(i.name, 0) * 100 for i in rows], [i.label or i.name for i in rows], _("Weight in the index, %")
        ),
        "weights",
        _("The weight each indicator has in the index, dimensions and indicators taken together."),
    )
    arrows = {1: _("more is more risk"), -1: _("more is less risk")}
    table = pd.DataFrame(
        {
            _("Indicator"): [i.label or i.name for i in rows],
            _("Dimension"): [i.dimension for i in rows],
            _("Direction"): [arrows[i.direction] for i in rows],
            _("Weight in the index, %"): [t.number(weights.get(i.name, 0) * 100, 1) for i in rows],
            _("Areas with data"): [t.number(int(results.indicators[i.name].notna().sum())) for i in rows],
            _("Median"): [t.number(results.indicators[i.name].median(), 1) for i in rows],
            _("Unit"): [i.unit for i in rows],
            _("Source"): [f"{i.source} {i.year or ''}".strip() for i in rows],
        }
    )
    show.table(table, left=[_("Indicator"), _("Dimension"), _("Direction"), _("Unit"), _("Source")])
    index_made.treatment(study, results)
    show.download_table(results.index_scores, "index_scores", _("Download scores by indicator and dimension (CSV)"))
    index_view.sections(study, results)


main()
