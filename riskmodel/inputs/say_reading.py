"""Put findings of recognition and changes of a reading into words, for the screen and the command line alike.

Like `say` for problems: the library says what and where as data, here it becomes sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from riskmodel.i18n.say import place
from riskmodel.i18n.translator import Translator
from riskmodel.i18n.words.guesses import CHANGES, GUESSES
from riskmodel.inputs.changes import Change
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.say_columns import say_made, say_nameless
from riskmodel.problems import Where
from riskmodel.study_reading import Keep, Marks

LISTED = 12
POINT_ZERO = re.compile(r"^([+-]?\d{1,3}\.\d{3})0$")  # as `plain_numbers` writes 0,604
# Values of a finding that name the columns it makes.
NAMES_MADE = {"headings": ("into",), "split": ("first", "second"), "rename": ("name",)}


@dataclass(frozen=True)
class SaidGuess:
    """A finding as a person reads it; `question` is "" where nothing is asked, `where` where no place is known."""

    what: str
    reason: str
    question: str
    where: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.reason, self.question) if part)


def say_guess(guess: Guess, t: Translator) -> SaidGuess:
    """Word a finding in the language of `t`. A code without words is a programming error and raises `KeyError`."""
    words = GUESSES[guess.code]
    values = {name: _shown(value, t) for name, value in _named(guess, t).items()}
    count = guess.values.get("count")
    if words.what_many and isinstance(count, int):
        what = t.plural(words.what, words.what_many, count, **{n: v for n, v in values.items() if n != "count"})
    else:
        what = t(words.what, **values)
    question = t(words.question, **values) if words.question and guess.certainty == "ask" else ""
    at = replace(guess.where, file="", sheet="", column=say_nameless(guess.where.column, t))
    return SaidGuess(what, t(words.reason, **values), question, place(at, t))


def say_choice(guess: Guess, value: object, t: Translator) -> str:
    """One value a person may choose for a finding, as a few words."""
    if isinstance(value, Keep):
        return ", ".join(value.values)
    if isinstance(value, Marks):
        example = str(guess.values.get("example", ""))
        digits = "".join(c for c in example if c.isdigit())
        if guess.code == "numbers_damaged":
            return t("They are right: whole numbers such as {number}", number=t.number(int(digits or 0)))
        if value.thousands:
            return t("{example} is {number}, without decimals", example=example, number=t.number(int(digits or 0)))
        return t("{example} has decimals after “{mark}”", example=example, mark=value.decimal)
    if guess.key in ("leave_out", "keep") and (value is None or guess.key == "leave_out"):
        return t("Use all rows") if value is None else t("Use only the first table")
    if guess.key == "doubtful_letters":
        return t("Yes, put them right") if value == "mend" else t("No, leave them as they are")
    if value is None:
        return t("They are destroyed; the column is not used")
    return str(value)


def say_change(change: Change, t: Translator) -> str:
    """What was done, as one sentence."""
    one, many = CHANGES[change.kind]
    return t.plural(one, many, change.count)


def say_examples(change: Change, t: Translator) -> str:
    """Examples of a change, before → after; "" where there are none to show."""
    shown = ((say_nameless(before, t), _after(change, after, t)) for before, after in change.examples)
    return " · ".join(f"{before} → {after}" if after else before for before, after in shown)


def _after(change: Change, after: str, t: Translator) -> str:
    """What became of an example: a column that was made in words, a number without the zero that keeps its point."""
    if change.kind in ("headings", "renamed"):
        return say_made(after, t)
    return POINT_ZERO.sub(r"\1", after) if change.kind == "marks" else after


def change_place(change: Change, t: Translator) -> str:
    """The column and the first rows of a change, as one line."""
    return place(Where(column=say_nameless(change.column, t), rows=change.rows), t)


def _named(guess: Guess, t: Translator) -> dict[str, object]:
    """The values of a finding, columns that it makes in words."""
    named = NAMES_MADE.get(guess.key, ())
    return {name: say_made(str(value), t) if name in named else value for name, value in guess.values.items()}


def _shown(value: object, t: Translator) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return t.number(value)
    if isinstance(value, (list, tuple)):
        listed = ", ".join(map(str, value[:LISTED]))
        return listed + (", …" if len(value) > LISTED else "")
    return value
