"""Files of a study as tables and maps: an ending that both have is decided by the content."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.common import cached
from pages.common.ask import empty_outcome
from pages.common.data.desk import Desk
from riskmodel.i18n import translator
from riskmodel.study import Study, StudyInfo
from tests.pages.test_files_screen import messy_table

MAP = b'{"type": "FeatureCollection", "features": []}'
FILES = {
    "informe.csv": messy_table(),
    "formas.csv": b"codigo,forma\n101,POLYGON((0 0,1 0,1 1,0 0))\n",
    "lista.json": b'[{"codigo": "101", "pobreza": 12.5}]',
    "mapa.json": MAP,
    "mapa.geojson": MAP,
    "datos.xlsx": b"PK",
}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(cached, "workspace", lambda: SimpleNamespace(folder=lambda _: tmp_path))
    info = StudyInfo(name="Prueba", method="vulnerability_index")
    return Desk("s", Study(study=info, outcome=empty_outcome(translator("en"))))


def test_tables_and_maps_are_told_by_what_they_hold(desk):
    assert desk.tables() == ["datos.xlsx", "informe.csv", "lista.json"]
    assert desk.maps() == ["formas.csv", "mapa.geojson", "mapa.json"]
