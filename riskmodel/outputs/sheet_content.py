"""Everything a fact sheet prints, in the reader's language, as plain data for the template.

What is not available is None or empty, and the template leaves it out; it is never zero.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.outputs import words
from riskmodel.outputs.factor_words import few_words, wide_words
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.sheet_chart import interval_chart, level_steps
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.outputs.sheet_ready import Ready, ready
from riskmodel.outputs.sheet_tables import factors, groups, profile, upper_row
from riskmodel.outputs.words import present
from riskmodel.problems import InputProblems, Problem
from riskmodel.results import Results
from riskmodel.study import Study

FLAG_UNSCORED = 0.20


def sheet_content(
    results: Results, area_code: str, t: Translator, photocopy: bool = False, shared: Ready | None = None
) -> dict[str, Any]:
    """Content of the sheet of one area; levels in greys for a photocopier. `shared`: `ready(results)`, for many sheets.

    Returns
    -------
    dict
        JSON-ready. Keys: title, lang, header, notices, headline, subline, number, chart, levels, facts, factors,
        groups, profile, caution, notes, imprint, map_alt. Tables and chart are None where there is nothing to show.

    Raises
    ------
    InputProblems
        `area_unknown`: no area has this code.
    """
    own = shared or ready(results)
    if area_code not in own.areas:
        raise InputProblems([Problem("area_unknown", values={"area_code": area_code})])
    area = own.areas[area_code]
    study = own.study
    national = results.national.iloc[0] if len(results.national) else None
    country = None if national is None else present(national[results.measure])
    value = present(area[results.measure])
    gap = None if value is None or country is None else value - country
    parts = {
        "chart": interval_chart(results, area, country, t, own.scale),
        "factors": factors(results, own, area_code, gap, t),
        "groups": groups(results, own, area_code, t),
    }
    head = header(results, study, area, t, own)
    return parts | {
        "lang": t.language,
        "title": t("Fact sheet: {place}. {study}", place=head["place"], study=study.study.name),
        "header": head,
        "office": office_content(results, t, photocopy),
        "notices": area_notices(results, area, t),
        **headline(results, study, area, country, t),
        "levels": {"title": levels_title(results, t), "steps": level_steps(results, area, t, photocopy)},
        "facts": _facts(results, own, area, t),
        "profile": profile(results, own, area, t),
        "caution": caution(t),
        "notes": notes(results, study, _missing(area, parts, t) if value is not None else [], t),
        "imprint": imprint(results, t),
        "map_alt": t("Map: where {place} lies, and its level beside that of its neighbours.", place=head["place"]),
        "more": t("More rows are in the tables of the study."),
    }


def header(results: Results, study: Study, area: pd.Series, t: Translator, own: Ready | None = None) -> dict[str, str]:
    """Who and where, of what study and years."""
    parent = own.parents.get(area["parent_code"]) if own else upper_row(results.parents, area["parent_code"])
    names = [None if parent is None else parent["area_name"], study.study.country]
    if parent is None and not pd.isna(area["parent_name"]):
        names[0] = area["parent_name"]
    years = sorted({int(year) for year in results.manifest.get("years", {}).values()})
    years = years or sorted({i.year for i in study.indicator if i.year})
    return {
        "kind": " · ".join(filter(None, (t("Territorial fact sheet"), study.study.area_kind))),
        "place": place_name(area),
        "within": " · ".join(str(name) for name in names if name),
        "study": study.study.name,
        "outcome": study.outcome.name if study.outcome.name != study.study.name else "",
        "years": t("Data of {years}", years=" · ".join(map(str, years))) if years else "",
        "code": t("Code {code}", code=area["area_code"]),
    }


def place_name(area: pd.Series) -> str:
    """What a place is called; its code where its name has neither letters nor numbers."""
    name = str(area["area_name"])
    return name if any(c.isalnum() for c in name) else str(area["area_code"])


def area_notices(results: Results, area: pd.Series, t: Translator) -> list[str]:
    """What must be read before any number."""
    found = []
    if results.manifest["synthetic"]:
        found.append(t("Synthetic data: an invented country, for teaching. It describes no real place or person."))
    unscored = present(area["unscored_share"])
    if unscored is not None and unscored > FLAG_UNSCORED:
        found.append(
            t(
                "Read with care: {share} of the children here lack data the model needs and were left out.",
                share=t.percent(unscored, 0),
            )
        )
    few = few_words(present(area["children"]), t)
    if few:
        found.append(few)
    if "synthetic_only" in str(area["notes"]):
        found.append(t("No rate was measured here: it is estimated from the indicators of the territory."))
    if "outside_model" in str(area["notes"]):
        found.append(t("Read with care: an indicator of this territory lies far outside what the model saw."))
    return found


def headline(results: Results, study: Study, area: pd.Series, country: float | None, t: Translator) -> dict[str, Any]:
    """The big sentence, the one under it, and the number with its interval."""
    value = present(area[results.measure])
    if value is None:
        return {
            "headline": t("There is no estimate for this territory."),
            "subline": t("No data does not mean low risk: the sources do not allow an estimate here."),
            "number": None,
        }
    if results.measure == "index":
        return {
            "headline": words.index_sentence(value, t),
            "subline": words.index_compared(value, country, t),
            "number": {
                "big": t.number(value, 1),
                "label": t("Vulnerability index"),
                "interval": t("of 100; more is more vulnerable"),
            },
        }
    lower, upper = present(area["ci_lower"]), present(area["ci_upper"])
    who = words.people(study.outcome.age, t)
    return {
        "headline": words.risk_sentence(value, lower, upper, who, t),
        "subline": " ".join(
            filter(None, (words.risk_compared(value, lower, upper, country, t), wide_words(value, lower, upper, t)))
        ),
        "number": {
            "big": t.percent(value),
            "label": t("Risk of child labour"),
            "interval": "" if lower is None or upper is None else words.interval_words(lower, upper, t),
        },
    }


def levels_title(results: Results, t: Translator) -> str:
    return t("Levels, by index") if results.measure == "index" else t("Levels, by risk in %")


def _facts(results: Results, own: Ready, area: pd.Series, t: Translator) -> list[dict[str, str]]:
    """Level, place and number, each a word or figure with one sentence."""
    facts = []
    level, within = present(area["level"]), present(area["level_parent"])
    if level is not None:
        names = words.level_names(max(int(results.manifest["k"]), int(level)), t)
        said = [words.stability_words(present(area["level_probability"]), results.measure, t)]
        if within is not None:
            mine = words.level_names(own.levels_within[area["parent_code"]], t)
            said.insert(0, t("Within {parent}: {level}.", parent=area["parent_name"], level=mine[int(within) - 1]))
        facts.append(
            {"label": t("Level in the country"), "big": names[int(level) - 1], "text": " ".join(filter(None, said))}
        )
    rank = present(area["rank"])
    if rank is not None:
        facts.append(
            {
                "label": t("Place in the country"),
                "big": t(
                    "{rank} of {count}", rank=t.number(rank), count=t.number(int(results.areas["rank"].notna().sum()))
                ),
                "text": words.rank_words(present(area["rank_lower"]), present(area["rank_upper"]), results.measure, t),
            }
        )
    return [*facts, *people_fact(own.study, area, t)]


def people_fact(study: Study, area: pd.Series, t: Translator) -> list[dict[str, str]]:
    """The expected number; where it cannot be known, how many children live here."""
    risk, children, count = (present(area[c]) for c in ("area_risk", "children", "expected_count"))
    who = words.people(study.outcome.age, t)
    fewest = study.privacy.min_count
    small = (count is not None and count < fewest) or (
        count is None and risk is not None and children is not None and risk * children < fewest
    )
    if small:
        text = words.count_words(None, None, children, who, t)
        return [{"label": t("Expected number"), "big": t("Fewer than {count}", count=t.number(fewest)), "text": text}]
    if count is not None:
        between = present(area["expected_count_lower"]), present(area["expected_count_upper"])
        text = words.count_words(*between, children, who, t)
        return [{"label": t("Expected number"), "big": t.number(count), "text": text}]
    if children is not None:
        return [
            {
                "label": t("Population"),
                "big": t.number(children),
                "text": t("Number of {people} who live here.", people=who),
            }
        ]
    return []


def _missing(area: pd.Series, parts: dict[str, Any], t: Translator) -> list[str]:
    """What other studies have on this sheet and this one has not."""
    absent = []
    if present(area["area_risk"]) is None or present(area["ci_lower"]) is None:
        absent.append(t("interval"))
    if present(area["area_risk"]) is None or present(area["children"]) is None:
        absent.append(t("expected number"))
    if parts["factors"] is None:
        absent.append(t("factors"))
    if parts["groups"] is None:
        absent.append(t("groups"))
    return absent
