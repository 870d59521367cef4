"""A sample of the spoiled files of the bench: each ends in a table or in words, never in a fault of the program."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import look_at
from riskmodel.inputs.recognise.sources import TableSource
from tests.one_spoiled import taken_in
from tests.spoiled_files import SPOILERS, sources, spoil, traps

LIGHT = ("caminos.zip", "columnas.csv", "formulas.csv", "vacio.csv", "blancos.csv", "solo_titulo.csv", "lejos.geojson",
         "arcos.topojson", "azar.xls", "azar.gpkg", "carpeta.csv", "hondo.geojson")  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return sources(tmp_path_factory.mktemp("files"))


def test_sound_files_are_read(sound):
    """What is spoiled below is read when it is not spoiled."""
    ends = {path.name: taken_in(path) for path in sound}
    assert all("table 5 columns" in end or "60 shapes" in end for end in ends.values()), ends


@pytest.mark.parametrize("ways", [tuple(SPOILERS)])
def test_by_chance(ways, sound, tmp_path):
    assert len(ways) > 9
    for seed in range(7_000, 7_000 + 2 * len(sound)):
        taken_in(spoil(sound[seed % len(sound)], seed, tmp_path))


def test_made_to_do_harm(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.spoiled_files.HEAVY", False)
    outside = {p.name for p in tmp_path.parent.iterdir()}
    for path in traps(tmp_path / "traps"):
        if path.name in LIGHT:
            taken_in(path)
    assert {p.name for p in tmp_path.parent.iterdir()} == outside  # nothing was unpacked beside it


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12) | st.sampled_from(
    ["Total", "05001", "1.234,5", "12,5 %", "=1+1", "", "n.d.", "2018", "San José (AN)", "IC=(7,2-11,6)", '"']
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=12), mark=st.sampled_from(";,\t|"))
def test_any_text(rows, mark, tmp_path):
    path = tmp_path / "texto.csv"
    path.write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    taken_in(path)


def test_a_nameless_column_that_only_the_total_fills(tmp_path):
    path = tmp_path / "total.csv"
    rows = "".join(f"{1001 + i};Lugar {i};{10 + i};\n" for i in range(20))
    path.write_text(f"codigo;municipio;casos;\n{rows};Total;{sum(range(10, 30))};390\n", encoding="utf-8")
    source = look_at(path)
    assert isinstance(source, TableSource)
    assert source.rows == 20


def test_a_cell_very_far_away_is_told_and_makes_no_room_for_all_between(tmp_path):
    path = tmp_path / "lejos.xlsx"
    book = openpyxl.Workbook()
    for cell, value in {"A1": "codigo", "B1": "x", "A2": "1", "XFD1048576": "fin"}.items():
        book.active[cell] = value
    book.save(path)
    source = look_at(path)
    assert [p.code for p in source.problems] == ["sheet_far_cell"]


def test_states_below_their_municipalities(tmp_path):
    """Rows of parent units that none of the areas stands below: they head nothing."""
    path = tmp_path / "abajo.csv"
    areas = "".join(f"{state:02d}{i:03d};Lugar {state} {i};{10 + i}\n" for state in (1, 2) for i in range(1, 11))
    path.write_text(f"codigo;municipio;casos\n{areas}01;Estado Uno;145\n02;Estado Dos;145\n", encoding="utf-8")
    source = look_at(path)
    assert isinstance(source, TableSource)
    assert source.rows == 20
