"""Everything the sheet of a parent unit prints, in the reader's language, as plain data for the template.

Figures of the unit are weighted by children; what its territories have in common is told with how many of them have it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from riskmodel.areas.means import weighted_mean
from riskmodel.colours import level_colours
from riskmodel.i18n import Translator
from riskmodel.outputs import words
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.sheet_chart import interval_chart, level_steps
from riskmodel.outputs.sheet_content import area_notices, header, headline, levels_title, people_fact
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.outputs.sheet_tables import SMALLEST, factor_lists, upper_row
from riskmodel.outputs.words import present
from riskmodel.problems import InputProblems, Problem
from riskmodel.results import Results
from riskmodel.study import Study

TEMPLATE = "unit"
SMALLEST_SHARE = 0.0005  # would print as 0.0 %


def unit_content(results: Results, parent_code: str, t: Translator, photocopy: bool = False) -> dict[str, Any]:
    """Content of the sheet of one parent unit; levels in greys for a photocopier.

    Returns
    -------
    dict
        JSON-ready. Keys as `sheet_content` gives, without groups and profile, and `list`: its territories by level, the
        highest first.

    Raises
    ------
    InputProblems
        `parent_unknown`: no parent unit has this code.
    """
    row = upper_row(results.parents, parent_code)
    if row is None:
        raise InputProblems([Problem("parent_unknown", values={"parent_code": parent_code})])
    study = Study.model_validate(results.manifest["study"])
    inside = results.areas[results.areas["parent_code"] == parent_code]
    unit = row.reindex([*results.areas.columns]).copy()
    unit["parent_code"] = unit["parent_name"] = unit["notes"] = pd.NA
    unit["unscored_share"] = weighted_mean(inside["unscored_share"], inside["children"])
    national = results.national.iloc[0] if len(results.national) else None
    country = None if national is None else present(national[results.measure])
    value = present(unit[results.measure])
    gap = None if value is None or country is None else value - country
    head = header(results, study, unit, t) | {
        "kind": " · ".join(
            (t("Territorial fact sheet"), t.plural("{count} territory", "{count} territories", len(inside)))
        )
    }
    return {
        "template": TEMPLATE,
        "lang": t.language,
        "title": t("Fact sheet: {place}. {study}", place=head["place"], study=study.study.name),
        "header": head,
        "office": office_content(results, t, photocopy),
        "notices": area_notices(results, unit, t),
        **headline(results, study, unit, country, t),
        "chart": interval_chart(results, unit, country, t),
        "levels": {"title": levels_title(results, t), "steps": _steps(results, unit, inside, t, photocopy)},
        "facts": [*_place(results, unit, t), *people_fact(study, unit, t), *_highest(results, inside, t)],
        "factors": common_factors(results, study, inside, gap, t("What sets this unit apart"), t),
        "list": _list(results, inside, t, photocopy),
        "caution": caution(t),
        "notes": notes(results, study, [], t),
        "imprint": imprint(results, t),
        "map_alt": t("Map: where {place} lies, and its territories by level.", place=head["place"]),
        "page": t("Page {page} of {pages}", page="{page}", pages="{pages}"),
    }


def _steps(
    results: Results, unit: pd.Series, inside: pd.DataFrame, t: Translator, photocopy: bool
) -> list[dict[str, Any]]:
    """The levels, each with how many of the unit's territories it holds."""
    counts = inside["level"].value_counts()
    steps = level_steps(results, unit, t, photocopy)
    return [step | {"count": t.number(int(counts.get(level, 0)))} for level, step in enumerate(steps, start=1)]


def _place(results: Results, unit: pd.Series, t: Translator) -> list[dict[str, str]]:
    """Place among the parent units; unlike that of an area it was not simulated, and says so."""
    ranks = results.parents.set_index("area_code")[results.measure].rank(ascending=False, method="min")
    rank = present(ranks.get(unit["area_code"]))
    if rank is None or len(ranks) < 2:
        return []
    best = t("1 is the most vulnerable.") if results.measure == "index" else t("1 is the highest risk.")
    return [
        {
            "label": t("Place among units of its kind"),
            "big": t("{rank} of {count}", rank=t.number(rank), count=t.number(int(ranks.notna().sum()))),
            "text": " ".join((best, t("How far the place may move was not computed."))),
        }
    ]


