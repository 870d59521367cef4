"""The sheets of the index workbook that compute: normalised indicators, dimensions, index, rank and level.

Every cell refers to the same row of the sheet before it, so a number can be followed back to the data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from riskmodel.areas.levels import TIE_DECIMALS
from riskmodel.outputs.spreadsheets.index_inputs import (
    DIMENSION,
    DIMENSION_ROW,
    DIRECTION,
    HIGHEST_ROW,
    LOWEST_ROW,
    WITHIN,
    indicator_cell,
    on,
    on_dimension,
    page_range,
    write_frame,
    write_names,
    yes_no,
)
from riskmodel.outputs.spreadsheets.plan import FIRST, HEAD, OWN, START, UNIT, Plan
from riskmodel.outputs.spreadsheets.style import Book, Page, area

# Rows above the head of the normalised indicators, and of the dimensions.
NORMAL_DIMENSION, NORMAL_WEIGHT, NORMAL_DIRECTION, NORMAL_LOW, NORMAL_HIGH = 4, 5, 6, 7, 8
DIMENSION_SHARE = 5
# Columns of the sheet of the index.
INDEX, RANK, LEVEL, MIRADOR, MIRADOR_RANK, MIRADOR_LEVEL, CHANGE, TIED = range(4, 12)


def write_normalised(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Every indicator on the scale 0–100, more being more vulnerable."""
    t = plan.t
    page = book.page(plan.names["normalised"], t("Normalised: every indicator from 0 to 100"), says)
    labels = {
        NORMAL_DIMENSION: t("Dimension"), NORMAL_WEIGHT: t("Weight in its dimension"), NORMAL_DIRECTION: t("Direction"),
        NORMAL_LOW: t("Lowest"), NORMAL_HIGH: t("Highest"),
    }  # fmt: skip
    write_frame(page, plan, labels, t("Scored"))
    _scored(page, plan)
    observed = plan.raw
    for i, indicator in enumerate(plan.indicators):
        column, name = START + i, indicator.name
        page.formula(
            NORMAL_DIMENSION,
            column,
            indicator_cell(plan, i, DIMENSION),
            plan.label_of(indicator.dimension),
            look="quiet",
        )
        page.formula(
            NORMAL_WEIGHT,
            column,
            indicator_cell(plan, i, WITHIN),
            plan.weights.at[name, "weight_in_dimension"],
            "share2",
            "quiet",
        )
        page.formula(NORMAL_DIRECTION, column, indicator_cell(plan, i, DIRECTION), indicator.direction, "year", "quiet")
        page.formula(NORMAL_LOW, column, on(plan, "data", LOWEST_ROW, column), observed[name].min(), "number", "quiet")
        page.formula(
            NORMAL_HIGH, column, on(plan, "data", HIGHEST_ROW, column), observed[name].max(), "number", "quiet"
        )
        direction, low, high = (xl_rowcol_to_cell(r, column, True) for r in (NORMAL_DIRECTION, NORMAL_LOW, NORMAL_HIGH))
        for row, value in enumerate(plan.scores[name], start=FIRST):
            x = on(plan, "complete", row, column)
            share = f"({x}-{low})/({high}-{low})"
            page.formula(
                row, column, f'IF($D{row + 1}=0,"",IF({direction}=1,100*{share},100-100*{share}))', value, "points2"
            )
    page.paint_scale(area(FIRST, START, plan.last, plan.end - 1))


