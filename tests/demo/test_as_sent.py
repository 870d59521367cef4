"""The messy table of the demonstration country: read back by hand it holds the values of the tidy one."""

from __future__ import annotations

import pandas as pd

from demo.as_sent import COLUMNS, NAME, write_as_sent


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
