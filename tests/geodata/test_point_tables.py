"""Points are counted in their areas, lost minus signs are asked about, and a study makes the same tables as the command."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import cli
from geodata.point_tables import points_by_area, written_as
from geodata.points import locate_points
from points_of_study import make_points
from riskmodel.problems import InputProblems, Where
from riskmodel.study_file import parse_study
from tests.geodata.conftest import write_geojson

POINTS = "escuela;latitud;longitud\nuno;0,5;-69,5\ndos;0,6;-69,4\ntres;1,5;-68,5\ncuatro;40;2\ncinco;;\n"

STUDY = """
[study]
name = "Puntos"
method = "given_risk"
[outcome]
name = "Trabajo"
definition = "Como la fuente"
[areas]
file = "areas.csv"
area_code = "cod"
join = [{ file = "por_area.csv", area_code = "area_code" }]
[given_risk]
risk = "riesgo"
[[indicator]]
name = "escuelas"
column = "n_escuelas"
direction = -1
[boundaries]
file = "mapa.geojson"
area_code = "cod"
[[points]]
file = "escuelas.csv"
latitude = "latitud"
longitude = "longitud"
table = "con_codigo.csv"
count = "por_area.csv"
column = "n_escuelas"
"""


@pytest.fixture
def folder(tmp_path: Path, squares) -> Path:
    write_geojson(tmp_path / "mapa.geojson", list(zip(squares.area_code, squares.geometry, strict=True)))
    (tmp_path / "escuelas.csv").write_text(POINTS, encoding="utf-8")
    areas = "cod,riesgo\n01,0.1\n02,0.2\n03,0.3\n04,0.4\n"
    (tmp_path / "areas.csv").write_text(areas, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def numbers(path: Path) -> dict[str, str]:
    table = pd.read_csv(path, dtype=str)
    return dict(zip(table["area_code"], table.iloc[:, 1], strict=True))


def test_every_area_of_the_map_has_its_number_of_points(squares):
    """Two points in 01, one on the border of all four, which counts for the first; none in 02 and 03."""
    lat, lon = pd.Series(["0.5", "0.6", "1", "9"]), pd.Series(["-69.5", "-69.4", "-69", "-69"])
    found = points_by_area(locate_points(lat, lon, squares, Where("p.csv")), squares["area_code"].tolist(), "n")
    assert found.to_dict("list") == {"area_code": ["01", "02", "03", "04"], "n": [3, 0, 0, 0]}


def test_lost_minus_signs_are_asked_and_given_back(squares):
    """The map lies west of Greenwich and north of the equator: longitudes are turned, latitudes stay."""
    lat, lon, where = pd.Series(["0.5", "1.5"]), pd.Series(["69.5", "-68.5"]), Where("p.csv")
    asked = locate_points(lat, pd.Series(["69.5", "68.5"]), squares, where)
    assert [(p.code, p.values["count"]) for p in asked.problems] == [("points_signs_lost", 2)]
    told = locate_points(lat, lon, squares, where, signs_lost=True)
    assert told.area_code.tolist() == ["01", "04"]


def test_exchanged_and_without_signs_are_asked_one_after_the_other(squares):
    lat, lon, where = pd.Series(["69.5", "68.5"]), pd.Series(["0.5", "1.5"]), Where("p.csv")
    assert locate_points(lat, lon, squares, where).problems[0].code == "points_exchanged"
    assert locate_points(lat, lon, squares, where, exchanged=True).problems[0].code == "points_signs_lost"
    assert locate_points(lat, lon, squares, where, True, 250, True).area_code.tolist() == ["01", "04"]


def test_how_coordinates_are_written():
    lat = pd.Series(["4.5", "4,5", "4°30' N", "1041234.5", None], dtype="string")
    lon = pd.Series(["-74.1", "-74.1", "74 W", "945678", ""], dtype="string")
    found = written_as(lat, lon)
    assert (found.comma, found.sixtieths, found.large) == (1, 1, 1)


def test_a_study_makes_its_tables_at_each_check_and_they_serve_as_indicator(folder, capsys):
    assert cli.main(["check", str(folder), "--language", "en"]) == cli.DONE
    assert "1 point lies in no area." in capsys.readouterr().err
    assert numbers(folder / "por_area.csv") == {"01": "2", "02": "0", "03": "0", "04": "1"}
    coded = pd.read_csv(folder / "con_codigo.csv", dtype=str).fillna("")
    assert coded["area_code"].tolist() == ["01", "01", "04", "", ""]
    assert coded["latitud"].tolist()[0] == "0,5"
    assert (folder / "escuelas.csv").read_text(encoding="utf-8") == POINTS
    (folder / "escuelas.csv").write_text(POINTS.replace("1,5;-68,5", "1,5;-69,5"), encoding="utf-8")
    assert cli.main(["run", str(folder), "--out", str(folder / "out")]) == cli.DONE
    results = pd.read_csv(folder / "out" / "areas.csv", dtype={"area_code": str})
    assert numbers(folder / "por_area.csv")["03"] == "1"
    assert len(results) == 4


def test_a_file_of_the_person_is_never_written_over(folder):
    (folder / "por_area.csv").write_text("mio\n1\n", encoding="utf-8")
    with pytest.raises(InputProblems) as stop:
        make_points(parse_study(STUDY), folder)
    assert [p.code for p in stop.value.problems] == ["points_target_taken"]
    assert (folder / "por_area.csv").read_text(encoding="utf-8") == "mio\n1\n"
    assert not (folder / "con_codigo.csv").exists()


def test_points_need_a_map_and_a_file_to_be_written(folder):
    without = parse_study(STUDY[: STUDY.index("[boundaries]")] + STUDY[STUDY.index("[[points]]") :], complete=False)
    with pytest.raises(InputProblems) as stop:
        make_points(without, folder)
    assert stop.value.problems[0].code == "points_no_map"
    for bad in ('table = "../fuera.csv"', 'table = "escuelas.csv"', 'table = "por_area.csv"'):
        with pytest.raises(InputProblems) as stop:
            parse_study(STUDY.replace('table = "con_codigo.csv"', bad))
        assert stop.value.problems[0].code == "study_points_written"


def test_the_command_counts_too(folder):
    out, count = folder / "o.csv", folder / "c.csv"
    asked = ["locate", str(folder / "escuelas.csv"), "--boundaries", str(folder / "mapa.geojson"), "--area-code", "cod"]
    assert cli.main([*asked, "--out", str(out), "--count", str(count)]) == cli.DONE
    assert numbers(count) == {"01": "2", "02": "0", "03": "0", "04": "1"}
