"""The sheet of the index workbook that brings every indicator to the scale 0–100.

All ways but ranks are a straight line through two values: the one that scores 0 and the one that scores 100
(`riskmodel/index/normalise.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from riskmodel.index.distance import references
from riskmodel.index.normalise import POINTS_PER_SD, anchors
from riskmodel.outputs.spreadsheets.index_inputs import write_frame
from riskmodel.outputs.spreadsheets.index_steps import write_scored
from riskmodel.outputs.spreadsheets.places import (
    BEST,
    DIMENSION,
    DIRECTION,
    WITHIN,
    WORST,
    indicator_cell,
    on,
    page_range,
)
from riskmodel.outputs.spreadsheets.plan import (
    FIRST,
    NORMAL_DIMENSION,
    NORMAL_DIRECTION,
    NORMAL_HIGH,
    NORMAL_HUNDRED,
    NORMAL_LOW,
    NORMAL_SD,
    NORMAL_WEIGHT,
    NORMAL_ZERO,
    START,
    Plan,
)  # fmt: skip
from riskmodel.outputs.spreadsheets.style import Book, Page, area


def write_normalised(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Every indicator on one scale, more being more vulnerable."""
    t = plan.t
    page = book.page(plan.names["normalised"], t("Normalised: every indicator from 0 to 100"), says)
    write_frame(page, plan, _labels(plan), t("Scored"))
    write_scored(page, plan)
    ends = _ends(plan)
    for i, indicator in enumerate(plan.indicators):
        column, name = START + i, indicator.name
        label, weight = plan.label_of(indicator.dimension), plan.weights.at[name, "weight_in_dimension"]
        page.formula(NORMAL_DIMENSION, column, indicator_cell(plan, i, DIMENSION), label, look="quiet")
        page.formula(NORMAL_WEIGHT, column, indicator_cell(plan, i, WITHIN), weight, "share2", "quiet")
        page.formula(NORMAL_DIRECTION, column, indicator_cell(plan, i, DIRECTION), indicator.direction, "year", "quiet")
        _figures(page, plan, i)
        if ends is not None:
            _write_ends(page, plan, i, float(ends["zero"][name]), float(ends["hundred"][name]))
        for row, value in enumerate(plan.scores[name], start=FIRST):
            page.formula(row, column, f'IF($D{row + 1}=0,"",{_score(plan, row, column)})', value, "points2")
    page.paint_scale(area(FIRST, START, plan.last, plan.end - 1))


def way(plan: Plan) -> str:
    """How the values are normalised: a method has its own way, or the study chooses."""
    return plan.normalisation if plan.method == "mean" else plan.method


def _labels(plan: Plan) -> dict[int, str]:
    """Labels of the rows above the head."""
    t = plan.t
    shared = {
        NORMAL_DIMENSION: t("Dimension"),
        NORMAL_WEIGHT: t("Weight in its dimension"),
        NORMAL_DIRECTION: t("Direction"),
    }
    lines = {NORMAL_ZERO: t("Value that scores 0"), NORMAL_HUNDRED: t("Value that scores 100")}
    extremes = {NORMAL_LOW: t("Lowest"), NORMAL_HIGH: t("Highest")}
    own = {
        "min_max": extremes | lines,
        "goalposts": lines,
        "z_score": {NORMAL_LOW: t("Mean"), NORMAL_HIGH: t("Standard deviation")} | lines,
        "reference": {NORMAL_LOW: t("Value that scores 50"), NORMAL_HIGH: t("Reach to either side")} | lines,
        "rank": {NORMAL_LOW: t("Areas with a value")},
        "dp2": extremes | lines | {NORMAL_SD: t("Standard deviation of the completed values")},
        "percentile_rank": {NORMAL_LOW: t("Areas scored")},
    }
    return shared | own[way(plan)]


def _ends(plan: Plan) -> pd.DataFrame | None:
    """The values that score 0 and 100; None for ranks."""
    if plan.method == "dp2":
        reference, best = references(plan.raw, plan.indicators)
        return pd.DataFrame({"zero": best, "hundred": reference})
    if way(plan) in ("rank", "percentile_rank"):
        return None
    return anchors(plan.observed, plan.indicators, plan.study.index.normalisation)


