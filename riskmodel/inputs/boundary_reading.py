"""Columns that a reading makes for a file of boundaries: its codes mended, or taken by name where a map has only names.

Of a reading only `codes` and `names` hold for a map; where its rows and columns stand is the map's own affair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from riskmodel.inputs.columns import missing_columns
from riskmodel.inputs.reading_codes import make_codes
from riskmodel.inputs.reading_names import codes_by_name
from riskmodel.inputs.study_table import register_of
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import Study

Maker = Callable[[pd.DataFrame], tuple[pd.DataFrame, list[Problem]]]


def boundary_maker(study: Study, folder: Path) -> Maker | None:
    """What makes the columns of the map's table that the study declares; None where it declares none.

    The maker takes the table of the boundaries (no geometry) and gives it with the new columns as text, and warnings; it raises
    `InputProblems` when columns or the list of names are absent.
    """
    reading = study.reading_of(study.boundaries.file) if study.boundaries else None
    if reading is None or not (reading.codes or reading.names):
        return None

    def make(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
        where = Where(reading.file)
        made = table.astype("string")
        problems: list[Problem] = []
        for codes in reading.codes:
            raise_errors(missing_columns(codes.columns, made.columns, where))
            column, _, found = make_codes([made[c] for c in codes.columns], codes, replace(where, column=codes.into))
            made, problems = made.assign(**{codes.into: column}), [*problems, *found]
        for rule in reading.names:
            column, _, found = codes_by_name(made, rule, register_of(study, folder)(rule.official), where)
            made, problems = made.assign(**{rule.into: column}), [*problems, *found]
        return made, problems

    return make
