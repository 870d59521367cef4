"""Clusters in words: each group of neighbouring areas in one sentence, and what the test does not say.

A group is named after its area with most children, since that is the name people know.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.decisions.clusters import cluster_groups
from riskmodel.i18n import Translator
from riskmodel.results import Results

MOST_PARENTS = 3


def kind_names(t: Translator) -> dict[str, str]:
    """What an area of each kind is, "" being all others."""
    return {
        "high-high": t("High among high"),
        "high-low": t("High among low"),
        "low-high": t("Low among high"),
        "low-low": t("Low among low"),
        "": t("No cluster"),
    }


def group_sentences(results: Results, t: Translator) -> pd.DataFrame:
    """The groups of `cluster_groups` with a column `sentence`; no rows where there is none."""
    groups = cluster_groups(results.areas, results.clusters, results.measure)
    names = results.areas.set_index("area_code")[["area_name", "parent_name"]]
    country = float(results.national[results.measure].iloc[0])
    sentences = [
        _sentence(group, names.loc[group["main_code"]], country, results.measure, t) for _, group in groups.iterrows()
    ]
    return groups.assign(sentence=pd.Series(sentences, groups.index, dtype=object))


def caution(results: Results, t: Translator) -> list[str]:
    """What the test says and what it does not, in sentences."""
    said = [
        t("Each area and its neighbours were compared with 9,999 maps on which the values of all other areas were shuffled."),
        t("About 5% of the areas named here would be named by chance alone. The test does not say why they lie together."),
    ]  # fmt: skip
    by_model = {
        "risk_model": t(
            "The risk comes from one model for the whole country, which makes neighbours with like populations alike by construction: a cluster here is first of all a cluster of what the model uses."
        ),
        "vulnerability_index": t(
            "The index is made from indicators that change little from one area to the next: a cluster here is first of all a cluster of those indicators."
        ),
    }
    if (told := by_model.get(str(results.manifest["method"]))) is not None:
        said.append(told)
    return said


def none_found(results: Results, t: Translator) -> str:
    """Why there is no group, or "" where there is one."""
    if results.clusters.empty:
        return t("Clusters were not looked for: that needs boundaries and at least 20 areas with an estimate.")
    if results.clusters["cluster"].isna().all():
        return t("No group of areas stands out more than chance would allow.")
    return ""


def _sentence(group: pd.Series, main: pd.Series, country: float, measure: str, t: Translator) -> str:
    name, parent = str(main["area_name"]), main["parent_name"]
    place = name if pd.isna(parent) else t("{area} ({parent})", area=name, parent=parent)
    risk = measure == "area_risk"
    values = {
        "place": place,
        "mean": t.percent(group["mean"]) if risk else t.number(group["mean"], 1),
        "country": t.percent(country) if risk else t.number(country, 1),
    }
    count = int(group["areas"])
    if group["kind"] == "high-high" and risk:
        said = t.plural(
            "{count} area, {place}, with high risk among neighbours with high risk: {mean}, against {country} in the country.",
            "A group of {count} neighbouring areas around {place} with high risk: {mean} on average, against {country} in the country.",
            count, **values,
        )  # fmt: skip
    elif group["kind"] == "high-high":
        said = t.plural(
            "{count} area, {place}, with a high index among neighbours with a high index: {mean}, against {country} in the country.",
            "A group of {count} neighbouring areas around {place} with a high index: {mean} on average, against {country} in the country.",
            count, **values,
        )  # fmt: skip
    elif risk:
        said = t.plural(
            "{count} area, {place}, with low risk among neighbours with low risk: {mean}, against {country} in the country.",
            "A group of {count} neighbouring areas around {place} with low risk: {mean} on average, against {country} in the country.",
            count, **values,
        )  # fmt: skip
    else:
        said = t.plural(
            "{count} area, {place}, with a low index among neighbours with a low index: {mean}, against {country} in the country.",
            "A group of {count} neighbouring areas around {place} with a low index: {mean} on average, against {country} in the country.",
            count, **values,
        )  # fmt: skip
    told = [said, _reach(group["parents"], t)]
    if pd.notna(group["expected_count"]):
        told.append(t("Expected number of children: {number}.", number=t.number(group["expected_count"])))
    return " ".join(part for part in told if part)


def _reach(parents: tuple[str, ...], t: Translator) -> str:
    """Over which parent units a group reaches, most of its areas first; nothing where it is one."""
    if len(parents) < 2:
        return ""
    named = ", ".join(parents[:MOST_PARENTS])
    if len(parents) <= MOST_PARENTS:
        return t("It reaches over {parents}.", parents=named)
    return t.plural(
        "It reaches over {parents} and {count} more parent unit.",
        "It reaches over {parents} and {count} more parent units.",
        len(parents) - MOST_PARENTS, parents=named,
    )  # fmt: skip
