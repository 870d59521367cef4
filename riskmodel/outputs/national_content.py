"""Everything the sheet of the country prints, in the reader's language, as plain data for the template.

The country's figures are those of the run, weighted by children; a high rate and a high number are told apart, since a
large city can hold more children in child labour than a small place with a high rate.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from riskmodel.areas.means import weighted_mean
from riskmodel.i18n import Translator
from riskmodel.outputs import words
from riskmodel.outputs.national_tables import TOP, levels_table, tops, units
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.sheet_chart import interval_chart, level_steps
from riskmodel.outputs.sheet_content import area_notices, headline, levels_title, people_fact
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.outputs.sheet_ready import ready
from riskmodel.outputs.sheet_tables import groups
from riskmodel.outputs.unit_content import common_factors
from riskmodel.outputs.words import present
from riskmodel.results import Results
from riskmodel.study import Study

TEMPLATE = "national"
HALF = 0.5


def national_content(results: Results, t: Translator, photocopy: bool = False) -> dict[str, Any]:
    """Content of the sheet of the country; levels in greys for a photocopier.

    Returns
    -------
    dict
        JSON-ready. Keys as `unit_content` gives, with `table` (levels), `units` (parent units with intervals), `tops`
        (highest rate, highest number) and `groups`. What a route has not is None or empty.
    """
    own = ready(results)
    study, areas = own.study, results.areas
    country = results.national.iloc[0].reindex([*areas.columns]).copy()
    country["parent_code"] = country["parent_name"] = country["notes"] = pd.NA
    country["unscored_share"] = weighted_mean(areas["unscored_share"], areas["children"])
    country["area_name"] = study.study.country or study.study.name
    steps = level_steps(results, country, t, photocopy)
    return {
        "template": TEMPLATE,
        "lang": t.language,
        "title": t("Fact sheet: {place}. {study}", place=country["area_name"], study=study.study.name),
        "header": _header(results, study, country, t),
        "office": office_content(results, t, photocopy),
        "notices": area_notices(results, country, t),
        **headline(results, study, country, None, t),
        "chart": interval_chart(results, country, None, t),
        "levels": {"title": levels_title(results, t), "steps": _counted(results, steps, t)},
        "facts": [*people_fact(study, country, t), *_half(results, t), *_known(results, t)],
        "table": levels_table(results, steps, t, photocopy),
        "units": units(results, country, t),
        "tops": tops(results, t),
        "factors": _factors(results, study, t),
        "groups": groups(results, own, "", t),
        "caution": caution(t),
        "notes": notes(results, study, [], t),
        "imprint": imprint(results, t),
        "map_alt": t("Map: the territories of {place} by level. The table of levels says the same in numbers.", place=country["area_name"]),
        "page": t("Page {page} of {pages}", page="{page}", pages="{pages}"),
    }  # fmt: skip


def _header(results: Results, study: Study, country: pd.Series, t: Translator) -> dict[str, str]:
    years = sorted({int(year) for year in results.manifest.get("years", {}).values()})
    years = years or sorted({i.year for i in study.indicator if i.year})
    known = len(results.areas)
    units = len(results.parents)
    within = [t.plural("{count} territory", "{count} territories", known)]
    if units:
        within.append(t.plural("{count} parent unit", "{count} parent units", units))
    return {
        "kind": t("Fact sheet of the country"),
        "place": str(country["area_name"]),
        "within": " · ".join(within),
        "study": study.study.name if study.study.country else "",
        "outcome": study.outcome.name if study.outcome.name != study.study.name else "",
        "years": t("Data of {years}", years=" · ".join(map(str, years))) if years else "",
        "code": "",
    }


def _counted(results: Results, steps: list[dict[str, Any]], t: Translator) -> list[dict[str, Any]]:
    counts = results.areas["level"].value_counts()
    return [step | {"count": t.number(int(counts.get(level, 0)))} for level, step in enumerate(steps, start=1)]


def _half(results: Results, t: Translator) -> list[dict[str, str]]:
    """In how few territories half of the expected number lives."""
    counts = results.areas["expected_count"].dropna().astype(float).sort_values(ascending=False)
    if len(counts) < TOP or counts.sum() <= 0:
        return []
    needed = int((counts.cumsum() < HALF * counts.sum()).sum()) + 1
    return [
        {
            "label": t("Half of the expected number"),
            "big": t.plural("{count} territory", "{count} territories", needed),
            "text": t(
                "Half of the expected number lives in these; the other half in the remaining {rest}.",
                rest=t.number(len(results.areas) - needed),
            ),
        }
    ]


def _known(results: Results, t: Translator) -> list[dict[str, str]]:
    """How many territories have an estimate."""
    values = results.areas[results.measure]
    known, all_of_them = int(values.notna().sum()), len(values)
    index = results.measure == "index"
    low, high = float(values.min()), float(values.max())
    shown = (t.number(low, 1), t.number(high, 1)) if index else (t.percent(low), t.percent(high))
    said = [t("From {lower} to {upper}.", lower=shown[0], upper=shown[1])]
    if known < all_of_them:
        said.append(t("No data does not mean low risk."))
    return [
        {
            "label": t("Territories with an index") if index else t("Territories with an estimate"),
            "big": t("{rank} of {count}", rank=t.number(known), count=t.number(all_of_them)),
            "text": " ".join(said),
        }
    ]


def _factors(results: Results, study: Study, t: Translator) -> dict[str, Any] | None:
    """What the territories of the highest level have in common, against the country."""
    k = int(results.manifest["k"])
    top = results.areas[results.areas["level"].eq(k).fillna(False).to_numpy(dtype=bool)]
    country = present(results.national.iloc[0][results.measure])
    if k < 2 or top.empty or country is None:
        return None
    gap = weighted_mean(top[results.measure], top["children"]) - country
    level = words.level_names(k, t)[-1]
    title = t("What the territories of the level “{level}” have in common", level=level)
    return common_factors(results, study, top, gap, title, t)
