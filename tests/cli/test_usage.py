"""Wrong use of the command line is told in the reader's language, in argparse's own places."""

from __future__ import annotations

import argparse
import ast
import inspect

import pytest

import cli
import cli_usage
from tests.tools.marked import calls, literal

ENGLISH = ("usage", "required", "expected", "invalid", "choose", "unrecognized", "not allowed", "argument ", "error:")
WRONG = (
    ["run"],
    ["run", "study.toml", "--out"],
    ["glossary", "--what"],
    ["template", "other", "--out", "x"],
    ["indicators", "study.toml"],
    ["indicators", "study.toml", "--out", "a", "--read", "b"],
    ["nothing"],
    ["locate", "--near", "far"],
)


def told(words, capsys) -> str:
    with pytest.raises(SystemExit):
        cli.main(words)
    said = capsys.readouterr()
    return (said.out + said.err).lower()


@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_wrong_use_is_told_without_a_word_of_english(language, capsys, monkeypatch):
    monkeypatch.setenv("MIRADOR_LANGUAGE", language)
    for words in WRONG:
        said = told(words, capsys)
        assert not [english for english in ENGLISH if english in said], said


def test_help_is_in_the_language_asked_for_on_the_same_line(capsys, monkeypatch):
    monkeypatch.setenv("MIRADOR_LANGUAGE", "en")
    assert "show this help message" in told(["run", "--help"], capsys)
    for words in (["run", "--language", "es", "--help"], ["run", "--language=es", "--help"]):
        said = told(words, capsys)
        assert "uso: " in said
        assert "show this help" not in said


def test_argparse_has_its_own_words_again_afterwards(capsys):
    told(["run"], capsys)
    assert argparse._("usage: ") == "usage: "


def test_the_messages_are_those_of_argparse_letter_for_letter():
    theirs = {
        (literal(call.args[0]) or "").strip()
        for call in calls(ast.parse(inspect.getsource(argparse)), {"_", "ngettext"})
    }
    assert {*cli_usage.MESSAGES, *(one for one, _ in cli_usage.COUNTED)} <= theirs
