"""The sheets of the index workbook with the data as they were read, and with their gaps filled.

A gap takes the median of the parent unit, else of the country, as `riskmodel/index/availability.py` does it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from riskmodel.index.availability import NEEDED
from riskmodel.outputs.spreadsheets.places import DIMENSION, dimension_cell, indicator_cell, on, page_range
from riskmodel.outputs.spreadsheets.plan import CODE, FIRST, HEAD, NAME, OWN, START, UNIT, Plan
from riskmodel.outputs.spreadsheets.style import FILLED, Book, Page, area

# Rows above the head of the sheets of areas.
DIMENSION_ROW, COUNT_ROW, LOWEST_ROW, HIGHEST_ROW, MEDIAN_ROW = 4, 5, 6, 7, 8
NEEDED_ROW = 5


def write_data(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """The table as it was read."""
    t = plan.t
    page = book.page(plan.names["data"], t("Data: indicators as they were read"), says)
    labels = {
        DIMENSION_ROW: t("Dimension"), COUNT_ROW: t("Areas with a value"), LOWEST_ROW: t("Lowest"),
        HIGHEST_ROW: t("Highest"), MEDIAN_ROW: t("Median of the country"),
    }  # fmt: skip
    write_frame(page, plan, labels, t("Children"), with_scored=False)
    for i, indicator in enumerate(plan.indicators):
        column, values = START + i, plan.raw[indicator.name]
        kind = plan.kinds[indicator.name]
        cells = plan.column(FIRST, column)
        page.formula(
            DIMENSION_ROW, column, indicator_cell(plan, i, DIMENSION), plan.label_of(indicator.dimension), look="quiet"
        )
        for row, function, value in (
            (COUNT_ROW, "COUNT", values.count()), (LOWEST_ROW, "MIN", values.min()),
            (HIGHEST_ROW, "MAX", values.max()), (MEDIAN_ROW, "MEDIAN", values.median()),
        ):  # fmt: skip
            page.formula(row, column, f"{function}({cells})", value, "count" if row == COUNT_ROW else kind, "quiet")
        for row, value in enumerate(values, start=FIRST):
            page.number(row, column, value, kind, "edit")
    for row, value in enumerate(plan.areas["children"], start=FIRST):
        page.number(row, OWN, value, "count", "edit")


def write_medians(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Median of each indicator in each parent unit, on the same columns as the data."""
    t = plan.t
    page = book.page(plan.names["medians"], t("Medians of the parent units"), says)
    page.head(HEAD, [t("Code"), t("Parent unit"), "", t("Areas"), *_labels(plan)])
    page.close_up((), HEAD)
    medians = plan.raw.groupby(plan.areas["parent_code"].astype(object)).median()
    for block in plan.blocks:
        row = plan.unit_row[block.code]
        page.text(row, CODE, block.code)
        page.text(row, NAME, block.name)
        page.number(row, OWN, block.last - block.first + 1, "count")
        for i, indicator in enumerate(plan.indicators):
            cells = page_range(plan, "data", plan.block_of(START + i, block))
            value = medians.loc[block.code, indicator.name]
            page.formula(row, START + i, f'IF(COUNT({cells})=0,"",MEDIAN({cells}))', value, plan.kinds[indicator.name])
    _widths(page, plan, len(plan.indicators))
    page.finish(HEAD, START - 2, FIRST + len(plan.blocks) - 1, plan.end - 1)


