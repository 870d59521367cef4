"""The catalogues hold every message, with the values of its source, and every problem has its words.

When a test here fails after a text was added or changed: run `make messages`, then translate what it lists.
"""

from __future__ import annotations

import re
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from riskmodel.i18n import LANGUAGES, say, translator
from riskmodel.i18n.words import WORDS
from riskmodel.problems import Problem, Where
from tests.i18n.codes import Found, codes_used, parsed
from tests.tools.marked import calls, literal
from tests.tools.messages import KEYWORDS, ROOT, SOURCE_LANGUAGE, SOURCES, extracted, path_of, text_of

TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
PYTHON = [p for s in SOURCES for p in (sorted((ROOT / s).rglob("*.py")) if (ROOT / s).is_dir() else [ROOT / s])]


@cache
def catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as handle:
        return read_po(handle, locale=language)


@cache
def sources() -> Catalog:
    return extracted()


@cache
def said_by_sources() -> frozenset[str]:
    """Every form of every message of the sources."""
    return frozenset(form for message in sources() if message.id for form in forms(message.id))


@cache
def codes() -> Found:
    return codes_used(PYTHON)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Singular and plural of a message, or its one form."""
    return (text,) if isinstance(text, str) else tuple(text)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_sources_is_translated(language: str) -> None:
    """No message is absent, empty or marked as unsure."""
    known = {forms(message.id): message for message in messages(language)}
    lacking = []
    for message in sources():
        there = known.get(forms(message.id)) if message.id else None
        if message.id and (there is None or there.fuzzy or not all(forms(there.string))):
            lacking.append(forms(message.id)[0])
    assert not lacking, f"{language}: run `make messages` and translate:\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_left_over(language: str) -> None:
    """What no source says any more is gone from the catalogue, and the file is as `make messages` writes it."""
    used = {forms(message.id) for message in sources() if message.id}
    left = [forms(m.id)[0] for m in messages(language) if forms(m.id) not in used]
    assert not left, "run `make messages`; no source says:\n" + "\n".join(left)
    assert path_of(language).read_bytes() == text_of(catalogue(language)), "run `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_values_are_those_of_the_source(language: str) -> None:
    """Each form holds the `{fields}` of its source form; further plural forms those of the plural."""
    differing = []
    for message in messages(language):
        source = forms(message.id)
        for position, text in enumerate(forms(message.string)):
            if text and fields(text) != fields(source[min(position, len(source) - 1)]):
                differing.append(f"{source[0]} -> {text}")
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_every_form_of_the_language(language: str) -> None:
    for message in messages(language):
        if not isinstance(message.id, str):
            assert len(message.string) == catalogue(language).num_plurals, message.id[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_marks_of_the_layout_are_kept(language: str) -> None:
    """Bold marks, the ends of sentences and names in code stand as in the source."""
    for message in messages(language):
        source = forms(message.id)
        for position, text in enumerate(forms(message.string)):
            told = source[min(position, len(source) - 1)]
            if not text:
                continue  # told by the test of what is translated
            assert text.count("**") == told.count("**"), told
            assert (text[-1] in ".?") == (told[-1] in ".?"), told
            assert text == text.strip(), told
            for name in ("study.toml", "docs/study-file.md", "problems.csv", "areas.csv", "cli.py"):
                assert (name in text) == (name in told), told


def test_questions_open_and_percents_are_spaced_in_spanish() -> None:
    """“¿” opens what “?” closes; a no-break space stands before “%” (Ortografía de la lengua española, 2010)."""
    for message in messages("es"):
        for text in forms(message.string):
            assert text.count("¿") == text.count("?"), text
            before = [text[i - 1] for i, mark in enumerate(text) if mark == "%" and i]
            assert not [mark for mark in before if mark.isdigit() or mark == "}"], text
            assert "} %" not in text, text


def test_percents_close_up_and_quotation_marks_are_those_of_brazil() -> None:
    """No space before “%”, “ ” for quotations, no “¿”; nothing of Portugal or of Spanish where Brazil says otherwise."""
    foreign = re.compile(r"[¿¡«»ñ]|(?<!-)\b(ficheiro|ecrã|utilizador|registo|inquérito|los|del)\b", re.IGNORECASE)
    for message in messages("pt"):
        for text in forms(message.string):
            assert not re.search(r"[\d}]\s%", text), text
            assert not foreign.search(text), text


def test_both_forms_of_a_plural_are_written_out() -> None:
    """A plural with one form in a variable is not extracted, so it would be shown in English."""
    half = []
    for path in PYTHON:
        for call in calls(parsed(path), [k for k, at in KEYWORDS.items() if at == (1, 2)]):
            given = [literal(argument) is not None for argument in call.args[:2]]
            if any(given) and not all(given):
                half.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert not half, half


def test_messages_inside_f_strings_are_found() -> None:
    """The catalogue does not depend on the version of Python that extracts it."""
    said = [literal(c.args[0]) for p in PYTHON for c in calls(parsed(p), ["_", "t", "N_"])]
    known = {forms(message.id)[0] for message in sources() if message.id}
    assert {text for text in said if text} <= known


def test_every_problem_code_has_words() -> None:
    """A code without words would end in a `KeyError` before a person who made a mistake in a file."""
    found = codes()
    assert not found.unseen, f"codes that cannot be followed to their literals: {found.unseen}"
    assert len(found.codes) > 50
    wordless = {code: sorted(files) for code, files in found.codes.items() if code not in WORDS}
    assert not wordless, wordless


def test_every_worded_code_is_used() -> None:
    """Words nobody says are translated for nothing."""
    used = codes().codes
    assert not [code for code in WORDS if code not in used]


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_say_what_and_how_to_mend(code: str) -> None:
    words = WORDS[code]
    for text in (words.what, words.mend, *([words.what_many] if words.what_many else [])):
        assert text, code
        assert text.endswith((".", "?")), text
        assert text in said_by_sources(), f"not marked: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_said_in_every_language(language: str) -> None:
    """Each wording renders with its values, for one and for many, and leaves no `{field}` behind."""
    t = translator(language)
    for code, words in WORDS.items():
        names = fields(words.what) | fields(words.mend) | fields(words.what_many)
        for count in (1, 3):
            values = {name: f"<{name}>" for name in names} | (
                {"count": count} if "count" in names or words.what_many else {}
            )
            said = say(Problem(code, Where("f.csv", "s", "c", (2, 3), "k", 4), values), t)
            told = f"{said.what} {said.mend}"
            assert "{" not in str(said), str(said)
            assert all(
                f"<{name}>" in told for name in names - {"count"} if f"{{{name}}}" in f"{words.what} {words.mend}"
            ), told


def test_spanish_quotes_are_those_of_spanish() -> None:
    """One kind of quotes throughout: « », as the Spanish academies recommend them first."""
    for text in (form for message in messages("es") for form in forms(message.string)):
        assert not re.search("[“”]", text), text
        assert text.count("«") == text.count("»"), text
