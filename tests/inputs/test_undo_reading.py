"""Undoing a change: the table is read without it, and what was built on it goes with it."""

from __future__ import annotations

import pytest

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.undo_reading import without
from riskmodel.study_reading import Codes, Marks, Reading, Split

TEXT = "Informe\n\ncod;lugar;tasa\n501;Abejorral (ANT);1,5\n5002;Acevedo (HUI);2,5\n;Total;4,0\n"
READING = Reading(
    file="t.csv",
    header=(3,),
    leave_out=(6,),
    split=(Split(column="lugar", into=("nombre", "dep")),),
    marks=(Marks(columns=("tasa",), decimal=","),),
    codes=(Codes(into="cod", columns=("cod",), widths=(5,)), Codes(into="clave", columns=("dep", "cod"))),
)


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    path = tmp_path_factory.mktemp("undo") / "t.csv"
    path.write_text(TEXT, encoding="utf-8")
    return read_grid(path)


def change(grid, kind):
    return next(c for c in apply_reading(grid, READING).changes if c.kind == kind)


@pytest.mark.parametrize("kind", ["left_out", "split", "marks", "zeros_given_back", "codes_joined"])
def test_an_undone_change_is_not_made_any_more(grid, kind):
    done = change(grid, kind)
    again = apply_reading(grid, without(READING, done))
    assert not [c for c in again.changes if c.kind == kind and c.column == done.column]


def test_what_needs_an_undone_column_goes_with_it(grid):
    left = without(READING, change(grid, "split"))
    assert [c.into for c in left.codes] == ["cod"]
    assert left.marks == READING.marks


def test_undoing_zeros_gives_the_codes_of_the_file(grid):
    left = without(READING, change(grid, "zeros_given_back"))
    assert apply_reading(grid, left).table["cod"].to_list() == ["501", "5002"]
    assert apply_reading(grid, READING).table["cod"].to_list() == ["00501", "05002"]


def test_without_its_header_a_file_is_read_as_it_is(grid):
    assert without(READING, change(grid, "above_header")) == Reading(file="t.csv")
