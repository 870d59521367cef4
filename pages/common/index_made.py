"""How an index was made, on the Model screen: method, scale, weights and means in sentences, and what was done to tails."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.common import ask_index, show
from pages.common.words import _, current, plural
from riskmodel.results import Results
from riskmodel.study import Study


def made(study: Study, results: Results) -> None:
    """What was chosen, one sentence each."""
    settings = study.index
    lines = [ask_index.methods()[settings.method]]
    if settings.method == "mean":
        lines.append(ask_index.normalisations()[settings.normalisation])
        lines.append(ask_index.weightings()[settings.weights])
        if (settings.within, settings.between) != ("arithmetic", "arithmetic"):
            lines.append((_("Mean within a dimension"), ask_index.means()[settings.within][1]))
            lines.append((_("Mean of the dimensions"), ask_index.means()[settings.between][1]))
    if study.levels.rule == "dalenius_hodges":
        bins = current().number(study.levels.bins)
        words = _("Limits by Dalenius and Hodges, counted in {bins} bins; another number can move them.", bins=bins)
        lines.append((_("Levels"), words))
    st.markdown("\n".join(f"- **{show.escape(title)}.** {sentence}" for title, sentence in lines))
    _weights_record(study, results.diagnostics.get("index_method", {}))


def treatment(study: Study, results: Results) -> None:
    """Which indicators had a long tail, and what was done."""
    t = current()
    rows = pd.DataFrame(results.diagnostics.get("index_treatment", []))
    if rows.empty or study.index.method != "mean" or study.index.treatment == "none":
        return
    st.subheader(_("What was done with extreme values?"), anchor=False)
    done = rows[rows["treatment"] != "none"]
    if done.empty:
        st.markdown(_("No indicator has a tail long enough to be treated."))
        return
    names = {i.name: i.shown for i in study.indicator}
    what = {"winsorise": _("Pulled in"), "log": _("Logarithm")}
    table = pd.DataFrame(
        {
            _("Indicator"): [names.get(n, n) for n in done["indicator"]],
            _("What was done"): [what[v] for v in done["treatment"]],
            _("Areas pulled in"): [t.number(int(v)) if v else "–" for v in done["pulled"]],
            _("Skewness before"): [t.number(v, 1) for v in done["skewness"]],
            _("Skewness after"): [t.number(v, 1) for v in done["skewness_after"]],
            _("Kurtosis before"): [t.number(v, 1) for v in done["kurtosis"]],
            _("Kurtosis after"): [t.number(v, 1) for v in done["kurtosis_after"]],
        }
    )
    show.table(table, left=[_("Indicator"), _("What was done")])


def _weights_record(study: Study, record: dict[str, Any]) -> None:
    """What the way of weighting found."""
    t = current()
    names = {i.name: i.shown for i in study.indicator}
    if "areas_with_rate" in record:
        count = int(record["areas_with_rate"])
        share = t.percent(record["r_squared"], 0)
        st.markdown(
            plural(
                "The weights were fitted to the measured rate of {count} area. With them the index goes with {share} of its variation; that is the rate they were made for, so it proves nothing.",
                "The weights were fitted to the measured rates of {count} areas. With them the index goes with {share} of their variation; those are the rates they were made for, so it proves nothing.",
                count,
                share=share,
            )
        )
    if "points" in record:
        st.markdown(plural("{count} person gave points.", "{count} people gave points.", int(record["participants"])))
        points = record["points"]
        table = pd.DataFrame(
            {
                _("Indicator"): [names.get(n, n) for n in points],
                _("Mean points"): [t.number(p["mean"], 1) for p in points.values()],
                _("Standard deviation"): ["–" if p["sd"] is None else t.number(p["sd"], 1) for p in points.values()],
                _("Fewest"): [t.number(p["lowest"], 1) for p in points.values()],
                _("Most"): [t.number(p["highest"], 1) for p in points.values()],
            }
        )
        show.table(table, left=[_("Indicator")])
    if "explained" in record:
        parts = [
            _("{dimension}: {share}", dimension=show.escape(d), share=t.percent(v, 0)) for d, v in record["explained"].items()
        ]  # fmt: skip
        st.caption(_("Share of the variation that the first component holds: {parts}.", parts="; ".join(parts)))
    if "dp2" in record:
        _distance(record["dp2"], names)


def _distance(record: dict[str, Any], names: dict[str, str]) -> None:
    """Order and share of the indicators of a DP2 distance."""
    t = current()
    order = record["order"]
    table = pd.DataFrame(
        {
            _("Order"): [t.number(i) for i in range(1, len(order) + 1)],
            _("Indicator"): [names.get(n, n) for n in order],
            _("Share that counts, %"): [t.number(100 * record["factor"][n], 1) for n in order],
            _("Worst value"): [t.number(record["reference"][n], 2) for n in order],
            _("Best value"): [t.number(record["best"][n], 2) for n in order],
        }
    )
    with st.expander(_("The distance, indicator by indicator")):
        show.table(table, left=[_("Indicator")])
        st.caption(
            _(
                "Each indicator counts only with what those before it did not say already. The index is 100 less the distance as a share of that of an area with the best values ({ideal}).",
                ideal=t.number(record["ideal"], 4),
            )
        )
