"""A person sees the same words in each encoding they may be in; the likeliest stands first."""

from __future__ import annotations

import zipfile

import geopandas as gpd
import pytest
from shapely.geometry import box

from geodata.letters import stored_words
from riskmodel.inputs.letter_choices import letter_choices, look_wrong, stored_cells

NAMES = ["Nariño", "Magüí", "Bogotá", "Pasto"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "mac_roman"])
def test_the_encoding_the_words_are_in_stands_first(encoding):
    found = letter_choices([n.encode(encoding) for n in NAMES if not n.isascii()])
    assert found[0].encoding == encoding
    assert set(found[0].examples) == {"Nariño", "Magüí", "Bogotá"}
    assert all(set(other.examples) != set(found[0].examples) for other in found[1:])


def test_plain_letters_leave_no_choice():
    assert letter_choices([]) == ()
    assert letter_choices([b"Pasto"]) == ()


def test_letters_of_a_wrong_encoding_are_seen():
    wrong = ["NariÃ±o", "Nari\ufffdo", "Mag▄═", "PIG\x9aE"]
    assert all(look_wrong([word]) for word in wrong)
    assert not look_wrong(["Nariño", "São João", "Curaçá", "À côté", "Tres Isletas (Chaco)"])


def test_words_of_a_shapefile_in_their_bytes(tmp_path):
    areas = gpd.GeoDataFrame({"cod": ["1", "2"], "nom": ["Nariño", "Pasto"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs=4326)  # fmt: skip
    areas.to_file(tmp_path / "m.shp", encoding="cp850")
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for ending in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(tmp_path / f"m{ending}", f"m{ending}")
    assert stored_words(tmp_path / "m.zip") == ("Nariño".encode("cp850"),)
    areas.to_file(tmp_path / "m.geojson")
    assert stored_words(tmp_path / "m.geojson") == ()


def test_cells_of_a_text_file(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("cod;nombre\n1;Nariño\n2;Pasto\n3;Magüí".encode("cp1252"))
    assert stored_cells(path) == ("Nariño".encode("cp1252"),)  # the last line may be cut off
    path.write_bytes("\ufeffcod;nombre\n1;Nariño\n".encode())
    assert stored_cells(path) == ()
