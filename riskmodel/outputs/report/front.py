"""The first page of the report, for everyone: what was found, where, how sure it is, and what it is not for."""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.outputs.map_key import measure_title, measure_unit
from riskmodel.outputs.report.blocks import Block, lead, picture, points, section, table, text
from riskmodel.outputs.words import STABLE, level_names, people, present, risk_sentence
from riskmodel.results import Results
from riskmodel.study import Study


def front_section(results: Results, study: Study, t: Translator, with_map: str) -> Block | None:
    """Headline, levels as a table, map, certainty and use. with_map : name of the picture, "" for none."""
    where = measure_title(study, results, t)
    return section(
        t("For everyone: the study on one page"),
        [
            lead(headline(results, study, t)),
            text(how_many(results, study, t)),
            levels_table(results, t),
            picture(with_map, t("Map: the level of every territory. The table above says the same in numbers."), where)
            if with_map
            else None,
            points([firm(results, t), *use_sentences(t)]),
        ],
    )


def headline(results: Results, study: Study, t: Translator) -> str:
    if results.measure == "index":
        return t(
            "The index puts {count} territories in order by conditions that go with child labour. It is not a share of children.",
            count=t.number(int(results.areas["index"].notna().sum())),
        )
    country = results.national.iloc[0] if len(results.national) else None
    risk = None if country is None else present(country["area_risk"])
    if country is None or risk is None:
        return t("There is no estimate for the country as a whole.")
    limits = present(country.get("ci_lower")), present(country.get("ci_upper"))
    return risk_sentence(risk, *limits, people(study.outcome.age, t), t)


def how_many(results: Results, study: Study, t: Translator) -> str:
    """Expected number in the country and how many territories stand behind it."""
    areas = int(results.areas[results.measure].notna().sum())
    without = len(results.areas) - areas
    told = [t.plural("{count} territory has an estimate.", "{count} territories have an estimate.", areas)]
    if without:
        told.append(t.plural("{count} has none.", "{count} have none.", without))
    count = present(results.national.iloc[0].get("expected_count")) if len(results.national) else None
    if count is not None and count >= study.privacy.min_count:
        told.insert(0, t("The expected number in the country is about {count}.", count=t.number(count)))
    return " ".join(told)


def levels_table(results: Results, t: Translator) -> Block | None:
    """Every level from the highest: range, territories, share of the children."""
    names = level_names(int(results.manifest["k"]), t)
    entries = sorted(results.manifest["levels"], key=lambda entry: -int(entry["level"]))
    known = [entry["children"] for entry in entries if present(entry.get("children")) is not None]
    children = sum(known) if len(known) == len(entries) else 0
    unit = measure_unit(results, t)
    columns = [t("Level"), t("From – to ({unit})", unit=unit), t("Territories")]
    rows = []
    for entry in entries:
        span = f"{t.number(entry['printed_lower'], 1)} – {t.number(entry['printed_upper'], 1)}"
        row = [names[int(entry["level"]) - 1], span, t.number(entry["areas"])]
        rows.append([*row, t.percent(entry["children"] / children)] if children else row)
    return table(t("Levels"), [*columns, t("Share of the children")] if children else columns, rows)


def firm(results: Results, t: Translator) -> str:
    """For how many territories the level is firm."""
    known = results.areas["level_probability"].dropna()
    if known.empty:
        return ""
    firm = int((known.astype(float) >= STABLE).sum())
    values = {"firm": t.number(firm), "all": t.number(len(known)), "share": t.percent(STABLE, 0)}
    if results.measure == "index":
        return t("{firm} of {all} territories keep their level in at least {share} of the indices built with other choices.", **values)  # fmt: skip
    return t("{firm} of {all} territories keep their level in at least {share} of the simulations.", **values)


def use_sentences(t: Translator) -> list[str]:
    """What the results are for, and what not."""
    return [
        t("Use it to decide where to look first, together with those who know the territories."),
        t("Do not use it to judge a child, a family or a community, nor to cut support from a territory at a low level."),
        t("Conditions are associated with child labour. Nothing here shows a cause."),
    ]  # fmt: skip
