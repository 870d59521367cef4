"""Files as a proposal of a study sees them: a table with its kind and columns, a file of boundaries, or something else.

Built by whoever can read the files (the root module `intake`); nothing here opens one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from riskmodel.inputs.codes import as_codes
from riskmodel.inputs.recognise.columns import TableColumns
from riskmodel.inputs.recognise.found import Recognition
from riskmodel.inputs.recognise.kind import KindGuess
from riskmodel.inputs.recognise.map_codes import MapCodes
from riskmodel.problems import Problem
from riskmodel.study_reading import Reading


@dataclass(frozen=True)
class TableSource:
    """One table of one file.

    table : the rows that were read, as text: all of a table of areas, a sample of a table of persons.
    reading : how it is read; None where nothing needs to be declared.
    recognition : what was found on the way to the reading, and what is to be asked about it.
    value_labels : label of every code by column, where the file holds them (SPSS, Stata).
    """

    file: str
    kind: KindGuess
    columns: TableColumns
    table: pd.DataFrame
    sheet: str = ""
    rows: int = 0
    reading: Reading | None = None
    recognition: Recognition | None = None
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class MapSource:
    """A file of boundaries: `table` holds the values of each property as text, one row per shape."""

    file: str
    kind: KindGuess
    columns: TableColumns
    table: pd.DataFrame
    layer: str = ""
    problems: tuple[Problem, ...] = ()
    codes: MapCodes = field(default_factory=MapCodes)


@dataclass(frozen=True)
class OtherSource:
    """A file that serves as something else than data: a model, a study, a picture. `what` is a key of `words.CONTENTS`."""

    file: str
    kind: KindGuess
    what: str = ""
    method: str = ""  # of a portable model: the method it serves
    problems: tuple[Problem, ...] = ()


Source = TableSource | MapSource | OtherSource


def codes_of(source: TableSource | MapSource, column: str) -> frozenset[str]:
    """The different codes of a column, as text."""
    return frozenset(map(str, as_codes(source.table[column]).dropna().unique()))


def code_columns(source: TableSource | MapSource) -> dict[str, frozenset[str]]:
    """Codes by column that may hold the code of the area, the proposed column first."""
    names = [*source.columns.columns("area_code"), *source.columns.columns("area_code_other")]
    return {name: codes_of(source, name) for name in names}
