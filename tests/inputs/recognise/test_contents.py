"""What a file holds is told by its bytes, whatever its name says."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from riskmodel.inputs.recognise.contents import contents_of
from riskmodel.inputs.recognise.large import LARGE, part_of


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("raw", "contents"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (zipped("word/document.xml"), "word"),
        (zipped("ppt/presentation.xml"), "slides"),
        (zipped("xl/workbook.xml"), "table"),
        (zipped("mapa/municipios.shp", "mapa/municipios.dbf"), "map"),
        (zipped("study.toml", "encuesta.csv"), "archive"),
        (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "map"),
        (json.dumps({"type": "Topology", "objects": {}}).encode(), "map"),
        (json.dumps({"format": "mirador-model"}).encode(), "model"),
        (b'[study]\nname = "x"\nmethod = "risk_model"\n', "study"),
        (b"codigo;nombre\n01;Norte\n", "table"),
        (b"<!doctype html><html><body>Hola</body></html>", "web"),
        (b"  \n ", "empty"),
        (b"MZ\x90\x00", "program"),
    ],
)
def test_contents(tmp_path, raw, contents):
    path = tmp_path / "datos.csv"
    path.write_bytes(raw)
    assert contents_of(path) == contents


def test_a_file_that_is_not_there(tmp_path):
    assert contents_of(tmp_path / "nada.csv") == "absent"


def test_a_long_text_is_looked_at_in_whole_lines(tmp_path):
    path = tmp_path / "largo.csv"
    line = "01001,urbana,12,3.5\n"
    rows = LARGE // len(line) + 10
    path.write_text("codigo,area,edad,x\n" + line * rows)
    with part_of(path) as part:
        assert part.lines == rows + 1
        text = part.path.read_text()
        assert part.path.name == "largo.csv"
    assert len(text) < LARGE / 4
    assert set(text.splitlines()) == {"codigo,area,edad,x", line.strip()}
    path.write_text('codigo,"a\nb"\n' + line * rows)  # a piece could begin inside the quotes
    with part_of(path) as part:
        assert part is None