def _figures(page: Page, plan: Plan, i: int) -> None:
    """Lowest and highest, mean and standard deviation, or what else the way needs of an indicator."""
    column, values = START + i, plan.observed[plan.indicators[i].name]
    cells = page_range(plan, plan.observed_sheet, plan.column(FIRST, column))
    completed = page_range(plan, "complete", plan.column(FIRST, column))
    lowest, highest = values.min(), values.max()
    match way(plan):
        case "min_max" | "dp2":
            pair = [(f"MIN({cells})", lowest), (f"MAX({cells})", highest)]
        case "z_score":
            pair = [(f"AVERAGE({cells})", values.mean()), (f"STDEVP({cells})", values.std(ddof=0))]
        case "reference":
            own, declared = indicator_cell(plan, i, BEST), plan.indicators[i].reference
            middle = values.median() if declared is None else declared
            at = xl_rowcol_to_cell(NORMAL_LOW, column)
            pair = [
                (f"IF(ISNUMBER({own}),{own},MEDIAN({cells}))", middle),
                (
                    f"MAX(ABS(MAX({cells})-{at}),ABS(MIN({cells})-{at}))",
                    max(abs(highest - middle), abs(lowest - middle)),
                ),
            ]
        case "rank":
            pair = [(f"COUNT({cells})", values.count())]
        case "percentile_rank":
            pair = [(f"COUNT({completed})", len(plan.filled.values))]
        case _:
            pair = []
    for row, (formula, value) in zip((NORMAL_LOW, NORMAL_HIGH), pair, strict=False):
        page.formula(row, column, formula, float(value), "count" if len(pair) == 1 else "number3", "quiet")
    if plan.method == "dp2":
        sd = plan.filled.values[plan.indicators[i].name].std(ddof=0)
        page.formula(NORMAL_SD, column, f"STDEVP({completed})", sd, "number3", "quiet")


def _write_ends(page: Page, plan: Plan, i: int, zero: float, hundred: float) -> None:
    """The two values, turned round where the direction is -1."""
    column = START + i
    low, high, direction = (xl_rowcol_to_cell(r, column) for r in (NORMAL_LOW, NORMAL_HIGH, NORMAL_DIRECTION))
    best, worst = indicator_cell(plan, i, BEST), indicator_cell(plan, i, WORST)
    match way(plan):
        case "min_max":
            pair = f"IF({direction}=1,{low},{high})", f"IF({direction}=1,{high},{low})"
        case "goalposts":
            pair = best, worst
        case "z_score":
            reach = f"{direction}*{50 / POINTS_PER_SD:g}*{high}"
            pair = f"{low}-{reach}", f"{low}+{reach}"
        case "reference":
            pair = f"{low}-{direction}*{high}", f"{low}+{direction}*{high}"
        case _:
            pair = (
                f"IF(ISNUMBER({best}),{best},IF({direction}=1,{low},{high}))",
                f"IF(ISNUMBER({worst}),{worst},IF({direction}=1,{high},{low}))",
            )
    page.formula(NORMAL_ZERO, column, pair[0], zero, "number3", "quiet")
    page.formula(NORMAL_HUNDRED, column, pair[1], hundred, "number3", "quiet")


def _score(plan: Plan, row: int, column: int) -> str:
    """The score of one value."""
    x = on(plan, plan.complete_sheet, row, column)
    zero, hundred, count, direction = (
        xl_rowcol_to_cell(r, column, True) for r in (NORMAL_ZERO, NORMAL_HUNDRED, NORMAL_LOW, NORMAL_DIRECTION)
    )
    line = f"100*({x}-{zero})/({hundred}-{zero})"
    match way(plan):
        case "goalposts":
            return f"MAX(0,MIN(100,{line}))"
        case "dp2":
            return f"100*(1-ABS({x}-{hundred})/ABS({zero}-{hundred}))"
        case "rank":
            cells = page_range(plan, plan.observed_sheet, plan.column(FIRST, column))
            place = f"(SUMPRODUCT(ISNUMBER({cells})*(({cells}<{x})+({cells}<={x})))-1)/2"
            return f"50-50*{direction}+{direction}*MAX(0,MIN(100,100*{place}/MAX({count}-1,1)))"
        case "percentile_rank":
            cells = page_range(plan, "complete", plan.column(FIRST, column))
            above = f"{count}-SUMPRODUCT(--({cells}<={x}))"
            return f"100*IF({direction}=1,SUMPRODUCT(--({cells}<{x})),{above})/MAX({count}-1,1)"
        case _:
            return line
