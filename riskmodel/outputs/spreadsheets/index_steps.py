"""The sheets of the index workbook that bring indicators together: dimensions, index, rank and level.

Every cell refers to the same row of the sheet before it, so a number can be followed back to the data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from riskmodel.areas.levels import TIE_DECIMALS
from riskmodel.index.aggregate import FLOOR
from riskmodel.index.percentile import TIE_DECIMALS as SUM_DECIMALS
from riskmodel.outputs.spreadsheets.index_inputs import write_names, yes_no
from riskmodel.outputs.spreadsheets.places import D_SHARE, TABLE, WEIGHT, dimension_cell, fixed, on, page_range
from riskmodel.outputs.spreadsheets.plan import FIRST, HEAD, NORMAL_DIMENSION, NORMAL_WEIGHT, OWN, START, UNIT, Plan
from riskmodel.outputs.spreadsheets.style import Book, Page, area

# Rows above the head of the dimensions.
DIMENSION_ROW, DIMENSION_SHARE = 4, 5
# Columns of the sheet of the index.
INDEX, RANK, LEVEL, MIRADOR, MIRADOR_RANK, MIRADOR_LEVEL, CHANGE, TIED, DISTANCE = range(4, 13)
# What stands for "no score" where numbers are compared: below every index.
UNSCORED = "-1E+300"
# Sheet of levels: the row of its head, and its columns.
LEVELS_HEAD = 4
ORDER, LEVEL_NAME, LIMIT, AREAS_IN, CHILDREN_IN, KEPT, LIMIT_TIED, UP_TO = range(8)


def mean_formula(weights: str, scores: str, mean: str, only: str = "") -> str:
    """The mean of scores under weights that sum to 1, by the formulas of `riskmodel/index/aggregate.py`.

    only : a condition on the columns, as `(names=name)*`; the same shape as weights and scores.
    """
    if mean == "arithmetic":
        return f"SUMPRODUCT({only}{weights}*{scores})"
    s = scores if mean == "geometric" else f"(100-{scores})"
    logs = f"EXP(SUMPRODUCT({only}{weights}*LN({s}*({s}>{FLOOR:g})+{FLOOR:g}*({s}<={FLOOR:g}))))"
    return logs if mean == "geometric" else f"100-{logs}"


def write_dimensions(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """The mean of each dimension; with percentile ranks, the rank of the sum of its ranks."""
    t = plan.t
    page = book.page(plan.names["dimensions"], t("Dimensions, from 0 to 100"), says)
    ranked = plan.method == "percentile_rank"
    sums = [t("Sum of ranks: {dimension}", dimension=d) for d in plan.dimension_labels] + [t("Sum of all ranks")]
    heads = [t("Code"), t("Area"), t("Parent unit"), t("Scored"), *plan.dimension_labels, *(sums if ranked else ())]
    page.head(HEAD, heads)
    page.close_up((DIMENSION_ROW, DIMENSION_SHARE), HEAD)
    page.text(DIMENSION_ROW, UNIT, t("Dimension"), "label")
    page.text(DIMENSION_SHARE, UNIT, t("Weight in the index"), "label")
    write_names(page, plan)
    yes_no(page, plan, True)
    write_scored(page, plan)
    share = plan.weights.groupby("dimension", sort=False)["dimension_weight"].first()
    for j, name in enumerate(plan.dimensions):
        column = START + j
        page.formula(DIMENSION_ROW, column, dimension_cell(plan, j), plan.dimension_labels[j], look="quiet")
        page.formula(DIMENSION_SHARE, column, dimension_cell(plan, j, D_SHARE), share[name], "share2", "quiet")
        if ranked:
            _ranked(page, plan, j, column)
            continue
        for row, value in enumerate(plan.scores[f"dim:{name}"], start=FIRST):
            formula = _dimension(plan, row, column)
            page.formula(row, column, f'IF($D{row + 1}=0,"",{formula})', value, "points2")
    if ranked:
        _total(page, plan)
    last = len(heads) - 1
    page.paint_scale(area(FIRST, START, plan.last, START + len(plan.dimensions) - 1))
    page.widths({"A": 12, "B": 28, "C": 24, "D": 11})
    page.sheet.set_column(START, last, 16)
    page.finish(HEAD, START - 2, plan.last, last)


def _dimension(plan: Plan, row: int, column: int) -> str:
    """The mean of the indicators of a dimension, in one row."""
    names = page_range(plan, "normalised", plan.indicator_row(NORMAL_DIMENSION))
    weights = page_range(plan, "normalised", plan.indicator_row(NORMAL_WEIGHT))
    scores = page_range(plan, "normalised", plan.indicator_row(row, fixed_row=False))
    same = f"({names}={xl_rowcol_to_cell(DIMENSION_ROW, column, True)})*"
    return mean_formula(weights, scores, plan.within, same)


def _ranked(page: Page, plan: Plan, j: int, column: int) -> None:
    """The sum of the percentile ranks of a dimension, and the percentile rank of that sum."""
    beside = column + len(plan.dimensions)
    inside = [i.name for i in plan.indicators if i.dimension == plan.dimensions[j]]
    sums = (plan.scores[inside] / 100).sum(axis=1, skipna=False).round(SUM_DECIMALS)
    names = page_range(plan, "normalised", plan.indicator_row(NORMAL_DIMENSION))
    label = xl_rowcol_to_cell(DIMENSION_ROW, column, True)
    done = zip(plan.scores[f"dim:{plan.dimensions[j]}"], sums, strict=True)
    for row, (value, total) in enumerate(done, start=FIRST):
        scores = page_range(plan, "normalised", plan.indicator_row(row, fixed_row=False))
        added = f"ROUND(SUMPRODUCT(({names}={label})*{scores})/100,{SUM_DECIMALS})"
        page.formula(row, beside, f'IF($D{row + 1}=0,"",{added})', total, "points4", "quiet")
        page.formula(row, column, f'IF($D{row + 1}=0,"",{_rank(plan, row, beside)})', value, "points2")


def _total(page: Page, plan: Plan) -> None:
    """The sum of all percentile ranks of an area."""
    column = START + 2 * len(plan.dimensions)
    sums = (plan.scores[[i.name for i in plan.indicators]] / 100).sum(axis=1, skipna=False).round(SUM_DECIMALS)
    for row, value in enumerate(sums, start=FIRST):
        scores = page_range(plan, "normalised", plan.indicator_row(row, fixed_row=False))
        added = f"ROUND(SUM({scores})/100,{SUM_DECIMALS})"
        page.formula(row, column, f'IF($D{row + 1}=0,"",{added})', value, "points4", "quiet")


def _rank(plan: Plan, row: int, column: int, sheet: str = "") -> str:
    """100 times the percentile rank of a cell in its column: the share of the other areas that lie below."""
    cells, here = plan.column(FIRST, column), xl_rowcol_to_cell(row, column)
    if sheet:
        cells, here = page_range(plan, sheet, cells), on(plan, sheet, row, column)
    return f"100*SUMPRODUCT(--({cells}<{here}))/MAX(COUNT({cells})-1,1)"


def write_index(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Index, rank and level of every area, beside those that Mirador computed."""
    t = plan.t
    page = book.page(plan.names["index"], t("The index, the rank and the level of every area"), says)
    distance = plan.method == "dp2"
    page.close_up((), HEAD)
    page.head(HEAD, [
        t("Code"), t("Area"), t("Parent unit"), t("Scored"), t("Index"), t("Rank (1 is the most vulnerable)"), t("Level (1 is the lowest)"),
        t("Index by Mirador"), t("Rank by Mirador"), t("Level by Mirador"), t("Change of the index"), t("Index to 12 decimals, for ties"),
        *([t("DP2 distance")] if distance else []),
    ])  # fmt: skip
    write_names(page, plan)
    yes_no(page, plan, True)
    write_scored(page, plan)
    values = zip(plan.areas["index"], plan.areas["rank"], plan.areas["level"], strict=True)
    for row, (index, rank, level) in enumerate(values, start=FIRST):
        _index_row(page, plan, row, index, rank, level)
    if distance:
        _distances(page, plan)
    page.paint_levels(area(FIRST, LEVEL, plan.last, LEVEL), len(plan.results.manifest["breaks"]), "index")
    page.widths({"A": 12, "B": 28, "C": 24, "D": 9, "E:K": 13, "L": 20, "M": 13})
    page.finish(HEAD, START - 2, plan.last, DISTANCE if distance else TIED)


