"""Read SPSS, Stata and SAS files as cells of text: the codes stay, their labels come beside them.

The first row of the cells are the names of the columns, as in every container that knows them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from riskmodel.inputs.containers.frame import frame_of, text_of
from riskmodel.inputs.workbook import cell_text
from riskmodel.problems import InputProblems, Problem, Where

READERS: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "spss": (".sav", pyreadstat.read_sav),
    "spss_portable": (".por", pyreadstat.read_por),
    "stata": (".dta", pyreadstat.read_dta),
    "sas": (".sas7bdat", pyreadstat.read_sas7bdat),
    "sas_transport": (".xpt", pyreadstat.read_xport),
}
ENCODINGS = ("", "WINDOWS-1252", "LATIN1")
WITHOUT_ENCODING = (pyreadstat.read_por,)


@dataclass(frozen=True)
class Labelled:
    """Cells with the names as row 0, titles of columns and labels of their codes."""

    cells: pd.DataFrame
    column_labels: dict[str, str]
    value_labels: dict[str, dict[str, str]]


def read_labelled(raw: bytes, kind: str, where: Where) -> Labelled:
    """Read a file of a statistical program. Raises `InputProblems` (`statistical_damaged`)."""
    ending, reader = READERS[kind]
    with tempfile.TemporaryDirectory(prefix="mirador_") as folder:
        path = Path(folder) / f"table{ending}"  # the reader wants a file; its name is ours
        path.write_bytes(raw)
        frame, told = _read(path, reader, where)
    names = [str(name) for name in frame.columns]
    cells = frame_of(([name, *map(text_of, frame.iloc[:, i])] for i, name in enumerate(names)), len(frame) + 1)
    titles = told.column_names_to_labels or {}
    return Labelled(
        cells,
        {str(name): str(title) for name, title in titles.items() if title},
        {str(name): _labels(codes) for name, codes in (told.variable_value_labels or {}).items()},
    )


def _read(path: Path, reader: Callable[..., Any], where: Where) -> tuple[pd.DataFrame, Any]:
    """The table in the encoding it declares, else in those of old programs."""
    last: Exception | None = None
    for encoding in ENCODINGS if reader not in WITHOUT_ENCODING else ENCODINGS[:1]:
        try:
            options = {"encoding": encoding} if encoding else {}
            return reader(str(path), **options)
        except (
            pyreadstat.PyreadstatError,
            pyreadstat.ReadstatError,
            ValueError,
            UnicodeDecodeError,
            OverflowError,
        ) as error:
            last = error
    raise InputProblems([Problem("statistical_damaged", where)]) from last


def _labels(codes: Mapping[object, object]) -> dict[str, str]:
    return {text: str(label) for code, label in codes.items() if (text := cell_text(code)) is not None}
