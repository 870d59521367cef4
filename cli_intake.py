"""Arguments and printed words of `guess`: what files are, and the study proposed from them.

Like `cli.py` a door: it asks and says; `intake.py` does the work.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cli_compared import compared_lines, compared_record, recode_lines
from riskmodel.i18n import Translator, say
from riskmodel.i18n.say import part_name
from riskmodel.problems import InputProblems, Problem, Where

if TYPE_CHECKING:
    from riskmodel.inputs.recognise.found import Guess
    from riskmodel.inputs.recognise.proposal import Proposal, Question
    from riskmodel.inputs.recognise.sources import Source, TableSource

# Findings about how a file is stored.
STORED = ("container", "encoding", "delimiter", "header_first", "labels")

# Columns that say little by themselves; of them only the number is told.
QUIET = (
    "number",
    "text",
    "category",
    "constant",
    "empty",
    "count",
    "indicator",
    "variable",
    "description",
    "replicate",
)


def add_guess(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `guess`."""
    sub.add_argument("files", type=Path, nargs="+", metavar=t("FILE"))
    sub.add_argument(
        "--out",
        type=Path,
        metavar=t("FOLDER"),
        help=t("folder of the proposed study: study file and copies of the files"),
    )
    sub.add_argument(
        "--answer", action="append", default=[], metavar=t("KEY=VALUE"),
        help=t("answer to a question, by its key; may be given several times"),
    )  # fmt: skip


def answers_of(given: Sequence[str]) -> dict[str, str]:
    """Answers by key. Raises `InputProblems` for one that has no key."""
    answers, bad = {}, []
    for text in given:
        key, mark, value = text.partition("=")
        if not mark or not key.strip():
            bad.append(Problem("intake_answer_unknown", Where(), {"answer": text}))
        answers[key.strip()] = value.strip()
    if bad:
        raise InputProblems(bad)
    return answers


def guess_lines(sources: Sequence[Source], proposal: Proposal, t: Translator) -> list[str]:
    """What is printed: each file, the proposed study, the questions."""
    lines: list[str] = []
    for source in sources:
        lines += [*_file_lines(source, proposal, t), ""]
    lines += _study_lines(proposal, t)
    lines += compared_lines(proposal.compared, t)
    if proposal.questions or proposal.readings or proposal.open_recodings():
        lines += ["", t("Questions, the most important first:")]
        for number, question in enumerate(proposal.questions, start=1):
            lines += _question_lines(number, question, t)
        for number, (file, guess) in enumerate(proposal.readings, start=len(proposal.questions) + 1):
            lines += _reading_lines(number, file, guess, t)
        lines += recode_lines(proposal, t, len(proposal.questions) + len(proposal.readings) + 1)
    return lines


def _reading_lines(number: int, file: str, guess: Guess, t: Translator) -> list[str]:
    """A question about how a file is read, with its numbered answers."""
    from riskmodel.inputs.recognise.answers import options_of
    from riskmodel.inputs.recognise.proposal import reading_key
    from riskmodel.inputs.say_reading import say_choice, say_guess

    said = say_guess(guess, t)
    lines = [f"{number}. [{reading_key(file, guess)}] {said}"]
    if said.where:
        lines.append(f"   {said.where}")
    choices = [say_choice(guess, option, t) for option in options_of(guess)]
    return lines + [f"   {position}: {words}" for position, words in enumerate(choices[:8], start=1)]


def _file_lines(source: Source, proposal: Proposal, t: Translator) -> list[str]:
    from riskmodel.inputs.recognise import words
    from riskmodel.inputs.recognise.sources import MapSource, OtherSource

    kind = source.kind
    lines = [source.file + (f" · {source.sheet}" if getattr(source, "sheet", "") else "")]
    named = t("{kind} ({certainty}). {reason}", kind=t(words.KINDS[kind.kind]), certainty=t(words.CERTAINTIES[kind.certainty]),
              reason=t(words.KIND_REASONS[kind.reason]))  # fmt: skip
    if isinstance(source, OtherSource):
        lines.append("  " + (t(words.CONTENTS[source.what]) if source.what in words.CONTENTS else named))
        return lines + [f"  {line}" for problem in source.problems for line in str(say(problem, t)).splitlines()]
    lines.append(f"  {named}")
    if isinstance(source, MapSource):
        lines.append("  " + t.plural("{count} shape", "{count} shapes", len(source.table)))
        lines += [f"  {line}" for problem in source.problems for line in str(say(problem, t)).splitlines()]
    else:
        size = t.plural("{count} column", "{count} columns", len(source.columns.facts))
        lines.append("  " + t.plural("{count} row, {columns}", "{count} rows, {columns}", source.rows, columns=size))
        lines += _how_read(source, t)
    if kind.kind != "dictionary":
        lines += [f"  - {words.say_column(g, t)}" for g in source.columns.guesses if g.role not in QUIET]
    indicators, counts = len(source.columns.columns("indicator")), len(source.columns.columns("count"))
    if indicators:
        said = t.plural("{count} column could be an indicator", "{count} columns could be indicators", indicators)
        lines.append(f"  - {said}")
    if counts:
        lines.append("  - " + t.plural("{count} column of counts", "{count} columns of counts", counts))
    uses = [u for u in proposal.uses if u.file == source.file]
    return lines + [f"  → {words.say_use(u, t)}" for u in uses]


