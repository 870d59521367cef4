"""The sheets of the index workbook after the index: levels, parent units and country, contributions.

Limits of natural breaks come from Mirador as values, since no formula finds them; all else is live.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from riskmodel.areas.levels import TIE_DECIMALS, assign
from riskmodel.areas.means import weighted_mean
from riskmodel.outputs.spreadsheets.index_inputs import write_frame
from riskmodel.outputs.spreadsheets.index_steps import (
    AREAS_IN,
    CHILDREN_IN,
    INDEX,
    KEPT,
    LEVEL,
    LEVEL_NAME,
    LEVELS_HEAD,
    LIMIT,
    LIMIT_TIED,
    ORDER,
    TIED,
    UNSCORED,
    UP_TO,
    levels_wanted,
)
from riskmodel.outputs.spreadsheets.places import EFFECTIVE, indicator_cell, on, page_range
from riskmodel.outputs.spreadsheets.plan import FIRST, OWN, START, Block, Plan
from riskmodel.outputs.spreadsheets.style import Book, Page, area
from riskmodel.outputs.words import level_names

# Columns of the sheet of parent units.
P_CODE, P_NAME, P_AREAS, P_SCORED, P_CHILDREN, P_INDEX, P_MIRADOR, P_CHANGE = range(8)
PARENTS_HEAD = 4
# Rows above the head of the contributions.
PART_WEIGHT, PART_COUNTRY = 5, 6


def write_levels(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Limits of the levels, and how many areas are in each."""
    t = plan.t
    page = book.page(plan.names["levels"], t("Levels of the index"), says)
    page.head(LEVELS_HEAD, [
        t("Level"), t("Name"), t("Upper limit"), t("Areas"), t("Children"), t("Kept (1) or empty (0)"),
        t("Limit to 12 decimals, for ties"), t("Areas up to the limit"),
    ], left=2)  # fmt: skip
    k = levels_wanted(plan)
    known = plan.areas["index"].dropna()
    limits = _limits(plan, known.to_numpy(float), k)
    rounded, ordered = np.round(limits, TIE_DECIMALS), np.sort(np.round(known.to_numpy(float), TIE_DECIMALS))
    up_to = np.searchsorted(ordered, rounded, side="right")
    kept = _kept(plan, up_to, known, k)
    found = assign(plan.areas["index"], plan.results.manifest["breaks"])
    names = level_names(len(plan.results.manifest["breaks"]), t)
    for j in range(k):
        row = LEVELS_HEAD + 1 + j
        number = int(kept[: j + 1].sum())
        inside = (found == number).fillna(False) if kept[j] else pd.Series(False, plan.areas.index)
        first = LEVELS_HEAD + 2
        level = f"{page_range(plan, 'index', plan.column(FIRST, LEVEL))}"
        order = f'IF(F{row + 1}=0,"",SUM(F${first}:F{row + 1}))'
        page.formula(row, ORDER, order, number if kept[j] else "", "year", "strong")
        page.text(row, LEVEL_NAME, names[number - 1] if kept[j] else "", "indent")
        _write_limit(page, plan, row, j, k, limits[j])
        page.formula(
            row,
            AREAS_IN,
            f'SUMPRODUCT(--({level}=A{row + 1}))-IF(A{row + 1}="",COUNTBLANK({level}),0)',
            int(inside.sum()),
            "count",
        )
        children = (
            f"SUMPRODUCT(({level}=A{row + 1})*ISNUMBER({level})*{page_range(plan, 'data', plan.column(FIRST, OWN))})"
        )
        page.formula(
            row, CHILDREN_IN, children, float(plan.areas.loc[inside.to_numpy(bool), "children"].sum()), "count"
        )
        page.formula(row, KEPT, _kept_formula(plan, row, j), int(kept[j]), "year", "quiet")
        page.formula(row, LIMIT_TIED, f"ROUND(C{row + 1},{TIE_DECIMALS})", float(rounded[j]), "tie", "quiet")
        tied = page_range(plan, "index", plan.column(FIRST, TIED))
        page.formula(
            row, UP_TO, f"SUMPRODUCT(({tied}>{UNSCORED})*({tied}<=G{row + 1}))", int(up_to[j]), "count", "quiet"
        )
    total, first, last = LEVELS_HEAD + 1 + k, LEVELS_HEAD + 2, LEVELS_HEAD + 1 + k
    for column in range(UP_TO + 1):
        page.text(total, column, t("Sum") if column == ORDER else "", "total")
    for column, value in (
        (AREAS_IN, len(known)),
        (CHILDREN_IN, plan.areas.loc[known.index, "children"].sum()),
        (KEPT, int(kept.sum())),
    ):
        letter = "ABCDEFGH"[column]
        page.formula(total, column, f"SUM({letter}{first}:{letter}{last})", float(value), "count", "total")
    page.paint_levels(
        area(LEVELS_HEAD + 1, ORDER, LEVELS_HEAD + k, ORDER), len(plan.results.manifest["breaks"]), "index"
    )
    page.widths({"A": 9, "B": 18, "C": 14, "D:E": 13, "F": 14, "G": 20, "H": 14})
    page.sheet.freeze_panes(LEVELS_HEAD + 1, 0)


