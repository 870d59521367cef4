"""Codes in the `notes` column of areas.

Codes of one row are joined by ";", in the order they were found; a screen words them one by one.
"""

from __future__ import annotations

import pandas as pd


def add_note(notes: pd.Series, rows: pd.Series, code: str) -> pd.Series:
    """Notes with `code` added where `rows` is true; empty and missing notes start with it."""
    known = notes.astype("string").fillna("")
    longer = known.where(known == "", known + ";") + code
    return known.where(~rows.astype(bool), longer)
