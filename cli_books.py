"""Books of fact sheets from the command line: what is asked, and what is said when they are bound."""

from __future__ import annotations

import argparse
from pathlib import Path

from riskmodel.i18n import Translator
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.progress import Progress


def add_books(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `sheets` that ask for books."""
    sub.add_argument(
        "--book", type=Path, metavar="BOOK.pdf", help=t("all sheets in one PDF with contents, bookmarks and index")
    )
    sub.add_argument("--books", type=Path, metavar=t("FOLDER"), help=t("a book for each parent unit"))


def bind_books(asked: argparse.Namespace, t: Translator, progress: Progress) -> tuple[list[Path], int]:
    """Write what was asked for; the files, and how many of them were there before. Raises `InputProblems`."""
    from sheet_book import write_book, write_books

    style = SheetStyle(asked.photocopy, asked.large_print, not asked.one_page)
    files, kept = [], 0
    if asked.book:
        files.append(write_book(asked.results, t.language, asked.book, progress, style, asked.within))
    if asked.books:
        batch = write_books(asked.results, t.language, asked.books, progress, style, asked.zip)
        files, kept = [*files, *batch.files], batch.kept
    return files, kept


def told(files: list[Path], t: Translator) -> str:
    """What is said when they are there."""
    return t.plural(
        "{count} book is in {folder}.", "{count} books are in {folder}.", len(files), folder=files[0].parent
    )
