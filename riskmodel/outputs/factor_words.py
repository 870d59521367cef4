"""The factors of a place, and how far its estimate can be read, as sentences.

Factors are named after a colon, as the study names them: so the sentence holds whatever their gender, number or first
letter, in every language. They are associated with the risk; no sentence says that they cause it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from babel.lists import format_list

from riskmodel.i18n import Translator

NAMED = 2
# An interval is wide when it is wider than the estimate itself and than this (proportion).
WIDE = 0.10
FEW_CHILDREN = 100
# Gaps below this print as 0.0 and are a tie: percentage points as proportion, index points.
TIE = {"area_risk": 0.0005, "index": 0.05}


def listed(items: Sequence[str], t: Translator) -> str:
    """Items as a list ends in speech: "A, B and C". Spanish says "e" before the sound of i."""
    text = format_list(list(items), locale=t.locale)
    if t.language != "es" or len(items) < 2:
        return text
    last = items[-1]
    plain = unicodedata.normalize("NFD", last.lower()).encode("ascii", "ignore").decode()
    sounds = plain.startswith(("i", "hi")) and not plain.startswith(("hia", "hie", "hio", "ia", "ie", "io"))
    return text.removesuffix(f" y {last}") + f" e {last}" if sounds else text


def factors_sentence(risk: Sequence[str], protective: Sequence[str], gap: float, measure: str, t: Translator) -> str:
    """What most goes with more and with less risk than in the country, each list strongest first; never a cause."""
    index = measure == "index"
    said = []
    if risk:
        names = listed(risk[:NAMED], t)
        said.append(
            t("What raises the index most here: {factors}.", factors=names)
            if index
            else t("What goes most with more risk here than in the country: {factors}.", factors=names)
        )
    if protective:
        names = listed(protective[:NAMED], t)
        said.append(
            t("What lowers the index most here: {factors}.", factors=names)
            if index
            else t("What goes most with less risk here than in the country: {factors}.", factors=names)
        )
    if not said:
        return (
            t("No indicator sets this place apart from the country.")
            if index
            else t("No factor sets this place apart from the country.")
        )
    if risk and protective and abs(gap) < TIE[measure]:
        said.append(t("They balance each other."))
    return " ".join(said)


def wide_words(risk: float | None, lower: float | None, upper: float | None, t: Translator) -> str:
    """A warning where the interval is so wide that the estimate says little."""
    if risk is None or lower is None or upper is None or upper - lower < max(WIDE, risk):
        return ""
    return t("The interval is wide: the figures say little of this place.")


def few_words(children: float | None, t: Translator) -> str:
    """A warning where so few children live that one more or less changes the rate."""
    if children is None or children >= FEW_CHILDREN:
        return ""
    if children < 1:
        return t("No children of these ages are counted here.")
    return t.plural(
        "Only {count} child of these ages is counted here: one more or less changes every figure.",
        "Only {count} children of these ages are counted here: one more or less changes every figure.",
        round(children),
    )
