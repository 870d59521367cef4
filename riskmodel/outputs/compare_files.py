"""The areas that two files do not have alike, as one CSV a person can go through.

One row per area, for every pair of files of a study; what is only in one file has blank cells for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.outputs.compare_words import COLUMNS, all_rows
from riskmodel.results import spreadsheet_safe

COMPARED = "areas_compared.csv"


def compared_table(compared: Sequence[FilesCompared], t: Translator) -> pd.DataFrame:
    """Columns first_file, second_file and those of `compare_words.COLUMNS`; no rows where every file has the same areas."""
    frames = [all_rows(pair, t).assign(first_file=pair.first.file, second_file=pair.second.file) for pair in compared]
    columns = ["first_file", "second_file", *COLUMNS]
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True)[columns] if filled else pd.DataFrame(columns=columns)


def write_compared(compared: Sequence[FilesCompared], folder: Path, t: Translator) -> Path | None:
    """Write `areas_compared.csv` into an existing folder; None, and no file, where nothing differs."""
    table = compared_table(compared, t)
    if table.empty:
        return None
    path = folder / COMPARED
    spreadsheet_safe(table).to_csv(path, index=False, encoding="utf-8-sig")
    return path
