"""The fast way to read a large text gives the same table as the careful one, and leaves to it what it cannot read."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.inputs.quality import source
from riskmodel.inputs.quality.profile import profile_file
from riskmodel.inputs.quality.source import open_source
from riskmodel.problems import InputProblems
from tests.tools.problems import codes

TABLE = 'codigo;nombre;valor;vacio\n01001;"Añil; azul";1,5; \n01002;Beta;;\n 01003 ;"dos\nlíneas";2,5;\n'


@pytest.fixture
def everything_is_large(monkeypatch):
    monkeypatch.setattr(source, "LARGE", 1)


def texts(path):
    opened = open_source(path)
    return pd.DataFrame({name: opened.text(name) for name in opened.names})


def test_both_ways_read_the_same(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("\ufeff" + TABLE, encoding="utf-8")
    careful = texts(path)
    monkeypatch.setattr(source, "LARGE", 1)
    pd.testing.assert_frame_equal(texts(path), careful)
    assert careful["nombre"].tolist() == ["Añil; azul", "Beta", "dos\nlíneas"]
    assert careful["vacio"].isna().all()


@pytest.mark.usefixtures("everything_is_large")
def test_another_encoding_and_uneven_rows_go_the_careful_way(tmp_path):
    latin = tmp_path / "latin.csv"
    latin.write_bytes(TABLE.encode("cp1252"))
    assert texts(latin)["nombre"].iloc[0] == "Añil; azul"
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("a;b\n1;2\n" * 3 + "1;2;3\n", encoding="utf-8")
    with pytest.raises(InputProblems) as raised:
        open_source(ragged)
    assert codes(raised.value.problems) == {"ragged_rows"}


@pytest.mark.usefixtures("everything_is_large")
def test_parquet_is_read_column_by_column(tmp_path):
    frame = pd.DataFrame({"codigo": ["01", "02", None], "n": [1.0, 2.5, None], "k": [1, 2, 3]})
    frame.to_parquet(tmp_path / "t.parquet")
    found = profile_file(tmp_path / "t.parquet")
    assert {c.name: (c.filled, c.distinct) for c in found.columns} == {"codigo": (2, 2), "n": (2, 2), "k": (3, 3)}
    assert texts(tmp_path / "t.parquet")["n"].tolist()[:2] == ["1", "2.5"]


def test_rows_are_those_of_the_original_file():
    table = pd.DataFrame({"codigo": ["1", "1"], "ninos": ["3", "-4"]}, index=[10, 17], dtype="string")
    opened = source.source_of(table, source.Where("t.csv"))
    assert opened.spreadsheet_rows(opened.column("ninos").rows_of(pd.array([False, True]).to_numpy(bool))) == (19,)
