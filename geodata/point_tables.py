"""Tables made of points that were located: each point with its code, and how many lie in each area.

A count of 0 says that no point of the file lies there; whether the file holds all there are, only its source knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from geodata.points import Located, degrees

# A number too large for degrees: metres of a projected system, or degrees that lost their decimal mark.
_LARGE = r"[+-]?\d{4,}(?:[.,]\d+)?"
_PLAIN = r"[+-]?\d{1,3}(?:[.,]\d*)?"


@dataclass(frozen=True)
class WrittenAs:
    """In how many rows coordinates are written in another way than plain degrees."""

    comma: int  # decimal comma
    sixtieths: int  # degrees and minutes, or a letter for the side
    large: int  # no degrees: metres, or a decimal mark that was lost


def with_codes(table: pd.DataFrame, located: Located) -> pd.DataFrame:
    """The table with `area_code` and `place` after its own columns, under names it does not have yet."""
    made = {_free(table.columns, "area_code"): located.area_code, _free(table.columns, "place"): located.place}
    return table.assign(**made)


def points_by_area(located: Located, area_codes: Sequence[str], column: str) -> pd.DataFrame:
    """Number of points in each area of the map, those near a border included: `area_code` and `column`, in order of code."""
    counted = located.area_code.dropna().value_counts()
    codes = sorted(set(map(str, area_codes)))
    counts = [int(counted.get(code, 0)) for code in codes]
    return pd.DataFrame({"area_code": pd.Series(codes, dtype="string"), column: counts})


def written_as(latitude: pd.Series, longitude: pd.Series) -> WrittenAs:
    """How the coordinates of a table are written, counted by row."""
    comma = sixtieths = large = pd.Series(False, latitude.index)
    for column in (latitude, longitude):
        text = column.astype("string").str.strip().str.replace("−", "-").fillna("")
        plain = text.str.fullmatch(_PLAIN)
        comma = comma | (plain & text.str.contains(",", regex=False))
        sixtieths = sixtieths | (~plain & degrees(column).notna())
        large = large | text.str.fullmatch(_LARGE)
    return WrittenAs(int(comma.sum()), int(sixtieths.sum()), int(large.sum()))


def _free(taken: Iterable[str], name: str) -> str:
    """A name that the table does not have yet."""
    while name in taken:
        name = f"map_{name}"
    return name
