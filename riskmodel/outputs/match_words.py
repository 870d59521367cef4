"""Sentences about matched names: how many got a code and how, why a proposal is only one.

The same words on the screen and on the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.inputs.match_names import NameMatches


def counts_sentences(found: NameMatches, t: Translator) -> list[str]:
    """How many places got a code, how many are to be confirmed, how many are left on both sides."""
    matched, first = len(found.matched), int((found.proposed["rank"] == 1).sum())
    sentences = [t.plural("{count} place has its code.", "{count} places have their codes.", matched)]
    written = int((found.matched["how"] == "form").sum())
    if written:
        sentences.append(t.plural("{count} of them is written differently: an abbreviation, a numeral or a small word.", "{count} of them are written differently: an abbreviation, a numeral or a small word.", written))  # fmt: skip
    if first:
        sentences.append(t.plural("{count} place has a name like one of the list and waits for you.", "{count} places have names like some of the list and wait for you.", first))  # fmt: skip
    if len(found.unmatched):
        sentences.append(t.plural("{count} place has no name like it in the list.", "{count} places have no name like theirs in the list.", len(found.unmatched)))  # fmt: skip
    if len(found.unused):
        sentences.append(t.plural("{count} area of the list is not in the table.", "{count} areas of the list are not in the table.", len(found.unused)))  # fmt: skip
    return sentences


def how_words(how: str, t: Translator) -> str:
    """How a match was found."""
    return {
        "same": t("same name, same parent unit"),
        "form": t("same name written differently, same parent unit"),
        "country": t("same name, the only one in the country"),
        "confirmed": t("confirmed by a person"),
    }[how]


def why_words(why: str, t: Translator) -> str:
    """Why a proposal is not joined by itself, or why a place is left."""
    return {
        "near": t("the names are alike, not the same"),
        "other_parent": t("the name is in another parent unit"),
        "no_parent": t("the table does not tell the parent unit"),
        "unknown_parent": t("the parent unit is not in the list"),
        "twice": t("the name stands more than once in the table"),
        "nothing_near": t("no name like it in the list"),
        "confirmed_none": t("a person said it is none of the list"),
    }[why]


def place_words(name: str, parent: str) -> str:
    """A place with its parent behind it."""
    return f"{name} ({parent})" if parent else name


def proposal_line(row: Mapping[Any, Any], t: Translator) -> str:
    """One proposal on one line: the name, the area, how alike, the reason."""
    return t(
        "{name} → {area} [{code}], {score} alike: {why}",
        name=place_words(str(row["name"]), str(row["parent"])),
        area=place_words(str(row["area_name"]), _text(row["parent_name"])),
        code=row["area_code"],
        score=t.percent(row["score"], 0),
        why=why_words(str(row["why"]), t),
    )


def _text(value: object) -> str:
    return "" if value is None or value != value or str(value) == "<NA>" else str(value)
