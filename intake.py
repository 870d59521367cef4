"""Look at files somebody brings and propose a study from them: what both doors do with files.

Tables (`riskmodel`) and boundaries (`geodata`) meet here. The files are only read; nothing is decided that a person did
not confirm, and what a person answers wins.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from geodata.attributes import read_attributes
from geodata.describe import describe_boundaries
from geodata.source import parts_beside
from riskmodel.i18n.translator import Translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.contents import contents_of
from riskmodel.inputs.recognise.facts import sample_rows
from riskmodel.inputs.recognise.files import open_grid, recognised
from riskmodel.inputs.recognise.kind import KindGuess, table_kind
from riskmodel.inputs.recognise.large import Part, part_of
from riskmodel.inputs.recognise.layouts import LARGEST, fitting, layout_of_cells, layout_of_program, layouts_in
from riskmodel.inputs.recognise.map_codes import MapCode, with_map_codes
from riskmodel.inputs.recognise.proposal import Proposal
from riskmodel.inputs.recognise.propose import propose
from riskmodel.inputs.recognise.sources import MapSource, OtherSource, Source, TableSource
from riskmodel.inputs.recognise.study_words import commented_study
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.study_file import FILE_NAME
from riskmodel.study_reading import FixedColumn

# Rows of persons kept of a large file, evenly spread: enough for codes and categories.
PERSONS_KEPT = 200_000

# Rows of a dictionary: one for each variable and each of its categories.
LONGEST_LAYOUT = 50_000

# Beginning of a file that tells a program from data.
LAYOUT_HEAD = 200_000

# Contents that are no data but serve for something.
_SERVES = {"model": "model", "study": "study", "archive": "archive"}


def look_at(path: Path, sheet: str = "", beside: Sequence[Path] = ()) -> Source:
    """What one file is; never raises for what a person may bring.

    Parameters
    ----------
    path : Path
        A file of any kind. Of a workbook with several sheets the one that serves best is taken where none is named.
    beside : sequence of Path
        Files brought with it: one may be the dictionary that says where the columns of a text of fixed width stand.
    """
    contents = contents_of(path)
    if contents == "map":
        return _map(path)
    if contents in _SERVES:
        return _other(path, contents)
    if contents != "table":
        kind = KindGuess("not_a_table", "sure", "kind_content")
        lost = (Problem("file_not_found", Where(path.name)),) if contents == "absent" else ()
        return OtherSource(path.name, kind, contents, problems=lost)
    if path.stat().st_size <= LARGEST and _is_layout(path):
        return OtherSource(path.name, KindGuess("dictionary", "sure", "kind_dictionary"), "layout")
    source = _table(path, sheet)
    if (width := lacks_layout(source)) and beside:
        layout = fitting(layouts_in(p for p in beside if p != path), width)
        return _table(path, sheet, layout) if layout else source
    return source


def lacks_layout(source: Source) -> int:
    """Signs of a row of a text of fixed width that cannot be read without its dictionary; 0 for any other file."""
    problems = source.problems if isinstance(source, OtherSource) else ()
    width = next((p.values["width"] for p in problems if p.code == "fixed_width_unknown"), 0)
    return width if isinstance(width, int) else 0


def look_at_all(paths: Sequence[Path], progress: Progress = quiet) -> list[Source]:
    """What each of several files is, in their order."""
    sources = []
    for position, path in enumerate(paths):
        progress(path.name, position / max(1, len(paths)))
        sources.append(look_at(path, beside=paths))
    return sources


def propose_from(
    paths: Sequence[Path], t: Translator, answers: Mapping[str, str] | None = None
) -> tuple[list[Source], Proposal]:
    """What each file is, and the study proposed from all of them."""
    sources = look_at_all(paths)
    return sources, propose(sources, t, answers)


def write_proposal(proposal: Proposal, paths: Sequence[Path], folder: Path, t: Translator) -> Path:
    """Write study.toml, with the questions as comments, and copies of the files it names; gives the path of study.toml.

    Raises `InputProblems` where the files make no study, or the folder already holds one.
    """
    study, target = proposal.study, folder / FILE_NAME
    if study.areas is None and study.survey is None and study.population is None:
        raise InputProblems([Problem("intake_no_study")])
    if target.exists():
        raise InputProblems([Problem("intake_folder_taken", Where(FILE_NAME))])
    folder.mkdir(parents=True, exist_ok=True)
    named = set(study.files()) | {u.file for u in proposal.uses if u.part != "kept"}
    for path in paths:
        if path.name in named and path.resolve() != (folder / path.name).resolve():
            for part in parts_beside(path):
                shutil.copyfile(part, folder / part.name)
    target.write_text(commented_study(proposal, t), encoding="utf-8")
    return target


def _table(path: Path, sheet: str, columns: tuple[FixedColumn, ...] = ()) -> Source:
    """A table under the reading that recognition proposes; a long text file is looked at in parts."""
    with part_of(path) as part:
        found = _under_reading(path, sheet, part, columns)
    reading = found.reading if isinstance(found, TableSource) else None
    counted = reading is not None and (reading.leave_out or reading.headings)  # rows are those of the whole file
    return _under_reading(path, sheet, None, columns) if part is not None and counted else found


def _is_layout(path: Path) -> bool:
    """Whether a text is a program of SAS, SPSS or Stata that reads a text of fixed width."""
    head = path.read_bytes()[:LAYOUT_HEAD]
    return b"\0" not in head and bool(layout_of_program(head.decode("latin-1")))


def _under_reading(path: Path, sheet: str, part: Part | None, columns: tuple[FixedColumn, ...] = ()) -> Source:
    try:
        grid, guesses = open_grid(part.path if part else path, sheet, columns)
        found = recognised(grid, guesses)
        assert found.reading is not None
        table = apply_reading(grid, found.reading).table
    except InputProblems as error:
        unread = KindGuess("unknown", "ask", "kind_nothing")
        return OtherSource(path.name, unread, "unreadable", problems=error.problems)
    columns = column_guesses(table, grid.column_labels)
    kind = table_kind(table, columns)
    nameless = kind.kind in ("unknown", "areas", "register") and not columns.column("area_code")
    if nameless and len(grid.cells) < LONGEST_LAYOUT and layout_of_cells(grid.cells):
        kind = KindGuess("dictionary", "sure", "kind_dictionary")
    rows = part.lines - len(found.reading.header_rows) if part else len(table)
    reading = None if found.reading.is_plain else found.reading
    if part and reading:
        reading = reading.model_copy(update={"rows": 0})
    kept = sample_rows(table, PERSONS_KEPT) if columns.persons else table
    named = found.reading.sheet or (grid.sheet if len(grid.sheets) > 1 else "")
    return TableSource(path.name, kind, columns, kept, named, rows, reading, found, grid.value_labels)


def _map(path: Path) -> Source:
    table, layer, problems = read_attributes(path)
    if problems:
        kind = KindGuess("boundaries", "likely", "kind_boundaries")
        return OtherSource(path.name, kind, "map", problems=tuple(problems))
    if table.empty:
        table = pd.DataFrame({"": pd.Series(dtype="string")})
    facts = describe_boundaries(path, layer)
    asked = tuple(p for p in facts.problems if p.code != "boundaries_no_code_found")
    sure = KindGuess("boundaries", "sure", "kind_boundaries")
    found = [MapCode(g.columns, g.certainty, g.running) for g in facts.codes]
    table, columns, codes = with_map_codes(table, column_guesses(table), found)
    return MapSource(path.name, sure, columns, table, layer, asked, codes)


def _other(path: Path, contents: str) -> OtherSource:
    kind = KindGuess(_SERVES[contents], "sure", "kind_content")  # type: ignore[arg-type]
    method = ""
    if contents == "model":
        told = json.loads(path.read_bytes())
        method = "area_model" if told.get("kind") == "area_model" else "risk_model"
    return OtherSource(path.name, kind, contents, method)
