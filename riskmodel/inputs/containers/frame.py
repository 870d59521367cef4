"""Columns of text as the cells of a grid.

A cell of nothing but blanks is missing; others keep their blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from riskmodel.inputs.workbook import cell_text


def frame_of(columns: Iterable[Sequence[str | None]], rows: int) -> pd.DataFrame:
    """Cells from columns that all have `rows` values."""
    series = {i: pd.Series(list(values), dtype="string") for i, values in enumerate(columns)}
    return pd.DataFrame(series, index=pd.RangeIndex(rows))


def text_of(value: object) -> str | None:
    """Text of a typed cell (see `cell_text`); text keeps its outer blanks."""
    if isinstance(value, str):
        return value if value.strip() else None
    return cell_text(value)
