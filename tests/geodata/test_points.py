"""Points get the code of the area they lie in; doubtful ones are marked, and none of their coordinates is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

import cli
from geodata.points import coordinate_columns, degrees, locate_points
from riskmodel.problems import Where
from tests.geodata.conftest import write_geojson
from tests.geodata.test_boundaries import codes_of


def place(squares, rows: list[tuple[object, object]], **how: object):
    """Rows of (latitude, longitude)."""
    lat, lon = (pd.Series([str(r[i]) if r[i] is not None else None for r in rows], dtype="string") for i in (0, 1))
    return locate_points(lat, lon, squares, Where("puntos.csv"), **how)


def test_points_get_the_code_of_their_area(squares):
    found = place(squares, [(0.5, -69.5), (0.5, -68.5), (1.5, -69.5), (1.5, -68.5)])
    assert found.area_code.tolist() == ["01", "02", "03", "04"]
    assert found.problems == ()


def test_decimal_commas_degrees_and_minutes():
    """4°35'56" is 4 + 35/60 + 56/3600 = 4.59889."""
    text = [
        "-74,0817",
        "74.0817 W",
        "4°35'56\" N",
        "4 35 56 S",
        "74º 4’ 54,12” O",
        "12° 3' S",
        "−12.05",
        "",
        "s/d",
        "91°70",
        "1e3",
    ]
    expected = [-74.0817, -74.0817, 4.598889, -4.598889, -74.081700, -12.05, -12.05, *[np.nan] * 4]
    assert degrees(pd.Series(text, dtype="string")).tolist() == pytest.approx(expected, abs=1e-6, nan_ok=True)


def test_outside_blank_and_near_the_border_are_told_by_row(squares):
    """A thousandth of a degree is 111 m: within 250 m of the border, not within 50."""
    rows = [(0.5, -69.5), (0.5, -69.001), (30, -69.5), (None, -69.5), (0.5, 69.5), (0.5, "x")]
    found = place(squares, rows)
    assert found.place.tolist() == ["inside", "near_border", "outside", "no_coordinates", "outside", "no_coordinates"]
    assert found.area_code.isna().tolist() == [False, False, True, True, True, True]
    assert codes_of(found.problems) == ["points_outside", "points_without_coordinates", "points_near_border"]
    assert [p.where.rows for p in found.problems] == [(4, 6), (5, 7), ()]
    assert all("69" not in str(p.values) for p in found.problems)
    assert place(squares, rows, near=50).counts["near_border"] == 0


def test_on_a_border_the_first_area_counts_and_it_is_marked(squares):
    found = place(squares, [(1, -69)])
    assert (found.area_code[0], found.place[0]) == ("01", "near_border")


def test_exchanged_columns_are_asked(squares):
    rows = [(-69.5, 0.5), (-68.5, 1.5), (-69.5, 50)]
    asked = place(squares, rows)
    assert codes_of(asked.problems) == ["points_exchanged"]
    assert asked.area_code.isna().all()
    assert place(squares, rows, exchanged=True).area_code.tolist()[:2] == ["01", "04"]


def test_nothing_inside(squares):
    assert codes_of(place(squares, [(50, 10), (51, 10)]).problems) == ["points_none_inside"]
    assert codes_of(place(squares, [(None, None)]).problems) == ["points_none_inside"]


def test_columns_by_name():
    assert coordinate_columns(["id", "Latitud", "Longitud"]) == ("Latitud", "Longitud")
    assert coordinate_columns(["LAT", "LNG", "latitude_gps"]) == ("", "LNG")
    assert coordinate_columns(["coord_x", "coord_y", "plat"]) == ("coord_y", "coord_x")


def test_as_shapely_says(squares):
    """A thousand points by lot, against a plain loop."""
    chance = np.random.default_rng(7)
    xy = np.column_stack([chance.uniform(-70.5, -67.5, 1000), chance.uniform(-0.5, 2.5, 1000)])
    found = place(squares, [(y, x) for x, y in xy])
    loop = [
        next((c for c, s in zip(squares.area_code, squares.geometry, strict=True) if s.covers(shapely.Point(p))), "")
        for p in xy
    ]
    assert found.area_code.fillna("").tolist() == loop


def test_the_command(tmp_path, squares, capsys):
    path = write_geojson(tmp_path / "a.geojson", list(zip(squares.area_code, squares.geometry, strict=True)))
    points = tmp_path / "escuelas.csv"
    points.write_text(
        "escuela;latitud;longitud;place\nuno;0,5;-69,5;a\ndos;1,5;-68,5;b\ntres;40;2;c\n", encoding="utf-8"
    )
    out = tmp_path / "out" / "con_codigo.csv"
    command = [
        "locate",
        str(points),
        "--boundaries",
        str(path),
        "--area-code",
        "cod",
        "--out",
        str(out),
        "--language",
        "en",
    ]
    assert cli.main(command) == cli.DONE
    said = capsys.readouterr()
    assert "2 points lie in an area." in said.out
    assert "1 point lies in no area." in said.err
    assert "69,5" not in said.out + said.err
    table = pd.read_csv(out, dtype=str)
    assert table.columns.tolist() == ["escuela", "latitud", "longitud", "place", "area_code", "map_place"]
    assert table["area_code"].fillna("").tolist() == ["01", "04", ""]
    assert table["latitud"].tolist() == ["0,5", "1,5", "40"]
    assert cli.main([*command, "--latitude", "nada"]) == cli.PROBLEMS
    assert "longitud" in capsys.readouterr().err
