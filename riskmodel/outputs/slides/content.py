"""Everything the slides of a workshop say, as plain data: about ten, one question each.

What a route cannot know has no slide. Each slide has notes for the person who speaks; they end with the caution.
"""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from riskmodel.colours import level_colours
from riskmodel.declaration import in_short
from riskmodel.i18n import Translator
from riskmodel.outputs import agreement_words
from riskmodel.outputs.map_key import map_key, measure_unit
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.report.front import firm, headline, how_many, levels_table, use_sentences
from riskmodel.outputs.report.measured import source_rows
from riskmodel.outputs.report.trust import typical_width
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.outputs.words import category_name, present
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_groups import group_label, in_order

TOP, MOST_BARS = 10, 12
Slide = dict[str, Any]


def slides_content(results: Results, t: Translator, with_map: bool = False) -> list[Slide]:
    """The slides in order.

    Each has title, lines (sentences), figures (big, label), table (columns, rows, left, colours of the rows), chart (names,
    values, unit), picture (alternative text of the map), logo (a record of `inputs.office`), foot and notes; what a slide does not have is empty.
    """
    study = Study.model_validate(results.manifest["study"])
    made = [
        _first(results, study, t),
        _country(results, study, t),
        _map(results, t) if with_map else None,
        _top(results, study, t),
        _factors(results, study, t),
        _groups(results, study, t),
        _sure(results, study, t),
        _checked(results, t),
        _decisions(t),
        _reading(results, study, t),
        _sources(results, study, t),
    ]
    empty: Slide = {
        "lines": [],
        "figures": [],
        "table": None,
        "chart": None,
        "picture": "",
        "logo": None,
        "foot": _foot(results, study, t),
    }
    return [empty | s | {"notes": f"{s['notes']} {caution(t)}".strip()} for s in made if s is not None]


def _foot(results: Results, study: Study, t: Translator) -> str:
    """What stands at the foot of every slide, so that none travels without it."""
    parts = [study.study.name]
    if results.manifest["synthetic"]:
        parts.append(t("Synthetic data"))
    parts.append(t("An estimate about a territory, not about a person or family."))
    return " · ".join(parts)


def _first(results: Results, study: Study, t: Translator) -> Slide:
    years = sorted({int(year) for year in results.manifest.get("years", {}).values()})
    said = [study.study.country, t("Data of {years}", years=" · ".join(map(str, years))) if years else ""]
    if results.manifest["synthetic"]:
        said.append(t("Synthetic data: an invented country, for teaching. It describes no real place or person."))
    note = t("These slides are yours: change words, tables and charts as the meeting needs.")
    office = office_content(results, t)
    if office:
        said.append(" · ".join(filter(None, (office["name"], office["reach"]))))
        said.append(office["thanks"])
    logo = office["logo"] | {"alt": office["alt"]} if office and office["logo"] else None
    return {"title": study.study.name, "lines": [*filter(None, said), caution(t)], "notes": note, "logo": logo}


def _country(results: Results, study: Study, t: Translator) -> Slide:
    note = t("Read the sentence aloud, then the levels from the highest to the lowest.")
    return {
        "title": t("What was found?"),
        "lines": [headline(results, study, t)],
        "figures": _figures(results, study, t),
        "table": _levels(results, t),
        "notes": f"{how_many(results, study, t)} {note}",
    }


def _figures(results: Results, study: Study, t: Translator) -> list[dict[str, str]]:
    """Risk of the country, expected number, territories: big, with what each is."""
    areas = int(results.areas[results.measure].notna().sum())
    found = [{"big": t.number(areas), "label": t("territories with an estimate")}]
    if results.measure == "index" or results.national.empty:
        return found
    country = results.national.iloc[0]
    risk, count = present(country["area_risk"]), present(country.get("expected_count"))
    if count is not None and count >= study.privacy.min_count:
        ends = present(country.get("expected_count_lower")), present(country.get("expected_count_upper"))
        label = (
            t("expected in child labour, between {lower} and {upper}", lower=t.number(ends[0]), upper=t.number(ends[1]))
            if None not in ends
            else t("expected in child labour")
        )
        found.insert(0, {"big": t.number(count), "label": label})
    if risk is not None:
        limits = present(country.get("ci_lower")), present(country.get("ci_upper"))
        label = (
            t(
                "of the children; 95% interval {lower} to {upper}",
                lower=t.percent(limits[0]),
                upper=t.percent(limits[1]),
            )
            if None not in limits
            else t("of the children")
        )
        found.insert(0, {"big": t.percent(risk), "label": label})
    return found


