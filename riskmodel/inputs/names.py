"""Write names of places as a person would when the source shouts.

Only a column in which most names are in capitals is changed, for display, and in it only those names; codes never.
"""

from __future__ import annotations

import re

import pandas as pd

# Words that stay small inside a name in Spanish, Portuguese and French.
SMALL = frozenset(re.findall(r"\w+", """
    a al con da das de del des do dos du e el em en et i la las le les lo los na nas no nos o os y
"""))  # fmt: skip
ROMAN = re.compile(r"^[IVX]{2,}$")
SHOUTING = 0.6
CAPITALS = 0.75


def shouts(names: pd.Series) -> bool:
    """Whether most names that have letters are in capitals."""
    lettered = [name for name in names.dropna().astype(str) if sum(c.isalpha() for c in name) > 1]
    return len(lettered) >= 3 and sum(map(_in_capitals, lettered)) >= SHOUTING * len(lettered)


def normal_case(names: pd.Series) -> pd.Series:
    """Names in capitals as "São José do Rio Preto"; other names as they are, missing stays missing."""
    return names.map(lambda name: _name(name) if _in_capitals(str(name)) else name, na_action="ignore").astype("string")


def _in_capitals(name: str) -> bool:
    """Whether nearly all letters are capitals: some programs leave the accented ones small ("SãO PAULO")."""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def _name(name: str) -> str:
    words = re.split(r"([\s\-/'’(]+)", str(name))
    return "".join(_word(word, first=position == 0) for position, word in enumerate(words))


def _word(word: str, first: bool) -> str:
    if ROMAN.match(word):
        return word
    low = word.lower()
    return low if low in SMALL and not first else low[:1].upper() + low[1:]
