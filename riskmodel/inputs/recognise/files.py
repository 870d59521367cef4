"""Recognise one file: which of its sheets holds the table, and how it is to be read.

A long file is recognised from its head, middle and tail; everything else is looked at whole.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import Grid, read_grid, sampled, sheets_of
from riskmodel.inputs.letters import letters_back
from riskmodel.inputs.recognise.cells import is_number, look, sample_rows
from riskmodel.inputs.recognise.found import Guess, Recognition, with_value
from riskmodel.inputs.recognise.header import find_layout
from riskmodel.inputs.recognise.repeats import Repeats, find_repeats
from riskmodel.inputs.recognise.rows import find_other_rows
from riskmodel.inputs.recognise.steps import (
    container_guesses,
    header_guesses,
    letter_guesses,
    repeat_guesses,
    row_guesses,
)
from riskmodel.inputs.recognise.table import table_guesses
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.study_reading import FixedColumn, Reading

# Sheets looked at in a workbook; and how much of the largest table another must hold to be a rival.
MOST_SHEETS = 40
RIVAL = 0.5
# How much of the largest table a sheet that is shown must hold for the hidden ones not to count.
WORTH = 0.05

SQLITE = b"SQLite format 3\x00"


def recognise(path: Path, sheet: str = "") -> Recognition:
    """What a file is and how it should be read.

    Parameters
    ----------
    sheet : str
        Sheet of a workbook or table of a zip; the one that holds the largest table when "".

    Returns
    -------
    Recognition
        Never raises for what is in the file: what keeps it from being read is in `problems`.
    """
    if is_boundaries(path):
        return Recognition(path.name, kind="boundaries", kind_certainty="sure")
    try:
        grid, guesses = open_grid(path, sheet)
        return recognised(grid, guesses)
    except InputProblems as error:
        several = next((p for p in error.problems if p.code == "zip_several_tables"), None)
        if several is None or sheet:
            return Recognition(path.name, sheet, problems=error.problems)
        return _which_table(path, several)


def recognised(grid: Grid, guesses: tuple[Guess, ...] = ()) -> Recognition:
    """A grid recognised; `guesses` are those about the file that were made before. Raises `InputProblems`."""
    where = Where(grid.file, grid.sheet)
    found = [*container_guesses(grid, where), *guesses, *letter_guesses(grid, where)]
    reading = Reading(file=grid.file, sheet=grid.sheet if len(grid.sheets) > 1 else "")
    reading = proposed(reading, found)
    if reading.letters:
        back = letters_back(grid.cells, reading.letters, reading.doubtful_letters == "mend")[0]
        grid = replace(grid, cells=back)
    looked = look(grid)
    layout = find_layout(looked)
    other = find_other_rows(looked, layout)
    repeats = find_repeats(looked, layout)
    again = repeat_guesses(repeats, grid.rows, where)
    further = [*header_guesses(looked, layout, where), *row_guesses(looked, layout, other, where), *again]
    found += further
    reading = proposed(reading, further)
    part = sampled(grid, sample_rows(grid))
    found, reading = table_guesses(_first_table(part, repeats), reading, found, where)
    if reading.leave_out or reading.headings or len(reading.header) > 1 or reading.header not in ((), (1,)):
        reading = reading.model_copy(update={"rows": grid.rows})
    if reading.header == (1,):
        reading = reading.model_copy(update={"header": ()})
    applied = apply_reading(part, reading)
    rows = len(applied.table) if part.whole else grid.rows - len(reading.header_rows) - len(other.notes)
    return Recognition(
        grid.file, grid.sheet, grid.sheets, grid.container, reading, tuple(map(str, applied.table.columns)), rows,
        tuple(found), value_labels=grid.value_labels, problems=(),
    )  # fmt: skip


def _first_table(grid: Grid, repeats: Repeats) -> Grid:
    """The grid without the tables below the first one, which tell nothing about the first."""
    return replace(grid, cells=grid.cells.loc[: repeats.tables[0] - 2]) if repeats.tables else grid


def proposed(reading: Reading, guesses: list[Guess]) -> Reading:
    """A reading with every guess that is sure or likely."""
    for guess in guesses:
        if guess.key and guess.certainty != "ask":
            reading = with_value(reading, guess.key, guess.value)
    return reading


def is_boundaries(path: Path) -> bool:
    """Whether a file holds shapes of a map: GeoJSON, TopoJSON, GeoPackage, or a zip with a shapefile."""
    try:
        with path.open("rb") as handle:
            head = handle.read(200_000)
    except OSError:
        return False
    if head.startswith(SQLITE):
        return path.suffix.lower() == ".gpkg" or b"gpkg_contents" in head
    if head.startswith(b"PK"):
        return b".shp" in head or b".shp" in _tail(path)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"{") and any(w in head for w in (b'"FeatureCollection"', b'"Topology"', b'"geometries"'))


def _tail(path: Path) -> bytes:
    with path.open("rb") as handle:
        handle.seek(max(path.stat().st_size - 100_000, 0))
        return handle.read()


def open_grid(path: Path, sheet: str, columns: tuple[FixedColumn, ...] = ()) -> tuple[Grid, tuple[Guess, ...]]:
    """The grid of the sheet asked for, or of the one with the largest table, and the guess about it.

    columns : places of the columns of a text of fixed width, where its dictionary is known.
    """
    grid = None
    if sheet or columns:
        return read_grid(path, sheet, columns=columns, blanks=True), ()
    try:
        grid = read_grid(path, blanks=True)
    except InputProblems as error:
        if any(p.code != "file_empty" or not p.where.sheet for p in error.problems):
            raise
        first_blank = error
    if grid is not None and len(grid.sheets) < 2:
        return grid, ()
    names = grid.sheets if grid is not None else _sheets(path)
    sizes: dict[str, int] = {}
    grids: dict[str, Grid] = {}
    for name in names[:MOST_SHEETS]:
        try:
            grids[name] = read_grid(path, name)
        except InputProblems:
            continue
        cells = grids[name].cells
        sizes[name] = int(cells.notna().to_numpy().sum())
    if not grids:
        if grid is None:
            raise first_blank
        return grid, ()
    shown = _shown(grids, sizes)
    best = max(shown, key=lambda n: sizes[n])
    alike = _names(grids[best])
    rivals = [
        n for n in shown if n != best and (sizes[n] >= RIVAL * sizes[best] or (alike and _names(grids[n]) == alike))
    ]
    where = Where(path.name, best)
    values = {"sheet": best, "count": len(names), "sheets": list(names)[:10]}
    alternatives = tuple(sorted(rivals, key=lambda n: -sizes[n]))
    guess = Guess("sheet", "ask" if rivals else "likely", where, values, "sheet", best, alternatives)
    return grids[best], (guess,) if len(names) > 1 else ()


def _names(grid: Grid) -> tuple[str, ...]:
    """The first row of three texts or more, as names of columns are: sheets that share it hold parts of one table."""
    for row in grid.cells.head(15).to_numpy(object):
        texts = [" ".join(v.split()).casefold() for v in row if isinstance(v, str) and v.strip()]
        if len(texts) >= 3 and not any(is_number(t) for t in texts):
            return tuple(texts)
    return ()


def _shown(grids: dict[str, Grid], sizes: dict[str, int]) -> list[str]:
    """Sheets that may be meant: those a person sees, unless the tables are in hidden ones and only notes are shown."""
    hidden = set(next(iter(grids.values())).hidden)
    shown = [n for n in sizes if n not in hidden]
    most = max(sizes.values())
    return shown if any(sizes[n] >= WORTH * most and grids[n].cells.shape[1] > 1 for n in shown) else list(sizes)


def _sheets(path: Path) -> tuple[str, ...]:
    return tuple(sheets_of(path))


def _which_table(path: Path, several: Problem) -> Recognition:
    """A zip with several tables: which of them is the one question."""
    names = tuple(str(n) for n in several.values["names"])  # type: ignore[attr-defined]
    values = {"count": len(names), "sheets": list(names)[:10]}
    guess = Guess("zip_table", "ask", Where(path.name), values, "sheet", names[0], names)
    reading = Reading(file=path.name)
    return replace(Recognition(path.name, sheets=names, reading=reading), guesses=(guess,))
