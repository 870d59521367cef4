"""What hangs on the choices made in building the index: sections of the Index screen.

Each figure has one plain sentence; none of it is a sampling error, and the words say so.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import index_charts, show
from pages.common.words import _, current, plural
from riskmodel.outputs import index_words
from riskmodel.results import Results
from riskmodel.study import Study

TOP = 20
# Level kept in this share of draws is firm, as on the map.
FIRM = 0.8
# Cronbach's alpha: below, indicators say different things; above, almost the same (Nunnally 1978; Streiner 2003).
ALIKE, SAME = 0.7, 0.95
# A correlation under this is named: nearer to zero, two indicators are merely unrelated.
AGAINST = -0.1


def sections(study: Study, results: Results) -> None:
    """Robustness, sensitivity, parts left out, coherence; what a run does not have is not drawn."""
    if len(results.index_robustness):
        robustness(results)
        sensitivity(results)
    else:
        st.info(_("How far places hang on the choices made was not tried in this run. Set the number of draws in the Data screen."))  # fmt: skip
    if len(results.index_removed):
        removed(study, results)
    if len(results.index_importance):
        importance(study, results)
        coherence(study, results)


def robustness(results: Results) -> None:
    """How far the order hangs on the choices, and the top areas' places."""
    t, found = current(), results.index_robustness
    st.subheader(_("How firm is the order of areas?"), anchor=False)
    firm = int((found["level_stability"] >= FIRM).sum())
    st.markdown(
        _(
            "The index was built {draws} times with other choices that could be defended as well: another treatment of extreme values, another scale, weights up to a quarter larger or smaller, other means. **{firm} of {areas} areas** keep their level in at least {share} of them. On average an area moves {shift} places.",
            draws=t.number(results.diagnostics["robustness"]["draws"]),
            firm=t.number(firm),
            areas=t.number(len(found)),
            share=t.percent(FIRM, 0),
            shift=_places(results.diagnostics["robustness"]["mean_shift"]),
        )
    )
    top = found.sort_values(["rank", "area_code"]).head(TOP)
    show.chart(
        index_charts.places(top, _names(results, top["area_code"])),
        "index_places",
        _(
            "The most vulnerable areas of this study. The line holds the place in 95 of 100 indices built with other choices: a long line is an area whose place hangs on the choices. This is not a sampling error."
        ),
        title=_("Places under other choices"),
        data=found,
    )
    outside = int(((found["rank"] < found["rank_lower"]) | (found["rank"] > found["rank_upper"])).sum())
    if outside:
        st.caption(
            plural(
                "{count} area has a place that few of the other choices would give it: the choices of this study are decisive there.",
                "{count} areas have a place that few of the other choices would give them: the choices of this study are decisive there.",
                outside,
            )
        )


def sensitivity(results: Results) -> None:
    """Which choice moves places most."""
    found = results.index_sensitivity
    if found.empty or not (found["total"] > 0).any():
        return
    t = current()
    st.subheader(_("Which choice matters most?"), anchor=False)
    found = found.sort_values("total", ascending=False, ignore_index=True)
    labels = [choice_name(c) for c in found["choice"]]
    st.markdown(
        _(
            "**{choice}**: this choice goes with {share} of the movement of places, alone or together with others. Decide it with care and give the reason.",
            choice=labels[0],
            share=t.percent(min(max(float(found["total"][0]), 0.0), 1.0), 0),
        )
    )
    show.chart(
        index_charts.sensitivity(found["first_order"], found["total"], labels),
        "index_sensitivity",
        _(
            "How much of the movement of places goes with each choice (Sobol indices). Shares with others are counted for each of them, so they may add up to more than 100."
        ),
        title=_("Which choice matters most?"),
        data=found,
    )


