"""A sheet is in one language: each word is of the catalogue or of the study, and the template adds none of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riskmodel.i18n import LANGUAGES, translator
from riskmodel.outputs import sheet
from riskmodel.outputs.sheet_content import sheet_content
from tests.tools.one_language import marking, unmarked, words_of

NOT_SHOWN = {"lang", "role"}  # what the template draws by
TEMPLATES = Path(sheet.__file__).parent / "templates"


def texts(told: Any, name: str = "") -> Iterator[str]:
    if isinstance(told, dict):
        for key, value in told.items():
            yield from texts(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from texts(value, name)
    elif isinstance(told, str) and name not in NOT_SHOWN:
        yield told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("results", ["model_results", "index_results", "given_results"])
def test_no_sheet_mixes_languages(results, language, request):
    given = request.getfixturevalue(results)
    tables = [table for table in (given.areas, given.groups) if table is not None]
    known = words_of(*(str(value) for table in tables for value in table.to_numpy().ravel()))
    known |= words_of(json.dumps(given.manifest, ensure_ascii=False, default=str), "Mirador")
    with marking():
        told = list(texts(sheet_content(given, "001", translator(language))))
    assert sum("⟦" in text for text in told) > 15
    assert not unmarked(told, known)


def test_the_template_has_no_words_of_its_own():
    """Texts between quotation marks or brackets that a reader would see come as data."""
    for path in TEMPLATES.glob("*.typ"):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        shown = re.findall(r"(?<![\w.)])\[([^\[\]#]*)\]", code)
        assert not [text for text in shown if re.search(r"[^\W\d_]{3,}", text)], path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_of_the_catalogue_is_found(language):
    with marking():
        t = translator(language)
        nested = t("Fact sheet: {place}. {study}", place=t("Level"), study="x")
        assert not unmarked([t("Level"), f"{t('Level')}: Tarinca", nested], {"tarinca"})
        assert set(unmarked([f"{t('Level')} high"], set())) == {"high"}