def write_dimensions(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """The mean of each dimension."""
    t = plan.t
    page = book.page(plan.names["dimensions"], t("Dimensions: the mean of their indicators, from 0 to 100"), says)
    page.head(HEAD, [t("Code"), t("Area"), t("Parent unit"), t("Scored"), *plan.dimension_labels])
    page.text(DIMENSION_ROW, UNIT, t("Dimension"), "label")
    page.text(DIMENSION_SHARE, UNIT, t("Weight in the index"), "label")
    write_names(page, plan)
    yes_no(page, plan, True)
    _scored(page, plan)
    share = plan.weights.groupby("dimension", sort=False)["dimension_weight"].first()
    names = page_range(plan, "normalised", plan.indicator_row(NORMAL_DIMENSION))
    weights = page_range(plan, "normalised", plan.indicator_row(NORMAL_WEIGHT))
    for j, name in enumerate(plan.dimensions):
        column = START + j
        page.formula(DIMENSION_ROW, column, on_dimension(plan, j), plan.dimension_labels[j], look="quiet")
        page.formula(DIMENSION_SHARE, column, on_dimension(plan, j, 5), share[name], "share2", "quiet")
        same = f"({names}={xl_rowcol_to_cell(DIMENSION_ROW, column, True)})"
        for row, value in enumerate(plan.scores[f"dim:{name}"], start=FIRST):
            scores = page_range(plan, "normalised", plan.indicator_row(row, fixed_row=False))
            page.formula(row, column, f'IF($D{row + 1}=0,"",SUMPRODUCT({same}*{weights}*{scores}))', value, "points2")
    page.paint_scale(area(FIRST, START, plan.last, START + len(plan.dimensions) - 1))
    page.widths({"A": 12, "B": 28, "C": 24, "D": 11})
    page.sheet.set_column(START, START + len(plan.dimensions) - 1, 16)
    page.finish(HEAD, START - 2, plan.last, START + len(plan.dimensions) - 1)


def write_index(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Index, rank and level of every area, beside those that Mirador computed."""
    t = plan.t
    page = book.page(plan.names["index"], t("The index, the rank and the level of every area"), says)
    page.head(HEAD, [
        t("Code"), t("Area"), t("Parent unit"), t("Scored"), t("Index"), t("Rank (1 is the most vulnerable)"), t("Level (1 is the lowest)"),
        t("Index by Mirador"), t("Rank by Mirador"), t("Level by Mirador"), t("Change of the index"), t("Index to 12 decimals, for ties"),
    ])  # fmt: skip
    write_names(page, plan)
    yes_no(page, plan, True)
    _scored(page, plan)
    last = START + len(plan.dimensions) - 1
    weights = page_range(plan, "dimensions", _fixed(DIMENSION_SHARE, START, DIMENSION_SHARE, last))
    tied = plan.column(FIRST, TIED)
    limits, kept, count = levels_places(plan)
    for row, (_code, line) in enumerate(plan.areas.iterrows(), start=FIRST):
        scored, index, rounded = f"$D{row + 1}=0", xl_rowcol_to_cell(row, INDEX), xl_rowcol_to_cell(row, TIED)
        inside = page_range(plan, "dimensions", xl_range(row, START, row, last))
        value = line["index"]
        page.formula(row, INDEX, f'IF({scored},"",SUMPRODUCT({weights},{inside}))', value, "points2", "strong")
        page.formula(row, RANK, f'IF({scored},"",1+SUMPRODUCT(--({tied}>{rounded})))', line["rank"], "count")
        level = f"MIN({count},1+SUMPRODUCT(({limits}<{rounded})*{kept}))"
        page.formula(row, LEVEL, f'IF({scored},"",{level})', line["level"], "count", "strong")
        page.number(row, MIRADOR, value, "points2", "given")
        page.number(row, MIRADOR_RANK, line["rank"], "count", "given")
        page.number(row, MIRADOR_LEVEL, line["level"], "count", "given")
        page.formula(
            row,
            CHANGE,
            f'IF({scored},"",{index}-{xl_rowcol_to_cell(row, MIRADOR)})',
            0.0 if pd.notna(value) else "",
            "signed",
        )
        page.formula(row, TIED, f"IF({scored},{UNSCORED},ROUND({index},{TIE_DECIMALS}))",
                     float(UNSCORED) if pd.isna(value) else float(np.round(value, TIE_DECIMALS)), "tie", "quiet")  # fmt: skip
    page.paint_levels(area(FIRST, LEVEL, plan.last, LEVEL), len(plan.results.manifest["breaks"]), "index")
    page.widths({"A": 12, "B": 28, "C": 24, "D": 9, "E:K": 13, "L": 20})
    page.finish(HEAD, START - 2, plan.last, TIED)


# What stands for "no score" where numbers are compared: below every index.
UNSCORED = "-1E+300"


def levels_places(plan: Plan) -> tuple[str, str, str]:
    """On the sheet of levels: limits rounded for ties, whether a level is kept, and how many are."""
    k = levels_wanted(plan)
    first, last = LEVELS_HEAD + 1, LEVELS_HEAD + k
    return (
        page_range(plan, "levels", _fixed(first, LIMIT_TIED, last, LIMIT_TIED)),
        page_range(plan, "levels", _fixed(first, KEPT, last, KEPT)),
        page_range(plan, "levels", xl_rowcol_to_cell(last + 1, KEPT, True, True)),
    )


LEVELS_HEAD = 4
ORDER, LEVEL_NAME, LIMIT, AREAS_IN, CHILDREN_IN, KEPT, LIMIT_TIED, UP_TO = range(8)


def levels_wanted(plan: Plan) -> int:
    """Rows of the table of levels: those asked for where the limits are formulas, else those found."""
    live = plan.study.levels.rule in ("quantile", "equal_width")
    return plan.study.levels.k if live else len(plan.results.manifest["breaks"])


def _fixed(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    return f"{xl_rowcol_to_cell(first_row, first_column, True, True)}:{xl_rowcol_to_cell(last_row, last_column, True, True)}"


def _scored(page: Page, plan: Plan) -> None:
    """Whether the area is scored, from the sheet that decides it."""
    scored = plan.areas["index"].notna()
    for row, yes in enumerate(scored, start=FIRST):
        page.formula(row, OWN, on(plan, "complete", row, OWN), int(yes))
