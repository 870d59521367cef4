"""Rows of a file beside the table: same numbers on both sides, changed cells marked, persons masked."""

from __future__ import annotations

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.reading_preview import MASK, preview
from riskmodel.study_reading import Codes, Headings, Keep, Marks, Reading

LINES = [
    "Informe",
    "cod;lugar;anio;tasa",
    ";Norte;;",
    "501;Uno;2019;1,5",
    "502;Dos;2020;2,5",
    "503;Tres;2020;3",
    ";Total;;7,0",
]
READING = Reading(
    file="t.csv",
    header=(2,),
    leave_out=(7,),
    headings=(Headings(column="lugar", into="dep", rows=(3,)),),
    keep=(Keep(column="anio", values=("2020",)),),
    marks=(Marks(columns=("tasa",), decimal=","),),
    codes=(Codes(into="clave", columns=("cod",), widths=(4,)),),
)


def shown(tmp_path, hidden=()):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([*LINES, ""]), encoding="utf-8")
    grid = read_grid(path)
    return preview(grid, READING, apply_reading(grid, READING).table, hidden)


def test_every_row_of_the_file_says_what_became_of_it(tmp_path):
    states = {row.number: row.state for row in shown(tmp_path).original}
    assert states == {1: "title", 2: "header", 3: "heading", 4: "not_kept", 5: "data", 6: "data", 7: "left_out"}


def test_the_table_has_the_rows_of_the_file_and_marks_what_changed(tmp_path):
    seen = shown(tmp_path)
    assert [row.number for row in seen.read] == [5, 6]
    cells = dict(zip(seen.names, zip(seen.read[0].cells, seen.read[0].changed, strict=True), strict=True))
    assert cells["clave"] == ("0502", True)
    assert cells["dep"] == ("Norte", True)
    assert cells["tasa"] == ("2.5", True)
    assert cells["lugar"] == ("Dos", False)
    assert dict(zip(seen.names, seen.read[1].changed, strict=True))["tasa"] is False


def test_persons_are_masked_on_both_sides_and_names_of_columns_are_not(tmp_path):
    seen = shown(tmp_path, hidden=("lugar",))
    rows = [*seen.original, *seen.read]
    assert not any("Dos" in row.cells or "Total" in row.cells for row in rows)
    assert any(MASK in row.cells for row in seen.read)
    assert "lugar" in seen.original[1].cells
