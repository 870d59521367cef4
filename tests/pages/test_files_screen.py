"""Data screen: files dropped as offices have them are recognised, what was done is shown and taken back, a study is proposed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.common.ask import empty_outcome
from riskmodel.i18n import translator
from riskmodel.study import Study, StudyInfo
from riskmodel.workspace import Workspace
from tests.small_study import AREAS, write_small_study

ROOT = Path(__file__).resolve().parents[2]
MESSY = "municipios_informe.csv"


def later(code: str) -> str:
    """Codes of the small study moved so that some begin with a zero and some do not."""
    return {"01": "09", "02": "10"}[code[:2]] + code[2:]


def messy_table() -> bytes:
    """The municipal table of the small study under titles, with a total, a note, lost zeros and decimal commas."""
    rows = [
        f"{int(later(code))};{name};{region};{agro};{children}".replace(".", ",")
        for code, name, region, agro, children in AREAS[
            ["codigo", "municipio", "departamento", "agro", "ninos"]
        ].itertuples(index=False)
    ]
    lines = [
        "Informe municipal", "", "Código;Municipio;Departamento;Ocupados en agricultura (%);Niños de 5 a 17 años", *rows,
        ";TOTAL;;;6000", "Fuente: oficina de prueba",
    ]  # fmt: skip
    return "\r\n".join([*lines, ""]).encode("cp1252")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    import streamlit as st

    st.cache_resource.clear()
    monkeypatch.setenv("MIRADOR_HOME", str(tmp_path / "home"))
    return Workspace(tmp_path / "home")


def data_screen(workspace: Workspace, method: str) -> tuple[AppTest, str]:
    """The Data screen of a study without files, in English."""
    info = StudyInfo(name="Prueba", method=method, language="en")
    study_id = workspace.add_study(Study(study=info, outcome=empty_outcome(translator("en"))))
    return opened(study_id, method), study_id


def opened(study_id: str, method: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.session_state["language"] = "en"
    test.session_state["study_id"] = study_id
    test.session_state["kept_asked_demo"] = True
    test.session_state["method"] = method
    return test.switch_page("pages/data.py").run()


def shown_text(shown: AppTest) -> str:
    pages = [e.proto.body for e in shown.get("html")]
    return "\n".join([*(str(e.value) for e in [*shown.markdown, *shown.caption]), *pages])


def test_an_untidy_table_is_read_shown_and_taken_back(workspace):
    shown, study_id = data_screen(workspace, "vulnerability_index")
    shown.file_uploader[0].upload(MESSY, messy_table(), "text/csv").run()
    assert not shown.exception
    reading = workspace.study(study_id, complete=False).reading[0]
    assert reading.header == (3,)
    assert any(m.decimal == "," for m in reading.marks)
    assert [c.widths for c in reading.codes] == [(4,)]
    text = shown_text(shown)
    assert "is-left_out" in text
    assert "0901" in text
    codes = max((b for b in shown.button if str(b.key).startswith("undo_")), key=lambda b: str(b.key))
    shown = codes.click().run()
    assert workspace.study(study_id, complete=False).reading[0].codes[0].widths == ()
    shown = shown.button(f"plain_{MESSY}").click().run()
    assert not shown.exception
    assert all(r.is_plain for r in workspace.study(study_id, complete=False).reading)
    assert (workspace.folder(study_id) / MESSY).read_bytes() == messy_table()


def test_the_proposal_fills_the_study_and_keeps_what_was_there(workspace, tmp_path):
    write_small_study(tmp_path / "files")
    shown, study_id = data_screen(workspace, "vulnerability_index")
    shapes = (tmp_path / "files" / "limites.geojson").read_bytes().replace(b'"01', b'"09').replace(b'"02', b'"10')
    for name, content in ((MESSY, messy_table()), ("limites.geojson", shapes), ("roto.xlsx", b"PK\x03\x04 cut off")):
        workspace.add_file(study_id, name, content)
    shown = shown.run()
    assert not shown.exception
    assert shown.error  # on the card of roto.xlsx, which no other file has
    shown = shown.button("use_proposal").click().run()
    assert not shown.exception
    study = workspace.study(study_id, complete=False)
    assert study.study.name == "Prueba"
    assert (study.areas.file, study.boundaries.file) == (MESSY, "limites.geojson")
    assert study.boundaries.area_code == "codigo"
    assert study.indicator


def test_rows_of_persons_are_for_who_brought_them_and_names_for_nobody(workspace):
    people = pd.DataFrame(
        {
            "nombre_completo": [f"Persona{i} Apellido{i} Segundo{i}" for i in range(60)],
            "edad": [5 + i % 13 for i in range(60)],
            "sexo": [1 + i % 2 for i in range(60)],
            "factor": [1234.5 + i for i in range(60)],
            "upm": [i // 6 for i in range(60)],
            "estrato": [i // 30 for i in range(60)],
        }
    )
    content = people.to_csv(index=False).encode()
    shown, study_id = data_screen(workspace, "risk_model")
    shown.file_uploader[0].upload("personas.csv", content, "text/csv").run()
    shown = _first_rows(shown)
    assert "1234.5" in shown_text(shown)
    assert "Apellido1" not in shown_text(shown)
    assert "•••" in shown_text(shown)
    other = _first_rows(opened(study_id, "risk_model"))
    assert not other.exception
    assert "1234.5" not in shown_text(other)
    assert "Rows of persons are shown only" in shown_text(other)


def _first_rows(shown: AppTest) -> AppTest:
    return next(b for b in shown.button_group if b.key == "details_personas.csv").set_value("done").run()