def _index_row(page: Page, plan: Plan, row: int, index: float, rank: object, level: object) -> None:
    """The row of one area."""
    unscored, at, rounded = f"$D{row + 1}=0", xl_rowcol_to_cell(row, INDEX), xl_rowcol_to_cell(row, TIED)
    tied = plan.column(FIRST, TIED)
    limits, kept, count = levels_places(plan)
    page.formula(row, INDEX, f'IF({unscored},"",{_index(plan, row)})', index, "points2", "strong")
    page.formula(row, RANK, f'IF({unscored},"",1+SUMPRODUCT(--({tied}>{rounded})))', rank, "count")
    found = f"MIN({count},1+SUMPRODUCT(({limits}<{rounded})*{kept}))"
    page.formula(row, LEVEL, f'IF({unscored},"",{found})', level, "count", "strong")
    page.number(row, MIRADOR, index, "points2", "given")
    page.number(row, MIRADOR_RANK, rank, "count", "given")
    page.number(row, MIRADOR_LEVEL, level, "count", "given")
    none = bool(pd.isna(index))
    change = f'IF({unscored},"",{at}-{xl_rowcol_to_cell(row, MIRADOR)})'
    page.formula(row, CHANGE, change, "" if none else 0.0, "signed")
    twelve = float(UNSCORED) if none else float(np.round(index, TIE_DECIMALS))
    page.formula(row, TIED, f"IF({unscored},{UNSCORED},ROUND({at},{TIE_DECIMALS}))", twelve, "tie", "quiet")