def removed(study: Study, results: Results) -> None:
    """The index without each indicator and dimension."""
    t, found = current(), results.index_removed
    st.subheader(_("What if one part were left out?"), anchor=False)
    shown = found.sort_values(["part", "mean_shift"], ascending=[True, False], ignore_index=True)
    labels = [
        _("Dimension {name}", name=name) if part == "dimension" else name
        for part, name in zip(shown["part"], _labels(study, shown), strict=True)
    ]
    most = int(shown["areas_other_level"].argmax())
    st.markdown(
        _(
            "Without “{name}”, {count} of {areas} areas would have another level: no other part changes more.",
            name=show.escape(labels[most]),
            count=t.number(shown["areas_other_level"][most]),
            areas=t.number(shown["areas"][most]),
        )
    )
    table = pd.DataFrame(
        {
            _("Left out"): labels,
            _("Weight, %"): [t.number(v * 100, 1) for v in shown["weight"]],
            _("Other level"): [t.number(v) for v in shown["areas_other_level"]],
            _("Mean shift"): [_places(v) for v in shown["mean_shift"]],
            _("Largest shift"): [t.number(v) for v in shown["largest_shift"]],
            _("Rank correlation"): [t.number(v, 3) for v in shown["rank_correlation"]],
            _("Area that moves most"): _names(results, shown["area_code"]),
        }
    )
    helps = {
        _("Other level"): _("How many areas would have another level."),
        _("Mean shift"): _("How many places an area moves, on average."),
        _("Largest shift"): _("How many places the area moves that moves most."),
    }
    show.table(table, left=[_("Left out"), _("Area that moves most")], helps=helps)
    st.caption(
        _(
            "The other weights keep their proportions. A rank correlation of 1 means that the order stays the same. A part that moves nobody could be spared; one that moves many must be well measured."
        )
    )
    show.download_table(found, "index_removed")


def importance(study: Study, results: Results) -> None:
    """Weights beside what they come to."""
    t = current()
    rows = results.index_importance
    rows = rows[(rows["part"] == "indicator") & rows["share"].notna()]
    if len(rows) < 2:
        return
    st.subheader(_("Does each indicator count for its weight?"), anchor=False)
    rows = rows.sort_values("share", ascending=False, ignore_index=True)
    labels = _labels(study, rows)
    gap = (rows["share"] - rows["weight"]).abs()
    at = int(gap.argmax())
    named = {
        "name": show.escape(labels[at]),
        "weight": t.percent(rows["weight"][at]),
        "share": t.percent(rows["share"][at]),
    }
    more = _("“{name}” has {weight} of the weight and {share} of the importance: the widest difference. An indicator that goes with many others counts for more than its weight.", **named)  # fmt: skip
    less = _("“{name}” has {weight} of the weight and {share} of the importance: the widest difference. An indicator that differs little between areas, or goes with no other, counts for less than its weight.", **named)  # fmt: skip
    st.markdown(more if rows["share"][at] > rows["weight"][at] else less)
    show.chart(
        index_charts.importance(rows, labels),
        "index_importance",
        _(
            "What an indicator counts for: how much of the differences of the index between areas goes with it (first-order importance, Paruolo, Saisana and Saltelli 2013), as a share of all."
        ),
        title=_("Does each indicator count for its weight?"),
        data=results.index_importance,
    )


