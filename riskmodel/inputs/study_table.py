"""Read a table of a study the way the study declares.

Every reader of a study's files goes through here, so that a `[[reading]]` holds wherever its file is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from riskmodel.inputs.apply_reading import RegisterReader
from riskmodel.inputs.read import read_noted, table_columns
from riskmodel.problems import Problem
from riskmodel.study import Study
from riskmodel.study_reading import Reading, Register


def read_study_table(
    study: Study, folder: Path, file: str, sheet: str = "", columns: Sequence[str] | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """A table of a study and what was noticed; `file` as the study writes it. As `read_noted`."""
    return read_noted(folder / file, sheet, columns, study.reading_of(file, sheet), register_of(study, folder))


def study_columns(study: Study, folder: Path, file: str, sheet: str = "") -> list[str]:
    """Names of the columns of a table of a study. As `table_columns`."""
    return table_columns(folder / file, sheet, study.reading_of(file, sheet), register_of(study, folder))


def read_population_table(
    study: Study, folder: Path, path: Path, columns: Sequence[str] | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """One file of the population of a study; a reading of the pattern holds for each of its files. As `read_noted`."""
    return read_noted(path, "", columns, population_reading(study), register_of(study, folder))


def population_reading(study: Study) -> Reading | None:
    """How the files of the population are to be read."""
    return study.reading_of(study.population.file) if study.population else None


def register_of(study: Study, folder: Path) -> RegisterReader:
    """Reads registers of names as the study declares; a register's own names are not looked up again."""

    def read(official: Register) -> pd.DataFrame:
        reading = study.reading_of(official.file, official.sheet)
        plain = reading.model_copy(update={"names": ()}) if reading else None
        return read_noted(folder / official.file, official.sheet, None, plain)[0]

    return read
