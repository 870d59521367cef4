"""Everything the slides of a workshop say, as plain data: about ten, one question each.

What a route cannot know has no slide. Each slide has notes for the person who speaks; they end with the caution.
"""

from __future__ import annotations

from typing import Any

from riskmodel.declaration import in_short
from riskmodel.i18n import Translator
from riskmodel.outputs import agreement_words
from riskmodel.outputs.map_key import map_key
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.report.front import firm, headline, how_many, levels_table, use_sentences
from riskmodel.outputs.report.measured import source_rows
from riskmodel.outputs.report.trust import typical_width
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.outputs.words import category_name, present
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_groups import group_label

TOP, MOST_BARS = 10, 12
Slide = dict[str, Any]


def slides_content(results: Results, t: Translator, with_map: bool = False) -> list[Slide]:
    """The slides in order.

    Each has title, lines (sentences), table (columns, rows, left), chart (names, values, unit), picture (alternative
    text of the map), logo (a record of `inputs.office`) and notes; what a slide does not have is empty.
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
    return [
        {"lines": [], "table": None, "chart": None, "picture": "", "logo": None}
        | s
        | {"notes": f"{s['notes']} {caution(t)}".strip()}
        for s in made
        if s is not None
    ]


def _first(results: Results, study: Study, t: Translator) -> Slide:
    years = sorted({int(year) for year in results.manifest.get("years", {}).values()})
    said = [study.study.country, t("Data of {years}", years=" · ".join(map(str, years))) if years else ""]
    if results.manifest["synthetic"]:
        said.append(t("Synthetic data: an invented country, for teaching. It describes no real place or person."))
    note = t("These slides are yours: change words, tables and charts as the meeting needs.")
    office = office_content(results)
    if office:
        said.append(" · ".join(filter(None, (office["name"], office["reach"]))))
        said.append(office["thanks"])
    logo = office["logo"] if office else None
    return {"title": study.study.name, "lines": [*filter(None, said), caution(t)], "notes": note, "logo": logo}


def _country(results: Results, study: Study, t: Translator) -> Slide:
    found = levels_table(results, t)
    table = {"columns": found["columns"], "rows": found["rows"], "left": 1} if found else None
    note = t("Read the sentence aloud, then the levels from the highest to the lowest.")
    lines = [headline(results, study, t), how_many(results, study, t)]
    return {"title": t("What was found?"), "lines": lines, "table": table, "notes": note}


def _map(results: Results, t: Translator) -> Slide:
    note = t("Ask the room: does the map agree with what you know? Where not, write it down.")
    alt = t("Map: the level of every territory. The slide before says the same in numbers.")
    return {"title": t("Where?"), "picture": alt, "notes": note}


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
        value = t.number(area["index"], 1) if index else t.percent(area["area_risk"])
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
