"""Two years compared from a terminal: what is written, what is refused, and that nothing else is touched."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest

import cli
from tests.decisions.two_years import EARLIER, LATER, table, write
from tests.small_study import AREAS, _squares

MAP = '[boundaries]\nfile = "map.geojson"\narea_code = "codigo"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Runs of two years with a map."""
    folder = tmp_path_factory.mktemp("compare")
    assert AREAS["codigo"].to_list() == table(EARLIER)["code"].to_list()
    for year, values in ((2015, EARLIER), (2020, LATER)):
        path = write(folder / f"study{year}", table(values), year, levels=MAP)
        (path.parent / "map.geojson").write_text(json.dumps(_squares()), encoding="utf-8")
        assert cli.main(["run", str(path), "--out", str(folder / str(year))]) == cli.DONE
    return folder


def compare(made, out, *more: str) -> int:
    return cli.main(["compare", str(made / "2015"), str(made / "2020"), "--out", str(out), *more])


def test_everything_is_written(made, tmp_path, capsys):
    assert compare(made, tmp_path / "out", "--language", "en") == cli.DONE
    names = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*")}
    tables = {f"{name}.{form}" for name in ("change", "transition", "change_parents") for form in ("csv", "parquet")}
    assert names == tables | {"change.json", "change.gpkg", "figures", "figures/change.png", "figures/change.svg"}
    said = capsys.readouterr().out
    assert "1 area entered the high level. 1 area left the high level." in said
    record = json.loads((tmp_path / "out" / "change.json").read_text(encoding="utf-8"))
    assert record["earlier"]["year"], record["later"]["year"] == (2015, 2020)
    shapes = gpd.read_file(tmp_path / "out" / "change.gpkg", layer="areas").set_index("area_code")
    assert shapes.loc["0103", "change"] == pytest.approx(0.09)
    assert shapes.geometry.notna().all()


def test_a_study_may_stand_in_place_of_its_results(made, tmp_path):
    assert cli.main(["compare", str(made / "study2015"), str(made / "2020"), "--out", str(tmp_path / "a")]) == cli.DONE
    assert compare(made, tmp_path / "b") == cli.DONE
    assert (tmp_path / "a" / "change.csv").read_bytes() == (tmp_path / "b" / "change.csv").read_bytes()


def test_limits_are_in_percent_and_codes_from_a_file(made, tmp_path, capsys):
    (tmp_path / "codes.csv").write_text("earlier_code,later_code\n0101,0101\n0102,0101\n", encoding="utf-8")
    how = ("--limits", "5.5", "11.5", "--codes", str(tmp_path / "codes.csv"), "--json")
    assert compare(made, tmp_path / "out", *how) == cli.DONE
    record = json.loads(capsys.readouterr().out)
    assert record["levels"]["breaks"] == pytest.approx([0.055, 0.115])
    assert record["areas"]["joined"] == 1
    rows = pd.read_parquet(tmp_path / "out" / "change.parquet").set_index("area_code")
    assert rows.loc["0101", "codes_earlier"] == "0101 0102"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_wrong_order_is_refused_in_words_and_writes_nothing(language, made, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")
    asked = ["compare", str(made / "2020"), str(made / "2015"), "--out", str(tmp_path / "out"), "--language", language]
    assert cli.main(asked) == cli.PROBLEMS
    assert {"es": "Intercambie los dos.", "en": "Exchange the two."}[language] in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_results_of_a_run_are_never_replaced_by_a_comparison(made, capsys):
    before = sorted(p.name for p in (made / "2020").iterdir())
    assert compare(made, made / "2020", "--language", "en") == cli.PROBLEMS
    assert "holds the results of a run" in capsys.readouterr().err
    assert sorted(p.name for p in (made / "2020").iterdir()) == before


def test_a_folder_without_results_is_told(made, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    asked = ["compare", str(tmp_path / "empty"), str(made / "2020"), "--out", str(tmp_path / "o"), "--language", "en"]
    assert cli.main(asked) == cli.PROBLEMS
    assert "There are no results in this folder." in capsys.readouterr().err
