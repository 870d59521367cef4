"""Everything the second page of the municipal sheet prints: groups in full, priority, areas alike, the whole profile.

The first page is complete by itself; a page is drawn only where one of these has something to say.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.i18n.translator import MISSING
from riskmodel.outputs.factor_words import listed
from riskmodel.outputs.second_ready import SecondReady, second_ready
from riskmodel.outputs.sheet_content import place_name
from riskmodel.outputs.sheet_tables import (
    SMALLEST,
    decimals_of,
    groups_in_full,
    indicator_cells,
    label_of,
    with_unit,
)
from riskmodel.outputs.words import part_names, present
from riskmodel.problems import InputProblems, Problem
from riskmodel.results import Results
from riskmodel.study import Study

MOST_COMMON = 3
SCORE = "__score"
ON_FIRST_PAGE = 5  # indicators that the first page always has room for, where nothing else fills it


def second_content(
    results: Results, area_code: str, t: Translator, shared: SecondReady | None = None
) -> dict[str, Any] | None:
    """Content of the second page of an area; None where there is nothing to say. `shared`: `second_ready(results)`.

    Returns
    -------
    dict
        JSON-ready. Keys: title, groups, plan, peers, profile, room; each but title and room may be None.

    Raises
    ------
    InputProblems
        `area_unknown`: no area has this code.
    """
    ready = shared or second_ready(results)
    if area_code not in ready.areas.index:
        raise InputProblems([Problem("area_unknown", values={"area_code": area_code})])
    area = ready.areas[ready.areas.index == area_code].iloc[0]
    parts = {
        "groups": groups_in_full(results, ready.own, area, ready.parent_groups, t),
        "plan": _plan(results, ready, area, t),
        "peers": _peers(results, ready, area, t),
        "profile": _profile(results, ready, area, t),
    }
    told = [part for name, part in parts.items() if part and (name != "profile" or len(part["rows"]) > ON_FIRST_PAGE)]
    if not told:
        return None
    return parts | {
        "title": t("{place}: more to decide with", place=place_name(area)),
        "room": {
            "title": t("What this meeting decides"),
            "columns": [t("What will be done"), t("Who answers for it"), t("By when")],
        },
    }


def _plan(results: Results, ready: SecondReady, area: pd.Series, t: Translator) -> dict[str, Any] | None:
    """Place on the priority list, and what each criterion gives to it."""
    code = area["area_code"]
    if code not in ready.priorities.index:
        return None
    row = ready.priorities.loc[code]
    rank = present(row["rank"])
    if rank is None:
        return None
    study = ready.own.study
    columns = [str(name).removesuffix(SCORE) for name in ready.priorities.columns if str(name).endswith(SCORE)]
    if columns == [results.measure]:
        return None  # the order is that of the result itself, which the first page tells
    given = {c.column: c for c in study.criterion}
    weights = {name: given[name].weight if name in given else 1.0 for name in columns}
    total = sum(weights.values())
    rows = []
    for name in columns:
        share = present(row[name + SCORE])
        rows.append(
            {
                "label": given[name].label if name in given and given[name].label else _criterion(study, name, t),
                "weight": t.percent(weights[name] / total, 0),
                "value": _criterion_value(ready, study, name, present(row[name]), t),
                "share": share,
                "score": t.number(None if share is None else share * 100),
            }
        )
    count = int(ready.priorities["rank"].notna().sum())
    said = [
        t("Place {rank} of {count} on the list of priorities of the study.", rank=t.number(rank), count=t.number(count))
    ]
    lower, upper = present(row["rank_lower"]), present(row["rank_upper"])
    if len(columns) > 1 and lower is not None and upper is not None:
        said.append(
            t("Whatever the weights, up to a quarter more or less of each: the same place.")
            if lower == upper
            else t(
                "Between {lower} and {upper} when each weight is up to a quarter more or less.",
                lower=t.number(lower),
                upper=t.number(upper),
            )
        )
    return {
        "title": t("Where it stands in the order of priorities"),
        "sentence": " ".join(said),
        "columns": [t("Criterion"), t("Weight"), t("This territory"), t("0: calls least for action; 100: most"), ""],
        "rows": rows,
        "note": t("Each criterion runs from 0, the territory that calls least for action, to 100, the one that calls most; the order is their weighted mean. People chose criteria and weights; others would give another order."),
    }  # fmt: skip


def _criterion(study: Study, name: str, t: Translator) -> str:
    known = {
        "area_risk": t("Risk of child labour (%)"),
        "index": t("Vulnerability index (0 to 100)"),
        "expected_count": t("Expected number"),
        "children": t("Children and adolescents"),
    }
    return known.get(name) or label_of(study, name)


def _criterion_value(ready: SecondReady, study: Study, name: str, value: float | None, t: Translator) -> str:
    if value is None:
        return MISSING
    if name == "area_risk":
        return t.percent(value)
    if name in ("expected_count", "children"):
        return t.number(value)
    indicator = next((i for i in study.indicator if i.name == name), None)
    if indicator is None or name not in ready.own.values:
        return t.number(value, 1)
    return t.number(value, decimals_of(indicator, ready.own.highest[name]))


def _peers(results: Results, ready: SecondReady, area: pd.Series, t: Translator) -> dict[str, Any] | None:
    """Areas most alike, those with a clearly lower value marked, and what all of them share."""
    code = str(area["area_code"])
    if code not in ready.peers:
        return None
    mine = results.peers.iloc[ready.peers[code]]
    alike = mine[mine["scope"] == "all"]
    lower = mine[(mine["scope"] == "lower") & ~mine["peer_code"].isin(alike["peer_code"])].head(3)
    if alike.empty:
        return None
    index, counted = results.measure == "index", bool(ready.areas["children"].notna().any())
    rows = []
    for part in (alike, lower):
        for peer, order, is_lower in part[["peer_code", "order", "lower"]].itertuples(index=False):
            row = ready.areas.loc[peer]
            value = present(row[results.measure])
            name = row["area_name"] if pd.isna(row["parent_name"]) else f"{row['area_name']} · {row['parent_name']}"
            shown = t.number(value, 1) if index or value is None else t.number(value * 100, 1)
            rows.append(
                {
                    "cells": [
                        str(name),
                        t.number(order),
                        shown,
                        *([t.number(present(row["children"]))] if counted else []),
                    ],
                    "lower": bool(is_lower),
                }
            )
    some = any(row["lower"] for row in rows)
    return {
        "title": t("Territories like this one: whom to ask"),
        "intro": _shared(results, ready, code, list(alike["peer_code"]), t),
        "columns": [
            t("Territory"),
            t("Place by likeness"),
            t("Index") if index else t("Risk, %"),
            *([t("Children and adolescents")] if counted else []),
        ],
        "rows": rows,
        "mark": t("clearly lower"),
        "note": " ".join(
            filter(
                None,
                (
                    t("Likeness is measured on what children, homes and territories are like, never on the result itself."),
                    t("Clearly lower: by a fifth or more, and by more than chance where the error is known. Worth asking what is done there.")
                    if some
                    else t("None of those most like this one has a clearly lower value."),
                ),
            )
        ),
    }  # fmt: skip


def _shared(results: Results, ready: SecondReady, code: str, peers: list[str], t: Translator) -> str:
    """What this area and all of its peers have in common against the country, strongest first."""
    if code not in ready.wide.index:
        return ""
    study, least = ready.own.study, SMALLEST[results.measure]
    together = ready.wide.reindex([code, *peers]).drop(columns=list(part_names(t)), errors="ignore")
    if together.isna().all(axis=1).any():
        return ""
    said = []
    for above in (True, False):
        same = (together >= least if above else together <= -least).all()
        strongest = together.loc[:, same].mean().abs().sort_values(ascending=False).head(MOST_COMMON).index
        if strongest.empty:
            continue
        names = listed([label_of(study, str(name)) for name in strongest], t)
        if results.measure == "index":
            said.append(
                t("What raises the index here and in all of them: {factors}.", factors=names)
                if above
                else t("What lowers the index here and in all of them: {factors}.", factors=names)
            )
        else:
            said.append(
                t("What goes with more risk than in the country, here and in all of them: {factors}.", factors=names)
                if above
                else t(
                    "What goes with less risk than in the country, here and in all of them: {factors}.", factors=names
                )
            )
    return " ".join(said)  # fmt: skip


def _profile(results: Results, ready: SecondReady, area: pd.Series, t: Translator) -> dict[str, Any] | None:
    """Every indicator with its year and its place among the territories; sources are on the first page."""
    own = ready.own
    parent = own.parents.get(area["parent_code"])
    rows = []
    for indicator in own.study.indicator:
        if indicator.name not in own.values:
            continue
        values = own.values[indicator.name]
        cells = indicator_cells(own, indicator, area, parent is not None, True, t)[0]
        if cells[0] == MISSING:
            continue
        place, known = present(ready.places[indicator.name].get(area["area_code"])), int(values.notna().sum())
        rows.append(
            {
                "label": with_unit(indicator),
                "cells": [*cells, t("{rank} of {count}", rank=t.number(place), count=t.number(known))],
                "year": str(indicator.year or ""),
            }
        )
    if not rows:
        return None
    heads = [
        t("This territory"),
        *([str(parent["area_name"])] if parent is not None else []),
        own.study.study.country or t("Country"),
        t("Place in the country"),
    ]
    kept = [i for i in range(len(heads)) if any(row["cells"][i] != MISSING for row in rows)]
    note = t("Place 1: the value that goes most with child labour, as the study declares.")
    if len(kept) > 2:
        note += " " + t("Indicators of larger units: mean of their territories, weighted by children.")
    return {
        "title": t("The whole profile"),
        "columns": ["", *(heads[i] for i in kept)],
        "rows": [row | {"cells": [row["cells"][i] for i in kept]} for row in rows],
        "note": note,
    }