def _highest(results: Results, inside: pd.DataFrame, t: Translator) -> list[dict[str, str]]:
    """How many territories stand in the country's highest level, and what share of the children lives there."""
    k = int(results.manifest["k"])
    top = inside["level"].eq(k).fillna(False).to_numpy(dtype=bool)
    if k < 2 or not inside["level"].notna().any():
        return []
    children = inside["children"].sum()
    share = float(inside.loc[top, "children"].sum() / children) if children > 0 and top.any() else None
    big = t("{rank} of {count}", rank=t.number(int(top.sum())), count=t.number(len(inside)))
    text = (
        ""
        if share is None or share < SMALLEST_SHARE
        else t("{share} of the children of this unit live there.", share=t.percent(share))
    )
    return [{"label": t("In the level “{level}”", level=words.level_names(k, t)[-1]), "big": big, "text": text}]


def common_factors(
    results: Results, study: Study, inside: pd.DataFrame, gap: float | None, title: str, t: Translator
) -> dict[str, Any] | None:
    """What sets some territories apart: their contributions, weighted by children, and how many share each."""
    table = results.contributions
    if gap is None or table.empty or "area_code" not in table:
        return None
    mine = table[table["area_code"].isin(inside["area_code"]) & table["contribution"].notna()]
    if mine.empty:
        return None
    if results.measure == "area_risk":  # as the unit's own risk: over territories whose children are known
        mine = mine[mine["area_code"].isin(inside.loc[inside["children"].gt(0), "area_code"])]
    children = inside.set_index("area_code")["children"]
    least = SMALLEST[results.measure]
    rows, where = [], {}
    for name, part in mine.groupby("determinant", sort=False):
        mean = weighted_mean(part["contribution"], part["area_code"].map(children))
        same = part["contribution"] >= least if mean > 0 else part["contribution"] <= -least
        rows.append({"determinant": name, "contribution": mean})
        where[str(name)] = t(
            "in {count} of {all} territories", count=t.number(int(same.sum())), all=t.number(len(inside))
        )
    return factor_lists(pd.DataFrame(rows), results, study, gap, title, t, where)


def _list(results: Results, inside: pd.DataFrame, t: Translator, photocopy: bool) -> dict[str, Any]:
    """Territories by level, highest first, each with its value and interval; those without an estimate at the end."""
    index = results.measure == "index"
    scale = 1.0 if index else 100.0
    ordered = inside.sort_values([results.measure, "area_name"], ascending=[False, True], kind="stable")
    with_interval = not index and bool(ordered["ci_lower"].notna().any())
    steps = level_steps(results, pd.Series({"level": None}), t, photocopy)
    colours = level_colours(len(steps), results.measure, photocopy)
    blocks = []
    for level in range(len(steps), 0, -1):
        part = ordered[ordered["level"].eq(level).fillna(False).to_numpy(dtype=bool)]
        if part.empty:
            continue
        blocks.append(
            {
                "title": steps[level - 1]["name"],
                "range": steps[level - 1]["range"] + ("" if index else " %"),
                "count": t.plural("{count} territory", "{count} territories", len(part)),
                "colour": colours[level - 1],
                "rows": [_listed(row, results.measure, scale, with_interval, t) for _, row in part.iterrows()],
            }
        )
    unknown = ordered[ordered[results.measure].isna()]
    note = [
        t("From the highest down, line by line: the value, then its 95% interval.")
        if with_interval
        else t("From the highest down, line by line.")
    ]
    if _beyond(results, ordered, scale):
        note.append(t("Levels are set before rounding: a value may print one tenth outside the range of its level."))
    return {
        "title": t("Its territories by level"),
        "note": " ".join(note),
        "columns": [t("Territory"), t("Index") if index else t("Risk, %"), *([t("Interval")] if with_interval else [])],
        "blocks": blocks,
        "unknown_title": t("No data"),
        "unknown": [str(name) for name in unknown["area_name"]],
    }  # fmt: skip


def _beyond(results: Results, inside: pd.DataFrame, scale: float) -> bool:
    """Whether a value, rounded, prints outside the range of its level."""
    printed = (inside[results.measure].astype(float) * scale).round(1)
    for entry in results.manifest["levels"]:
        mine = printed[inside["level"].eq(entry["level"]).fillna(False).to_numpy(dtype=bool)]
        if not mine.between(entry["printed_lower"], entry["printed_upper"]).all():
            return True
    return False


def _listed(row: pd.Series, measure: str, scale: float, with_interval: bool, t: Translator) -> list[str]:
    cells = [str(row["area_name"]), t.number(row[measure] * scale, 1)]
    if with_interval:
        lower, upper = present(row["ci_lower"]), present(row["ci_upper"])
        known = lower is not None and upper is not None
        cells.append(f"{t.number(lower * scale, 1)}–{t.number(upper * scale, 1)}" if known else "")  # type: ignore[operator]
    return cells
