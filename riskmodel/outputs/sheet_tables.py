"""The sheet's tables: factors of an area, groups of children, profile beside parent and country.

Figures of parents and the country are weighted by children, never means of municipal means; a table that has nothing
to say is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.i18n.translator import MISSING
from riskmodel.outputs.factor_words import factors_sentence
from riskmodel.outputs.sheet_ready import Ready
from riskmodel.outputs.words import part_names, present
from riskmodel.results import Results
from riskmodel.study import Indicator, Study
from riskmodel.study_groups import crossings, group_label, in_order

FACTORS_SHOWN = 5
# A contribution that prints as 0.0 is no factor: percentage points (risk, as proportion) and index points.
SMALLEST = {"area_risk": 0.0005, "index": 0.05}


def label_of(study: Study, name: str) -> str:
    """What a reader calls a determinant, an indicator or a group."""
    for indicator in study.indicator:
        if name == indicator.name and name not in {d.name for d in study.determinant}:
            return indicator.label or group_label(study, name)
    return group_label(study, name)


def factors(results: Results, own: Ready, code: str, gap: float | None, t: Translator) -> dict[str, Any] | None:
    """Risk and protective factors of an area, largest first; what is not listed is summed, so each list is complete."""
    if gap is None or code not in own.contributions:
        return None
    mine = own.factors_of(code)
    if mine.empty:
        return None
    return factor_lists(mine, results, own.study, gap, t("What sets this territory apart"), t)


def factor_lists(
    mine: pd.DataFrame,
    results: Results,
    study: Study,
    gap: float,
    title: str,
    t: Translator,
    where: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The two lists of a table of determinant and contribution, under a title.

    where : for each determinant, a few words under its name.
    """  # fmt: skip
    index = results.measure == "index"
    scale = 1.0 if index else 100.0
    names, sizes = mine["determinant"].to_numpy(object), mine["contribution"].astype(float).to_numpy()
    split = {
        role: _side(names, sizes, sign, SMALLEST[results.measure]) for role, sign in (("risk", 1), ("protective", -1))
    }
    longest = float(np.nanmax(np.abs(sizes)))
    points = t.points(gap / 100 if index else gap)
    named = [[label_of(study, name) for name in side if name not in part_names(t)] for side, _ in split.values()]
    return {
        "title": title,
        "sentence": factors_sentence(named[0], named[1], gap, results.measure, t),
        "intro": t("Difference from the country in index points ({gap}), by indicator.", gap=points)
        if index
        else t("Difference from the country in percentage points ({gap}), by factor. Factors are associated with the risk; they are not proven causes.", gap=points),
        "lists": [
            _factor_list(*side, study, longest, scale, role, heading, t, where or {})
            for (role, side), heading in zip(
                split.items(),
                (t("What raises the index here"), t("What lowers the index here"))
                if index
                else (t("Risk factors: more risk than in the country"), t("Protective factors: less risk than in the country")),
                strict=True,
            )
        ],
    }  # fmt: skip


def _side(names: np.ndarray, sizes: np.ndarray, sign: int, smallest: float) -> tuple[list[str], np.ndarray]:
    """Determinants that raise (1) or lower (-1), and their contributions, the largest first."""
    found = np.flatnonzero(sizes * sign >= smallest)
    found = found[np.argsort(-sign * sizes[found], kind="stable")]
    return [str(name) for name in names[found]], sizes[found]


def _factor_list(
    names: list[str],
    sizes: np.ndarray,
    study: Study,
    longest: float,
    scale: float,
    role: str,
    title: str,
    t: Translator,
    where: Mapping[str, str],
) -> dict[str, Any]:
    scaled = sizes * scale / 100
    parts = part_names(t)
    rows = [
        {
            "label": parts.get(name) or label_of(study, name),
            "text": t.points(value),
            "share": abs(value * 100 / scale) / longest,
            "where": where.get(name, ""),
        }
        for name, value in zip(names, scaled.tolist(), strict=True)
    ][:FACTORS_SHOWN]
    more = [_rest(scaled[shown:], t) for shown in range(len(rows) + 1)]
    return {"role": role, "title": title, "rows": rows, "more": more, "empty": "" if rows else t("None stands out.")}