def coherence(study: Study, results: Results) -> None:
    """Whether the indicators of a dimension say similar things."""
    t, found = current(), results.index_importance
    st.subheader(_("Do the indicators of a dimension say similar things?"), anchor=False)
    pairs = results.index_coherence[results.index_coherence["part"] == "indicator"]
    dimension = {i.name: i.dimension for i in study.indicator}
    inside = pairs[pairs["same_dimension"].astype(bool)]
    own = inside.assign(dimension=inside["name"].map(dimension)).groupby("dimension")["pearson"]
    means, lows = own.mean(), own.min()
    parts = found[found["part"] == "dimension"]
    whole = found[found["part"] == "index"]
    rows = [*parts.itertuples(), *whole.itertuples()]
    table = pd.DataFrame(
        {
            _("Dimension"): [r.name or _("All indicators") for r in rows],
            _("Indicators"): [t.number(sum(d == r.name for d in dimension.values()) or len(dimension)) for r in rows],
            _("Cronbach's alpha"): [_number(r.alpha) for r in rows],
            _("Mean correlation"): [_number(means.get(r.name)) if r.name else _number(pairs["pearson"].mean()) for r in rows],
            _("Lowest correlation"): [_number(lows.get(r.name)) if r.name else _number(pairs["pearson"].min()) for r in rows],
            _("What it says"): [alpha_words(r.alpha) for r in rows],
        }
    )  # fmt: skip
    show.table(table, left=[_("Dimension"), _("What it says")])
    names = {i.name: i.label or i.name for i in study.indicator}
    against = inside[inside["pearson"] < AGAINST].sort_values("pearson")
    if len(against):
        listed = "; ".join(
            _("{one} and {other} ({value})", one=show.escape(names[r.name]), other=show.escape(names[r.other]), value=t.number(r.pearson, 2))
            for r in against.head(5).itertuples()
        )  # fmt: skip
        st.markdown(_("These indicators of one dimension go against each other and partly cancel out: {pairs}.", pairs=listed))  # fmt: skip
    st.caption(
        _(
            "Cronbach's alpha tells how far indicators rise and fall together: near 1, they say the same; from 0.7 on, similar things. A low value is no mistake where a dimension has several sides, but its mean then hides them."
        )
    )
    with st.expander(_("Correlations of all indicators")):
        show.table(matrix(results.index_coherence, list(names), names), left=[_("Indicator")])
        show.download_table(results.index_coherence, "index_coherence")


def matrix(pairs: pd.DataFrame, order: list[str], names: dict[str, str]) -> pd.DataFrame:
    """Pearson correlations as a square of texts, indicators numbered across."""
    known = pairs[pairs["part"] == "indicator"]
    value = {(r.name, r.other): r.pearson for r in known.itertuples()}
    rows = []
    for i, one in enumerate(order, 1):
        row = {_("Indicator"): f"{i} · {names[one]}"}
        for j, other in enumerate(order, 1):
            row[str(j)] = "" if j >= i else _number(value.get((other, one)))
        rows.append(row)
    return pd.DataFrame(rows).drop(columns=str(len(order)))


def alpha_words(alpha: float) -> str:
    """Cronbach's alpha in a few words."""
    if pd.isna(alpha):
        return _("One indicator: nothing to compare.")
    if alpha < 0:
        return _("They do not rise and fall together; their mean says little.")
    if alpha < ALIKE:
        return _("Each says something of its own.")
    return _("They say similar things.") if alpha < SAME else _("They say almost the same; one might do.")


def choice_name(choice: str) -> str:
    """What an official calls a choice."""
    return index_words.choices(current())[choice]


def _labels(study: Study, rows: pd.DataFrame) -> list[str]:
    """Name on screen of an indicator or dimension."""
    names = {i.name: i.label or i.name for i in study.indicator}
    return [
        names.get(name, name) if part == "indicator" else name
        for part, name in zip(rows["part"], rows["name"], strict=True)
    ]


def _names(results: Results, codes: pd.Series) -> list[str]:
    """Names of areas; with the parent unit where two have the same name."""
    areas = results.areas.set_index("area_code").loc[codes]
    doubled = areas["area_name"].duplicated(keep=False)
    parent = areas["parent_name"].fillna(areas.index.to_series())
    return list(areas["area_name"].where(~doubled, areas["area_name"] + " · " + parent))


def _places(value: float) -> str:
    """A number of places; decimals say something only where it is small."""
    return current().number(value, 1 if value < 10 else 0)


def _number(value: float | None) -> str:
    return "—" if value is None or pd.isna(value) else current().number(value, 2)