def _how_read(source: TableSource, t: Translator) -> list[str]:
    """What is done to read a table, finding by finding; how it is stored is left out."""
    from riskmodel.inputs.recognise.words import CERTAINTIES
    from riskmodel.inputs.say_reading import say_guess

    found = source.recognition.guesses if source.recognition else ()
    told = [g for g in found if g.certainty != "ask" and not g.code.startswith(STORED)]
    return [
        "  * " + t("{finding} ({certainty})", finding=say_guess(g, t).what, certainty=t(CERTAINTIES[g.certainty]))
        for g in told
    ]


def _study_lines(proposal: Proposal, t: Translator) -> list[str]:
    from riskmodel.inputs.recognise.words import METHODS

    study = proposal.study
    if study.areas is None and study.survey is None and study.population is None:
        return [t("These files alone make no study yet: bring a table of areas, or a survey and a census.")]
    lines = [t("Proposed study: {method}.", method=t(METHODS[study.study.method]))]
    if study.indicator:
        lines.append("  " + t.plural("{count} indicator", "{count} indicators", len(study.indicator)))
    if study.determinant:
        lines.append("  " + t.plural("{count} determinant", "{count} determinants", len(study.determinant)))
    missing = [p for p in proposal.problems if p.is_error]
    lines += ["  " + t("Still missing: {key}.", key=part_name(p.where.key, t)) for p in missing]
    return lines


def _question_lines(number: int, question: Question, t: Translator) -> list[str]:
    from riskmodel.inputs.recognise.words import say_option, say_question

    lines = [f"{number}. [{question.key}] {say_question(question, t)}"]
    if question.where.file:
        from riskmodel.i18n.say import place

        lines.append(f"   {place(question.where, t)}")
    for option in question.options[:8]:
        chosen = "*" if option == question.proposed else "-"
        lines.append(
            f"   {chosen} {option}" + (f": {words}" if (words := say_option(question, option, t)) != option else "")
        )
    if question.proposed and not question.options:
        lines.append("   " + t("Proposed: {value}", value=question.proposed))
    return lines


def guess_record(sources: Sequence[Source], proposal: Proposal) -> dict[str, object]:
    """The same for machines."""
    from riskmodel.inputs.recognise.proposal import reading_key
    from riskmodel.inputs.recognise.sources import OtherSource

    files = []
    for source in sources:
        told: dict[str, object] = {
            "file": source.file,
            "kind": source.kind.kind,
            "certainty": source.kind.certainty,
            "reason": source.kind.reason,
        }
        if isinstance(source, OtherSource):
            told |= {"contents": source.what, "problems": [p.code for p in source.problems]}
        else:
            told["columns"] = [asdict(g) for g in source.columns.guesses]
        files.append(told | {"uses": [asdict(u) for u in proposal.uses if u.file == source.file]})
    questions = [asdict(q) for q in proposal.questions]
    problems = [
        {"code": p.code, "severity": p.severity, "key": p.where.key, "file": p.where.file} for p in proposal.problems
    ]
    readings = [asdict(g) | {"sets": g.key, "key": reading_key(f, g)} for f, g in proposal.readings]
    return {
        "files": files,
        "questions": questions,
        "readings": readings,
        "problems": problems,
        "compared": [compared_record(pair) for pair in proposal.compared],
        "study": proposal.study.model_dump(mode="json", exclude_defaults=True),
    }


def dumped(record: Mapping[str, object]) -> str:
    """One line of JSON."""
    return json.dumps(record, ensure_ascii=False, default=str)
