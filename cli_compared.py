"""Printed words of files whose areas were compared: what differs, with a few examples, and how a changed code is confirmed.

The lists in full go into a file. Also the command `codes`: the same for a study, where codes that changed are confirmed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli_terminal import DONE, language_of, say_done, study_folder, study_path
from riskmodel.i18n import Translator

if TYPE_CHECKING:
    from riskmodel.inputs.compared_files import FilesCompared
    from riskmodel.inputs.recognise.proposal import Proposal

SHOWN = 5
PAIRS = 3


def compared_lines(compared: Sequence[FilesCompared], t: Translator) -> list[str]:
    """What is printed of every pair of files that differs; nothing where all areas are alike."""
    from riskmodel.outputs.compare_words import compared_title, findings, writing_sentence

    lines: list[str] = []
    for pair in compared:
        found, writing = findings(pair, t), writing_sentence(pair, t)
        if not found and not writing:
            continue
        lines += ["", compared_title(pair, t), *([f"  {writing}"] if writing else [])]
        for finding in found:
            lines.append(f"  * {finding.sentence}")
            lines += [f"      {line}" for line in finding.lines[:SHOWN]]
            left = len(finding.lines) - SHOWN
            if left > 0:
                lines.append("      " + t.plural("… and {count} more", "… and {count} more", left))
    return lines


def recode_lines(proposal: Proposal, t: Translator, number: int) -> list[str]:
    """The questions whether codes changed, numbered from `number`, one for each file."""
    from riskmodel.inputs.recognise.proposal import recode_key
    from riskmodel.inputs.recognise.words import say_recode

    lines: list[str] = []
    for place, pair in enumerate(proposal.open_recodings(), start=number):
        pairs = [f"{old}:{new}" for old, new in pair.recodings.items()]
        more = ", …" if len(pairs) > PAIRS else ""
        lines += [f"{place}. [{recode_key(pair.first.file)}] {say_recode(pair, t)}", "   * none", "   - all"]
        lines.append("   - " + ", ".join(pairs[:PAIRS]) + more)
    return lines


def recode_hint(compared: Sequence[FilesCompared], study: Path, t: Translator) -> list[str]:
    """The command that changes codes of areas that are the same; nothing where none is proposed."""
    count = sum(len(pair.recodings) for pair in compared)
    if not count:
        return []
    command = f'python cli.py codes "{study}" --recode all'
    return [
        "",
        t.plural(
            "If {count} area is the same under both codes, its code is changed with: {command}",
            "If {count} areas are the same under both codes, their codes are changed with: {command}",
            count,
            command=command,
        ),
    ]


def compared_record(pair: FilesCompared) -> dict[str, object]:
    """The same for machines: codes of every list."""
    found = pair.found
    return {
        "first": pair.first.file,
        "second": pair.second.file,
        "writing": found.writing,
        "both": found.both,
        "only_first": found.only_first["area_code"].to_list(),
        "only_second": found.only_second["area_code"].to_list(),
        "recode": pair.recodings,
        "perhaps": pair.less_likely,
        "other_name": found.renamed.loc[found.renamed["meant"].isna(), "area_code"].to_list(),
    }


def add_codes(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `codes`."""
    sub.add_argument("study", type=Path, metavar="STUDY.toml")
    sub.add_argument(
        "--recode", metavar="OLD:NEW,…",
        help=t("codes to be changed to those their areas have in the other file: pairs of codes, or all that are proposed (all)"),
    )  # fmt: skip
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the list of all areas that differ"))


def codes(asked: argparse.Namespace, t: Translator) -> int:
    """Hold the areas of the files of a study side by side, and change codes where that is asked; only study.toml is written."""
    from compared_areas import compared_in_study, recoded_study
    from riskmodel.outputs.compare_files import write_compared
    from riskmodel.study_edit import with_codes_of
    from riskmodel.study_file import parse_study, read_study

    path, folder = study_path(asked.study), study_folder(asked.study)
    study = read_study(asked.study, complete=False)
    t = language_of(asked, study.study.language)
    changed: dict[str, dict[str, str]] = {}
    if asked.recode:
        study, changed = recoded_study(study, folder, _wanted(asked.recode))
        if changed:
            text = with_codes_of(path.read_text(encoding="utf-8-sig"), [r for r in study.reading if r.file in changed])
            parse_study(text, complete=False)
            path.write_text(text, encoding="utf-8")
    compared = compared_in_study(study, folder)
    lines = compared_lines(compared, t) or ["", t("Every area is in all files, under the same code.")]
    lines += ["", *(t.plural("“{file}”: {count} code is changed in study.toml.", "“{file}”: {count} codes are changed in study.toml.", len(pairs), file=file) for file, pairs in changed.items())]  # fmt: skip
    if asked.recode and not changed:
        lines += [t("No code was changed: no file that can be changed has one of these.")]
    lines += recode_hint(compared, asked.study, t)
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        if written := write_compared(compared, asked.out, t):
            lines += ["", t("The areas that differ are in {file}, one row each.", file=written)]
    record = {"compared": [compared_record(pair) for pair in compared], "changed": changed}
    say_done(asked, "\n".join(lines).strip(), record)
    return DONE


def _wanted(told: str) -> dict[str, str] | None:
    """Pairs of codes; None for all that are proposed. Raises `InputProblems` where neither is written."""
    from riskmodel.inputs.recognise.beside import ALL, pairs_of
    from riskmodel.problems import InputProblems, Problem

    if told.strip().casefold() == ALL:
        return None
    pairs = pairs_of(told)
    if pairs is None:
        raise InputProblems([Problem("intake_recode_unknown", values={"answer": told})])
    return dict(pairs)