def _limits(plan: Plan, known: np.ndarray, k: int) -> np.ndarray:
    """Upper limits as the sheet shows them, before empty levels are taken away."""
    rule = plan.study.levels.rule
    if rule == "quantile":
        return np.quantile(known, np.arange(1, k + 1) / k)
    if rule == "equal_width":
        return np.asarray([known.min() + (known.max() - known.min()) * j / k for j in range(1, k)] + [known.max()])
    return np.asarray(plan.results.manifest["breaks"], dtype=float)


def _kept(plan: Plan, up_to: np.ndarray, known: pd.Series, k: int) -> np.ndarray:
    rule = plan.study.levels.rule
    if rule == "quantile":
        return (np.diff(up_to, prepend=0) > 0).astype(int)
    if rule == "equal_width" and known.round(TIE_DECIMALS).nunique() == 1:
        return (np.arange(k) == k - 1).astype(int)
    return np.ones(k, dtype=int)


def _write_limit(page: Page, plan: Plan, row: int, j: int, k: int, value: float) -> None:
    """A formula where the rule is one, else the limit as a value that may be changed."""
    index = page_range(plan, "index", plan.column(FIRST, INDEX))
    rule = plan.study.levels.rule
    if rule == "quantile":
        page.formula(row, LIMIT, f"PERCENTILE({index},{j + 1}/{k})", value, "points4")
    elif rule == "equal_width" and j < k - 1:
        page.formula(row, LIMIT, f"MIN({index})+(MAX({index})-MIN({index}))*{j + 1}/{k}", value, "points4")
    elif rule == "equal_width":
        page.formula(row, LIMIT, f"MAX({index})", value, "points4")
    elif rule == "fixed" and j == k - 1:
        page.formula(row, LIMIT, f"MAX(MAX({index}),C{row})", value, "points4")
    elif rule == "fixed":
        page.number(row, LIMIT, value, "points4", "edit")
    else:
        page.number(row, LIMIT, value, "points4", "given")


def _kept_formula(plan: Plan, row: int, j: int) -> str:
    rule, line = plan.study.levels.rule, row + 1
    if rule == "quantile":
        return f"IF(H{line}>{0 if j == 0 else f'H{line - 1}'},1,0)"
    if rule == "equal_width":
        k = plan.study.levels.k
        tied, at = (
            page_range(plan, "index", plan.column(FIRST, TIED)),
            page_range(plan, "index", plan.column(FIRST, INDEX)),
        )
        one = f"SUMPRODUCT(--({tied}=ROUND(MAX({at}),{TIE_DECIMALS})))=COUNT({at})"
        return f"IF({one},{1 if j == k - 1 else 0},1)"
    return "1"