def _levels(results: Results, t: Translator) -> dict[str, Any] | None:
    """Every level from the highest, with its colour."""
    found = levels_table(results, t)
    if found is None:
        return None
    colours = level_colours(int(results.manifest["k"]), results.measure)
    entries = sorted(results.manifest["levels"], key=lambda entry: -int(entry["level"]))
    painted = [colours[int(entry["level"]) - 1] for entry in entries]
    return {"columns": found["columns"], "rows": found["rows"], "left": 1, "colours": painted}


def _map(results: Results, t: Translator) -> Slide:
    note = t("Ask the room: does the map agree with what you know? Where not, write it down.")
    alt = t("Map: the level of every territory. The slide before says the same in numbers.")
    key = _levels(results, t)
    if key is not None:  # beside the map only what its colours mean
        unit = measure_unit(results, t)
        columns = [t("Level"), unit[:1].upper() + unit[1:], t("Territories")]
        key = key | {"columns": columns, "rows": [row[:3] for row in key["rows"]]}
    return {"title": t("Where?"), "picture": alt, "table": key, "notes": note}


def _top(results: Results, study: Study, t: Translator) -> Slide:
    """The first territories of the priority list, else of the ranking."""
    areas = results.areas.set_index("area_code")
    listed = (
        results.priorities.dropna(subset=["rank"]) if len(results.priorities) else results.areas.dropna(subset=["rank"])
    )
    codes = listed.sort_values(["rank", "area_code"])["area_code"].head(TOP)
    index = results.measure == "index"
    counted = areas["expected_count"].notna().any()
    parents = areas["parent_name"].notna().any()
    columns = [t("Place"), t("Territory"), *([t("Part of")] if parents else []), t("Index") if index else t("Risk")]
    rows = []
    for place, code in enumerate(codes, 1):
        area = areas.loc[code]
        value = t.number(area["index"], 1) if index else _with_interval(area, t)
        parent = "" if present_text(area["parent_name"]) is None else str(area["parent_name"])
        row = [t.number(place), str(area["area_name"]), *([parent] if parents else []), value]
        rows.append([*row, t.number(present(area["expected_count"]))] if counted else row)
    note = t(
        "The order is a proposal: it depends on criteria and weights, and neighbours on the list may change places."
    )
    title = t("Where first? The list as it stands")
    table = {
        "columns": [*columns, t("Expected number")] if counted else columns,
        "rows": rows,
        "left": 3 if parents else 2,
    }
    return {"title": title, "table": table, "notes": note}


def _with_interval(area: Any, t: Translator) -> str:
    """A risk, and between which ends it lies where that is known."""
    lower, upper = present(area["ci_lower"]), present(area["ci_upper"])
    if lower is None or upper is None:
        return t.percent(area["area_risk"])
    return t(
        "{risk} ({lower} to {upper})",
        risk=t.percent(area["area_risk"]), lower=t.number(100 * lower, 1), upper=t.number(100 * upper, 1),
    )  # fmt: skip


def present_text(value: object) -> str | None:
    """A text, or None when missing."""
    return value if isinstance(value, str) and value else None


def _factors(results: Results, study: Study, t: Translator) -> Slide | None:
    """In how many territories each factor raises the risk (or the index) most."""
    if results.contributions.empty:
        return None
    rows = [row for row in map_key(study, results, "main_factor", t).rows if row.position and row.areas]
    chart = {
        "names": [r.label for r in rows],
        "values": [float(r.areas) for r in rows],
        "unit": t("Number of territories"),
        "decimals": 0,
    }
    note = t("A factor is what goes with the risk, not what is proven to cause it. Ask which of them a service here can reach.")  # fmt: skip
    return {"title": t("What raises each area most above the country"), "chart": chart, "notes": note}


