from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from geodata.mapdata import MapGeometry, prepare, serve_texts
from geodata.maps import SCRIPTS, Addresses, base_map, risk_map, standalone_html
from geodata.paint import (
    ALPHABET,
    Legend,
    LegendEntry,
    MapPaint,
    Tiles,
    largest,
    paint_data,
    round_sizes,
    script_json,
    texts_data,
)
from geodata.palette import palette

NASTY = '<script>alert("x")</script> & Ñandú \u2028 {{ x }} [[paint]]'


@pytest.fixture
def geometry(tmp_path, squares, departments) -> MapGeometry:
    return prepare(squares, departments, tmp_path)


@pytest.fixture
def paint() -> MapPaint:
    codes = ["04", "01", "02", "77"]  # another order than the shapes, one area without a shape, 03 missing
    return MapPaint(
        levels=pd.Series([3, 1, pd.NA, 2], codes, dtype="Int8"),
        names=pd.Series(["Cuatro", NASTY, "Dos|tres", "Fuera"], codes),
        palette=palette(3),
        legend=Legend(NASTY, (LegendEntry("Alto", 3), LegendEntry("Sin dato", kind="no_data")), "%, 2020"),
        tooltip={"Riesgo": pd.Series(["9,4 %", "1,0 %", None, "2,0 %"], codes)},
        uncertain=frozenset({"02"}),
        labels=("04", "77"),
    )


def test_levels_follow_the_shapes_and_missing_is_no_data(geometry, paint):
    told = paint_data(paint, geometry)
    assert told["levels"] == "1003"
    assert told["uncertain"] == "0100"
    assert told["names"].split("|") == [NASTY, "Dos¦tres", "", "Cuatro"]
    (row,) = told["rows"]
    texts = row["texts"].split("|")
    assert [texts[ALPHABET.index(letter)] for letter in row["at"]] == ["1,0 %", "", "", "9,4 %"]
    assert told["labels"] == [["04", "Cuatro"], ["77", "77"]]


def test_texts_that_hardly_repeat_come_one_by_one(tmp_path, squares, geometry, paint):
    many = pd.Series([f"{i}" for i in range(100)], [f"{i:02d}" for i in range(100)])
    big = MapGeometry("h", tmp_path, "n", tuple(many.index), (), (0, 0, 1, 1), ())
    told = paint_data(MapPaint(paint.levels, paint.names, paint.palette, paint.legend, {"x": many}), big)
    assert told["rows"][0]["texts"].split("|") == many.tolist()


def test_a_level_without_a_colour_is_refused(geometry, paint):
    with pytest.raises(ValueError, match="levels"):
        paint_data(MapPaint(pd.Series({"01": 4}), paint.names, paint.palette, paint.legend), geometry)


def test_circles_are_numbers_in_the_order_of_the_shapes(geometry, paint):
    sizes = pd.Series({"02": 7.0, "01": float("nan"), "03": -1.0})
    told = paint_data(MapPaint(paint.levels, paint.names, paint.palette, paint.legend, circles=sizes), geometry)
    assert told["kind"] == "circles"
    assert told["sizes"] == "00ZZ0000"
    half = paint_data(replace(paint, circles=pd.Series({"01": 1.0, "02": 4.0})), geometry)["sizes"]
    parts = ALPHABET.index(half[0]) * 62 + ALPHABET.index(half[1])
    assert parts == pytest.approx(3843 / 2, abs=1)  # a quarter of the number has half the radius


def test_key_of_sizes_is_round_and_falls_by_four_or_more():
    """Each number is 1, 2 or 5 times a power of ten."""
    assert round_sizes(12_345) == (10_000, 2_000, 500)
    assert round_sizes(7) == (5, 1)
    assert round_sizes(0.4) == ()


