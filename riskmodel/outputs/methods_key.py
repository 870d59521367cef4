"""The key of a map of where two runs disagree: by how many levels, and which way.

The look is that of differences; an area that one of the two does not know has no position.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.colours import DIFFERENCE_COLOURS
from riskmodel.i18n import Translator
from riskmodel.outputs.map_key import KeyRow, MapKey


def methods_key(table: pd.DataFrame, first: str, second: str, codes: pd.Series, t: Translator) -> MapKey:
    """Key and positions of one pair.

    Parameters
    ----------
    table : DataFrame
        `decisions.methods.METHOD_COLUMNS`.
    first, second : letters of the pair
    codes : codes of all areas of the map
    """
    rows = table[(table["first"] == first) & (table["second"] == second)].set_index("area_code")
    position = (rows["apart"].astype("Int16").clip(-2, 2) + 3).reindex(codes)
    words = (
        t("{first} is two levels higher, or more", first=first),
        t("{first} is one level higher", first=first),
        t("the same level"),
        t("{second} is one level higher", second=second),
        t("{second} is two levels higher, or more", second=second),
    )
    counts = position.value_counts()
    key = [KeyRow(j, words[j - 1], DIFFERENCE_COLOURS[j - 1], int(counts.get(j, 0))) for j in range(5, 0, -1)]
    if without := int(position.isna().sum()):
        key.append(KeyRow(0, t("No data"), "", without))
    value = position.map({j + 1: word for j, word in enumerate(words)}).fillna("").astype("string")
    title = t("Where {first} and {second} disagree", first=first, second=second)
    return MapKey("methods", title, t("levels of each run"), tuple(key), position, value)


def within_error(table: pd.DataFrame, first: str, second: str) -> frozenset[str]:
    """Areas with different levels whose places differ by no more than their errors."""
    rows = table[(table["first"] == first) & (table["second"] == second)]
    held = (rows["apart"].fillna(0) != 0) & ~rows["beyond_error"].astype("boolean").fillna(True)
    return frozenset(rows.loc[held.astype(bool), "area_code"].astype(str))