def _rest(values: np.ndarray, t: Translator) -> str:
    """The factors a list leaves out, summed."""
    if not len(values):
        return ""
    value = t.points(float(values.sum()))
    return t.plural("{count} other: {value}", "{count} others: {value}", len(values), value=value)


def groups(results: Results, own: Ready, code: str, t: Translator) -> dict[str, Any] | None:
    """Risk by group, beside the same group in the country; of the country (code "") alone."""
    table, study = results.groups, own.study
    if code not in own.groups:
        return None
    # Crossed cells are many and belong in the tables, not on a page.
    mine = table.iloc[own.groups[code]]
    mine = mine[~mine["group"].isin(list(crossings(study)))]
    mine = mine[mine["category"].ne("") | mine["area_risk"].notna()]
    country = table.iloc[own.groups.get("", [])].set_index(["group", "category"])["area_risk"].to_dict()
    blocks: list[dict[str, Any]] = []
    for group, part in mine.groupby("group", sort=False):
        rows = [
            {
                "cells": [
                    str(row["category"]) or t("not stated"),
                    _percent(row["area_risk"], t),
                    _interval(row["ci_lower"], row["ci_upper"], t),
                    *([_percent(country.get((group, row["category"])), t)] if code else []),
                ],
                "value": present(row["area_risk"]),
            }
            for _, row in _in_order(part, study, str(group)).iterrows()
        ]
        blocks.append({"label": label_of(study, str(group)), "rows": rows})
    hidden = mine["area_risk"].isna().any()
    return {
        "title": t("Who: risk by group"),
        "columns": [t("Group"), "", t("Risk, %"), t("95% interval"), *([t("Country, %")] if code else [])],
        "blocks": blocks,
        "note": t("— fewer than {count} children in the group, or no data.", count=t.number(study.privacy.min_children))
        if hidden
        else "",
    }


def groups_in_full(
    results: Results, own: Ready, area: pd.Series, of_parents: Mapping[str, np.ndarray], t: Translator
) -> dict[str, Any] | None:
    """Every group of an area with its children, risk, interval and expected number, beside parent unit and country."""
    code, study = area["area_code"], own.study
    if code not in own.groups:
        return None
    mine = results.groups.iloc[own.groups[code]]
    mine = mine[~mine["group"].isin(list(crossings(study)))]
    mine = mine[mine["category"].ne("") | mine["area_risk"].notna()]
    if mine.empty:
        return None
    key = ["group", "category"]
    country = results.groups.iloc[own.groups.get("", [])].set_index(key)["area_risk"].to_dict()
    above = {}
    if not pd.isna(area["parent_code"]) and area["parent_code"] in of_parents:
        above = results.parent_groups.iloc[of_parents[area["parent_code"]]].set_index(key)["area_risk"].to_dict()
    blocks = []
    for group, part in mine.groupby("group", sort=False):
        rows = []
        for _, row in _in_order(part, study, str(group)).iterrows():
            at, count = (group, row["category"]), present(row.get("expected_count"))
            few = count is not None and count < study.privacy.min_count
            cells = [
                str(row["category"]) or t("not stated"),
                t.number(present(row["children"])),
                _percent(row["area_risk"], t),
                _interval(row["ci_lower"], row["ci_upper"], t),
                t("under {count}", count=t.number(study.privacy.min_count)) if few else t.number(count),
                *([_percent(above.get(at), t)] if above else []),
                _percent(country.get(at), t),
            ]
            rows.append({"cells": cells})
        blocks.append({"label": label_of(study, str(group)), "rows": rows})
    return {
        "title": t("Who: every group"),
        "columns": [
            t("Group"), "", t("Children and adolescents"), t("Risk, %"), t("95% interval"), t("Expected number"),
            *([t("{parent}, %", parent=area["parent_name"])] if above else []), t("Country, %"),
        ],
        "blocks": blocks,
        "note": t("— fewer than {count} children in the group, or no data.", count=t.number(study.privacy.min_children))
        if mine["area_risk"].isna().any()
        else "",
    }  # fmt: skip


