"""Write names of places as a person would when the source shouts.

Only a column in which nearly every name is in capitals is changed, for display; codes are never touched.
"""

from __future__ import annotations

import re

import pandas as pd

# Words that stay small inside a name in Spanish, Portuguese and French.
SMALL = frozenset(re.findall(r"\w+", """
    a al con da das de del des do dos du e el em en et i la las le les lo los na nas no nos o os y
"""))  # fmt: skip
ROMAN = re.compile(r"^[IVX]{2,}$")
SHOUTING = 0.9


def shouts(names: pd.Series) -> bool:
    """Whether nearly all names that have letters are in capitals."""
    letters = names.dropna().astype(str)
    letters = letters[letters.str.contains(r"[^\W\d_]{2,}", regex=True)]
    return len(letters) >= 3 and (letters == letters.str.upper()).mean() >= SHOUTING


def normal_case(names: pd.Series) -> pd.Series:
    """ "SÃO JOSÉ DO RIO PRETO" as "São José do Rio Preto"; missing stays missing."""
    return names.map(_name, na_action="ignore").astype("string")


def _name(name: str) -> str:
    words = re.split(r"([\s\-/'’(]+)", str(name))
    return "".join(_word(word, first=position == 0) for position, word in enumerate(words))


def _word(word: str, first: bool) -> str:
    if ROMAN.match(word):
        return word
    low = word.lower()
    return low if low in SMALL and not first else low[:1].upper() + low[1:]
