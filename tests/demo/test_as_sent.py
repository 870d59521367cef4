"""The messy table of the demonstration country: read back by hand it holds the values of the tidy one."""

from __future__ import annotations

import pandas as pd
import pytest

from demo.as_sent import COLUMNS, NAME, write_as_sent
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recognise.files import recognise


def test_it_holds_the_tidy_values_under_titles_without_zeros(demo_folder, tmp_path):
    path = write_as_sent(demo_folder, tmp_path)
    lines = path.read_bytes().decode("cp1252").split("\r\n")
    assert path.name == NAME
    assert "SINTÉTICOS" in lines[0]
    read = pd.read_csv(
        path, sep=";", skiprows=3, skipfooter=3, encoding="cp1252", decimal=",", thousands=".", dtype={"Código": str}, engine="python"
    )  # fmt: skip
    tidy = pd.read_csv(demo_folder / "municipios.csv", dtype={"codigo": str})
    assert len(read) == len(tidy)
    assert (read["Código"].str.zfill(5) == tidy["codigo"]).all()
    assert (read["Código"] != tidy["codigo"]).any()
    for name, title, _decimals in COLUMNS[3:]:
        pd.testing.assert_series_equal(read[title], tidy[name], check_names=False, check_dtype=False)
    assert lines[len(tidy) + 4].startswith(";TOTAL")


def test_the_same_country_gives_the_same_bytes(demo_folder, tmp_path):
    assert (
        write_as_sent(demo_folder, tmp_path / "a").read_bytes()
        == write_as_sent(demo_folder, tmp_path / "b").read_bytes()
    )


def test_recognition_reads_it_back_to_the_tidy_table(demo_folder, tmp_path):
    path = write_as_sent(demo_folder, tmp_path)
    found = recognise(path)
    assert found.reading is not None
    table = apply_reading(read_grid(path), found.reading).table
    tidy = pd.read_csv(demo_folder / "municipios.csv", dtype={"codigo": str})
    assert table["Código"].to_list() == tidy["codigo"].to_list()
    for name, title, _decimals in COLUMNS[3:]:
        assert table[title].astype(float).to_list() == pytest.approx(tidy[name].to_list(), nan_ok=True)