def write_complete(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Which areas have enough indicators, and their values with the gaps filled."""
    t = plan.t
    page = book.page(
        plan.names["complete"], t("Complete: gaps filled, and areas with too few indicators left out"), says
    )
    shares = [t("Share of “{dimension}” at hand", dimension=d) for d in plan.dimension_labels]
    write_frame(page, plan, {NEEDED_ROW: t("Least share of a dimension's indicators")}, t("Scored"), shares)
    page.number(NEEDED_ROW, START, NEEDED, "share", "edit")
    needed = xl_rowcol_to_cell(NEEDED_ROW, START, True, True)
    end, last = plan.end, plan.end + len(plan.dimensions) - 1
    dimensions = page_range(plan, "data", plan.indicator_row(DIMENSION_ROW))
    scored = plan.raw.index.isin(plan.filled.values.index)
    values = plan.filled.values.reindex(plan.raw.index)[list(plan.raw.columns)].to_numpy(float)
    present = _shares(plan)
    units = [None if pd.isna(unit) else str(unit) for unit in plan.areas["parent_code"]]
    for position, row in enumerate(range(FIRST, plan.last + 1)):
        low, high = xl_rowcol_to_cell(row, end), xl_rowcol_to_cell(row, last)
        page.formula(
            row, OWN, f"IF(MIN({low}:{high})<{needed}-0.000000001,0,1)", int(scored[position]), "general", "centre"
        )
        here = page_range(plan, "data", plan.indicator_row(row, fixed_row=False))
        for i, indicator in enumerate(plan.indicators):
            formula = _complete(plan, units[position], row, i)
            page.formula(row, START + i, formula, values[position, i], plan.kinds[indicator.name])
        for j in range(len(plan.dimensions)):
            same = f"({dimensions}={dimension_cell(plan, j)})"
            formula = f"IF(SUMPRODUCT(--{same})=0,1,SUMPRODUCT({same}*ISNUMBER({here}))/SUMPRODUCT(--{same}))"
            page.formula(row, end + j, formula, present[position, j], "share", "quiet")
    filled = book.rule(bg_color=FILLED)
    cell = f"AND($D{FIRST + 1}=1,NOT(ISNUMBER({on(plan, 'data', FIRST, START)})))"
    page.sheet.conditional_format(
        area(FIRST, START, plan.last, end - 1), {"type": "formula", "criteria": "=" + cell, "format": filled}
    )


def _shares(plan: Plan) -> np.ndarray:
    """Share of each dimension's indicators that an area has, (n_areas, n_dimensions)."""
    present = plan.raw.notna()
    inside = [[i.name for i in plan.indicators if i.dimension == name] for name in plan.dimensions]
    return np.column_stack([present[names].mean(axis=1) for names in inside])


def _complete(plan: Plan, unit: str | None, row: int, i: int) -> str:
    """The value of the area, else of its parent unit, else of the country."""
    own = on(plan, "data", row, START + i)
    country = on(plan, "data", MEDIAN_ROW, START + i, fixed=True)
    otherwise = country
    if unit is not None:
        median = on(plan, "medians", plan.unit_row[unit], START + i, fixed=True)
        otherwise = f"IF(ISNUMBER({median}),{median},{country})"
    return f'IF($D{row + 1}=0,"",IF(ISNUMBER({own}),{own},{otherwise}))'


def write_frame(
    page: Page, plan: Plan, labels: dict[int, str], own: str, more: Sequence[str] = (), with_scored: bool = True
) -> None:
    """Head, codes and names of a sheet of areas; labels of the rows above the head; whether the area is scored.

    own : head of column D. more : heads after the indicators.
    """
    t = plan.t
    page.head(HEAD, [t("Code"), t("Area"), t("Parent unit"), own, *_labels(plan), *more])
    for row, label in labels.items():
        page.text(row, UNIT, label, "label")
    page.close_up(labels, HEAD)
    write_names(page, plan)
    yes_no(page, plan, with_scored)
    _widths(page, plan, len(plan.indicators) + len(more))
    page.finish(HEAD, START - 2, plan.last, plan.end + len(more) - 1)


def write_names(page: Page, plan: Plan) -> None:
    """Code, name and parent unit of every area."""
    named = zip(plan.areas.index, plan.areas["area_name"], plan.areas["parent_name"], strict=True)
    for row, (code, name, unit) in enumerate(named, start=FIRST):
        page.text(row, CODE, code)
        page.text(row, NAME, name)
        page.text(row, UNIT, unit, "quiet")


def yes_no(page: Page, plan: Plan, wanted: bool) -> None:
    """Column D shows 1 and 0 as words; areas without a score are grey."""
    if not wanted:
        return
    quoted = [word.replace('"', "") for word in (plan.t("yes"), plan.t("no"))]
    style = page.book.rule(num_format=f'"{quoted[0]}";;"{quoted[1]}"')
    page.sheet.conditional_format(area(FIRST, OWN, plan.last, OWN), {"type": "no_errors", "format": style})
    grey = page.book.rule(font_color="#8A8F93")
    rule = {"type": "formula", "criteria": f"=$D{FIRST + 1}=0", "format": grey}
    page.sheet.conditional_format(area(FIRST, CODE, plan.last, UNIT), rule)


def _labels(plan: Plan) -> list[str]:
    return [i.label or i.name for i in plan.indicators]


def _widths(page: Page, plan: Plan, columns: int) -> None:
    page.sheet.set_column(CODE, CODE, 12)
    page.sheet.set_column(NAME, NAME, 28)
    page.sheet.set_column(UNIT, UNIT, 24)
    page.sheet.set_column(OWN, OWN, 14)
    page.sheet.set_column(START, START + columns - 1, 15)
