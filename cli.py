"""Mirador from a terminal: the same steps as the screens, with the same study file.

Exit codes: 0 done, 1 problems in the input (listed, with the mend), 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from riskmodel.i18n import LANGUAGES, Translator, say, translator
from riskmodel.problems import InputProblems, Problem, problems_of
from riskmodel.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

    from riskmodel.study import Study

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    asked = _parser().parse_args(arguments)
    t = translator(asked.language or _system_language())
    try:
        return asked.command(asked, t)
    except InputProblems as error:
        _show_problems(error.problems, t if asked.language else _study_translator(asked, t), asked.json)
        return PROBLEMS
    except (PermissionError, OSError) as error:
        name = Path(error.filename).name if error.filename else ""
        print(
            t("“{name}” cannot be read or written: {reason}.", name=name, reason=error.strerror or ""), file=sys.stderr
        )
        return PROBLEMS
    except KeyboardInterrupt:
        print("\n" + t("Stopped. Earlier results are as they were."), file=sys.stderr)
        return PROBLEMS


def demo(asked: argparse.Namespace, t: Translator) -> int:
    """Write the demonstration study as files."""
    from demo.write import write_demo

    with _Terminal(t, asked.json) as progress:
        path = write_demo(asked.folder, progress=progress)
        if asked.earlier_year:
            from demo.earlier import FOLDER, write_earlier

            write_earlier(asked.folder, asked.folder / FOLDER)
        if asked.as_sent:
            from demo.as_sent import write_as_sent

            write_as_sent(asked.folder, asked.folder)
    _say(
        asked,
        t("The demonstration country is in {folder}. Every person and place in it is invented.", folder=asked.folder),
        {"study": str(path)},
    )
    return DONE


def guess(asked: argparse.Namespace, t: Translator) -> int:
    """Say what files are and propose a study from them."""
    from cli_intake import answers_of, dumped, guess_lines, guess_record
    from intake import propose_from, write_proposal

    sources, proposal = propose_from(asked.files, t, answers_of(asked.answer))
    if asked.json:
        print(dumped(guess_record(sources, proposal)))
    else:
        print("\n".join(guess_lines(sources, proposal, t)))
        _show_problems([p for p in proposal.problems if not p.is_error], t, asked.json)
    if asked.out:
        written = write_proposal(proposal, asked.files, asked.out, t)
        if not asked.json:
            print("\n" + t("The proposed study is in {file}. Answer its questions, then check it.", file=written))
    unread = [s for s in sources if any(p.is_error for p in getattr(s, "problems", ()))]
    return PROBLEMS if unread else DONE


def check(asked: argparse.Namespace, t: Translator) -> int:
    """Read the inputs and list what is wrong with them."""
    from riskmodel.study_file import read_study
    from workflow import check_inputs

    study = read_study(asked.study)
    t = _language(asked, study.study.language)
    report = check_inputs(study, _folder(asked.study))
    _show_problems(report.problems, t, asked.json)
    if not asked.json:
        for part, rows in report.rows.items():
            print(t("[{part}]: {rows} rows read.", part=part, rows=t.number(rows)))
        _show_harmonisation(report.harmonisation, t)
        print(t("The inputs are ready.") if report.ok else t("Mend the problems above, then check again."))
    return DONE if report.ok else PROBLEMS


def _show_harmonisation(table: pd.DataFrame, t: Translator) -> None:
    """Share of every category in survey and population, as lines of a table."""
    from riskmodel.outputs.words import category_name

    if table.empty:
        return
    head = (t("Determinant"), t("Category"), t("Survey, %"), t("Population, %"), t("Difference, points"))
    rows = [head]
    for row in table.itertuples():
        shares = (t.number(100 * share, 1) for share in (row.survey_share, row.population_share))
        rows.append((str(row.determinant), category_name(str(row.category), t), *shares, t.points(row.difference)))
    wide = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        words = (row[i].ljust(wide[i]) for i in (0, 1))
        print("  ".join([*words, *(row[i].rjust(wide[i]) for i in (2, 3, 4))]))


def run(asked: argparse.Namespace, t: Translator) -> int:
    """Run a study and write its results."""
    from riskmodel.study_file import read_study

    study = read_study(asked.study)
    return _run(asked, _language(asked, study.study.language), study)


def _run(asked: argparse.Namespace, t: Translator, study: Study, model_file: Path | None = None) -> int:
    """Run a study that was read, and say what came of it."""
    from workflow import replacing, run_to

    with replacing(asked.out) as part, _Terminal(t, asked.json) as progress:
        results = run_to(study, _folder(asked.study), part, progress, model_file)
    found = [p for p in problems_of(results.problems) if p.severity != "note"]
    warned = len(found)
    if warned and not asked.json:
        _show_problems(found, t, asked.json)
        print(t.plural("{count} warning is in problems.csv.", "{count} warnings are in problems.csv.", warned))
    done = t("{areas} areas, {seconds} seconds. The results are in {folder}.",
             areas=t.number(len(results.areas)), seconds=t.number(results.manifest["seconds"], 1), folder=asked.out)  # fmt: skip
    _say(asked, done, {"out": str(asked.out), "fingerprint": results.manifest["fingerprint"], "warnings": warned})
    return DONE


def apply(asked: argparse.Namespace, t: Translator) -> int:
    """Apply a model fitted elsewhere to the population of a study and write the results."""
    from workflow import read_study_for

    study = read_study_for(asked.model, asked.study)
    return _run(asked, _language(asked, study.study.language), study, asked.model)


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
        with _Terminal(t, asked.json) as progress:
            books, kept = bind_books(asked, t, progress)
        _say(asked, told(books, t), {"files": [str(p) for p in books], "kept": kept})
        return DONE
    with _Terminal(t, asked.json) as progress:
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
    _say(asked, text, {"files": [str(p) for p in batch.files], "kept": batch.kept})
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
    with _Terminal(t, asked.json) as progress:
        written = write_figures(asked.results, t.language, out, asked.area, progress, asked.photocopy)
    return _written(asked, written, out, t)


def _written(asked: argparse.Namespace, files: Sequence[Path], folder: Path, t: Translator) -> int:
    """Say how many files are where."""
    text = t.plural("{count} file is in {folder}.", "{count} files are in {folder}.", len(files), folder=folder)
    _say(asked, text, {"files": [str(p) for p in files]})
    return DONE


def report(asked: argparse.Namespace, t: Translator) -> int:
    """Write the method report of a run."""
    from documents import write_report

    with _Terminal(t, asked.json) as progress:
        written = write_report(asked.results, asked.language or "", asked.out, progress)
    return _written(asked, written, written[0].parent, t)


def slides(asked: argparse.Namespace, t: Translator) -> int:
    """Write the slides of a run for a workshop."""
    from documents import write_slides

    with _Terminal(t, asked.json) as progress:
        written = write_slides(asked.results, asked.language or "", asked.out, progress)
    return _written(asked, written, written[0].parent, t)


def spreadsheets(asked: argparse.Namespace, t: Translator) -> int:
    """Write the results as spreadsheets, and an index with its formulas."""
    from workflow import write_spreadsheets

    with _Terminal(t, asked.json) as progress:
        written = write_spreadsheets(asked.results, asked.language or "", asked.out, progress)
    return _written(asked, written, written[0].parent, t)


def compare(asked: argparse.Namespace, t: Translator) -> int:
    """Compare two runs over time and write the comparison."""
    from riskmodel.outputs.change_words import caution, headline
    from two_years import compare_folders

    with _Terminal(t, asked.json) as progress:
        found = compare_folders(
            asked.earlier, asked.later, asked.out, asked.language or "", asked.codes, asked.limits, progress
        )
    t = _language(asked, found.language)
    if not asked.json:
        _show_problems(found.notes, t, asked.json)
        for sentence in (*headline(found.summary, t), *caution(found.summary, t)):
            print(sentence)
    _say(asked, t("The comparison is in {folder}.", folder=asked.out), {"out": str(asked.out), **found.summary})
    return DONE


def validate(asked: argparse.Namespace, t: Translator) -> int:
    """Hold finished results against an observed rate."""
    from cli_comparisons import observed_file, validation_words
    from comparisons import compare_observed, results_of, write_validation

    results = results_of(asked.results)
    t = _language(asked, results.manifest["study"]["study"]["language"])
    compared = compare_observed(results, observed_file(asked))
    _show_problems(compared.notes, t, asked.json)
    written = write_validation(compared.found, asked.out or asked.results / "validation")
    _say(asked, "\n".join(validation_words(compared.found, written, t)), {"files": list(map(str, written))})
    return DONE


def names(asked: argparse.Namespace, t: Translator) -> int:
    """Give codes to a table that has only names."""
    from cli_names import match_table, names_words

    done = match_table(asked)
    _show_problems(done.found.problems, t, asked.json)
    first = done.found.proposed
    record = {
        "matched": len(done.found.matched),
        "proposed": int((first["rank"] == 1).sum()),
        "unmatched": len(done.found.unmatched),
        "unused": len(done.found.unused),
        "written": [str(path) for path in done.written],
    }
    _say(asked, "\n".join(names_words(done, t)), record)
    return DONE


def agree(asked: argparse.Namespace, t: Translator) -> int:
    """Set finished runs of two or three methods side by side."""
    from cli_comparisons import methods_words
    from comparisons import run_folder, write_methods
    from riskmodel.decisions.methods import compare_methods
    from riskmodel.results import read_results

    folders = [run_folder(path) for path in asked.runs]
    runs = [read_results(folder) for folder in folders]
    t = _language(asked, runs[0].manifest["study"]["study"]["language"])
    found = compare_methods(runs)
    written = write_methods(found, folders, asked.out, t.language)
    _say(asked, "\n".join(methods_words(found, written, t)), {"files": list(map(str, written))})
    return DONE


def locate(asked: argparse.Namespace, t: Translator) -> int:
    """Give points the code of the area they lie in."""
    from cli_places import locate_file, located_words

    found = locate_file(asked)
    _show_problems(found.problems, t, asked.json)
    _say(asked, located_words(found, t), {"out": str(found.out), **found.counts})
    return DONE


def self_test(asked: argparse.Namespace, t: Translator) -> int:
    """Check that this installation works."""
    from riskmodel.workspace import default_home
    from self_test import AddressWatch
    from self_test import self_test as checks

    watch = AddressWatch()
    home = default_home()
    home.mkdir(parents=True, exist_ok=True)
    with _Terminal(t, asked.json) as progress:
        made = checks(home, t, watch, progress)
    for check in made:
        state = t("In order") if check.holds else t("Not in order")
        _say(asked, f"{check.name}: {state}. {check.found}", asdict(check))
    return DONE if all(check.holds for check in made) else PROBLEMS


def glossary(asked: argparse.Namespace, t: Translator) -> int:
    """Say what words mean."""
    from riskmodel.glossary import found_in
    from riskmodel.glossary import glossary as words

    found = found_in(words(t), " ".join(asked.word))
    for term in found:
        _say(asked, f"{term.name}: {term.meaning}", asdict(term))
    if not found:
        print(t("No word matches “{asked}”. Try a shorter part of it.", asked=" ".join(asked.word)), file=sys.stderr)
    return DONE if found else PROBLEMS


def quality(asked: argparse.Namespace, t: Translator) -> int:
    """Look at tables and say what is wrong with them."""
    from cli_quality import run_quality

    return run_quality(asked, t)


def template(asked: argparse.Namespace, t: Translator) -> int:
    """Begin a study of the index from a template."""
    from riskmodel.outputs.template_files import write_template

    try:
        study, table = write_template(asked.template, asked.words or t.language, asked.out)
    except FileExistsError as error:
        print(t("“{name}” is there already; nothing was written.", name=Path(error.filename).name), file=sys.stderr)
        return PROBLEMS
    text = t("Fill in {table}, one row per area, then complete {study} and run it.", table=table, study=study)
    _say(asked, text, {"study": str(study), "table": str(table)})
    return DONE


def indicators(asked: argparse.Namespace, t: Translator) -> int:
    """Write the indicators of a study as a table, or read them from one into the study file."""
    from riskmodel.inputs.indicator_table import read_indicators
    from riskmodel.outputs.tables import indicator_table
    from riskmodel.study_file import read_study, write_study

    study = read_study(asked.study, complete=False)
    t = _language(asked, study.study.language)
    if asked.read is not None:
        study = study.model_copy(update={"indicator": read_indicators(asked.read)})
        write_study(study, _file(asked.study))
        written = _file(asked.study)
    else:
        written = asked.out
        written.write_bytes(indicator_table(study.indicator))
    count = len(study.indicator)
    text = t.plural("{count} indicator is in {file}.", "{count} indicators are in {file}.", count, file=written)
    _say(asked, text, {"file": str(written), "indicators": count})
    return DONE


def _parser() -> argparse.ArgumentParser:
    from cli_books import add_books
    from cli_comparisons import add_agree, add_validate
    from cli_intake import add_guess
    from cli_names import add_names
    from cli_places import add_locate
    from cli_quality import add_quality

    t = translator(_system_language())
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--language", choices=sorted(LANGUAGES), help=t("language of messages and sheets"))
    shared.add_argument("--json", action="store_true", help=t("messages for machines, one JSON object a line"))
    parser = argparse.ArgumentParser(
        prog="python cli.py",
        description=t("Mirador: where children are at risk of child labour, why, and where to act first."),
    )
    commands = parser.add_subparsers(required=True, metavar=t("COMMAND"))

    def add(
        name: str, command: Callable[[argparse.Namespace, Translator], int], help_text: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[shared], help=help_text, description=help_text)
        sub.set_defaults(command=command, study=None)
        return sub

    sub = add("demo", demo, t("write the demonstration study (synthetic) as files"))
    sub.add_argument("folder", type=Path, metavar=t("FOLDER"))
    sub.add_argument(
        "--earlier-year",
        action="store_true",
        help=t("also its year 2018, in the folder 2018 beside it, to compare with"),
    )
    sub.add_argument(
        "--as-sent",
        action="store_true",
        help=t("also its municipal table as an office would send it: titles, totals, lost zeros"),
    )
    add_guess(add("guess", guess, t("look at files and propose a study from them")), t)
    sub = add("check", check, t("read the inputs and list their problems"))
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    add_quality(add("quality", quality, t("look at tables: what is missing, impossible or suspicious in them")), t)
    sub = add("run", run, t("run a study and write all its results"))
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the results"))
    sub = add("apply", apply, t("apply a model fitted elsewhere to the population of a study"))
    sub.add_argument("model", type=Path, metavar="MODEL.json")
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the results"))
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
    sub = add("compare", compare, t("compare two runs of different years: what changed, and is it more than chance"))
    sub.add_argument("earlier", type=Path, metavar=t("EARLIER"))
    sub.add_argument("later", type=Path, metavar=t("LATER"))
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the comparison"))
    sub.add_argument("--codes", type=Path, metavar=t("FILE"), help=t("table of earlier and later codes of areas"))
    sub.add_argument(
        "--limits",
        type=float,
        nargs="+",
        default=[],
        metavar=t("NUMBER"),
        help=t("limits of levels, in percent (or index points); those of the earlier run when left out"),
    )
    add_validate(add("validate", validate, t("hold finished results against a rate measured in some other way")), t)
    add_agree(add("agree", agree, t("set runs of two or three methods over the same areas side by side")), t)
    add_names(add("names", names, t("give codes to a table that has only names, from the list of official names")), t)
    add_locate(add("locate", locate, t("give points the code of the area they lie in")), t)
    sub = add("template", template, t("begin a study of the index from a template: study file and empty table"))
    sub.add_argument("template", choices=["vulnerability", "marginalisation"])
    sub.add_argument("--words", choices=["en", "es", "fr", "pt"], help=t("language of the indicators' names"))
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the new study"))
    sub = add("indicators", indicators, t("write the indicators of a study as a table, or read them from one"))
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    way = sub.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="INDICATORS.xlsx", help=t("table to write"))
    way.add_argument("--read", type=Path, metavar="INDICATORS.xlsx", help=t("table to read into the study file"))
    add("self-test", self_test, t("check that this installation works and reaches nothing outside"))
    sub = add("glossary", glossary, t("say what the words of results and screens mean"))
    sub.add_argument("word", nargs="*", metavar=t("WORD"), help=t("part of a word; all words when left out"))
    return parser


class _Terminal:
    """Progress on one line of a terminal; one line per step where there is none; JSON for machines."""

    def __init__(self, t: Translator, as_json: bool) -> None:
        self.t, self.as_json, self.last, self.live = t, as_json, "", sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str, share: float) -> None:
        if self.as_json:
            print(json.dumps({"step": step, "share": round(share, 3)}), file=sys.stderr, flush=True)
        elif self.live:
            bar = "█" * round(share * 20)
            print(
                f"\r\033[K{bar:░<20} {self.t.percent(share, 0):>5}  {self.t(step)}", end="", file=sys.stderr, flush=True
            )
        elif step != self.last:
            print(self.t(step), file=sys.stderr, flush=True)
        self.last = step

    def __exit__(self, *_: object) -> None:
        if self.live and self.last and not self.as_json:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _show_problems(problems: Sequence[Problem], t: Translator, as_json: bool) -> None:
    for problem in problems:
        said = say(problem, t)
        if as_json:
            row = {
                "severity": problem.severity,
                "code": problem.code,
                "file": problem.where.file,
                "column": problem.where.column,
            }
            print(
                json.dumps(row | {"rows": problem.where.rows, "what": said.what, "mend": said.mend}, ensure_ascii=False)
            )
            continue
        title = {"error": t("Error"), "warning": t("Warning"), "note": t("Note")}[problem.severity]
        print(f"{title}: {said}\n", file=sys.stderr)


def _say(asked: argparse.Namespace, text: str, record: dict[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=False) if asked.json else text)


def _language(asked: argparse.Namespace, of_study: str) -> Translator:
    return translator(asked.language or of_study)


def _study_translator(asked: argparse.Namespace, fallback: Translator) -> Translator:
    """The study's language, even when the study has problems."""
    import tomllib

    try:
        return translator(tomllib.loads(_file(asked.study).read_text(encoding="utf-8-sig"))["study"]["language"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return fallback


def _file(path: Path) -> Path:
    return path / "study.toml" if path.is_dir() else path


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _system_language() -> str:
    name = os.environ.get("MIRADOR_LANGUAGE") or (locale.getlocale()[0] or "")
    code = name[:2].lower()
    return code if code in LANGUAGES else "es"


if __name__ == "__main__":
    sys.exit(main())
