"""Words of the screens in the visitor's language."""

from __future__ import annotations

from pages.common import state
from riskmodel.i18n import Translator, translator


def current() -> Translator:
    """The visitor's translator."""
    return translator(state.language())


def _(message: str, **values: object) -> str:
    """A message in the visitor's language."""
    return current()(message, **values)


def plural(one: str, many: str, count: int, **values: object) -> str:
    """The form of a message that fits `count`."""
    return current().plural(one, many, count, **values)