def test_many_colours_have_marks_of_one_letter(geometry, paint):
    many = replace(
        paint, levels=pd.Series({"01": 24, "02": 10}), palette=replace(paint.palette, levels=("#000000",) * 24)
    )
    assert paint_data(many, geometry)["levels"] == "oa00"
    with pytest.raises(ValueError, match="marks"):
        paint_data(replace(many, palette=replace(paint.palette, levels=("#000000",) * 62)), geometry)


def test_texts_travel_apart_with_their_units(geometry, paint):
    units = pd.DataFrame({"code": ["B", "A", "A"], "name": ["Norte", "Sur", "Sur"]}, ["03", "01", "02"])
    told = texts_data(geometry, paint.tooltip, paint.names, units)
    names = told["units"].split("|")
    assert [names[n] if n >= 0 else "" for n in told["unit"]] == ["Sur", "Sur", "Norte", ""]
    sent = paint_data(paint, geometry, texts=False)
    assert "names" not in sent
    assert "rows" not in sent
    name = serve_texts(geometry, told)
    assert json.loads((geometry.folder / name).read_text(encoding="utf-8")) == told
    assert name.startswith(geometry.name)  # which nobody can guess
    assert serve_texts(geometry, told) == name
    assert serve_texts(geometry, told | {"names": "x"}) != name


def test_no_address_of_the_internet_unless_tiles_are_asked_for(geometry, paint):
    assert paint_data(paint, geometry)["tiles"] is None
    assert "://" not in json.dumps(paint_data(paint, geometry))
    asked = paint_data(replace(paint, tiles=Tiles("https://a/{z}", "©")), geometry)
    assert asked["tiles"] == {"url": "https://a/{z}", "credit": "©"}


def test_the_id_changes_with_the_paint_only(geometry, paint):
    other = MapPaint(paint.levels, paint.names, palette(3, theme="dark"), paint.legend)
    assert paint_data(paint, geometry)["id"] == paint_data(paint, geometry)["id"]
    assert paint_data(paint, geometry)["id"] != paint_data(other, geometry)["id"]


def test_json_in_a_script_reads_back_and_holds_no_mark_of_a_page():
    text = script_json({"a": NASTY, "b": [{"c": 1}]})
    assert json.loads(text) == {"a": NASTY, "b": [{"c": 1}]}
    assert not any(mark in text for mark in ("<", ">", "&", "\u2028", "{{"))


def test_a_map_asks_for_nothing_from_outside(geometry, paint):
    drawn = risk_map(geometry, paint, Addresses("../leaflet", "../atlas", "../shapes", "../fonts"))
    page = drawn.get_root().render()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert sorted(addresses) == [
        "../atlas/atlas.css",
        *sorted(f"../atlas/{name}" for name in SCRIPTS),
        "../leaflet/leaflet.css",
        "../leaflet/leaflet.js",
    ]
    assert f"../shapes/{geometry.areas_file}" in page
    assert "://" not in page
    assert "<script>alert" not in page


def test_the_base_does_not_depend_on_the_paint(geometry):
    """What st_folium compares must not change, or the map would be made anew at every change of colours."""
    first, second = (base_map(geometry, Addresses("a", "b", "c")) for _ in range(2))
    scripts = [re.sub(r"[0-9a-f]{32}", "", m.get_root().render()) for m in (first, second)]
    assert scripts[0] == scripts[1]


def test_the_single_file_is_whole_and_escaped(geometry, paint):
    page = standalone_html(geometry, paint, NASTY, "es", "Intro <b>", "Fuentes").decode()
    assert '<html lang="es">' in page
    assert "<script>alert" not in page
    assert re.findall(r"<(?:script|link|img)[^>]* (?:src|href)=", page) == []
    assert "Intro &lt;b&gt;" in page
    assert '"area_code":"04"' in page
    assert page.count('"levels":"1003"') == 1


def test_largest_areas_first():
    assert largest(pd.Series({"a": 1.0, "b": 3.0, "c": None, "d": 2.0}), 2) == ("b", "d")
