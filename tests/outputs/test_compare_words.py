"""What differs between two files, in words: every area in one finding, both lists whole."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.i18n import LANGUAGES, translator
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.outputs.compare_files import COMPARED, write_compared
from riskmodel.outputs.compare_words import all_rows, compared_title, findings, left_in, writing_sentence
from riskmodel.problems import Where

EN = translator("en")


def listed(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "area_name", "parent"]).astype("string")


@pytest.fixture(scope="module")
def pair() -> FilesCompared:
    """One code changed, two exchanged, one moved, one almost alike, a whole unit, one left on each side, one renamed."""
    first = listed(
        ("101", "Alto", "Norte"), ("102", "Bajo", "Norte"), ("103", "Miel", "Norte"), ("104", "Sal", "Norte"),
        ("105", "Viejo", "Norte"), ("106", "Augusto Severo", "Norte"), ("107", "Santa Rita (Villa)", "Norte"),
        ("201", "Mar", "Costa"), ("202", "Chillán", "Costa"),
    )  # fmt: skip
    second = listed(
        ("101", "ALTO", "NORTE"), ("112", "BAJO", "NORTE"), ("104", "MIEL", "NORTE"), ("103", "SAL", "NORTE"),
        ("115", "NUEVO", "NORTE"), ("106", "CAMPO GRANDE", "NORTE"), ("117", "SANTA RITA", "NORTE"),
        ("201", "MAR", "COSTA"), ("301", "CHILLÁN", "ÑUBLE"), ("901", "UNO", "VALLE"), ("902", "DOS", "VALLE"),
    )  # fmt: skip
    return FilesCompared(Where("tabla.csv"), Where("mapa.geojson"), first, second)


def test_every_difference_is_told_once(pair):
    told = {f.kind: (f.sentence, f.lines) for f in findings(pair, EN)}
    assert compared_title(pair, EN) == "“tabla.csv” beside “mapa.geojson”: 5 areas are in both."
    assert told["recoded"][1] == ("Bajo (Norte): 102 → 112",)
    assert set(told["wrong"][1]) == {"Miel (Norte): 103 → 104", "Sal (Norte): 104 → 103"}
    assert told["moved"][1] == ("Chillán (Costa): 202 → 301 Ñuble",)
    assert told["like"][1] == ("Santa Rita (Villa) (Norte): 107 → 117 Santa Rita",)
    assert told["whole_second"] == ("All areas of 1 parent unit are only in “mapa.geojson”.", ("Valle: 2 areas",))
    assert told["only_first"][1] == ("105 Viejo (Norte)",)
    assert told["only_second"][1] == ("115 Nuevo (Norte)",)
    assert told["renamed"][1] == ("106 Augusto Severo · Campo Grande (Norte)",)


def test_both_lists_are_whole_and_what_nothing_explains_comes_first(pair):
    first, second = left_in(pair, EN, "first"), left_in(pair, EN, "second")
    assert (len(first), len(second)) == (len(pair.found.only_first), len(pair.found.only_second)) == (4, 6)
    assert first.iloc[0].to_list() == ["105", "Viejo", "Norte", ""]
    assert dict(zip(second["area_code"], second["note"], strict=True)) == {
        "115": "", "112": "perhaps 102 there", "117": "perhaps 107 there", "301": "perhaps 202 there",
        "901": "the whole parent unit is absent", "902": "the whole parent unit is absent",
    }  # fmt: skip


def test_an_area_that_nothing_explains_has_no_note():
    codes = pd.Series([f"01{i:03d}" for i in range(1, 9)], dtype="string")
    whole = pd.DataFrame({"area_code": codes, "name": [f"Lugar {c}" for c in "ABCDEFGH"], "parent": "Norte"})
    pair = FilesCompared(Where("a.csv"), Where("b.csv"), whole, whole.iloc[:-1])
    assert left_in(pair, EN, "first").to_dict("list")["note"] == [""]
    assert left_in(pair, EN, "second").empty


def test_the_list_is_a_file_with_a_row_for_each_area(pair, tmp_path):
    path = write_compared([pair], tmp_path, EN)
    assert path is not None
    assert path.name == COMPARED
    table = pd.read_csv(path, dtype=str)
    assert len(table) == len(all_rows(pair, EN))
    assert table.loc[table["code_first"] == "105", "finding"].to_list() == ["only in tabla.csv"]
    same = FilesCompared(pair.first, pair.second, pair.areas_first, pair.areas_first)
    assert write_compared([same], tmp_path / "none", EN) is None


def test_ways_of_writing_are_told():
    codes = [f"{d:02d}{m:03d}" for d in range(1, 20) for m in range(1, 4)]
    full = pd.DataFrame({"area_code": pd.Series(codes, dtype="string")})
    bare = pd.DataFrame({"area_code": pd.Series([c.lstrip("0") for c in codes], dtype="string")})
    pair = FilesCompared(Where("a.csv"), Where("b.csv"), bare, full)
    assert writing_sentence(pair, EN).startswith("The codes of “a.csv” lost their zeros")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_words_it(pair, language):
    t = translator(language)
    assert all(f.sentence and "{" not in f.sentence for f in findings(pair, t))
