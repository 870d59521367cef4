"""`results.xlsx`: the tables of a run in one file, for a person to read, filter and print.

Codes are text with their zeros, what is missing or withheld stays empty, and a sheet explains every column.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from riskmodel.colours import level_colours
from riskmodel.i18n import N_, Translator
from riskmodel.outputs.spreadsheets.about import LABEL, WORDS, about, first_page, lines
from riskmodel.outputs.spreadsheets.columns import NOTES
from riskmodel.outputs.spreadsheets.results_tables import Shown, Table, tables
from riskmodel.outputs.spreadsheets.style import Book, Page, area, sheet_names
from riskmodel.outputs.words import level_names
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results
from riskmodel.study import Study

RESULTS = "results.xlsx"
HEAD = 2
LONGEST = 50_000  # rows of a sheet that still opens at once on an old computer
NAMES = ("area_code", "area_name", "rank")
WIDTHS = {
    "area_name": 28,
    "parent_name": 24,
    "notes": 26,
    "category": 22,
    "group": 24,
    "name": 30,
    "determinant": 28,
    "term": 26,
}


def write_results_book(results: Results, path: Path, t: Translator, progress: Progress = quiet) -> Path:
    """Write the spreadsheet of a finished run; gives `path`. A table of more than `LONGEST` rows is named, not written."""
    study = Study.model_validate(results.manifest["study"])
    found = tables(results, study, t)
    fitting = [table for table in found if len(table.frame) <= LONGEST]
    large = [table.title for table in found if table not in fitting]
    read_me, *names, columns = sheet_names([t("Read me"), *(table.title for table in fitting), t("Columns")])
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    with Book(path, study.study.name, created) as book:
        _read_me(book, read_me, results, study, t, dict(zip(names, fitting, strict=True)), columns, large)
        for done, (name, table) in enumerate(zip(names, fitting, strict=True)):
            progress(N_("Writing the spreadsheet of results"), done / len(fitting))
            _write_table(book, name, table, results, t)
        _columns(book, columns, dict(zip(names, fitting, strict=True)), results, t)
    return path


def _read_me(
    book: Book,
    name: str,
    results: Results,
    study: Study,
    t: Translator,
    sheets: dict[str, Table],
    columns: str,
    large: list[str],
) -> None:
    page, row = first_page(book, name, study.study.name, study, t)
    row = lines(page, row, t("About this study"), about(results, study, t))
    page.text(row, LABEL, t("Sheets"), "heading")
    page.text(row, WORDS, "", "heading")
    for sheet, table in sheets.items():
        row += 1
        page.link(row, LABEL, sheet, sheet)
        page.text(row, WORDS, t.plural("{count} row.", "{count} rows.", len(table.frame)))
    row += 1
    page.link(row, LABEL, columns, columns)
    page.text(row, WORDS, t("What every column means, with its unit and its name in the CSV files."))
    row = _levels(page, row + 2, results, t)
    said = [
        (t("Empty cells"), t("Not known, not available with this method, or withheld to protect people. Never zero.")),
        (
            t("Risk"),
            t("A share of children, estimated. The interval tells how sure it is. Associations are not causes."),
        ),
    ]
    if results.measure == "index":
        said[1] = (
            t("Index"),
            t(
                "The index orders areas by conditions that go with child labour. It is not a share of children, and says nothing about any child or family."
            ),
        )
    if large:
        said.append(
            (
                t("Left out"),
                t("Too long for a spreadsheet, and only in the CSV files: {tables}.", tables=", ".join(large)),
            )
        )
    lines(page, row, t("How to read it"), said)


def _levels(page: Page, row: int, results: Results, t: Translator) -> int:
    """The levels with their colours, printed ranges and areas; gives the row after an empty one."""
    page.text(row, LABEL, t("Levels"), "heading")
    page.text(row, WORDS, "", "heading")
    entries: list[dict[str, Any]] = results.manifest["levels"]
    k = len(results.manifest["breaks"])
    names = level_names(k, t)
    for entry in entries:
        row += 1
        level = int(entry["level"])
        page.painted(row, LABEL, f"{level} · {names[level - 1]}", level_colours(k, results.measure)[level - 1])
        ends = [
            t.number(entry[end], 1) + ("" if results.measure == "index" else " %")
            for end in ("printed_lower", "printed_upper")
        ]
        page.text(
            row,
            WORDS,
            t.plural(
                "{lower} to {upper}: {count} area.",
                "{lower} to {upper}: {count} areas.",
                int(entry["areas"]),
                lower=ends[0],
                upper=ends[1],
            ),
        )
    return row + 2


def _write_table(book: Book, name: str, table: Table, results: Results, t: Translator) -> None:
    page = book.page(name, table.title)
    page.head(HEAD, [shown.head for shown in table.shown], left=_left(table), height=48)
    for position, shown in enumerate(table.shown):
        page.sheet.set_column(position, position, WIDTHS.get(shown.name, 12 if shown.number == "text" else 13))
        values = table.frame[shown.name]
        for row, value in enumerate(values.tolist(), start=HEAD + 1):
            _cell(page, row, position, value, shown, t)
    last = HEAD + len(table.frame)
    for position, shown in enumerate(table.shown):
        if shown.name in ("level", "level_parent", "level_observed") and table.key != "profile":
            page.paint_levels(
                area(HEAD + 1, position, last, position), len(results.manifest["breaks"]), results.measure
            )
    if table.key == "contributions":
        page.paint_difference(area(HEAD + 1, 2, last, len(table.shown) - 1))
    page.finish(HEAD, _left(table), last, len(table.shown) - 1)


def _cell(page: Page, row: int, column: int, value: object, shown: Shown, t: Translator) -> None:
    if isinstance(value, bool):
        page.text(row, column, t("yes") if value else t("no"))
    elif shown.number == "text" or isinstance(value, str):
        page.text(row, column, value)
    else:
        page.number(row, column, value, shown.number)


def _left(table: Table) -> int:
    """How many columns name the row: they stay in view."""
    names = [shown.name for shown in table.shown]
    return max((names.index(n) + 1 for n in NAMES if n in names[:3]), default=1)


def _columns(book: Book, name: str, sheets: dict[str, Table], results: Results, t: Translator) -> None:
    """The sheet that explains each column, and the codes of notes that occur."""
    page = book.page(name, t("What every column means"))
    page.head(HEAD, [t("Sheet"), t("Column"), t("Name in the CSV files"), t("Unit"), t("Meaning")], left=5, height=24)
    page.widths({"A": 22, "B": 34, "C": 24, "D": 22, "E": 100})
    row = HEAD
    for sheet, table in sheets.items():
        for shown in table.shown:
            row += 1
            for column, words in enumerate(
                (sheet, shown.head, shown.name, t(shown.column.unit), _plain(t(shown.column.meaning)))
            ):
                page.text(row, column, words, "wrap" if column == 4 else "top")
            page.tall(row, t(shown.column.meaning), 95)
    notes = results.areas["notes"].astype("string").fillna("")
    met = {code for text in notes.unique() for code in text.split(";") if code}
    for code in (c for c in NOTES if c in met):
        row += 1
        for column, words in enumerate(("", t("Code in the notes"), code, "", _plain(t(NOTES[code])))):
            page.text(row, column, words, "wrap" if column == 4 else "top")
    page.finish(HEAD, 0, row, 4)


def _plain(meaning: str) -> str:
    """Code words without their backticks."""
    return meaning.replace("`", "")