def _in_order(part: pd.DataFrame, study: Study, group: str) -> pd.DataFrame:
    """Categories in the order the study declares them; those it does not name follow in theirs."""
    place = {name: position for position, name in enumerate(in_order(study, group, list(part["category"])))}
    return part.sort_values("category", key=lambda c: c.map(place), kind="stable")


def profile(results: Results, own: Ready, area: pd.Series, t: Translator) -> dict[str, Any]:
    """The area beside its parent and the country: the result, the number of children, every indicator."""
    study = own.study
    parent = own.parents.get(area["parent_code"])
    country = results.national.iloc[0] if len(results.national) else None
    columns = [t("This territory")]
    if parent is not None:
        columns.append(str(parent["area_name"]))
    if country is not None:
        columns.append(study.study.country or t("Country"))
    uppers = [u for u in (parent, country) if u is not None]
    rows = [_result_row([area, *uppers], results.measure, t), _children_row([area, *uppers], t)]
    weighted = False
    for indicator in study.indicator:
        if indicator.name not in own.values:
            continue
        cells, mean = indicator_cells(own, indicator, area, parent is not None, country is not None, t)
        weighted |= mean
        rows.append({"label": with_unit(indicator), "cells": cells})
    return {
        "title": t("Profile"),
        "columns": ["", *columns],
        "rows": [row for row in rows if any(cell != MISSING for cell in row["cells"])],
        "note": t("Indicators of larger units: mean of their territories, weighted by children.") if weighted else "",
    }


def upper_row(table: pd.DataFrame, code: object) -> pd.Series | None:
    """The row of a parent unit, or None."""
    if table.empty or pd.isna(code):  # type: ignore[call-overload]
        return None
    found = table[table["area_code"] == code]
    return found.iloc[0] if len(found) else None


def indicator_cells(
    own: Ready, indicator: Indicator, area: pd.Series, with_parent: bool, with_country: bool, t: Translator
) -> tuple[list[str], bool]:
    """Cells of one indicator, and whether a weighted mean stands among them."""
    decimals = decimals_of(indicator, own.highest[indicator.name])
    means: list[float | None] = []
    if with_parent:
        means.append(present(own.parent_mean_of[indicator.name].get(area["parent_code"])))
    if with_country:
        means.append(present(own.national_means[indicator.name]))
    value = own.value_of[indicator.name].get(area["area_code"])
    numbers = [present(value), *means]
    return [t.number(n, decimals) for n in numbers], any(m is not None for m in means)


def _result_row(rows: list[pd.Series], measure: str, t: Translator) -> dict[str, Any]:
    if measure == "index":
        return {"label": t("Vulnerability index (0 to 100)"), "cells": [t.number(present(r["index"]), 1) for r in rows]}
    return {"label": t("Risk of child labour (%)"), "cells": [_percent(r["area_risk"], t) for r in rows]}


def _children_row(rows: list[pd.Series], t: Translator) -> dict[str, Any]:
    return {"label": t("Children and adolescents"), "cells": [t.number(present(r["children"])) for r in rows]}


def with_unit(indicator: Indicator) -> str:
    """Label with the unit in brackets."""
    label = indicator.label or _plain(indicator.name)
    return f"{label} ({indicator.unit})" if indicator.unit and indicator.unit not in label else label


def decimals_of(indicator: Indicator, highest: float) -> int:
    """One decimal for percentages; elsewhere enough to tell areas apart. `highest`: the largest value of all areas."""
    if indicator.unit == "%":
        return 1
    return next((d for d, bound in enumerate((1000.0, 10.0, 1.5)) if highest >= bound), 3)


def _percent(share: object, t: Translator) -> str:
    """A proportion as a number of percent, the unit standing in the header."""
    value = present(share)
    return t.number(None if value is None else value * 100, 1)


def _interval(lower: object, upper: object, t: Translator) -> str:
    if present(lower) is None or present(upper) is None:
        return ""
    return t("{lower} to {upper}", lower=_percent(lower, t), upper=_percent(upper, t))


def _plain(name: str) -> str:
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]
