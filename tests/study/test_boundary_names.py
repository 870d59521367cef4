"""A map that has only names gets its codes from the table of areas, as the study declares."""

from __future__ import annotations

import json

import pytest

from riskmodel.study_file import parse_study
from workflow import check_inputs

STUDY = """
[study]
name = "Mapa sin códigos"
method = "given_risk"
[outcome]
name = "Trabajo infantil"
definition = "Trabajó"
[areas]
file = "areas.csv"
area_code = "codigo"
area_name = "nombre"
parent_name = "provincia"
[given_risk]
risk = "riesgo"
[boundaries]
file = "mapa.geojson"
area_code = "area_code"
[[reading]]
file = "mapa.geojson"
[[reading.names]]
column = "departamento"
parent = "provincia"
official = {file = "areas.csv", area_code = "codigo", area_name = "nombre", parent = "provincia"}
confirmed = [{name = "GRAL SM", parent = "MENDOZA", code = "50098"}]
"""
AREAS = """codigo,nombre,provincia,riesgo
50007,Capital,Mendoza,0.1
50098,General San Martín,Mendoza,0.2
46014,Capital,La Rioja,0.3
46021,Coronel Felipe Varela,La Rioja,0.4
"""
MAP = [("CAPITAL", "MENDOZA"), ("GRAL SM", "MENDOZA"), ("CAPITAL", "LA RIOJA"), ("CNEL FELIPE VARELA", "LA RIOJA")]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "areas.csv").write_text(AREAS, "utf-8")
    features = [
        {
            "type": "Feature",
            "properties": {"departamento": name, "provincia": parent},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[-68 + x, -33], [-67 + x, -33], [-67 + x, -32], [-68 + x, -32], [-68 + x, -33]]],
            },
        }
        for x, (name, parent) in enumerate(MAP)
    ]
    (tmp_path / "mapa.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return tmp_path


def test_every_shape_finds_its_area(folder):
    report = check_inputs(parse_study(STUDY), folder)
    assert report.rows["boundaries"] == 4
    assert not [p for p in report.problems if p.code.startswith("codes_") or p.is_error]


def test_a_shape_whose_name_is_in_doubt_is_left_out_and_told(folder):
    study = parse_study(STUDY.replace("GRAL SM", "OTRA"))
    report = check_inputs(study, folder)
    told = {p.code: p for p in report.problems}
    assert report.rows["boundaries"] == 3
    assert told["names_without_code"].values["names"] == ["GRAL SM"]
    assert told["codes_only_in_table"].values["codes"] == ["50098"]


def test_a_column_that_the_map_lacks_is_told(folder):
    study = parse_study(STUDY.replace('column = "departamento"', 'column = "depto"'))
    report = check_inputs(study, folder)
    assert "column_missing" in {p.code for p in report.problems if p.is_error}
