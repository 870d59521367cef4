"""Mirador from a terminal: the same steps as the screens, with the same study file.

Exit codes: 0 done, 1 problems in the input (listed, with the mend), 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cli_terminal import (
    DONE,
    PROBLEMS,
    Terminal,
    language_of,
    say_done,
    show_problems,
    study_folder,
    study_path,
    study_translator,
    system_language,
)
from cli_usage import language_asked, speaking
from riskmodel.i18n import LANGUAGES, Translator, translator
from riskmodel.problems import InputProblems, problems_of

if TYPE_CHECKING:
    import pandas as pd

    from riskmodel.study import Study


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    t = translator(language_asked(words))
    with speaking(t):
        asked = _parser(t).parse_args(words)
    t = translator(asked.language or system_language())
    try:
        return asked.command(asked, t)
    except InputProblems as error:
        show_problems(error.problems, t if asked.language else study_translator(asked, t), asked.json)
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

    with Terminal(t, asked.json) as progress:
        path = write_demo(asked.folder, progress=progress)
        if asked.earlier_year:
            from demo.earlier import FOLDER, write_earlier

            write_earlier(asked.folder, asked.folder / FOLDER)
        if asked.as_sent:
            from demo.as_sent import write_as_sent

            write_as_sent(asked.folder, asked.folder)
    say_done(
        asked,
        t("The demonstration country is in {folder}. Every person and place in it is invented.", folder=asked.folder),
        {"study": str(path)},
    )
    return DONE


def guess(asked: argparse.Namespace, t: Translator) -> int:
    """Say what files are and propose a study from them."""
    from cli_intake import answers_of, dumped, guess_lines, guess_record
    from intake import propose_from, write_proposal
    from riskmodel.outputs.compare_files import write_compared

    sources, proposal = propose_from(asked.files, t, answers_of(asked.answer))
    if asked.json:
        print(dumped(guess_record(sources, proposal)))
    else:
        print("\n".join(guess_lines(sources, proposal, t)))
        show_problems([p for p in proposal.problems if not p.is_error], t, asked.json)
    if asked.out:
        written = write_proposal(proposal, asked.files, asked.out, t)
        if not asked.json:
            print("\n" + t("The proposed study is in {file}. Answer its questions, then check it.", file=written))
        if (lists := write_compared(proposal.compared, asked.out, t)) and not asked.json:
            print(t("The areas that differ are in {file}, one row each.", file=lists))
    unread = [s for s in sources if any(p.is_error for p in getattr(s, "problems", ()))]
    return PROBLEMS if unread else DONE


def check(asked: argparse.Namespace, t: Translator) -> int:
    """Read the inputs and list what is wrong with them."""
    from cli_compared import compared_lines, recode_hint
    from compared_areas import unexplained
    from riskmodel.study_file import read_study
    from workflow import check_inputs

    study = read_study(asked.study)
    t = language_of(asked, study.study.language)
    report = check_inputs(study, study_folder(asked.study))
    show_problems(report.problems if asked.json else unexplained(report.problems, report.compared), t, asked.json)
    if not asked.json:
        for line in [*compared_lines(report.compared, t), *recode_hint(report.compared, asked.study, t)]:
            print(line, file=sys.stderr)
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
    return _run(asked, language_of(asked, study.study.language), study)


def _run(asked: argparse.Namespace, t: Translator, study: Study, model_file: Path | None = None) -> int:
    """Run a study that was read, and say what came of it."""
    from workflow import replacing, run_to

    with replacing(asked.out) as part, Terminal(t, asked.json) as progress:
        results = run_to(study, study_folder(asked.study), part, progress, model_file)
    found = [p for p in problems_of(results.problems) if p.severity != "note"]
    warned = len(found)
    if warned and not asked.json:
        show_problems(found, t, asked.json)
        print(t.plural("{count} warning is in problems.csv.", "{count} warnings are in problems.csv.", warned))
    done = t("{areas} areas, {seconds} seconds. The results are in {folder}.",
             areas=t.number(len(results.areas)), seconds=t.number(results.manifest["seconds"], 1), folder=asked.out)  # fmt: skip
    say_done(asked, done, {"out": str(asked.out), "fingerprint": results.manifest["fingerprint"], "warnings": warned})
    return DONE


def apply(asked: argparse.Namespace, t: Translator) -> int:
    """Apply a model fitted elsewhere to the population of a study and write the results."""
    from workflow import read_study_for

    study = read_study_for(asked.model, asked.study)
    return _run(asked, language_of(asked, study.study.language), study, asked.model)


def names(asked: argparse.Namespace, t: Translator) -> int:
    """Give codes to a table that has only names."""
    from cli_names import match_table, names_words

    done = match_table(asked)
    show_problems(done.found.problems, t, asked.json)
    first = done.found.proposed
    record = {
        "matched": len(done.found.matched),
        "proposed": int((first["rank"] == 1).sum()),
        "unmatched": len(done.found.unmatched),
        "unused": len(done.found.unused),
        "written": [str(path) for path in done.written],
    }
    say_done(asked, "\n".join(names_words(done, t)), record)
    return DONE


def locate(asked: argparse.Namespace, t: Translator) -> int:
    """Give points the code of the area they lie in."""
    from cli_places import locate_file, located_words

    found = locate_file(asked)
    show_problems(found.problems, t, asked.json)
    say_done(asked, located_words(found, t), {"out": str(found.out), **found.counts})
    return DONE


def self_test(asked: argparse.Namespace, t: Translator) -> int:
    """Check that this installation works."""
    from riskmodel.workspace import default_home
    from self_test import AddressWatch
    from self_test import self_test as checks

    watch = AddressWatch()
    home = default_home()
    home.mkdir(parents=True, exist_ok=True)
    with Terminal(t, asked.json) as progress:
        made = checks(home, t, watch, progress)
    for check in made:
        state = t("In order") if check.holds else t("Not in order")
        say_done(asked, f"{check.name}: {state}. {check.found}", asdict(check))
    return DONE if all(check.holds for check in made) else PROBLEMS


def glossary(asked: argparse.Namespace, t: Translator) -> int:
    """Say what words mean."""
    from riskmodel.glossary import found_in
    from riskmodel.glossary import glossary as words

    found = found_in(words(t), " ".join(asked.word))
    for term in found:
        say_done(asked, f"{term.name}: {term.meaning}", asdict(term))
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
    say_done(asked, text, {"study": str(study), "table": str(table)})
    return DONE


def indicators(asked: argparse.Namespace, t: Translator) -> int:
    """Write the indicators of a study as a table, or read them from one into the study file."""
    from riskmodel.inputs.indicator_table import read_indicators
    from riskmodel.outputs.tables import indicator_table
    from riskmodel.study_file import read_study, write_study

    study = read_study(asked.study, complete=False)
    t = language_of(asked, study.study.language)
    if asked.read is not None:
        study = study.model_copy(update={"indicator": read_indicators(asked.read)})
        write_study(study, study_path(asked.study))
        written = study_path(asked.study)
    else:
        written = asked.out
        written.write_bytes(indicator_table(study.indicator))
    count = len(study.indicator)
    text = t.plural("{count} indicator is in {file}.", "{count} indicators are in {file}.", count, file=written)
    say_done(asked, text, {"file": str(written), "indicators": count})
    return DONE


def _parser(t: Translator) -> argparse.ArgumentParser:
    from cli_compared import add_codes, codes
    from cli_comparisons import add_comparisons
    from cli_intake import add_guess
    from cli_names import add_names
    from cli_outputs import add_outputs
    from cli_places import add_locate
    from cli_quality import add_quality

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
    add_codes(
        add("codes", codes, t("hold the areas of the files of a study side by side, and change codes that changed")), t
    )
    add_quality(add("quality", quality, t("look at tables: what is missing, impossible or suspicious in them")), t)
    sub = add("run", run, t("run a study and write all its results"))
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the results"))
    sub = add("apply", apply, t("apply a model fitted elsewhere to the population of a study"))
    sub.add_argument("model", type=Path, metavar="MODEL.json")
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the results"))
    add_outputs(add, t)
    add_comparisons(add, t)
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


if __name__ == "__main__":
    sys.exit(main())