def write_parents(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Mean index of every parent unit and of the country."""
    t = plan.t
    page = book.page(plan.names["parents"], t("Parent units and the country"), says)
    page.head(PARENTS_HEAD, [
        t("Code"), t("Parent unit"), t("Areas"), t("Scored"), t("Children"), t("Index"), t("Index by Mirador"), t("Change of the index"),
    ], left=2)  # fmt: skip
    known = plan.results.parents.set_index("area_code")["index"] if len(plan.blocks) else pd.Series(dtype=float)
    row = PARENTS_HEAD + 1
    for block in plan.blocks:
        _unit(page, plan, row, block, known.get(block.code), "plain")
        row += 1
    country = Block("", plan.study.study.country or t("The country"), FIRST, plan.last)
    _unit(page, plan, row, country, plan.results.national["index"].iloc[0], "total")
    page.widths({"A": 12, "B": 34, "C:H": 14})
    page.sheet.freeze_panes(PARENTS_HEAD + 1, 2)
    if plan.blocks:
        page.sheet.autofilter(PARENTS_HEAD, 0, row - 1, P_CHANGE)


def _unit(page: Page, plan: Plan, row: int, block: Block, mirador: object, look: str) -> None:
    """One parent unit: its mean is weighted by children where every scored area has some."""
    index = page_range(plan, "index", plan.block_of(INDEX, block))
    children = page_range(plan, "data", plan.block_of(OWN, block))
    inside = plan.areas.iloc[block.first - FIRST : block.last - FIRST + 1]
    page.text(row, P_CODE, block.code, look)
    page.text(row, P_NAME, block.name, look)
    page.number(row, P_AREAS, len(inside), "count", look)
    page.formula(row, P_SCORED, f"COUNT({index})", int(inside["index"].notna().sum()), "count", look)
    total = inside["children"].sum() if inside["children"].notna().any() else ""
    page.formula(row, P_CHILDREN, f'IF(COUNT({children})=0,"",SUM({children}))', total, "count", look)
    value = weighted_mean(inside["index"], inside["children"])
    page.formula(row, P_INDEX, country_formula(index, children), value, "points2", look)
    page.number(row, P_MIRADOR, mirador, "points2", "given")
    at = (xl_rowcol_to_cell(row, P_INDEX), xl_rowcol_to_cell(row, P_MIRADOR))
    page.formula(row, P_CHANGE, f'IF({at[0]}="","",{at[0]}-{at[1]})', "" if pd.isna(value) else 0.0, "signed", look)


def country_formula(values: str, children: str) -> str:
    """The mean of the areas that have a value: by children where each has some, else plain; empty without any."""
    weighted = f"SUMPRODUCT({values},{children})/SUMPRODUCT(ISNUMBER({values})*{children})"
    every = f"SUMPRODUCT(ISNUMBER({values})*ISNUMBER({children})*({children}>0))=COUNT({values})"
    return f'IF(COUNT({values})=0,"",IF({every},{weighted},AVERAGE({values})))'


def write_contributions(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """What each indicator adds to the gap between an area and the country."""
    t = plan.t
    title = t("Contributions: what sets an area apart from the country, in index points")
    page = book.page(plan.names["contributions"], title, says)
    live = follows(plan)
    labels = {PART_WEIGHT: t("Weight in the index"), PART_COUNTRY: t("Mean of the country")} if live else {}
    write_frame(page, plan, labels, t("Gap with the country"), with_scored=False)
    parts = plan.results.contributions.pivot(index="area_code", columns="determinant", values="contribution")
    parts = parts.reindex(index=plan.areas.index, columns=[i.name for i in plan.indicators])
    for i, indicator in enumerate(plan.indicators):
        if live:
            _parts(page, plan, i)
            continue
        for row, value in enumerate(parts[indicator.name], start=FIRST):
            page.number(row, START + i, value, "signed", "given")
    for row, value in enumerate(parts.sum(axis=1, min_count=parts.shape[1]), start=FIRST):
        cells = f"{xl_rowcol_to_cell(row, START)}:{xl_rowcol_to_cell(row, plan.end - 1)}"
        page.formula(row, OWN, f'IF(COUNT({cells})=0,"",SUM({cells}))', value, "signed", "strong")
    page.paint_difference(area(FIRST, START, plan.last, plan.end - 1))


def follows(plan: Plan) -> bool:
    """Whether contributions are weight times distance from the country; with other means they are values from Mirador."""
    return plan.method != "percentile_rank" and plan.within == plan.between == "arithmetic"


def _parts(page: Page, plan: Plan, i: int) -> None:
    """The parts of one indicator."""
    column, name = START + i, plan.indicators[i].name
    weight, score = plan.weights["weight"].astype(float)[name], plan.scores[name].astype(float)
    country = weighted_mean(score, plan.areas["children"])
    page.formula(PART_WEIGHT, column, indicator_cell(plan, i, EFFECTIVE), weight, "share2", "quiet")
    scores = page_range(plan, "normalised", plan.column(FIRST, column))
    mean = country_formula(scores, page_range(plan, "data", plan.column(FIRST, OWN)))
    page.formula(PART_COUNTRY, column, mean, country, "points2", "quiet")
    at = (xl_rowcol_to_cell(PART_WEIGHT, column, True), xl_rowcol_to_cell(PART_COUNTRY, column, True))
    for row, value in enumerate((score - country) * weight, start=FIRST):
        own = on(plan, "normalised", row, column)
        page.formula(row, column, f'IF({own}="","",{at[0]}*({own}-{at[1]}))', value, "signed")
