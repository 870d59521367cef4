"""Apply a declared reading to the grid of a file: a table of text under its names, and what was done to get there.

Index labels of the table + 2 are rows of the original file, as everywhere in `inputs`, so that a message names the row a person
sees there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from riskmodel.inputs.grid import Grid
from riskmodel.problems import Problem
from riskmodel.study_reading import Reading

ChangeKind = Literal[
    "above_header", "header_joined", "left_out", "renamed", "headings", "tidied", "filled_down", "kept", "split", "marks",
    "codes_joined", "zeros_given_back", "formula_read", "check_digit_dropped", "codes_cleaned", "codes_by_name",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One kind of change to one column or to rows.

    column : column under its final name; "" when rows were left out.
    count : cells changed, or rows left out.
    rows : the first rows of the original file it happened to, as the file shows them; at most 20.
    examples : at most 5 different pairs before -> after, of areas only (never from a table of persons: then empty).
    values : further named parts of its words.
    """

    kind: ChangeKind
    column: str = ""
    count: int = 0
    rows: tuple[int, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


def apply_reading(grid: Grid, reading: Reading, folder: Path) -> tuple[pd.DataFrame, list[Change], list[Problem]]:
    """The table a reading makes of a grid.

    Parameters
    ----------
    grid : Grid
        The whole file.
    folder : Path
        Folder of the study file, where registers of names stand.

    Returns
    -------
    DataFrame
        Every column "string", outer blanks off, blank = <NA>; index label + 2 is the row of the original file.
    list of Change
        In the order they were done.
    list of Problem
        Warnings: rows named that do not exist, names without a match.

    Raises
    ------
    InputProblems
        The reading does not fit the file: rows or columns it names are absent, a header name stands twice.
    """
    raise NotImplementedError
