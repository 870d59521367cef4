"""The sheets of the index workbook that pull in extreme values, where the study asks for it.

The bounds, and which indicator is treated and how, come from Mirador as values; the treatment itself is a formula.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from riskmodel.outputs.spreadsheets.index_inputs import write_frame
from riskmodel.outputs.spreadsheets.index_steps import write_scored
from riskmodel.outputs.spreadsheets.places import on
from riskmodel.outputs.spreadsheets.plan import FIRST, OWN, START, Plan
from riskmodel.outputs.spreadsheets.style import Book, Page

DONE_ROW, ONE_ROW, TWO_ROW, THREE_ROW = 4, 5, 6, 7


def write_treated_data(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """The treatment of the data as they were read: from here come lowest, highest and mean of the country."""
    t = plan.t
    page = book.page(plan.names["treated_data"], t("Treated data: extreme values pulled in"), says)
    labels = {
        DONE_ROW: t("Treatment"), ONE_ROW: t("Lower bound, or side of the tail (1 high, -1 low)"),
        TWO_ROW: t("Upper bound, or start of the logarithm"), THREE_ROW: t("Added before the logarithm"),
    }  # fmt: skip
    write_frame(page, plan, labels, t("Children"), with_scored=False)
    for row, value in enumerate(plan.areas["children"], start=FIRST):
        page.formula(
            row, OWN, f'IF({on(plan, "data", row, OWN)}="","",{on(plan, "data", row, OWN)})', value, "count", "quiet"
        )
    words = {"none": t("none"), "winsorise": t("bounds"), "log": t("logarithm")}
    for i, (indicator, done) in enumerate(zip(plan.indicators, plan.treated.record.to_dict("records"), strict=True)):
        page.text(DONE_ROW, START + i, words[str(done["treatment"])], "given")
        for row, value in zip((ONE_ROW, TWO_ROW, THREE_ROW), _bounds(done), strict=True):
            page.number(row, START + i, value, "number3", "given" if value is not None else "plain")
        _column(page, plan, i, "data", plan.treated.values[indicator.name], done)


def write_treated(book: Book, plan: Plan, says: Sequence[str]) -> None:
    """The same treatment of the completed values, which go on to be normalised."""
    t = plan.t
    page = book.page(plan.names["treated"], t("Treated: the completed values, extreme values pulled in"), says)
    write_frame(page, plan, {}, t("Scored"))
    write_scored(page, plan)
    values = plan.treated.apply(plan.filled.values).reindex(plan.raw.index)
    for i, (indicator, done) in enumerate(zip(plan.indicators, plan.treated.record.to_dict("records"), strict=True)):
        _column(page, plan, i, "complete", values[indicator.name], done)


def _column(page: Page, plan: Plan, i: int, source: str, values: pd.Series, done: Mapping[Hashable, Any]) -> None:
    """One indicator; an empty cell stays empty."""
    column = START + i
    here = source == "data"
    one, two, three = (
        xl_rowcol_to_cell(r, column, True) if here else on(plan, "treated_data", r, column, fixed=True)
        for r in (ONE_ROW, TWO_ROW, THREE_ROW)
    )
    for row, value in enumerate(values, start=FIRST):
        x = on(plan, source, row, column)
        treated = {
            "none": x,
            "winsorise": f"MAX({one},MIN({two},{x}))",
            "log": f"{one}*LN(MAX({one}*{x}-{two},0)+{three})",
        }[str(done["treatment"])]
        page.formula(row, column, f'IF(ISNUMBER({x}),{treated},"")', value, "number3")


def _bounds(done: Mapping[Hashable, Any]) -> tuple[float | None, float | None, float | None]:
    if done["treatment"] == "winsorise":
        return done["lower"], done["upper"], None
    if done["treatment"] == "log":
        return done["side"], done["start"], done["add"]
    return None, None, None
