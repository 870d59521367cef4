"""Tell texts that come from the catalogue from texts that do not.

`marking` puts marks around every message of every catalogue; what is left outside of marks on a screen or in a sheet
must be data of the study (names, codes, numbers), or it would be shown in one language to readers of all.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from babel.support import NullTranslations
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

catalogues = importlib.import_module("riskmodel.i18n.translator")  # the package names its function so, too
OPEN, CLOSE = "⟦", "⟧"
MESSAGE = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORD = re.compile(r"[^\W\d_]{3,}")
# Names and kinds of files, addresses, symbols, tags, places of a chart's rows: not words.
NO_WORDS = re.compile(
    r"```.*?```|`[^`]*`|:material/\w+:|<[^>]*>|%\{[^}]*\}|\brow \d+|\bhttps?://\S+"
    r"|#[0-9A-Fa-f]{6}\b|[\w-]+\.(?:csv|xlsx|json|toml|zip|pdf|png|svg|parquet|geojson|gpkg|html|pptx)\b|\b(?:JSON|GPKG|PARQUET|XLSX|HTML|PDF|PPTX)\b",
    re.S,
)
# Fields of Streamlit's elements that a person reads.
READ = {"label", "body", "help", "placeholder", "options", "text", "title", "caption", "tag", "rawValues", "choices"}
READ_ON_MAPS = {"title", "subtitle", "label", "note", "range", "find", "placeholder", "none", "whole", "unit", "help"}
READ_ON_MAPS |= {"zoom_in", "zoom_out", "north"}
READ_IN_CHARTS = {"text", "title", "name", "hovertext", "hovertemplate", "ticktext", "texttemplate", "y", "x"}


class Marked(NullTranslations):
    """A catalogue that puts marks around its messages."""

    def __init__(self, real: NullTranslations) -> None:
        super().__init__()
        self.real = real

    def gettext(self, message: str) -> str:
        return f"{OPEN}{self.real.gettext(message)}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{self.real.ngettext(msgid1, msgid2, n)}{CLOSE}"


@contextmanager
def marking() -> Iterator[None]:
    """Every translator made inside has marked messages; nothing that was drawn with them is kept."""
    real = catalogues._catalogue
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "_catalogue", lambda language: Marked(real(language)))
        _forget()
        yield
    _forget()


def _forget() -> None:
    catalogues.translator.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()


def unmarked(texts: Iterable[str], known: set[str]) -> dict[str, str]:
    """Words outside of marks that are not among the words known, each with a text it stands in."""
    found: dict[str, str] = {}
    for text in texts:
        rest = NO_WORDS.sub(" ", text)
        while rest != (shorter := MESSAGE.sub(" ", rest)):
            rest = shorter
        for word in WORD.findall(rest):
            if word.casefold() not in known:
                found.setdefault(word, text[:120])
    return found


def words_of(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(text.replace("_", " "))}


def words_of_folder(folder: Path) -> set[str]:
    """Words in the text files of a study: names of places, labels, columns, categories."""
    return words_of(*(p.read_text(encoding="utf-8") for p in folder.iterdir() if p.suffix in {".csv", ".toml"}))


def texts_of_screen(shown: AppTest) -> Iterator[str]:
    """What a person reads on a screen: elements, tables, charts."""
    for block in (shown.main, shown.sidebar):
        for element in block:
            yield from _texts(element)


def _texts(element: Any) -> Iterator[str]:
    if element.type in {"arrow_data_frame", "table"}:
        yield from texts_of_table(element.value)
    proto = getattr(element, "proto", None)
    if proto is None or not hasattr(proto, "DESCRIPTOR"):
        return
    told = MessageToDict(proto)
    yield from texts_of(told, READ)
    if isinstance(told.get("spec"), str) and told["spec"].startswith("{"):
        yield from texts_of(json.loads(told["spec"]), READ_IN_CHARTS)
    if told.get("componentName", "").startswith("mirador_map"):
        yield from texts_of(json.loads(told["json"]), READ_ON_MAPS)


def texts_of_table(table: pd.DataFrame) -> Iterator[str]:
    yield from map(str, table.columns)
    for column in table.select_dtypes(["object", "string"]):
        yield from (value for value in table[column] if isinstance(value, str))


def texts_of(told: Any, names: set[str], read: bool = False) -> Iterator[str]:
    """Texts under these names, at any depth."""
    if isinstance(told, str):
        if read:
            yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            yield from texts_of(value, names, name in names)
    elif isinstance(told, list):
        for value in told:
            yield from texts_of(value, names, read)
