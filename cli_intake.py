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

from riskmodel.i18n import Translator, say
from riskmodel.problems import InputProblems, Problem, Where

if TYPE_CHECKING:
    from riskmodel.inputs.recognise.proposal import Proposal, Question
    from riskmodel.inputs.recognise.sources import Source

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
    if proposal.questions:
        lines += ["", t("Questions, the most important first:")]
        for number, question in enumerate(proposal.questions, start=1):
            lines += _question_lines(number, question, t)
    return lines


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
    lines += ["  " + t("Still missing: {key}.", key=p.where.key) for p in missing]
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
    return {
        "files": files,
        "questions": questions,
        "problems": problems,
        "study": proposal.study.model_dump(mode="json", exclude_defaults=True),
    }


def dumped(record: Mapping[str, object]) -> str:
    """One line of JSON."""
    return json.dumps(record, ensure_ascii=False, default=str)
