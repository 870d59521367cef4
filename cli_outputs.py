"""Commands that make something of finished results: sheets, books, figures, spreadsheets, report, slides."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli_terminal import DONE, AddCommand, Terminal, say_done, say_written
from riskmodel.i18n import Translator, translator


def add_outputs(add: AddCommand, t: Translator) -> None:
    """The commands and their arguments; `add` makes one from its name, its function and its help."""
    from cli_books import add_books

    sub = add("sheets", sheets, t("draw the fact sheets of a run"))
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument("--area", nargs="+", default=[], metavar=t("CODE"), help=t("codes of areas; all when left out"))
    sub.add_argument(
        "--parent", nargs="+", default=[], metavar=t("CODE"), help=t("codes of parent units to draw a sheet of")
    )
    sub.add_argument(
        "--within", nargs="+", default=[], metavar=t("CODE"), help=t("codes of parent units whose areas are drawn")
    )
    sub.add_argument("--zip", type=Path, metavar="SHEETS.zip", help=t("also one zip with all of them"))
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the sheets"))
    add_books(sub, t)
    sub.add_argument("--photocopy", action="store_true", help=t("greys and patterns that survive a photocopier"))
    sub.add_argument("--national", action="store_true", help=t("the sheet of the country"))
    sub.add_argument("--large-print", action="store_true", help=t("letters of at least 18 points, on more pages"))
    sub.add_argument("--one-page", action="store_true", help=t("sheets of areas without their second page"))
    sub.add_argument(
        "--office", type=Path, metavar="STUDY.toml", help=t("name, logo and contact from [office] of this study file")
    )
    sub = add("figures", figures, t("draw the maps and charts of a run for paper (PNG, SVG, CSV, GeoPackage)"))
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument("--area", nargs="+", default=[], metavar=t("CODE"), help=t("codes of areas whose chart is drawn"))
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the pictures"))
    sub.add_argument("--photocopy", action="store_true", help=t("maps in greys and marks that survive a photocopier"))
    sub = add(
        "spreadsheets",
        spreadsheets,
        t("write the results as a spreadsheet; of an index also the workbook with live formulas"),
    )
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the spreadsheets"))
    sub = add(
        "report", report, t("write the method report of a run: what a reviewer needs to repeat and judge the study")
    )
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the report"))
    sub = add("slides", slides, t("write the slides of a run for a workshop, to be edited"))
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the slides"))


def sheets(asked: argparse.Namespace, t: Translator) -> int:
    """Draw fact sheets of a run."""
    from cli_books import bind_books, told
    from riskmodel.results import read_results
    from riskmodel.study_file import FILE_NAME, read_study
    from sheet_batch import write_batch
    from workflow import set_office

    if asked.office:
        path = asked.office / FILE_NAME if asked.office.is_dir() else asked.office
        set_office(asked.results, read_study(path, complete=False), path.parent)
    language = asked.language
    if not language and (asked.results / "manifest.json").exists():
        language = read_results(asked.results).manifest["study"]["study"]["language"]
    t = translator(language or t.language)
    if asked.book or asked.books:
        with Terminal(t, asked.json) as progress:
            books, kept = bind_books(asked, t, progress)
        say_done(asked, told(books, t), {"files": [str(p) for p in books], "kept": kept})
        return DONE
    with Terminal(t, asked.json) as progress:
        batch = write_batch(
            asked.results,
            t.language,
            asked.area,
            asked.parent,
            asked.out,
            progress,
            asked.photocopy,
            asked.within,
            asked.zip,
            asked.national,
            asked.large_print,
            not asked.one_page,
        )
    folder = batch.files[0].parent
    text = t.plural(
        "{count} fact sheet is in {folder}.", "{count} fact sheets are in {folder}.", len(batch.files), folder=folder
    )
    if batch.kept:
        text += " " + t.plural(
            "{count} of them was there already, as it would be drawn now.",
            "{count} of them were there already, as they would be drawn now.",
            batch.kept,
        )
    say_done(asked, text, {"files": [str(p) for p in batch.files], "kept": batch.kept})
    return DONE


def figures(asked: argparse.Namespace, t: Translator) -> int:
    """Draw maps and charts of a run for paper."""
    from figures import write_figures
    from riskmodel.results import read_results

    language = asked.language
    if not language and (asked.results / "manifest.json").exists():
        language = read_results(asked.results).manifest["study"]["study"]["language"]
    t = translator(language or t.language)
    out = asked.out or asked.results / "figures"
    with Terminal(t, asked.json) as progress:
        written = write_figures(asked.results, t.language, out, asked.area, progress, asked.photocopy)
    return say_written(asked, written, out, t)


def report(asked: argparse.Namespace, t: Translator) -> int:
    """Write the method report of a run."""
    from documents import write_report

    with Terminal(t, asked.json) as progress:
        written = write_report(asked.results, asked.language or "", asked.out, progress)
    return say_written(asked, written, written[0].parent, t)


def slides(asked: argparse.Namespace, t: Translator) -> int:
    """Write the slides of a run for a workshop."""
    from documents import write_slides

    with Terminal(t, asked.json) as progress:
        written = write_slides(asked.results, asked.language or "", asked.out, progress)
    return say_written(asked, written, written[0].parent, t)


def spreadsheets(asked: argparse.Namespace, t: Translator) -> int:
    """Write the results as spreadsheets, and an index with its formulas."""
    from workflow import write_spreadsheets

    with Terminal(t, asked.json) as progress:
        written = write_spreadsheets(asked.results, asked.language or "", asked.out, progress)
    return say_written(asked, written, written[0].parent, t)
