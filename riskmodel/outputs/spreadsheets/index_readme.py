"""The first sheet of the index workbook: what this is, what each sheet does, what the colours mean, how to change it."""

from __future__ import annotations

from collections.abc import Sequence

from riskmodel.outputs.spreadsheets.about import LABEL, WIDTH, WORDS, about, first_page, lines
from riskmodel.outputs.spreadsheets.index_says import says
from riskmodel.outputs.spreadsheets.index_steps import CHANGE
from riskmodel.outputs.spreadsheets.places import page_range
from riskmodel.outputs.spreadsheets.plan import FIRST, Plan
from riskmodel.outputs.spreadsheets.style import EDIT, FILLED, GIVEN, Book, Page


def write_read_me(book: Book, plan: Plan, sheets: Sequence[str]) -> None:
    """Write it; `sheets` are the keys of the others, in order."""
    t, study = plan.t, plan.study
    title = t("{study}: the index step by step", study=study.study.name)
    page, row = first_page(book, plan.names["read_me"], title, study, t)
    size = t(
        "{areas} areas, {indicators} indicators, {dimensions} dimensions.",
        areas=t.number(len(plan.areas)),
        indicators=t.number(len(plan.indicators)),
        dimensions=t.number(len(plan.dimensions)),
    )
    purpose = t(
        "Every step from the data to the index, with its formulas. Follow any number back to its data; change a weight, a direction or a value, and index, ranks and levels follow."
    )
    caution = t(
        "The index orders areas by conditions that go with child labour. It is not a share of children, and says nothing about any child or family."
    )
    said = [(t("Purpose"), purpose), (t("Index"), study.index.name), (t("Size"), size)]
    said += [*about(plan.results, study, t), (t("Caution"), caution)]
    row = lines(page, row, t("What this is"), [(label, words) for label, words in said if words])
    row = _check(page, plan, row)
    page.text(row, LABEL, t("Sheets"), "heading")
    page.text(row, WORDS, "", "heading")
    for name in sheets:
        row += 1
        page.link(row, LABEL, plan.names[name], plan.names[name])
        words = " ".join(says(plan, name))
        page.text(row, WORDS, words, "wrap")
        page.tall(row, words, WIDTH)
    row = _colours(page, plan, row + 2)
    _how_to_change(page, plan, row)


def _check(page: Page, plan: Plan, row: int) -> int:
    """Whether the workbook still gives what Mirador gave."""
    t = plan.t
    change = page_range(plan, "index", plan.column(FIRST, CHANGE))
    page.text(row, LABEL, t("Check"), "strong")
    page.formula(row, WORDS, f"MAX(MAX({change}),-MIN({change}))", 0.0, "check", "left")
    words = t(
        "Largest difference between the index of this workbook and the index that Mirador computed. It is zero until something is changed."
    )
    page.text(row + 1, WORDS, words, "says")
    return row + 3


def _colours(page: Page, plan: Plan, row: int) -> int:
    t = plan.t
    page.text(row, LABEL, t("Colours"), "heading")
    page.text(row, WORDS, "", "heading")
    for colour, word, meaning in (
        (EDIT, t("yellow"), t("May be changed.")),
        (GIVEN, t("blue"), t("Computed by Mirador; stands as a value.")),
        (FILLED, t("orange"), t("A gap that was filled.")),
        ("", t("white"), t("A formula.")),
    ):
        row += 1
        page.painted(row, LABEL, word, colour)
        page.text(row, WORDS, meaning)
    return row + 2


def _how_to_change(page: Page, plan: Plan, row: int) -> None:
    t = plan.t
    weights, data = plan.names["indicators"], plan.names["data"]
    said = [
        (t("A weight"), t("Sheet “{sheet}”, column “Weight”. Only proportions matter: 2 beside 1 weighs twice as much.", sheet=weights)),
        (t("A direction"), t("Sheet “{sheet}”: 1 where a high value raises the index, -1 where it lowers it.", sheet=weights)),
        (t("A value"), t("Sheet “{sheet}”. Leave a cell empty where nothing is known.", sheet=data)),
        (t("Back in Mirador"), t("Write the same change into the study and run it: it gives the same index, with its maps, sheets and record. This file is no record.")),
    ]  # fmt: skip
    lines(page, row, t("How to change it"), said)
