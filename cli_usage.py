"""Say argparse's own words, usage and wrong use, in the language of the terminal.

argparse asks `gettext` for them by two names of its own; these are lent our catalogues while a command line is read. A
message that a later Python adds stays English until it is listed here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from cli_terminal import system_language
from riskmodel.i18n import LANGUAGES, N_, NN_, Translator

# Letter for letter as argparse has them, but for the space around.
MESSAGES = (
    N_("usage:"),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("unexpected option string: %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
)
COUNTED = (NN_("expected %s argument", "expected %s arguments"),)


def language_asked(arguments: Sequence[str]) -> str:
    """Language named on a command line that is not understood yet; that of the terminal where none is."""
    for word, following in pairwise([*arguments, ""]):
        name, _, value = word.partition("=")
        if name == "--language" and (value or following) in LANGUAGES:
            return value or following
    return system_language()


@contextmanager
def speaking(t: Translator) -> Iterator[None]:
    """While the block lasts argparse speaks the language of `t`; parsers have to be made inside it."""
    names = ("_", "ngettext")
    before = {name: getattr(argparse, name) for name in names}

    def said(message: str) -> str:
        bare = message.strip()
        return message.replace(bare, t(bare))

    def counted(one: str, many: str, count: int) -> str:
        return t.plural(one, many, count) if (one, many) in COUNTED else before["ngettext"](one, many, count)

    try:
        argparse.__dict__.update({"_": said, "ngettext": counted})
        yield
    finally:
        argparse.__dict__.update(before)