def _index(plan: Plan, row: int) -> str:
    """The mean of the dimensions; with percentile ranks, the rank of the sum of all ranks."""
    last = START + len(plan.dimensions) - 1
    if plan.method == "percentile_rank":
        return _rank(plan, row, START + 2 * len(plan.dimensions), "dimensions")
    weights = page_range(plan, "dimensions", fixed(DIMENSION_SHARE, START, DIMENSION_SHARE, last))
    scores = page_range(plan, "dimensions", xl_range(row, START, row, last))
    return mean_formula(weights, scores, plan.between)


def _distances(page: Page, plan: Plan) -> None:
    """The DP2 distance from the reference: zero where every indicator has its worst value."""
    ideal = on(plan, "indicators", TABLE + 1 + len(plan.indicators), WEIGHT, fixed=True)
    for row, value in enumerate(plan.scores["distance"], start=FIRST):
        index = xl_rowcol_to_cell(row, INDEX)
        page.formula(row, DISTANCE, f'IF({index}="","",{ideal}*(1-{index}/100))', value, "points4")


def levels_places(plan: Plan) -> tuple[str, str, str]:
    """On the sheet of levels: limits rounded for ties, whether a level is kept, and how many are."""
    k = levels_wanted(plan)
    first, last = LEVELS_HEAD + 1, LEVELS_HEAD + k
    return (
        page_range(plan, "levels", fixed(first, LIMIT_TIED, last, LIMIT_TIED)),
        page_range(plan, "levels", fixed(first, KEPT, last, KEPT)),
        page_range(plan, "levels", xl_rowcol_to_cell(last + 1, KEPT, True, True)),
    )


def levels_wanted(plan: Plan) -> int:
    """Rows of the table of levels: those asked for where the limits are formulas, else those found."""
    live = plan.study.levels.rule in ("quantile", "equal_width")
    return plan.study.levels.k if live else len(plan.results.manifest["breaks"])


def write_scored(page: Page, plan: Plan) -> None:
    """Whether the area is scored, from the sheet that decides it."""
    for row, yes in enumerate(plan.areas["index"].notna(), start=FIRST):
        page.formula(row, OWN, on(plan, "complete", row, OWN), int(yes), look="centre")
