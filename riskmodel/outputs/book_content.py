"""What a book of sheets has of its own, in the reader's language: cover, how to read, contents, index of names.

Pages are counted from the first sheet; the pages before it are numbered i, ii, iii.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.sheet_chart import level_steps
from riskmodel.outputs.sheet_content import header, levels_title
from riskmodel.outputs.sheet_notes import caution, imprint, notes
from riskmodel.results import Results
from riskmodel.study import Study

TEMPLATE = "book"


@dataclass(frozen=True)
class Entry:
    """A sheet of the book."""

    code: str
    name: str
    where: str  # name of the parent unit
    page: int
    is_area: bool = True


@dataclass(frozen=True)
class Chapter:
    """A parent unit of the book, or the country."""

    name: str
    page: int
    areas: int


def front_content(
    results: Results,
    t: Translator,
    chapters: Sequence[Chapter],
    only: str,
    count: int,
    index_page: int,
    photocopy: bool = False,
) -> dict[str, Any]:
    """Cover, how to read and contents. `only`: name of the one parent unit the book is about; `count`: its areas."""
    study = Study.model_validate(results.manifest["study"])
    nowhere = _blank(results)
    named = header(results, study, nowhere, t)
    title = only or study.study.country or study.study.name
    areas = t.plural("{count} territory", "{count} territories", count)
    return _shared(results, t, title, study, photocopy) | {
        "part": "front",
        "cover": {
            "kind": t("Book of territorial fact sheets"),
            "title": title,
            "study": study.study.name if study.study.name != title else "",
            "lines": [line for line in (named["outcome"], named["years"], areas) if line],
            "notices": [t("Synthetic data: an invented country, for teaching. It describes no real place or person.")]
            if results.manifest["synthetic"]
            else [],
            "caution": caution(t),
            "imprint": imprint(results, t),
            "map_alt": t("Map of {place}: its territories by level.", place=title),
        },
        "reading": {
            "title": t("How to read the sheets"),
            "levels": {"title": levels_title(results, t), "steps": level_steps(results, nowhere, t, photocopy)},
            "rows": _reading(results, t),
            "notes": notes(results, study, [], t),
        },
        "contents": {
            "title": t("Contents"),
            "columns": [t("Part"), t("Territories"), t("Page")],
            "rows": [
                {"name": c.name, "count": t.number(c.areas) if c.areas else "", "page": c.page}
                for c in (*chapters, Chapter(t("Index of names"), index_page, 0))
            ],
        },
    }


def back_content(
    results: Results, t: Translator, entries: Sequence[Entry], start: int, photocopy: bool
) -> dict[str, Any]:
    """The index of names, in the order of the alphabet without accents. `start`: its first page."""
    study = Study.model_validate(results.manifest["study"])
    ordered = sorted((e for e in entries if e.is_area), key=lambda e: (alphabet(e.name), alphabet(e.where), e.code))
    groups = groupby(ordered, key=lambda e: _letter(e.name))
    return _shared(results, t, t("Index of names"), study, photocopy) | {
        "part": "back",
        "start": start,
        "index": {
            "title": t("Index of names"),
            "groups": [
                {"letter": letter, "rows": [{"name": e.name, "where": e.where, "page": e.page} for e in part]}
                for letter, part in groups
            ],
        },
    }


def alphabet(name: str) -> str:
    """What a name is sorted by: its letters without accents, small."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _letter(name: str) -> str:
    first = alphabet(name)[:1].upper()
    return first if first.isalpha() else "#"


def _shared(results: Results, t: Translator, title: str, study: Study, photocopy: bool) -> dict[str, Any]:
    return {
        "template": TEMPLATE,
        "lang": t.language,
        "title": t("Book of territorial fact sheets: {place}. {study}", place=title, study=study.study.name),
        "office": office_content(results, t, photocopy),
    }


def _blank(results: Results) -> pd.Series:
    """A row of areas of which nothing is known."""
    row = pd.Series(pd.NA, index=results.areas.columns, dtype=object)
    row["area_name"] = row["area_code"] = ""
    return row


def _reading(results: Results, t: Translator) -> list[dict[str, str]]:
    """What is the same on every sheet, said once."""
    index = results.measure == "index"
    found = [
        (
            t("The sentence at the top"),
            t("It places the territory between 0 and 100: the higher, the more its conditions go with child labour. It is not a share of children.")
            if index
            else t("It says how many of every 100 children would be in child labour, and between which two numbers the truth probably lies. A wide range is a warning: the data say little."),
        ),
        (t("Levels"), t("They put together territories that are alike, to see where to look first. The steps above are the same on every sheet.")),
        (t("Place"), t("Place 1 is the highest. The places beside it are those the territory could also have: two neighbours in the list are seldom truly different.")),
        (t("What raises and what lowers"), t("Conditions that go with more or less child labour than in the country. They are associated with it; they are not proven causes.")),
        (t("No data"), t("No data does not mean low risk: the sources do not allow an estimate here.")),
    ]  # fmt: skip
    return [{"label": label, "text": text} for label, text in found]
