"""Codes and categories as text.

A code is never a number: leading zeros stay. Only the ".0" that a spreadsheet adds to whole numbers is taken off.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Whole numbers that passed through a program that knows only decimals.
WHOLE_WITH_DECIMALS = r"^([+-]?\d+)\.0+$"


def canonical(column: pd.Series) -> pd.Series:
    """Text of categories, the same from every kind of file: outer blanks off, "1.0" -> "1", blank -> <NA>.

    Returns
    -------
    Series of dtype "string" with the index of `column`.
    """
    text = trimmed(column)
    distinct = pd.Series(text.dropna().unique(), dtype="string")
    if not distinct.str.fullmatch(WHOLE_WITH_DECIMALS).any():
        return text
    return text.str.replace(WHOLE_WITH_DECIMALS, r"\1", regex=True)


def trimmed(column: pd.Series) -> pd.Series:
    """Text without outer blanks of any kind; blank -> <NA>."""
    text = column.astype("string").str.strip()
    return text.mask((text == "").fillna(False))


def without_blank_end(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows up to the last that holds anything; blank rows between others keep their place."""
    filled = np.flatnonzero(frame.notna().to_numpy().any(axis=1))
    return frame.iloc[: int(filled[-1]) + 1 if len(filled) else 0]


def as_codes(column: pd.Series) -> pd.Series:
    """Area codes as text: "1001.0" -> "1001", "01001" stays; blank -> <NA>."""
    return canonical(column)
