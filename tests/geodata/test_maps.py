from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from geodata.mapdata import MapGeometry, prepare
from geodata.maps import Addresses, base_map, risk_map, standalone_html
from geodata.paint import ALPHABET, Legend, LegendEntry, MapPaint, largest, paint_data, script_json
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
    assert told["sizes"] == [0.0, 7.0, 0.0, 0.0]


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
        "../atlas/atlas.js",
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
