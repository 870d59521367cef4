"""Arguments and printed words of the commands that hold finished results against something else.

Like `cli.py` a door: it asks and says; `comparisons.py` does the work.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli_terminal import DONE, AddCommand, Terminal, language_of, say_done, show_problems
from riskmodel.i18n import Translator
from riskmodel.problems import Problem, raise_errors

if TYPE_CHECKING:
    from riskmodel.decisions.methods import MethodsAgreement
    from riskmodel.decisions.validation import Validation
    from riskmodel.inputs.observed_file import ObservedFile


def add_comparisons(add: AddCommand, t: Translator) -> None:
    """The commands and their arguments; `add` makes one from its name, its function and its help."""
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


def compare(asked: argparse.Namespace, t: Translator) -> int:
    """Compare two runs over time and write the comparison."""
    from riskmodel.outputs.change_words import caution, headline
    from two_years import compare_folders

    with Terminal(t, asked.json) as progress:
        found = compare_folders(
            asked.earlier, asked.later, asked.out, asked.language or "", asked.codes, asked.limits, progress
        )
    t = language_of(asked, found.language)
    if not asked.json:
        show_problems(found.notes, t, asked.json)
        for sentence in (*headline(found.summary, t), *caution(found.summary, t)):
            print(sentence)
    say_done(asked, t("The comparison is in {folder}.", folder=asked.out), {"out": str(asked.out), **found.summary})
    return DONE


def validate(asked: argparse.Namespace, t: Translator) -> int:
    """Hold finished results against an observed rate."""
    from comparisons import compare_observed, results_of, write_validation

    results = results_of(asked.results)
    t = language_of(asked, results.manifest["study"]["study"]["language"])
    compared = compare_observed(results, observed_file(asked))
    show_problems(compared.notes, t, asked.json)
    written = write_validation(compared.found, asked.out or asked.results / "validation")
    say_done(asked, "\n".join(validation_words(compared.found, written, t)), {"files": list(map(str, written))})
    return DONE


def agree(asked: argparse.Namespace, t: Translator) -> int:
    """Set finished runs of two or three methods side by side."""
    from comparisons import run_folder, write_methods
    from riskmodel.decisions.methods import compare_methods
    from riskmodel.results import read_results

    folders = [run_folder(path) for path in asked.runs]
    runs = [read_results(folder) for folder in folders]
    t = language_of(asked, runs[0].manifest["study"]["study"]["language"])
    found = compare_methods(runs)
    written = write_methods(found, folders, asked.out, t.language)
    say_done(asked, "\n".join(methods_words(found, written, t)), {"files": list(map(str, written))})
    return DONE


def add_validate(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `validate`; the options are named like the keys of `[observed]`."""
    column = t("COLUMN")
    sub.add_argument("results", type=Path, metavar=t("RESULTS"))
    sub.add_argument(
        "table", type=Path, nargs="?", metavar=t("TABLE"),
        help=t("table with a row per area; when left out, the comparison the run itself made is told"),
    )  # fmt: skip
    sub.add_argument("--area-code", default="", metavar=column, help=t("codes of the areas"))
    sub.add_argument("--cases", default="", metavar=column, help=t("children in child labour"))
    sub.add_argument("--total", default="", metavar=column, help=t("children among whom they were counted"))
    sub.add_argument("--rate", default="", metavar=column, help=t("the rate, in place of cases and total"))
    sub.add_argument("--unit", choices=("proportion", "percent"), default="proportion", help=t("unit of the rate"))
    sub.add_argument("--n", default="", metavar=column, help=t("children asked, for the chance in the rate"))
    sub.add_argument("--se", default="", metavar=column, help=t("standard error of the rate, in place of --n"))
    sub.add_argument("--design-effect", type=_design_effect, default=1.0, help=t("divides --n; 1 for a simple sample"))
    sub.add_argument("--label", default="", help=t("what was measured"))
    sub.add_argument("--year", type=int, help=t("year of the measure"))
    sub.add_argument("--source", default="", help=t("who measured it"))
    sub.add_argument("--sheet", default="", help=t("sheet of a workbook"))
    sub.add_argument(
        "--out", type=Path, metavar=t("FOLDER"), help=t("folder of the comparison; “validation” in that of the results")
    )


def observed_file(asked: argparse.Namespace) -> ObservedFile | None:
    """The table that is asked for; None where none is. Raises `InputProblems` for columns that do not go together."""
    from riskmodel.inputs.observed_file import ObservedFile
    from riskmodel.study import Observed

    if asked.table is None:
        return None
    problems = []
    if not asked.area_code:
        problems.append(Problem("observed_area_code"))
    counts = bool(asked.cases), bool(asked.total)
    if (any(counts) and asked.rate) or not (all(counts) or asked.rate):
        problems.append(Problem("study_observed_measure"))
    if asked.n and asked.se:
        problems.append(Problem("study_observed_two_errors"))
    raise_errors(problems)
    keys = ("label", "cases", "total", "rate", "unit", "n", "se", "design_effect", "year", "source")
    columns = Observed(**{key: getattr(asked, key) for key in keys})
    return ObservedFile(asked.table, asked.area_code, columns, asked.sheet)


def validation_words(found: Validation, written: Sequence[Path], t: Translator) -> list[str]:
    """What is printed of a comparison: with what, the three sentences, what they teach and do not show, the files."""
    from riskmodel.outputs.agreement_words import caution_sentence, compared_sentence, plain, said

    lines = [compared_sentence(found.summary, t), *said(found.summary, t), caution_sentence(t)]
    files = t("Written: {files}.", files=", ".join(map(str, written)))
    return [*(plain(line) for line in lines), files]


def add_agree(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `agree`."""
    for name in ("A", "B"):
        sub.add_argument("runs", type=Path, action=_Gathered, metavar=t("RESULTS_{letter}", letter=name))
    sub.add_argument("runs", type=Path, action=_Gathered, nargs="?", metavar=t("RESULTS_{letter}", letter="C"))
    sub.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"), help=t("folder of the comparison"))


class _Gathered(argparse.Action):
    """Two or three arguments as one list."""

    def __call__(self, parser, space, value, option=None):  # type: ignore[no-untyped-def]
        if value is not None:
            space.runs = [*(getattr(space, "runs", None) or []), value]


def methods_words(found: MethodsAgreement, written: Sequence[Path], t: Translator) -> list[str]:
    """What is printed of methods side by side: the runs, each pair, whom to trust when, the files."""
    from riskmodel.outputs.agreement_words import plain
    from riskmodel.outputs.methods_words import advice_sentence, factors_sentence, pair_sentences, run_sentence

    lines = [run_sentence(run, t) for run in found.summary["runs"]]
    for pair in found.summary["pairs"]:
        lines += ["", *pair_sentences(pair, t)]
        lines += [said] if (said := factors_sentence(pair, t)) else []
    lines += ["", t("What to trust when"), *(f"- {advice_sentence(one, t)}" for one in found.summary["advice"])]
    return [*map(plain, lines), t("Written: {files}.", files=", ".join(map(str, written)))]


def _design_effect(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 50:
        raise argparse.ArgumentTypeError(text)
    return value
