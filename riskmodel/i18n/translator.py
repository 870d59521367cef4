"""One language: messages by gettext, numbers and dates by Babel."""

from __future__ import annotations

import datetime as dt
import io
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

LOCALE_DIR = Path(__file__).parent / "locale"

# Language code: its own name, as a reader looks for it.
LANGUAGES: dict[str, str] = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}
# Locale whose numbers and dates a language takes, where it is not the first one of the language in CLDR.
LOCALES = {"pt": "pt_BR"}

MISSING = "—"


def N_(message: str) -> str:  # noqa: N802 — gettext's usual name
    """Mark a message for translation where it is declared; translate it where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a message with a plural form; show it with `Translator.plural`."""
    return one, many


class Translator:
    """Words of one language. Call it with an English message and named values."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(LOCALES.get(language, language))
        self._catalogue = catalogue

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, `{name}` filled from `values`."""
        if not message:
            return ""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that fits `count`; `{count}` is filled with the formatted number."""
        text = self._catalogue.ngettext(one, many, count)
        return text.format(**({"count": self.number(count)} | values))

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with the locale's marks; a dash when missing."""
        if (value := _present(value)) is None:
            return MISSING
        return _decimal(round(value, decimals) + 0.0, decimals, self.locale)

    def percent(self, share: float | None, decimals: int = 1) -> str:
        """A proportion 0–1 as a percentage with one decimal; a dash when missing."""
        if (share := _present(share)) is None:
            return MISSING
        pattern = self.locale.percent_formats[None].pattern.replace(
            "#,##0", "#,##0" + ("." + "0" * decimals if decimals else "")
        )
        return _minus(format_percent(round(share, decimals + 2) + 0.0, format=pattern, locale=self.locale))

    def points(self, share: float | None, decimals: int = 1) -> str:
        """A difference of proportions in percentage points, with its sign."""
        if (share := _present(share)) is None:
            return MISSING
        rounded = round(share * 100, decimals) + 0.0
        sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
        return sign + self.number(abs(rounded), decimals)

    def date(self, day: dt.date) -> str:
        return format_date(day, format="long", locale=self.locale)


@lru_cache(maxsize=50_000)
def _decimal(value: float, decimals: int, locale: Locale) -> str:
    """Kept: a country's sheets print the same rounded numbers many times over."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _minus(format_decimal(value, format=pattern, locale=locale))


def _minus(number: str) -> str:
    """With a true minus sign, as `points` writes it."""
    return "−" + number[1:] if number.startswith("-") else number


def _present(value: Any) -> float | None:
    """A number, or None for anything missing (None, NaN, pandas' NA)."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(number) else number


@lru_cache
def translator(language: str) -> Translator:
    """The translator of a language code; unknown codes read English."""
    if language not in LANGUAGES:
        language = "en"
    return Translator(language, _catalogue(language))


def _catalogue(language: str) -> NullTranslations:
    path = LOCALE_DIR / language / "LC_MESSAGES" / "mirador.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as handle:
        catalogue = read_po(handle, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