def _groups(results: Results, study: Study, t: Translator) -> Slide | None:
    """Risk of groups of children in the country."""
    if results.groups.empty or "area_code" not in results.groups:
        return None
    rows = results.groups[(results.groups["area_code"] == "") & results.groups["area_risk"].notna()]
    rows = rows[(rows["category"] != "") & ~rows["category"].astype(str).str.contains(" × ", regex=False)].head(
        MOST_BARS
    )
    if rows.empty:
        return None
    rows = rows.loc[_in_order(study, rows)]
    names = [
        f"{group_label(study, group)}: {category_name(category, t)}"
        for group, category in zip(rows["group"], rows["category"], strict=True)
    ]
    chart = {
        "names": names,
        "values": [round(100 * float(v), 1) for v in rows["area_risk"]],
        "unit": t("Risk, % of children"),
        "decimals": 1,
    }
    note = t("These are averages of the country. A group with a lower risk may hold more children.")
    return {"title": t("Who? Groups of children in the country"), "chart": chart, "notes": note}


def _in_order(study: Study, rows: pd.DataFrame) -> list[Any]:
    """Labels of the rows: groups as they come, in each the categories as declared, then by their numbers."""
    found: list[Any] = []
    for group, held in rows.groupby("group", sort=False)["category"]:
        label_of = {str(category): label for label, category in held.items()}
        found += [label_of[c] for c in in_order(study, str(group), sorted(label_of, key=_by_number))]
    return found


def _by_number(category: str) -> tuple[float, str]:
    """ "5 to 11" before "12 to 14"; words by the alphabet, after numbers."""
    first = re.match(r"\d+", category)
    return (float(first[0]) if first else math.inf, category)


def _sure(results: Results, study: Study, t: Translator) -> Slide:
    said = {note["label"]: note["text"] for note in notes(results, study, [], t)}
    lines = [said.get(t("Interval"), ""), typical_width(results, t), firm(results, t)]
    return {
        "title": t("How sure is this?"),
        "lines": [line for line in lines if line] or [t("The source gives no error, so no interval can be shown.")],
        "notes": t("A number without its interval misleads. Say “between … and …”."),
    }


def _checked(results: Results, t: Translator) -> Slide | None:
    """Against a measured rate, where there is one."""
    if not results.agreement:
        return None
    lines = [agreement_words.plain(s) for s in agreement_words.said(results.agreement, t)]
    return {
        "title": t("Against a measured rate"),
        "lines": lines,
        "notes": agreement_words.compared_sentence(results.agreement, t) + " " + agreement_words.caution_sentence(t),
    }


def _decisions(t: Translator) -> Slide:
    asked = (
        t("Which territories come first?"), t("What will be done about their main factor?"),
        t("Who brings the services together?"), t("When do we look again?"),
    )  # fmt: skip
    table = {
        "columns": [t("To decide"), t("Decision"), t("Who"), t("By when")],
        "rows": [[question, "", "", ""] for question in asked],
        "left": 4,
    }
    note = t("Fill in the table with the room. What is not decided keeps its row, with a day to take it up again.")
    return {"title": t("What do we decide today?"), "table": table, "notes": note}


def _reading(results: Results, study: Study, t: Translator) -> Slide:
    said = {note["label"]: note["text"] for note in notes(results, study, [], t)}
    lines = [said.get(t("Method"), ""), said.get(t("Levels"), ""), *use_sentences(t)]
    note = t("Come back to this slide whenever a number is taken for a fact about a person.")
    return {"title": t("How to read these figures"), "lines": [line for line in lines if line], "notes": note}


def _sources(results: Results, study: Study, t: Translator) -> Slide:
    table = {"columns": [t("What"), t("Source"), t("Year")], "rows": source_rows(results, study, t), "left": 3}
    lines = [in_short(study, t)]
    return {"title": t("Definition and sources"), "lines": lines, "table": table, "notes": imprint(results, t)}
