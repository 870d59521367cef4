"""Write a proposed study as a file a person reads: what each file serves for and every question stand in it as comments.

Comments only: without them the file says the same, and a question is answered by changing the key it names.
"""

from __future__ import annotations

import re

from riskmodel.i18n import say
from riskmodel.i18n.translator import Translator
from riskmodel.inputs.recognise.proposal import Proposal, Question, recode_key
from riskmodel.inputs.recognise.words import say_option, say_question, say_recode, say_use
from riskmodel.inputs.say_reading import say_guess
from riskmodel.study_file import study_text


def commented_study(proposal: Proposal, t: Translator) -> str:
    """The study file of a proposal, which `parse_study` reads; what a part still lacks is said at the top."""
    head = [t("Proposed from the files beside it. Confirm or change what is asked; then check and run it.")]
    head += [f"{use.file}: {say_use(use, t)}" for use in proposal.uses]
    head += [f"{t('Missing')}: {p.where.key}. {say(p, t).mend}" for p in proposal.problems if p.is_error]
    for file, guess in proposal.readings:
        head += [f"? {file}: {say_guess(guess, t)}"]
    for pair in proposal.open_recodings():
        head += [f'? {say_recode(pair, t)} --answer "{recode_key(pair.first.file)}=all"']
    lines = study_text(proposal.study).splitlines()
    asked: dict[int, list[Question]] = {}
    for question in proposal.questions:
        asked.setdefault(_line_of(question.key, lines), []).append(question)
    written = [f"# {_one_line(line)}" for line in head] + [""]
    for question in asked.pop(-1, []):
        written += _comment(question, t)
    for number, line in enumerate(lines):
        for question in asked.get(number, []):
            written += _comment(question, t)
        written.append(line)
    return "\n".join(written).rstrip() + "\n"


def _comment(question: Question, t: Translator) -> list[str]:
    """A question with what may be written there."""
    lines = [f"# ? {_one_line(say_question(question, t))}"]
    if question.options:
        options = "; ".join(
            f"{o} = {say_option(question, o, t)}" if say_option(question, o, t) != o else o for o in question.options
        )
        lines.append(f"#   {_one_line(t('Possible answers: {options}.', options=options))}")
    return lines


def _line_of(key: str, lines: list[str]) -> int:
    """The line that holds a key, or begins its table; -1 where neither is there."""
    parts = key.split(".")
    if parts[0] == "indicator" and len(parts) == 3:
        return _after(lines, re.compile(rf'name = "{re.escape(parts[1])}"'), re.compile(rf"{parts[2]} ="))
    table = re.compile(rf"\[\[?{re.escape(parts[0])}\]?\]")
    start = next((i for i, line in enumerate(lines) if table.match(line)), -1)
    if start < 0 or len(parts) == 1 or parts[0] == "reading":
        return start
    for i in range(start + 1, len(lines)):
        if lines[i].startswith("["):
            break
        if re.match(rf"{re.escape(parts[1])}\s*=", lines[i]):
            return i
    nested = re.compile(rf"\[{re.escape(parts[0])}\.{re.escape(parts[1])}\]")
    return next((i for i, line in enumerate(lines) if nested.match(line)), start)


def _after(lines: list[str], first: re.Pattern[str], then: re.Pattern[str]) -> int:
    start = next((i for i, line in enumerate(lines) if first.match(line)), -1)
    return next((i for i in range(start, len(lines)) if start >= 0 and then.match(lines[i])), start)


def _one_line(text: str) -> str:
    """Without breaks or marks that would end a comment."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
