"""The files of a study side by side by their areas: the table of areas beside its map and beside the tables joined to it.

The same comparison as when files are recognised, from what the study declares; a file that cannot be read is left out, since
the check of the inputs says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geodata.attributes import read_attributes
from geodata.codes import codes_of_columns
from riskmodel.inputs.boundary_reading import boundary_maker
from riskmodel.inputs.codes import as_codes
from riskmodel.inputs.compared_files import FilesCompared, area_list
from riskmodel.inputs.recoding import with_recoding
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.study_table import read_study_table
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study import Study
from riskmodel.study_reading import Reading

# Problems that say of a table and a map, or of two tables, how many areas are in one only.
EXPLAINED = ("codes_only_in_table", "codes_only_on_map", "area_only_in_first", "area_only_in_second")

CODE = "area_code"


def compared_in_study(study: Study, folder: Path) -> tuple[FilesCompared, ...]:
    """Table of areas and map, and each joined table and the table of areas; () where the study has no table of areas.

    Codes are as the study reads them. Raises nothing for bad data.
    """
    told = study.areas
    if told is None:
        return ()
    try:
        table = read_study_table(study, folder, told.file, told.sheet)[0]
        table = table.assign(**{told.area_code: as_codes(table[told.area_code])})
    except (InputProblems, KeyError):
        return ()
    own = area_list(table, told.area_code, told.area_name, told.parent_name or told.parent_code)
    where = Where(told.file, told.sheet, told.area_code)
    pairs: list[FilesCompared] = []
    if (drawn := _map(study, folder)) is not None:
        pairs.append(FilesCompared(where, drawn[0], own, drawn[1]))
    for joined in told.join:
        try:
            other = read_study_table(study, folder, joined.file, joined.sheet)[0]
            areas = _guessed(other, other[joined.area_code])
        except (InputProblems, KeyError):
            continue
        pairs.append(FilesCompared(Where(joined.file, joined.sheet, joined.area_code), where, areas, own))
    return tuple(pairs)


def unexplained(problems: tuple[Problem, ...], compared: tuple[FilesCompared, ...]) -> list[Problem]:
    """The problems without those that a comparison says in more words."""
    told = [{pair.first.file, pair.second.file} for pair in compared if not pair.found.same]
    return [p for p in problems if p.code not in EXPLAINED or not any(_files_of(p) <= files for files in told)]


def _files_of(problem: Problem) -> set[str]:
    """Files a problem of two sources is about; the population is none that is compared."""
    named = {str(problem.values[key]) for key in ("first", "second") if key in problem.values}
    return named or {problem.where.file}


def _map(study: Study, folder: Path) -> tuple[Where, pd.DataFrame] | None:
    """The map and its areas; None where there is none, or it cannot be read."""
    told = study.boundaries
    if told is None:
        return None
    table, _, problems = read_attributes(folder / told.file, told.layer)
    if problems:
        return None
    columns = [told.area_code] if isinstance(told.area_code, str) else list(told.area_code)
    try:
        if make := boundary_maker(study, folder):
            table = make(table)[0]
        codes = as_codes(table[columns[0]]) if len(columns) == 1 else codes_of_columns(table[columns])
    except (InputProblems, KeyError):
        return None
    return Where(told.file, told.layer, " + ".join(columns)), _guessed(table, codes)


def _guessed(table: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """The areas of a table whose columns of names the study does not declare."""
    found = column_guesses(table)
    name = found.column("area_name") or found.column("area_label")
    parent = found.column("parent_name") or found.column("parent_code")
    kept = pd.DataFrame({CODE: as_codes(codes), "name": table.get(name), "parent": table.get(parent)})
    return area_list(kept, CODE, "name", "parent")


def recoded_study(
    study: Study, folder: Path, wanted: Mapping[str, str] | None = None
) -> tuple[Study, dict[str, dict[str, str]]]:
    """The study with codes changed to those their areas have in the other file, and what was changed, by file.

    wanted : old and new codes; None for all that the comparison proposes (same name, same parent unit).
    """
    done: dict[str, dict[str, str]] = {}
    for _ in range(1 + len(study.areas.join if study.areas else ())):
        for pair in compared_in_study(study, folder):
            file = pair.first.file
            held = set(pair.areas_first["area_code"])
            pairs = pair.recodings if wanted is None else {old: new for old, new in wanted.items() if old in held}
            if pairs and file not in done:
                done[file] = dict(pairs)
                study = with_changed_codes(study, pair.first, pairs)
                break  # what is joined to this file is looked at again
        else:
            break
    return study, done


def with_changed_codes(study: Study, where: Where, pairs: Mapping[str, str]) -> Study:
    """The study in which the codes of one file are changed; what it declares for the file otherwise stays."""
    now = study.reading_of(where.file, where.sheet) or Reading(file=where.file, sheet=where.sheet)
    others = tuple(r for r in study.reading if r is not now)
    return study.model_copy(update={"reading": (*others, with_recoding(now, where.column, pairs))})
