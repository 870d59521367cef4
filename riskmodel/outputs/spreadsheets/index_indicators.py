"""The sheet of the index workbook that holds directions and weights.

Weights that are declared may be changed; those that come from the data stand as values, and everything after them follows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from riskmodel.outputs.spreadsheets.places import (
    BEST,
    BETWEEN,
    D_COUNT,
    D_NAME,
    D_SHARE,
    D_WEIGHT,
    DIMENSION,
    DIRECTION,
    EFFECTIVE,
    FACTOR,
    LABEL,
    SHORT,
    SOURCE,
    TABLE,
    UNIT_OF,
    WEIGHT,
    WITHIN,
    WORST,
    YEAR,
    dimension_table,
    on,
)  # fmt: skip
from riskmodel.outputs.spreadsheets.plan import NORMAL_HUNDRED, NORMAL_SD, NORMAL_ZERO, START, Plan
from riskmodel.outputs.spreadsheets.style import Book, Page, area


def write_indicators(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """Indicators and dimensions: directions and weights to change, shares that follow from them."""
    t = plan.t
    page = book.page(plan.names["indicators"], t("Indicators, directions and weights"), says)
    extra = _extra_heads(plan)
    page.head(TABLE, [
        t("Indicator"), t("Name in the study"), t("Dimension"), t("Direction: 1 raises the index, -1 lowers it"), t("Weight"),
        t("Weight in its dimension"), t("Weight of its dimension"), t("Weight in the index"), t("Unit"), t("Source"), t("Year"),
        *extra.values(),
    ])  # fmt: skip
    for i in range(len(plan.indicators)):
        _indicator(page, plan, i, list(extra))
    total = TABLE + 1 + len(plan.indicators)
    page.text(total, LABEL, t("Sum"), "total")
    for column in range(1, YEAR + 1):
        page.text(total, column, "", "total")
    if plan.method == "dp2":
        page.formula(total, WEIGHT, f"SUM({_all(plan, 'E')})", plan.points["own"].sum(), "points4", "total")
    page.formula(total, EFFECTIVE, f"SUM({_all(plan, 'H')})", 1.0, "share2", "total")
    _dimensions(page, plan)
    _choices(page, plan)
    page.widths({"A": 52, "B": 24, "C": 38, "D": 15, "E:H": 12, "I": 10, "J": 44, "K": 8, "L:N": 13})
    page.sheet.freeze_panes(TABLE + 1, 1)


def _all(plan: Plan, letter: str) -> str:
    """A column of the table of indicators."""
    return f"{letter}${TABLE + 2}:{letter}${TABLE + 1 + len(plan.indicators)}"


def _extra_heads(plan: Plan) -> dict[int, str]:
    """Columns that only some ways of normalising need."""
    t = plan.t
    if plan.method == "dp2":
        return {
            BEST: t("Best value (empty: the best observed)"), WORST: t("Reference (empty: the worst observed)"),
            FACTOR: t("Its own share, 1 − R²"),
        }  # fmt: skip
    if plan.method == "mean" and plan.normalisation == "goalposts":
        return {BEST: t("Value that scores 0"), WORST: t("Value that scores 100")}
    if plan.method == "mean" and plan.normalisation == "reference":
        return {BEST: t("Value that scores 50 (empty: the median)")}
    return {}


def _indicator(page: Page, plan: Plan, i: int, extra: list[int]) -> None:
    """The row of one indicator."""
    indicator, row, line = plan.indicators[i], TABLE + 1 + i, TABLE + 2 + i
    first, last = dimension_table(plan)
    done = plan.weights.loc[indicator.name]
    page.text(row, LABEL, indicator.label or indicator.name)
    page.text(row, SHORT, indicator.name, "quiet")
    page.text(row, DIMENSION, plan.label_of(indicator.dimension), "edit")
    page.number(row, DIRECTION, indicator.direction, "year", "edit")
    _weight(page, plan, i, row)
    same = f"({_all(plan, 'C')}=C{line})"
    of_dimension, n = f"SUMPRODUCT({same}*{_all(plan, 'E')})", f"SUMPRODUCT(--{same})"
    share = f"IF({of_dimension}=0,1/{n},E{line}/{of_dimension})"
    page.formula(row, WITHIN, share, done["weight_in_dimension"], "share2")
    between = f"SUMPRODUCT(($C${first + 1}:$C${last + 1}=C{line})*$F${first + 1}:$F${last + 1})"
    page.formula(row, BETWEEN, between, done["dimension_weight"], "share2")
    page.formula(row, EFFECTIVE, f"F{line}*G{line}", done["weight"], "share2", "strong")
    page.text(row, UNIT_OF, indicator.unit, "indent")
    page.text(row, SOURCE, indicator.source)
    page.number(row, YEAR, indicator.year, "year")
    for column in extra:
        value = plan.declared(indicator, column)
        page.number(row, column, value, "number3", "given" if column == FACTOR else "edit")


def _weight(page: Page, plan: Plan, i: int, row: int) -> None:
    """The weight as it was given, or as Mirador found it; with DP2 what the indicator adds at most to the distance."""
    value = plan.points["own"].iloc[i]
    if plan.method == "dp2":
        column = START + i
        zero, hundred, sd = (on(plan, "normalised", r, column) for r in (NORMAL_ZERO, NORMAL_HUNDRED, NORMAL_SD))
        page.formula(row, WEIGHT, f"ABS({zero}-{hundred})/{sd}*N{row + 1}", value, "points4")
    else:
        look = "given" if plan.method == "percentile_rank" else "edit" if plan.declared_weights else "given"
        page.number(row, WEIGHT, value, "general" if plan.declared_weights else "points4", look)


def _dimensions(page: Page, plan: Plan) -> None:
    """The table of dimensions."""
    t = plan.t
    first, last = dimension_table(plan)
    page.text(first - 2, LABEL, t("Dimensions"), "heading")
    heads = {
        D_NAME: t("Dimension"),
        D_COUNT: t("Indicators in it"),
        D_WEIGHT: t("Weight"),
        D_SHARE: t("Weight in the index"),
    }
    for column, name in heads.items():
        page.sheet.write_string(first - 1, column, name, page.book.format("head"))
    page.sheet.set_row(first - 1, 34)
    share: pd.Series = plan.weights.groupby("dimension", sort=False)["dimension_weight"].first()
    count = plan.weights["dimension"].value_counts()
    for row, name in enumerate(plan.dimensions, start=first):
        line = row + 1
        page.text(row, D_NAME, plan.label_of(name), "strong")
        same = f"({_all(plan, 'C')}=C{line})"
        page.formula(row, D_COUNT, f"SUMPRODUCT(--{same})", int(count[name]), "count")
        if plan.sums_weights:
            own = plan.points.loc[plan.points["dimension"] == name, "own"].sum()
            page.formula(row, D_WEIGHT, f"SUMPRODUCT({same}*{_all(plan, 'E')})", own, "points4")
        else:
            look = "edit" if plan.declared_weights else "given"
            page.number(
                row, D_WEIGHT, plan.dimension_points[name], "general" if plan.declared_weights else "points4", look
            )
        weights = f"SUMPRODUCT((D${first + 1}:D${last + 1}>0)*E${first + 1}:E${last + 1})"
        page.formula(row, D_SHARE, f"IF(D{line}=0,0,E{line})/{weights}", share[name], "share2", "strong")


def _choices(page: Page, plan: Plan) -> None:
    """Only directions and dimensions that exist can be typed in."""
    first, last = dimension_table(plan)
    n = len(plan.indicators)
    page.sheet.data_validation(
        area(TABLE + 1, DIRECTION, TABLE + n, DIRECTION), {"validate": "list", "source": ["1", "-1"]}
    )
    names = {"validate": "list", "source": f"=$C${first + 1}:$C${last + 1}"}
    page.sheet.data_validation(area(TABLE + 1, DIMENSION, TABLE + n, DIMENSION), names)
